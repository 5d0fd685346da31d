"""The yardstick: a Textual app of one line. ``python -m benchmarks.board_bare [--data]``.

``--data``: it has made the board's briefing as well, and has imported all that draws it, but draws nothing.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

MARKER = "painted"


class Bare(App[object]):
    """One line."""

    def __init__(self, data: object) -> None:
        super().__init__()
        self.data = data

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(MARKER)


def _data() -> object:
    from benchmarks.board_briefing import whole
    from salesprep.settings import Settings
    from salesprep.view.board import board

    return whole(), board, Settings


if __name__ == "__main__":
    Bare(_data() if "--data" in sys.argv else None).run()
