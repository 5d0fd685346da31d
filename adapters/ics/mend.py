"""Lines that the iCalendar library would drop as a whole for one bad character, brought into a form it takes.

A lost attendee is a lost customer: nobody would be told of the meeting. What cannot be saved of such a
line are its parameters; the value is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PEOPLE = ("ATTENDEE", "ORGANIZER")
_TEXTS = ("SUMMARY", "LOCATION", "DESCRIPTION", "CONTACT", "CATEGORIES", "URL", "UID", "GEO")
_TOLD = re.compile(rf"(?i:({'|'.join((*_PEOPLE, *_TEXTS))})(?=[;:]))")
_PARAMETER = re.compile(r"(?i);\s*(CN|PARTSTAT|ROLE|CUTYPE|EMAIL)\s*=([^;:]*)")
# A line's end in the middle of a name.
_TORN = re.compile(
    r"^((?:ATTENDEE|ORGANIZER);[^:\n]*)\n+(?!ATTENDEE|ORGANIZER|X-)([^:\n]*:mailto:)",
    re.IGNORECASE | re.MULTILINE,
)
# What some libraries take for a line's end, and the controls that are not in ASCII.
_STRAY = re.compile("[\x80-\x9f\u2028\u2029]")


def clean(text: str) -> str:
    """An event without characters that end no line but look so to some, and without torn names."""
    return _TORN.sub(r"\1 \2", text if text.isascii() else _STRAY.sub(" ", text))


def mend(text: str) -> str:
    """The event with each line that tells something, and cannot be taken apart, made simpler."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    from icalendar.parser import Contentline

    parsed: Any = Contentline

    for line in text.split("\n"):
        told = _TOLD.match(line)
        if told is not None:
            try:
                parsed(line).parts()
            except ValueError:
                yield _simpler(told[1].upper(), line)
                continue
        yield line


def _simpler(name: str, line: str) -> str:
    if name not in _PEOPLE:
        return f"{name}:{line.partition(':')[2]}"
    at = line.lower().rfind("mailto:")
    if at < 0:
        return f"{name}:{line.rpartition(':')[2]}"
    kept = (f';{key}="{value.strip()}"' for key, value in _PARAMETER.findall(line[:at].replace('"', "")))
    return f"{name}{''.join(kept)}:{line[at:]}"
