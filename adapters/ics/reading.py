"""Getting hold of a calendar's raw text: a file, the files of a folder, an address.

What has not changed since it was put in the index is not read again. A file that cannot be read is a
:class:`Trouble` of its own, so that it hides none of the others.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adapters.ics.blocks import is_calendar
from adapters.ics.index import File
from adapters.ics.settings import CalendarSettings, is_file
from salesprep.adapter import (
    AuthRequired,
    BadData,
    ConfigInvalid,
    DeadlineExceeded,
    PermissionDenied,
    RateLimited,
    Request,
    SourceError,
    Unavailable,
)
from salesprep.adapter.words import _

LARGEST = 200 * 1024 * 1024
"""Bytes of one file or address."""
MOST_FILES = 5_000
"""Files of one folder; the oldest beyond it are left out, and counted."""
DEEPEST = 5
"""Folders within folders."""

ADDRESS = "address"
"""The name in the index of what an address answers."""

_TRIES = 3

_WORDS: Mapping[type[SourceError], str] = {
    AuthRequired: _("wants a login"),
    PermissionDenied: _("refuses access"),
    RateLimited: _("has been asked too often"),
    Unavailable: _("cannot be reached"),
    DeadlineExceeded: _("did not answer in time"),
    BadData: _("answers in a form that is not understood"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A calendar's text, new or changed."""

    name: str
    """In the index, within its calendar: the path, or :data:`ADDRESS`."""
    shown: str
    """In messages."""
    state: str
    raw: bytes
    head: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Same:
    """What the index has of it is still good."""

    name: str
    head: dict[str, str] | None = None
    """What else the server tells to recognise it by, if that has changed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One file or address that cannot be read now."""

    name: str
    shown: str
    error: SourceError
    limit: bool = False
    """Not a failure: there is more than is read, and the reader is told so."""


Read = Text | Same | Trouble


async def read(
    calendar: CalendarSettings, known: Mapping[str, File], state: str, request: Request
) -> AsyncIterator[Read]:
    """All that ``calendar`` consists of. ``state`` is what else the index depends on (the zone)."""
    if calendar.path is not None:
        async for one in _local(calendar.path, known, state):
            yield one
        return
    try:
        yield await _remote(calendar, known.get(ADDRESS), state, request)
    except SourceError as error:
        yield Trouble(ADDRESS, calendar.label, _tactful(calendar, error))


# -- files --------------------------------------------------------------------------------------


async def _local(path: Path, known: Mapping[str, File], state: str) -> AsyncIterator[Read]:
    try:
        paths, beyond = _files(path)
    except SourceError as error:
        yield Trouble(str(path), path.name, error)
        return
    for one in paths:
        shown = one.name if path == one else str(one.relative_to(path))
        try:
            yield await _file(one, shown, known.get(str(one)), state)
        except SourceError as error:
            yield Trouble(str(one), shown, error)
        await asyncio.sleep(0)
    if beyond:
        limit = BadData(
            _("more than {n} calendar files; the oldest {beyond} are left out", n=MOST_FILES, beyond=beyond)
        )
        yield Trouble(f"{path} beyond the limit", path.name, limit, limit=True)


