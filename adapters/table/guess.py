"""What a table is about, told by its headers and by what stands in its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from adapters.table import numbers, values
from adapters.table.cells import text
from adapters.table.dates import DateOrder, is_date_like, moment
from adapters.table.fields import BELONGS, Reader, readers
from adapters.table.header import Numbered, key_of, labels_of, likely_header
from adapters.table.numbers import DecimalSign
from adapters.table.synonyms import CONCEPTS, FIELDS, SHARED
from adapters.table.values import Unreadable
from salesprep.adapter import Kind
from salesprep.adapter.names import legal_form

_SHARE = 0.6
"""Of the filled cells of a column must be of one sort to be taken for it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One table: what it seems to be, and what to write into the settings."""

    kind: Kind
    begins: int
    """Number of the header's row."""
    labels: tuple[str, ...]
    """The headers, no two alike."""
    columns: Mapping[str, str | list[str]]
    """Field → header; of day and time of day both."""
    told: bool
    """The headers say what it is; else it is only a table."""
    dates: str | None
    dates_in_doubt: bool
    decimal: str | None
    decimals_in_doubt: bool
    currency: str | None
    foreign: bool = False
    """It may well be the export of some other program, which another adapter knows better."""


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
    concepts = _concepts(labels, body)
    names = _cells(body, concepts["name"]) if "name" in concepts else []
    kind = _kind(set(concepts), firms=sum(legal_form(name) is not None for name in names) > 0.1 * len(names))
    told = kind is not None
    columns = _columns(kind, concepts) if kind is not None else {}
    if kind is None:
        named = next((place for place in filled if _is_named(_cells(body, place))), None)
        if named is None or not _is_even(len(labels), body):
            return None
        kind, columns = Kind.ACCOUNT, {**_columns(Kind.ACCOUNT, concepts), "title": named}
    return _looked_through(kind, rows[place][0], labels, columns, concepts, body, told=told)


def _concepts(labels: Sequence[str], body: Sequence[Sequence[str]]) -> dict[str, int]:
    """What the columns mean → their places. The first of two with one meaning counts."""
    found: dict[str, int] = {}
    nameless: list[int] = []
    for place, label in enumerate(labels):
        concept = CONCEPTS.get(key_of(label)) or CONCEPTS.get(key_of(label.partition("(")[0]))
        if concept is None:
            nameless.append(place)
        else:
            found.setdefault(concept, place)
    for place in nameless:
        shape = _shape(_cells(body, place))
        if shape is not None:
            found.setdefault(shape, place)
    return found


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


def _kind(told: set[str], *, firms: bool) -> Kind | None:
    """The kind of record that columns of these meanings make; the most telling ones first.

    ``firms``: what stands under "name" has legal forms, as no person's name has.
    """
    whose = told & {"company", "customer_number", "emails", "person", "name"}
    words = told & {"subject", "body"}
    named = told & {"first_name", "last_name"}
    about_firm = told & {"website", "city", "address", "industry", "staff", "customer_number", "country"}
    if whose and not named:
        if "ticket" in told or ("priority" in told and words):
            return Kind.TICKET
        for concept, kind in (("invoice", Kind.INVOICE), ("order", Kind.ORDER), ("contract", Kind.CONTRACT)):
            if concept in told and told & {"date", "amount", "status", "start", "end", "created", "due"}:
                return kind
        selling = told & {"stage", "probability", "opportunity"} or {"amount", "closes"} <= told
        if selling and told & {"opportunity", "subject", "body", "number"}:
            return Kind.OPPORTUNITY
        if "task" in told or ("due" in told and "done" in told and words):
            return Kind.TASK
        if {"start", "end"} <= told and words:
            return Kind.MEETING
        if told & {"date", "created"} and (words or "type" in told) and len(about_firm) < 3:
            return Kind.ACTIVITY
    is_person = bool(named) or "person" in told or {"name", "company"} <= told
    is_firm = not named and "company" in told and len(about_firm) >= 2
    if is_person and not is_firm and told & {"company", "emails", "phones", "position"}:
        return Kind.PERSON
    if not about_firm and not firms and "company" not in told and {"name", "emails"} <= told:
        return Kind.PERSON
    if told & {"company", "name"} and len(told - {"name", "company", "date", "number"}) >= 1:
        return Kind.ACCOUNT
    return None


def _columns(kind: Kind, concepts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    taken: set[int] = set()
    for field, wanted in FIELDS[kind].items():
        for concept in wanted:
            place = concepts.get(concept)
            if place is not None and (place not in taken or field in SHARED):
                found[field] = place
                taken.add(place)
                break
    if kind is Kind.PERSON and "title" in found and found.keys() & {"first_name", "last_name"}:
        # "Name" beside "First name" is the family name.
        found.setdefault("last_name", found["title"])
        if found["last_name"] == found["title"]:
            del found["title"]
    return found


def _looked_through(
    kind: Kind,
    begins: int,
    labels: tuple[str, ...],
    columns: Mapping[str, int],
    concepts: Mapping[str, int],
    body: Sequence[Sequence[str]],
    *,
    told: bool,
) -> Guess:
    """Whether its dates and numbers leave doubts, and which currency it names."""
    known = readers(kind)
    order, sign = DateOrder(), DecimalSign()
    currency: str | None = None

    def read_as(*sorts: Reader) -> list[str]:
        return [cell for field, at in columns.items() if known[field] in sorts for cell in _cells(body, at)]

    dated, counted = read_as("moment", "day"), read_as("amount", "number", "whole")
    for cell in dated:
        order.note(cell)
    for cell in counted:
        sign.note(cell)
        currency = currency or _currency(cell)
    named: dict[str, str | list[str]] = {field: labels[place] for field, place in columns.items()}
    day_field = next((f for f in ("at", "start") if f in named and columns[f] == concepts.get("date")), None)
    if day_field is not None and "time" in concepts:
        named[day_field] = [labels[columns[day_field]], labels[concepts["time"]]]
    return Guess(
        kind=kind,
        begins=begins,
        labels=labels,
        columns=named,
        told=told and (kind is Kind.ACCOUNT or bool(named.keys() & set(BELONGS))),
        dates=order.order,
        dates_in_doubt=any(_in_doubt(cell, order.order) for cell in dated),
        decimal=sign.sign,
        decimals_in_doubt=any(_two_ways(cell, sign.sign) for cell in counted),
        currency=currency,
        foreign=any(key_of(label) == "connected on" for label in labels),
    )


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


def _is_named(cells: Sequence[str]) -> bool:
    """A column of mostly different words could be names."""
    words = [cell for cell in cells if any(letter.isalpha() for letter in cell) and not is_date_like(cell)]
    return len(words) >= _SHARE * len(cells) and len(set(words)) > 0.5 * len(words)


def _is_even(width: int, body: Sequence[Sequence[str]]) -> bool:
    """Some rows, nearly all as wide as the header: lines of prose with commas in them are not."""
    rows = [row for row in body if any(map(str.strip, row))]
    return len(rows) >= 2 and sum(len(row) == width for row in rows) >= 0.9 * len(rows)


def _cells(body: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in body if place < len(row) and row[place].strip()]
