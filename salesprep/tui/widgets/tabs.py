"""``[1 CRM]  2 LinkedIn  3 Tickets !``: the panels of which one is shown, where there is room for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual import events

    from salesprep.tui.told import Told
    from salesprep.view.lines import Line


class PanelTabs(LinesView, can_focus=False):
    """A click on one opens it."""

    class Chosen(Message):
        """Panel ``at`` is wanted."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def tell(self, told: Told, open_: int) -> None:
        """Show the panels of a briefing, ``open_`` in brackets."""
        self.paint(partial(_tabs, told, open_))

    def on_click(self, event: events.Click) -> None:
        """Whose number stands before the place that was clicked."""
        event.stop()
        if not 0 <= event.y < len(self.lines):
            return
        numbers = [
            m for m in re.finditer(r"(?<!\S)\[?(\d+) ", self.lines[event.y].text) if m.start() <= event.x
        ]
        if numbers:
            self.post_message(self.Chosen(int(numbers[-1][1]) - 1))


def _tabs(told: Told, open_: int, columns: int) -> Sequence[Line]:
    from salesprep.view.board import panel_line
    from salesprep.view.lines import Line, Span, line, pad

    rows = panel_line(told.briefing, told.voice(), columns, open_)
    rule = line(Span("─" * columns, "rule"))
    return [pad(each, columns) for each in (Line(), *rows, rule)]
