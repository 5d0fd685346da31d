"""Reading a table into its index: once through, row by row, in batches that are kept if time runs out."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from adapters.table import values
from adapters.table.cells import BETWEEN, joined, text
from adapters.table.config import TableConfig
from adapters.table.dates import DateOrder
from adapters.table.delimited import TOO_LONG, UNCLOSED
from adapters.table.fields import (
    ADDRESSES,
    INSTEAD_OF_TITLE,
    NEEDED,
    NEWEST_BY,
    Reader,
    readers,
    telling,
)
from adapters.table.header import LOOKED_AT, Layout, lay_out
from adapters.table.index import VERSION, Index
from adapters.table.numbers import DecimalSign
from adapters.table.opening import OpenFile, Rows
from adapters.table.package import Sheet
from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Kind, Request, Unavailable
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

_BATCH = 4_000
"""Rows kept at a time."""
_SPARE = 0.3
"""Seconds before the deadline at which the reading stops: time to keep the last batch."""
_BLANK = BETWEEN + " \t\r\n\xa0"

_NO_NAME, _NO_START, _TOO_WIDE = "no_name", "no_start", "too_wide"
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        _NO_NAME: _("no name"),
        _NO_START: _("no start"),
        _TOO_WIDE: _("more cells than the header"),
        UNCLOSED: _("a quotation mark that is not closed"),
        TOO_LONG: _("too long to be read"),
    }
)
"""Why rows are left out, as it is kept and in words."""


def index_name(kind: Kind, table: TableConfig, state: str) -> str:
    """The name of the index of a table in this state, read with these settings."""
    read_with = [table.sheet, table.header_row, table.delimiter, table.encoding, table.columns, table.show]
    whole = json.dumps([VERSION, state, str(table.path), read_with])
    return f"{kind}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


def alive(request: Request) -> Callable[[], None]:
    """What ends long work in time: raises ``DeadlineExceeded``."""
    ends = request.deadline - _SPARE

    def check() -> None:
        if time.monotonic() > ends:
            raise DeadlineExceeded(_("no answer in time"))

    return check


def complete(index: Index, kind: Kind, table: TableConfig, file: OpenFile, still: Callable[[], None]) -> None:
    """Read the table to its end. What was read until ``still`` raises is kept where something may be.

    Raises:
        ConfigInvalid: a column, a sheet or the header is not there.
        BadData: the file cannot be read.
        Unavailable: the file changed meanwhile.
    """
    state = file.state
    still()
    if index.progress.position >= 0:
        _read(index, kind, table, file, still)
    if file.state != state:
        raise Unavailable(
            _("{name} changes while it is read", name=table.path.name), mend=_("ask again when it is written")
        )
    index.finish()


def _read(index: Index, kind: Kind, table: TableConfig, file: OpenFile, still: Callable[[], None]) -> None:
    progress = index.progress
    if not progress.columns:
        sheet, layout = _laid_out(kind, table, file)
        progress.sheet = sheet.name if sheet is not None else None
        progress.begins, progress.width = layout.begins, layout.width
        progress.columns, progress.labels = list(layout.columns), list(layout.labels)
        progress.slots = {name: list(slots) for name, slots in layout.slots.items()}
        progress.shown = list(layout.shown)
        progress.changed_at = file.changed_at
    sheet = next((one for one in file.sheets if one.name == progress.sheet), None)
    rows = _rows(table, file, sheet, progress.refuse, merged=True)
    rows.only = frozenset(progress.columns) if sheet is not None else None
    batch = _Batch(index, kind, rows)
    seen = 0
    try:
        for number, row in rows.rows(progress.position):
            batch.take(number, row)
            seen += 1
            if seen % _BATCH == 0:
                batch.keep()
                still()
    except DeadlineExceeded:
        batch.keep()
        raise
    batch.keep(end=True)


def _rows(
    table: TableConfig,
    file: OpenFile,
    sheet: Sheet | None,
    refuse: Callable[[int, str], None],
    *,
    merged: bool,
) -> Rows:
    if sheet is not None:
        return file.sheet_rows(sheet, merged=merged)
    return file.text_rows(delimiter=table.delimiter, encoding=table.encoding, refuse=refuse)


def _laid_out(kind: Kind, table: TableConfig, file: OpenFile) -> tuple[Sheet | None, Layout]:
    """Where the columns are: in the sheet that is named, else in the first visible one that has them."""
    many = max(LOOKED_AT, table.header_row or 0)

    def look(sheet: Sheet | None) -> Layout:
        rows = _rows(table, file, sheet, _nobody, merged=False)
        name = (
            table.path.name
            if sheet is None
            else _("{name}, sheet {sheet}", name=table.path.name, sheet=sheet.name)
        )
        return lay_out(kind, table, list(islice(rows.rows(), many)), name)

    if not file.is_workbook:
        return None, look(None)
    first: ConfigInvalid | None = None
    for sheet in _sheets(kind, table, file):
        try:
            return sheet, look(sheet)
        except ConfigInvalid as error:
            first = first or error
    raise first or BadData(_("no visible sheet in it"), mend=_("name the sheet in the settings"))


def _sheets(kind: Kind, table: TableConfig, file: OpenFile) -> list[Sheet]:
    if table.sheet is None:
        return [sheet for sheet in file.sheets if sheet.visible]
    wanted = fold(table.sheet) or table.sheet
    found = [sheet for sheet in file.sheets if (fold(sheet.name) or sheet.name) == wanted]
    if not found:
        there = ", ".join(f'"{sheet.name}"' for sheet in file.sheets if sheet.visible)
        raise ConfigInvalid(
            _('{name} has no sheet "{sheet}"', name=table.path.name, sheet=table.sheet),
            mend=_("there are {there}", there=there) if there else _("it has no visible sheets"),
            field=f"tables.{kind}.sheet",
        )
    return found[:1]


def _nobody(_number: int, _why: str) -> None:
    """Nobody is told of rows that are only looked at for the header."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Places in a stored row of what rows are found by."""

    name: tuple[int, ...]
    aliases: tuple[int, ...]
    own: tuple[int, ...]
    account: tuple[int, ...]
    newest: tuple[int, ...]
    needed: tuple[int, ...]
    addresses: tuple[int, ...]
    dates: tuple[int, ...]
    numbers: tuple[int, ...]


