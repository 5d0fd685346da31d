"""A briefing as data: panels side by side, and the quick scan above them.

Everything is frozen: a briefing is a snapshot, and the next update is another one. No word that a
person reads is in here; ``view`` has those. Facts of two sources meet only in these values, and
these are never written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from salesprep.briefing.evidence import Evidence, Known
from salesprep.briefing.group import Related
from salesprep.briefing.persons.match import Because

Outcome = Literal["same", "maybe", "other"]

How = Literal["link", "id", "number", "domain", "name", "text", "none"]
"""By what a record was matched: a user's link, the source's own id, a registration
number, an own domain, an equal name,
words found in free text (never more than ``maybe``), nothing."""

State = Literal[
    "waiting", "partial", "fresh", "cached", "stale", "empty", "choose", "withheld", "failed", "stuck"
]


@dataclass(frozen=True, slots=True)
class Match:
    """How a record was matched to the customer, with what speaks for and against it."""

    outcome: Outcome
    how: How
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    """Of an account: what it is to others of its group. They are customers of their own."""
    strength: float = field(default=0.0, compare=False)
    """Of an account: how far up it stands among the candidates of its source."""


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
    on: tuple[str, ...] = ()
    """What was known when this was decided (``name Acme``, ``domain acme.example``): of one that is, what it
    was called; of one that is not, what spoke for it."""


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
    places: tuple[tuple[str, str | None], ...] = ()
    """Towns with their countries, as sources write them."""
    known: tuple[Known, ...] = field(default=(), compare=False)
    """What told each of these; what is not among them the user told, by typing it or by a link. Where
    something is known from makes nobody another customer."""


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


@dataclass(frozen=True, slots=True)
class Said:
    """One source's word on something."""

    source: str
    value: str
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A person's record, and why it is theirs."""

    found: Found
    why: tuple[Because, ...]
    to: Found | None = None
    """The other record that ``why`` compares it with; ``None``: the person themself, as an invitation names
    them."""


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
    ties: tuple[Tie, ...] = ()
    """The same records, with why they are theirs."""


@dataclass(frozen=True, slots=True)
class Involved:
    """A further customer of a visit, and what tells so."""

    customer: Customer
    evidence: tuple[Evidence, ...] = ()
    about: bool = False
    """None of theirs is there: the title or a link names them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A coming meeting, and whose customer it is with."""

    source: str
    meeting: Meeting
    customer: Customer | None
    candidates: tuple[Found, ...] = ()
    how: str | None = None
    """By what the customer was recognised (``domain vandijk.example``)."""
    why: Evidence | None = None
    """The same with where it came from, if that is known."""
    reasons: tuple[Evidence, ...] = ()
    """All that tells so, the heaviest first; ``why`` is one of them."""
    also: tuple[Involved, ...] = ()
    """Further customers: at the same table, or named without being there."""
    about: bool = False
    """Nobody but us is there: it is about the customer, and no visit."""

    @property
    def each(self) -> tuple[Visit, ...]:
        """The visit as it is for each customer that it is with, the others being there too."""
        if self.customer is None or self.about:
            return (self,)
        own = Involved(self.customer, self.reasons)
        return (self, *(self._with(other, own) for other in self.also if not other.about))

    def _with(self, other: Involved, own: Involved) -> Visit:
        why = other.evidence[0] if other.evidence else None
        return replace(
            self,
            customer=other.customer,
            how=why.text if why is not None else None,
            why=why,
            reasons=other.evidence,
            also=(own, *(each for each in self.also if each is not other)),
        )

    @property
    def customers(self) -> tuple[Customer, ...]:
        """Whom it is with, the first being the one that the visit's briefing is on; without those that are
        only named."""
        first = () if self.customer is None or self.about else (self.customer,)
        return (*first, *(each.customer for each in self.also if not each.about))


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
    internal: tuple[Visit, ...] = ()
    """The user's coming meetings among ourselves about the customer: no visits."""

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
    internal: tuple[Visit, ...] = ()
    """Meetings among ourselves about a customer, earliest first: no visits, and no contact with them."""
    undecided: tuple[int, ...] = ()
    """Beside each visit how many things the user has to decide about its customer; may be shorter."""

    @property
    def to_decide(self) -> int:
        """The same of all visits; a customer with two visits counts once."""
        of = {v.customer.id: n for v, n in zip(self.visits, self.undecided, strict=False) if v.customer}
        return sum(of.values())
