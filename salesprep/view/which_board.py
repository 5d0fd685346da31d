"""Which one? The accounts that fit a name or the title of a visit, with what tells them apart. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesprep.briefing.links import target_of
from salesprep.briefing.model import Found, Panel, Visit
from salesprep.view.evidence import for_and_against
from salesprep.view.lines import Line, Span, inset, line, pad, spread, wrap
from salesprep.view.panel import trouble
from salesprep.view.sections.drawing import quoted
from salesprep.view.table import Column, Row, table
from salesprep.view.voice import Voice
from salesprep.view.widths import SMALLEST
from salesprep.view.words import _, _n

_MARGIN = 3
"""The cursor's mark stands in it."""
_COLUMNS = (
    Column(least=12, gives=1, most=3),
    Column(least=8, gives=3, folds=True),
    Column(least=12, gives=4, folds=True),
    Column(least=4, gives=2, folds=True),
    Column(least=8, gives=5, folds=True),
)


def which_board(
    name: str,
    candidates: Sequence[Found],
    voice: Voice,
    columns: int,
    *,
    visit: Visit | None = None,
    panels: Sequence[Panel] = (),
) -> list[Line]:
    """The candidates in lines of exactly ``columns`` (at least 20).

    ``visit``: it is this one's customer that is asked for. ``panels``: what became of the sources; one that
    failed might have told it.
    """
    columns = max(SMALLEST, columns)
    lines = [*_head(name, len(candidates), visit, voice, columns), Line()]
    rows = [_row(found, voice) for found in candidates]
    room = columns - _MARGIN - 1
    lines += [inset(each, _MARGIN) for each in table(rows, _COLUMNS, room, 0, beside=False)]
    if not candidates:
        lines += _paragraph(voice.say(_("no source knows one that fits")), columns)
    told = [each for panel in panels for each in trouble(panel, voice, columns - 2)]
    lines += [Line(), *(inset(each, 1) for each in told)] if told else []
    return [pad(each, columns) for each in lines]


def _head(name: str, n: int, visit: Visit | None, voice: Voice, columns: int) -> Iterator[Line]:
    asked = quoted(name)
    if visit is not None:
        asked = f"{asked}, {voice.slot(visit.meeting.start)}"
    title = line(Span(f" {voice.say(_('WHICH ONE?'))}", "title"), Span(f"   {asked}"))
    right = line(Span(voice.count(*_n("{n} may fit", "{n} fit"), n), "dim"), Span(" "))
    yield spread(title, right, columns) if title.width + 2 + right.width <= columns else title
    if n:
        told = _("Nothing is remembered unless you say so.")
        yield from _paragraph(voice.say(told), columns)


def _paragraph(text: str, columns: int) -> list[Line]:
    return [line(Span(f" {part}", "dim")) for part in wrap(text, columns - 2)]


def _row(found: Found, voice: Voice) -> Row:
    """Name, place, domains, source and id; beneath it what speaks for it and against it."""
    record = found.record
    place = getattr(record, "place", None)
    where = (place.city or place.text or "") if place is not None else ""
    cells = (
        Span(record.title, "fact"),
        Span(where),
        Span(", ".join(record.keys.domains)),
        Span(voice.source(found.source), "source"),
        Span(str(target_of(found.source, record)), "dim"),
    )
    return Row(cells, (Span(for_and_against(found.match, voice), "dim"),), about=found)
