"""Dates and times in all the forms that exports hold, and spreadsheets leave behind.

What can be read in two ways (3/4/2024) is not read: a date is never guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from salesprep.adapter.names import fold

_NAMES = (
    "jan january januari januar janner janv janvier ene enero",
    "feb february februari februar fev fevr fevrier febrero",
    "mar march mrt maart maa marz mrz mars marzo",
    "apr april avr avril abr abril",
    "may mei mai mayo",
    "jun june juni juin junio",
    "jul july juli juil juillet julio",
    "aug august augustus aou aout ago agosto",
    "sep sept september septembre septiembre",
    "oct october okt oktober octobre octubre",
    "nov november novembre noviembre",
    "dec december dez dezember decembre dic diciembre",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
"""Folded, in English, Dutch, German, French and Spanish."""

_PARTS = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
_ZERO = re.compile(r"\A(?:UTC|GMT|Z)\Z", re.IGNORECASE)
_OFFSET = re.compile(r"\A[+-]\d{2}:?\d{2}\Z")
_FILE_DAY = re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")
_YEARS = range(1900, 2200)
"""What is further away is a slip, and cannot be told in every zone."""
_LITTLE = frozenset({"de", "del", "of"})
"""Words between the parts of a written date."""


def day(text: str) -> date | None:
    """``07 Feb 2022``, ``2022-02-07``, ``7-Feb-22``, ``7 févr. 2022``; ``None``: none, or not surely one."""
    parts = [part for part in _PARTS.findall(text) if part.lower() not in _LITTLE]
    if len(parts) != 3:
        return None
    first, second, third = parts
    if not third.isdecimal():
        return None
    if len(first) == 4:
        return _made(first, second, third)
    if not second.isdecimal():
        return _made(third, str(_MONTHS.get(fold(second), 0)), first)
    if not first.isdecimal():
        return _made(third, str(_MONTHS.get(fold(first), 0)), second)
    if "/" in text and first != second and int(second) > 12:
        return _made(third, first, second)
    if "/" in text and first != second and int(first) <= 12:
        return None
    return _made(third, second, first)


def day_in_name(name: str) -> date | None:
    """The day in ``Basic_LinkedInDataExport_11-21-2026.zip``: month, day, year."""
    for month, number, year in _FILE_DAY.findall(name):
        found = _made(year, month, number)
        if found is not None:
            return found
    return None


def of_timestamp(seconds: float) -> date | None:
    """The day of a file's time stamp, in UTC; ``None``: it cannot be right."""
    try:
        found = datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.year in _YEARS else None


def moment(text: str, zone: tzinfo) -> datetime | None:
    """``2026-09-19 13:28:00 UTC``, ``1/29/26, 2:37 PM``; a time that names no zone is in ``zone``.

    A clock of twelve hours is American, and so is the order of the day before it.
    """
    found = _CLOCK.search(text)
    if found is None:
        return None
    half, _, rest = text[found.end() :].strip().partition(" ")
    afternoon = half.replace(".", "").upper()
    hour = int(found[1])
    if afternoon in ("AM", "PM"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if afternoon == "PM" else 0)
        when = _american(text[: found.start()])
    else:
        rest = f"{half} {rest}".strip()
        when = day(text[: found.start()].rstrip("T "))
    offset = _zone(rest, zone)
    if when is None or offset is None:
        return None
    try:
        return datetime.combine(when, time(hour, int(found[2]), int(found[3] or 0)), offset)
    except ValueError:
        return None


def _zone(text: str, otherwise: tzinfo) -> tzinfo | None:
    if not text:
        return otherwise
    if _ZERO.match(text):
        return UTC
    if _OFFSET.match(text):
        try:
            return datetime.strptime(text.replace(":", ""), "%z").tzinfo
        except ValueError:
            return None
    return None


def _american(text: str) -> date | None:
    parts = _PARTS.findall(text)
    if "/" in text and len(parts) == 3 and all(part.isdecimal() for part in parts):
        month, number, year = parts
        return _made(year, month, number)
    return day(text)


def _made(year: str, month: str, number: str) -> date | None:
    if not (year.isdecimal() and month.isdecimal() and number.isdecimal()):
        return None
    if len(year) not in (2, 4):
        return None
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(number))
    except ValueError:
        return None
    return found if found.year in _YEARS else None
