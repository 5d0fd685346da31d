"""With whom? The customers of one visit, each with what tells so. Pure."""

from __future__ import annotations

from salesprep.briefing.model import Visit
from salesprep.view.lines import Line, Span, inset, line, pad, wrap
from salesprep.view.sections.drawing import quoted
from salesprep.view.table import Column, Row, table
from salesprep.view.visits import known_by
from salesprep.view.voice import Voice
from salesprep.view.widths import SMALLEST
from salesprep.view.words import _

_MARGIN = 3
"""The cursor's mark stands in it."""
_COLUMNS = (Column(least=12, gives=1, most=3), Column(least=12, gives=2, folds=True))


def with_whom_board(visit: Visit, voice: Voice, columns: int) -> list[Line]:
    """The customers in lines of exactly ``columns`` (at least 20), about one :class:`Customer` each."""
    columns = max(SMALLEST, columns)
    asked = f"{quoted(visit.meeting.title)}, {voice.slot(visit.meeting.start)}"
    told = voice.say(_("This visit is with each of them. Whose briefing?"))
    rows = [
        Row(
            (Span(each.customer.name, "fact"), Span(known_by(each.reasons, voice), "dim")),
            about=each.customer,
        )
        for each in visit.each
        if each.customer is not None
    ]
    lines = [
        line(Span(f" {voice.say(_('WITH WHOM?'))}", "title"), Span(f"   {asked}")),
        *(line(Span(f" {part}", "dim")) for part in wrap(told, columns - 2)),
        Line(),
        *(inset(each, _MARGIN) for each in table(rows, _COLUMNS, columns - _MARGIN - 1, 0, beside=False)),
    ]
    return [pad(each, columns) for each in lines]
