"""Which accounts are called nearly as the customer: a query compares letters, and people make mistakes.

Up to :data:`LONG` accounts all names are looked at for each question. More are kept in an index, beside
which the database is asked by id alone: who is in it no more is not found, whatever the index holds. An
index that is older than the database serves on for :data:`REST`, and while a new one is being made.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

from adapters.sql import values
from adapters.sql.database import Database
from adapters.sql.query import EVERYBODY, Select, bound
from adapters.sql.values import Cell
from salesprep.adapter import DeadlineExceeded, Query, Request, SourceError
from salesprep.adapter.name_index import (
    NameIndex,
    Row,
    addresses_in,
    asked,
    half_of,
    nearest,
    remove,
    state_of,
)
from salesprep.adapter.names import fold

LONG = 20_000
"""Accounts; so many names are looked at in about the time that the query takes itself."""
REST = timedelta(minutes=10)
"""A CRM in use is written to all the time; so long a new name may be missed."""

_MOST = 60
"""Accounts that the database is asked for: a page of them, and some that may have left it since."""
_NEEDED = ("id", "title")
_NAMES, _ADDRESSES = ("aliases",), ("website", "domains", "emails")
_INDEX, _NEW = "accounts.names", "accounts.new.names"

_Account = tuple[str, list[str], list[str]]
"""Id, folded names and marks."""


class Called:
    """The names of one source's accounts. One question at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def near(self, select: Select, query: Query, request: Request) -> tuple[Query, bool]:
        """The question with the ids of accounts that are called nearly so; and whether these ids are all that
        it has to be asked with."""
        if not {"asked_ids", "asked_names"} <= select.asks or not (query.names or query.domains):
            return query, False
        try:
            return self._near(select, query, request)
        except (SourceError, sqlite3.Error) as error:
            # The query itself is asked next, and tells what is wrong.
            request.log.info("names not looked at: %s", type(error).__name__)
            return query, False

    def _near(self, select: Select, query: Query, request: Request) -> tuple[Query, bool]:
        index = self._index(select, request) if request.store is not None else None
        if index is None:
            found = self._database.read(request, lambda it: _looked_through(it, select, query, request))
            return _with_ids(query, found), False
        try:
            ids = [near.key for near in index.near(query.names, _MOST)]
            ids += index.marked([domain.casefold() for domain in query.domains])
            ids += index.marked([address.casefold() for address in query.emails])
        finally:
            index.close()
        return _with_ids(query, map(str, ids)), True

    # -- the index --

    def _index(self, select: Select, request: Request) -> NameIndex | None:
        """The index of the accounts, whole; ``None`` if there is none yet or there are too few of them."""
        store = request.store
        if store is None:
            return None
        path, new = store / _INDEX, store / _NEW
        query = hashlib.sha256(f"{self._database.path}\n{select.page}".encode()).hexdigest()
        state = f"{query} {self._database.state()}"
        there = state_of(path)
        if there is not None and not there.startswith(query):
            remove(path)  # of another query, perhaps for good reason
            there = None
        if there != state and not (there is not None and _rests(path, request)):
            if self._many(select, request):
                self._make(new, state, select, request)
            else:
                remove(path)
            if state_of(new) == state and self._database.state() == state.removeprefix(f"{query} "):
                remove(path)
                new.replace(path)
                there = state
            elif not path.exists():
                there = None
        return NameIndex.open(path, there) if there is not None else None

    def _many(self, select: Select, request: Request) -> bool:
        given = {**_everybody(request), "first": LONG, "most": 1}
        statement = select.columns_of_all(("id",))
        return bool(self._database.read(request, lambda it: it.execute(statement, given).fetchall()))

    def _make(self, path: Path, state: str, select: Select, request: Request) -> None:
        index = NameIndex.open(path, state)
        if index is None:
            return
        try:
            self._database.read(request, lambda it: _fill(index, it, select, request))
        except DeadlineExceeded:
            request.log.info("names not all in their index yet")
        finally:
            index.close()


def _fill(index: NameIndex, it: sqlite3.Connection, select: Select, request: Request) -> None:
    if not index.whole:
        columns = _columns(it, select, request)
        index.fill(_rows(it, select, columns, index.position, request), half_of(request))


def _rows(
    it: sqlite3.Connection, select: Select, columns: Sequence[str], first: int, request: Request
) -> Iterator[Row]:
    given = {**_everybody(request), "first": first, "most": -1}
    read = _reader(columns)
    for position, cells in enumerate(it.execute(select.columns_of_all(columns), given), first + 1):
        row = read(cells)
        if row is not None:
            yield Row(position, *row)


def _looked_through(
    it: sqlite3.Connection, select: Select, query: Query, request: Request
) -> tuple[str, ...]:
    """Ids of the accounts whose names are near; none if there are too many to look at."""
    wanted = asked(query.names)
    if not wanted:
        return ()
    columns = [name for name in _columns(it, select, request) if name not in _ADDRESSES]
    given = {**_everybody(request), "first": 0, "most": LONG + 1}
    rows = it.execute(select.columns_of_all(columns), given).fetchall()
    if len(rows) > LONG:
        return ()
    read = map(_reader(columns), rows)
    spelled = [(row[0], name) for row in read if row is not None for name in row[1]]
    near = nearest(wanted, [name for _, name in spelled], _MOST)
    return tuple(dict.fromkeys(spelled[place][0] for _, place in near))


def _columns(it: sqlite3.Connection, select: Select, request: Request) -> list[str]:
    """Those that tell names and addresses, of those that the query has."""
    given = {**_everybody(request), "first": 0, "most": 0}
    there = [column[0] for column in it.execute(select.columns_of_all(("*",)), given).description]
    return [name for name in (*_NEEDED, *_NAMES, *_ADDRESSES) if name in there]


def _reader(columns: Sequence[str]) -> Callable[[Sequence[Cell]], _Account | None]:
    """What reads the cells of these columns, the first of which are :data:`_NEEDED`; it gives ``None`` for an
    account that cannot be read. A million may come by: what the columns tell is looked at once."""
    aliases = [at for at, name in enumerate(columns) if name in _NAMES]
    addresses = [at for at, name in enumerate(columns) if name in _ADDRESSES]
    # As a rule the query has folded this very name a moment ago, so that the cache still has it.
    text, folded = values.text, fold

    def read(cells: Sequence[Cell]) -> _Account | None:
        marks: list[str] = []
        try:
            native_id, title = text(cells[0]), text(cells[1])
            if native_id is None or title is None:
                return None
            names = [folded(title)]
            for at in aliases:
                names += [folded(name) for name in values.several(cells[at])]
            for at in addresses:
                if (written := text(cells[at])) is not None:
                    marks += addresses_in(written.casefold())
        except values.Unreadable:
            return None
        return native_id, [name for name in names if name], marks

    return read


def _everybody(request: Request) -> dict[str, str | int]:
    now = request.now()
    return {**bound(EVERYBODY, now, now.tzinfo or UTC)}


def _with_ids(query: Query, ids: Iterable[str]) -> Query:
    return replace(query, ids=tuple(dict.fromkeys((*query.ids, *ids))))


def _rests(path: Path, request: Request) -> bool:
    try:
        age = request.now().timestamp() - path.stat().st_mtime
    except OSError:
        return False
    return 0 <= age < REST.total_seconds()
