"""Recent contacts: who is at the table and when they were last spoken with, then everybody, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.closer import CloserScreen
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from salesprep.briefing.contacts.recent import Recent
    from salesprep.briefing.model import Briefing, Contact
    from salesprep.settings import Us
    from salesprep.tui.session import Whom
    from salesprep.tui.widgets.lines import Draw
    from salesprep.view.lines import Line


class ContactsScreen(CloserScreen):
    """The contacts with one customer."""

    BINDINGS = bindings_for("contacts")

    PLACE = "contacts"

    def __init__(self, whom: Whom, briefing: Briefing | None = None) -> None:
        super().__init__(whom, briefing)
        self.every = False
        self.person: str | None = None

    def drawn(self, briefing: Briefing) -> Draw:
        """Of everybody or of one person, as far back as is wanted."""
        from salesprep.briefing.contacts.recent import recent

        us, keys = self.board.us, self.board.key_names
        return partial(_contacts, recent(briefing, us, person=self.person, every=self.every), us, keys)

    @work(group="contacts", exclusive=True, exit_on_error=False)
    async def read(self, *, fresh: bool = False) -> None:
        """As far back as is wanted: the recent ones, or all there are."""
        from datetime import timedelta

        from salesprep.briefing.contacts.recent import DAYS
        from salesprep.briefing.contacts.time_line import KINDS
        from salesprep.briefing.reach import ALL, RECENT, Reach

        since = self.session.space.now() - timedelta(days=DAYS)
        reach = Reach(KINDS, ALL) if self.every else Reach(KINDS, RECENT, since=since)
        await self.read_as_far_as(reach, fresh=fresh)

    def action_older(self) -> None:
        """All there are."""
        self.every = True
        self.show()
        self.read()

    def action_person(self) -> None:
        """Only contacts with the one under the cursor; once more: with everybody."""
        view = self.query_one("#contacts", LinesView)
        contact: Contact | None = view.about  # type: ignore[assignment]
        if self.person is not None or contact is None:
            self.person = None
        else:
            self.person = next((p.name or p.email for p in contact.theirs), None)
        self.show()

    def action_contacts(self) -> None:
        """Back to the board."""
        self.leave()


def _contacts(recent: Recent, us: Us, keys: Mapping[str, str], columns: int) -> Sequence[Line]:
    from salesprep.view.contacts_board import contacts_board

    return contacts_board(recent, us, columns, keys=keys)
