"""A closer look at one customer: what the briefing knows at once, what lies further back as it comes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Briefing
    from salesprep.briefing.reach import Reach
    from salesprep.tui.session import Whom
    from salesprep.tui.widgets.lines import Draw


class CloserScreen(Room):
    """One list over one customer."""

    PLACE = ""
    """What its list and its footer are called."""

    def __init__(self, whom: Whom, briefing: Briefing | None = None) -> None:
        super().__init__()
        self.whom, self.briefing = whom, briefing

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        yield LinesView(id=self.PLACE, margin=1)
        yield FindLine()
        yield Footer(self.PLACE)

    def on_mount(self) -> None:
        """What the briefing knows at once; all that is wanted as it comes."""
        self.show()
        self.set_focus(self.query_one(LinesView))
        self.read()

    def of_briefing(self) -> Briefing | None:
        """The one that was opened."""
        return self.briefing

    def show(self) -> None:
        """The list of what is known by now."""
        if self.briefing is not None:
            self.query_one(LinesView).show(self.drawn(self.briefing))

    @abstractmethod
    def drawn(self, briefing: Briefing) -> Draw:
        """The lines of the list."""

    @abstractmethod
    def read(self, *, fresh: bool = False) -> object:
        """Ask for what it shows."""

    async def read_as_far_as(self, reach: Reach, *, fresh: bool) -> None:
        """Ask as far as ``reach``. Until all have answered the briefing that was there says more."""
        async for briefing in self.session.briefing(self.whom, fresh=fresh, reach=reach):
            if self.briefing is None or briefing.complete:
                self.briefing = briefing
                self.show()

    def action_ask_again(self) -> None:
        """Ask all sources once more."""
        self.read(fresh=True)
