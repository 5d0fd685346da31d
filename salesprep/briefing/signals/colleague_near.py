"""NEAR: a colleague who is close to this customer soon, whomever they visit there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from salesprep.adapter import Account, Kind, Meeting, Place
from salesprep.briefing.days import days_ahead
from salesprep.briefing.model import Found, Near
from salesprep.briefing.near import kilometres
from salesprep.briefing.signals.scene import Scene
from salesprep.briefing.visits.meetings import is_on, meeting_of, same_meeting, united, users

WITHIN_KM = 25
AHEAD = 14
"""Days that are looked at."""


def colleagues_near(scene: Scene) -> Iterator[Near]:
    """Nearest first, then earliest. Needs coordinates at both ends."""
    here = _here(scene)
    if here is None:
        return
    near = [n for f in united(scene.upcoming, scene.ours) if (n := _near(f, here, scene)) is not None]
    yield from sorted(near, key=lambda n: (n.km, str(n.meeting.start), n.meeting.id))


def _here(scene: Scene) -> Place | None:
    """Where the visit is, else where the account is."""
    places = [scene.visit.meeting.place] if scene.visit is not None else []
    places += [f.record.place for f in scene.records(Kind.ACCOUNT) if isinstance(f.record, Account)]
    return next((p for p in places if kilometres(p, p) is not None), None)


def _near(found: Found, here: Place, scene: Scene) -> Near | None:
    meeting = meeting_of(found)
    if meeting is None or not is_on(meeting) or not isinstance(meeting.start, datetime):
        return None
    if found.match.outcome != "other":
        return None  # with this customer, or perhaps: nothing to combine
    owner = (meeting.calendar_owner or "").casefold()
    if not owner or not scene.ours.is_address(owner) or users(meeting, scene.ours):
        return None
    window = days_ahead(scene.now, AHEAD, scene.zone)
    if not scene.now < meeting.start < window.end or _is_the_visit(meeting, scene):
        return None
    km = kilometres(here, meeting.place)
    if km is None or km > WITHIN_KM:
        return None
    name = next((c.name for c in scene.us.colleagues if c.email.casefold() == owner), owner)
    return Near(evidence=(found,), meeting=meeting, colleague=name, km=km)


def _is_the_visit(meeting: Meeting, scene: Scene) -> bool:
    return scene.visit is not None and same_meeting(meeting) == same_meeting(scene.visit.meeting)
