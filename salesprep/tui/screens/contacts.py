"""Recent contacts: who is at the table and when they were last spoken with, then everybody, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Briefing, Contact
    from salesprep.briefing.recent import Recent
    from salesprep.settings import Us
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line


class ContactsScreen(Room):
    """The contacts with one customer."""

    BINDINGS = bindings_for("contacts")

    def __init__(self, whom: Whom, briefing: Briefing | None = None) -> None:
        super().__init__()
        self.whom, self.briefing = whom, briefing
        self.every = False
        self.person: str | None = None

    def compose(self) -> ComposeResult:
        """The contacts and the keys."""
        yield LinesView(id="contacts", margin=1)
        yield FindLine()
        yield Footer("contacts")

    def on_mount(self) -> None:
        """What the briefing knows at once; what lies further back as it comes."""
        self._show()
        self.set_focus(self.query_one(LinesView))
        self.read()

    def of_briefing(self) -> Briefing | None:
        """The one that was opened."""
        return self.briefing

    def _show(self) -> None:
        if self.briefing is not None:
            from salesprep.briefing.recent import recent

            us, keys = self.board.us, self.board.key_names
            found = recent(self.briefing, us, person=self.person, every=self.every)
            self.query_one("#contacts", LinesView).show(partial(_contacts, found, us, keys))

    @work(group="contacts", exclusive=True, exit_on_error=False)
    async def read(self, *, fresh: bool = False) -> None:
        """As far back as is wanted: the recent ones, or all there are."""
        from datetime import timedelta

        from salesprep.briefing.contacts import KINDS
        from salesprep.briefing.reach import ALL, RECENT, Reach
        from salesprep.briefing.recent import DAYS

        since = self.session.space.now() - timedelta(days=DAYS)
        reach = Reach(KINDS, ALL) if self.every else Reach(KINDS, RECENT, since=since)
        async for briefing in self.session.briefing(self.whom, fresh=fresh, reach=reach):
            # Until all have answered the briefing that was there says more.
            if self.briefing is None or briefing.complete:
                self.briefing = briefing
                self._show()

    def action_older(self) -> None:
        """All there are."""
        self.every = True
        self._show()
        self.read()

    def action_person(self) -> None:
        """Only contacts with the one under the cursor; once more: with everybody."""
        view = self.query_one("#contacts", LinesView)
        contact: Contact | None = view.about  # type: ignore[assignment]
        if self.person is not None or contact is None:
            self.person = None
        else:
            self.person = next((p.name or p.email for p in contact.theirs), None)
        self._show()

    def action_ask_again(self) -> None:
        """Ask all sources once more."""
        self.read(fresh=True)

    def action_contacts(self) -> None:
        """Back to the board."""
        self.leave()


def _contacts(recent: Recent, us: Us, keys: Mapping[str, str], columns: int) -> Sequence[Line]:
    from salesprep.view.contacts_board import contacts_board

    return contacts_board(recent, us, columns, keys=keys)
