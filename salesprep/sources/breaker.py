"""Spares a source that is down: after some failures in a row it is left alone for a while, then one
question is let through to see whether it is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

BreakerState = Literal["closed", "open", "held", "half_open"]
"""``open``: it failed too often and is left alone; ``held``: it said itself when it may be asked again;
``half_open``: the next question finds out whether it is back."""
_LONGEST_HOLD = 86400.0
"""A source's own "not before" counts for a day at most: a clock may be wrong."""


class Breaker:
    """Opens after ``limit`` failures in a row, for ``pause`` seconds, doubled up to ``longest``.

    Failures of calls that were under way together count once: they tell the same thing. Not safe
    across threads; it belongs to the loop that asks.
    """

    def __init__(
        self,
        *,
        limit: int = 3,
        pause: float = 30.0,
        longest: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._first_pause = self._pause = pause
        self._longest = longest
        self._clock = clock
        self._failures = 0
        self._counted_at = float("-inf")
        self._opens_at: float | None = None
        self._held_until = float("-inf")
        self._probing = False

    def blocked_for(self) -> float:
        """Seconds in which nothing is asked; 0 if something may be."""
        now = self._clock()
        until = max(self._held_until, self._opens_at or now)
        return max(0.0, until - now)

    @property
    def state(self) -> BreakerState:
        """Whether anything is asked now, and if not, by whose doing."""
        now = self._clock()
        if self._opens_at is not None and now < self._opens_at:
            return "open"
        if now < self._held_until:
            return "held"
        return "half_open" if self._opens_at is not None else "closed"

    @property
    def half_open(self) -> bool:
        """Whether the pause is over, so that the next call is the probe, or runs already."""
        return self._opens_at is not None and self._clock() >= self._opens_at

    @property
    def probing(self) -> bool:
        """Whether the one probe is under way: others wait for what it finds."""
        return self._probing

    def begin(self) -> bool:
        """A call is made; tells whether it is the probe, whose end must be told."""
        if self.half_open:
            self._probing = True
        return self._probing

    def probe_over(self) -> None:
        """The probe came back, or was given up."""
        self._probing = False

    def worked(self) -> None:
        """A call came back well."""
        self._failures = 0
        self._pause = self._first_pause
        self._opens_at = None

    def failed(self, started: float) -> None:
        """A call made at ``started`` found the source down."""
        if started < self._counted_at:
            return
        self._counted_at = now = self._clock()
        self._failures += 1
        if self._failures < self._limit:
            return
        if self._failures > self._limit:
            self._pause = min(self._pause * 2, self._longest)
        self._opens_at = now + self._pause

    def hold(self, seconds: float) -> None:
        """The source itself says when it may be asked again."""
        self._held_until = max(self._held_until, self._clock() + min(seconds, _LONGEST_HOLD))
