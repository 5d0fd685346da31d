"""The short way for plain series: one rule without an end, and nothing that adds, moves or drops instances.

Most series of a calendar are such. The recurrence library walks through all of their years; here the same
rule is begun a whole number of its own steps later, just before the days asked for, and followed by
``dateutil`` from there. Everything that is not certainly plain is left to the library.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_NOT_PLAIN = ("RDATE", "EXDATE", "RECURRENCE-ID")
_A_DAY = timedelta(days=1)


def plain_starts(event: Event, length: timedelta, first: datetime, last: datetime) -> list[date] | None:
    """All starts whose instance may touch ``first`` .. ``last``, and some before and after them.

    ``length`` is how long one instance takes. ``None``: the event is not a plain series.
    """
    value: Any = event["DTSTART"]
    start: date = value.dt
    rule: Any = event.get("RRULE")
    if rule is None or isinstance(rule, list) or any(name in event for name in _NOT_PLAIN):
        return None
    if not rule.keys() <= _PARTS or length < timedelta():
        return None
    zone = start.tzinfo if isinstance(start, datetime) else None
    if not (zone is None or zone is UTC or isinstance(zone, ZoneInfo)):
        return None  # a calendar's own definition may be in force for some years only
    clock = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time.min)
    try:
        begin = _wall(first, zone) - length - _A_DAY
        stop = _wall(last, zone) + _A_DAY
    except OverflowError:
        return None
    frequency, interval = rule["FREQ"][0], next(iter(rule.get("INTERVAL", ())), 1)
    later = _begun_later(frequency, interval, clock, begin)
    if later is None:
        return None
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    followed = rrulestr(rule.to_ical().decode(), dtstart=later)
    found: list[datetime] = followed.between(begin, stop, inc=True)
    if begin <= clock <= stop and clock not in found:  # the first one counts, whatever the rule says
        found.append(clock)
    if not isinstance(start, datetime):
        return [moment.date() for moment in found]
    return [moment.replace(tzinfo=zone) for moment in found]


def _wall(when: datetime, zone: tzinfo | None) -> datetime:
    return (when if zone is None else when.astimezone(zone)).replace(tzinfo=None)


def _begun_later(frequency: str, interval: int, start: datetime, before: datetime) -> datetime | None:
    """``start``, moved on by whole steps of the rule but not past ``before``; ``None`` if unsure."""
    if frequency in ("DAILY", "WEEKLY"):
        step = timedelta(days=interval * (7 if frequency == "WEEKLY" else 1))
        return start + max(0, (before - start) // step) * step
    if start.day > 28:  # not every month has that day
        return None
    if frequency == "YEARLY":
        years = (before.year - start.year - 1) // interval * interval
        return start.replace(year=start.year + max(0, years))
    if frequency != "MONTHLY":
        return None
    months = (before.year - start.year) * 12 + before.month - start.month - 1
    years, month = divmod(start.month - 1 + max(0, months // interval) * interval, 12)
    return start.replace(year=start.year + years, month=month + 1)
