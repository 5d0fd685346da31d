"""Counting in calendar days of the user's zone, so that a clock change makes no day shorter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from salesprep.adapter import When, Window


def day_of(when: When, zone: ZoneInfo) -> date:
    """The calendar day in ``zone``; a plain day is itself."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def days_between(earlier: When, later: When, zone: ZoneInfo) -> int:
    """How many midnights lie between; negative if ``later`` comes first."""
    return (day_of(later, zone) - day_of(earlier, zone)).days


def days_ahead(now: datetime, days: int, zone: ZoneInfo) -> Window:
    """From this day's first moment to the end of the ``days``-th day after it.

    Whole days, so that the same question asked a minute later is the same question.
    """
    today = day_of(now, zone)
    return Window(_midnight(today, zone), _midnight(today + timedelta(days=days + 1), zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
