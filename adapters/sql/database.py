"""A SQLite file opened so that reading it leaves no trace, and its troubles told as ours.

No connection outlives a question: a file that an export replaces is seen at once, and no lock is held
between questions. Nothing here knows what is asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from adapters.sql.troubles import damaged, told
from salesprep.adapter import BadData, ConfigInvalid, PermissionDenied, SourceError, Unavailable
from salesprep.adapter.names import domain_of, fold
from salesprep.adapter.words import _

ResultT = TypeVar("ResultT")

MAGIC = b"SQLite format 3\x00"
"""Begins every SQLite file."""
_LONGEST_WAIT = 2.0
"""Seconds for another program's lock; one is held for milliseconds, or until somebody looks."""
_OPS_BETWEEN_LOOKS = 2_000
"""Steps of SQLite's machine between two looks at the clock: well below a millisecond."""
_LARGEST_VALUE = 8_000_000
_TRIES = 3

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})


class Timed(Protocol):
    """What knows when it must be over: a request."""

    def left(self) -> float:
        """Seconds."""
        ...


class Database:
    """One file. One call at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._header: tuple[int, int, bool] | None = None

    def read(self, request: Timed, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        """What ``work`` gives for a connection that can only read.

        ``work`` may run again, from the start, if the file changed under it.

        Raises:
            ConfigInvalid, PermissionDenied, BadData, Unavailable, DeadlineExceeded: as it stands with
                the file; errors of the query itself come through as :class:`sqlite3.Error`.
        """
        for _try in range(_TRIES):
            resting = self._resting()
            try:
                result = self._read_once(request, work, immutable=resting is not None)
            except (SourceError, sqlite3.Error):
                if resting is None or self._resting() == resting:
                    raise
                continue
            if resting is None or self._resting() == resting:
                return result
        raise Unavailable(
            _("{name} is being written to", name=self.path.name), mend=_("ask again in a moment")
        )

    def changed_at(self) -> float:
        """Seconds since 1970 of the file's last change."""
        return self._stat(self.path).mtime_ns / 1e9

    def state(self) -> str:
        """What tells this state of the file, and of what was written beside it, from another one.

        Raises:
            As :meth:`read`.
        """
        main = self._stat(self.path)
        try:
            log = self._beside("-wal").stat()
        except OSError:
            return repr(main)
        return f"{main!r} {log.st_size} {log.st_mtime_ns}"

    def _read_once(
        self, request: Timed, work: Callable[[sqlite3.Connection], ResultT], *, immutable: bool
    ) -> ResultT:
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        if immutable:
            uri += "&immutable=1"
        elif self._has_log() and not self._beside("-shm").exists():
            # Left behind by a program that ended early; SQLite would make an index file beside it.
            uri += "&readonly_shm=1"
        wait = max(0.0, min(_LONGEST_WAIT, request.left() / 2))
        try:
            with closing(
                sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
            ) as connection:
                _guard(connection, request)
                return work(connection)
        except sqlite3.Error as error:
            raise told(error, self.path.name) or error from None
        except UnicodeDecodeError:
            # SQLite names a damaged part of the schema by its own bytes.
            raise damaged(self.path.name) from None

    def _resting(self) -> _State | None:
        """The file's state if nobody has it open in WAL mode; ``None`` if plain locks protect a reader.

        SQLite makes two files beside a WAL database even for a reader, and leaves them there; owned by
        us, they may keep the CRM itself from writing, and in a folder closed to us it fails. While
        there is no log, the database file is complete: it is read as it stands, and what was read
        counts only if the file is the same afterwards.
        """
        state = self._stat(self.path)
        return state if self._is_wal(state) and not self._has_log() else None

    def _is_wal(self, state: _State) -> bool:
        # Asked once for each file: closing a file drops the locks that this process has on it (POSIX).
        known = self._header
        if known is None or known[:2] != (state.device, state.inode):
            try:
                with self.path.open("rb") as file:
                    start = file.read(20)
            except OSError as error:
                raise self._no_file(error) from None
            if not start:
                raise BadData(
                    _("{name} is empty", name=self.path.name),
                    mend=_("bring the database back, or wait for it"),
                )
            if start[:16] != MAGIC or len(start) < 20:
                raise BadData(
                    _("{name} is not a SQLite database", name=self.path.name),
                    mend=_('check the setting "database"; an encrypted file cannot be read'),
                )
            known = self._header = (state.device, state.inode, start[18] == 2)
        return known[2]

    def _has_log(self) -> bool:
        try:
            return self._beside("-wal").stat().st_size > 0
        except OSError:
            return False

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)

    def _stat(self, path: Path) -> _State:
        try:
            found = path.stat()
        except OSError as error:
            raise self._no_file(error) from None
        return _State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def _no_file(self, error: OSError) -> SourceError:
        name = self.path.name
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            # Without a field: the setting may well be right and the file be gone.
            return ConfigInvalid(
                _("{name} is not there", name=name),
                mend=_('bring it back, or correct the setting "database"'),
            )
        if isinstance(error, PermissionError):
            return PermissionDenied(
                _("{name} may not be read", name=name), mend=_("give this user the right to read it")
            )
        if isinstance(error, IsADirectoryError):
            return ConfigInvalid(_("{name} is a folder", name=name), mend=_('correct the setting "database"'))
        return Unavailable(
            _("{name} cannot be read ({error})", name=name, error=type(error).__name__),
            mend=_("check the drive it is on"),
        )


@dataclass(frozen=True, slots=True)
class _State:
    device: int
    inode: int
    size: int
    mtime_ns: int


def _guard(connection: sqlite3.Connection, request: Timed) -> None:
    """Functions for queries, the end of time, and nothing but reading."""
    connection.text_factory = bytes
    connection.create_function("fold", 1, _fold, deterministic=True)
    connection.create_function("domain_of", 1, _domain_of, deterministic=True)
    connection.set_progress_handler(lambda: request.left() <= 0, _OPS_BETWEEN_LOOKS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_authorize)


def _authorize(
    action: int, first: str | None, second: str | None, schema: str | None, inner: str | None
) -> int:
    del schema, inner
    allowed = (
        action in _READING
        or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
        # Both are asked for when a virtual table (JSON, full text) is first used; SQLite itself lets
        # nobody change its schema table.
        or (action == sqlite3.SQLITE_UPDATE and first == "sqlite_master")
        or (action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _fold(value: object) -> str | None:
    if isinstance(value, bytes):  # nearly always, and a million names come by
        return fold(value.decode(errors="replace"))
    return None if value is None else fold(str(value))


def _domain_of(value: object) -> str | None:
    text = _text(value)
    return None if text is None else domain_of(text)
