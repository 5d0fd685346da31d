"""The board's panels without what they tell: six of 200 lines that are there already, laid out, styled and
painted by the interface's own widgets, style sheet and themes. ``python -m benchmarks.board_panels``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from salesprep.tui.themes import Themed
from salesprep.tui.widgets.grid import PanelGrid
from salesprep.tui.widgets.panel import PanelView
from salesprep.view.lines import Line, Span

if TYPE_CHECKING:
    from textual.app import ComposeResult

LINES = 200
NAMES = tuple("ABCDEF")
COLUMNS = 160


def first(name: str) -> bytes:
    """What the first line of a panel begins with, and no other."""
    return f"{name}-000".encode()


class Panels(Themed[None]):
    """Six panels, and nothing to ask."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = {name: _lines(name) for name in NAMES}

    def compose(self) -> ComposeResult:
        """Side by side, as many as fit."""
        yield PanelGrid(*map(PanelView, NAMES))

    def on_mount(self) -> None:
        """Each shows its lines."""
        grid = self.query_one(PanelGrid)
        grid.fit(COLUMNS, 0)
        for panel in grid.panels:
            panel.show(partial(_shown, self._lines[panel.source]))


def _lines(name: str) -> tuple[Line, ...]:
    return tuple(
        Line((Span(f"{name}-{n:03}", "word"), Span(f" storing lijn {n % 7}, pompen in hal 2", "plain")), n)
        for n in range(LINES)
    )


def _shown(lines: Sequence[Line], _columns: int) -> Sequence[Line]:
    return lines


if __name__ == "__main__":
    Panels().run()
