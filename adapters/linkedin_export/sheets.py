"""One CSV file of an export, however it was saved: encoding, delimiter, preamble, broken rows.

Text is UTF-8; a byte that is none is taken for what Windows' Western letters have there, wherever in the
file it stands.
"""

from __future__ import annotations

import codecs
import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from adapters.linkedin_export.columns import Columns, Form, find_header
from salesprep.adapter import BadData, DeadlineExceeded, Refusal
from salesprep.adapter.words import _

_T = TypeVar("_T")

_PIECE = 64 * 1024
"""Bytes read between two looks at the clock."""
_SNIFFED = 64 * 1024
"""Bytes in which the header must begin."""
_HEADER_WITHIN = 20
"""Rows among which it must be."""
AT_ONCE = 4096
"""Rows between two looks at the clock."""
ENDLESS = _("a cell without end")
MISFIT = _("a row with too few or too many cells")
_DELIMITERS = (",", ";", "\t")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_STRAY = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
    for byte in range(0x80, 0x100)
}
"""A byte that is no UTF-8, as ``surrogateescape`` leaves it → the letter that a spreadsheet meant."""


class Problems:
    """What could not be read, counted by reason, with the place of the first."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._found: dict[str, tuple[int, int | None]] = {}

    def add(self, why: str, line: int | None, count: int = 1) -> None:
        """``count`` more; ``line``: where the first of them begins."""
        before, first = self._found.get(why, (0, line))
        self._found[why] = (before + count, first)

    def refusals(self) -> tuple[Refusal, ...]:
        """As the page tells it."""
        return tuple(Refusal(count, why, self._place(line)) for why, (count, line) in self._found.items())

    def _place(self, line: int | None) -> str | None:
        if line is None:
            return self._shown or None
        return _("{name} line {line}", name=self._shown, line=str(line))


class Sheet:
    """The rows of one file, after its header."""

    def __init__(self, stream: io.RawIOBase, form: Form, shown: str, deadline: float) -> None:
        """Reads up to the header.

        Raises:
            BadData: no header is found.
        """
        buffered = io.BufferedReader(stream, _SNIFFED)
        head = buffered.peek(_SNIFFED)
        self.delimiter, skipped, self.columns, self.width = _sniffed(head, form, shown)
        self.lines = _lines(buffered, head)
        """What is left of the file; a row may take several. For whom :meth:`rows` is too slow."""
        self.problems = Problems(shown)
        self._reader = csv.reader(_texts(self.lines), delimiter=self.delimiter)
        self._deadline = deadline
        self._most = form.most
        try:
            for _row in range(skipped):
                next(self._reader, None)
        except csv.Error:
            raise _foreign(shown) from None
        self.line = self._reader.line_num
        """Where the header ends."""

    def rest(self) -> io.BytesIO:
        """All that is left of the file, ended by a line break.

        Raises:
            DeadlineExceeded: there is no time left.
        """
        taken = io.BytesIO()
        while piece := self.lines.read(_PIECE):
            self.is_over(0, 0)
            taken.write(piece)
        taken.write(b"\n")
        return taken

    def each(self) -> Iterator[list[str]]:
        """The rows as they are, of any number of cells.

        Raises:
            DeadlineExceeded: there is no time left.
        """
        read = 0
        while True:
            try:
                for row in self._reader:
                    read += 1
                    if not read % AT_ONCE and self.is_over(read, self._reader.line_num):
                        return
                    yield row
            except csv.Error:
                self.problems.add(ENDLESS, self._reader.line_num)
            else:
                return

    def is_over(self, read: int, line: int) -> bool:
        """Whether so many rows are more than are read; counts that there are more.

        Raises:
            DeadlineExceeded: there is no time left.
        """
        if time.monotonic() > self._deadline:
            raise DeadlineExceeded(_("too large to be read in time"))
        if read > self._most:
            self.problems.add(_("all after {n} rows", n=self._most), line)
        return read > self._most

    def rows(self) -> Iterator[list[str]]:
        """The rows that have the header's width; others are counted."""
        for row in self.each():
            if len(row) == self.width:
                yield row
            elif fitted := self.fitted(row):
                yield fitted
            elif any(row):
                self.problems.add(MISFIT, self._reader.line_num - sum(cell.count("\n") for cell in row))

    def fitted(self, row: list[str]) -> list[str]:
        """The row in the header's width; ``[]`` if that cannot be. Empty cells that a spreadsheet added do
        not count."""
        return row[: self.width] if len(row) >= self.width and not any(row[self.width :]) else []

    def cell(self, name: str) -> Callable[[list[str]], str]:
        """Gives a row's cell of that column; ``""`` where the file has no such column."""
        place = self.columns.get(name)
        if place is None:
            return lambda _row: ""
        return lambda row: row[place]


def read(
    open_: Callable[[], io.RawIOBase], form: Form, shown: str, deadline: float, use: Callable[[Sheet], _T]
) -> _T:
    """What ``use`` makes of the sheet.

    Raises:
        BadData, DeadlineExceeded: as in :class:`Sheet`.
    """
    with open_() as stream:
        return use(Sheet(stream, form, shown, deadline))


def text_of(raw: bytes) -> str:
    """A line or more of a file as text."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape").translate(_STRAY)


def rows_of(lines: Iterable[bytes], delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """The rows in lines that were taken out of a file as they are. A carriage return alone ends no line.

    ``strict``: a quotation mark out of place is an error of :mod:`csv`.
    """
    return csv.reader(_texts(lines), delimiter=delimiter, strict=strict)


def _texts(lines: Iterable[bytes]) -> Iterator[str]:
    for text in map(text_of, lines):
        yield text.replace("\r\n", "\n").replace("\r", " ") if "\r" in text else text


def is_of(head: bytes, form: Form) -> bool:
    """Whether the beginning of a file says that it is of this form."""
    try:
        _sniffed(head, form, "")
    except BadData:
        return False
    return True


def _lines(buffered: io.BufferedReader[io.RawIOBase], head: bytes) -> io.BufferedIOBase:
    wide = head.startswith(_WIDE)
    if not wide and (b"\n" in head or b"\r" not in head):
        return buffered
    # Of double width, or with the line ends of old Macs: brought into the usual form.
    text = io.TextIOWrapper(buffered, "utf-16" if wide else "utf-8", "replace" if wide else "surrogateescape")
    return io.BytesIO(text.read().encode("utf-8", "surrogateescape"))


def _sniffed(head: bytes, form: Form, shown: str) -> tuple[str, int, Columns, int]:
    """Delimiter, rows up to the header's end, columns and their number."""
    if head.startswith(_WIDE):
        text = head.decode("utf-16", "replace")
    else:
        text = text_of(head.removeprefix(codecs.BOM_UTF8))
    for delimiter in _DELIMITERS:
        rows: list[list[str]] = []
        try:
            rows.extend(
                islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _HEADER_WITHIN)
            )
        except csv.Error:
            pass  # what came before may hold the header
        found = find_header(rows, form)
        if found is not None:
            number, columns = found
            return delimiter, number + 1, columns, len(rows[number])
    raise _foreign(shown)


def _foreign(shown: str) -> BadData:
    return BadData(
        _("{name} has none of the columns that are known", name=shown),
        mend=_("take the file as LinkedIn gave it, or download it again"),
    )
