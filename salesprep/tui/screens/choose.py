"""To decide: all that may be one customer's or not, of all sources, marked here and written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.briefing.choices import Choice
    from salesprep.briefing.links import Target
    from salesprep.briefing.model import Briefing
    from salesprep.view.lines import Line
    from salesprep.view.voice import Voice

    Said = Literal["is", "is_not"]


class ChooseScreen(Room):
    """Gives ``True`` if something was written."""

    BINDINGS = bindings_for("choose")

    def __init__(self, briefing: Briefing) -> None:
        from salesprep.briefing.choices import picked, undecided

        super().__init__()
        self.briefing = briefing
        own = picked(briefing.panels)
        # What was picked for this one time stands there as a yes: whoever writes the rest means it for good.
        self.choices: tuple[Choice, ...] = (*own, *undecided(briefing.panels))
        self.marks: dict[Target, Said] = {choice.target: "is" for choice in own}
        self._as_they_were = dict(self.marks)
        self._warned = False
        self._writing = False

    def compose(self) -> ComposeResult:
        """The choices and the keys."""
        yield LinesView(id="choices", margin=1, title=1)
        yield FindLine()
        yield Footer("choose")

    def on_mount(self) -> None:
        """What the briefing knows."""
        self._show()
        self.set_focus(self.query_one("#choices"))

    def of_briefing(self) -> Briefing:
        """The one that was opened."""
        return self.briefing

    def _show(self) -> None:
        draw = partial(_choose, self.briefing, self.choices, dict(self.marks), self._voice())
        self.query_one("#choices", LinesView).show(draw)

    def _voice(self) -> Voice:
        from salesprep.view.voice import voice_for

        return voice_for(self.briefing, self.board.us)

    # -- marking --------------------------------------------------------------------------------

    def action_yes(self) -> None:
        """It is theirs."""
        self._mark("is")

    def action_no(self) -> None:
        """It is not theirs."""
        self._mark("is_not")

    def action_open_again(self) -> None:
        """Nothing is said of it."""
        self._mark(None)

    async def pick(self, about: object) -> None:
        """Two clicks: yes, then no, then open again."""
        turns: Mapping[Said | None, Said | None] = {None: "is", "is": "is_not", "is_not": None}
        choice = self._here()
        if choice is not None and choice is about:
            self._mark(turns[self.marks.get(choice.target)])

    def _here(self) -> Choice | None:
        about = self.query_one("#choices", LinesView).about
        return next((choice for choice in self.choices if choice is about), None)

    def _mark(self, said: Said | None) -> None:
        choice = self._here()
        if choice is None or self._writing:
            return
        self._warned = False
        self.marks.pop(choice.target, None)
        if said is not None:
            self.marks[choice.target] = said
        self._show()

    # -- leaving --------------------------------------------------------------------------------

    def leave(self) -> None:
        """Ask once before marks are given up."""
        if self.may_leave():
            self.dismiss(False)

    def may_leave(self) -> bool:
        """Nothing is marked that is not written, or the user has been told so."""
        from salesprep.view.words import _

        if self.marks == self._as_they_were or self._warned:
            return True
        self._warned = True
        self.board.say(_("what you marked is not written; leave once more to give it up"), warning=True)
        return False

    @work(group="write", exit_on_error=False)
    async def action_write(self) -> None:
        """All that is marked, at once."""
        from salesprep.briefing.choices import decision, unsettled
        from salesprep.tui.deciding import write
        from salesprep.view.choices import UNSETTLED
        from salesprep.view.words import _

        customer = self.briefing.customer
        seen = {choice.target: choice.found for choice in self.choices}
        verdicts = [
            decision(target, theirs=said == "is", found=seen.get(target))
            for target, said in self.marks.items()
        ]
        why = unsettled(customer, self.briefing.panels, known=True)
        if not verdicts:
            self.board.say(_("nothing is marked"))
        elif why is not None:
            self.board.say(UNSETTLED[why], warning=True, name=customer.name)
        elif not self._writing:
            self._writing = True
            try:
                written = await write(self.board, customer, verdicts)
            finally:
                self._writing = False
            if written:
                self.dismiss(True)


def _choose(
    briefing: Briefing, choices: Sequence[Choice], marks: Mapping[Target, Said], voice: Voice, columns: int
) -> Sequence[Line]:
    from salesprep.view.choose_board import choose_board

    return choose_board(
        briefing.customer.name, choices, marks, voice, columns, complete=_have_all_told(briefing)
    )


def _have_all_told(briefing: Briefing) -> bool:
    from salesprep.briefing.told import failures_of

    return briefing.complete and not any(map(failures_of, briefing.panels))
