"""When two sources tell of the same mail or the same meeting, so that it is one line naming both.

Nothing is merged: the line holds the records side by side. Conservative: two records are one thing only
if each of them is the only one of its source that fits the other, so that the order of the sources
decides nothing and two records of one source never share a line. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salesprep.adapter import Activity, Meeting, Participant, moment
from salesprep.adapter.names import fold
from salesprep.briefing.alike import could_be, folded, same_person
from salesprep.briefing.days import day_of
from salesprep.briefing.model import Contact
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.visits.meetings import is_own_calendar

TOLERANCE = timedelta(minutes=5)
"""Clocks of two systems, and the time a mail is under way."""
CROWD = 100
"""Of a day with more meetings, or of more mails with one subject within the tolerance, nobody can tell
which is which."""

_MEETING_WORDS = "afspraak appointment besprechung besuch bezoek meeting reunion termin visit visite"
_MEETINGS = frozenset(_MEETING_WORDS.split())
_MAILS = frozenset({"email", "e mail", "mail"})
_PREFIX = re.compile(r"\s*(?:re|fw|fwd|aw|wg|antw|doorst|tr|sv|vs|vb|betr)\s*(?:\[\d+\])?\s*:", re.I)
_MESSAGE_ID = frozenset({"message id", "messageid", "internet message id"})

Pair = tuple[int, int]
_Judge = Callable[[Contact, Contact], int]


def is_mail(contact: Contact) -> bool:
    """A mail, as far as its source calls it one."""
    return isinstance(contact.found.record, Activity) and fold(contact.type) in _MAILS


def is_meeting(contact: Contact) -> bool:
    """A meeting or visit, out of a calendar or noted down afterwards."""
    record = contact.found.record
    return isinstance(record, Meeting) or (isinstance(record, Activity) and fold(contact.type) in _MEETINGS)


def subject(title: str) -> str:
    """The folded subject of a mail without ``Re:``, ``Fwd:`` and the like."""
    while (found := _PREFIX.match(title)) is not None:
        title = title[found.end() :]
    return folded(title)


def joined(contacts: Sequence[Contact], us: Ours, zone: ZoneInfo) -> list[Contact]:
    """``contacts``, one of each record, in the order of the screen; those of one thing are one line.

    A line stands for the source that comes first, but the user's own calendar before a colleague's.
    """
    lines = []
    for group in together(contacts, zone):
        first, *others = sorted((contacts[n] for n in group), key=lambda c: _is_colleagues(c, us))
        if not others:
            lines.append(first)
            continue
        lines.append(
            replace(
                first,
                ours=_each_once(p for c in (first, *others) for p in c.ours),
                theirs=_each_once(p for c in (first, *others) for p in c.theirs),
                also=tuple(c.found for c in others),
                direction=next((c.direction for c in (first, *others) if c.direction), None),
                cc=all(c.cc for c in (first, *others)),
            )
        )
    return lines


def together(contacts: Sequence[Contact], zone: ZoneInfo) -> list[tuple[int, ...]]:
    """The indices of ``contacts`` in groups of one thing each; every index is in exactly one of them."""
    sources = [c.found.source for c in contacts]
    if len(set(sources)) < 2:
        return [(number,) for number in range(len(contacts))]
    fitting: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for (one, other), strength in _pairs(contacts, zone):
        for a, b in ((one, other), (other, one)):
            partners = fitting[a, sources[b]]
            partners[b] = max(strength, partners.get(b, 0))
    groups: dict[int, set[int]] = {}
    for (one, _source), partners in fitting.items():
        partner = _only(partners)
        if partner is not None and _only(fitting[partner, sources[one]]) == one:
            whole = groups.get(one, {one}) | groups.get(partner, {partner})
            groups.update(dict.fromkeys(whole, whole))
    made: list[tuple[int, ...]] = []
    for number in range(len(contacts)):
        group = groups.get(number, {number})
        if len({sources[n] for n in group}) < len(group):
            # A chain led back to its first source: which of the two it is, nobody knows.
            made.append((number,))
        elif number == min(group):
            made.append(tuple(sorted(group)))
    return made


def _only(partners: dict[int, int]) -> int | None:
    """The partner that fits best, if it is the only such."""
    best = max(partners.values())
    found = [number for number, strength in partners.items() if strength == best]
    return found[0] if len(found) == 1 else None


def _pairs(contacts: Sequence[Contact], zone: ZoneInfo) -> Iterator[tuple[Pair, int]]:
    """Pairs of different sources that fit, each once, with how well: 2 by an id, 1 by what is told."""
    meetings: dict[object, list[int]] = defaultdict(list)
    mails: dict[str, list[int]] = defaultdict(list)
    ids: dict[str, list[int]] = defaultdict(list)
    for number, contact in enumerate(contacts):
        if is_meeting(contact):
            meetings[day_of(contact.when, zone)].append(number)
        elif is_mail(contact):
            if (written := subject(contact.found.record.title)) and isinstance(contact.when, datetime):
                mails[written].append(number)
            if (message := message_id(contact)) is not None:
                ids[message].append(number)
    for day in meetings.values():
        if len(day) <= CROWD:
            yield from _fitting(contacts, ((a, b) for n, a in enumerate(day) for b in day[n + 1 :]), _meeting)
    for known in ids.values():
        if len(known) <= CROWD:
            yield from _fitting(
                contacts, ((a, b) for n, a in enumerate(known) for b in known[n + 1 :]), _by_id
            )
    for thread in mails.values():
        yield from _fitting(contacts, _near(contacts, thread, zone), _mail)


def _fitting(contacts: Sequence[Contact], pairs: Iterable[Pair], judge: _Judge) -> Iterator[tuple[Pair, int]]:
    for one, other in pairs:
        a, b = contacts[one], contacts[other]
        if a.found.source != b.found.source and (strength := judge(a, b)):
            yield (one, other), strength


def _near(contacts: Sequence[Contact], thread: Sequence[int], zone: ZoneInfo) -> Iterator[Pair]:
    """The pairs of a thread within the tolerance of each other."""
    timed = sorted((moment(contacts[n].when, zone), n) for n in thread)
    for place, (when, one) in enumerate(timed):
        for later, other in timed[place + 1 : place + 1 + CROWD]:
            if later - when > TOLERANCE:
                break
            yield one, other


# -- meetings -----------------------------------------------------------------------------------


def _meeting(one: Contact, other: Contact) -> int:
    a, b = one.found.record, other.found.record
    if isinstance(a, Meeting) and isinstance(b, Meeting) and a.series_id and a.series_id == b.series_id:
        return 2 if a.start == b.start else 0
    if not _overlap(one, other):
        return 0
    if any(same_person(p, q) for p in one.theirs for q in other.theirs):
        return 1
    if not folded(a.title) or folded(a.title) != folded(b.title):
        return 0
    # An equal title ("Overleg") does not join two meetings of different people.
    return int(_agree(one.theirs, other.theirs) and _agree(one.ours, other.ours))


def _agree(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """Somebody is in both, or one of the records names nobody."""
    if not some or not others:
        return True
    return any(same_person(p, q) or could_be(p.name, q.name) for p in some for q in others)


def _overlap(one: Contact, other: Contact) -> bool:
    """On one day already: at overlapping times, or one of them has no time of day."""
    if not isinstance(one.when, datetime) or not isinstance(other.when, datetime):
        return True
    (start, end), (begin, over) = _span(one, one.when), _span(other, other.when)
    if start == end and begin == over:
        return abs(start - begin) <= TOLERANCE
    if start == end:
        return begin <= start < over
    if begin == over:
        return start <= begin < end
    return start < over and begin < end


def _span(contact: Contact, when: datetime) -> tuple[datetime, datetime]:
    record = contact.found.record
    end = record.end if isinstance(record, Meeting) else None
    return when, end if isinstance(end, datetime) and end > when else when


# -- mails --------------------------------------------------------------------------------------


def message_id(contact: Contact) -> str | None:
    """The message's own id, where the source has it among its fields."""
    for label, value in contact.found.record.fields.items():
        if folded(label) in _MESSAGE_ID:
            return value.strip().strip("<>") or None
    return None


def _by_id(_one: Contact, _other: Contact) -> int:
    return 2


def _mail(one: Contact, other: Contact) -> int:
    """Of one subject and time already: the same way round, and with the same person."""
    ids = message_id(one), message_id(other)
    if None not in ids and ids[0] != ids[1]:
        return 0
    if one.direction and other.direction and one.direction != other.direction:
        return 0
    if any(same_person(p, q) for p in one.theirs for q in other.theirs):
        return 1
    # One of them names nobody of theirs: then the direction must be told by both.
    return int(
        not (one.theirs and other.theirs) and one.direction is not None and other.direction is not None
    )


# -- what a line is made of ---------------------------------------------------------------------


def _each_once(people: Iterable[Participant]) -> tuple[Participant, ...]:
    kept: list[Participant] = []
    for person in people:
        if not any(same_person(person, other) for other in kept):
            kept.append(person)
    return tuple(kept)


def _is_colleagues(contact: Contact, us: Ours) -> bool:
    record = contact.found.record
    return isinstance(record, Meeting) and not is_own_calendar(record, us)
