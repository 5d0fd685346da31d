"""Rows as they are written in a file: found whole, with a few of their cells, and not taken apart further.

Most of what is kept of an export is never shown; what is, is taken apart then.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from adapters.linkedin_export.sheets import AT_ONCE, ENDLESS, MISFIT, Sheet, rows_of

LONGEST = 128 * 1024
"""Bytes of a row that is kept as it is written; a longer one is looked at more closely."""
QUOTE = ord('"')
_DOUBLED = 500
"""Quotation marks within a cell, likewise."""


def pattern(delimiter: str, width: int, cells: Mapping[str, int], besides: str = "") -> re.Pattern[bytes]:
    """A row that can be read in one way only, or nothing; ``cells`` are its groups, by name.

    ``besides``: what a cell in quotation marks may not hold either. A cell beyond the width is empty.
    """
    between = re.escape(delimiter)
    text = f'[^"{besides}]{{0,{LONGEST}}}'
    cell = f'(?:(?!")[^{between}\\r\\n]*|"{text}(?:""{text}){{0,{_DOUBLED}}}")'
    names = {place: name for name, place in cells.items() if place < width}
    row = between.join(f"(?P<{names[place]}>{cell})" if place in names else cell for place in range(width))
    absent = "".join(f"(?P<{name}>)" for name, place in cells.items() if place >= width)
    return re.compile(f"{row}{absent}(?:\\r?\\n|\\Z)|".encode())


def rows_written(sheet: Sheet, *names: str) -> Iterator[tuple[bytes, ...]]:
    """The rest of a sheet: each row, ended by a line break, and after it its cells ``names``, as they are
    written. What is no row is counted.

    Raises:
        DeadlineExceeded: there is no time left.
    """
    file = sheet.rest()
    data = file.getvalue()
    places = {name: sheet.columns.get(name, sheet.width) for name in names}
    row = pattern(sheet.delimiter, sheet.width, places)
    wanted = (0, *map(row.groupindex.__getitem__, names))
    at = counted = read = 0
    line = sheet.line + 1
    while at < len(data):
        line += data.count(b"\n", counted, at)
        counted = at
        if sheet.is_over(read, line):
            return
        for found in islice(row.finditer(data, at), AT_ONCE):
            cells = found.group(*wanted)
            if not 0 < len(cells[0]) <= LONGEST:
                break
            at = found.end()
            read += 1
            yield cells
        else:
            continue
        given, end = _closer(sheet, file, at)
        fitted = sheet.fitted(given)
        if fitted:
            read += 1
            anew = [*map(quoted, fitted), b""]
            yield (joined(anew[:-1], sheet.delimiter), *(anew[place] for place in places.values()))
        elif end - at > LONGEST or any(given):
            why = ENDLESS if end - at > LONGEST else MISFIT
            sheet.problems.add(why, line + data.count(b"\n", counted, at))
            end = _drawn_in(row, data, at, end)
        at = end


def _closer(sheet: Sheet, file: io.BytesIO, at: int) -> tuple[list[str], int]:
    """The row that begins at ``at``, and where it ends: over several lines only if each quotation mark is in
    its place, lest one that is not makes one message of two."""
    file.seek(at)
    try:
        return next(rows_of(file, sheet.delimiter, strict=True), []), file.tell()
    except csv.Error:
        end = file.tell()
    file.seek(at)
    line = file.readline()
    try:
        given = next(rows_of([line], sheet.delimiter), [])
    except csv.Error:
        return [], end
    return given, at + len(line) if sheet.fitted(given) else end


def _drawn_in(row: re.Pattern[bytes], data: bytes, start: int, end: int) -> int:
    """Where the first whole row begins among the lines that a broken one has drawn in; else ``end``."""
    at = data.find(b"\n", start, end) + 1
    while 0 < at < end:
        found = row.match(data, at)
        if found and found.end() > at:
            return at
        at = data.find(b"\n", at, end) + 1
    return end


def quoted(cell: str) -> bytes:
    """A cell as it is written where nothing can be mistaken."""
    return b'"%b"' % cell.replace('"', '""').encode("utf-8", "replace")


def unquoted(cell: bytes) -> bytes:
    """What stands in a cell of a row that :func:`pattern` found."""
    return cell[1:-1].replace(b'""', b'"') if cell[:1] == b'"' else cell


def joined(cells: Iterable[bytes], delimiter: str) -> bytes:
    """A row of them."""
    return delimiter.encode().join(cells) + b"\n"
