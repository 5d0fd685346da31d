"""Who is there, side by side per source; who is new, has left, has changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Briefing
    from salesprep.settings import Us
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line


class PeopleScreen(Room):
    """The persons of one customer."""

    BINDINGS = bindings_for("people")

    def __init__(self, whom: Whom, briefing: Briefing | None = None) -> None:
        super().__init__()
        self.whom, self.briefing = whom, briefing

    def compose(self) -> ComposeResult:
        """The people and the keys."""
        yield LinesView(id="people", margin=1)
        yield FindLine()
        yield Footer("people")

    def on_mount(self) -> None:
        """What the briefing knows at once; all there are as they come."""
        self._show()
        self.set_focus(self.query_one(LinesView))
        self.read()

    def of_briefing(self) -> Briefing | None:
        """The one that was opened."""
        return self.briefing

    def _show(self) -> None:
        if self.briefing is not None:
            self.query_one("#people", LinesView).show(partial(_people, self.briefing, self.board.us))

    @work(group="people", exclusive=True, exit_on_error=False)
    async def read(self, *, fresh: bool = False) -> None:
        """All pages of persons."""
        from salesprep.adapter import Kind
        from salesprep.briefing.reach import ALL, Reach

        async for briefing in self.session.briefing(self.whom, fresh=fresh, reach=Reach((Kind.PERSON,), ALL)):
            if self.briefing is None or briefing.complete:
                self.briefing = briefing
                self._show()

    def action_ask_again(self) -> None:
        """Ask all sources once more."""
        self.read(fresh=True)

    def action_people(self) -> None:
        """Back to the board."""
        self.leave()


def _people(briefing: Briefing, us: Us, columns: int) -> Sequence[Line]:
    from salesprep.briefing.roster import roster
    from salesprep.view.people_board import people_board

    return people_board(roster(briefing), us, columns)
