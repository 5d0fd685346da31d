"""What is kept of the calendars of one source: their events' text and the instances laid out so far.

One SQLite file in the source's private folder, or in memory where nothing may be kept. It holds
nothing that cannot be made again from the calendars, so that a damaged one is thrown away. A series is
known by a digest of its text: when a calendar changes, the untouched ones keep what was worked out.
"""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from adapters.ics.events import Detail
from adapters.ics.expand import Expansion

FILE_NAME = "calendars.sqlite"
VERSION = 3
"""Of the tables *and* of what is put in them; another one is thrown away."""

_WAIT = 0.5
"""Seconds to wait for another process that writes; then this look does without the index."""

_TABLES = """
CREATE TABLE file (id INTEGER PRIMARY KEY, calendar TEXT, name TEXT, state TEXT, head TEXT,
    series BLOB, lines BLOB, firsts BLOB, lasts BLOB, agenda_first INTEGER, agenda_last INTEGER,
    UNIQUE (calendar, name));
CREATE TABLE text (file INTEGER, piece INTEGER, body BLOB, PRIMARY KEY (file, piece)) WITHOUT ROWID;
CREATE TABLE series (id INTEGER PRIMARY KEY, first INTEGER, last INTEGER, refused TEXT);
CREATE TABLE detail (id INTEGER PRIMARY KEY, series INTEGER, uid TEXT, body TEXT);
CREATE INDEX detail_series ON detail (series);
CREATE TABLE instance (series INTEGER, detail INTEGER, start INTEGER, "end" INTEGER, all_day INTEGER,
    slot TEXT);
CREATE INDEX instance_series ON instance (series);
CREATE INDEX instance_start ON instance (start);
CREATE TABLE answer (file INTEGER, question TEXT, series BLOB, PRIMARY KEY (file, question)) WITHOUT ROWID;
"""

_INSTANCES = (
    'SELECT instance.series, uid, detail, start, "end", all_day, slot'
    " FROM instance JOIN detail ON detail.id = instance.detail"
    ' WHERE start < ? AND ("end" > ? OR start >= ?)'
)


class IndexLost(Exception):
    """Another process has replaced what this look was about to read."""


@dataclass(slots=True)
class File:
    """One calendar file or address in the index; the arrays have one entry per event, in its order."""

    id: int
    name: str
    state: str
    head: dict[str, Any]
    series: array[int] = field(default_factory=lambda: array("q"))
    """Which series an event belongs to; 0: none, it cannot be read or found."""
    lines: array[int] = field(default_factory=lambda: array("I"))
    firsts: array[int] = field(default_factory=lambda: array("i"))
    """First and last day on which the event's *series* may take place (proleptic ordinals)."""
    lasts: array[int] = field(default_factory=lambda: array("i"))
    agenda: tuple[int, int] | None = None
    """The days for which every series of the file has been laid out."""


class Row(NamedTuple):
    """One instance; see :class:`adapters.ics.expand.Instance`."""

    series: int
    uid: str
    detail: int
    start: int
    end: int
    all_day: int
    slot: str


