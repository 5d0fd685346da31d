"""The index of one source's names, as a file in the source's private folder.

It holds nothing that cannot be read from the source again: a damaged one, one of another form and one
of another state of the source are deleted, with the names in them. What is read before time runs out
is kept and gone on with.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from salesprep.adapter.errors import DeadlineExceeded
from salesprep.adapter.name_index import postings
from salesprep.adapter.name_index.blocks import Gathering, Words, blocks_asked, marked
from salesprep.adapter.name_index.nearness import asked, nearest

VERSION = 4
"""Of the tables, of the blocks and of how names are folded; another one is made anew."""

MOST = 100
"""Names that one question finds at most, unless it asks for more or fewer."""

_WAIT = 0.5
"""Seconds to wait for another process; then this question does without."""
_LOOKED_AT = 800
"""Names that are compared for each spelling asked for."""
_MOST_BEGINNING = 100
_STEP = 500
"""Rows between two looks at the clock."""
_CACHE = "PRAGMA cache_size = -16000"

_TABLES = (
    "CREATE TABLE progress (version INTEGER, state TEXT, position INTEGER, parts INTEGER, whole INTEGER)",
    "CREATE TABLE entry (n INTEGER PRIMARY KEY, key, name TEXT)",
    postings.TABLE,
)

_BY_NAME = "CREATE INDEX IF NOT EXISTS by_name ON entry (name)"
"""Made when all names are there: kept up from the first on it would take as long as all else."""

Key = str | int
"""What the adapter knows an account by."""


class Row(NamedTuple):
    """One account on its way into the index."""

    position: int
    """Where the source's rows go on after it; it never goes back."""
    key: Key
    names: Sequence[str]
    """Its names, as :func:`salesprep.adapter.names.fold` gives them."""
    marks: Sequence[str] = ()
    """What it is found by letter by letter: ids, domains."""


class Near(NamedTuple):
    """An account that may be meant."""

    key: Key
    name: str
    """The nearest of its names, folded."""
    likeness: float
    """Up to 101; see :mod:`salesprep.adapter.name_index.nearness`."""


class NameIndex:
    """An open index. One thread at a time; it may be another one than has opened it.

    All methods but :meth:`close` raise :class:`sqlite3.Error` where the file is damaged or another program
    has it: look without the index, and :func:`remove` it unless it is an ``OperationalError``.
    """

    def __init__(self, path: Path, state: str) -> None:
        """Open the index of that state, or begin it.

        Raises:
            sqlite3.Error, OSError: it cannot be opened.
        """
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute(_CACHE)
            self._prepare(state)
            self._read_progress()
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def open(cls, path: Path, state: str) -> Self | None:
        """The index at ``path`` if it is of this state, an empty one in its place if not; ``None`` if there
        can be none for now: the folder is closed or full, or another program holds it.

        ``state`` is whatever differs when the names do: the time and size of a file, the text of a query.
        """
        for _attempt in range(2):
            try:
                index = cls(path, state)
            except sqlite3.OperationalError:
                return None
            except (sqlite3.DatabaseError, ValueError, TypeError):
                remove(path)
                continue
            except OSError:
                return None
            if index.state == state:
                return index
            index.close()
            remove(path)  # and not emptied: what has left the source is not to stay in unused pages
        return None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def whole(self) -> bool:
        """All names are in it."""
        return self._whole

    # -- building --

    def fill(self, rows: Iterable[Row], still: Callable[[], None]) -> bool:
        """Add the accounts that come after :attr:`position`, to the last; ``False``: another process does.

        ``still`` is called often, and raises :class:`DeadlineExceeded` when time is over; what has come until
        then is kept. What the rows themselves raise comes through; :attr:`position` tells where to go on.
        """
        if not self._lock():
            return False
        try:
            _Filling(self._db, self.position, self._parts).all(rows, still)
        finally:
            with suppress(sqlite3.Error):  # what has come before counts more
                self._read_progress()
        self._db.execute(_BY_NAME)
        self._db.execute("UPDATE progress SET whole = 1")
        self._read_progress()
        self._db.execute("PRAGMA locking_mode = NORMAL")
        self._db.execute("SELECT whole FROM progress").fetchone()  # which lets go of the lock
        return True

    def _lock(self) -> bool:
        """Take the right to add: two processes must not both go on where one has stopped."""
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            self._db.execute("COMMIT")
        except sqlite3.OperationalError:
            return False
        self._read_progress()
        return True

    def _prepare(self, state: str) -> None:
        run = self._db.execute
        if run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return
        run("BEGIN EXCLUSIVE")
        if not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _TABLES:
                run(statement)
            run("INSERT INTO progress VALUES (?, ?, 0, 0, 0)", (VERSION, state))
        run("COMMIT")

    def _read_progress(self) -> None:
        statement = "SELECT version, state, position, parts, whole FROM progress"
        version, state, position, parts, whole = self._db.execute(statement).fetchone()
        self.state: str | None = state if version == VERSION else None
        self.position: int = position
        """Of the row that came last; 0 before the first."""
        self._parts: int = parts
        self._whole = bool(whole)

    # -- looking --

    def near(self, names: Iterable[str], most: int = MOST) -> list[Near]:
        """Accounts with a name like one of ``names``, as people write them; the nearest first, each once."""
        wanted = asked(names)
        numbers: dict[int, None] = {}
        for name in wanted:
            numbers.update(dict.fromkeys(self._beginning(_storable(name))))
            numbers.update(dict.fromkeys(postings.likeliest(self._db, blocks_asked(name), _LOOKED_AT)))
        entries = self._entries(numbers)
        spelled = list(dict.fromkeys(name for _, name in entries))
        keys: dict[str, list[Key]] = {}
        for key, name in entries:
            keys.setdefault(name, []).append(key)
        found: dict[Key, Near] = {}
        for likeness, place in nearest(wanted, spelled, most):
            name = spelled[place]
            for key in keys[name]:
                found.setdefault(key, Near(key, name, likeness))
        return list(found.values())[:most]

    def named(self, names: Iterable[str]) -> list[Key]:
        """All accounts that have one of these names, folded, to the letter."""
        statement = "SELECT key FROM entry WHERE name IN (SELECT value FROM json_each(?))"
        wanted = json.dumps(list(dict.fromkeys(map(_storable, names))))
        return list(dict.fromkeys(key for (key,) in self._db.execute(statement, (wanted,))))

    def marked(self, marks: Iterable[str]) -> list[Key]:
        """Accounts that may have one of these marks, and now and then one that has not: look again."""
        numbers = postings.numbers_with(self._db, (marked(mark) for mark in marks))
        return list(dict.fromkeys(key for key, _ in self._entries(numbers)))

    def _beginning(self, name: str) -> list[int]:
        """Names that are this one, or that it is the first words of."""
        statement = "SELECT n FROM entry WHERE name = ? OR (name >= ? AND name < ?) ORDER BY name LIMIT ?"
        values = (name, f"{name} ", f"{name}!", _MOST_BEGINNING)
        return [n for (n,) in self._db.execute(statement, values)]

    def _entries(self, numbers: Iterable[int]) -> list[tuple[Key, str]]:
        statement = "SELECT n, key, name FROM entry WHERE n IN (SELECT value FROM json_each(?))"
        wanted = list(dict.fromkeys(numbers))
        found = {n: (key, name) for n, key, name in self._db.execute(statement, (json.dumps(wanted),))}
        return [found[n] for n in wanted if n in found]


