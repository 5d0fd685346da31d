"""What every screen of lines has: where the cursor is, a line to find by, what is done with what it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widgets import Input

from salesprep.tui.picking import records
from salesprep.tui.screens.leaving import Leaves
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from datetime import datetime

    from textual.widget import Widget

    from salesprep.briefing.model import Briefing, Found
    from salesprep.tui.app import Board
    from salesprep.tui.session import Session


_LOOK_AT_THE_CLOCK = 5.0
"""Seconds."""


class FindLine(Input):
    """The line in which a filter, or a customer, is typed; away when nothing is."""

    def __init__(self) -> None:
        super().__init__(id="find", select_on_focus=False)
        self.cursor_blink = False
        self.display = False


class Room(Leaves[Any], Screen[Any]):
    """A screen over the lines of one view at a time."""

    AUTO_FOCUS = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus and what had it paint themselves; Textual would paint the whole screen."""
    finds_customers = False
    """What is typed after ``/`` is a customer's name, and Enter opens the briefing."""

    @property
    def board(self) -> Board:
        """The app."""
        return cast("Board", self.app)

    @property
    def session(self) -> Session:
        """What is asked; there once the sources are open."""
        return self.board.session

    @property
    def view(self) -> LinesView | None:
        """Where the cursor is: the focused lines, else the first ones that can have it."""
        if isinstance(self.focused, LinesView):
            return self.focused
        return next((v for v in self.query(LinesView) if v.can_focus and v.display and v.stops), None)

    def picked(self) -> tuple[Found, ...]:
        """The records under the cursor."""
        view = self.view
        return cast("tuple[Found, ...]", records(view.about)) if view is not None else ()

    def of_briefing(self) -> Briefing | None:
        """The briefing that the lines are of, if they are."""
        return None

    # -- time goes on ---------------------------------------------------------------------------

    def watch_the_clock(self) -> None:
        """Tell the time anew when a minute is over; nothing is painted in between."""
        self._minute = self._now().replace(second=0, microsecond=0)
        self.set_interval(_LOOK_AT_THE_CLOCK, self._look_at_the_clock)

    def _look_at_the_clock(self) -> None:
        minute = self._now().replace(second=0, microsecond=0)
        if minute != self._minute and self.is_current:
            self._minute = minute
            self.minute_over(self._now())

    def _now(self) -> datetime:
        return self.session.space.now().astimezone(self.board.us.zone)

    def minute_over(self, now: datetime) -> None:
        """What shows the time shows ``now``."""

    # -- finding --------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the line to type in."""
        line = self.query_one(FindLine)
        line.placeholder = self.find_hint()
        line.display = True
        self.set_focus(line)  # at once: what is typed ahead may be the key that closes it

    def find_hint(self) -> str:
        """What the empty line says."""
        from salesprep.view.words import _, say

        return say(self.board.us, _("words that a line must hold; Enter keeps them, Esc lifts them"))

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        if not self.finds_customers:
            self.filter(event.value)

    def filter(self, words: str) -> None:
        """Show only what holds ``words``."""
        for view in self.query(LinesView):
            if view.can_focus:
                view.filter(words)

    @on(Input.Submitted, "#find")
    def _entered(self, event: Input.Submitted) -> None:
        line = self.query_one(FindLine)
        if not line.display:
            return  # Enter was typed twice before the first one was seen to
        line.display = False
        self.set_focus(self._first())
        if self.finds_customers and event.value.strip():
            words = event.value.strip()
            line.clear()
            self.look_for(words)
        elif not event.value.strip():
            self.filter("")

    def look_for(self, words: str) -> None:
        """Open the briefing of a customer by name."""

    def _first(self) -> LinesView | None:
        return next((v for v in self.query(LinesView) if v.can_focus and v.display), None)

    def action_back(self) -> None:
        """Lift the filter, else close the screen."""
        if self.filtered:
            line = self.query_one(FindLine)
            line.display = False
            line.clear()
            self.filter("")
            self.set_focus(self._first())
            return
        self.leave()

    def may_leave(self) -> bool:
        """Whether nothing is lost with the screen; where something is, the user is told so."""
        return True

    def leave(self) -> None:
        """Close the screen."""
        self.dismiss()

    @property
    def filtered(self) -> bool:
        """Something is typed, or left out."""
        return self.query_one(FindLine).display or any(view.filtered for view in self.query(LinesView))

    # -- on what the cursor is on ---------------------------------------------------------------

    async def action_open(self) -> None:
        """The original of what the cursor is on."""
        self.board.open_original(self.picked())

    def action_copy(self) -> None:
        """The lines of what the cursor is on, or the text that the mouse marked."""
        marked = self.get_selected_text()
        view = self.view
        self.board.copy(marked or (view.picked_text if view is not None else ""))

    def action_copy_panel(self) -> None:
        """All lines of the view."""
        view = self.view
        self.board.copy(view.text if view is not None else "")

    def action_copy_briefing(self) -> None:
        """All that the screen shows."""
        shown = [view.text for view in self.query(LinesView) if view.display]
        self.board.copy("\n\n".join(filter(None, shown)))

    def action_why(self) -> None:
        """How it was matched, how old it is, where it comes from."""
        found = self.picked()
        if found:
            from salesprep.tui.screens.why import WhyScreen

            briefing = self.of_briefing()
            self.app.push_screen(WhyScreen(found, briefing.panels if briefing is not None else ()))

    @on(LinesView.Picked)
    async def _picked(self, event: LinesView.Picked) -> None:
        event.stop()
        await self.pick(event.about)

    async def pick(self, about: object) -> None:
        """Enter on a line."""
        self.board.open_original(cast("tuple[Found, ...]", records(about)))
