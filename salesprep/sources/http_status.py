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
            mend = f"log in again, or renew the password or token that [sources.{source}] points to"
            return AuthRequired(f"{host} does not accept the login", mend=mend)
        case 403 if again is None:
            mend = f"ask who runs {host} for the right to read this, or use another login"
            return PermissionDenied(f"{host} refused us: not allowed", mend=mend)
        case 402 | 451:
            what = f"{host} refused us: {'to be paid for' if status == 402 else 'barred by law'}"
            return PermissionDenied(what, mend=f"ask who runs {host} what is needed to read this")
        case 404 | 410:
            what = f"{host} has nothing at this address"
            return ConfigInvalid(what, mend=f"correct the address in [sources.{source}]")
        case 403 | 429:
            what = f"{host} was asked too often"
            return RateLimited(what, mend="wait, or ask it less often", retry_at=again)
        case 408 | 425:
            return Unavailable(f"{host} has no time for us", mend="try again later", retry_at=again)
        case _ if status >= 500:
            what = f"{host} has trouble of its own"
            return Unavailable(what, mend="try again later", retry_at=again)
    what = f"{host} does not answer as was expected"
    return BadData(what, mend="see whether the adapter is made for this version of the source")


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
