"""One source's panel on the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salesprep.tui.widgets.grid import PanelGrid
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from salesprep.briefing.model import Panel
    from salesprep.tui.told import Told
    from salesprep.view.lines import Line


class PanelView(LinesView):
    """What one source shows; the same lines as the printed panel."""

    def __init__(self, source: str) -> None:
        super().__init__(id=f"panel-{source}", title=1)
        self.source = source
        self.panel: Panel | None = None
        self._told: Told | None = None

    def tell(self, panel: Panel, told: Told) -> None:
        """Show ``panel``, in the words of the briefing that it is of.

        Most of what comes is of another source: what it does not change is not drawn anew.
        """
        if self._told is not None and panel is self.panel and told.reads_as(self._told):
            return
        from salesprep.view.panel import panel as lines_of

        self.panel, self._told = panel, told

        def draw(columns: int) -> Sequence[Line]:
            return lines_of(
                panel, told.voice(), columns, ruled=told.one_at_a_time, airy=not told.one_at_a_time
            )

        self.paint(draw)

    def needs_room(self, before: int, after: int) -> bool:
        """Only if it, or one that it shares its column with, gets another height."""
        grid = self.parent
        return super().needs_room(before, after) and not (isinstance(grid, PanelGrid) and grid.keeps(self))
