"""The lines of the quick scan: one class per rule, each with the records that it was derived from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from salesprep.adapter import Activity, Meeting, Opportunity, Participant, Task, Ticket
from salesprep.briefing.model.matches import Found
from salesprep.briefing.model.visits import Attendee, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One line of the quick scan. ``evidence`` holds the records that it was derived from."""

    evidence: tuple[Found, ...]

    @property
    def rule(self) -> str:
        """The rule's name in JSON: the class name in small letters."""
        return _RULES[type(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Signal):
    """An open ticket; the last word is theirs, or it is a complaint."""

    ticket: Ticket
    open_days: int | None
    nth_this_year: int
    """1 for the first; only tickets of the same type or title count."""
    unanswered_since: datetime | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Signal):
    """Something one of us promised and has not done."""

    task: Task
    by_user: bool
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Signal):
    """An open opportunity."""

    opportunity: Opportunity
    days_left: int | None
    """Negative: it has passed."""
    no_next_step: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFace(Signal):
    """An attendee with no earlier contact."""

    attendee: Attendee


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTalk(Signal):
    """The last contact of anyone of us with anyone of them."""

    activity: Activity | Meeting
    days_ago: int
    ours: Participant | None
    theirs: tuple[Participant, ...]
    not_heard: tuple[str, ...] = ()
    """Sources that keep contacts too but did not answer: they may know a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs(Signal):
    """Two sources contradict each other; both are shown."""

    about: str
    """A person's or the account's name."""
    what: Literal["position", "left", "employer", "city", "name"]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near(Signal):
    """A colleague who is near this customer soon."""

    meeting: Meeting
    colleague: str
    km: float
    """As the crow flies."""


_RULES: dict[type[Signal], str] = {
    Complaint: "complaint",
    Promised: "promised",
    Offer: "offer",
    NewFace: "new_face",
    LastTalk: "last_talk",
    Differs: "differs",
    Near: "near",
}
