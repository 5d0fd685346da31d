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
    """The error for an answer that is not a success; ``None`` for 2xx and 304.

    404 and 410 are the settings' trouble: an adapter asks addresses that were configured, or that
    hang beneath one. 403 with ``Retry-After`` is a limit, as several public services use it.
    """
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return None
    what = f"{host} answers {status}{_phrase(status)}"
    again = retry_at(headers.get("retry-after"), now)
    match status:
        case 401:
            mend = f"log in again, or renew the password or token that [sources.{source}] points to"
            return AuthRequired(what, mend=mend)
        case 403 if again is None:
            mend = f"ask who runs {host} for the right to read this, or use another login"
            return PermissionDenied(what, mend=mend)
        case 402 | 451:
            return PermissionDenied(what, mend=f"ask who runs {host} what is needed to read this")
        case 404 | 410:
            return ConfigInvalid(what, mend=f"correct the address in [sources.{source}]")
        case 403 | 429:
            return RateLimited(what, mend="wait, or ask it less often", retry_at=again)
        case 408 | 425:
            return Unavailable(what, mend="try again later", retry_at=again)
        case _ if status >= 500:
            return Unavailable(what, mend="try again later", retry_at=again)
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


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
