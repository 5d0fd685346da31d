"""The interface put together: themes, keys, the first screen, and what every screen may ask of it.

Painted first, opened after: until the first frame is on the screen nothing is imported but Textual and the
settings, and no source is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.worker import get_current_worker

from salesprep.tui import themes
from salesprep.tui.actions import APP
from salesprep.tui.crash import Safe
from salesprep.tui.in_order import InOrder
from salesprep.tui.keys import bindings_for, key_names, remapped
from salesprep.tui.palette import Commands, Palette
from salesprep.tui.screens.today import TodayScreen
from salesprep.view.widths import PHONE

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from salesprep.briefing.links import Links
    from salesprep.briefing.model import Customer, Found
    from salesprep.settings import Settings, Us
    from salesprep.tui.clipboard import Copied
    from salesprep.tui.session import Session, Space


class Board(Safe[int], InOrder[int], themes.Themed[int]):
    """``salesprep`` on a terminal."""

    BINDINGS = bindings_for(APP)
    COMMANDS: ClassVar = {Commands}

    def __init__(self, settings: Settings, opening: Callable[[], Space], environ: Mapping[str, str]) -> None:
        """``opening`` makes what a run stands on; it is called after the first paint, in a thread."""
        super().__init__()
        themes.register(self, settings.theme)
        self.settings = settings
        self.us: Us = settings.us
        self.language = settings.us.language
        self.environ = environ
        self.refusal: Exception | None = None
        """Why the sources could not be opened."""
        self._remapped = remapped(settings.keys)
        self.key_names = key_names(settings.keys)
        """Action to its key, as the screen names it."""
        self._opening = opening
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """What screens ask; there once the sources are open."""
        if self._session is None:
            raise RuntimeError("no screen but the first is there before the sources are open")
        return self._session

    def on_resize(self, event: events.Resize) -> None:
        """A window like a phone's has no room for scrollbars."""
        # Not by breakpoints: those put a class on every screen when it is shown first, which styles it twice.
        is_phone = event.size.width < PHONE
        if is_phone == self.has_class("-phone"):
            return
        self.set_class(is_phone, "-phone")
        for beneath in self.screen_stack[:-1]:  # Textual styles the one on top alone
            self.stylesheet.update(beneath)

    # -- opening and closing --------------------------------------------------------------------

    def on_mount(self) -> None:
        """The frame; the sources after it is painted."""
        self.set_keymap(self._remapped.keymap)
        for clash in self._remapped.clashes:
            self.notify(self.in_words(clash), severity="warning", markup=False, timeout=10)
        first = TodayScreen()
        self.push_screen(first)
        first.call_after_refresh(self._open, first)

    @work(group="opening", exclusive=True, exit_on_error=False)
    async def _open(self, first: TodayScreen) -> None:
        try:
            self._session = await asyncio.to_thread(self._opened)
        except Exception as error:  # said by the command line, where the screen is gone, with its exit code
            self.refusal = error
            self.exit()
            return
        for problem in self._session.remembered.problems:
            self.say(problem.sentence, warning=True)
        first.begin()

    def _opened(self) -> Session:
        from salesprep.tui.session import Session

        return Session(self._opening())

    async def close(self) -> None:
        """End all sources; over in less than a second."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    # -- what screens want done -----------------------------------------------------------------

    def say(self, sentence: str, *, warning: bool = False, **values: object) -> None:
        """A toast, in the user's language."""
        severity: SeverityLevel = "warning" if warning else "information"
        self.notify(self.in_words(sentence, **values), severity=severity, markup=False)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def copy(self, text: str) -> None:
        """``text`` on the clipboard of whoever looks at the screen; says which way it went."""
        done = await self._copied(text)
        self.say(done.said, warning=done.how == "nowhere")

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's own way to copy (ctrl+c), by ours."""
        self.copy(text)

    async def _copied(self, text: str) -> Copied:
        from salesprep.tui import clipboard

        return await clipboard.copy(text, self.environ, self._write)

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    @work(group="open", exclusive=True, exit_on_error=False)
    async def open_original(self, found: Sequence[Found]) -> None:
        """The original of the first of ``found`` that has one."""
        from salesprep.tui import opening

        if not found:
            return
        chosen = next((each for each in found if each.record.url), found[0])
        files = self.session.host.files(chosen.source)
        done = await opening.open_original(chosen.record, files, self.environ, self._copied)
        if get_current_worker().is_cancelled:
            return  # a thread that had begun was waited for; meanwhile the user has opened something else
        if isinstance(done, opening.Refused):
            self.say(done.reason, warning=True)
        elif done.how == "opened":
            self.say(done.said)
        else:
            from salesprep.tui.screens.address import AddressScreen

            self.push_screen(AddressScreen(self.in_words(done.said), done.target))

    def in_words(self, sentence: str, **values: object) -> str:
        """A marked sentence in the user's language."""
        from salesprep.view.words import say

        return say(self.us, sentence, **values)

    def edit_note(self, customer: Customer) -> None:
        """The user's own note in their editor, which gets the terminal meanwhile."""
        from salesprep.tui import noting

        noting.edit(self, customer)

    # -- keys -----------------------------------------------------------------------------------

    def action_command_palette(self) -> None:
        """Any action by its name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_theme(self) -> None:
        """The next set of colours."""
        self.theme = themes.next_theme(self.theme)

    def action_help(self) -> None:
        """All actions of the screen beneath, and their keys."""
        from salesprep.tui.screens.help import show_help

        show_help(self)

    @property
    def remembered(self) -> Links | None:
        """The customers that were decided on; ``None`` until the sources are open."""
        return self._session.links if self._session is not None else None

    def open_customer(self, words: str) -> None:
        """Open the briefing of a customer by name or id, in the place of the one that is open: however often
        somebody goes on to another, no more than one has to be closed."""
        from salesprep.tui.screens.briefing import BriefingScreen
        from salesprep.tui.screens.room import Room
        from salesprep.tui.session import Whom

        if any(isinstance(screen, Room) and not screen.may_leave() for screen in self.screen_stack):
            return
        for screen in self.screen_stack:
            if isinstance(screen, BriefingScreen):
                screen.leave()
        self.push_screen(BriefingScreen(Whom(words)))
