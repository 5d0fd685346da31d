"""The board: head, quick scan and the panels side by side, filling as the sources answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import VerticalScroll

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.told import Told, held
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.grid import PanelGrid
from salesprep.tui.widgets.lines import LinesView
from salesprep.tui.widgets.panel import PanelView
from salesprep.tui.widgets.tabs import PanelTabs
from salesprep.view.widths import PHONE, SIDE_BY_SIDE

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult

    from salesprep.briefing.model import Briefing
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line


class BriefingScreen(Room):
    """One customer, before the visit."""

    BINDINGS = bindings_for("briefing")

    def __init__(self, whom: Whom) -> None:
        super().__init__()
        self.whom = whom
        self.told: Told | None = None
        self.open_panel = 0
        self._due = False

    def compose(self) -> ComposeResult:
        """Head, what scrolls, the keys."""
        yield LinesView(id="head").inert()
        with VerticalScroll(id="body", can_focus=False):
            yield LinesView(id="scan")
            yield PanelTabs(id="tabs").inert()
            yield PanelGrid(*map(PanelView, self.session.names), id="grid")
            yield LinesView(id="note").inert()
        yield LinesView(id="phone")
        yield FindLine()
        yield Footer("briefing")

    def on_mount(self) -> None:
        """Ask at once."""
        self._fit(self.app.size.width)
        self.ask()
        self.watch_the_clock()

    def minute_over(self, now: datetime) -> None:
        """The visit is a minute nearer, and what was told is a minute older."""
        if self.told is not None:
            self.take(replace(self.told.briefing, generated_at=now))

    def of_briefing(self) -> Briefing | None:
        """As far as it has come."""
        return self.told.briefing if self.told is not None else None

    # -- what comes -----------------------------------------------------------------------------

    @work(group="briefing", exclusive=True, exit_on_error=False)
    async def ask(self, fresh: bool | Collection[str] = False) -> None:
        """Ask all sources; every answer is shown as it comes."""
        from salesprep.briefing.questions import Ambiguous, OtherPick, UnknownPick

        try:
            async for briefing in self.session.briefing(self.whom, fresh=fresh):
                self.take(briefing)
            await self._did_you_mean()
        except Ambiguous as several:
            if self.was_left:  # while it was asked which of them there are
                return
            from salesprep.tui.screens.which import WhichScreen

            self.app.push_screen(WhichScreen(several), self._chosen)
        except (UnknownPick, OtherPick) as other:
            from salesprep.view.questions import why_not_picked

            self.board.say(why_not_picked(other, self.board.us), warning=True)

    async def _did_you_mean(self) -> None:
        """A name that nobody knows is most likely misspelt."""
        if self.told is None or self.told.briefing.known or not self.whom.name:
            return
        from salesprep.view.words import _

        if near := await self.session.nearest(self.whom.name):
            self.board.say(_("did you mean {names}?"), names=", ".join(f'"{name}"' for name in near))

    def _chosen(self, whom: Whom | None) -> None:
        if whom is None:
            self.leave()
        else:
            self.whom = replace(whom, visit=whom.visit or self.whom.visit)
            self.told = None
            self.ask()

    def take(self, briefing: Briefing) -> None:
        """Show the briefing as it is now; a burst is painted once."""
        before = self.told.briefing if self.told is not None else None
        narrow = self.app.size.width < SIDE_BY_SIDE
        self.told = Told(held(before, briefing), self.board.us, self.board.key_names, one_at_a_time=narrow)
        if not self._due:
            self._due = True
            self.call_later(self._paint)

    def _paint(self) -> None:
        self._due = False
        told = self.told
        if told is None or self.was_left:
            return
        columns = self.app.size.width
        if columns < PHONE:
            self.query_one("#phone", LinesView).paint(partial(_phone, told))
        else:
            self.query_one("#head", LinesView).paint(partial(_head, told))
            self.query_one("#scan", LinesView).paint(partial(_scan, told))
            self.query_one("#note", LinesView).paint(partial(_beneath, told))
            self.query_one(PanelTabs).tell(told, self.open_panel)
            views = {view.source: view for view in self.query_one(PanelGrid).panels}
            for panel in told.briefing.panels:
                views[panel.source].tell(panel, told)
        if self.focused is None:
            self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        """The cursor into the first panel that has something to pick."""
        if self.focused is None and not self.was_left:
            views = self._views()
            panels = [view for view in views if view.id != "scan"]
            over = self.told is not None and self.told.briefing.complete
            # In order: the first one may be slow, and a cursor that jumps is worse than one that waits.
            ready = [view for view in ([*panels, *views] if over else panels[:1]) if view.stops]
            self.set_focus(ready[0] if ready else None, scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Another width may be another layout."""
        self._fit(event.size.width)
        if self.told is not None:
            self.take(self.told.briefing)

    def _fit(self, columns: int) -> None:
        phone = columns < PHONE
        self.query_one("#phone").display = phone
        for part in ("#head", "#body"):
            self.query_one(part).display = not phone
        self.query_one(PanelTabs).display = columns < SIDE_BY_SIDE
        self.query_one(PanelGrid).fit(columns, self.open_panel)
        focused = self.focused
        if focused is not None and not (focused.display and all(a.display for a in focused.ancestors)):
            self.set_focus(None)

    # -- moving ---------------------------------------------------------------------------------

    def _views(self) -> list[LinesView]:
        """Where a cursor can be, from top to bottom."""
        if self.app.size.width < PHONE:
            return [self.query_one("#phone", LinesView)]
        return [
            self.query_one("#scan", LinesView),
            *(v for v in self.query_one(PanelGrid).panels if v.display),
        ]

    @on(LinesView.Edge)
    def _over_the_edge(self, event: LinesView.Edge) -> None:
        event.stop()
        self._go(event.way, event.view, wrap=False)

    def action_next_panel(self) -> None:
        """The cursor into the next panel."""
        self._step(1)

    def action_previous_panel(self) -> None:
        """The cursor into the panel before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if self.app.size.width < SIDE_BY_SIDE and self.app.size.width >= PHONE:
            count = len(self.query_one(PanelGrid).panels)
            if count:
                self.show_panel((self.open_panel + way) % count)
        else:
            self._go(way, self.focused, wrap=True)

    def _go(self, way: int, start: object, *, wrap: bool) -> None:
        views = [v for v in self._views() if v.stops or v is start]
        if start not in views:
            start = None
        at = views.index(start) + way if isinstance(start, LinesView) else 0
        if not views or (not wrap and not 0 <= at < len(views)):
            if way < 0:
                self.query_one("#body", VerticalScroll).scroll_home(animate=False)
            else:
                self.query_one("#body", VerticalScroll).scroll_end(animate=False)
            return
        view = views[at % len(views)]
        self.set_focus(view, scroll_visible=False)
        if not wrap:
            view.move_to(0 if way > 0 else -1)
        view.reveal()

    def action_panel(self, number: int) -> None:
        """The panel of this number, as the screen counts them."""
        self.show_panel(number - 1)

    def show_panel(self, at: int) -> None:
        """The cursor into panel ``at``; where there is room for one, that one."""
        panels = self.query_one(PanelGrid).panels
        if not 0 <= at < len(panels):
            return
        self.open_panel = at
        columns = self.app.size.width
        if columns < PHONE:
            self.query_one("#phone", LinesView).move_to_about(panels[at].source)
            return
        self.query_one(PanelGrid).fit(columns, at)
        if self.told is not None:
            self.query_one(PanelTabs).tell(self.told, at)
        self.set_focus(panels[at], scroll_visible=False)
        self.call_after_refresh(panels[at].reveal)

    @on(PanelTabs.Chosen)
    def _tab(self, event: PanelTabs.Chosen) -> None:
        self.show_panel(event.at)

    # -- doing ----------------------------------------------------------------------------------

    def _source(self) -> str | None:
        view = self.view
        if isinstance(view, PanelView):
            return view.source
        found = self.picked()
        return found[0].source if found else None

    def action_ask_again(self) -> None:
        """Ask the source that the cursor is in once more; the others answer what they did."""
        source = self._source()
        self.ask(fresh=frozenset({source}) if source is not None else True)

    def action_ask_all_again(self) -> None:
        """Ask all sources once more."""
        self.ask(fresh=True)

    def action_zoom(self) -> None:
        """The panel alone, with all it has."""
        source = self._source() or (self.session.names[self.open_panel] if self.session.names else None)
        if source is not None and self.told is not None:
            from salesprep.tui.screens.zoom import ZoomScreen

            self.app.push_screen(ZoomScreen(self.whom, source, self.told.briefing))

    def action_contacts(self) -> None:
        """Recent contacts."""
        from salesprep.tui.screens.contacts import ContactsScreen

        self.app.push_screen(ContactsScreen(self.whom, self.told.briefing if self.told else None))

    def action_people(self) -> None:
        """Who is there."""
        from salesprep.tui.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.whom, self.told.briefing if self.told else None))

    def action_decide(self) -> None:
        """What may be this customer's: which is?"""
        if self.told is None:
            return
        from salesprep.tui.screens.choose import ChooseScreen
        from salesprep.view.words import _

        briefing = self.told.briefing
        screen = ChooseScreen(briefing)
        if briefing.complete and not screen.choices:
            self.board.say(_("nothing is left to decide about {name}"), name=briefing.customer.name)
        else:
            self.app.push_screen(screen, self._decided)

    def _decided(self, changed: bool | None) -> None:
        if changed:
            self.ask()

    @work(group="undo", exclusive=True, exit_on_error=False)
    async def action_undo(self) -> None:
        """Take back what was decided last."""
        from salesprep.tui.deciding import take_back

        if await take_back(self.board):
            self.ask()

    def action_note(self) -> None:
        """The user's own note, in the user's editor."""
        if self.told is not None:
            self.board.edit_note(self.told.briefing.customer)
            self.take(self.session.dressed(self.told.briefing))


def _head(told: Told, columns: int) -> Sequence[Line]:
    from salesprep.view.board import head
    from salesprep.view.lines import pad

    return [pad(each, columns) for each in head(told.briefing, told.voice(), columns + 2)]


def _scan(told: Told, columns: int) -> Sequence[Line]:
    from salesprep.view.board import quick_scan
    from salesprep.view.lines import Line, Span, line, pad

    rows = quick_scan(told.briefing, told.voice(), columns + 2)
    rule = [] if told.one_at_a_time else [line(Span("─" * columns, "rule"))]
    return [pad(each, columns) for each in (Line(), *rows, *rule)]


def _beneath(told: Told, columns: int) -> Sequence[Line]:
    from salesprep.view.board import beneath
    from salesprep.view.lines import pad

    return [pad(each, columns) for each in beneath(told.briefing, told.voice(), columns)]


def _phone(told: Told, columns: int) -> Sequence[Line]:
    from salesprep.view.lines import pad
    from salesprep.view.phone import phone

    return [pad(each, columns) for each in phone(told.briefing, told.voice(narrow=True), columns, why=False)]
