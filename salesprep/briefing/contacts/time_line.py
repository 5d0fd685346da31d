"""Recent contacts: who of us spoke with whom of them, one time line over all sources. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from salesprep.adapter import Activity, Kind, Meeting, Participant, Ticket, When, moment
from salesprep.adapter.names import fold
from salesprep.briefing.contacts.replies import with_replies
from salesprep.briefing.contacts.same_event import joined
from salesprep.briefing.model import Contact, Found, Panel
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.visits.meetings import is_on, united

KINDS = (Kind.ACTIVITY, Kind.MEETING, Kind.TICKET)
"""The kinds that tell of contacts."""
_WIRES = "call online phone skype teams telefonisch telefoon videocall webex zoom"
_OVER_A_WIRE = frozenset(_WIRES.split())
_VISITS = ("bezoek", "besuch", "visit", "visite")
"""How words for a visit end, folded (Dutch, German, English, French)."""


def contacts(
    panels: Sequence[Panel], us: Ours, now: datetime, zone: ZoneInfo, *, all_asked: bool = True
) -> tuple[Contact, ...]:
    """All contacts until ``now``, newest first, one line for what several sources tell of one thing.

    A meeting in several calendars of one source is one. ``all_asked=False``: sources were left out on
    purpose, so that nothing is called unanswered but by the source itself.
    """
    told = [line for p in panels for line in _of_panel(p, us) if _is_past(line, now, zone)]
    doubtful = [
        line for p in panels for s in p.sections if s.kind in KINDS
        for f in s.candidates if (line := _contact(f, us)) is not None
    ]  # fmt: skip
    lines = sorted(joined(told, us, zone), key=lambda c: _newest(c, zone), reverse=True)
    return tuple(with_replies(lines, doubtful, panels, now, zone, all_asked=all_asked))


def split(people: Iterable[Participant], us: Ours) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Ours and theirs."""
    own: list[Participant] = []
    others: list[Participant] = []
    for person in people:
        (own if us.has(person) else others).append(person)
    return tuple(own), tuple(others)


def _of_panel(panel: Panel, us: Ours) -> Iterator[Contact]:
    records = (f for s in panel.sections if s.kind in KINDS for f in s.records)
    return (line for f in united(records, us) if (line := _contact(f, us)) is not None)


def _newest(contact: Contact, zone: ZoneInfo) -> tuple[datetime, str, str]:
    return moment(contact.when, zone), contact.found.record.id, contact.found.source


def _contact(found: Found, us: Ours) -> Contact | None:
    record = found.record
    own, others = split(record.people, us)
    when: When | None = None
    kind = ""
    direction: Literal["in", "out"] | None = None
    cc = False
    if isinstance(record, Activity):
        when, kind, direction = record.at, record.type, record.direction or _direction(own, others)
        cc = _copied(own, us)
    elif isinstance(record, Ticket):
        when, kind = record.last_message_at or record.at, "ticket"
        if record.last_message_by is not None:
            direction = "in" if record.last_message_by == "them" else "out"
    elif isinstance(record, Meeting) and is_on(record):
        invited, own = own, tuple(p for p in own if p.status != "declined")
        others = tuple(p for p in others if p.status != "declined")
        if not invited and record.calendar_owner is not None:
            own = (Participant(email=record.calendar_owner, role="attendee"),)
        # If all of us who are named declined, nobody of us was there.
        when = record.start if others and (own or not invited) else None
        kind = "visit" if in_person(record) else "meeting"
    return None if when is None else Contact(when, kind, found, own, others, direction=direction, cc=cc)


def _direction(own: Sequence[Participant], others: Sequence[Participant]) -> Literal["in", "out"] | None:
    """As the record's senders tell, where it has no word of its own for it."""
    sent = {side for side, people in (("out", own), ("in", others)) if any(p.role == "from" for p in people)}
    if len(sent) != 1:
        return None
    return "out" if "out" in sent else "in"


def _copied(own: Sequence[Participant], us: Ours) -> bool:
    """The user is there as ``cc`` and as nothing else."""
    roles = {p.role for p in own if us.is_user(p)}
    return roles == {"cc"}


def in_person(meeting: Meeting) -> bool:
    """Whether a meeting is at a place, or called a visit, as far as it tells; not over a wire."""
    place = meeting.place
    where = " ".join(part for part in (place.text, place.city) if part) if place is not None else ""
    if "://" in where or not _OVER_A_WIRE.isdisjoint(fold(where).split()):
        return False
    title = fold(meeting.title).split()
    if not _OVER_A_WIRE.isdisjoint(title):
        return False
    at_a_place = bool(where.strip()) or (place is not None and place.latitude is not None)
    return at_a_place or any(word.endswith(_VISITS) for word in title)


def _is_past(line: Contact, now: datetime, zone: ZoneInfo) -> bool:
    record = line.found.record
    end = record.end if isinstance(record, Meeting) else line.when
    return moment(end, zone) <= now
