"""The calls of one scan: made at once, taken as they end, none left when it is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from salesprep.adapter import DeadlineExceeded
from salesprep.adapter.words import _
from salesprep.briefing.asking import Call
from salesprep.sources.answers import Answer, Ask, SourceInfo

GRACE = 0.2
"""Seconds after the deadline in which the host may still say what became of a call."""


class Asked(Protocol):
    """What a briefing needs of the host."""

    @property
    def infos(self) -> Mapping[str, SourceInfo]:
        """Every configured source, in the order of the screen."""
        ...

    async def ask(self, source: str, ask: Ask, *, deadline: float, fresh: bool = False) -> Answer:
        """One question to one source; see :meth:`salesprep.sources.Host.ask`."""
        ...


class Calls:
    """Belongs to the loop it is made in; ``await end()`` whatever happens."""

    def __init__(self, host: Asked, seconds: float, *, fresh: bool | Collection[str]) -> None:
        self.seconds = seconds
        self._host, self._fresh = host, fresh
        began = time.monotonic()
        self._half, self._deadline = began + seconds / 2, began + seconds
        self._under_way: dict[asyncio.Task[Answer], Call] = {}
        self._ended: list[tuple[Call, Answer]] = []
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._timers = (
            self._loop.call_later(seconds / 2, self._wake.set),
            self._loop.call_later(seconds + GRACE, self._give_up),
        )
        self._pause: asyncio.TimerHandle | None = None

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come or to be taken."""
        return bool(self._under_way or self._ended)

    @property
    def half_over(self) -> bool:
        """Half of the time has gone: whoever has not answered is not waited for any more."""
        return time.monotonic() >= self._half

    def make(self, calls: Iterable[Call]) -> None:
        """Start ``calls``."""
        for call in calls:
            fresh = self._fresh if isinstance(self._fresh, bool) else call.source in self._fresh
            task = asyncio.ensure_future(
                self._host.ask(call.source, call.ask, deadline=self._deadline, fresh=fresh)
            )
            self._under_way[task] = call
            task.add_done_callback(self._end_of)

    def wake_in(self, seconds: float) -> None:
        """Let :meth:`take` return then, with or without an answer."""
        if self._pause is None or self._pause.cancelled() or self._pause.when() <= self._loop.time():
            self._pause = self._loop.call_later(seconds, self._wake.set)

    async def take(self) -> list[tuple[Call, Answer]]:
        """What has ended since the last time; waits for one, for half of the time to be over, or for
        :meth:`wake_in`.

        Whatever has ended meanwhile comes with it, so that a burst makes one update.
        """
        if not self._ended:
            await self._wake.wait()
        self._wake.clear()
        ended, self._ended = self._ended, []
        return ended

    async def end(self) -> None:
        """Cancel what is under way, and wait until it is gone."""
        for timer in (*self._timers, *([self._pause] if self._pause else [])):
            timer.cancel()
        tasks = tuple(self._under_way)
        self._under_way.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end_of(self, task: asyncio.Task[Answer]) -> None:
        call = self._under_way.pop(task, None)
        if call is not None and not task.cancelled():
            self._ended.append((call, task.result()))
            self._wake.set()

    def _give_up(self) -> None:
        late = Answer("failed", failure=DeadlineExceeded(_("no answer in time")).failure())
        tasks = tuple(self._under_way.items())
        self._under_way.clear()
        for task, call in tasks:
            task.cancel()
            self._ended.append((call, late))
        self._wake.set()
