"""What becomes of bodies that are not what they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from salesprep.kit.bench import Bench, words
from salesprep.kit.checks.status import typed
from salesprep.kit.server import Asked, Reply, is_json
from salesprep.kit.verdict import Fault, NotTried

_LOGIN = (
    b"<!doctype html><html><head><title>Log in</title></head><body><form method=post action=/login>"
    b"<input name=user><input name=password type=password></form></body></html>"
)
_NO_UTF8 = b"\xe9\xff"


async def http_html(bench: Bench) -> str:
    """A login page with 200."""

    def twist(_: Asked, __: Reply) -> Reply:
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, _LOGIN)

    if all(
        played.body.lstrip()[:1] == b"<" and b"<html" in played.body.lower()
        for played in bench.sample.answers
    ):
        raise NotTried("its answers are web pages")
    return (await typed(bench, twist, "a login page with 200", "bad_data", "auth_required"))[0].what


async def http_encoding(bench: Bench) -> str:
    """Two bytes that are no UTF-8, inside of a text."""

    def twist(_: Asked, reply: Reply) -> Reply:
        return replace(reply, body=_spoilt(reply.body))

    codes = set()
    for ask in await bench.remote():
        bench.replays.twist = twist
        async with bench.hosting() as hosted:
            failure = (await hosted.ask(ask)).failure
        if failure is not None and failure.code != "bad_data":
            raise Fault(f"{words(ask)}: bytes that are no UTF-8 give {failure.code}: {failure.what}")
        codes.add("taken" if failure is None else "bad_data")
    return ", ".join(sorted(codes))


def _spoilt(body: bytes) -> bytes:
    if is_json(body):
        for text in _texts(json.loads(body)):
            written = text.encode()
            if len(written) > 3 and written in body:
                return body.replace(written, written[:2] + _NO_UTF8 + written[2:])
    return body[: len(body) // 2] + _NO_UTF8 + body[len(body) // 2 :]


def _texts(value: object) -> Iterator[str]:
    """Those of lists first: the records, where what stands beside them may be left alone."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for inner in sorted(value.values(), key=lambda one: not isinstance(one, list | dict)):
            yield from _texts(inner)
