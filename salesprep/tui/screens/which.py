"""Which one? Several accounts fit a name, or the title of a visit: the user says which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.picking import records
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.model import Found, Panel, Visit
    from salesprep.briefing.questions import Ambiguous
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line
    from salesprep.view.voice import Voice


class WhichScreen(Room):
    """Gives a :class:`Whom` with the pick; ``None``: the user left."""

    BINDINGS = bindings_for("which")

    def __init__(self, asked: Ambiguous | Visit) -> None:
        """A name that fits several, or a visit that may be with several."""
        super().__init__()
        self.candidates: tuple[Found, ...] = asked.candidates
        self.panels: tuple[Panel, ...] = ()
        self.visit: Visit | None = None
        if isinstance(asked, Exception):
            self.asked_for, self.panels = asked.name, asked.panels
        else:
            self.asked_for, self.visit = asked.meeting.title, asked

    def compose(self) -> ComposeResult:
        """The candidates and the keys."""
        yield LinesView(id="which", margin=1, title=1)
        yield FindLine()
        yield Footer("which")

    def on_mount(self) -> None:
        """All of it is known."""
        from salesprep.view.voice import voice_of

        session = self.session
        voice = voice_of(session.us, session.space.now(), session.space.titles)
        self.query_one("#which", LinesView).show(
            partial(_which, self.asked_for, self.candidates, voice, self.visit, self.panels)
        )
        self.set_focus(self.query_one("#which"))

    def _here(self) -> Found | None:
        return next(iter(self.picked()), None)

    async def action_open(self) -> None:
        """This one, for this time."""
        found = self._here()
        if found is not None:
            self.dismiss(self._whom(found))

    async def pick(self, about: object) -> None:
        """Two clicks: as Enter."""
        found = next(iter(records(about)), None)
        if found is not None:
            await self.action_open()

    @work(group="write", exclusive=True, exit_on_error=False)
    async def action_remember(self) -> None:
        """This one, and from now on."""
        from salesprep.briefing.choices import decision
        from salesprep.briefing.links import target_of
        from salesprep.briefing.seed import customer_of
        from salesprep.tui.deciding import write

        found = self._here()
        if found is None:
            return
        links = self.session.links
        customer = links.of(found.source, found.record.id) or customer_of(found)
        targets = [target_of(found.source, found.record)]
        if self.visit is not None:
            targets.append(target_of(self.visit.source, self.visit.meeting))
        seen = {targets[0]: found}
        verdicts = [decision(target, theirs=True, found=seen.get(target)) for target in targets]
        if await write(self.board, customer, verdicts):
            self._say_what_is_left()
            self.dismiss(self._whom(found))

    def _say_what_is_left(self) -> None:
        """A name is asked back as long as any of those that it fits is undecided."""
        from salesprep.view.words import _

        accounts = [(found.source, found.record.id) for found in self.candidates]
        if self.visit is None and self.session.links.meant_by(self.asked_for, accounts) is None:
            told = _('"{name}" is still asked back until you have decided on the others, too')
            self.board.say(told, name=self.asked_for)

    def _whom(self, found: Found) -> Whom:
        from salesprep.briefing.seed import with_picked
        from salesprep.tui.session import Whom

        pick = f"{found.source}:{found.record.id}"
        if self.visit is None:
            return Whom(self.asked_for, pick=pick)
        visit = with_picked(self.visit, pick, self.session.links)
        return Whom(found.record.title, visit, pick)


def _which(
    name: str,
    candidates: tuple[Found, ...],
    voice: Voice,
    visit: Visit | None,
    panels: tuple[Panel, ...],
    columns: int,
) -> Sequence[Line]:
    from salesprep.view.which_board import which_board

    return which_board(name, candidates, voice, columns, visit=visit, panels=panels)