class _Filling:
    """Accounts on their way into the file, part by part."""

    def __init__(self, db: sqlite3.Connection, position: int, parts: int) -> None:
        self._db = db
        self._position, self._parts = position, parts
        self._words = Words()
        self._part = Gathering(self._words)
        self._next: int = db.execute("SELECT coalesce(max(n) + 1, 0) FROM entry").fetchone()[0]
        """The number of the name that comes next."""
        self._in_part = 0

    def all(self, rows: Iterable[Row], still: Callable[[], None]) -> None:
        try:
            try:
                self._take_all(iter(rows), still)
            except DeadlineExceeded:
                self._keep()
                raise
            self._keep()
        except BaseException:
            if self._db.in_transaction:  # with no room left SQLite has ended it itself
                self._db.execute("ROLLBACK")
            raise

    def _take_all(self, rows: Iterator[Row], still: Callable[[], None]) -> None:
        step = 1  # time may be over before anything is read
        while taken := list(islice(rows, step)):
            self._take(taken)
            if self._in_part >= postings.PART:
                self._keep()
            still()
            step = _STEP

    def _take(self, rows: Sequence[Row]) -> None:
        first = self._next
        entries: list[tuple[int, Key, str]] = []
        names: list[str] = []
        for _position, key, own, marks in rows:
            if marks:
                self._part.mark(first + len(names), marks)
            for name in own or ("",):
                entries.append((first + len(names), key, _storable(name)))
                names.append(name)
        self._part.add(names, first)
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
        # Now and not with the rest: when time runs out there is little left to do.
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?)", entries)
        self._position = rows[-1].position
        self._next += len(names)
        self._in_part += len(names)

    def _keep(self) -> None:
        if not self._db.in_transaction:
            return
        postings.put(self._db, self._parts, self._part.by_block())
        self._parts += 1
        self._db.execute("UPDATE progress SET position = ?, parts = ?", (self._position, self._parts))
        self._db.execute("COMMIT")
        self._part, self._in_part = Gathering(self._words), 0


def _storable(name: str) -> str:
    """Without halves of letters, which no file takes."""
    return name if name.isascii() else name.encode(errors="replace").decode()


def state_of(path: Path) -> str | None:
    """The state of the whole index at ``path``; ``None`` if there is none."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as db:
            statement = "SELECT state FROM progress WHERE whole AND version = ?"
            return next((str(state) for (state,) in db.execute(statement, (VERSION,))), None)
    except sqlite3.Error:
        return None


def remove(path: Path) -> None:
    """Delete an index and what SQLite may have left beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{path}{suffix}").unlink()
