"""Recent contacts: who of us spoke with whom of them, one time line over all sources. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from salesprep.adapter import Activity, Kind, Meeting, Participant, Ticket, When, moment
from salesprep.adapter.names import fold
from salesprep.briefing.model import Contact, Found, Panel
from salesprep.briefing.ours import Ours
from salesprep.briefing.visits import is_on, united

KINDS = (Kind.ACTIVITY, Kind.MEETING, Kind.TICKET)
"""The kinds that tell of contacts."""
_WIRES = "call online phone skype teams telefonisch telefoon videocall webex zoom"
_OVER_A_WIRE = frozenset(_WIRES.split())
_VISITS = ("bezoek", "besuch", "visit", "visite")
"""How words for a visit end, folded (Dutch, German, English, French)."""


def contacts(panels: Iterable[Panel], us: Ours, now: datetime, zone: ZoneInfo) -> tuple[Contact, ...]:
    """All contacts until ``now``, newest first. A meeting in several calendars is one."""
    found = united((f for p in panels for s in p.sections if s.kind in KINDS for f in s.records), us)
    lines = [line for f in found if (line := _contact(f, us)) is not None and _is_past(line, now, zone)]
    return tuple(sorted(lines, key=lambda c: (moment(c.when, zone), c.found.record.id), reverse=True))


def split(people: Iterable[Participant], us: Ours) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Ours and theirs."""
    own: list[Participant] = []
    others: list[Participant] = []
    for person in people:
        (own if us.has(person) else others).append(person)
    return tuple(own), tuple(others)


def _contact(found: Found, us: Ours) -> Contact | None:
    record = found.record
    own, others = split(record.people, us)
    when: When | None = None
    kind = ""
    if isinstance(record, Activity):
        when, kind = record.at, record.type
    elif isinstance(record, Ticket):
        when, kind = record.last_message_at or record.at, "ticket"
    elif isinstance(record, Meeting) and is_on(record):
        invited, own = own, tuple(p for p in own if p.status != "declined")
        others = tuple(p for p in others if p.status != "declined")
        if not invited and record.calendar_owner is not None:
            own = (Participant(email=record.calendar_owner, role="attendee"),)
        # If all of us who are named declined, nobody of us was there.
        when = record.start if others and (own or not invited) else None
        kind = "visit" if in_person(record) else "meeting"
    return None if when is None else Contact(when, kind, found, own, others)


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
