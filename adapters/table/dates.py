"""Days and moments as people and programs write them; a day that can be read in two ways is not read.

Which of day and month comes first is told by the settings, or by the table itself: one 23/04 shows how
all of its dates are meant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from adapters.table.cells import CLOCK, DAY, MOMENT, NUMBER, is_typed, text
from adapters.table.serials import serial
from adapters.table.values import Unreadable
from adapters.table.words import MONTHS, NO_DATE
from salesprep.adapter import When
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

_NUMERIC = re.compile(r"\s*(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", re.ASCII)
_ISO = re.compile(r"\s*(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"\s*((?:19|20|21)\d\d)(\d\d)(\d\d)(?=T|\s|\Z)", re.ASCII)
_NAMED = re.compile(
    r"\s*(\d{1,2})(?:st|[nr]d|th|er|º)?[-\s./]*(?:de\s+)?([^\W\d_]{3,10})[-\s./,]*(?:de\s+)?(\d{4})"
)
_NAMED_FIRST = re.compile(r"\s*([^\W\d_]{3,10})[-\s./]+(\d{1,2})(?:st|[nr]d|th)?,?[-\s]+(\d{4})")
_WEEKDAY = re.compile(r"\s*[^\W\d_]{2,10}[.,]?\s+")
_CLOCK = re.compile(
    r"""(?:\s*[T,]?\s*(?:at|om|um|à|a\s+las|,)?\s*
    (\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)\s*(?:(am|pm|a\.m\.|p\.m\.)|uur|uhr|h)?
    \s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?)?\s*\Z""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_OPEN_END = 9000
"""Years from here on stand for "no end" in many systems."""

