"""Which time zone a ``TZID`` means: an IANA name, a Windows name, the file's own ``VTIMEZONE``.

The iCalendar library remembers every ``VTIMEZONE`` it has seen for the whole process, by name alone,
so that "Customized Time Zone" of one calendar would decide the times of another. Hence a definition
is given to it under a name made of its content, and the events' ``TZID`` is rewritten to match.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

_TIMED = re.compile(
    r"^(?P<before>(?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)\b[^:\n]*?);TZID=(?P<zone>\"[^\"\n]*\"|[^;:\n]*)"
    r"(?P<rest>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NAME = re.compile(r"^TZID[^\n]*$", re.IGNORECASE | re.MULTILINE)
_UTC_VALUE = re.compile(r":\d{8}T\d{6}Z\s*$")


class Zones:
    """The time zones of one calendar file."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own
        """TZID → unfolded ``VTIMEZONE``, as text."""
        self._names: dict[str, str | None] = {}
        self.unknown: set[str] = set()
        """TZIDs met that nobody explains; their times count as floating."""

    def rewrite(self, block: str) -> str:
        """The event with each ``TZID`` in a form that the library resolves to the right zone."""
        return _TIMED.sub(self._line, block) if "TZID=" in block.upper() else block

    def _line(self, match: re.Match[str]) -> str:
        zone, rest = match["zone"].strip('"'), match["rest"]
        if _UTC_VALUE.search(rest):  # "Z" says UTC, whatever TZID stands beside it
            return match["before"] + rest
        name = self._name(zone)
        return f"{match['before']}{rest}" if name is None else f"{match['before']};TZID={name}{rest}"

    def _name(self, zone: str) -> str | None:
        if zone not in self._names:
            self._names[zone] = self._resolve(zone)
        name = self._names[zone]
        if name is None:
            self.unknown.add(zone)
        return name

    def _resolve(self, zone: str) -> str | None:
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        plain = zone.strip().strip("/")
        if _is_known(plain):
            return plain
        if plain in WINDOWS_TO_OLSON:
            return WINDOWS_TO_OLSON[plain]
        if zone in self._own:
            name = _learn(self._own[zone])
            if name is not None:
                return name
        # "/vendor.example/20250101/Europe/Amsterdam" (RFC 5545, 3.2.19)
        parts = plain.split("/")
        return next((tail for n in range(1, len(parts)) if _is_known(tail := "/".join(parts[n:]))), None)


@lru_cache(maxsize=1024)
def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=1024)
def _learn(definition: str) -> str | None:
    """Teach the library this ``VTIMEZONE``; ``None`` if it cannot be read."""
    from icalendar import Timezone
    from icalendar.timezone import tzp

    name = f"salesprep-{hashlib.sha256(definition.encode()).hexdigest()[:20]}"
    try:
        Timezone.from_ical(_NAME.sub(f"TZID:{name}", definition))
    except Exception:  # parsers of two libraries meet unchecked text here, and raise what they like
        return None
    return name if tzp.timezone(name) is not None else None
