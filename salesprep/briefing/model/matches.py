"""Whom the user means, and how a record was matched to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from salesprep.adapter import Kind, Record
from salesprep.briefing.recognition.evidence import Evidence, Known
from salesprep.briefing.recognition.group import Related

Outcome = Literal["same", "maybe", "other"]


How = Literal["link", "id", "number", "domain", "name", "text", "none"]
"""By what a record was matched: a user's link, the source's own id, a registration
number, an own domain, an equal name,
words found in free text (never more than ``maybe``), nothing."""


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
