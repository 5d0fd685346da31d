"""The rows of one sheet of a workbook, in pieces, so that its size does not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from string import ascii_uppercase
from xml.parsers import expat

from adapters.table.cells import DAY, FLAG, MOMENT, NO_RESULT, NUMBER, written
from adapters.table.markup import local, parsing, unescaped
from adapters.table.package import Package, Sheet
from adapters.table.serials import serial
from adapters.table.texts import LONGEST_TEXT
from salesprep.adapter import BadData
from salesprep.adapter.words import _

_MOST_COLUMNS = 16_384
_MOST_MERGES = 20_000
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
_OVERLAP = 200
_DIGITS = "0123456789"


class SheetRows:
    """Row number (from 1) and cells, of rows with something in them."""

    def __init__(self, package: Package, sheet: Sheet, *, merged: bool = True) -> None:
        self._package, self._sheet = package, sheet
        self._texts = package.texts
        self._formats = package.formats
        self._columns: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._merged = self._merges() if merged else []
        self._open: dict[int, tuple[str, int]] = {}
        self._ready: list[tuple[int, list[str], int]] = []
        self._parser = expat.ParserCreate()
        self.position = 0
        """Byte of the sheet where the row told last ends: what :meth:`rows` can go on from."""
        self.only: frozenset[int] | None = None
        """Places (from 0) of the columns to be read; ``None``: all. May be set on the way."""
        self._row: list[str] = []
        self._number = 0
        self._at = -1
        self._sort = self._style = ""
        self._wanted = self._formula = self._valued = self._taking = self._spoken = False
        self._text: list[str] = []
        self._size = 0

    def rows(self, begin: int = 0) -> Iterator[tuple[int, list[str]]]:
        """All rows, once through, or those behind an earlier :attr:`position`.

        Raises:
            BadData: the sheet is damaged.
        """
        pieces = self._package.pieces(self._sheet.member)
        self.position = begin
        handlers = (self._start, self._end, self._characters)
        for _piece in parsing(self._parser, pieces, *handlers, begin=begin):
            ready, self._ready = self._ready, []
            for number, row, self.position in ready:
                yield number, row

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = self._local(tag)
        if name == "c":
            self._begin_cell(given)
        elif name == "v":
            self._valued = True
            self._taking = self._wanted
        elif name == "f":
            self._formula = True
        elif name == "t":
            self._taking = self._wanted and self._sort == "inlineStr" and not self._spoken
        elif name == "rPh":
            self._spoken = True
        elif name == "row":
            number = given.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < 9 else self._number + 1
            self._row, self._at = [], -1

    def _end(self, tag: str) -> None:
        name = self._local(tag)
        if name == "c":
            if self._wanted and (self._valued or self._text or self._formula):
                self._put()
        elif name in ("v", "t"):
            self._taking = False
        elif name == "rPh":
            self._spoken = False
        elif name == "row":
            if self._merged or self._open:
                self._fill_down()
            if self._row:
                self._ready.append((self._number, self._row, self._parser.CurrentByteIndex))
                self._row = []

    def _characters(self, text: str) -> None:
        if self._taking and self._size <= LONGEST_TEXT:
            self._text.append(text)
            self._size += len(text)

    def _local(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            if len(self._names) > 1000:
                self._names.clear()
            self._names[tag] = name = local(tag)
        return name

    def _begin_cell(self, given: dict[str, str]) -> None:
        place = given.get("r")
        self._at = self._column(place.rstrip(_DIGITS)) if place else self._at + 1
        self._wanted = self._at < _MOST_COLUMNS and (self.only is None or self._at in self.only)
        self._formula = self._valued = self._taking = False
        if self._wanted:
            self._sort, self._style = given.get("t", "n"), given.get("s", "")
            self._text, self._size = [], 0

    def _column(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = 0
            for letter in letters[:4]:
                found = found * 26 + (ord(letter) - 64 if letter in ascii_uppercase else _MOST_COLUMNS + 1)
            if not 1 <= found <= _MOST_COLUMNS or len(self._columns) > _MOST_COLUMNS:
                raise BadData(_("a damaged workbook: a cell without a place"), mend=_("save it anew as XLSX"))
            self._columns[letters] = found = found - 1
        return found

    def _put(self) -> None:
        text = "".join(self._text)
        cell = self._cell(text) if text or self._sort == "str" else NO_RESULT if self._formula else ""
        if not cell:
            return
        row = self._row
        if len(row) <= self._at:
            row.extend([""] * (self._at + 1 - len(row)))
        row[self._at] = cell

    def _cell(self, text: str) -> str:
        sort = self._sort
        if sort == "s":
            try:
                return self._texts[int(text)]
            except (ValueError, IndexError):
                raise BadData(
                    _("a damaged workbook: a text is missing"), mend=_("save it anew as XLSX")
                ) from None
        if sort in ("str", "inlineStr"):
            return written(unescaped(text))
        if sort == "b":
            return FLAG + ("1" if text.strip() in ("1", "true") else "0")
        if sort == "e":
            return ""
        if sort == "d":
            return _iso(text)
        return self._number_cell(text)

    def _number_cell(self, text: str) -> str:
        try:
            value = float(text)
        except ValueError:
            return written(text)
        if not isfinite(value):
            return ""
        style = self._style
        meaning = self._formats[int(style)] if style.isdecimal() and int(style) < len(self._formats) else ""
        if not meaning:
            return NUMBER + shortest(text, value)
        if meaning == "%":
            return shortest("", value * 100) + "%"
        return serial(value, meaning, since_1904=self._package.since_1904) or NUMBER + shortest(text, value)

    def _merges(self) -> list[tuple[int, int, int]]:
        """Column, first and last row of cells that were merged downwards; the first holds the value.

        They stand behind the rows, so that the sheet is looked through for them before.
        """
        found: list[tuple[int, int, int]] = []
        before = b""
        for piece in self._package.pieces(self._sheet.member):
            stretch = before + piece
            if b"mergeCell" in stretch:
                for letters, first, last in _MERGE.findall(stretch):
                    if int(last) > int(first) and len(found) < _MOST_MERGES:
                        found.append((self._column(letters.decode()), int(first), int(last)))
            before = stretch[-_OVERLAP:]  # one may lie across two pieces
        return sorted(found, key=lambda merge: merge[1], reverse=True)

    def _fill_down(self) -> None:
        while self._merged and self._merged[-1][1] <= self._number:
            column, first, last = self._merged.pop()
            value = self._row[column] if first == self._number and column < len(self._row) else ""
            if value:
                self._open[column] = (value, last)
        for column, (value, last) in list(self._open.items()):
            if self._number > last:
                del self._open[column]
            elif self._row:
                self._row.extend([""] * (column + 1 - len(self._row)))
                self._row[column] = self._row[column] or value


def shortest(text: str, value: float) -> str:
    """A number as it is meant: 15 digits, as workbooks count, and no exponent where it can be helped."""
    if text.isdecimal() and len(text) <= 15:
        return text
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _iso(text: str) -> str:
    """A date that the cell itself writes out."""
    try:
        if len(text) <= 10:
            return DAY + date.fromisoformat(text).isoformat()
        found = datetime.fromisoformat(text)
    except ValueError:
        return written(text)
    # Of a workbook's time zone nobody knows which one was meant: what is written counts.
    return MOMENT + found.replace(tzinfo=None, microsecond=0).isoformat()
