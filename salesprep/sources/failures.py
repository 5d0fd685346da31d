"""From whatever went wrong to a :class:`Failure`: the only place where the host words its own.

No text of a foreign exception gets through, since it may hold what a source or a setting said; its
type, and file and line of the adapter, do.
"""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from salesprep.adapter import errors
from salesprep.adapter.errors import AdapterBug, ConfigInvalid, DeadlineExceeded, Failure, SourceError
from salesprep.adapter.words import _
from salesprep.sources.clean import clean_sentence

_LONGEST = 500
_KNOWN: tuple[type[SourceError], ...] = (
    errors.ConfigInvalid,
    errors.AuthRequired,
    errors.PermissionDenied,
    errors.ConsentMissing,
    errors.RateLimited,
    errors.Unavailable,
    errors.DeadlineExceeded,
    errors.BadData,
    errors.AdapterBug,
)
CODES = frozenset(
    {known.code for known in _KNOWN} | {SourceError.code, "stuck", "offline", "not_offered", "closed"}
)
"""Every code that a failure can have: an adapter makes up none."""
WITHHELD = frozenset({"offline", "not_offered", "permission_denied", "consent_missing"})
"""Codes of failures that are no fault: the source was not asked, or may not tell."""


def not_usable(what: str, mend: str) -> Failure:
    """An adapter or source that cannot be used as it is installed or configured."""
    return ConfigInvalid(what, mend=mend).failure()


def failure_of(error: BaseException, folder: Path, doing: str) -> Failure:
    """What an adapter raised while it was ``doing`` ("fetch", "its import") something, as data."""
    found = _inside(error)
    if isinstance(found, SourceError):
        return _said(found)
    if isinstance(found, TimeoutError):
        return DeadlineExceeded(_("the source did not answer in time")).failure()
    place = where(found, folder)
    kind = type(found).__name__
    if place is None:
        return bug(_("{doing} stopped with {error}", doing=doing, error=kind))
    return bug(_("{doing} stopped with {error} in {place}", doing=doing, error=kind, place=place))


def bug(what: str, field: str | None = None) -> Failure:
    """Something that an adapter should not do."""
    mend = _("tell whoever wrote the adapter; the log has the details")
    return AdapterBug(what, mend=mend, field=field).failure()


def where(error: BaseException, folder: Path) -> str | None:
    """``adapter.py line 12``: the last place inside ``folder`` that the error went through."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name} line {error.lineno}"
    place = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(folder):
            place = f"{path.relative_to(folder).as_posix()} line {line}"
    return place


def _inside(error: BaseException) -> BaseException:
    """A task group wraps what its tasks raise: the first error that was meant for us counts."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    inner = [_inside(one) for one in error.exceptions]
    return next((one for one in inner if isinstance(one, SourceError)), inner[0])


def _said(error: SourceError) -> Failure:
    """Built from the contract's own class, whatever a subclass says of itself or leaves out."""
    cls = next((known for known in _KNOWN if isinstance(error, known)), SourceError)
    retry_at = getattr(error, "retry_at", None)
    if not isinstance(retry_at, datetime) or retry_at.tzinfo is None:
        retry_at = None
    return cls(
        _text(getattr(error, "what", None)) or _("the source gives no reason"),
        mend=_text(getattr(error, "mend", None)),
        field=_text(getattr(error, "field", None)),
        retry_at=retry_at,
    ).failure()


def in_part(failure: Failure) -> Failure:
    """What an adapter says of a part that failed, built from the contract's own class like any other."""
    cls = next((known for known in _KNOWN if known.code == failure.code), SourceError)
    return _said(cls(failure.what, mend=failure.mend, field=failure.field, retry_at=failure.retry_at))


def _text(value: object) -> str | None:
    return clean_sentence(value, _LONGEST) if isinstance(value, str) and value else None


def for_its_user(failure: Failure) -> Failure:
    """``failure`` of a source that its user has set up alone: what an admin would mend is theirs to mend."""
    if failure.actor != "admin" or failure.code in WITHHELD:
        return failure
    return replace(failure, actor="user")


# -- the host's own -----------------------------------------------------------------------------


def too_late() -> Failure:
    """No answer at the deadline."""
    return DeadlineExceeded(_("no answer in time")).failure()


def no_thread() -> Failure:
    """The machine cannot run one more source."""
    return errors.Unavailable(_("this machine gives no more threads or handles")).failure()


def not_back(since: datetime) -> Failure:
    """An earlier call has not come back, so that no other is made."""
    return Failure(
        code="stuck",
        what=_("not back since {when}", when=since),
        mend=None,
        actor="nobody",
        retry=False,
        may_show_old=True,
    )


def paused(cause: Failure, until: datetime) -> Failure:
    """Not asked before ``until``, because of what came before; the time stands in ``retry_at`` alone."""
    return Failure(
        code=cause.code,
        what=cause.what,
        mend=cause.mend,
        actor=cause.actor,
        retry=True,
        may_show_old=True,
        retry_at=until,
        field=cause.field,
    )


def offline() -> Failure:
    """Nobody wants the network to be used."""
    return Failure(
        code="offline",
        what=_("not asked, because salesprep works offline"),
        mend=_("leave out --offline"),
        actor="user",
        retry=False,
        may_show_old=True,
    )


def not_offered(what: str) -> Failure:
    """Asked for something that the manifest does not offer."""
    return Failure(
        code="not_offered",
        what=what,
        mend=None,
        actor="nobody",
        retry=False,
        may_show_old=False,
    )


def closed() -> Failure:
    """The host is shutting down."""
    return Failure(
        code="closed",
        what=_("salesprep is closing"),
        mend=None,
        actor="nobody",
        retry=False,
        may_show_old=False,
    )