Kept = tuple[str, ...]
"""The cells of a row that are stored."""


class _Batch:
    """Rows on their way into the index. What each of them costs here is what the first look costs, so
    that they are worked through column by column."""

    def __init__(self, index: Index, kind: Kind, source: Rows) -> None:
        self._taken: list[tuple[int, Kept, str]] = []
        self._index, self._kind, self._source = index, kind, source
        progress = index.progress
        self._progress = progress
        self._dates, self._decimals = DateOrder(progress.dates), DecimalSign(progress.decimals)
        columns = progress.columns
        self._needs = max(columns) + 1
        self._pick: Callable[[list[str]], Any] = itemgetter(*columns)
        self._single = len(columns) == 1
        self._header = tuple(progress.labels)
        self._plan = _plan(kind, progress.slots)
        self._needed = self._plan.needed
        self._begins, self._width = progress.begins, progress.width

    def take(self, number: int, row: list[str]) -> None:
        """Look at one row; blank ones and repeated headers are passed over."""
        if number <= self._begins:
            return
        width = len(row)
        if self._width and width > self._width and any(map(str.strip, row[self._width :])):
            self._progress.refuse(number, _TOO_WIDE)
            return
        if width < self._needs:
            row.extend([""] * (self._needs - width))
        kept: Kept = (self._pick(row),) if self._single else self._pick(row)
        cells = BETWEEN.join(kept)
        if kept == self._header or not cells.strip(_BLANK):
            return
        for slot in self._needed:
            if kept[slot].strip():
                break
        else:
            if self._needed:
                self._progress.refuse(number, _NO_START if self._kind is Kind.MEETING else _NO_NAME)
                return
        self._taken.append((number, kept, cells))

    def keep(self, *, end: bool = False) -> None:
        """Put into the index what has come together."""
        progress, plan = self._progress, self._plan
        kept = [row for _, row, _ in self._taken]
        for slot in plan.dates:
            for cell in {row[slot] for row in kept}:
                self._dates.note(cell)
        for slot in plan.numbers:
            for cell in {row[slot] for row in kept}:
                self._decimals.note(cell)
        first = progress.rows + 1
        rows = [(n, number, cells) for n, (number, _, cells) in enumerate(self._taken, first)]
        found_by = zip(
            range(first, first + len(rows)),
            self._ids(kept),
            _texts(kept, plan.account),
            self._names(kept),
            _addresses(kept, plan.addresses),
            _cells(kept, plan.newest),
            strict=True,
        )
        progress.rows += len(rows)
        # Never back: a reader that was stopped on its way there has not got that far.
        progress.position = -1 if end else max(progress.position, self._source.position)
        progress.dates, progress.decimals = self._dates.marks, self._decimals.marks
        self._index.add(rows, list(found_by))
        self._taken = []

    def _ids(self, kept: Sequence[Kept]) -> Sequence[str | None]:
        if self._kind is not Kind.ACCOUNT:
            return [None] * len(kept)  # nobody asks for another row by it
        slots = self._progress.slots
        given = _texts(kept, self._plan.own)
        return [own or content_id(row, slots, self._kind) for own, row in zip(given, kept, strict=True)]

    def _names(self, kept: Sequence[Kept]) -> Sequence[str | None]:
        if not self._plan.name:
            return [None] * len(kept)
        cells = _cells(kept, self._plan.name)
        # Each once; and without the cache of ``fold``, which is made for few names and not for a table.
        folded = {cell: f" {fold.__wrapped__(text(cell or '') or '')} " for cell in set(cells)}
        names = [folded[cell] for cell in cells]
        for slot in self._plan.aliases:
            for n, row in enumerate(kept):
                for alias in values.several(row[slot]) if row[slot] else ():
                    names[n] += f"\n {fold.__wrapped__(alias)} "
        return names


