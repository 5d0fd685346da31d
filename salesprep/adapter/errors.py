"""What can go wrong at a source: who acts, whether to try again, whether an old answer may be shown.

The policy is in the class, so that no caller needs to know a source's troubles by name. Messages are
for people: they name a file, a field or a setting, never a value that came from a source or a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Actor = Literal["admin", "user", "nobody"]
"""Who can mend it. ``nobody``: it passes by itself."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as plain data: safe to keep, to cache, to hand to another thread and to print."""

    code: str
    what: str
    """What happened, one sentence, no full stop."""
    mend: str | None
    """What the actor does about it, one sentence, no full stop."""
    actor: Actor
    retry: bool
    may_show_old: bool
    drop_old: bool = False
    retry_at: datetime | None = None
    field: str | None = None


class SourceError(Exception):
    """Raise one of the subclasses from an adapter; the host turns it into a :class:`Failure`."""

    code: ClassVar[str] = "failed"
    actor: ClassVar[Actor] = "admin"
    retry: ClassVar[bool] = False
    may_show_old: ClassVar[bool] = False
    drop_old: ClassVar[bool] = False
    """The cached answer must be forgotten: it is no longer ours to show."""

    def __init__(
        self,
        what: str,
        *,
        mend: str | None = None,
        field: str | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.field = field
        self.retry_at = retry_at

    def failure(self) -> Failure:
        """This error as data."""
        return Failure(
            code=self.code,
            what=self.what,
            mend=self.mend,
            actor=self.actor,
            retry=self.retry,
            may_show_old=self.may_show_old,
            drop_old=self.drop_old,
            retry_at=self.retry_at,
            field=self.field,
        )


class ConfigInvalid(SourceError):
    """The settings of this source cannot work: a missing file, an unknown column, a bad address."""

    code = "config_invalid"


class AuthRequired(SourceError):
    """The source does not accept who we say we are; the user logs in again."""

    code = "auth_required"
    actor = "user"


class PermissionDenied(SourceError):
    """Known, but not allowed to see this."""

    code = "permission_denied"
    drop_old = True


class ConsentMissing(SourceError):
    """The person or the user has not agreed that this is looked up; what was kept is dropped."""

    code = "consent_missing"
    actor = "user"
    drop_old = True


class RateLimited(SourceError):
    """Asked too often; pass ``retry_at`` where the source tells it."""

    code = "rate_limited"
    actor = "nobody"
    retry = True
    may_show_old = True


class Unavailable(SourceError):
    """No answer for now: no connection, locked, a server's own error."""

    code = "unavailable"
    actor = "nobody"
    retry = True
    may_show_old = True


class DeadlineExceeded(SourceError):
    """Too late for this briefing."""

    code = "deadline_exceeded"
    actor = "nobody"
    retry = True
    may_show_old = True


class BadData(SourceError):
    """The source answers in a form that this adapter does not know; name the ``field``, no value."""

    code = "bad_data"
    may_show_old = True


class AdapterBug(SourceError):
    """Anything that an adapter should not do; the host makes it, an adapter never raises it."""

    code = "adapter_bug"
    may_show_old = True
