"""What becomes of the files that the sample's settings name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from salesprep.kit import spoiling, values
from salesprep.kit.bench import Bench, Told
from salesprep.kit.checks.text import MARK, replaced_in, titles_of
from salesprep.kit.sample import make
from salesprep.kit.verdict import Fault, NotTried

_SAID = frozenset(("config_invalid", "unavailable", "bad_data", "permission_denied"))
_RESTS = (0.0, 0.3, 0.8, 1.9)
"""Seconds that an adapter is left alone before it is asked again: it need not look at once."""
_MOST = 6
"""Files that are taken away one by one."""


async def file_missing(bench: Bench) -> str:
    """All that the settings name, then one after the other."""
    happy = await _with_records(bench)
    async with bench.hosting() as hosted:
        gone = spoiling.named(bench)
        spoiling.take(bench, gone)
        for told in await hosted.tell_all([told.ask for told in happy]):
            _said(told, "a file that is gone")
    if len(gone) > 1:
        for number in range(min(len(gone), _MOST)):
            await _one_missing(bench, happy, number)
    return f"{len(gone)} files or folders"


async def _one_missing(bench: Bench, happy: list[Told], number: int) -> None:
    async with bench.hosting() as hosted:
        path = spoiling.named(bench)[number]
        spoiling.take(bench, [path])
        tolds = await hosted.tell_all([told.ask for told in happy])
    for told in tolds:
        _no_crash(told, f"without {path.name}")
    if all(told.failure is None for told in tolds):
        raise Fault(f"without {path.name} every question is answered as if nothing were missing")


def _said(told: Told, doing: str) -> None:
    _no_crash(told, doing)
    failure = told.failure
    if failure is None:
        raise Fault(f"{told.words}: {doing} looks like a customer without {told.ask.kind or 'anything'}")
    if failure.code not in _SAID:
        raise Fault(f"{told.words}: {doing} becomes {failure.code}: {failure.what}")


def _no_crash(told: Told, doing: str) -> None:
    for failure in (told.answer.failure, told.failure):
        if failure is not None and failure.code in ("adapter_bug", "stuck", "deadline_exceeded"):
            raise Fault(f"{told.words}: {doing} gives {failure.code}: {failure.what}")


async def file_unreadable(bench: Bench) -> str:
    """All files that it reads, without the right to; who may read everything gets links that lead nowhere."""
    happy = await _with_records(bench)
    async with bench.hosting() as hosted:
        if spoiling.may_all(bench):
            number = spoiling.led_nowhere(bench)
        else:
            number = _spoil(bench, spoiling.unreadable)
        for told in await hosted.tell_all([told.ask for told in happy]):
            refused = any(refusal.count for page in told.pages for refusal in page.refused)
            if told.ask.method == "fetch" and not refused:
                _said(told, "a file without the right to read it")
            _no_crash(told, "a file without the right to read it")
    return f"{number} files"


async def file_empty(bench: Bench) -> str:
    """After it was read once, so that what is kept of it can be seen."""
    return await _spoilt(bench, spoiling.emptied, "an empty file")


async def file_cut(bench: Bench) -> str:
    """Read for the first time: half of a file may well hold what it held before."""
    happy = await _with_records(bench)
    async with bench.hosting() as hosted:
        number = _spoil(bench, spoiling.cut)
        for told in await hosted.tell_all([told.ask for told in happy]):
            _no_crash(told, "a file that was cut off")
    return f"{number} files"


async def file_garbled(bench: Bench) -> str:
    """Said to be garbage, or at least that something was left out."""
    happy = await _with_records(bench)
    await _spoilt(bench, spoiling.garbled, "a file of garbage")
    async with bench.hosting() as hosted:
        number = _spoil(bench, spoiling.garbled)
        for told in await hosted.tell_all([told.ask for told in happy]):
            refused = any(page.refused for page in told.pages)
            is_silent = told.failure is None and not refused and not told.records
            if is_silent and told.ask.method == "fetch":
                raise Fault(f"{told.words}: garbage looks like a customer without {told.ask.kind}")
    return f"{number} files"


async def file_changed(bench: Bench) -> str:
    """A title, written anew between two calls; the files have other sizes and times then."""
    happy = await _with_records(bench)
    titles = titles_of(told.records for told in happy)
    async with bench.hosting() as hosted:
        await hosted.tell_all([told.ask for told in happy])
        bench.touched = True
        if not replaced_in(hosted.folder, titles, f" {MARK}"):
            raise NotTried("no title of a record stands in a text file of the sample")
        make(bench.sample, hosted.folder)
        for rest in _RESTS:
            await asyncio.sleep(rest)
            again = await hosted.tell_all([told.ask for told in happy])
            seen = sum(
                any(MARK in text for _, text in values.texts(r)) for told in again for r in told.records
            )
            if seen:
                return f"{seen} records with a new title"
    raise Fault("a title that was written anew is told as it was before")


async def _spoilt(bench: Bench, how: Callable[[Path], None], doing: str) -> str:
    """Asked, spoilt, asked again: neither a crash nor, in all answers, what was there before."""
    happy = await _with_records(bench)
    asks, home = [told.ask for told in happy], bench.home()
    async with bench.hosting(home=home) as hosted:
        before = [repr(told.records) for told in await hosted.tell_all(asks)]
    number = _spoil(bench, how)
    # Another host, with the index of the first one: what is kept in memory, file-changed looks at.
    async with bench.hosting(laid=bench.laid, home=home) as hosted:
        after = await hosted.tell_all(asks)
    for told in after:
        _no_crash(told, doing)
    if [repr(told.records) for told in after] == before:
        raise Fault(f"{doing} still tells all that it held before")
    return f"{number} files"


def _spoil(bench: Bench, how: Callable[[Path], None]) -> int:
    paths = list(spoiling.files(bench))
    for path in paths:
        how(path)
    return len(paths)


async def _with_records(bench: Bench) -> list[Told]:
    """The questions that the files have something for.

    Raises:
        NotTried: there is none, or the settings name files outside of the sample.
    """
    happy = [told for told in await bench.well() if told.records]
    if not happy or not spoiling.named(bench):
        raise NotTried("no record comes out of a file of the sample")
    return happy