class Index:
    """The tables, as methods. Every method is short; none is awaited in."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        if path is not None and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._db = sqlite3.connect(path or ":memory:", timeout=_WAIT, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        run = self._db.execute
        if self.path is not None:
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = NORMAL")
            run("PRAGMA secure_delete = ON")  # what has left a calendar is not left lying in the file
        version = run("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            return
        with self.writing():
            if run("PRAGMA user_version").fetchone()[0] == VERSION:
                return
            if version or run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("made by another version")
            for statement in _TABLES.split(";"):
                run(statement)
            run(f"PRAGMA user_version = {VERSION}")

    @classmethod
    def open(cls, store: Path | None) -> Self:
        """The index in ``store``; made anew if it is damaged, in memory if it cannot be used."""
        if store is None:
            return cls(None)
        path = store / FILE_NAME
        for _ in range(2):
            try:
                return cls(path)
            except sqlite3.OperationalError:  # locked, read-only, no space
                break
            except sqlite3.DatabaseError:
                remove(path)
            except OSError:
                break
        return cls(None)

    @property
    def kept(self) -> bool:
        """Whether it is there the next time."""
        return self.path is not None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- files --

    def files(self, calendar: str) -> dict[str, File]:
        """The files of a calendar by name."""
        rows = self._db.execute(
            "SELECT id, name, state, head, series, lines, firsts, lasts, agenda_first, agenda_last"
            " FROM file WHERE calendar = ?",
            (calendar,),
        )
        found = {}
        for id_, name, state, head, series, lines, firsts, lasts, first, last in rows:
            file = File(id_, name, state, json.loads(head), agenda=None if first is None else (first, last))
            for numbers, raw in (
                (file.series, series),
                (file.lines, lines),
                (file.firsts, firsts),
                (file.lasts, lasts),
            ):
                numbers.frombytes(raw)
            found[name] = file
        return found

    def put_file(self, calendar: str, file: File, pieces: Sequence[bytes]) -> None:
        """Replace the file of that name; gives it its id."""
        with self.writing():
            self._drop_file(calendar, file.name)
            cursor = self._db.execute(
                "INSERT INTO file (calendar, name, state, head, series, lines, firsts, lasts)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(calendar, file.name, file.state, json.dumps(file.head)),
                    *(file.series.tobytes(), file.lines.tobytes()),
                    *(file.firsts.tobytes(), file.lasts.tobytes()),
                ),
            )
            file.id = cursor.lastrowid or 0
            self._db.executemany(
                "INSERT INTO text VALUES (?, ?, ?)", ((file.id, n, piece) for n, piece in enumerate(pieces))
            )

    def put_head(self, file: File) -> None:
        """Keep what was learnt of the file's whereabouts (a server's new validators)."""
        self._db.execute("UPDATE file SET head = ? WHERE id = ?", (json.dumps(file.head), file.id))

    def put_agenda(self, file: File, first: int, last: int) -> None:
        """Every series of the file is laid out for these days."""
        file.agenda = (first, last)
        self._db.execute(
            "UPDATE file SET agenda_first = ?, agenda_last = ? WHERE id = ?", (first, last, file.id)
        )

    def keep_only(self, calendars: Mapping[str, Iterable[str]]) -> None:
        """Forget files that are gone, and the series that no file has any more."""
        rows = self._db.execute("SELECT calendar, name FROM file").fetchall()
        wanted = {(calendar, name) for calendar, names in calendars.items() for name in names}
        with self.writing():
            for calendar, name in rows:
                if (calendar, name) not in wanted:
                    self._drop_file(calendar, name)
            used: set[int] = set()
            for (raw,) in self._db.execute("SELECT series FROM file"):
                numbers = array("q")
                numbers.frombytes(raw)
                used.update(numbers)
            known = {id_ for (id_,) in self._db.execute("SELECT id FROM series")}
            for id_ in known - used:
                self._drop_series(id_)

    def _drop_file(self, calendar: str, name: str) -> None:
        for (id_,) in self._db.execute(
            "SELECT id FROM file WHERE calendar = ? AND name = ?", (calendar, name)
        ).fetchall():
            for table, key in (("text", "file"), ("answer", "file"), ("file", "id")):
                self._db.execute(f"DELETE FROM {table} WHERE {key} = ?", (id_,))  # noqa: S608 (own names)

    def _drop_series(self, series: int) -> None:
        for table, key in (("instance", "series"), ("detail", "series"), ("series", "id")):
            self._db.execute(f"DELETE FROM {table} WHERE {key} = ?", (series,))  # noqa: S608 (own names)

    def pieces(self, file: File) -> Iterator[tuple[int, bytes]]:
        """The file's text, piece by piece."""
        count = 0
        while (body := self.piece(file, count)) is not None:
            yield count, body
            count += 1

    def piece(self, file: File, number: int) -> bytes | None:
        """One piece of the file's text; ``None`` after the last."""
        row = self._db.execute(
            "SELECT body FROM text WHERE file = ? AND piece = ?", (file.id, number)
        ).fetchone()
        return row[0] if row else None

    # -- questions --

    def answers(self, question: str) -> dict[int, set[int]]:
        """Which series a question was answered with before, by file."""
        found = {}
        for file, raw in self._db.execute("SELECT file, series FROM answer WHERE question = ?", (question,)):
            numbers = array("q")
            numbers.frombytes(raw)
            found[file] = set(numbers)
        return found

    def put_answer(self, file: File, question: str, series: Iterable[int]) -> None:
        """Remember the series that a question leads to; the question is a digest and tells nothing."""
        self._db.execute(
            "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)",
            (file.id, question, array("q", series).tobytes()),
        )

    # -- series --

    def coverage(self) -> dict[int, tuple[int, int]]:
        """First and last day for which each series is laid out."""
        return {
            id_: (first, last) for id_, first, last in self._db.execute("SELECT id, first, last FROM series")
        }

    def put_series(self, done: Sequence[tuple[int, int, int, Expansion]]) -> None:
        """Keep laid-out series: id, first day, last day, result."""
        with self.writing():
            for id_, first, last, result in done:
                self._drop_series(id_)
                self._db.execute(
                    "INSERT INTO series VALUES (?, ?, ?, ?)",
                    (id_, first, last, json.dumps(result.refused) if result.refused else None),
                )
                keys = [
                    self._db.execute(
                        "INSERT INTO detail (series, uid, body) VALUES (?, ?, ?)",
                        (id_, detail["uid"], json.dumps(detail)),
                    ).lastrowid
                    for detail in result.details
                ]
                self._db.executemany(
                    "INSERT INTO instance VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        (id_, keys[one.detail], one.start, one.end, one.all_day, one.slot)
                        for one in result.instances
                    ),
                )

    def refusals(self) -> dict[int, list[tuple[int, str]]]:
        """Events that could not be used, by series: number within the series, and why."""
        rows = self._db.execute("SELECT id, refused FROM series WHERE refused IS NOT NULL")
        return {id_: [(n, why) for n, why in json.loads(refused)] for id_, refused in rows}

    def between(self, start: int, end: int) -> list[Row]:
        """All instances that touch ``start`` (included) to ``end`` (not), in seconds since 1970."""
        return [Row(*row) for row in self._db.execute(_INSTANCES, (end, start, start))]

    def of_series(self, ids: Iterable[int], start: int, end: int) -> list[Row]:
        """As :meth:`between`, of these series only."""
        found: list[Row] = []
        for id_ in ids:
            rows = self._db.execute(_INSTANCES + " AND instance.series = ?", (end, start, start, id_))
            found.extend(Row(*row) for row in rows)
        return found

    def detail(self, id_: int) -> Detail:
        """What the event of an instance says."""
        row = self._db.execute("SELECT body FROM detail WHERE id = ?", (id_,)).fetchone()
        if row is None:
            raise IndexLost
        detail: Detail = json.loads(row[0])
        return detail


def remove(path: Path | None) -> None:
    """Throw an index away."""
    if path is None:
        return
    for end in ("", "-wal", "-shm"):
        try:
            path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError:  # held by another process (Windows): this look does without
            return