SERIAL = "serial"
"""In place of an order: days are counted as spreadsheets count them, from 1900 on."""
_SERIAL = re.compile(r"\s*(\d{5})(?:[.,](\d{1,11}))?\s*\Z", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 29_221, 73_050
"""1980 to 2099: a number beyond is hardly meant as a day."""


class DateOrder:
    """Collects from a table's dates which of day and month comes first."""

    def __init__(self, marks: str = "") -> None:
        """``marks``: those of an earlier look, as :attr:`marks` gave them."""
        self._marks = set(marks)

    def note(self, cell: str) -> None:
        """Look at one cell of a column of dates."""
        found = _NUMERIC.match(cell)
        if found is None or len(self._marks) == 2:
            return
        if int(found[1]) > 12:
            self._marks.add("D")
        elif int(found[3]) > 12:
            self._marks.add("M")

    @property
    def marks(self) -> str:
        """What was seen, to be kept: ``D``, ``M``, both or nothing."""
        return "".join(sorted(self._marks))

    @property
    def order(self) -> str | None:
        """``D-M-Y`` or ``M-D-Y``; ``None`` if nothing tells, or the table contradicts itself."""
        return {"D": "D-M-Y", "M": "M-D-Y"}.get(self.marks)


def moment(cell: str, order: str | None, zone: tzinfo) -> When | None:
    """A moment in ``zone``, or a plain day where no time of day is written (or midnight is).

    ``order`` is how 03/04/2026 is meant; with :data:`SERIAL` 46349 is a day too.

    Raises:
        Unreadable: no date, or one that can be read in two ways.
    """
    if order == SERIAL and (counted := _counted(cell)) is not None:
        cell = counted
    if is_typed(cell):
        return _typed(cell, zone)
    written = text(cell)
    if written is None or written.casefold() in NO_DATE:
        return None
    day, rest = _day(written, order)
    if day is None:
        return None
    clock = _CLOCK.match(rest)
    if clock is None:
        raise Unreadable(_("a date that is not understood"))
    return _at(day, clock, zone)


def day(cell: str, order: str | None, zone: tzinfo) -> date | None:
    """A calendar day; of a moment the day that it falls on in ``zone``."""
    found = moment(cell, order, zone)
    return found.date() if isinstance(found, datetime) else found


def _counted(cell: str) -> str | None:
    """A count of days as a cell that the file tells to be a day; ``None``: it is none."""
    found = _SERIAL.match(cell.removeprefix(NUMBER))
    if found is None or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return serial(float(f"{found[1]}.{found[2] or 0}"), "d", since_1904=False)


def _typed(cell: str, zone: tzinfo) -> When | None:
    sort, value = cell[:2], cell[2:]
    if sort == DAY:
        return date.fromisoformat(value)
    if sort == MOMENT:
        found = datetime.fromisoformat(value)
        return _placed(found.date(), found.time(), zone)
    if sort == CLOCK:
        raise Unreadable(_("a time without a day"))
    raise Unreadable(_("a number that is no date") if sort == NUMBER else _("no date"))


def _day(written: str, order: str | None) -> tuple[date | None, str]:
    """The day at the beginning, and what stands behind it."""
    found = _ISO.match(written) or _COMPACT.match(written)
    if found is not None:
        year, month, number = int(found[1]), *(int(part) for part in found.groups()[-2:])
        return _made(year, month, number), written[found.end() :]
    found = _NUMERIC.match(written)
    if found is not None:
        first, second = int(found[1]), int(found[3])
        # With points nobody writes the month first.
        if first > 12 or found[2] == ".":
            day_first = True
        elif second > 12 or first == second:
            day_first = False
        elif order in ("D-M-Y", "M-D-Y"):
            day_first = order == "D-M-Y"
        elif order == "Y-M-D" and len(found[4]) == 2:
            return _made(_century(found[1]), second, int(found[4])), written[found.end() :]
        else:
            raise Unreadable(_("a date that can be read in two ways"))
        month, number = (second, first) if day_first else (first, second)
        return _made(_century(found[4]), month, number), written[found.end() :]
    return _with_words(written)


def _with_words(written: str) -> tuple[date | None, str]:
    weekday = _WEEKDAY.match(written)
    for start in (0, weekday.end() if weekday is not None else 0):
        for pattern, day_at, month_at in ((_NAMED, 1, 2), (_NAMED_FIRST, 2, 1)):
            found = pattern.match(written, start)
            month = MONTHS.get(fold(found[month_at])) if found is not None else None
            if found is not None and month is not None:
                return _made(int(found[3]), month, int(found[day_at])), written[found.end() :]
    raise Unreadable(_("a date that is not understood"))


def _century(year: str) -> int:
    """Of two digits the year that POSIX takes them for: 69 to 99 are 19.., the others 20.."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 69 else 2000)


def _made(year: int, month: int, number: int) -> date | None:
    if year >= _OPEN_END or (year, month, number) == (0, 0, 0):
        return None
    try:
        found = date(year, month, number)
    except ValueError:
        raise Unreadable(_("no day of the calendar")) from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable(_("a year that cannot be"))
    return found


def _at(day: date, clock: re.Match[str], zone: tzinfo) -> When:
    hour, minute, second, half, offset = clock.groups()
    if hour is None:
        return day
    hours = int(hour)
    if half is not None:
        if not 1 <= hours <= 12:
            raise Unreadable(_("no time of day"))
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    try:
        at = time(hours, int(minute), min(int(second or 0), 59))
    except ValueError:
        raise Unreadable(_("no time of day")) from None
    if offset is None:
        return _placed(day, at, zone)
    written = offset.upper()
    if written in ("Z", "UTC", "GMT"):
        there: tzinfo = UTC
    else:
        sign = -1 if written[0] == "-" else 1
        digits = written[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes >= 24 * 60:
            raise Unreadable(_("no time zone"))
        there = timezone(sign * timedelta(minutes=minutes))
    return datetime.combine(day, at, there).astimezone(zone)


def _placed(day: date, at: time, zone: tzinfo) -> When:
    if at == time.min:  # how programs write that they have no time of day
        return day
    # Over UTC and back, so that a time within the hour skipped in spring exists.
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


def is_serial(cell: str) -> bool:
    """Whether a cell holds a number that is a day if days are counted."""
    return _counted(cell) is not None


def is_date_typed(cell: str) -> bool:
    """Whether a workbook says that a cell holds a day."""
    return cell[:2] in (DAY, MOMENT)


def has_time(cell: str) -> bool:
    """Whether a day with a time of day stands in a cell."""
    try:
        return isinstance(moment(cell, "D-M-Y", UTC), datetime)
    except Unreadable:
        return False


def is_date_like(cell: str) -> bool:
    """Whether a cell holds a day that is one in some order: for guessing what a column is."""
    if is_typed(cell):
        return is_date_typed(cell)
    try:
        return moment(cell, "D-M-Y", UTC) is not None
    except Unreadable:
        try:
            return moment(cell, "M-D-Y", UTC) is not None
        except Unreadable:
            return False
