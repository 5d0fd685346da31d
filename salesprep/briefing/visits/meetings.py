"""Meetings of calendars: which are the same, which are the user's, and which comes next. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salesprep.adapter import Meeting, Participant, moment
from salesprep.briefing.model import Found
from salesprep.briefing.recognition.ours import Ours

JUST_BEGUN = timedelta(minutes=15)
"""So long after its start a visit still counts as coming: one may be reading at the door."""


def meeting_of(found: Found) -> Meeting | None:
    """The meeting, if it is one."""
    return found.record if isinstance(found.record, Meeting) else None


def same_meeting(meeting: Meeting) -> tuple[str, str]:
    """What copies of one meeting in several calendars share: the series and the start."""
    start = meeting.start
    if isinstance(start, datetime):
        return meeting.series_id or meeting.id, str(start.timestamp())
    return meeting.series_id or meeting.id, start.isoformat()


def united(found: Iterable[Found], us: Ours) -> tuple[Found, ...]:
    """Each meeting once, however many calendars hold it; the user's own copy stands for all.

    Works within one section as well as across sources; other records pass through. The order is kept.
    """
    kept: dict[object, Found] = {}
    for number, item in enumerate(found):
        meeting = meeting_of(item)
        key: object = number if meeting is None else same_meeting(meeting)
        before = kept.get(key)
        if before is None or (_is_own_copy(item, us) and not _is_own_copy(before, us)):
            kept[key] = item
    return tuple(kept.values())


def _is_own_copy(found: Found, us: Ours) -> bool:
    meeting = meeting_of(found)
    return meeting is not None and is_own_calendar(meeting, us)


def is_own_calendar(meeting: Meeting, us: Ours) -> bool:
    """Whether it is in the user's calendar; one whose owner is not told counts as the user's."""
    return meeting.calendar_owner is None or meeting.calendar_owner.casefold() in us.user_emails


def is_on(meeting: Meeting) -> bool:
    """Neither cancelled nor shown as busy only."""
    return meeting.status != "cancelled" and meeting.visibility != "busy"


def users(meeting: Meeting, us: Ours) -> bool:
    """Whether the user takes part: theirs or invited, and not declined."""
    selves = [p for p in meeting.people if us.is_user(p)]
    if any(p.status == "declined" for p in selves):
        return False
    return bool(selves) or is_own_calendar(meeting, us)


def guests(meeting: Meeting, us: Ours) -> tuple[Participant, ...]:
    """Those at the table who are not ours."""
    return tuple(p for p in meeting.people if not us.has(p))


def is_coming(meeting: Meeting, now: datetime, zone: ZoneInfo) -> bool:
    """Not begun, or begun just now and not over."""
    start, end = moment(meeting.start, zone), moment(meeting.end, zone)
    if not isinstance(meeting.start, datetime):
        return end > now
    return start > now or (start > now - JUST_BEGUN and end > now)


def colleagues(meeting: Meeting, us: Ours) -> bool:
    """Whether somebody of us takes part, and the user does not."""
    if users(meeting, us):
        return False
    owner = meeting.calendar_owner
    declined = {(p.email or "").casefold() for p in meeting.people if p.status == "declined"}
    if owner and us.is_address(owner) and owner.casefold() not in us.user_emails | declined:
        return True
    return any(us.has(p) and not us.is_user(p) and p.status != "declined" for p in meeting.people)


def coming(
    found: Iterable[Found],
    now: datetime,
    zone: ZoneInfo,
    us: Ours,
    *,
    whose: Callable[[Meeting, Ours], bool] = users,
) -> tuple[Found, ...]:
    """The coming meetings of the user, or of ``whose``, each once, earliest first; of one day the
    whole-day ones last."""
    kept = []
    for item in united(found, us):
        meeting = meeting_of(item)
        if meeting is not None and is_on(meeting) and whose(meeting, us) and is_coming(meeting, now, zone):
            start = moment(meeting.start, zone)
            whole_day = not isinstance(meeting.start, datetime)
            kept.append((start.astimezone(zone).date(), whole_day, start, meeting.id, item))
    return tuple(item for *_, item in sorted(kept, key=lambda m: m[:4]))


def rest_of_day(
    found: Iterable[Found], visit: Meeting, now: datetime, zone: ZoneInfo, us: Ours
) -> tuple[Found, ...]:
    """What else the user has on the day of ``visit``, with whomever; what is over is left out."""
    day = moment(visit.start, zone).astimezone(zone).date()
    return tuple(
        item
        for item in coming(found, now, zone, us)
        if (m := meeting_of(item)) is not None
        and isinstance(m.start, datetime)
        and m.start.astimezone(zone).date() == day
        and same_meeting(m) != same_meeting(visit)
    )


def first(found: Iterable[Found]) -> Found | None:
    """The one that is next: the earliest with a time of day, else the earliest of all."""
    items = tuple(found)
    timed = (i for i in items if (m := meeting_of(i)) is not None and isinstance(m.start, datetime))
    return next(timed, items[0] if items else None)
