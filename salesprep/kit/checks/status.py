"""What becomes of a server's refusals."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from salesprep.adapter import Failure
from salesprep.kit.bench import Bench, words
from salesprep.kit.server import Asked, Reply, Twist
from salesprep.kit.verdict import Fault

_SECONDS = 90


def answering(status: int, **headers: str) -> Twist:
    """Every request gets this status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def twist(_: Asked, __: Reply) -> Reply:
        return Reply(status, named)

    return twist


async def typed(bench: Bench, twist: Twist, doing: str, *codes: str) -> list[Failure]:
    """Ask all that the server is asked for, each on a host of its own; the failures.

    Raises:
        Fault: an answer looks well, or fails with another code than these.
    """
    failures = []
    for ask in await bench.remote():
        bench.replays.twist = twist
        async with bench.hosting() as hosted:
            answer = await hosted.ask(ask)
        failure = answer.failure or (answer.page.failure if answer.page is not None else None)
        if failure is None:
            number = len(answer.page.records) if answer.page is not None else 0
            raise Fault(f"{words(ask)}: {doing} looks like an answer with {number} records")
        if failure.code not in codes:
            raise Fault(f"{words(ask)}: {doing} becomes {failure.code} ({failure.what}), not {codes[0]}")
        failures.append(failure)
    return failures


async def http_401(bench: Bench) -> str:
    """The login is not accepted."""
    return _said(await typed(bench, answering(401), "401", "auth_required"))


async def http_403(bench: Bench) -> str:
    """The login is known and may not see this."""
    return _said(await typed(bench, answering(403), "403", "permission_denied"))


async def http_429_with_time(bench: Bench) -> str:
    """The time is told in seconds."""
    twist = answering(429, Retry_After=str(_SECONDS))
    return _in_time(bench, await typed(bench, twist, "429 with Retry-After", "rate_limited"), "429")


def _in_time(bench: Bench, failures: list[Failure], status: str) -> str:
    for failure in failures:
        told = failure.retry_at
        if told is None:
            raise Fault(f"{status} with Retry-After is {failure.code}, but without the time (retry_at)")
        if abs(told - bench.sample.now - timedelta(seconds=_SECONDS)) > timedelta(seconds=5):
            raise Fault(f"Retry-After: {_SECONDS} becomes another time")
    return _said(failures)


async def http_429_without(bench: Bench) -> str:
    """No time is told."""
    return _said(await typed(bench, answering(429), "429", "rate_limited"))


async def http_500(bench: Bench) -> str:
    """The server's own trouble."""
    return _said(await typed(bench, answering(500), "500", "unavailable"))


async def http_503(bench: Bench) -> str:
    """Maintenance; the time of its end is told in seconds."""
    twist = answering(503, Retry_After=str(_SECONDS))
    return _in_time(bench, await typed(bench, twist, "503", "unavailable"), "503")


def _said(failures: list[Failure]) -> str:
    return failures[0].what


async def no_retry_when_refused(bench: Bench) -> str:
    """The same request more than once within a call."""
    for status in (401, 403, 429):
        for ask in await bench.remote():
            bench.replays.reset()
            bench.replays.twist = answering(status)
            async with bench.hosting() as hosted:
                await hosted.ask(ask)
            times = Counter(asked.words for asked in bench.replays.asked)
            if any(number > 1 for number in times.values()):
                raise Fault(f"{words(ask)}: after {status} it asks {max(times.values())} times")
    return "each request was made once"


async def no_stale_after_refusal(bench: Bench) -> str:
    """Answered well, then refused."""
    asks = await bench.remote()
    for status in (401, 403):
        bench.replays.reset()
        async with bench.hosting() as hosted:
            await hosted.tell_all(asks)
            bench.replays.twist = answering(status)
            for ask in asks:
                page = (await hosted.ask(ask)).page
                if page is not None:
                    raise Fault(f"{words(ask)}: after {status}, {len(page.records)} records are still shown")
    return "nothing is shown any more"
