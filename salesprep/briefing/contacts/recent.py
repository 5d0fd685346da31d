"""What a rep reads before a meeting: each attendee's last contact, then the time line. Pure.

Counts say what they stand on: how many contacts there are in all only where every source that keeps
contacts has told all of them or gives a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from salesprep.adapter import Activity, Kind, Meeting, Participant, Record, Ticket, When, moment
from salesprep.briefing.alike import could_be, folded, same_person
from salesprep.briefing.contacts.time_line import KINDS
from salesprep.briefing.model import Attendee, Briefing, Contact, Panel, Section
from salesprep.briefing.people import as_participants, person_of, persons
from salesprep.briefing.told import told_all
from salesprep.settings import Us

DAYS = 90
"""What counts as recent, unless the user says otherwise."""
LEAST = 5
"""So many of the newest are shown, however old they are."""
MOST = 100
"""More lines are counted, not shown, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class LastWith:
    """Somebody of theirs at the coming visit, and the last contacts that anybody of us had with them."""

    attendee: Attendee
    last: tuple[Contact, ...] = ()
    """The newest one; if that is a ticket, the newest other one too."""
    sure: bool = True
    """``False``: they are found by a name that is theirs in part only, and nobody else's here."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The recent contacts with one customer."""

    briefing: Briefing
    """What it is made of: the customer, the visit, the panels."""
    days: int
    at_table: tuple[LastWith, ...]
    line: tuple[Contact, ...]
    """What is shown, newest first."""
    left_out: int
    """Contacts that were read and are not in ``line``."""
    in_days: int
    """How many there are within ``days``."""
    days_whole: bool
    """``in_days`` is all there are; else there may be more on pages that were not read."""
    in_all: int | None
    keepers: tuple[Panel, ...]
    """The sources that keep contacts, in the order of the screen, whatever became of them."""
    unread: tuple[str, ...]
    """Those with further pages."""
    person: str | None = None
    """The line is of contacts with this one alone."""
    new_faces: frozenset[tuple[str, str]] = frozenset()
    """``(source, record id)`` of the first contact found with somebody whom a source tells as new."""

    @property
    def silent(self) -> tuple[Panel, ...]:
        """The keepers of which something is missing: they did not answer, or in part."""
        return tuple(p for p in self.keepers if p.failure is not None or any(_fails(s) for s in _told(p)))


def recent(
    briefing: Briefing, us: Us, *, days: int | None = None, person: str | None = None, every: bool = False
) -> Recent:
    """The recent contacts as ``briefing`` tells them.

    ``days``: exactly those; without it the last :data:`DAYS`, but the :data:`LEAST` newest in any case.
    ``person``: contacts with whoever is called so. ``every``: all that was read.
    """
    zone, now = us.zone, briefing.generated_at
    found = [c for c in briefing.contacts if person is None or with_person(c, person)]
    since = now - timedelta(days=DAYS if days is None else days)
    within = [c for c in found if moment(c.when, zone) >= since]
    shown = found if every else within[:MOST]
    if not every and days is None and len(shown) < LEAST:
        shown = found[:LEAST]
    keepers = tuple(p for p in briefing.panels if _told(p) or (not p.sections and p.failure is not None))
    return Recent(
        briefing=briefing,
        days=DAYS if days is None else days,
        at_table=tuple(_last_with(a, briefing) for a in briefing.attendees if not a.ours),
        line=tuple(shown),
        left_out=len(found) - len(shown),
        in_days=len(within),
        days_whole=all(_reaches(s, since, us) for p in keepers for s in _told(p)),
        in_all=None if person is not None else _in_all(briefing, keepers),
        keepers=keepers,
        unread=tuple(p.source for p in keepers if any(s.cursor is not None for s in _told(p))),
        person=person,
        new_faces=frozenset(_new_faces(briefing)),
    )


def with_person(contact: Contact, person: str) -> bool:
    """Whether somebody who is called ``person`` was part of it: by address, name or some words of it."""
    wanted, words = person.strip().casefold(), folded(person).split()
    for each in (*contact.theirs, *contact.ours):
        if each.email and each.email.casefold() == wanted:
            return True
        if words and set(words) <= set(folded(each.name or "").split()):
            return True
        if len(words) > 1 and could_be(each.name, person):
            return True
    return False


