"""How long ago and how soon: ``just now``, ``2 d``, ``5 wk ago``, ``in 39 min``."""

from __future__ import annotations

from datetime import datetime

from salesprep.adapter import When, moment
from salesprep.settings import Us
from salesprep.view.dates import as_day, named_day
from salesprep.view.words import _, _n, count, say

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_JUST_NOW = 2 * _MINUTE


def age(when: When, now: datetime, us: Us) -> str:
    """``just now``, ``5 min``, ``3 h``, ``2 d``, ``5 wk``, ``9 mo``, ``2 y``: how old an answer is."""
    seconds = (now - moment(when, us.zone)).total_seconds()
    if seconds < _JUST_NOW:
        return say(us, _("just now"))
    if seconds < 90 * _MINUTE:
        return say(us, _("{n} min"), n=round(seconds / _MINUTE))
    days = (as_day(now, us) - as_day(when, us)).days
    if days < 1 or seconds < _DAY:
        return say(us, _("{n} h"), n=round(seconds / _HOUR))
    if days < 14:
        return say(us, _("{n} d"), n=days)
    if days < 70:
        return say(us, _("{n} wk"), n=days // 7)
    if days < 730:
        return say(us, _("{n} mo"), n=round(days / 30.44))
    return say(us, _("{n} y"), n=days // 365)


def ago(when: When, now: datetime, us: Us) -> str:
    """As :func:`age`, said of the past: ``2 d ago``; a plain day of today is ``today``."""
    if not isinstance(when, datetime) and as_day(when, us) == as_day(now, us):
        return say(us, _("today"))
    words = age(when, now, us)
    return words if words == say(us, _("just now")) else say(us, _("{age} ago"), age=words)


def is_new(when: When, now: datetime, us: Us) -> bool:
    """Whether :func:`age` would say ``just now``."""
    return (now - moment(when, us.zone)).total_seconds() < _JUST_NOW


def until(when: datetime, now: datetime, us: Us) -> str:
    """``in 39 min``, ``in 3 h``, ``tomorrow``, ``in 5 days``; what began: ``since 10 min``."""
    seconds = (when - now).total_seconds()
    if seconds < 0:
        return say(us, _("since {age}"), age=age(when, now, us))
    if seconds < _MINUTE:
        return say(us, _("now"))
    if seconds < 100 * _MINUTE:
        return say(us, _("in {n} min"), n=int(seconds // _MINUTE))
    away = (as_day(when, us) - as_day(now, us)).days
    if away == 0:
        return say(us, _("in {n} h"), n=round(seconds / _HOUR))
    if away == 1:
        return say(us, _("tomorrow"))
    return count(us, *_n("in {n} day", "in {n} days"), away)


def days_ago(days: int, us: Us) -> str:
    """``10 days ago``, ``3 weeks ago``, ``5 months ago``; ``today`` and ``yesterday`` by name."""
    if days <= 0:
        return say(us, _("today"))
    if days == 1:
        return say(us, _("yesterday"))
    if days < 21:
        return count(us, *_n("{n} day ago", "{n} days ago"), days)
    if days < 70:
        return count(us, *_n("{n} week ago", "{n} weeks ago"), days // 7)
    if days < 730:
        return count(us, *_n("{n} month ago", "{n} months ago"), round(days / 30.44))
    return count(us, *_n("{n} year ago", "{n} years ago"), days // 365)


def by_when(when: When, days_left: int, now: datetime, us: Us) -> str:
    """``tomorrow``, ``Thu 26``, ``29 Jan``; what has passed: ``3 days ago``."""
    return days_ago(-days_left, us) if days_left < 0 else named_day(when, now, us)
