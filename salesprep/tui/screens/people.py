"""Who is there, side by side per source; who is new, has left, has changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.closer import CloserScreen

if TYPE_CHECKING:
    from salesprep.briefing.model import Briefing
    from salesprep.settings import Us
    from salesprep.tui.widgets.lines import Draw
    from salesprep.view.lines import Line


class PeopleScreen(CloserScreen):
    """The persons of one customer."""

    BINDINGS = bindings_for("people")

    PLACE = "people"

    def drawn(self, briefing: Briefing) -> Draw:
        """All of them."""
        return partial(_people, briefing, self.board.us)

    @work(group="people", exclusive=True, exit_on_error=False)
    async def read(self, *, fresh: bool = False) -> None:
        """All pages of persons."""
        from salesprep.adapter import Kind
        from salesprep.briefing.reach import ALL, Reach

        await self.read_as_far_as(Reach((Kind.PERSON,), ALL), fresh=fresh)

    def action_people(self) -> None:
        """Back to the board."""
        self.leave()


def _people(briefing: Briefing, us: Us, columns: int) -> Sequence[Line]:
    from salesprep.briefing.roster import roster
    from salesprep.view.people_board import people_board

    return people_board(roster(briefing), us, columns)
