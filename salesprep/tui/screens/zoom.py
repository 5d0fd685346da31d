"""One panel alone, with all that its source has; further pages come as the end comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.told import Told, held
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.adapter import Kind
    from salesprep.briefing.model import Briefing, Panel
    from salesprep.tui.session import Whom
    from salesprep.view.lines import Line

PAGE = 50
"""Records more, each time the end comes near."""
MOST = 500
"""Ten pages."""


class ZoomScreen(Room):
    """All of one source."""

    BINDINGS = bindings_for("zoom")

    def __init__(self, whom: Whom, source: str, briefing: Briefing) -> None:
        super().__init__()
        self.whom, self.source, self.briefing = whom, source, briefing
        self._wanted = 0

    def compose(self) -> ComposeResult:
        """The head, the panel, the keys."""
        yield LinesView(id="head").inert()
        yield LinesView(id="all")
        yield FindLine()
        yield Footer("zoom")

    def on_mount(self) -> None:
        """What is there already."""
        self._show()
        self.set_focus(self.query_one("#all", LinesView))

    def of_briefing(self) -> Briefing:
        """The one that was opened."""
        return self.briefing

    def _show(self) -> None:
        told = Told(self.briefing, self.board.us, self.board.key_names)
        panel = self._panel()
        self.query_one("#head", LinesView).show(partial(_head, told))
        if panel is not None:
            self.query_one("#all", LinesView).show(partial(_all, told, panel))

    def _panel(self) -> Panel | None:
        return next((p for p in self.briefing.panels if p.source == self.source), None)

    def _unread(self) -> tuple[Kind, ...]:
        panel = self._panel()
        return tuple(s.kind for s in panel.sections if s.cursor is not None) if panel is not None else ()

    @on(LinesView.NearEnd)
    def _further(self, event: LinesView.NearEnd) -> None:
        event.stop()
        kinds, panel = self._unread(), self._panel()
        if not kinds or panel is None:
            return
        there = max(len(s.records) for s in panel.sections if s.kind in kinds)
        wanted = min(MOST, there + PAGE)
        if wanted > max(self._wanted, there):
            self._wanted = wanted
            self.read_on(kinds, wanted)

    @work(group="zoom", exclusive=True, exit_on_error=False)
    async def read_on(self, kinds: tuple[Kind, ...], most: int) -> None:
        """Until ``most`` records of each of ``kinds`` are there; what was read is not asked for again."""
        from salesprep.briefing.reach import Reach

        reach = Reach(kinds, most, source=self.source)
        async for briefing in self.session.briefing(self.whom, reach=reach):
            panel = next(p for p in briefing.panels if p.source == self.source)
            before = self._panel()
            if before is None or _size(panel) >= _size(before):
                self.briefing = held(self.briefing, briefing)
                self._show()

    @work(group="zoom", exclusive=True, exit_on_error=False)
    async def ask(self) -> None:
        """Ask this source once more."""
        async for briefing in self.session.briefing(self.whom, fresh=frozenset({self.source})):
            self.briefing = held(self.briefing, briefing)
            self._show()

    def action_ask_again(self) -> None:
        """Ask this source once more."""
        self.ask()

    def action_zoom(self) -> None:
        """Back among the others."""
        self.leave()


def _size(panel: Panel) -> int:
    return sum(len(section.records) for section in panel.sections)


def _head(told: Told, columns: int) -> Sequence[Line]:
    from salesprep.view.header import now_and_visit
    from salesprep.view.lines import Line, Span, line, pad, spread

    name = line(Span(told.briefing.customer.name.upper(), "title"))
    right = line(Span(now_and_visit(told.briefing, told.voice())))
    head = spread(name, right, columns) if name.width + 2 + right.width <= columns else name
    return [pad(each, columns) for each in (head, Line())]


def _all(told: Told, panel: Panel, columns: int) -> Sequence[Line]:
    from salesprep.view.panel import panel as lines_of

    return lines_of(panel, told.voice(), columns, ruled=True, airy=True, every=True)
