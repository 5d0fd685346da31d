"""One series under several ids: what calendars make of a UID when a part of the series is changed.

A UID is to stay as long as the event does (RFC 5545, 3.8.4.7), and two widespread calendars do not keep to
it: one gives "this and all following" a UID with the day of the change in it, the other puts the day of
a single occurrence that is sent round into the UID itself.
"""

from __future__ import annotations

import re

_SINCE = re.compile(r"(?P<series>[^@]+)_R\d{8}(?:T\d{6}Z?)?(?P<at>@google\.com)\Z", re.IGNORECASE)
_OF_EXCHANGE = re.compile(
    r"(?P<head>040000008200E00074C5B7101A82E008)[0-9A-F]{8}(?P<rest>[0-9A-F]{48,})\Z", re.IGNORECASE
)


def series_of(uid: str) -> str:
    """The id that all parts of one series share; for most events the UID itself."""
    since = _SINCE.match(uid)
    if since is not None:
        return since["series"] + since["at"]
    occurrence = _OF_EXCHANGE.match(uid)
    if occurrence is not None:
        return f"{occurrence['head']}00000000{occurrence['rest']}"
    return uid