def _files(path: Path) -> tuple[list[Path], int]:
    """The calendar files, newest first, and how many there are beyond the limit."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ConfigInvalid(
            _("{path} is not there", path=path), mend=_("correct the path of this calendar")
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if stat.S_ISREG(mode):
        return [path], 0
    if not stat.S_ISDIR(mode):
        raise ConfigInvalid(
            _("{path} is neither a file nor a folder", path=path), mend=_("correct the path of this calendar")
        )
    try:
        found = _within(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    if not found:
        raise ConfigInvalid(
            _("{path} has no *.ics files", path=path),
            mend=_("correct the path, or export the calendar into it"),
        )
    found.sort(reverse=True)
    return [Path(name) for _, name in found[:MOST_FILES]], max(0, len(found) - MOST_FILES)


def _within(folder: Path) -> list[tuple[int, str]]:
    """Change time and path of all calendar files beneath ``folder``; links that lead out of it, and
    links to folders, are not followed."""
    root = folder.resolve()
    found = []
    for at, folders, names in os.walk(folder, onerror=_raise if folder else None):
        if len(Path(at).relative_to(folder).parts) >= DEEPEST:
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(at, name)
            if not is_file(path) or name.startswith("."):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            try:
                status = path.stat()
            except OSError:  # gone again, or a link to nothing
                continue
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime_ns, str(path)))
    return found


def _raise(error: OSError) -> None:
    raise error


def _unreadable(path: Path, error: OSError) -> SourceError:
    if isinstance(error, PermissionError):
        return ConfigInvalid(
            _("{path} may not be read", path=path), mend=_("give yourself the right to read it")
        )
    if isinstance(error, FileNotFoundError):
        return ConfigInvalid(_("{path} is not there", path=path), mend=_("correct the path of this calendar"))
    return Unavailable(
        _("{path} cannot be read ({error})", path=path, error=type(error).__name__),
        mend=_("see whether its disk is there"),
    )


async def _file(path: Path, shown: str, known: File | None, state: str) -> Read:
    for _try in range(_TRIES):
        try:
            with path.open("rb") as file:
                before = _state(os.fstat(file.fileno())) + state
                if known is not None and known.state == before:
                    return Same(str(path))
                if os.fstat(file.fileno()).st_size > LARGEST:
                    raise _too_large(str(path))
                raw = file.read(LARGEST + 1)
                if _state(os.fstat(file.fileno())) + state == before:
                    return Text(str(path), shown, before, _checked(raw, str(path)))
        except OSError as error:
            raise _unreadable(path, error) from None
        await asyncio.sleep(0.02)
    raise Unavailable(_("{path} is being written just now", path=path), mend=_("ask again"))


def _state(status: os.stat_result) -> str:
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ino}"


def _too_large(what: str) -> BadData:
    return BadData(
        _("{what} is larger than {n} MB", what=what, n=LARGEST // 1024 // 1024),
        mend=_("export a shorter time"),
    )


def _checked(raw: bytes, what: str) -> bytes:
    if len(raw) > LARGEST:
        raise _too_large(what)
    if not is_calendar(raw):
        raise BadData(
            _("{what} is not a calendar (no BEGIN:VCALENDAR)", what=what),
            mend=_("see what it is; it should be an iCalendar export or address"),
        )
    return raw


# -- addresses ----------------------------------------------------------------------------------


async def _remote(calendar: CalendarSettings, known: File | None, state: str, request: Request) -> Read:
    if known is not None and not known.state.endswith(state):
        known = None
    told = known.head if known is not None else {}
    response = await request.http.get(
        calendar.address or "",
        headers={"Accept": "text/calendar, */*;q=0.5"},
        etag=told.get("etag"),
        last_modified=told.get("last_modified"),
        max_bytes=LARGEST,
    )
    if response.not_modified and known is not None:
        return Same(ADDRESS)
    head = {
        name: value
        for name, value in (("etag", response.etag), ("last_modified", response.last_modified))
        if value
    }
    now = hashlib.sha256(response.body).hexdigest() + state
    if known is not None and known.state == now:
        return Same(ADDRESS, head)
    return Text(ADDRESS, calendar.label, now, _checked(response.body, calendar.label), head)


def _tactful(calendar: CalendarSettings, error: SourceError) -> SourceError:
    """Of a secret address nothing is told that another room may have put into its message."""
    if calendar.secret_url is None:
        return error
    does = _WORDS.get(type(error), _("cannot be asked"))
    what = _("the address of {label} {does}", label=calendar.label, does=does)
    return type(error)(what, mend=_("see whether its secret is still right"), retry_at=error.retry_at)
