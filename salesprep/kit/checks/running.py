"""Time: deadlines, cancelling, tasks and threads, and who holds the loop."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from dataclasses import replace
from typing import Any

from salesprep.kit.bench import Bench, words
from salesprep.kit.direct import Running, running
from salesprep.kit.server import Asked, Reply
from salesprep.kit.verdict import Fault, NotTried
from salesprep.sources import Ask
from salesprep.sources.desk import GRACE

BLOCKED_MS = 50.0
_BEAT = 0.005
_TRIES = 3
"""What takes long is looked at again: the machine may have been busy."""
_SHORT = 0.4
"""Seconds: a deadline that a server which says nothing lets pass."""
_BEGUN = 0.1
"""Seconds: a deadline until which a call has begun for sure."""
_SETTLED = 1.0


async def deadline_kept(bench: Bench) -> str:
    """With time enough; and with a server that does not answer."""
    try:
        asks = [told.ask for told in await bench.happy()]
    except NotTried:
        raise Fault(f"{bench.hangs} is not back in time, though the sample is small") from None
    if bench.server is not None:
        asks = list(await bench.remote())
        bench.server.twist = silent
    seconds = _SHORT if bench.server is not None else _BEGUN
    for _ in range(_TRIES):
        async with bench.hosting() as hosted:
            answers = await asyncio.gather(*(hosted.ask(ask, seconds=seconds) for ask in asks))
            for ask, answer in zip(asks, answers, strict=True):
                if bench.server is not None and answer.failure is None:
                    raise Fault(f"{words(ask)}: an answer that never came is told as an empty page")
            await asyncio.sleep(GRACE + 0.1)
            if not hosted.host.stuck:
                return "back in time" if bench.server is None else "given up at the deadline"
    raise Fault(f"a call is not back {GRACE * 1000:.0f} ms after its deadline")


def silent(_: Asked, reply: Reply) -> Reply:
    """Nothing comes for longer than anybody waits."""
    return replace(reply, wait=30.0)


async def cancel_kept(bench: Bench) -> str:
    """In the middle of waiting for a server; else at once."""
    threaded = bench.manifest.runs == "thread"
    asks = [told.ask for told in await bench.well()] if bench.server is None else await bench.remote()
    for ask in asks[:2] if threaded else asks:
        for _ in range(_TRIES):
            async with running(bench) as run:
                if await _ends(bench, run, ask, GRACE + (_SHORT if threaded else 0.1)):
                    break
        else:
            raise Fault(f"{words(ask)} goes on after it was cancelled")
    return "over when it is cancelled" if not threaded else "over at its deadline"


async def _ends(bench: Bench, run: Running, ask: Ask, seconds: float) -> bool:
    """Whether a call that is cancelled while it waits ends so soon. A plain function cannot be cancelled: it
    has until its deadline."""
    if bench.server is not None:
        bench.server.came.clear()
        bench.server.twist = silent
    call, back = run.begin(run.call(ask, _SHORT))
    if bench.server is not None:
        await _within(bench.server.came.wait(), _SETTLED)
    call.cancel()
    return await _within(asyncio.shield(back), seconds)


async def _within(waiting: Any, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await waiting
    except TimeoutError:
        return False
    return True


async def no_task_left(bench: Bench) -> str:
    """The host ends tasks that are left, and says so in its log."""
    asks = [told.ask for told in await bench.well()]
    bench.heard.clear()
    async with bench.hosting() as hosted:
        for ask in asks:
            await hosted.tell(ask)
            if _task_left(bench):
                raise Fault(f"{words(ask)} leaves a task behind")
    if _task_left(bench):  # of the last one it may have been logged later
        raise Fault(f"{words(asks[-1])} leaves a task behind")
    return f"{len(asks)} questions"


def _task_left(bench: Bench) -> bool:
    return any("left" in line and "tasks behind" in line for line in bench.heard.lines)


async def no_thread_left(bench: Bench) -> str:
    """Those that were not there before and are there when the source is closed."""
    before = set(threading.enumerate())
    asks = [told.ask for told in await bench.well()]
    async with bench.hosting() as hosted:
        await hosted.tell_all(asks)
    until = time.monotonic() + _SETTLED
    while True:
        left = [thread for thread in threading.enumerate() if thread not in before]
        if not left:
            return f"{len(asks)} questions"
        if time.monotonic() > until:
            raise Fault(f"{len(left)} threads are left, one named {left[0].name}")
        await asyncio.sleep(0.02)


async def loop_not_blocked(bench: Bench) -> str:
    """A heart beats on the source's loop; the longest of its pauses counts, unless ours stops, too."""
    asks = [told.ask for told in await bench.well()]
    worst = 0.0
    async with running(bench) as run:
        for ask in asks:
            await run.on_loop(run.call(ask))  # what is imported at first does not count
            pauses = []
            for _ in range(_TRIES):
                pauses.append(await _pause(run, ask))
                if pauses[-1] <= BLOCKED_MS:
                    break
            worst = max(worst, min(pauses))
            if worst > BLOCKED_MS:
                raise Fault(f"{words(ask)} holds the loop for {worst:.0f} ms")
    return f"at most {worst:.0f} ms"


async def _pause(run: Running, ask: Ask) -> float:
    """The longest pause over there in milliseconds, less what our own loop was held up meanwhile."""
    over = threading.Event()
    _, theirs = run.begin(lambda: _beat(over))
    ours = asyncio.ensure_future(_beat(over))
    await asyncio.sleep(2 * _BEAT)
    await run.on_loop(run.call(ask))
    await asyncio.sleep(2 * _BEAT)
    over.set()
    return (await theirs or 0.0) - await ours


async def _beat(over: threading.Event) -> float:
    """Until it is over; the longest time that it came late, in milliseconds."""
    longest = 0.0
    while not over.is_set():
        began = time.perf_counter()
        await asyncio.sleep(_BEAT)
        longest = max(longest, time.perf_counter() - began - _BEAT)
    return longest * 1000


async def closed_twice(bench: Bench) -> str:
    """One that was never asked, and one that was; each twice."""
    asks = [told.ask for told in await bench.well()]
    async with running(bench) as run:
        for ask in (None, asks[0]):
            error = await run.on_loop(lambda ask=ask: _close_twice(run, ask))  # type: ignore[misc]
            if error is not None:
                which = "unused, " if ask is None else "after a question "
                raise Fault(f"closed twice {which}it raises {error}")
    return "unused and after a question"


async def _close_twice(run: Running, ask: Ask | None) -> str | None:
    """What closing raises, if it does; on the source's thread."""
    adapter, client = run.made(), run.http()
    threaded = run.bench.manifest.runs == "thread"
    close = adapter.close if threaded else adapter.aclose  # type: ignore[union-attr]
    if ask is not None:
        await run.ask_direct(adapter, ask, client)
    try:
        for _ in range(2):
            closing: Any = close()
            if inspect.isawaitable(closing):
                await closing
    except BaseException as error:
        # Closing may raise anything; it is told as a word.
        return type(error).__name__
    finally:
        await client.close()
    return None
