"""What one source shows for one customer: it stands beside others and is never merged with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from salesprep.adapter import Failure, Kind, Refusal
from salesprep.briefing.model.matches import Found

State = Literal[
    "waiting", "partial", "fresh", "cached", "stale", "empty", "choose", "withheld", "failed", "stuck"
]


@dataclass(frozen=True, slots=True)
class Section:
    """One record kind of one source."""

    kind: Kind
    state: State
    records: tuple[Found, ...] = ()
    candidates: tuple[Found, ...] = ()
    total: int | None = None
    """Only if the source itself counts."""
    cursor: str | None = None
    failure: Failure | None = None
    fetched_at: datetime | None = None
    as_of: datetime | None = None
    elapsed_ms: float = 0.0
    refused: tuple[Refusal, ...] = ()
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A link that is not what it was when somebody confirmed it."""

    customer: str
    """The id of ``links.toml``."""
    target: str
    """``crm:1042``."""
    what: Literal["gone", "moved"]
    """``gone``: the source has no such account any more; ``moved``: its id is somebody else's by what it is
    called now."""
    then: str = ""
    """What it was called, as far as that is known."""
    now: str = ""
    """What it is called now; of one that is gone the id of the one account there that is like it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What one source shows for one customer."""

    source: str
    title: str
    adapter: str
    state: State
    sections: tuple[Section, ...] = ()
    candidates: tuple[Found, ...] = ()
    """Accounts that may be the customer: the user decides."""
    failure: Failure | None = None
    fetched_at: datetime | None = None
    """The oldest of what is shown."""
    elapsed_ms: float = 0.0
    flags: tuple[Flag, ...] = ()
    """Links to accounts of this source that are not what they were."""

    def section(self, kind: Kind) -> Section | None:
        """The section of ``kind``, if this source has it."""
        return next((s for s in self.sections if s.kind == kind), None)
