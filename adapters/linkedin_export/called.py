"""Which lines of a long list of organisations bear a name like the one that is looked for.

More than :data:`LONG` of them get an index of their names beside what is kept of the exports, thrown away
with it. It is made with half of the time that a question has; until it is whole, and where nothing may be
kept, all lines are looked through.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice

from adapters.linkedin_export.looking import Lines, name_in
from adapters.linkedin_export.shelf import VERSION, Shelf
from salesprep.adapter import DeadlineExceeded, Query, Request
from salesprep.adapter.name_index import NameIndex, Row, half_of, remove
from salesprep.adapter.names import fold_organisation, without_form

LONG = 20_000
"""Organisations; looking through so many takes some 40 ms. Few members know as many."""
NAMES = "people.names"

_MOST = 100
"""Lines that are like the names asked for; of each organisation among them come all lines."""


def called(shelf: Shelf, query: Query, request: Request) -> Lines | None:
    """The lines that :func:`adapters.linkedin_export.looking.find_groups` is to compare; ``None``: all.

    Raises:
        ShelfLost: as :meth:`Shelf.block`.
    """
    if request.store is None:
        return None
    path = request.store / NAMES
    if len(shelf.keys) <= LONG:
        if path.exists():
            remove(path)
        return None
    index = NameIndex.open(path, _state(shelf))
    if index is None:
        return None
    try:
        with closing(index):
            if index.whole or index.fill(_rows(shelf, index.position), half_of(request)):
                return _lines(index, len(shelf.keys), query)
    except DeadlineExceeded:
        request.log.info("names not all in their index yet")
    except sqlite3.OperationalError as error:
        request.log.info("index of names not used: %s", type(error).__name__)
    except sqlite3.Error:
        remove(path)
    return None


def _state(shelf: Shelf) -> str:
    """Another one where a number may stand for another name: an export that can be read no more is shown on
    as it was, and then not, under the same key."""
    count = len(shelf.keys)
    return f"{VERSION} {shelf.head['key']} {count} {shelf.check(count):08x}"


def _rows(shelf: Shelf, after: int) -> Iterator[Row]:
    """Each line without its legal form, as organisations are told apart."""
    folded = io.BytesIO(shelf.block(len(shelf.keys)))
    for number, line in enumerate(islice(folded, after, None), after):
        if name := without_form(line.decode().removesuffix("\n")):
            yield Row(number + 1, number, (name,))


def _lines(index: NameIndex, count: int, query: Query) -> Lines:
    spelled = {name: bare for name in query.names if (bare := fold_organisation(name))}
    near = index.near(spelled, _MOST)
    wanted = (*map(name_in, query.ids), *spelled.values(), *(one.name for one in near))
    return Lines(_numbers(index.named(wanted), count), _numbers((one.key for one in near), count))


def _numbers(keys: Iterable[str | int], count: int) -> list[int]:
    """Without what only a damaged index can hold."""
    return [key for key in keys if isinstance(key, int) and 0 <= key < count]
