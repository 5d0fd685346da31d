"""COMPLAINT: an open ticket in which the last word is theirs, or which is a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesprep.adapter import Kind, Ticket, moment
from salesprep.adapter.names import fold
from salesprep.briefing.days import day_of, days_between
from salesprep.briefing.model import Complaint, Found, Section
from salesprep.briefing.signals.scene import Scene

_COMPLAINT_WORDS = ("complain", "klacht", "beschwerde", "reklam", "reclam", "plainte", "klagomal")
"""How the type of a complaint begins, folded (English, Dutch, German, French, Swedish)."""


def complaints(scene: Scene) -> Iterator[Complaint]:
    """Unanswered ones first, complaints before other tickets, the longest waiting first."""
    found = [c for section in scene.sections(Kind.TICKET) for c in _of_section(section, scene)]
    yield from sorted(found, key=lambda c: _urgency(c, scene))


def _of_section(section: Section, scene: Scene) -> Iterator[Complaint]:
    for found in section.records:
        ticket = found.record
        if not isinstance(ticket, Ticket) or ticket.open is not True:
            continue
        unanswered = ticket.last_message_by == "them"
        if not unanswered and not is_complaint(ticket):
            continue
        earlier = _earlier_alike(found, section, scene)
        yield Complaint(
            evidence=(found, *earlier),
            ticket=ticket,
            open_days=days_between(ticket.at, scene.now, scene.zone) if ticket.at is not None else None,
            nth_this_year=len(earlier) + 1,
            unanswered_since=ticket.last_message_at if unanswered else None,
        )


def is_complaint(ticket: Ticket) -> bool:
    """Whether the source's own type says complaint."""
    return any(word.startswith(_COMPLAINT_WORDS) for word in fold(ticket.type or "").split())


def _earlier_alike(found: Found, section: Section, scene: Scene) -> tuple[Found, ...]:
    """This year's earlier tickets of the same type or title; none if not all of them are seen, or one of
    them has no date."""
    this = found.record
    if not isinstance(this, Ticket) or this.at is None:
        return ()
    opened = moment(this.at, scene.zone)
    year = date(day_of(scene.now, scene.zone).year, 1, 1)
    dated = [
        (moment(t.at, scene.zone), f)
        for f in section.records
        if isinstance(t := f.record, Ticket) and t.at is not None
    ]
    oldest = min((day_of(at, scene.zone) for at, _ in dated), default=year)
    if section.failure is not None or (section.cursor is not None and oldest >= year):
        return ()
    if any(isinstance(t := f.record, Ticket) and t.at is None and _alike(this, t) for f in section.records):
        return ()
    return tuple(
        f
        for at, f in dated
        if f is not found and _alike(this, f.record) and at < opened and day_of(at, scene.zone) >= year
    )


def _alike(one: Ticket, other: object) -> bool:
    if not isinstance(other, Ticket):
        return False
    same_type = bool(one.type) and fold(one.type or "") == fold(other.type or "")
    return same_type or fold(one.title) == fold(other.title)


def _urgency(signal: Complaint, scene: Scene) -> tuple[bool, bool, float, str]:
    ticket = signal.ticket
    since = ticket.last_message_at if ticket.last_message_by == "them" else None
    when = since or ticket.at
    # Nobody knows how long one without a date has been waiting: it may be the longest, and is not hidden
    # behind others.
    waiting = moment(when, scene.zone).timestamp() if when is not None else float("-inf")
    return ticket.last_message_by != "them", not is_complaint(ticket), waiting, ticket.id