def is_talk(contact: Contact) -> bool:
    """Anything but a ticket."""
    return not isinstance(contact.found.record, Ticket)


# -- who is at the table ------------------------------------------------------------------------


def _last_with(attendee: Attendee, briefing: Briefing) -> LastWith:
    them = Participant(name=attendee.name, email=attendee.email)
    selves = (them, *(p for f in attendee.known_as for p in as_participants(person_of(f))))
    found = [c for c in briefing.contacts if any(same_person(s, p) for s in selves for p in c.theirs)]
    if found:
        return LastWith(attendee, _newest(found))
    maybe = [c for c in briefing.contacts if any(could_be(them.name, p.name) for p in c.theirs)]
    if maybe and _is_the_only(attendee, briefing):
        return LastWith(attendee, _newest(maybe), sure=False)
    return LastWith(attendee)


def _newest(found: Sequence[Contact]) -> tuple[Contact, ...]:
    first = found[0]
    if is_talk(first):
        return (first,)
    talk = next((c for c in found if is_talk(c)), None)
    return (first,) if talk is None else (first, talk)


def _is_the_only(attendee: Attendee, briefing: Briefing) -> bool:
    """Nobody else of theirs could be meant by a name that is this one's in part."""
    names = {folded(p.name) for c in briefing.contacts for p in c.theirs if p.name}
    names |= {folded(person_of(f).title) for f in persons(briefing.panels)}
    names |= {folded(a.name) for a in briefing.attendees if not a.ours}
    alike = {n for n in names if could_be(n, attendee.name)} | {folded(attendee.name)}
    # "R. Smit" is like Rob Smit, and Roos Smit is like "R. Smit".
    alike |= {n for n in names if any(could_be(n, known) for known in alike)}
    return all(could_be(a, b) for a in alike for b in alike)


# -- what the counts stand on -------------------------------------------------------------------


def _told(panel: Panel) -> tuple[Section, ...]:
    return tuple(s for s in panel.sections if s.kind in KINDS)


def _fails(section: Section) -> bool:
    return section.failure is not None


def _reaches(section: Section, since: datetime, us: Us) -> bool:
    """All of the section that is newer than ``since`` is here: it has no further page, or its oldest is
    older. Sources give the newest first."""
    if told_all(section):
        return True
    if section.failure is not None or section.fetched_at is None:
        return False
    times = [moment(when, us.zone) for f in section.records if (when := happened(f.record)) is not None]
    return section.cursor is None or (bool(times) and min(times) < since)


def happened(record: Record) -> When | None:
    """When a contact took place."""
    if isinstance(record, Meeting):
        return record.start
    if isinstance(record, Ticket):
        return record.last_message_at or record.at
    return record.at


def _in_all(briefing: Briefing, keepers: Sequence[Panel]) -> int | None:
    """How many contacts there are; what two sources tell of one thing counts once where both were read."""
    sections = [s for p in keepers for s in _told(p)]
    if not sections or any(not p.sections for p in keepers):
        return None
    if all(map(told_all, sections)):
        return len(briefing.contacts)
    unread = 0
    for section in sections:
        if told_all(section):
            continue
        if section.total is None or section.failure is not None or section.kind is Kind.MEETING:
            return None  # a calendar's total counts what is still to come
        unread += section.total - len(section.records)
    return len(briefing.contacts) + max(0, unread)


def _new_faces(briefing: Briefing) -> Iterable[tuple[str, str]]:
    """The first contact with each person whom a source tells as new here."""
    for found in persons(briefing.panels):
        person = person_of(found)
        if person.change is None or person.change.what != "new":
            continue
        them = as_participants(person)
        met = (
            c for c in reversed(briefing.contacts) if any(same_person(t, p) for t in them for p in c.theirs)
        )
        first = next(met, None)
        if first is not None and isinstance(first.found.record, Activity | Meeting):
            yield first.found.source, first.found.record.id
