"""How late the loop that asks gets its turn, and which source's computing made it so.

Threads isolate waiting, not computing: a source that parses for long takes turns from the interface. While
something is asked, a timer looks how late it comes, and the processor time of the sources' threads
tells who was at work meanwhile. Threads tell that on Linux alone; elsewhere nobody is named.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

TICK = 0.02
"""Seconds between two looks."""
LATE = 0.016
"""Seconds; a screen that is painted 60 times a second misses a picture."""
_KEPT = 1024
"""Looks that figures are made of."""
_SHARE = 0.3
"""At least this part of the delay a source must have computed, to be named."""

_log = logging.getLogger("salesprep.lag")


@dataclass(frozen=True, slots=True)
class Lag:
    """Figures of the last looks, in milliseconds."""

    looks: int = 0
    p50: float = 0.0
    p99: float = 0.0
    worst: float = 0.0
    guilty: Mapping[str, float] = field(default_factory=dict)
    """How much of it each source is to blame for, the worst first; the rest is work of the loop itself, and
    of other programs."""


def own_clock() -> int | None:
    """The clock of the running thread's processor time, to be read from any other; for a thread that has
    ended reading it raises ``OSError``."""
    if sys.platform == "linux":
        return time.pthread_getcpuclockid(threading.get_ident())
    return None


def _used_by(clock: int) -> float:
    """Seconds of processor time."""
    if sys.platform == "linux":
        return time.clock_gettime(clock)
    return 0.0


class LagMonitor:
    """Belongs to the loop that asks; looks while :meth:`watching`."""

    def __init__(self, clocks: Callable[[], Iterator[tuple[str, int]]]) -> None:
        """``clocks``: each source with the clock of each of its threads."""
        self._clocks = clocks
        self._lates: deque[float] = deque(maxlen=_KEPT)
        self._guilty: defaultdict[str, float] = defaultdict(float)
        self._used: dict[tuple[str, int], float] = {}
        self._asked = 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Something is asked."""
        self._asked += 1
        if self._timer is None:
            self._used = dict(self._read())
            self._next(asyncio.get_running_loop())

    def end(self) -> None:
        """One that began is answered."""
        self._asked -= 1
        if not self._asked and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def lag(self) -> Lag:
        """What was seen so far."""
        ordered = sorted(self._lates)
        if not ordered:
            return Lag()
        p50, p99, worst = (ordered[int(share * (len(ordered) - 1))] * 1000 for share in (0.5, 0.99, 1.0))
        by_blame = sorted(self._guilty.items(), key=lambda one: -one[1])
        guilty = {name: seconds * 1000 for name, seconds in by_blame}
        return Lag(len(ordered), p50, p99, worst, guilty)

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        due = loop.time() + TICK
        self._timer = loop.call_at(due, self._look, loop, due)

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        late = max(0.0, loop.time() - due)
        self._lates.append(late)
        used = dict(self._read())
        if late > LATE:
            self._blame(late, used)
        self._used = used
        self._next(loop)

    def _blame(self, late: float, used: Mapping[tuple[str, int], float]) -> None:
        worked: defaultdict[str, float] = defaultdict(float)
        for (name, clock), seconds in used.items():
            worked[name] += seconds - self._used.get((name, clock), 0.0)
        guilty = max(worked, key=worked.__getitem__, default=None)
        if guilty is not None and worked[guilty] >= _SHARE * late:
            self._guilty[guilty] += late
            _log.debug("the loop came %.0f ms late: %s was computing", late * 1000, guilty)

    def _read(self) -> Iterator[tuple[tuple[str, int], float]]:
        for name, clock in self._clocks():
            try:
                yield (name, clock), _used_by(clock)
            except OSError:
                pass  # that thread has ended
