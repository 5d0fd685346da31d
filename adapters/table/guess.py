"""What a table is about, told by its headers and by what stands in its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import islice

from adapters.table import kinds, numbers, values
from adapters.table.cells import text
from adapters.table.dates import SERIAL, DateOrder, is_date_like, is_date_typed, is_serial, moment
from adapters.table.fields import BELONGS, INSTEAD_OF_TITLE, NEEDED, Reader, readers
from adapters.table.filling import FIELDS, SHARED
from adapters.table.header import Numbered, key_of, labels_of, likely_header
from adapters.table.kinds import Column
from adapters.table.meaning import Meaning, meaning_of, number_of
from adapters.table.numbers import DecimalSign
from adapters.table.values import Unreadable
from salesprep.adapter import Kind

_SHARE = 0.6
"""Of the filled cells of a column must be of one sort to be taken for it."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table read as records of one kind: what to write into the settings."""

    kind: Kind
    columns: Mapping[str, str | list[str]]
    """Field → header; of day and time of day both."""
    lacking: tuple[str, ...]
    """Fields without which no record can be made, and for which no column was found."""
    dates: str | None
    dates_in_doubt: bool
    decimal: str | None
    decimals_in_doubt: bool
    currency: str | None


@dataclass(frozen=True, slots=True)
class Guess:
    """One table: what it seems to be, and what else it may be."""

    begins: int
    """Number of the header's row."""
    labels: tuple[str, ...]
    """The headers, no two alike."""
    readings: tuple[Mapped, ...]
    """As each of the kinds that it may be, the likeliest first; as the one kind alone, if that is told."""
    foreign: bool = False
    """It may well be the export of some other program, which another adapter knows better."""

    @property
    def best(self) -> Mapped:
        """The likeliest reading."""
        return self.readings[0]

    @property
    def told(self) -> bool:
        """The table itself says what it is."""
        return len(self.readings) == 1


def guess(rows: Sequence[Numbered]) -> Guess | None:
    """What the table is whose first rows these are; ``None``: it is none.

    A table has a header, at least two columns, and a row.
    """
    place = likely_header(rows)
    if place is None or place + 1 >= len(rows):
        return None
    labels = labels_of(rows[place][1])
    body = [row for _, row in rows[place + 1 :]]
    filled = [place for place in range(len(labels)) if any(_cells(body, place))]
    if len([label for label in labels if not label.startswith("column ")]) < 2 or len(filled) < 2:
        return None
    columns = _meant(labels, body)
    order = kinds.ranked(columns)
    table = _Table(labels, body, {column.concept: column.place for column in columns})
    if kinds.told(order):
        readings = [table.read_as(order[0][0])]
    elif sum(meaning_of(label) is not None for label in labels) >= 2 or _is_even(labels, body):
        readings = [table.read_as(kind, by_content=True) for kind, _points in order]
    else:
        return None
    foreign = any(key_of(label) == "connected on" for label in labels)
    return Guess(rows[place][0], labels, tuple(readings), foreign)


def is_headers_alone(rows: Sequence[Numbered]) -> bool:
    """Whether there are headers that are known, and nothing below them."""
    place = likely_header(rows)
    if place is None or place + 1 < len(rows):
        return False
    return sum(meaning_of(label) is not None for label in rows[place][1] if label.strip()) >= 2


def _meant(labels: Sequence[str], body: Sequence[Sequence[str]]) -> list[Column]:
    """The columns that mean something, of two with one meaning the first."""
    found: dict[str, Column] = {}
    nameless: list[int] = []
    for place, label in enumerate(labels):
        meaning = meaning_of(label)
        cells = _cells(body, place)
        if meaning is None:
            nameless.append(place)
        else:
            concept = _by_content(meaning, cells)
            found.setdefault(concept, Column(place, concept, meaning.thing, cells))
    for place in nameless:
        cells = _cells(body, place)
        shape = _shape(cells)
        if shape is None and place == 0 and kinds.are_codes(cells) and kinds.are_unique(cells):
            shape = "number"
        if shape is not None:
            found.setdefault(shape, Column(place, shape, None, cells))
    return sorted(found.values(), key=lambda column: column.place)


def _by_content(meaning: Meaning, cells: Sequence[str]) -> str:
    """``Debiteur`` above numbers is the customer's number, ``Ticket`` that of the ticket."""
    if meaning.concept == meaning.thing and kinds.are_codes(cells):
        return number_of(meaning.concept)
    return meaning.concept


def _shape(cells: Sequence[str]) -> str | None:
    """What a column holds whose header says nothing."""
    if not cells:
        return None

    def share(is_one: Sequence[bool]) -> bool:
        return sum(is_one) >= _SHARE * len(cells)

    if share([bool(values.emails(cell)) for cell in cells]):
        return "emails"
    if share([(text(cell) or "").lower().startswith(("http://", "https://", "www.")) for cell in cells]):
        return "website"
    if share([is_date_like(cell) for cell in cells]):
        return "date"
    if share([_currency(cell) is not None for cell in cells]):
        return "amount"
    return None


