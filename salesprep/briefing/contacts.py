"""Recent contacts: who of us spoke with whom of them, one time line over all sources. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from salesprep.adapter import Activity, Kind, Meeting, Participant, Ticket, When, moment
from salesprep.briefing.model import Contact, Found, Panel
from salesprep.briefing.ours import Ours
from salesprep.briefing.visits import is_on, united

KINDS = (Kind.ACTIVITY, Kind.MEETING, Kind.TICKET)
"""The kinds that tell of contacts."""


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
        own = tuple(p for p in own if p.status != "declined")
        if not own and record.calendar_owner is not None:
            own = (Participant(email=record.calendar_owner, role="attendee"),)
        others = tuple(p for p in others if p.status != "declined")
        when, kind = (record.start, "visit") if others else (None, "")
    return None if when is None else Contact(when, kind, found, own, others)


def _is_past(line: Contact, now: datetime, zone: ZoneInfo) -> bool:
    record = line.found.record
    end = record.end if isinstance(record, Meeting) else line.when
    return moment(end, zone) <= now
