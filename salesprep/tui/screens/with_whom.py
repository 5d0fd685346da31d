"""With whom? A visit is with several customers: the user says whose briefing to open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Visit
    from salesprep.view.lines import Line
    from salesprep.view.voice import Voice


class WithWhomScreen(Room):
    """Gives a :class:`Whom` with the visit as it is for that customer; ``None``: the user left."""

    BINDINGS: ClassVar = [
        each for each in bindings_for("which") if getattr(each, "id", "") != "which.remember"
    ]

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit

    def compose(self) -> ComposeResult:
        """The customers and the keys."""
        yield LinesView(id="which", margin=1, title=1)
        yield FindLine()
        yield Footer("which")

    def on_mount(self) -> None:
        """All of it is known."""
        from salesprep.view.voice import voice_of

        session = self.session
        voice = voice_of(session.us, session.space.now(), session.space.titles)
        self.query_one("#which", LinesView).show(partial(_customers, self.visit, voice))
        self.set_focus(self.query_one("#which"))

    async def action_open(self) -> None:
        """The briefing on the one under the cursor."""
        if self.view is not None and self.view.about is not None:
            await self.pick(self.view.about)

    async def pick(self, about: object) -> None:
        """Two clicks: as Enter."""
        from salesprep.tui.session import Whom

        for visit in self.visit.each:
            if visit.customer is not None and visit.customer == about:
                self.dismiss(Whom(visit.customer.name, visit))
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to remember: it is with all of them."""
        return action != "remember"


def _customers(visit: Visit, voice: Voice, columns: int) -> Sequence[Line]:
    from salesprep.view.with_whom_board import with_whom_board

    return with_whom_board(visit, voice, columns)
