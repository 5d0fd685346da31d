"""What calling one source came to, in figures: how long its answers took, which errors there were, how
often memory served instead. Durations, codes and times; nothing of what was asked or answered.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

LAST = 200
"""Calls that figures are made of: the last ones."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a source, and how it ended."""

    at: datetime
    """When it ended; aware."""
    ms: float
    """How long the source took; of a call that was given up, how long it was waited for."""
    answered: bool
    code: str | None = None
    """Of the error it ended with, or of that which kept a part of the answer away."""
    sought: bool = True
    """Memory was looked in before; with ``--fresh`` and in a check it is not."""
    hits: int = 0
    """Questions that memory answered since the call before."""
    not_before: datetime | None = None
    """The source said when it may be asked again."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the last calls came to, :data:`LAST` at most. All zero: none was ever made."""

    calls: int = 0
    answers: int = 0
    """Calls that brought an answer, be it in part."""
    p50_ms: float | None = None
    """Half of the answers took no longer."""
    p95_ms: float | None = None
    errors: tuple[tuple[str, int], ...] = ()
    """Code of error and how often, the most frequent first."""
    hits: int = 0
    """Questions that memory answered."""
    misses: int = 0
    """Those that it could not answer, so that the source was called."""
    since: datetime | None = None
    """When the first of these calls ended."""
    last_call: datetime | None = None
    last_success: datetime | None = None
    last_code: str | None = None
    """Of the error that the last call ended with, if it did."""
    not_before: datetime | None = None
    """What the source said at the last call about being asked again."""


NO_FIGURES = Figures()


class Tally:
    """Counts the calls of one source in this run; belongs to the loop that asks."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=LAST)
        self._unwritten: deque[Call] = deque(maxlen=LAST)
        self._hits = 0

    def hit(self) -> None:
        """Memory answered."""
        self._hits += 1

    def add(self, call: Call) -> None:
        """A call has ended."""
        call = replace(call, hits=self._hits)
        self._hits = 0
        self._calls.append(call)
        self._unwritten.append(call)

    def take(self) -> tuple[Call, ...]:
        """What has been added since it was last taken."""
        taken = tuple(self._unwritten)
        self._unwritten.clear()
        return taken

    def figures(self, before: Sequence[Call] = ()) -> Figures:
        """Of this run, and of the calls ``before`` it."""
        if not before and not self._calls and not self._hits:
            return NO_FIGURES
        return figures([*before, *self._calls], self._hits)


def figures(calls: Iterable[Call], hits: int = 0) -> Figures:
    """What ``calls``, oldest first, came to. ``hits``: what memory answered since the last of them."""
    last = deque(calls, maxlen=LAST)
    answered = [call for call in last if call.answered]
    took = sorted(call.ms for call in answered)
    errors = Counter(call.code for call in last if call.code is not None)
    return Figures(
        calls=len(last),
        answers=len(answered),
        p50_ms=_rank(took, 0.5),
        p95_ms=_rank(took, 0.95),
        errors=tuple(sorted(errors.items(), key=lambda error: (-error[1], error[0]))),
        hits=sum(call.hits for call in last) + hits,
        misses=sum(call.sought for call in last),
        since=last[0].at if last else None,
        last_call=last[-1].at if last else None,
        last_success=answered[-1].at if answered else None,
        last_code=last[-1].code if last else None,
        not_before=last[-1].not_before if last else None,
    )


def _rank(took: Sequence[float], share: float) -> float | None:
    """The smallest of ``took``, which is sorted, that ``share`` of them do not exceed."""
    return took[max(0, math.ceil(share * len(took)) - 1)] if took else None
