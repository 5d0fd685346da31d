"""The whole briefing as lines: head, quick scan, and the panels in as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence

from salesprep.briefing.model import Briefing, Complaint, Panel
from salesprep.settings import Us
from salesprep.view import header
from salesprep.view.choices import hint
from salesprep.view.dates import as_day, clock
from salesprep.view.lines import Line, Span, beside, inset, line, pad, spread, telling, width, wrap
from salesprep.view.note import note_lines
from salesprep.view.panel import as_of, has_answered, panel
from salesprep.view.phone import phone
from salesprep.view.scan import ScanLine, scan_lines, sources_text
from salesprep.view.voice import Voice, voice_for
from salesprep.view.widths import PHONE, SIDE_BY_SIDE, SMALLEST, columns_for
from salesprep.view.words import _

_WORD = 11
_GAP = 3
_BETWEEN = 2
_WIDE = 140


def board(briefing: Briefing, us: Us, columns: int, *, why: bool = False) -> list[Line]:
    """The briefing in lines of exactly ``columns`` (at least 20), as high as it needs to be.

    ``why`` adds to each record how it was matched, its address and its age, and leaves none out.
    """
    columns = max(SMALLEST, columns)
    voice = voice_for(briefing, us, narrow=columns < PHONE)
    if columns < PHONE:
        lines = phone(briefing, voice, columns, why=why)
    else:
        lines = _desk(briefing, voice, columns, why)
    return [pad(each, columns) for each in lines]


def head(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """When, where, whom, with whom, and whether an answer is missing; without a margin."""
    wide = header.wide(briefing, voice, columns) if columns >= SIDE_BY_SIDE else None
    return wide or header.narrow(briefing, voice, columns)


def quick_scan(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """The quick scan, each line about its :class:`ScanLine`; without a margin."""
    short = columns < SIDE_BY_SIDE
    told = scan_lines(briefing, voice, short=short)
    return [row for each in told for row in telling(_scan(each, voice, columns - 2, short=short), each)]


def _desk(briefing: Briefing, voice: Voice, columns: int, why: bool) -> list[Line]:
    room = columns - 2
    side_by_side = columns >= SIDE_BY_SIDE
    scan = quick_scan(briefing, voice, columns)
    lines = [*head(briefing, voice, columns), Line(), *scan]
    if side_by_side:
        rule = line(Span("─" * columns, "rule"))
        below = [*_grid(briefing, voice, room, why), *beneath(briefing, voice, room)]
        return [*_margin(lines), rule, *_margin(below)]
    lines += [Line()] if scan else []
    lines += panel_line(briefing, voice, room)
    for at, each in enumerate(briefing.panels):
        lines += [Line()] if at else []
        lines += panel(each, voice, room, ruled=True, airy=False, why=why)
    return _margin([*lines, *beneath(briefing, voice, room)])


def panel_line(briefing: Briefing, voice: Voice, columns: int, open_: int = 0) -> list[Line]:
    """``[1 CRM]  2 LinkedIn  3 Tickets !  4 Posts 10:20``: the panels, the open one in brackets.

    ``!``: there is a complaint in it; a time: what it shows was true then.
    """
    rows: list[list[Span]] = [[]]
    for at, given in enumerate(briefing.panels):
        mark = _mark(given, briefing, voice, is_open=at == open_)
        name = f"{at + 1} {voice.source(given.source)}{mark}"
        span = Span(f"[{name}]", "title") if at == open_ else Span(name, "alarm" if mark else "plain")
        if rows[-1] and line(*rows[-1]).width + _BETWEEN + width(span.text) > columns:
            rows.append([])
        rows[-1] += [Span(" " * _BETWEEN), span] if rows[-1] else [span]
    return [line(*spans) for spans in rows if len(briefing.panels) > 1]


def _mark(given: Panel, briefing: Briefing, voice: Voice, *, is_open: bool) -> str:
    """What is the matter with a panel, in a word or two beside its name."""
    if given.state == "stale" and (when := as_of(given)) is not None:
        today = as_day(when, voice.us) == as_day(voice.now, voice.us)
        return f" {clock(when, voice.us) if today else voice.day(when)}"
    if given.state != "waiting" and not has_answered(given):
        return f", {voice.say(_('no answer'))}"
    complaints = (signal for signal in briefing.signals if isinstance(signal, Complaint))
    return " !" if not is_open and any(s.evidence[0].source == given.source for s in complaints) else ""


def beneath(briefing: Briefing, voice: Voice, room: int) -> list[Line]:
    """Under the panels: how what is undecided is decided; then the user's own note."""
    lines = [Line(), *how] if (how := hint(briefing, voice, room)) else []
    if briefing.note is not None:
        lines += [Line(), *note_lines(briefing.note, voice, room, _WORD)]
    return lines


