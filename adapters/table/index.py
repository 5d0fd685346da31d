"""What is kept of one table: its mapped columns row by row, and what rows are found by.

One SQLite file in the source's private folder, named after the state of the table's file and the
settings that it was read with, or in memory where nothing may be kept. It holds nothing that cannot
be read again from the table, so that a damaged one is thrown away; one that was not finished is
gone on with.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from salesprep.adapter import BadData
from salesprep.adapter.words import _

VERSION = 1
"""Of the tables and of what is put in them; part of the name of the file."""

_WAIT = 0.5
"""Seconds to wait for another process; then this question does without the kept index."""
_MOST_PAGES_IN_MEMORY = 96 * 1024
"""Of 4 KiB: where nothing may be kept, a table may take this much memory and no more."""

_TABLES = """
CREATE TABLE progress (body TEXT);
CREATE TABLE row (n INTEGER PRIMARY KEY, number INTEGER, cells TEXT);
CREATE TABLE find (n INTEGER PRIMARY KEY, id TEXT, account TEXT, name TEXT, keys TEXT, moment TEXT);
"""

Row = tuple[int, int, str]
"""Which one it is, its number in the file, its cells."""
Find = tuple[int, str | None, str | None, str | None, str | None, str | None]
"""What a row is found by. The whole table is looked through for each question, which SQLite does with
200,000 rows in less time than anything else takes; to have indices would double the first look.

``name``: the folded names, each on a line with a space before and behind it; ``keys``: the cells with mail
and web addresses, in small letters; ``moment``: the cell to sort by."""


@dataclass(slots=True)
class Progress:
    """How far the table was read, and what was learnt on the way."""

    whole: bool = False
    position: int = 0
    """Where the reading goes on; see :class:`adapters.table.opening.Rows`."""
    rows: int = 0
    sheet: str | None = None
    begins: int = 0
    width: int = 0
    columns: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    slots: dict[str, list[int]] = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    dates: str = ""
    decimals: str = ""
    refused: dict[str, list[int]] = field(default_factory=dict)
    """Why rows were left out → how many, and the number of the first."""
    changed_at: float = 0.0

    def refuse(self, number: int, why: str) -> None:
        """Count a row that cannot be read."""
        self.refused.setdefault(why, [0, number])[0] += 1


class Index:
    """The tables, as methods."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        if path is not None and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._db = sqlite3.connect(
            path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare()
            self.progress = self._progress()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        run = self._db.execute
        if self.path is None:
            run(f"PRAGMA max_page_count = {_MOST_PAGES_IN_MEMORY}")
        if run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return
        if self.path is not None:
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = NORMAL")
        run("BEGIN IMMEDIATE")
        if not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _TABLES.split(";"):
                run(statement)
            run("INSERT INTO progress VALUES (?)", (json.dumps(asdict(Progress())),))
        run("COMMIT")

    @classmethod
    def open(cls, store: Path | None, name: str) -> Self:
        """The index of that name in ``store``; made anew if it is damaged, in memory if it cannot be used."""
        if store is None:
            return cls(None)
        path = store / f"{name}.sqlite"
        for _attempt in range(2):
            try:
                return cls(path)
            except sqlite3.OperationalError:  # locked, read-only, no space
                break
            except (sqlite3.DatabaseError, ValueError, TypeError):
                remove(path)
            except OSError:
                break
        return cls(None)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _progress(self) -> Progress:
        return Progress(**json.loads(self._db.execute("SELECT body FROM progress").fetchone()[0]))

    # -- building --

    def lock(self) -> bool:
        """Take the right to add rows: two processes must not both go on where one has stopped."""
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN IMMEDIATE")
            self.progress = self._progress()
            self._db.execute("COMMIT")
        except sqlite3.OperationalError:
            return False
        return True

    def add(self, rows: Sequence[Row], found_by: Sequence[Find]) -> None:
        """Add what was read until :attr:`progress`; all of it or nothing.

        Raises:
            BadData: more than may be held in memory.
        """
        run = self._db
        try:
            run.execute("BEGIN IMMEDIATE")
            try:
                run.executemany("INSERT INTO row VALUES (?, ?, ?)", rows)
                run.executemany("INSERT INTO find VALUES (?, ?, ?, ?, ?, ?)", found_by)
                self._keep_progress()
            except BaseException:
                if run.in_transaction:  # with no room left SQLite has ended it itself
                    run.execute("ROLLBACK")
                raise
            run.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self.path is None and "full" in str(error):
                raise BadData(
                    _("too large to be read anew each time"),
                    mend=_('let the source keep an index: keep = "disk"'),
                ) from None
            raise

    def finish(self) -> None:
        """All rows are there."""
        self.progress.whole = True
        self._keep_progress()
        if self.path is not None:
            with suppress(sqlite3.OperationalError):  # another process is reading: the log stays for now
                self._db.execute("PRAGMA locking_mode = NORMAL")
                self._db.execute("PRAGMA journal_mode = DELETE")

    def _keep_progress(self) -> None:
        self._db.execute("UPDATE progress SET body = ?", (json.dumps(asdict(self.progress)),))

    # -- asking --

    def find(self, columns: str, where: str, values: Sequence[str], limit: int = -1) -> Iterator[Any]:
        """Some columns of the table ``find`` where something holds; in the order of the file."""
        statement = f"SELECT {columns} FROM find WHERE {where} LIMIT ?"  # noqa: S608 - our own text
        yield from self._db.execute(statement, (*values, limit))

    def after(self, columns: str, row: int) -> Iterator[Any]:
        """Some columns of the table ``find`` for all rows behind one, in the order of the file."""
        yield from self._db.execute(f"SELECT {columns} FROM find WHERE n > ? ORDER BY n", (row,))  # noqa: S608 - our own text

    def cells(self, rows: Sequence[int]) -> list[tuple[int, int, str | None, str]]:
        """Which one it is, number in the file, id and cells of some rows, in this order."""
        statement = (
            "SELECT n, number, id, cells FROM row JOIN find USING (n)"
            " WHERE n IN (SELECT value FROM json_each(?))"
        )
        found = {row[0]: row for row in self._db.execute(statement, (json.dumps(rows),))}
        return [found[n] for n in rows if n in found]

    def all_cells(self) -> Iterator[tuple[int, str | None, str]]:
        """Which one it is, moment and cells of every row."""
        yield from self._db.execute("SELECT n, moment, cells FROM row JOIN find USING (n)")


def remove(path: Path) -> None:
    """Delete an index and what SQLite may have left beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            Path(f"{path}{suffix}").unlink()


def remove_others(store: Path, kind: str, name: str) -> None:
    """Delete the indices of earlier states of a table: what has left it is not kept."""
    for path in (*store.glob(f"{kind}-*.sqlite"), *store.glob(f"{kind}-*.names")):
        if path.stem != name:
            remove(path)
