"""Days as workbooks hold them: a count, with the time of day behind the point."""

from __future__ import annotations

from datetime import date, timedelta

from adapters.table.cells import CLOCK, DAY, MOMENT

_BEFORE_1904 = 1462
"""Days between the two beginnings of time that workbooks have."""


def serial(value: float, meaning: str, *, since_1904: bool) -> str | None:
    """A day, a moment or a time of day out of a count of days; ``None`` if it cannot be one."""
    if not 0 <= value < 2_958_466 - _BEFORE_1904:  # about the year 10000
        return None
    days, rest = divmod(round(value * 86_400), 86_400)
    if days == 0 and (meaning == "c" or rest):
        return CLOCK + _clock(rest)
    if since_1904:
        days += _BEFORE_1904
    elif days < 60:
        days += 1  # workbooks count a 29 February 1900, which there was not
    found = date(1899, 12, 30) + timedelta(days=days)
    if rest == 0:
        return DAY + found.isoformat()
    return f"{MOMENT}{found.isoformat()}T{_clock(rest)}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
