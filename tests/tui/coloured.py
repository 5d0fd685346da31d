"""A small interface for a terminal of its own: paints one of everything and ends when a key is pressed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar, get_args

from textual.widgets import Input

from salesprep.tui.themes import Themed
from salesprep.tui.widgets.lines import LinesView
from salesprep.view.lines import Line, Span, Style

if TYPE_CHECKING:
    from textual.app import ComposeResult


def _lines(_columns: int) -> list[Line]:
    spans = tuple(Span(f"{style} ", style) for style in get_args(Style))
    return [Line(spans, about=0), *(Line(spans) for _ in range(60))]


class Coloured(Themed[None]):
    BINDINGS: ClassVar = [("x", "quit")]

    def compose(self) -> ComposeResult:
        yield LinesView(_lines)
        yield Input(placeholder="nothing typed")

    def on_mount(self) -> None:
        self.query_one(LinesView).focus()
        self.notify("told once", title="a note", severity="error")


if __name__ == "__main__":
    Coloured(theme=sys.argv[1]).run()
