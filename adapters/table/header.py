"""Where a table's header is, and which of its columns hold the fields that the settings map."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from adapters.table.cells import is_typed, text
from adapters.table.config import Column, TableConfig, listed
from adapters.table.dates import is_date_like
from salesprep.adapter import ConfigInvalid, Kind
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

LOOKED_AT = 50
"""Rows in which a header is looked for; what stands above it is left out."""
_LONGEST_LABEL = 80
_VALUE = re.compile(r"[\d\s.,:/()%€$£+-]+\Z|\S+@\S+\Z|https?://|www\.", re.IGNORECASE)

Numbered = tuple[int, list[str]]
"""A row of a file: its number (from 1) and its cells."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns are kept of each row, and what they are."""

    begins: int
    """Number of the header's row; rows up to it hold no records."""
    width: int
    """Columns that the header has; a row with more has come apart."""
    columns: tuple[int, ...]
    """Places (from 0) of the columns kept, in the order in which a stored row holds them."""
    labels: tuple[str, ...]
    """Their headers."""
    slots: Mapping[str, tuple[int, ...]]
    """Field → places in a stored row."""
    shown: tuple[int, ...]
    """Places in a stored row of what is shown as it is."""


def labels_of(row: Sequence[str]) -> tuple[str, ...]:
    """A name for each column, no two alike: ``E-mail``, ``E-mail (2)``; ``column 3`` where it has none."""
    found: list[str] = []
    taken: dict[str, int] = {}
    for place, cell in enumerate(row, start=1):
        label = " ".join((text(cell) or "").split())[:_LONGEST_LABEL] or f"column {place}"
        key = key_of(label)
        taken[key] = taken.get(key, 0) + 1
        found.append(label if taken[key] == 1 else f"{label} ({taken[key]})")
    return tuple(found)


def key_of(label: str) -> str:
    """What two spellings of one header have in common."""
    return fold(label) or label.strip().casefold()


def likely_header(rows: Sequence[Numbered]) -> int | None:
    """Place among ``rows`` of the one that looks like a header; ``None``: none does.

    It holds nothing but different words, and is about as wide as the rows below it.
    """
    for place, (_number, row) in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        below = [sum(1 for cell in other if cell.strip()) for _, other in rows[place + 1 : place + 11]]
        if not filled or (len(filled) < 2 and max(below, default=0) > 1):
            continue
        keys = {key_of(cell) for cell in filled}
        if len(keys) < 0.5 * len(filled) or not all(map(_is_label, filled)):
            continue
        if not below or len(filled) >= 0.6 * max(below):
            return place
    return None


def lay_out(kind: Kind, table: TableConfig, rows: Sequence[Numbered], shown_name: str) -> Layout:
    """Find the header among the first ``rows``, and the mapped columns in it.

    ``shown_name`` is the file in messages.

    Raises:
        ConfigInvalid: a column is not there; names the nearest and those that are.
    """
    place = _place_of_header(kind, table, rows, shown_name)
    header = rows[place][1] if place is not None else []
    labels = labels_of(header)
    width = len(header) or max((len(row) for _, row in rows), default=0)
    finder = _Finder(kind, shown_name, labels, width)
    kept: dict[int, None] = {}
    fields: dict[str, list[int]] = {}
    for field, columns in table.columns.items():
        fields[field] = [finder.find(f"columns.{field}", column) for column in listed(columns)]
        kept.update(dict.fromkeys(fields[field]))
    shown = [finder.find("show", column) for column in table.show]
    kept.update(dict.fromkeys(shown))
    places = {column: n for n, column in enumerate(kept)}
    return Layout(
        begins=rows[place][0] if place is not None else 0,
        width=width if place is not None else 0,
        columns=tuple(kept),
        labels=tuple(labels[column] if column < len(labels) else f"column {column + 1}" for column in kept),
        slots=MappingProxyType({f: tuple(places[c] for c in columns) for f, columns in fields.items()}),
        shown=tuple(places[column] for column in shown),
    )


def _place_of_header(kind: Kind, table: TableConfig, rows: Sequence[Numbered], shown_name: str) -> int | None:
    if table.header_row == 0:
        return None
    if table.header_row is not None:
        for place, (number, _row) in enumerate(rows):
            if number == table.header_row:
                return place
        what = _(
            '{name} has nothing in row {row}, where "header_row" says the headers are',
            name=shown_name,
            row=str(table.header_row),
        )
        raise ConfigInvalid(what, mend=_("correct it, or leave it out"), field=f"tables.{kind}.header_row")
    named = {key_of(column) for column in _columns_of(table) if isinstance(column, str)}
    if not named:
        return likely_header(rows)
    best, most = None, 0
    for place, (_number, row) in enumerate(rows):
        found = len(named.intersection(map(key_of, labels_of(row))))
        if found > most:
            best, most = place, found
    return best if best is not None else likely_header(rows)


def _columns_of(table: TableConfig) -> list[Column]:
    return [*(column for columns in table.columns.values() for column in listed(columns)), *table.show]


class _Finder:
    def __init__(self, kind: Kind, shown_name: str, labels: Sequence[str], width: int) -> None:
        self._kind, self._shown_name, self._width = kind, shown_name, width
        self._labels = labels
        self._places = {key_of(label): place for place, label in reversed(list(enumerate(labels)))}

    def find(self, key: str, column: Column) -> int:
        """The place of a column (from 0)."""
        field = f"tables.{self._kind}.{key}"
        if isinstance(column, int):
            if column > self._width:
                what = _(
                    '{name} has {width} columns, not the {column} that "{field}" says',
                    name=self._shown_name,
                    width=self._width,
                    column=column,
                    field=field,
                )
                raise ConfigInvalid(what, mend=_("count the columns from 1"), field=field)
            return column - 1
        place = self._places.get(key_of(column))
        if place is None:
            raise ConfigInvalid(
                _(
                    '{name} has no column "{column}", which key "{field}" names',
                    name=self._shown_name,
                    column=column,
                    field=field,
                ),
                mend=self._mend(column),
                field=field,
            )
        return place

    def _mend(self, column: str) -> str:
        if not self._labels:
            return _("it seems to have no headers: name the column by its number")
        near = difflib.get_close_matches(key_of(column), self._places, n=1, cutoff=0.5)
        listed_ = ", ".join(f'"{label}"' for label in self._labels[:15])
        there = _("there are {names}", names=listed_)
        if (more := len(self._labels) - 15) > 0:
            there = _("there are {names} and {n} more", names=listed_, n=more)
        if not near:
            return there
        return _('write "{label}"; {there}', label=self._labels[self._places[near[0]]], there=there)


def _is_label(cell: str) -> bool:
    if is_typed(cell) or len(cell) > _LONGEST_LABEL:
        return False
    return _VALUE.match(cell.strip()) is None and not is_date_like(cell)
