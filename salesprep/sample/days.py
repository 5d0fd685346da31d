"""The story's calendar: "ten days before the visit" as a working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of the story around ``first``, when the first visit begins."""

    first: datetime

    def day(self, offset: int) -> date:
        """``offset`` days from the visit; a weekend moves away from it: back in the past, else on."""
        step = timedelta(days=-1 if offset < 0 else 1)
        day = self.any_day(offset)
        while offset and day.weekday() >= 5:
            day += step
        return day

    def any_day(self, offset: int) -> date:
        """``offset`` days from the visit, for what is done on a Sunday too: a file, a page."""
        return self.first.date() + timedelta(days=offset)

    def at(self, offset: int, clock: str) -> datetime:
        """``day(offset)`` at ``"HH:MM"``, local time."""
        return datetime.combine(self.day(offset), time.fromisoformat(clock), self.first.tzinfo)
