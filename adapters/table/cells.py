"""The form of a cell between reading a file and making a record: a text.

What is written in a CSV file is that text. A workbook tells of numbers, days and the like what they are:
such a cell begins with a mark and a letter, and its value is written in one way whatever the locale. So a
row is one text, which is stored and taken apart a good deal faster than a list of typed values.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.table.words import ERRORS

MARK = "\x00"
BETWEEN = "\x1f"
"""Between the cells of a stored row. Both are control characters, which no text on a screen may hold."""

NUMBER, DAY, MOMENT, CLOCK, FLAG = (MARK + letter for letter in "ndtcb")
NO_RESULT = MARK + "f"
"""A formula of which the file holds no result."""

_TAKEN = {ord(MARK): "\ufffd", ord(BETWEEN): "\ufffd"}
_FORMULA_LIKE = frozenset("=+-@0123456789")


def written(text: str) -> str:
    """A text out of a file as a cell, without the characters that are ours."""
    return text.translate(_TAKEN) if MARK in text or BETWEEN in text else text


def is_typed(cell: str) -> bool:
    """Whether the file itself tells what sort of value it is."""
    return cell.startswith(MARK)


def text(cell: str) -> str | None:
    """The words in a cell; ``None`` for nothing, for an error of a formula, and for its missing result."""
    if cell.startswith(MARK):
        return _typed(cell)
    found = cell.strip()
    if not found:
        return None
    first = found[0]
    if first == "#" and found.upper() in ERRORS:
        return None
    # How spreadsheets are told to leave something alone: '0031…, and ="0031…" in a CSV file.
    if first == "'" and len(found) > 1 and found[1] in _FORMULA_LIKE:
        return found[1:].strip() or None
    if first == "=" and len(found) > 3 and found[1] == '"' and found[-1] == '"':
        return found[2:-1].strip() or None
    return found


def _typed(cell: str) -> str | None:
    sort, value = cell[:2], cell[2:]
    if sort == FLAG:
        return "yes" if value == "1" else "no"
    return (value.replace("T", " ") if sort == MOMENT else value) or None


def joined(cells: Sequence[str]) -> str:
    """Several columns that make one value, as one cell: first and last name, day and time of day."""
    if len(cells) == 1:
        return cells[0]
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1:
        return filled[0]
    if len(filled) == 2 and filled[0].startswith(DAY) and filled[1].startswith(CLOCK):
        return f"{MOMENT}{filled[0][2:]}T{filled[1][2:]}"
    return " ".join(found for cell in filled if (found := text(cell)))
