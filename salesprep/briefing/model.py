"""A briefing as data: panels side by side, and the quick scan above them.

Everything is frozen: a briefing is a snapshot, and the next update is another one. No word that a
person reads is in here; ``view`` has those. Facts of two sources meet only in these values, and
these are never written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from salesprep.adapter import (
    Activity,
    Failure,
    Kind,
    Meeting,
    Opportunity,
    Participant,
    Record,
    Refusal,
    Task,
    Ticket,
)

Outcome = Literal["same", "maybe", "other"]

How = Literal["link", "id", "domain", "name", "text", "none"]
"""By what a record was matched: a user's link, the source's own id, an own domain, an equal name,
words found in free text (never more than ``maybe``), nothing."""

State = Literal[
    "waiting", "partial", "fresh", "cached", "stale", "empty", "choose", "withheld", "failed", "stuck"
]


@dataclass(frozen=True, slots=True)
class Match:
    """How a record was matched to the customer, with what speaks for and against it."""

    outcome: Outcome
    how: How
    evidence: tuple[str, ...] = ()
    """``domain vandijk.example``, ``account 1042``, ``another legal form: gmbh``."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record with where it came from and how it was matched: the unit of all that is shown."""

    source: str
    record: Record
    match: Match


@dataclass(frozen=True, slots=True)
class Link:
    """A remembered decision of a user about one native id of one source."""

    source: str
    native_id: str
    verdict: Literal["is", "is_not"]
    by: str
    at: datetime
    how: str
    kind: Kind = Kind.ACCOUNT
    """What ``native_id`` is the id of: ids of two kinds of one source may be equal."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom the user means. Grows while a briefing runs; every addition says where it came from."""

    id: str
    name: str
    """As shown: the user's word until a source or a link gives the written form."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    """``(source, native account id)`` that are this customer: from links or an account matched."""
    countries: tuple[str, ...] = ()


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

    def section(self, kind: Kind) -> Section | None:
        """The section of ``kind``, if this source has it."""
        return next((s for s in self.sections if s.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Said:
    """One source's word on something."""

    source: str
    value: str
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at the coming visit."""

    name: str
    email: str | None
    ours: bool
    positions: tuple[Said, ...] = ()
    """What the sources call their job; more than one value: they differ."""
    first_time: bool = False
    """No earlier contact with any of us found in the sources that answered."""
    unknown_to: tuple[str, ...] = ()
    """Sources with person records that do not know them."""
    known_as: tuple[Found, ...] = ()
    """Their records in the sources that know them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A coming meeting, and whose customer it is with."""

    source: str
    meeting: Meeting
    customer: Customer | None
    candidates: tuple[Found, ...] = ()
    how: str | None = None
    """By what the customer was recognised (``domain vandijk.example``)."""


# -- the quick scan: one class per rule ---------------------------------------------------------


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
    what: Literal["position", "left", "city", "name"]
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


Reply = Literal["answered", "no_answer", "no_reply"]
"""``no_answer``: theirs, and nobody of us answered; ``no_reply``: ours, and they have not replied."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the recent contacts: what one source tells, or several of one and the same."""

    when: datetime | date
    type: str
    found: Found
    """What the source that comes first on the screen tells."""
    ours: tuple[Participant, ...]
    theirs: tuple[Participant, ...]
    """Both as any of the sources names them, each person once."""
    also: tuple[Found, ...] = ()
    """The same mail or meeting as other sources tell it, one record of each."""
    direction: Literal["in", "out"] | None = None
    reply: Reply | None = None
    """``None``: nobody tells, and nothing can be concluded."""
    cc: bool = False
    """The user was only copied."""

    @property
    def evidence(self) -> tuple[Found, ...]:
        """All records that tell of it, side by side."""
        return (self.found, *self.also)


@dataclass(frozen=True, slots=True)
class Note:
    """The user's own words on a customer, from a file on this machine. Never sent anywhere."""

    text: str
    """Cleaned as any text is; line breaks are kept. Not empty."""
    customer: str | None = None
    """For whom the file says that it was written."""
    cut: bool = False
    """The file is longer than what is read of it."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One customer at one moment."""

    customer: Customer
    generated_at: datetime
    """Aware, in the user's zone."""
    deadline_s: float
    visit: Visit | None
    """The next coming visit with this customer, if a calendar tells one."""
    attendees: tuple[Attendee, ...]
    signals: tuple[Signal, ...]
    contacts: tuple[Contact, ...]
    panels: tuple[Panel, ...]
    """In the order of the screen, every configured source, whatever became of it."""
    complete: bool
    """Nothing is still under way."""
    example: bool = False
    """This is the sample workspace, whose clock may stand still."""
    colleague_visit: Visit | None = None
    """The next coming visit of a colleague with this customer, where the user has none."""
    known: bool = True
    """``False``, only once ``complete``: no source knows a customer of this name. Every source of
    accounts answered and has none that fits, and nothing else tells of one."""
    note: Note | None = None
    """The user's own note, if there is one."""
    day: tuple[Found, ...] = ()
    """The user's other meetings on the day of the visit, with whomever, earliest first; those to come."""

    @property
    def nobody_known(self) -> bool:
        """There is a visit, and no contact and no person of theirs is known: every source has told so."""
        kinds = (Kind.PERSON, Kind.ACTIVITY, Kind.TICKET)
        asked = [s for p in self.panels for s in p.sections if s.kind in kinds]
        told = self.complete and not any(
            p.failure is not None or p.state in ("waiting", "failed", "withheld", "stuck", "stale")
            for p in self.panels
        )
        if not told or self.visit is None or self.contacts or not all(a.ours for a in self.attendees):
            return False
        return bool(asked) and not any(s.records or s.candidates or s.failure or s.cursor for s in asked)


@dataclass(frozen=True, slots=True)
class Update:
    """A new snapshot, and the sources whose panels changed since the one before."""

    briefing: Briefing
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The coming visits, earliest first."""

    generated_at: datetime
    """Aware, in the user's zone."""
    visits: tuple[Visit, ...]
    first_lines: tuple[Signal | None, ...]
    """Beside each visit the first line of its customer's quick scan, if there is one."""
    panels: tuple[Panel, ...]
    """The calendars that were asked; a panel's one section is their meetings, whosever, uncounted."""
    example: bool = False
    """This is the sample workspace, whose clock may stand still."""
    nobody_known: tuple[bool, ...] = ()
    """Beside each visit :attr:`Briefing.nobody_known` of its customer; may be shorter: not looked up."""
    titles: tuple[tuple[str, str], ...] = ()
    """Name and title of every source: a first line may tell of one that is no calendar."""
    undecided: tuple[int, ...] = ()
    """Beside each visit how many things the user has to decide about its customer; may be shorter."""

    @property
    def to_decide(self) -> int:
        """The same of all visits; a customer with two visits counts once."""
        of = {v.customer.id: n for v, n in zip(self.visits, self.undecided, strict=False) if v.customer}
        return sum(of.values())
