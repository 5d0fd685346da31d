"""What the host is asked and what it answers: plain data, so that it can cross threads and be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from salesprep.adapter import Check, Failure, Kind, Page, Query, Record, Window
from salesprep.adapter.manifest import Manifest

Method = Literal["find", "fetch", "search", "upcoming", "check"]

AnswerState = Literal["fresh", "cached", "stale", "withheld", "failed", "stuck"]
"""``fresh`` asked just now; ``cached`` within its ttl; ``stale`` an old answer beside a failure;
``withheld`` not allowed (consent, access, offline); ``stuck`` an earlier call has not come back."""


EVERYBODY = Query()
"""The empty query, for questions that are not about one customer."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to one source; hashable, it is part of the cache key."""

    method: Method
    query: Query = EVERYBODY
    kind: Kind | None = None
    cursor: str | None = None
    window: Window | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an :class:`Ask`. ``page`` is there for fresh, cached and stale; ``failure`` for
    stale, withheld, failed and stuck. For ``check`` the result is in ``checks``."""

    state: AnswerState
    page: Page[Record] | None = None
    checks: tuple[Check, ...] = ()
    failure: Failure | None = None
    fetched_at: datetime | None = None
    """When the page was read from the source."""
    elapsed_ms: float = 0.0
    """How long the source itself took (0 for an answer out of the cache)."""


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """An adapter or source that cannot be used: one line, with file and line where known."""

    name: str
    failure: Failure
    where: str | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A configured source as it is known without importing its adapter."""

    name: str
    title: str
    adapter: str
    manifest: Manifest | None
    """``None``: the adapter is unknown or its manifest broken; ``problem`` says it."""
    remote: bool = False
    problem: Failure | None = None
    kinds: tuple[Kind, ...] = ()
    """What it is set up to tell, in the manifest's order."""
    record_links: tuple[tuple[Kind, str], ...] = ()
    """What the web addresses of its records look like, by kind, as its settings say; see
    :meth:`Manifest.record_links_of`."""