def _margin(lines: list[Line]) -> list[Line]:
    return [inset(each, 1) for each in lines]


def placed(heights: Sequence[int], across: int) -> list[tuple[int, int]]:
    """Column and top line of each block of so many lines, row by row with a blank line between; one that
    would have a row for itself stands under the shortest of the last row."""
    alone = len(heights) % across == 1 and len(heights) > across
    places: list[tuple[int, int]] = []
    under = top = 0
    row: Sequence[int] = ()
    for start in range(0, len(heights) - alone, across):
        row = heights[start : start + across]
        places += [(column, top) for column in range(len(row))]
        under, top = top + min(row) + 1, top + max(row) + 1
    return [*places, (row.index(min(row)), under)] if alone else places


def _grid(briefing: Briefing, voice: Voice, room: int, why: bool) -> list[Line]:
    count = len(briefing.panels)
    # Evidence is told in sentences: in half of a narrow board they would be broken into three or four lines.
    across = columns_for(count, room + 2) if not why or room >= _WIDE else 1
    each, over = divmod(room - _GAP * (across - 1), across)
    widths = [each + (at < over) for at in range(across)]
    blocks = [
        panel(given, voice, widths[at % across], ruled=False, airy=True, why=why)
        for at, given in enumerate(briefing.panels)
    ]
    columns: list[list[Line]] = [[] for _column in range(across)]
    places = placed([len(block) for block in blocks], across)
    for given, block, (column, top) in zip(briefing.panels, blocks, places, strict=True):
        if given is briefing.panels[-1] and widths[column] != widths[(count - 1) % across]:
            block = panel(given, voice, widths[column], ruled=False, airy=True, why=why)  # noqa: PLW2901
        columns[column] += [Line()] * (top - len(columns[column]))
        columns[column] += block
    return beside(columns, widths, _GAP)


# -- the quick scan -----------------------------------------------------------------------------


def _scan(given: ScanLine, voice: Voice, room: int, *, short: bool) -> list[Line]:
    right = sources_text(given, voice, short=short)
    facts_room = room - _WORD - (width(right) + 2 if right else 0)
    first, *rest = _facts(given, facts_room, room - _WORD)
    word = Span(given.word.ljust(_WORD), "word")
    lines = [spread(line(word, Span(first, "fact")), line(Span(right, "source")), room)]
    return lines + [inset(line(Span(part, "fact")), _WORD) for part in rest]


def _facts(given: ScanLine, first: int, room: int) -> list[str]:
    """On one line if it fits; else a line for each clause, at most three."""
    if width(given.fact) <= first or len(given.clauses) == 1:
        return wrap(given.fact, first, 3)
    lines: list[str] = []
    for at, clause in enumerate(given.clauses):
        if lines and at > 1 and width(f"{lines[-1]}{given.glue}{clause}") <= room:
            lines[-1] = f"{lines[-1]}{given.glue}{clause}"
        else:
            lines += wrap(clause, first if not lines else room, 2)
    return lines
