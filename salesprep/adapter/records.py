"""What a source can tell: twelve kinds of records, in the terms of the field (CRM, RFC 5545).

Frozen, slotted dataclasses: they are made by the hundred thousand on a source's own thread, where
pydantic models would hold up the healthy sources beside it. Nothing here derives or compares;
recognition and the quick scan do that. A field that the source does not have stays ``None``: a date,
an amount or an answer is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Literal

When = date | datetime
"""A moment (aware ``datetime``) or, where the source has no time of day, a plain ``date``."""

Origin = Literal["own", "shared", "outside"]
"""Whose words: our own company's, a shared place (a customer portal), or the outside world's."""

Visibility = Literal["open", "internal", "busy"]
"""``busy``: only that somebody is occupied may be shown, never with what or with whom."""

Side = Literal["us", "them"]
Consent = Literal["ok", "no", "unknown"]
Channel = Literal["mail", "phone", "post", "visit"]

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
NO_CONSENT: Mapping[Channel, Consent] = MappingProxyType({})


class Kind(StrEnum):
    """The record kinds; the value is the word in manifests, settings and JSON."""

    ACCOUNT = "account"
    PERSON = "person"
    ACTIVITY = "activity"
    TASK = "task"
    OPPORTUNITY = "opportunity"
    CONTRACT = "contract"
    ORDER = "order"
    INVOICE = "invoice"
    TICKET = "ticket"
    MEETING = "meeting"
    DOCUMENT = "document"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount with its ISO 4217 currency code (``EUR``)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: words as the source writes them, and WGS 84 degrees where it has them."""

    text: str | None = None
    city: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, upper case, if the source tells."""
    latitude: float | None = None
    longitude: float | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A person as one record names them; who that is across sources is only told on the screen."""

    name: str | None = None
    email: str | None = None
    role: str | None = None
    """What they are in this record: ``organiser``, ``attendee``, ``optional``, ``author``, ``owner``,
    ``from``, ``to``, ``cc``, ``contact``."""
    status: str | None = None
    """The answer to an invitation: ``accepted``, ``declined``, ``tentative``, ``needs-action``."""
    position: str | None = None
    """Their job, where the record itself tells it."""
    id: str | None = None
    """The source's own id of this person."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What recognition may work on: whom the *source* says that this record belongs to."""

    account_id: str | None = None
    """This source's own id of the account that the record hangs under."""
    organisation: str | None = None
    """The organisation's name in a field made for it; never words found in free text."""
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Web or mail domains that the source gives for the organisation, lower case, no ``www.``."""
    hit: str | None = None
    """The looked-up words as found in free text (a title, a body), where nothing better exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One item of one source. Give ``url`` or ``no_url_reason``, exactly one of them.

    ``at`` is when it happened or was written, ``updated_at`` when the source last changed it,
    ``fetched_at`` when the adapter read it (``request.now()``). ``fields`` holds what has no field
    of its own, by the source's own label.
    """

    kind: ClassVar[Kind]
    BODY: ClassVar[frozenset[str]] = frozenset()
    """Names of fields whose newlines survive cleaning."""

    id: str
    title: str
    fetched_at: datetime
    url: str | None = None
    no_url_reason: str | None = None
    at: When | None = None
    updated_at: When | None = None
    people: tuple[Participant, ...] = ()
    keys: Keys = Keys()
    origin: Origin = "own"
    visibility: Visibility = "internal"
    language: str | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """An organisation as the source keeps it; ``title`` is its name, ``id`` what others refer to."""

    kind: ClassVar[Kind] = Kind.ACCOUNT

    aliases: tuple[str, ...] = ()
    parent_id: str | None = None
    industry: str | None = None
    staff: int | None = None
    owner: str | None = None
    """Who of us looks after it: a name or mail address."""
    status: str | None = None
    place: Place | None = None
    phone: str | None = None
    website: str | None = None
    numbers: tuple[str, ...] = ()
    """Registration numbers, each with its sort in front: ``vat NL803456789B01``, ``kvk 12345678``, ``lei …``;
    of another register a word of its own. They prove who an organisation is."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became different about a person between two states that a source keeps (two export files).

    It happened at some time after ``since`` and no later than the source's newer state (``as_of`` of
    the page); on which day, nobody knows.
    """

    what: Literal["new", "left", "position"]
    """``new``: not with this organisation in the older state; ``left``: no longer with it in the newer
    one; ``position``: another job with the same organisation."""
    since: When
    """When the older state was true."""
    position_before: str | None = None
    organisation_before: str | None = None
    """For ``new``: where they were in the older state, if it knew them."""
    organisation_after: str | None = None
    """For ``left``: where they are in the newer state, if it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody at a customer; ``title`` is the name as written. Never graded, never scored."""

    kind: ClassVar[Kind] = Kind.PERSON

    position: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    consent: Mapping[Channel, Consent] = field(default_factory=lambda: NO_CONSENT)
    started: date | None = None
    """First day in this job, only if the source has that date."""
    left: bool | None = None
    """``True``: the source says that they no longer work there; ``None``: it does not tell."""
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """A call, mail, note or past visit: a "recent contact". ``at`` is when it took place."""

    kind: ClassVar[Kind] = Kind.ACTIVITY
    BODY: ClassVar[frozenset[str]] = frozenset({"body"})

    type: str = "note"
    """``phone``, ``mail``, ``visit``, ``note``, ``chat``, ``post``, or the source's own word."""
    direction: Literal["in", "out"] | None = None
    body: str | None = None
    answered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """Something promised; ``at`` is when it was noted, ``people`` who promised it (role ``owner``)."""

    kind: ClassVar[Kind] = Kind.TASK
    BODY: ClassVar[frozenset[str]] = frozenset({"body"})

    due: When | None = None
    done: bool | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Record):
    """A deal in the making: an offer. ``stage`` is the source's own word."""

    kind: ClassVar[Kind] = Kind.OPPORTUNITY

    stage: str | None = None
    status: Literal["open", "won", "lost"] | None = None
    amount: Money | None = None
    closes: date | None = None
    """Expected decision, or until when the offer stands."""
    next_step: str | None = None
    """``""``: the source has the field and it is empty; ``None``: it has no such field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """An agreement in force; dates are calendar days."""

    kind: ClassVar[Kind] = Kind.CONTRACT

    status: str | None = None
    amount: Money | None = None
    starts: date | None = None
    ends: date | None = None
    notice_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """Something ordered; ``at`` is the order day."""

    kind: ClassVar[Kind] = Kind.ORDER

    status: str | None = None
    amount: Money | None = None
    delivery: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Record):
    """An invoice; ``at`` is its day."""

    kind: ClassVar[Kind] = Kind.INVOICE

    status: str | None = None
    amount: Money | None = None
    outstanding: Money | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket(Record):
    """A complaint or question at the service desk; ``at`` is when it was opened."""

    kind: ClassVar[Kind] = Kind.TICKET
    BODY: ClassVar[frozenset[str]] = frozenset({"last_message"})

    number: str | None = None
    status: str | None = None
    open: bool | None = None
    priority: str | None = None
    type: str | None = None
    """``complaint``, ``question``, … in the source's own word."""
    closed_at: When | None = None
    last_message: str | None = None
    last_message_at: When | None = None
    last_message_by: Side | None = None
    """Whose the last word is; ``them`` on an open ticket means: nobody answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """One instance of a calendar event; ``id`` differs per instance, ``series_id`` does not.

    A private event (``visibility="busy"``) has no title, people, place, keys or body. ``start`` and
    ``end`` are both aware datetimes, or both dates (``end`` is the day after the last) if all-day.
    """

    kind: ClassVar[Kind] = Kind.MEETING
    BODY: ClassVar[frozenset[str]] = frozenset({"body"})

    start: When
    end: When
    status: Literal["confirmed", "tentative", "cancelled"] = "confirmed"
    place: Place | None = None
    series_id: str | None = None
    calendar_owner: str | None = None
    """Mail address of whose calendar this is, so that a colleague's visit is told from one's own."""
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A page or file; ``people`` are its authors, ``snippet`` the lines around the hit."""

    kind: ClassVar[Kind] = Kind.DOCUMENT
    BODY: ClassVar[frozenset[str]] = frozenset({"snippet"})

    snippet: str | None = None
    space: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Record):
    """Something said in public; ``people[0]`` is the author."""

    kind: ClassVar[Kind] = Kind.POST
    BODY: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str = ""
    network: str | None = None


RECORD_TYPES: Mapping[Kind, type[Record]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in (
            Account,
            Person,
            Activity,
            Task,
            Opportunity,
            Contract,
            Order,
            Invoice,
            Ticket,
            Meeting,
            Document,
            Post,
        )
    }
)


def moment(when: When, zone: tzinfo) -> datetime:
    """The aware instant to sort and subtract by: a plain day counts from its midnight in ``zone``."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, time.min, zone)
