"""Rows of cells in columns as wide as they need to be, with notes beneath or beside a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesprep.view.lines import Line, Span, Style, cut, inset, line, telling, width, wrap, wrap_parts

_GAP = 2
_NOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """How one column behaves when there is too little room."""

    least: int = 4
    """Not made narrower than this."""
    gives: int = 0
    """The higher, the sooner it gives up room; 0: never."""
    right: bool = False
    folds: bool = False
    """Goes beneath its row, as a note, before anything is cut; of several the one that gives most first."""
    most: int = 1
    """Lines that a cell too long for its column may take."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; ``notes`` belong to the row, ``why`` tells how it came here."""

    cells: tuple[Span, ...]
    notes: tuple[Span, ...] = ()
    why: str = ""
    about: object = None
    """What its lines are about; see :class:`salesprep.view.lines.Line`."""


def table(
    rows: Sequence[Row], columns: Sequence[Column], room: int, note_at: int, *, beside: bool = True
) -> list[Line]:
    """The rows in at most ``room`` columns; see :func:`by_row`."""
    return [each for drawn in by_row(rows, columns, room, note_at, beside=beside) for each in drawn]


def by_row(
    rows: Sequence[Row], columns: Sequence[Column], room: int, note_at: int, *, beside: bool = True
) -> list[list[Line]]:
    """The lines of each row, in at most ``room`` columns: rows of one table may stand under several titles.

    Notes stand beside their row if they all fit there (and ``beside``), else under column ``note_at``; if
    that is the first, a little further in.
    """
    if not rows:
        return []
    kept = [at for at in range(len(columns)) if any(_cell(row, at).text for row in rows)]
    widths, natural = _fit(rows, columns, kept, room)
    folded: list[int] = []
    while not _fits(widths, natural, room) and len(kept) > 1:
        folding = [at for at in kept if columns[at].folds]
        if not folding:
            break
        folded.append(max(folding, key=lambda at: columns[at].gives))
        kept.remove(folded[-1])
        widths, natural = _fit(rows, columns, kept, room)
    rows = [_folded(row, sorted(folded)) for row in rows] if folded else rows
    gap = _gap(widths, room)
    used = sum(widths) + gap * max(0, len(widths) - 1)
    offset = sum(size + gap for at, size in zip(kept, widths, strict=True) if at < note_at)
    if not offset or room - offset < room // 2:
        offset = min(_GAP, room - 1)
    beside = beside and all(len(row.notes) <= 1 for row in rows)
    beside = beside and all(used + _GAP + width(note.text) <= room for row in rows for note in row.notes)
    every: list[list[Line]] = []
    for row in rows:
        drawn: list[Line] = []
        cells = [_in_column(_cell(row, at), size, columns[at]) for at, size in zip(kept, widths, strict=True)]
        for number in range(max(map(len, cells), default=0)):
            spans: list[Span] = []
            for at, size, cell in zip(kept, widths, cells, strict=True):
                spans += _filled(cell[number] if number < len(cell) else Span(""), size, columns[at].right)
                spans.append(Span(" " * gap))
            last = beside and number == 0 and row.notes
            drawn.append(line(*spans, *row.notes) if last else line(*spans[:-1]))
        if not beside or not cells:
            drawn += _notes(row, offset if cells else 0, room)
        if row.why:
            below = min(_GAP, room - 1)
            whys = wrap_parts(row.why, room - below)
            drawn += [inset(line(Span(part, "dim")), below) for part in whys]
        every.append(telling(drawn, row.about) if row.about is not None else drawn)
    return every


def _cell(row: Row, at: int) -> Span:
    return row.cells[at] if at < len(row.cells) else Span("")


def _folded(row: Row, at: Sequence[int]) -> Row:
    """The cells that fold, in one note under what stays."""
    parts = [cell for index in at if (cell := _cell(row, index)).text]
    if not parts:
        return row
    style: Style = next((part.style for part in parts if part.style != "plain"), "plain")
    told = Span(", ".join(part.text for part in parts), style)
    return Row(row.cells, (told, *row.notes), row.why, row.about)


def _in_column(cell: Span, size: int, column: Column) -> list[Span]:
    """The cell in the lines that its column gives it."""
    if column.most == 1 or width(cell.text) <= size:
        return [cell]
    return [Span(part, cell.style) for part in wrap(cell.text, size, column.most)]


def _fit(
    rows: Sequence[Row], columns: Sequence[Column], kept: Sequence[int], room: int
) -> tuple[list[int], list[int]]:
    """The widths that the columns get, and those that they would need."""
    natural = [max(width(_cell(row, at).text) for row in rows) for at in kept]
    widths = list(natural)
    over = sum(widths) + _gap(widths, room) * max(0, len(widths) - 1) - room
    for place in sorted(range(len(widths)), key=lambda place: -columns[kept[place]].gives):
        column = columns[kept[place]]
        if over > 0 and column.gives:
            given = min(over, max(0, widths[place] - column.least))
            widths[place] -= given
            over -= given
    return widths, natural


def _fits(widths: Sequence[int], natural: Sequence[int], room: int) -> bool:
    """Whether every column is as wide as it needs to be, and all of them have room."""
    return widths == natural and sum(widths) + _gap(widths, room) * (len(widths) - 1) <= room


def _gap(widths: Sequence[int], room: int) -> int:
    """Columns stand closer together where that spares cutting any."""
    closer = sum(widths) + len(widths) - 1
    return 1 if closer <= room < closer + len(widths) - 1 else _GAP


def _filled(cell: Span, size: int, right: bool) -> list[Span]:
    text = cut(cell.text, size)
    kept = cell if text is cell.text else Span(text, cell.style)
    missing = size - width(text)
    if not missing:
        return [kept]
    fill = Span(" " * missing)
    return [fill, kept] if right else [kept, fill]


def _notes(row: Row, offset: int, room: int) -> list[Line]:
    return [
        inset(line(Span(part, note.style)), offset)
        for note in row.notes
        for part in wrap_parts(note.text, room - offset, _NOTE_LINES)
    ]
