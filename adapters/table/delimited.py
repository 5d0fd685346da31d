"""Rows of a CSV file, whatever stands between its columns and in whatever encoding it is written.

Read in blocks and lines of bounded length: neither a line of two gigabytes nor a quotation mark that
is never closed may fill the memory or swallow the rest of the file. Nothing of the ``csv`` module is set,
since what it lets one set holds for the whole process.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from adapters.table.cells import written
from salesprep.adapter import BadData
from salesprep.adapter.words import _

HEAD = 64 * 1024
"""So much of the beginning tells encoding and delimiter."""
_DELIMITERS = ",;\t|"
_LONGEST = 1024 * 1024
"""Of a line (bytes) and of a row (characters)."""
_FURTHEST = 4 * _LONGEST
"""So many characters are read for the end of a row that is too long."""
_BLOCK = 64 * 1024
_CONTROLS = bytes({*range(9), *range(14, 32), 127})
_FEW, _MOST_CONTROLS = 8, 0.02
"""So many control characters, and this share of all, may stand in a text."""
_TRIED = 100
"""Rows that a delimiter is tried on."""

_SEP_LINE = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UNICODE = frozenset({"utf-8", "utf8", "utf_8", "utf-8-sig", "utf_8_sig", "ascii", "us-ascii"})

UNCLOSED, TOO_LONG = "unclosed", "too_long"
"""Why a row is left out."""
Refuse = Callable[[int, str], None]
"""Takes the line number and one of those."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written."""

    encoding: str | None
    """``None``: UTF-8, and Windows-1252 in lines that are none."""
    skipped: int
    """Bytes of a byte order mark."""
    delimiter: str
    headed: bool = False
    """The first line only names the delimiter."""


def form_of(head: bytes, *, delimiter: str | None, encoding: str | None) -> Form:
    """How a file is written that begins with ``head``; what the settings say goes first.

    Raises:
        BadData: it is no text.
    """
    skipped = 0
    for bom, name in _BOMS:
        if head.startswith(bom):
            skipped, encoding = len(bom), name
            break
    else:
        encoding = encoding or _without_bom(head)
    if encoding is not None and encoding.lower() in _UNICODE:
        encoding = None
    text = _start(head[skipped:], encoding)
    first = text.splitlines()[0] if text.strip() else ""
    sep = _SEP_LINE.match(first)
    if sep is not None:
        return Form(encoding, skipped, delimiter or sep[1], headed=True)
    whole = text if len(head) < HEAD else text[: text.rfind("\n") + 1] or text
    return Form(encoding, skipped, delimiter or _delimiter(whole))


def _without_bom(head: bytes) -> str | None:
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _FEW + _MOST_CONTROLS * len(head):
        raise BadData(_("no table: neither text nor a workbook"), mend=_("export it as CSV or XLSX"))
    return None


def _start(head: bytes, encoding: str | None) -> str:
    if encoding is not None:
        return head.decode(encoding, "replace")
    try:
        return head.decode()
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """The one that cuts the most rows into the same number of columns."""

    def score(delimiter: str) -> float:
        widths: Counter[int] = Counter()
        try:
            for n, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if n >= _TRIED:
                    break
                if any(cell.strip() for cell in row):
                    widths[len(row)] += 1
        except csv.Error:
            pass
        if not widths:
            return 0.0
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1] * (item[0] - 1)))
        return (rows / widths.total()) ** 2 * (width - 1)

    return max(_DELIMITERS, key=score)


class _TooLong(Exception):
    """A line or a row beyond what is held."""


