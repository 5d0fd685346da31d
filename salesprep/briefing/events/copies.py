"""The same event in several calendars: by its id, or as it looks where a calendar gave its copy an id of its
own. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from salesprep.adapter import Meeting
from salesprep.adapter.names import fold
from salesprep.briefing.alike import same_person
from salesprep.briefing.model import Found
from salesprep.briefing.recognition.titles import is_about_visits
from salesprep.briefing.visits.meetings import meeting_of, same_meeting

Place = tuple[object, object]


class Copies:
    """All events of all calendars, ready to find the copies of one."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._at: dict[Place, list[tuple[str, Meeting]]] = defaultdict(list)
        for item in found:
            meeting = meeting_of(item)
            if meeting is not None and meeting.visibility != "busy":
                self._at[_when(meeting)].append((item.source, meeting))

    def of(self, source: str, meeting: Meeting) -> tuple[tuple[str, Meeting], ...]:
        """``meeting`` itself first, then what is the same in this or another calendar."""
        alike = (
            (where, other)
            for where, other in self._at.get(_when(meeting), ())
            if (where, other.id) != (source, meeting.id) and _is_copy(meeting, other)
        )
        return ((source, meeting), *alike)


def _when(meeting: Meeting) -> Place:
    return meeting.start, meeting.end


def _is_copy(one: Meeting, other: Meeting) -> bool:
    """At the very same time already."""
    if same_meeting(one) == same_meeting(other):
        return True
    if fold(one.title) != fold(other.title) or not fold(one.title):
        return False
    if one.people and other.people:
        guests = [p for p in one.people if p.email]
        return any(same_person(p, q) for p in guests for q in other.people) and _is_subset(one, other)
    # A copy without its guests: two meetings called "Overleg" at one time are two.
    return not is_about_visits(one.title) and _place(one) == _place(other)


def _is_subset(one: Meeting, other: Meeting) -> bool:
    """Nobody is in the one alone while somebody else is in the other alone."""
    some, others = _addresses(one), _addresses(other)
    return some <= others or others <= some


def _addresses(meeting: Meeting) -> frozenset[str]:
    return frozenset(p.email.casefold() for p in meeting.people if p.email)


def _place(meeting: Meeting) -> str:
    return fold((meeting.place.text or "") if meeting.place is not None else "")
