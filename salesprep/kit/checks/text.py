"""Text from a source is text, whatever is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from salesprep.adapter import Record
from salesprep.kit import values
from salesprep.kit.bench import Bench, Told
from salesprep.kit.sample import make
from salesprep.kit.server import Reply
from salesprep.kit.verdict import Fault, NotTried

MARK = "kit7f3a"
_STEERING = "\x1b[31m\u202e\u2066\x07é\U0001f9ea\u200d" + MARK
"""Colours a terminal red, turns the reading direction, and holds what is no ASCII; ends in a mark."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TEXT = frozenset(
    (".csv", ".md", ".markdown", ".json", ".txt", ".ics", ".sql", ".tsv", ".xml", ".html", ".yaml")
)


async def control_characters(bench: Bench) -> str:
    """Titles that the sample holds, followed by what steers a terminal."""
    happy = [told for told in await bench.well() if told.records]
    titles = titles_of(told.records for told in happy)
    laid = bench.lay_out()
    put = 0
    if bench.server is not None:
        bench.server.twist = lambda _, reply: _after(reply, titles)
    put = replaced_in(laid, titles, _STEERING)
    if put:
        make(bench.sample, laid)
    async with bench.hosting(laid=laid) as hosted:
        again = await hosted.tell_all([told.ask for told in happy])
    marked = sum(any(MARK in text for _, text in values.texts(r)) for told in again for r in told.records)
    for before, after in zip(happy, again, strict=True):
        _unharmed(before, after)
    if not marked:
        raise NotTried("no title of a record stands in the sample as it is shown")
    return f"{marked} records with control characters in them"


def _unharmed(before: Told, after: Told) -> None:
    failure = after.failure
    if failure is not None:
        raise Fault(f"{before.words}: control characters in a title give {failure.code}: {failure.what}")
    if len(after.records) < len(before.records):
        lost = len(before.records) - len(after.records)
        raise Fault(f"{before.words}: {lost} records with control characters in their title are lost")
    for record in after.records:
        for path, text in values.texts(record):
            if _CONTROL.search(text):
                raise Fault(f"{before.words}: {path} holds a control character")


def titles_of(recordses: Iterable[tuple[Record, ...]]) -> list[str]:
    """Titles to be looked for in the sample, the longest first; none that is the name of an organisation,
    since that is what is looked up."""
    found = {
        record.title
        for records in recordses
        for record in records
        if record.kind != "account" and len(record.title) >= 4 and record.title != record.keys.organisation
    }
    return sorted(found, key=lambda title: (-len(title), title))


def replaced_in(laid: Path, titles: list[str], added: str) -> int:
    """Write ``added`` after each title in the text files beneath ``laid``; how many were found."""
    number = 0
    for path in sorted(laid.rglob("*")):
        if path.suffix.lower() not in _TEXT or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        written = json.dumps(added)[1:-1] if path.suffix == ".json" else added
        for title in titles:
            number += text.count(title)
            text = text.replace(title, title + written)
        path.write_bytes(text.encode("utf-8", "replace"))
    return number


def _after(reply: Reply, titles: list[str]) -> Reply:
    body = reply.body
    for title in titles:
        written = json.dumps(title)[1:-1].encode()
        plain = json.dumps(title, ensure_ascii=False)[1:-1].encode()
        for form in dict.fromkeys((written, plain)):
            body = body.replace(form, form + json.dumps(_STEERING)[1:-1].encode())
    return replace(reply, body=body)
