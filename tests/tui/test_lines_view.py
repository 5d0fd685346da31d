"""Lines that change while the screen is laid out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salesprep.tui.themes import Themed
from salesprep.tui.widgets.grid import PanelGrid
from salesprep.tui.widgets.lines import LinesView
from salesprep.tui.widgets.panel import PanelView
from salesprep.view.lines import Line, Span

if TYPE_CHECKING:
    import pytest
    from textual.app import ComposeResult
    from textual.strip import Strip


class Window(Themed[None]):
    CSS = "LinesView { height: auto; }"

    def compose(self) -> ComposeResult:
        yield LinesView(lambda _columns: [Line((Span("asking…"),))])


async def test_are_painted_even_if_the_layout_asked_for_them_first() -> None:
    app = Window(theme="dark")
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        view = app.query_one(LinesView)
        view.show(lambda _columns: [Line((Span("just now"),))])
        assert view.get_content_height(view.size, app.size, view.columns) == 1
        await pilot.pause()
        painted = app.screen._compositor.render_strips()
        assert "".join(segment.text for segment in painted[0]).rstrip() == "just now"


class Full(Themed[None]):
    """Two panels side by side, each with more lines than it has room for."""

    def compose(self) -> ComposeResult:
        yield PanelGrid(PanelView("crm"), PanelView("wiki"))

    def on_mount(self) -> None:
        grid = self.query_one(PanelGrid)
        grid.fit(120, 0)
        for panel in grid.panels:
            panel.show(lambda _columns: [Line((Span(f"line {n}"),), n) for n in range(50)])


async def test_come_with_their_scrollbar_and_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Counter[tuple[str | None, int]] = Counter()
    draw = LinesView._strip

    def counted(view: LinesView, y: int) -> Strip:
        drawn[view.id, y] += 1
        return draw(view, y)

    monkeypatch.setattr(LinesView, "_strip", counted)
    app = Full(theme="dark")
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        panels = app.query_one(PanelGrid).panels
        assert [panel.show_vertical_scrollbar for panel in panels] == [True, True]
        with_the_cursor = {("panel-crm", 0)}
        assert {line for line, times in drawn.items() if times > 1} <= with_the_cursor
        assert len(drawn) == 40