def _cells(kept: Sequence[Kept], slots: Sequence[int]) -> Sequence[str | None]:
    if not slots:
        return [None] * len(kept)
    if len(slots) == 1:
        slot = slots[0]
        return [row[slot] for row in kept]
    return [joined([row[slot] for slot in slots]) for row in kept]


def _texts(kept: Sequence[Kept], slots: Sequence[int]) -> Sequence[str | None]:
    return [text(cell) if cell else None for cell in _cells(kept, slots)]


def _addresses(kept: Sequence[Kept], slots: Sequence[int]) -> Sequence[str | None]:
    if not slots:
        return [None] * len(kept)
    return ["\n".join([row[slot] for slot in slots]).casefold() for row in kept]


def content_id(kept: tuple[str, ...] | list[str], slots: dict[str, list[int]], kind: Kind) -> str:
    """What a row without an id of its own is known by: a digest of what tells it from others."""
    fields = telling(kind)
    if fields is not None:
        kept = [kept[slot] for field in fields for slot in slots.get(field, ())]
    return blake2b(BETWEEN.join(cell.strip() for cell in kept).encode(), digest_size=8).hexdigest()


def _plan(kind: Kind, slots: dict[str, list[int]]) -> _Plan:
    def of(*fields: str) -> tuple[int, ...]:
        return tuple(slot for field in fields for slot in slots.get(field, ()))

    known = readers(kind)

    def read_as(*sorts: Reader) -> tuple[int, ...]:
        return of(*(field for field in slots if known[field] in sorts))

    named = kind in (Kind.ACCOUNT, Kind.PERSON)
    needed = of("title", *INSTEAD_OF_TITLE.get(kind, ())) if named else of(*NEEDED.get(kind, ()))
    newest = next((field for field in NEWEST_BY if field in slots), None)
    return _Plan(
        name=of("title" if kind is Kind.ACCOUNT else "organisation"),
        aliases=of("aliases"),
        own=of("id"),
        account=of("account_id"),
        newest=of(newest) if newest is not None else (),
        needed=needed,
        addresses=of(*ADDRESSES, "domains", *(("website",) if kind is Kind.ACCOUNT else ())),
        dates=read_as("moment", "day"),
        numbers=read_as("amount", "number", "whole"),
    )
