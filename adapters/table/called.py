"""Which rows bear a name like the one that is looked for, or an id or a domain, in a table of any length.

A long table gets an index of its names beside what is kept of it, of the same state and thrown away with
it. It is made with half of the time that a question has, so that a question in the meantime is answered as
if there were none: by looking through the table.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.table.index import Index
from salesprep.adapter import DeadlineExceeded, Kind, Request
from salesprep.adapter.name_index import NameIndex, Row, addresses_in, asked, half_of, nearest, remove

LONG = 20_000
"""Rows from which an index is quicker than looking at all names: below, both take some 10 ms."""
ENDING = ".names"

_MOST = 100


class Called:
    """The names of a table; ``None`` of each answer says that the table is to be looked through."""

    def __init__(self, index: Index, names: NameIndex | None = None) -> None:
        self._index, self._names = index, names

    def like(self, names: Iterable[str]) -> list[tuple[int, str]]:
        """Rows, and their names as they are kept, that are called nearly so; the nearest first."""
        wanted = asked(names)
        if not wanted:
            return []
        if self._names is not None:
            rows = [int(near.key) for near in self._names.near(wanted, _MOST)]
        elif self._index.progress.rows <= LONG:
            rows = self._looked_through(wanted)
        else:
            return []
        where = "n IN (SELECT value FROM json_each(?))"
        found = dict(self._index.find("n, name", where, (json.dumps(rows),)))
        return [(n, found[n]) for n in rows if n in found]

    @property
    def tells_names(self) -> bool:
        """Whether :meth:`like` finds what looking through the table would."""
        return self._names is not None

    def with_ids(self, ids: Iterable[str]) -> list[int] | None:
        """Rows that may have one of these ids."""
        return self._marked(f"id {one}" for one in ids)

    def with_addresses(self, addresses: Iterable[str]) -> list[int] | None:
        """Rows that may have one of these hosts or mail addresses, in small letters."""
        return self._marked(addresses)

    def _marked(self, marks: Iterable[str]) -> list[int] | None:
        return [int(key) for key in self._names.marked(marks)] if self._names is not None else None

    def _looked_through(self, wanted: tuple[str, ...]) -> list[int]:
        spelled: dict[str, list[int]] = {}
        for n, kept in self._index.find("n, name", "name IS NOT NULL", ()):
            for name in kept.split("\n"):
                spelled.setdefault(name.strip(), []).append(n)
        names = list(spelled)
        near = nearest(wanted, names, _MOST)
        return list(dict.fromkeys(n for _, place in near for n in spelled[names[place]]))[:_MOST]


@contextmanager
def called(kind: Kind, index: Index, request: Request) -> Iterator[Called]:
    """The names of a whole table, indexed if it is long and something may be kept."""
    if index.path is None or index.progress.rows <= LONG:
        yield Called(index)
        return
    path = index.path.with_suffix(ENDING)
    names = _filled(path, kind, index, request)
    if names is None:
        yield Called(index)
        return
    try:
        yield Called(index, names)
    except sqlite3.DatabaseError:
        # Its own file or the table's: both can be made again, and the adapter looks without them.
        remove(path)
        raise
    finally:
        names.close()


def _filled(path: Path, kind: Kind, index: Index, request: Request) -> NameIndex | None:
    names = NameIndex.open(path, path.stem)
    if names is None:
        return None
    try:
        if names.whole or names.fill(_rows(kind, index, names.position), half_of(request)):
            return names
    except DeadlineExceeded:
        request.log.info("names not all in their index yet")
    except sqlite3.OperationalError as error:
        request.log.info("index of names not used: %s", type(error).__name__)
    except sqlite3.Error:
        names.close()
        remove(path)
        return None
    names.close()
    return None


def _rows(kind: Kind, index: Index, after: int) -> Iterator[Row]:
    if kind is Kind.ACCOUNT:
        for n, native_id, kept, keys in index.after("n, id, name, keys", after):
            marks = [f"id {native_id}"] if native_id is not None else []
            if keys:
                marks += addresses_in(keys)
            yield Row(n, n, _names(kept), marks)
        return
    # Of other tables only the names count, and each stands there again and again.
    known: set[str] = set()
    for n, kept in index.after("n, name", after):
        if kept is not None and kept not in known:
            known.add(kept)
            yield Row(n, n, _names(kept))


def _names(kept: str | None) -> tuple[str, ...]:
    if kept is None:
        return ()
    return (kept.strip(),) if "\n" not in kept else tuple(map(str.strip, kept.split("\n")))
