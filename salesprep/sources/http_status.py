"""What an HTTP status means for the people of a source: one of the contract's errors, or nothing wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from salesprep.adapter import (
    AuthRequired,
    BadData,
    ConfigInvalid,
    PermissionDenied,
    RateLimited,
    SourceError,
    Unavailable,
)
from salesprep.adapter.words import _

_LONGEST_WAIT = 366 * 86_400
"""Seconds: a server that asks for more is taken to have told no time."""


def refusal(
    status: int, headers: Mapping[str, str], *, host: str, source: str, now: datetime
) -> SourceError | None:
    """The error for an answer that is not a success; ``None`` for 2xx and 304. It says in words what
    happened: the number means nothing to a rep, and stands in the log.

    404 and 410 are the settings' trouble: an adapter asks addresses that were configured, or that
    hang beneath one. 403 with ``Retry-After`` is a limit, as several public services use it.
    """
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return None
    again = retry_at(headers.get("retry-after"), now)
    match status:
        case 401:
            mend = _(
                "log in again, or renew the password or token that [sources.{source}] points to",
                source=source,
            )
            return AuthRequired(_("{host} does not accept the login", host=host), mend=mend)
        case 403 if again is None:
            mend = _("ask who runs {host} for the right to read this, or use another login", host=host)
            return PermissionDenied(_("{host} refused us: not allowed", host=host), mend=mend)
        case 402 | 451:
            what = _("{host} refused us: to be paid for", host=host)
            if status == 451:
                what = _("{host} refused us: barred by law", host=host)
            return PermissionDenied(
                what, mend=_("ask who runs {host} what is needed to read this", host=host)
            )
        case 404 | 410:
            what = _("{host} has nothing at this address", host=host)
            return ConfigInvalid(what, mend=_("correct the address in [sources.{source}]", source=source))
        case 403 | 429:
            what = _("{host} was asked too often", host=host)
            return RateLimited(what, mend=_("wait, or ask it less often"), retry_at=again)
        case 408 | 425:
            return Unavailable(
                _("{host} has no time for us", host=host), mend=_("try again later"), retry_at=again
            )
        case _ if status >= 500:
            what = _("{host} has trouble of its own", host=host)
            return Unavailable(what, mend=_("try again later"), retry_at=again)
    what = _("{host} does not answer as was expected", host=host)
    return BadData(what, mend=_("see whether the adapter is made for this version of the source"))


def retry_at(value: str | None, now: datetime) -> datetime | None:
    """When to ask again, in the zone of ``now``, out of ``Retry-After`` (seconds or a date, RFC 9110
    10.2.3). ``None`` if it tells nothing of use; a date gone by is ``now``."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = int(text) if len(text) < 10 else _LONGEST_WAIT + 1
        return now + timedelta(seconds=seconds) if seconds <= _LONGEST_WAIT else None
    try:
        when = parsedate_to_datetime(text)
        when = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(now.tzinfo)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(when, now) if when - now <= timedelta(seconds=_LONGEST_WAIT) else None
