"""Why is this here: the records behind a line, how they were matched, how old they are, from where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Found, Panel
    from salesprep.view.lines import Line
    from salesprep.view.voice import Voice


class WhyScreen(Room):
    """Over the screen that asked; the cursor goes from one fact to the next."""

    BINDINGS = bindings_for("why")

    def __init__(self, founds: tuple[Found, ...], panels: Sequence[Panel] = ()) -> None:
        """``panels``: those of the briefing, which know of which day a source's file is."""
        super().__init__()
        self.founds, self.panels = founds, tuple(panels)

    def compose(self) -> ComposeResult:
        """The records and the keys."""
        yield LinesView(id="why", margin=1, title=1)
        yield FindLine()
        yield Footer("why")

    def on_mount(self) -> None:
        """All of it is known."""
        from salesprep.view.voice import voice_of

        session = self.session
        voice = voice_of(session.us, session.space.now(), session.space.titles)
        self.query_one("#why", LinesView).show(partial(_why, self.founds, self.panels, voice))
        self.set_focus(self.query_one("#why"))

    def action_copy(self) -> None:
        """The text that the mouse marked, else the fact without its name: an id, an address."""
        view = self.query_one("#why", LinesView)
        fact = getattr(view.about, "text", view.picked_text)
        self.board.copy(self.get_selected_text() or fact)


def _why(founds: tuple[Found, ...], panels: tuple[Panel, ...], voice: Voice, columns: int) -> Sequence[Line]:
    from salesprep.view.why_board import why_board

    return why_board(founds, voice, columns, panels)
