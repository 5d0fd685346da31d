"""What a file given by somebody could be set up as: which tables it holds, and which column is what."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from adapters.table.guess import Guess, guess, is_headers_alone
from adapters.table.opening import LARGEST_TEXT, OpenFile, Rows, opened
from adapters.table.package import Sheet
from adapters.table.propose import Found, Left, alone, together
from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Kind, SourceError
from salesprep.adapter.proposal import Given, Proposal
from salesprep.adapter.words import _

_LOOKED_AT = 300
"""Rows that tell what a table is about."""
_MOST_SHEETS = 24
_SECONDS = 2.0
"""Counting rows may take this long."""
_SPARE = 0.3
"""Seconds before the deadline at which the looking ends."""
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


def recognise(given: Given) -> tuple[Proposal, ...]:
    """First a source with one table for each kind that is told, then each other sheet by itself.

    Raises:
        BadData: a workbook that cannot be read, a table that is too large to be, headers without rows.
        DeadlineExceeded: not even one of its tables was looked at in time.
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
        seen = _seen(path, given)
    except ConfigInvalid:
        return ()
    except DeadlineExceeded:
        raise
    except SourceError:
        if is_zip or (path.suffix.lower() in _TABLES and path.stat().st_size > LARGEST_TEXT):
            raise
        return ()  # no text at all
    if seen.found:
        return _proposals(path, seen, given)
    if seen.headers:
        what = _("{name} is empty: there are headers and no rows below them", name=path.name)
        raise BadData(what, mend=_("export it again, with its rows"))
    return ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is in a file."""

    found: Sequence[Found]
    left: Sequence[Left] = ()
    """Sheets with something in them that are no table, hidden, or more than are looked at."""
    headers: bool = False
    """There are headers without rows."""


def _seen(path: Path, given: Given) -> _Seen:
    def still() -> None:
        if given.left() < _SPARE:
            raise DeadlineExceeded(_("no answer in time"))

    ends = min(given.deadline - _SPARE, time.monotonic() + _SECONDS)
    with opened(path, still) as file:
        if file.is_workbook:
            return _in_workbook(file, ends)
        look = _Look(file.text_rows(delimiter=None, encoding=None, refuse=_nobody), ends)
        return _Seen([look.found(None)] if look.table is not None else [], headers=look.is_headers_alone)


def _in_workbook(file: OpenFile, ends: float) -> _Seen:
    """Every sheet, those that are to be seen first; for the last ones there may be no time."""
    found: list[Found] = []
    left: list[Left] = []
    headers = False
    sheets = sorted(file.sheets, key=lambda sheet: not sheet.visible)
    for sheet in sheets[:_MOST_SHEETS]:
        try:
            look = _Look(file.sheet_rows(sheet, merged=False), ends)
        except DeadlineExceeded:
            if not found:
                raise
            left.append(Left(sheet.name))
            continue
        headers = headers or look.is_headers_alone
        if look.table is not None and sheet.visible:
            found.append(look.found(sheet))
        elif look.rows and not look.is_headers_alone:
            left.append(Left(sheet.name, look.rows, more=look.more, hidden=not sheet.visible))
    left += [Left(sheet.name) for sheet in sheets[_MOST_SHEETS:]]
    return _Seen(found, left, headers)


class _Look:
    """One look through rows: what the first ones tell, and how many there are."""

    def __init__(self, rows: Rows, ends: float) -> None:
        every = rows.rows()
        first = list(islice(every, _LOOKED_AT))
        self.table: Guess | None = guess(first)
        self.is_headers_alone = is_headers_alone(first)
        begins = self.table.begins if self.table is not None else 0
        self.rows = sum(1 for number, row in first if number > begins and any(map(str.strip, row)))
        self.more = False
        """Not all rows were counted."""
        for n, (_number, row) in enumerate(every):
            self.rows += any(map(str.strip, row))
            if n % 500 == 0 and time.monotonic() > ends:
                self.more = True
                break

    def found(self, sheet: Sheet | None) -> Found:
        """The table that is there."""
        if self.table is None:
            raise LookupError(sheet)
        return Found(self.table, sheet.name if sheet is not None else None, self.rows, self.more)


def _proposals(path: Path, seen: _Seen, given: Given) -> tuple[Proposal, ...]:
    """Of the tables that are told the one with the most rows of each kind makes one source; a second of a
    kind, and what is not told, may be something else: each can be added by itself."""
    first = list(_first_of_each(seen.found))
    rest = [one for one in seen.found if one not in first]
    many = len(seen.found) > 1
    main = together(path, first, given, left=seen.left, by_sheet=many and len(first) == 1)
    return (main, *(alone(path, one, given) for one in rest))


def _first_of_each(found: Sequence[Found]) -> Iterator[Found]:
    kinds: dict[Kind, Found] = {}
    for one in found:
        kind = one.guess.best.kind
        if one.guess.told and (kind not in kinds or one.rows > kinds[kind].rows):
            kinds[kind] = one
    told = kinds.values()
    yield from (one for one in found if one in told) if told else [max(found, key=lambda one: one.rows)]


def _nobody(_number: int, _why: str) -> None:
    """Rows that cannot be read are told of when the table is used."""
