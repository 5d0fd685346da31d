"""The calls of one source that are under way, and what the last ones came to. Plain data of the desk's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from salesprep.adapter.errors import Failure
from salesprep.sources import figures
from salesprep.sources.answers import Ask
from salesprep.sources.runner import Outcome
from salesprep.sources.threads import Call


@dataclass(eq=False, slots=True)
class Flight:
    """One call under way, and those who wait for it."""

    ask: Ask
    asked_at: datetime
    started: float
    deadline: float
    """What the adapter was told."""
    until: float
    """The latest deadline of those who wait."""
    landed: asyncio.Future[Outcome | None]
    probe: bool
    sought: bool
    """Memory was looked in before."""
    call: Call[Outcome] | None = None
    waiting: int = 0
    left: bool = False
    """The last of those who waited has gone."""
    counted: bool = False
    """It stands in the figures."""

    def ended(self, outcome: Outcome, at: datetime) -> figures.Call:
        """What goes into the figures."""
        in_part = outcome.page.failure if outcome.page is not None else None
        failure = outcome.failure or in_part
        return figures.Call(
            at=at,
            ms=outcome.elapsed_ms,
            answered=outcome.failure is None,
            code=failure.code if failure is not None else None,
            sought=self.sought,
            not_before=failure.retry_at if failure is not None else None,
        )


@dataclass(slots=True)
class Air:
    """All calls of one source that have not ended."""

    by_ask: dict[Ask, Flight] = field(default_factory=dict)
    left: set[Flight] = field(default_factory=set)
    stuck: set[Flight] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the last call of one sort came to."""

    answered: bool
    failure: Failure | None
    """Of what was answered, too: a part of it could not be read."""
