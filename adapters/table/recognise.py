"""What a file given by somebody could be set up as: which table it is, and which column is what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from adapters.table.guess import Guess, guess
from adapters.table.opening import LARGEST_TEXT, OpenFile, Rows, opened
from adapters.table.package import Sheet
from adapters.table.synonyms import LABELS, LOOKS_LIKE, SOURCES
from salesprep.adapter import BadData, ConfigInvalid, Kind, SourceError
from salesprep.adapter.proposal import Choice, Given, Proposal
from salesprep.adapter.words import _, _n, joined

_LOOKED_AT = 300
"""Rows that tell what a table is about."""
_MOST_SHEETS = 12
_SECONDS = 2.0
"""Counting rows may take this long."""
_OTHERS = (
    b"begin:v",
    b"{",
    b"[",
    b"sqlite format 3",
    b"---\n",
    b"#!",
    b"\x1f\x8b",
    b"\x7felf",
    b"%pdf",
    b"{\\rtf",
)
_TABLES = (".csv", ".tsv")
_WORKBOOK_PARTS = (b"[Content_Types].xml", b"xl/", b"_rels/.rels", b"docProps/")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BASES = ("legitimate interest", "contract", "consent", "legal obligation")
"""Of Art. 6 GDPR, those that a customer file can rest on."""
_DATES = ("D-M-Y", "M-D-Y", "Y-M-D")
_NAMED = (Kind.ACCOUNT, Kind.PERSON)
"""Kinds whose title is a name."""
_CURRENCIES = ("EUR", "GBP", "USD", "CHF", "SEK", "DKK", "NOK", "PLN")


@dataclass(frozen=True, slots=True)
class _Found:
    guess: Guess
    sheet: Sheet | None
    rows: int
    more: bool
    """Not all rows were counted."""


def recognise(given: Given) -> tuple[Proposal, ...]:
    """One proposal for the file: a source with a table for each kind that its sheets hold.

    Raises:
        BadData: a workbook that cannot be read, or a table that is too large to be.
    """
    path = given.path
    if path is None or not path.is_file() or not given.head:
        return ()
    head = given.head
    if head.startswith(_OLE):
        if path.suffix.lower() in (".xls", ".xlsx"):
            raise BadData(
                _("{name} is an old Excel file, or has a password", name=path.name), mend=_("save it as XLSX")
            )
        return ()
    is_zip = head.startswith(b"PK\x03\x04")
    if is_zip and not any(part in head[:4096] for part in _WORKBOOK_PARTS):
        return ()
    if not is_zip and head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_OTHERS):
        return ()
    try:
        found = _tables(path, given)
    except ConfigInvalid:
        return ()
    except SourceError:
        if is_zip or (path.suffix.lower() in _TABLES and path.stat().st_size > LARGEST_TEXT):
            raise
        return ()  # no text at all
    return (_proposal(path, found, given),) if found else ()


def _tables(path: Path, given: Given) -> list[_Found]:
    ends = min(given.deadline - 0.3, time.monotonic() + _SECONDS)
    with opened(path, lambda: None) as file:
        if not file.is_workbook:
            rows = file.text_rows(delimiter=None, encoding=None, refuse=_nobody)
            one = _looked_at(rows, None, ends)
            return [one] if one is not None else []
        return _best(_sheets(file, ends))


def _sheets(file: OpenFile, ends: float) -> Iterator[_Found]:
    for sheet in [sheet for sheet in file.sheets if sheet.visible][:_MOST_SHEETS]:
        one = _looked_at(file.sheet_rows(sheet, merged=False), sheet, ends)
        if one is not None:
            yield one


def _best(found: Iterator[_Found]) -> list[_Found]:
    """For each kind one sheet, the one with the most rows; what says nothing only if all do."""
    kinds: dict[Kind, _Found] = {}
    for one in found:
        other = kinds.get(one.guess.kind)
        if other is None or (one.guess.told, one.rows) > (other.guess.told, other.rows):
            kinds[one.guess.kind] = one
    told = [one for one in kinds.values() if one.guess.told]
    return told or list(kinds.values())[:1]


def _looked_at(rows: Rows, sheet: Sheet | None, ends: float) -> _Found | None:
    every = rows.rows()
    first = list(islice(every, _LOOKED_AT))
    table = guess(first)
    if table is None:
        return None
    count = sum(1 for number, row in first if number > table.begins and any(map(str.strip, row)))
    more = False
    for n, (_number, row) in enumerate(every):
        count += any(map(str.strip, row))
        if n % 500 == 0 and time.monotonic() > ends:
            more = True
            break
    return _Found(table, sheet, count, more)


def _proposal(path: Path, found: list[_Found], given: Given) -> Proposal:
    tables: dict[str, Any] = {}
    choices: list[Choice] = []
    for one in found:
        tables[one.guess.kind.value] = _settings(path, one, given)
        choices.extend(_choices(one, several=len(found) > 1))
    name, title = SOURCES[found[0].guess.kind]
    kinds = {one.guess.kind for one in found}
    if Kind.ACCOUNT in kinds:
        name, title = SOURCES[Kind.ACCOUNT]
    told = all(one.guess.told for one in found)
    foreign = any(one.guess.foreign for one in found)
    return Proposal(
        name=name,
        title=title,
        what=_what(found),
        sure="likely" if told and not foreign else "possible",
        config={"tables": tables},
        question=_("which column is what?"),
        choices=tuple(choices),
        notice=_notice(found),
    )


def _settings(path: Path, one: _Found, given: Given) -> dict[str, Any]:
    table = one.guess
    made: dict[str, Any] = {"path": str(path), "columns": dict(table.columns)}
    if one.sheet is not None:
        made["sheet"] = one.sheet.name
    if table.dates is not None:
        made["dates"] = table.dates
    if table.decimal is not None:
        made["decimal"] = table.decimal
    if table.currency is not None:
        made["currency"] = table.currency
    if table.kind is Kind.PERSON:
        made["origin"] = f"{path.name}, added {given.now.date().isoformat()}"
        made["legal_basis"] = _BASES[0]
    return made


def _choices(one: _Found, *, several: bool) -> Iterator[Choice]:
    """What the user may change: the columns first, then what is in doubt."""
    table = one.guess
    key = f"tables.{table.kind}"

    def of(label: str) -> str:
        return _("{label} ({looks})", label=label, looks=LOOKS_LIKE[table.kind]) if several else label

    alone = not table.columns.keys() & {"first_name", "last_name"}
    for field, column in table.columns.items():
        if isinstance(column, str):
            label = _("title") if field == "title" and table.kind not in _NAMED else LABELS[field]
            yield Choice(
                key=f"{key}.columns.{field}",
                label=of(label),
                value=column,
                options=table.labels,
                needed=(field == "title" and alone) or field == "start",
            )
    if table.kind is Kind.PERSON:
        yield Choice(
            key=f"{key}.legal_basis",
            label=of(_("kept on the basis of")),
            value=_BASES[0],
            options=_BASES,
            needed=True,
        )
    if table.dates_in_doubt:
        yield Choice(key=f"{key}.dates", label=of(_("03/04/2026 is")), value=table.dates, options=_DATES)
    if table.decimals_in_doubt:
        label = of(_("decimal sign"))
        yield Choice(key=f"{key}.decimal", label=label, value=table.decimal, options=(",", "."))
    if "amount" in table.columns and "currency" not in table.columns and table.currency is None:
        yield Choice(key=f"{key}.currency", label=of(LABELS["currency"]), value=None, options=_CURRENCIES)


def _what(found: list[_Found]) -> str:
    if len(found) > 1:
        parts = [
            _("{rows} of {looks}", rows=_counted(one), looks=LOOKS_LIKE[one.guess.kind]) for one in found
        ]
        return _("{n} tables: {parts}", n=len(found), parts=joined(parts, ", "))
    rows, table = _counted(found[0]), found[0].guess
    if not table.told:
        return _("a table: {rows}", rows=rows)
    return _("a table: {rows}, looks like {looks}", rows=rows, looks=LOOKS_LIKE[table.kind])


def _counted(one: _Found) -> str:
    return _("more than {n} rows", n=one.rows) if one.more else _n("{n} row", "{n} rows").of(one.rows)


def _notice(found: list[_Found]) -> str | None:
    doubts = [one for one in found if one.guess.dates_in_doubt]
    return _("days and months cannot be told apart in its dates") if doubts else None


def _nobody(_number: int, _why: str) -> None:
    """Rows that cannot be read are told of when the table is used."""
