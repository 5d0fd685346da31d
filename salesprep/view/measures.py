"""Distances and sizes of files, their numbers as the user's locale writes them."""

from __future__ import annotations

from salesprep.settings import Us
from salesprep.view.dates import known_locale, plain_spaces
from salesprep.view.words import _, say

_KILO, _MEGA = 1e3, 1e6


def distance(km: float, us: Us) -> str:
    """``80 km``."""
    return say(us, _("{n} km"), n=round(km))


def file_size(size: int, us: Us) -> str:
    """``512 B``, ``80 kB``, ``1.2 MB``."""
    if size < _KILO:
        return say(us, _("{n} B"), n=size)
    if size < _MEGA:
        return say(us, _("{n} kB"), n=round(size / _KILO))
    from babel.numbers import format_decimal  # late: it brings all of Babel

    locale = known_locale(us.locale, "en_GB")
    return say(us, _("{n} MB"), n=plain_spaces(format_decimal(size / _MEGA, "#,##0.0", locale=locale)))
