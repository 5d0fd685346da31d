"""One query run for one page: its rows as they are, and how many there are in all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.sql.columns import check_columns
from adapters.sql.query import Select
from adapters.sql.troubles import told, told_of_query
from adapters.sql.values import Cell

Bound = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows are wanted."""

    start: int
    size: int
    total: int | None = None
    """As an earlier page counted it."""
    count: bool = False
    """Whether to count, if it is not known."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What came."""

    names: tuple[str, ...]
    """Of the columns."""
    cells: Sequence[Sequence[Cell]]
    more: bool
    total: int | None


def ask(
    connection: sqlite3.Connection,
    select: Select,
    given: Bound,
    part: Part,
    currency: str | None,
    *,
    by_id_alone: bool = False,
) -> Rows:
    """The rows of ``part``; ``by_id_alone``: of those with an asked id.

    Raises:
        ConfigInvalid, BadData: the query is wrong, or cannot cope with what is in the database.
        sqlite3.Error: trouble with the file.
    """
    # One row too many tells whether there is another page.
    values = {**given, "page_start": part.start, "page_size": part.size + 1}
    statement = select.of_ids if by_id_alone else select.page
    _run(connection, select, f"EXPLAIN {statement}", values, prepared=False)
    names, cells = _run(connection, select, statement, values, prepared=True)
    check_columns(select.kind, names, currency)
    more = len(cells) > part.size
    return Rows(names, cells[: part.size], more, _total(connection, select, given, part, len(cells)))


def _total(connection: sqlite3.Connection, select: Select, given: Bound, part: Part, came: int) -> int | None:
    if part.total is not None:
        return part.total
    if came <= part.size:
        return part.start + came
    if not part.count:
        return None
    try:
        _, rows = _run(connection, select, select.count, given, prepared=True)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        # The rows are in; a page without its total is better than none.
        return None
    return int(rows[0][0] or 0)


def _run(
    connection: sqlite3.Connection, select: Select, sql: str, given: Bound, *, prepared: bool
) -> tuple[tuple[str, ...], list[Sequence[Cell]]]:
    try:
        cursor = connection.execute(sql, given)
        return tuple(column[0] for column in cursor.description), cursor.fetchall()
    except sqlite3.Error as error:
        if told(error, "") is not None:
            raise
        raise told_of_query(error, select.kind, prepared=prepared) from None
