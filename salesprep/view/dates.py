"""Moments and days as people read them: in the user's zone, order by locale, names by language.

A year is shown unless the day can only mean the nearest one: it lies in this year, or less than half
a year away. Babel is imported by the first date that is written.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from salesprep.adapter import When
from salesprep.settings import Us
from salesprep.view.words import _, say

_HALF_A_YEAR = 183
_WEEK = 7
_FALLBACK = "en_GB"


def local(when: When, zone: tzinfo) -> When:
    """A moment in ``zone``; a plain day stays what it is."""
    return _in_zone(when, zone) if isinstance(when, datetime) else when


def _in_zone(when: datetime, zone: tzinfo) -> datetime:
    try:
        return when.astimezone(zone)
    except OverflowError:  # within a day of year 1 or 9999
        return when


def as_day(when: When, us: Us) -> date:
    """The calendar day on the user's wall."""
    there = local(when, us.zone)
    return there.date() if isinstance(there, datetime) else there


def clock(when: datetime, us: Us) -> str:
    """``14:00``, or ``2:00 PM`` where the locale counts to twelve."""
    there = _in_zone(when, us.zone)
    return _time(time(there.hour, there.minute), us.locale, us.language)


def day(when: When, now: datetime, us: Us) -> str:
    """``13 Nov``; ``13 Nov 2024`` where the year is not plain."""
    there, today = as_day(when, us), as_day(now, us)
    same = there.year == today.year or abs((there - today).days) < _HALF_A_YEAR
    return _day(there, "MMMd" if same else "yMMMd", us.locale, us.language)


def whole_day(when: When, us: Us) -> str:
    """``13 Nov 2024``, whatever day it is now."""
    return _day(as_day(when, us), "yMMMd", us.locale, us.language)


def weekday(when: When, now: datetime, us: Us) -> str:
    """``Thu 26 Nov``, with the year where it is not plain."""
    there = as_day(when, us)
    return f"{_day(there, 'E', us.locale, us.language)} {day(when, now, us)}"


def long_day(when: When, us: Us) -> str:
    """``Monday 23 November``."""
    there = as_day(when, us)
    return f"{_day(there, 'EEEE', us.locale, us.language)} {_day(there, 'MMMMd', us.locale, us.language)}"


def short_day(when: When, now: datetime, us: Us) -> str:
    """``Thu 26`` in this month or within a week of today, else as :func:`day`."""
    there, today = as_day(when, us), as_day(now, us)
    if (there.year, there.month) == (today.year, today.month) or abs((there - today).days) <= _WEEK:
        return f"{_day(there, 'E', us.locale, us.language)} {there.day}"
    return day(when, now, us)


def named_day(when: When, now: datetime, us: Us) -> str:
    """``today``, ``tomorrow``, ``yesterday``, else as :func:`short_day` ahead and :func:`day` behind."""
    away = (as_day(when, us) - as_day(now, us)).days
    if away in (-1, 0, 1):
        return (say(us, _("today")), say(us, _("tomorrow")), say(us, _("yesterday")))[away]
    return short_day(when, now, us) if away > 0 else day(when, now, us)


def slot(when: When, now: datetime, us: Us) -> str:
    """When a meeting is: ``today 14:00``, ``Thu 26 10:00``, ``19 Jan 10:00``; a day alone if all-day."""
    away = (as_day(when, us) - as_day(now, us)).days
    words = named_day(when, now, us) if -1 <= away <= _WEEK else day(when, now, us)
    return f"{words} {clock(when, us)}" if isinstance(when, datetime) else words


def days_of(start: When, end: When, now: datetime, us: Us) -> str:
    """As :func:`slot`; of several whole days the first and the last: ``Thu 26 to Sat 28``."""
    first = slot(start, now, us)
    if isinstance(start, datetime) or isinstance(end, datetime):
        return first
    last = end - timedelta(days=1) if end > start else start  # the end is the day after the last
    return first if last <= start else say(us, _("{start} to {end}"), start=first, end=slot(last, now, us))


def said_at(when: When, now: datetime, us: Us) -> str:
    """When something was said: ``09:12`` today, ``Thu 09:12`` within a week, else ``13 Nov``."""
    away = (as_day(now, us) - as_day(when, us)).days
    if not 0 <= away < _WEEK:
        return day(when, now, us)
    if not isinstance(when, datetime):
        return named_day(when, now, us) if away < 2 else _day(as_day(when, us), "E", us.locale, us.language)
    if away == 0:
        return clock(when, us)
    return f"{_day(as_day(when, us), 'E', us.locale, us.language)} {clock(when, us)}"


def from_to(start: When, end: When, now: datetime, us: Us) -> str:
    """``today 14:00 to 15:00``; a day alone if all-day; the last day named if it is another one."""
    first = slot(start, now, us)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return say(us, _("{day}, all day"), day=days_of(start, end, now, us))
    if as_day(start, us) == as_day(end, us):
        return say(us, _("{start} to {end}"), start=first, end=clock(end, us))
    return say(us, _("{start} to {end}"), start=first, end=slot(end, now, us))


@lru_cache(maxsize=4096)
def _day(there: date, skeleton: str, locale: str, language: str) -> str:
    from babel.dates import format_date

    pattern = skeleton if skeleton.startswith("E") else _pattern(skeleton, locale)
    return plain_spaces(format_date(there, pattern, locale=known_locale(language, "en")))


@lru_cache(maxsize=2048)
def _time(there: time, locale: str, language: str) -> str:
    from babel.dates import format_time

    return plain_spaces(format_time(there, _clock_pattern(locale), locale=known_locale(language, "en")))


@lru_cache(maxsize=64)
def _pattern(skeleton: str, locale: str) -> str:
    from babel import Locale

    skeletons = Locale.parse(known_locale(locale, _FALLBACK)).datetime_skeletons
    return str(skeletons[skeleton].pattern) if skeleton in skeletons else "d MMM y"


@lru_cache(maxsize=16)
def _clock_pattern(locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(known_locale(locale, _FALLBACK)).time_formats["short"].pattern)


@lru_cache(maxsize=16)
def known_locale(locale: str, otherwise: str) -> str:
    """``locale`` as Babel names it, or ``otherwise`` if it has no such: a date is shown all the same."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(locale.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return otherwise


def plain_spaces(text: str) -> str:
    # CLDR writes no-break spaces; a reader copies and searches plain ones.
    return text.replace("\u00a0", " ").replace("\u202f", " ")
