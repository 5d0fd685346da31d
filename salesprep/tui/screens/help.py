"""Every action of the screen beneath and its keys: what is typed finds one, Enter runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from salesprep.adapter.words import _
from salesprep.tui.actions import APP, EVERY_SCREEN, HELP, LIST, Action
from salesprep.tui.keys import InForce, bindings_for, in_force, runs, said, shown
from salesprep.tui.screens.leaving import Leaves
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual import events
    from textual.app import App, ComposeResult

    from salesprep.view.lines import Line

_WIDE = 60
"""Columns; with fewer there is no room for sentences."""
_GAP = 2
_LONGEST = 40
"""Letters that can be typed."""


def show_help(app: App[Any]) -> None:
    """Open the help over the screen that is shown, and run what the user picks there."""
    app.push_screen(HelpScreen(in_force(app.screen)), _run)


async def _run(picked: InForce | None) -> None:
    if picked is not None:
        await picked.run()


class HelpScreen(Leaves["InForce | None"], ModalScreen["InForce | None"]):
    """What can be done. Gives what the user picked."""

    AUTO_FOCUS = "LinesView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "pick", show=False),
        *bindings_for(HELP),
    ]

    def __init__(self, actions: Sequence[InForce]) -> None:
        super().__init__()
        self._actions = tuple(actions)
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(id="box"):
            yield LinesView(self._draw(), id="actions")

    @property
    def view(self) -> LinesView:
        """The list."""
        return self.query_one(LinesView)

    def _draw(self) -> Callable[[int], Sequence[Line]]:
        return partial(_lines, self.app, self._actions, self._typed)

    def on_key(self, event: events.Key) -> None:
        """What is typed looks for an action; keys that otherwise move the cursor too."""
        if event.is_printable and event.character is not None:
            typed = (self._typed + event.character)[:_LONGEST].lstrip()
        elif event.key == "backspace":
            typed = self._typed[:-1]
        else:
            return
        event.stop()
        if typed != self._typed:
            self._typed = typed
            self.view.show(self._draw())
            self.call_after_refresh(self.view.move_to, 0)

    @on(LinesView.Picked)
    def _picked(self, event: LinesView.Picked) -> None:
        event.stop()
        self.action_pick()

    def action_pick(self) -> None:
        """Run what the cursor is on."""
        about = self.view.about
        if isinstance(about, InForce):
            self.dismiss(about)

    def action_close(self) -> None:
        """Run nothing."""
        self.dismiss(None)


def _lines(app: App[Any], actions: Sequence[InForce], typed: str, columns: int) -> Sequence[Line]:
    """All actions in groups, or those that hold what is typed."""
    from salesprep.view.finding import holding
    from salesprep.view.lines import Line, Span, pad

    told = [
        _Row.of(app, run) for run in runs(one for one in actions if one.enabled and one.action.id != HELP)
    ]
    hint = said(app, _("type to find one; Enter runs it; Esc closes"))
    lines = [Line((Span(f" {typed}▏", "fact") if typed else Span(f" {hint}", "dim"),))]
    for group in dict.fromkeys(row.group for row in told):
        lines += [Line(), Line((Span(f" {said(app, group)}", "heading"),))]
        lines += _rows([row for row in told if row.group == group], told, columns)
    found = holding(lines, typed)
    if len(found) == 1:
        found.append(Line((Span(f"   {said(app, _('nothing found'))}", "dim"),)))
    return [pad(line, columns) for line in found]


def _rows(rows: Sequence[_Row], every: Sequence[_Row], columns: int) -> list[Line]:
    from salesprep.view.lines import Span, inset, line, pad, telling, width, wrap

    keys = max(width(row.keys) for row in every) + _GAP
    label = max(width(row.label) for row in every) + _GAP
    lines: list[Line] = []
    for row in rows:
        named = line(
            Span("   "),
            *pad(line(Span(row.keys, "word")), keys).spans,
            *pad(line(Span(row.label, "fact")), label).spans,
        )
        first, *more = wrap(row.tip, columns - named.width) if columns >= _WIDE else ("",)
        told = [line(*named.spans, Span(first, "dim"))]
        told += (inset(line(Span(part, "dim")), named.width) for part in more)
        lines += telling(told, row.first)
    return lines


@dataclass(frozen=True, slots=True)
class _Row:
    """An action, or several in a row, as it is told."""

    first: InForce
    group: str
    keys: str
    label: str
    tip: str

    @classmethod
    def of(cls, app: App[Any], run: Sequence[InForce]) -> _Row:
        """As it is told to the app's user."""
        first, action = run[0], run[0].action
        if len(run) > 1:
            ends = [said(app, shown(one.keys[0])) for one in (first, run[-1]) if one.keys]
            keys, label, tip = "-".join(ends), action.run, _("Puts the cursor into the panel of that number.")
        else:
            keys = ", ".join(said(app, shown(key)) for key in first.keys)
            label, tip = action.long or action.label, action.tip
        return cls(first, _group(action), keys, said(app, label), said(app, tip))


def _group(action: Action) -> str:
    if LIST in action.places:
        return _("In lines")
    if APP in action.places or action.places == EVERY_SCREEN:
        return _("Everywhere")
    return _("Here")