@dataclass(frozen=True, slots=True)
class _Table:
    labels: tuple[str, ...]
    body: Sequence[Sequence[str]]
    places: Mapping[str, int]
    """What columns are about → their places."""

    def read_as(self, kind: Kind, *, by_content: bool = False) -> Mapped:
        """The columns that fill the fields of ``kind``, whether they leave doubts, and what is lacking.

        ``by_content``: where no header says "title", the first column with different words in it.
        """
        columns = self._columns(kind)
        if by_content and "title" in _lacking(kind, columns):
            names = (
                at for at in range(len(self.labels)) if at not in columns.values() and self._is_named(at)
            )
            columns.update(("title", at) for at in islice(names, 1))
        known = readers(kind)
        order, sign = DateOrder(), DecimalSign()
        currency: str | None = None

        def cells_of(*sorts: Reader) -> list[str]:
            places = [at for field, at in columns.items() if known[field] in sorts]
            return [cell for at in places for cell in _cells(self.body, at)]

        dated, counted = cells_of("moment", "day"), cells_of("amount", "number", "whole")
        for cell in dated:
            order.note(cell)
        for cell in counted:
            sign.note(cell)
            currency = currency or _currency(cell)
        # A day is typed in a workbook, and a number where somebody changed the form of the cell.
        serial = any(map(is_serial, dated)) and all(is_serial(cell) or is_date_typed(cell) for cell in dated)
        return Mapped(
            kind=kind,
            columns=self._named(columns),
            lacking=_lacking(kind, columns),
            dates=SERIAL if serial else order.order,
            dates_in_doubt=serial or any(_in_doubt(cell, order.order) for cell in dated),
            decimal=sign.sign,
            decimals_in_doubt=any(_two_ways(cell, sign.sign) for cell in counted),
            currency=currency,
        )

    def _columns(self, kind: Kind) -> dict[str, int]:
        """Field → place of its column."""
        found: dict[str, int] = {}
        taken: set[int] = set()
        for field, wanted in FIELDS[kind].items():
            for concept in wanted:
                place = self.places.get(concept)
                if place is None or (place in taken and field not in SHARED):
                    continue
                if field == "id" and not self._may_be_id(kind, concept, place):
                    continue
                found[field] = place
                taken.add(place)
                break
        if kind is Kind.PERSON and "title" in found and found.keys() & {"first_name", "last_name"}:
            # "Name" beside "First name" is the family name.
            found.setdefault("last_name", found["title"])
            if found["last_name"] == found["title"]:
                del found["title"]
        return found

    def _is_named(self, place: int) -> bool:
        """Whether it is a column of mostly different words: it could be names."""
        cells = _cells(self.body, place)
        words = [cell for cell in cells if any(map(str.isalpha, cell)) and not is_date_like(cell)]
        return len(words) >= _SHARE * len(cells) and len(set(words)) > 0.5 * len(words)

    def _may_be_id(self, kind: Kind, concept: str, place: int) -> bool:
        """An account that comes again is the same one; of anything else each row is one, and rows of one
        id would hide each other."""
        if kind is Kind.ACCOUNT and concept == "customer_number":
            return True
        return kinds.are_unique(_cells(self.body, place))

    def _named(self, columns: Mapping[str, int]) -> dict[str, str | list[str]]:
        """Headers in place of places; a day together with its time of day."""
        named: dict[str, str | list[str]] = {field: self.labels[at] for field, at in columns.items()}
        days = (field for field in ("at", "start") if columns.get(field, -1) == self.places.get("date"))
        day = next(days, None)
        if day is not None and "time" in self.places:
            named[day] = [self.labels[columns[day]], self.labels[self.places["time"]]]
        return named


def _lacking(kind: Kind, columns: Mapping[str, int]) -> tuple[str, ...]:
    lacking = [field for field in NEEDED.get(kind, ()) if field not in columns]
    if not columns.keys() & {"title", *INSTEAD_OF_TITLE.get(kind, ())}:
        lacking.insert(0, "title")
    if kind is not Kind.ACCOUNT and not columns.keys() & set(BELONGS):
        lacking.append("organisation")
    return tuple(lacking)


def _in_doubt(cell: str, order: str | None) -> bool:
    try:
        moment(cell, order, UTC)
    except Unreadable as error:
        return "two ways" in str(error)
    return False


def _two_ways(cell: str, sign: str | None) -> bool:
    try:
        numbers.amount(cell, sign)
    except Unreadable as error:
        return "two ways" in str(error)
    return False


def _currency(cell: str) -> str | None:
    try:
        found = numbers.amount(cell, ",")
    except Unreadable:
        return None
    return found[1] if found is not None else None


def _is_even(labels: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Some rows, nearly all as wide as the header: lines of prose with commas in them are not."""
    width = len(labels)
    rows = [row for row in body if any(map(str.strip, row))]
    return len(rows) >= 2 and sum(len(row) == width for row in rows) >= 0.9 * len(rows)


def _cells(body: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in body if place < len(row) and row[place].strip()]
