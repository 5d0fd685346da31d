"""Lines that change while the screen is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesprep.tui.themes import Themed
from salesprep.tui.widgets.lines import LinesView
from salesprep.view.lines import Line, Span

if TYPE_CHECKING:
    from textual.app import ComposeResult


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