class Delimited:
    """The rows of one open file, once through."""

    def __init__(self, file: BinaryIO, form: Form, refuse: Refuse, alive: Callable[[], None]) -> None:
        """``refuse`` is told of rows that cannot be read; ``alive`` is called every now and then and may
        raise what ends the reading."""
        self._form, self._refuse, self._alive = form, refuse, alive
        file.seek(form.skipped)
        self._blocks = _blocks(file, form.encoding, alive)
        self._pending: deque[str | None] = deque()
        self._held: list[str] = []
        self._size, self._most = 0, _LONGEST
        self._number = 0
        self._over = False
        self.only: frozenset[int] | None = None
        self.position = 0
        """The line where the row told last ends: what :meth:`rows` can go on from."""

    def rows(self, begin: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Line number (from 1) and cells of each row, or of those behind an earlier :attr:`position`."""
        self._skip(max(begin, int(self._form.headed)))
        while True:
            if not self._pending:
                block = next(self._blocks, None)
                if block is None:
                    return
                plain = self._plain(block)
                if plain is not None:
                    before = self._number
                    self._number += len(block)
                    for number, row in enumerate(plain, start=before + 1):
                        self.position = number
                        yield number, row
                    continue
                self._pending.extend(block)
            yield from self._carefully()

    def _skip(self, lines: int) -> None:
        self.position = lines
        while self._number < lines and (block := next(self._blocks, None)) is not None:
            self._pending.extend(block[lines - self._number :])
            self._number = min(self._number + len(block), lines)

    def _plain(self, block: Sequence[str | None]) -> list[list[str]] | None:
        """The rows of a block in which every line is one, as nearly all are: this takes half the time.
        ``None`` if a row goes over several lines, or cannot be read."""
        lines = [line for line in block if line is not None]
        if len(lines) < len(block):
            return None
        try:
            # An empty line more: were the last row not at its end, it would become part of it.
            rows = list(csv.reader([*lines, ""], delimiter=self._form.delimiter, skipinitialspace=True))
        except csv.Error:
            return None
        return rows[:-1] if len(rows) == len(block) + 1 else None

    def _carefully(self) -> Iterator[tuple[int, list[str]]]:
        """Rows up to the end of a block that is also the end of a row, or up to one that is left out."""
        held = self._held
        held.clear()
        self._size = 0
        number = self._number + 1
        try:
            for row in csv.reader(self, delimiter=self._form.delimiter, skipinitialspace=True):
                if self._over and sum(line.count('"') for line in held) % 2:
                    self._recover(number)
                    return
                held.clear()
                self._size = 0
                self.position = self._number
                yield number, row
                if not self._pending:
                    return
                number = self._number + 1
        except (csv.Error, _TooLong):
            self._recover(number)

    def _recover(self, number: int) -> None:
        """Leave out the row that began at ``number``; if its quotation mark is never closed, its first
        line only."""
        quotes = sum(line.count('"') for line in self._held)
        self._most = _FURTHEST
        while quotes % 2:
            try:
                line = next(self)
            except (StopIteration, _TooLong):
                break
            quotes += line.count('"')
        self._most = _LONGEST
        if quotes % 2 and len(self._held) > 1:
            back = self._held[1:]
            self._pending.extendleft(line[:-1] for line in reversed(back))
            self._number -= len(back)
            self._over = False
        self.position = self._number
        self._refuse(number, UNCLOSED if quotes % 2 else TOO_LONG)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line; what ``csv`` reads from."""
        if not self._pending:
            block = next(self._blocks, None)
            if block is None:
                self._over = True
                raise StopIteration
            self._pending.extend(block)
        line = self._pending.popleft()
        self._number += 1
        if line is None:
            raise _TooLong
        self._held.append(f"{line}\n")
        self._size += len(line) + 1
        if self._size > self._most:
            raise _TooLong
        return self._held[-1]


def _blocks(file: BinaryIO, encoding: str | None, alive: Callable[[], None]) -> Iterator[list[str | None]]:
    """Lines without their ends, some hundred at a time; ``None`` in place of one that is too long."""
    rest = b""
    dropping = False
    for piece in _pieces(file, encoding):
        alive()
        whole = rest + piece
        # A carriage return at the very end may be half of a line's end.
        cut = max(whole.rfind(b"\n"), whole.rfind(b"\r", 0, -1)) + 1
        rest = whole[cut:]
        if dropping and cut:
            first = min(at for at in (whole.find(b"\n"), whole.find(b"\r")) if at >= 0) + 1
            whole, cut, dropping = whole[first:], cut - first, False
        if cut > 0:
            yield _lines(whole[:cut])
        if len(rest) > _LONGEST:
            if not dropping:
                yield [None]
            rest, dropping = b"", True
    if rest and not dropping:
        yield _lines(rest)


def _pieces(file: BinaryIO, encoding: str | None) -> Iterator[bytes]:
    """The file in UTF-8, or as it is where it is to be found out line by line."""
    if encoding is None:
        yield from iter(lambda: file.read(_BLOCK), b"")
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece := file.read(_BLOCK):
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")


def _lines(whole: bytes) -> list[str | None]:
    try:
        text = whole.decode()
    except UnicodeDecodeError:
        text = "".join(map(_decoded, whole.splitlines(keepends=True)))
    text = written(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [*text.removesuffix("\n").split("\n")]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
