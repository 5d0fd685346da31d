"""Home: the coming visits, each with the first line of its quick scan. Painted before anything is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from salesprep.briefing.links import Links
    from salesprep.briefing.model import Agenda, Briefing, Visit
    from salesprep.settings import Us
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line


_OLD = timedelta(minutes=10)
"""After so long the calendars are asked again; what they have kept they answer at once."""


class TodayScreen(Room):
    """The user's visits from now on."""

    BINDINGS = bindings_for("today")
    finds_customers = True

    def __init__(self) -> None:
        super().__init__()
        self.agenda: Agenda | None = None
        self._links: Links | None = None
        """The decisions that the agenda was made with."""

    def compose(self) -> ComposeResult:
        """The visits and the keys."""
        yield LinesView(id="today", margin=1)
        yield FindLine()
        yield Footer("today")

    def begin(self) -> None:
        """The sources are open: ask them."""
        self.query_one(LinesView).show(partial(_asking, self.session.space.titles, self.board.us))
        self.set_focus(self.query_one(LinesView))
        self.ask()
        self.watch_the_clock()

    def minute_over(self, now: datetime) -> None:
        """A visit is a minute nearer; and calendars change during a day."""
        if self.agenda is None:
            return
        if now - self.agenda.generated_at > _OLD:
            self.ask()
            return
        told = replace(self.agenda, generated_at=now)
        self.query_one(LinesView).show(partial(_visits, told, self.board.us, self.board.key_names))

    @work(group="today", exclusive=True, exit_on_error=False)
    async def ask(self, *, fresh: bool = False) -> None:
        """The calendars first; then what matters at each customer."""
        self._links = self.session.links
        async for agenda in self.session.visits(fresh=fresh):
            self.agenda = agenda
            self.query_one(LinesView).show(partial(_visits, agenda, self.board.us, self.board.key_names))

    def on_screen_resume(self) -> None:
        """What was decided meanwhile may settle whose a visit is."""
        if self._links is not None and self._links is not self.session.links:
            self.ask()

    def find_hint(self) -> str:
        """What the empty line says."""
        from salesprep.view.words import _, say

        return say(self.board.us, _("a customer's name; Enter opens the briefing"))

    def look_for(self, words: str) -> None:
        """The briefing of a customer by name."""
        from salesprep.tui.session import Whom

        self._open(Whom(words))

    async def pick(self, about: object) -> None:
        """The briefing of a visit; where its customer is not known, or it is with several, of which one. Of a
        meeting among ourselves the briefing on whom it is about."""
        from salesprep.tui.session import Whom

        visit = cast("Visit", about)
        if len(visit.customers) > 1:
            from salesprep.tui.screens.with_whom import WithWhomScreen

            self.app.push_screen(WithWhomScreen(visit), self._chosen)
        elif visit.customer is not None and visit.about:
            pick = next((":".join(key) for key in visit.customer.ids), None)
            self._open(Whom(visit.customer.name, pick=pick))
        elif visit.customer is not None:
            self._open(Whom(visit.customer.name, visit))
        else:
            from salesprep.tui.screens.which import WhichScreen

            self.app.push_screen(WhichScreen(visit), self._chosen)

    async def action_open(self) -> None:
        """As Enter."""
        view = self.view
        if view is not None and view.about is not None:
            await self.pick(view.about)

    def _chosen(self, whom: Whom | None) -> None:
        if whom is not None:
            self._open(whom)

    def _open(self, whom: Whom) -> None:
        from salesprep.tui.screens.briefing import BriefingScreen

        self.app.push_screen(BriefingScreen(whom))

    def leave(self) -> None:
        """Home: there is nothing beneath."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """From here nothing goes back."""
        return action != "back" or self.filtered

    def action_ask_again(self) -> None:
        """Ask all calendars once more."""
        self.ask(fresh=True)

    @work(group="deciding", exclusive=True, exit_on_error=False)
    async def action_decide(self) -> None:
        """What may be the customer's of the visit under the cursor; else of the first with such."""
        from salesprep.briefing.questions import Ambiguous
        from salesprep.tui.screens.choose import ChooseScreen
        from salesprep.tui.session import Whom
        from salesprep.view.words import _

        visit = self._to_decide()
        if visit is None or visit.customer is None:
            self.board.say(_("nothing is left to decide about these visits"))
            return
        whom = Whom(visit.customer.name, visit)
        briefing: Briefing | None = None
        try:
            async for update in self.session.briefing(whom):
                briefing = update
        except Ambiguous:  # which of them it is comes first
            self._open(whom)
            return
        if briefing is not None:
            self.app.push_screen(ChooseScreen(briefing))

    def _to_decide(self) -> Visit | None:
        if self.agenda is None:
            return None
        waiting = [v for v, n in zip(self.agenda.visits, self.agenda.undecided, strict=False) if n]
        here = self.view.about if self.view is not None else None
        return next((visit for visit in waiting if visit is here), waiting[0] if waiting else None)

    def action_sources(self) -> None:
        """The sources and their state."""
        from salesprep.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen())


def _asking(titles: Mapping[str, str], us: Us, columns: int) -> Sequence[Line]:
    from salesprep.view.lines import Line, Span, cut, line, pad
    from salesprep.view.voice import label
    from salesprep.view.words import _, say

    named = ", ".join(label(name, title) for name, title in titles.items())
    asking = say(us, _("asking {names}…"), names=named)
    rows = (
        line(Span(f" {say(us, _('TODAY'))}", "title")),
        Line(),
        line(Span(f"   {cut(asking, columns - 4)}", "dim")),
    )
    return [pad(each, columns) for each in rows]


def _visits(agenda: Agenda, us: Us, keys: Mapping[str, str], columns: int) -> Sequence[Line]:
    from salesprep.view.agenda import agenda_board

    return agenda_board(agenda, us, columns, keys=keys)
