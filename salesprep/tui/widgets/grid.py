"""The panels in as many columns as fit, all of them on the screen; in a narrow window one at a time.

Unlike on the printed board, where panels are as high as they need to be, the height is shared out: in each
column those that need little get it, and what is left goes to those that need more and scroll. A panel
never changes its column, whatever arrives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from salesprep.tui.widgets.lines import LinesView
from salesprep.view.widths import SIDE_BY_SIDE, columns_for

if TYPE_CHECKING:
    from salesprep.tui.widgets.panel import PanelView

GAP = 3
"""Columns between panels that stand beside each other; a scrollbar stands in the first of them."""
LEAST = 4
"""Lines that a panel gets in any case, if it has as many."""


def shares(needs: Sequence[int], room: int) -> list[int]:
    """The lines that blocks of ``needs`` lines get of ``room``, with a blank line between them.

    Who needs less than an even share gets what it needs; the others share the rest evenly. Of these none
    moves when another one needs more.
    """
    left = max(0, room - (len(needs) - 1))
    got = [0] * len(needs)
    waiting = sorted(range(len(needs)), key=needs.__getitem__)
    while waiting and needs[waiting[0]] <= max(left // len(waiting), LEAST):
        at = waiting.pop(0)
        got[at] = needs[at]
        left = max(0, left - got[at])
    for place, at in enumerate(sorted(waiting)):
        got[at] = max(left // (len(waiting) - place), LEAST)
        left = max(0, left - got[at])
    return got


@dataclass(frozen=True, slots=True)
class _Column:
    """Panels one under another, as they were laid out."""

    members: list[LinesView]
    width: int
    room: Size
    viewport: Size

    def heights(self) -> list[int]:
        """What each of them gets, with the lines that it has now."""
        needs = [child.get_content_height(self.room, self.viewport, self.width) for child in self.members]
        return shares(needs, self.room.height) if self.room.height else needs


class _Panels(Layout):
    name = "panels"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002
    ) -> ArrangeResult:
        parent.pre_layout(self)
        if not children or size.width < 1 or not isinstance(parent, PanelGrid):
            return []
        across = min(parent.across, len(children))
        room = size.width - 1  # the last column is the right margin, and the last scrollbar's
        each, over = divmod(room - GAP * (across - 1), across)
        found: ArrangeResult = []
        parent.laid_out.clear()
        left = 0
        for column in range(across):
            width = each + (column < over)
            members = [
                child
                for at, child in enumerate(children)
                if isinstance(child, LinesView) and parent.column_of(at) == column
            ]
            laid = _Column(members, width, size, parent.app.viewport_size)
            got = laid.heights()
            parent.laid_out.append((laid, got))
            top = 0
            for child, height in zip(members, got, strict=True):
                region = Region(left, top, width + 1, height)
                found.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child))
                child.expect(width, height)
                top += height + 1
            left += width + GAP
        return found


class PanelGrid(Widget):
    """All panels of a briefing; knows how many columns there are."""

    def __init__(self, *panels: PanelView, id: str | None = None) -> None:
        super().__init__(*panels, id=id)
        self._layout = _Panels()
        self.across = 1
        self.laid_out: list[tuple[_Column, list[int]]] = []
        """The columns, and the heights that their panels have."""

    @property
    def layout(self) -> Layout:
        """Textual knows layouts of style sheets by name, and none but its own."""
        return self._layout

    @property
    def panels(self) -> list[PanelView]:
        """In the order of the screen, shown or not."""
        from salesprep.tui.widgets.panel import PanelView

        return [child for child in self.children if isinstance(child, PanelView)]

    def keeps(self, panel: PanelView) -> bool:
        """Whether all heights are right as they are, with the lines that ``panel`` has now."""
        return any(
            panel in column.members and column.room == self.size and column.heights() == heights
            for column, heights in self.laid_out
        )

    def column_of(self, at: int) -> int:
        """Row by row; one that would have a row for itself stands in the last column."""
        count = len(self.displayed_children)
        alone = self.across > 1 and at == count - 1 and count % self.across == 1 and count > self.across
        return self.across - 1 if alone else at % self.across

    def fit(self, columns: int, open_: int) -> None:
        """Lay out for a window of ``columns``; where there is room for one, ``open_`` is shown."""
        panels = self.panels
        self.across = columns_for(len(panels), columns)
        for at, panel in enumerate(panels):
            panel.display = columns >= SIDE_BY_SIDE or at == open_
        self.refresh(layout=True)
