"""What the machine tells of whoever sits at it: their zone, their locale, and whether they sit there."""

from __future__ import annotations

import os
import sys

from salesprep import machine


def told_zone() -> str | None:
    """The machine's zone, by its IANA name; ``None`` where it tells none, or only that it has none."""
    zone = machine.zone_name(os.environ)
    return None if zone in ("UTC", "Etc/UTC") else zone


def known_locale() -> str | None:
    """The environment's locale (``nl_NL``), if there is one of that name."""
    from babel import Locale, UnknownLocaleError

    locale = machine.locale_name(os.environ)
    try:
        return None if locale is None else str(Locale.parse(locale))
    except (UnknownLocaleError, ValueError):
        return None


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()
