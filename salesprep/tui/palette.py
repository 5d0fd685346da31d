"""What the command palette offers: every action in force, the customers that the user has decided on, the
themes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual import on
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content
from textual.widgets import Input, OptionList

from salesprep.adapter.words import _
from salesprep.tui.actions import LIST
from salesprep.tui.keys import InForce, in_force, runs, said, shown
from salesprep.tui.screens.leaving import Leaves
from salesprep.tui.themes import NAMES

if TYPE_CHECKING:
    from textual.command import Hits
    from textual.style import Style

    from salesprep.briefing.links import Links

THEMES: Mapping[str, str] = {
    "dark": _("Theme: dark"),
    "light": _("Theme: light"),
    "contrast": _("Theme: high contrast"),
    "terminal": _("Theme: the terminal's own colours"),
}
_PALETTE = "palette"
_LONGEST = 80
"""Letters of a name that can be found by."""


class Remembers(Protocol):
    """What the palette asks of the app."""

    @property
    def remembered(self) -> Links | None:
        """The customers that were decided on; ``None`` until the sources are open."""

    def open_customer(self, words: str) -> None:
        """Open the briefing of a customer by id."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run."""

    text: str
    run: Callable[[], Awaitable[None] | None]
    help: str = ""
    at_once: bool = True
    """Offered before anything is typed."""


class Palette(Leaves[None], CommandPalette):
    """Textual's, of which a key that pages ends the app while its list has no lines yet: when it has just
    been opened, or where there is no room for one."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _once(self, event: OptionList.OptionSelected | Input.Submitted) -> None:
        """Every Enter typed before it has closed would run the command again."""
        if self.was_left:
            event.stop()
            event.prevent_default()


class Commands(Provider):
    """Everything that can be done from the screen beneath the palette."""

    _commands: Sequence[Command] = ()

    async def startup(self) -> None:
        """Find out what there is; it stays so while the palette is open."""
        self._commands = [*self._actions(), *self._customers(), *self._themes()]

    def _actions(self) -> Iterator[Command]:
        for run in runs(one for one in in_force(self.screen) if one.enabled):
            for one in run:
                if one.action.id == _PALETTE:
                    continue
                keys = ", ".join(said(self.app, shown(key)) for key in one.keys)
                label = said(self.app, one.action.long or one.action.label)
                text = f"{label[:1].upper()}{label[1:]}" + (f"  ({keys})" if keys else "")
                yield Command(text, one.run, said(self.app, one.action.tip), _at_once(run))

    def _customers(self) -> Iterator[Command]:
        app = cast("Remembers", self.app)
        links = app.remembered
        if links is None:
            return
        from salesprep.view.lines import one_line  # late: not before there is a customer

        for customer in links.customers:
            text = said(self.app, _("Briefing: {name}"), name=one_line(customer.name)[:_LONGEST])
            yield Command(text, partial(app.open_customer, customer.id), at_once=False)

    def _themes(self) -> Iterator[Command]:
        for name in NAMES:
            if name in self.app.available_themes and name != self.app.theme:
                yield Command(said(self.app, THEMES[name]), partial(setattr, self.app, "theme", name))

    async def discover(self) -> Hits:
        """What is offered before anything is typed."""
        for command in self._commands:
            if command.at_once:
                # Content: what stands in brackets in a name is no markup.
                yield DiscoveryHit(Content(command.text), command.run, command.text, command.help or None)

    async def search(self, query: str) -> Hits:
        """What holds the letters that are typed, in their order."""
        matcher = self.matcher(query)
        for command in self._commands:
            score, letters = matcher.fuzzy_search.match(query, command.text)
            if score > 0:
                found = _marked(command.text, letters, matcher.match_style)
                yield Hit(score, found, command.run, command.text, command.help or None)


def _at_once(run: Sequence[InForce]) -> bool:
    """Moving about, and one of several in a row, nobody looks for by name first."""
    return len(run) == 1 and LIST not in run[0].action.places


def _marked(text: str, letters: Sequence[int], style: Style) -> Content:
    content = Content(text)
    for at in letters:
        if not text[at].isspace():
            content = content.stylize(style, at, at + 1)
    return content
