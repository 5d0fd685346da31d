"""What becomes of connections that fail, and of answers that do not end as they should."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

from salesprep.kit.bench import Bench, words
from salesprep.kit.checks.status import typed
from salesprep.kit.server import Asked, Reply
from salesprep.kit.verdict import Fault
from salesprep.sources.desk import GRACE

_HUGE = 300 * 1024 * 1024
_TAKEN = 33 * 1024 * 1024
"""Bytes that are too many to be taken."""
_DRIPPING = 0.5
"""Seconds that a dripping answer is waited for."""


async def http_refused_connection(bench: Bench) -> str:
    """At an address where nobody listens."""
    asks = await bench.remote()
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    here = bench.replays.address
    secrets = {name: value.replace(here, nobody) for name, value in bench.sample.secrets.items()}
    for ask in asks:
        async with bench.hosting(laid=bench.lay_out(nobody), secrets=secrets) as hosted:
            answer = await hosted.ask(ask)
        if answer.failure is None:
            raise Fault(f"{words(ask)}: without a connection it looks like an answer")
        if answer.failure.code != "unavailable":
            failure = answer.failure
            raise Fault(
                f"{words(ask)}: no connection becomes {failure.code} ({failure.what}), not unavailable"
            )
    return "unavailable"


async def http_cut(bench: Bench) -> str:
    """Half of the body that Content-Length promises."""

    def twist(_: Asked, reply: Reply) -> Reply:
        return replace(reply, body=reply.body[: len(reply.body) // 2], length=len(reply.body))

    failures = await typed(bench, twist, "an answer that breaks off", "unavailable", "bad_data")
    return failures[0].what


async def http_drip(bench: Bench) -> str:
    """A byte now and then, so that no time-out for a single byte helps."""

    def twist(_: Asked, reply: Reply) -> Reply:
        return replace(reply, pause=0.05)

    asks = await bench.remote()
    bench.replays.twist = twist
    async with bench.hosting() as hosted:
        answers = await asyncio.gather(*(hosted.ask(ask, seconds=_DRIPPING) for ask in asks))
        for ask, answer in zip(asks, answers, strict=True):
            if answer.failure is None:
                raise Fault(f"{words(ask)}: an answer that drips in looks complete")
        await asyncio.sleep(GRACE + 0.1)
        if hosted.host.stuck:
            raise Fault("it goes on reading after the deadline")
    return "given up at the deadline"


async def http_huge(bench: Bench) -> str:
    """The happy answer, followed by spaces that make it 300 MB."""

    def twist(_: Asked, reply: Reply) -> Reply:
        return replace(reply, length=_HUGE, endless=True)

    failures = await typed(bench, twist, "a body of 300 MB", "bad_data")
    if bench.replays.sent > _TAKEN:
        raise Fault(f"{bench.replays.sent // 1024 // 1024} MiB of a body of 300 MB are taken")
    return failures[0].what


async def http_redirect_away(bench: Bench) -> str:
    """To a server at another port, which counts as another host."""
    bench.elsewhere.reset()

    def twist(asked: Asked, _: Reply) -> Reply:
        return Reply(302, {"Location": f"{bench.elsewhere.address}{asked.path}"})

    try:
        failures = await typed(
            bench, twist, "a redirect to another host", "config_invalid", "bad_data", "auth_required"
        )
    finally:
        came = [asked.headers for asked in bench.elsewhere.asked]
    if came:
        with_login = any("authorization" in headers or "cookie" in headers for headers in came)
        raise Fault(f"the other host is asked{', with the login' if with_login else ''}")
    return failures[0].what
