"""What the user sees of a fault of salesprep's own: an app of its own, since the other one has ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from salesprep import words
from salesprep.adapter.words import _, in_english
from salesprep.tui import clipboard
from salesprep.tui.crash import Crash, Safe
from salesprep.tui.log import Log
from salesprep.tui.themes import Themed

if TYPE_CHECKING:
    from textual.app import ComposeResult


class CrashApp(Themed[bool], Safe[bool]):
    """Returns whether the user wants to go on."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, fault: Crash, kept: Log, environ: Mapping[str, str], *, language: str, theme: str
    ) -> None:
        super().__init__(theme=theme)
        self.language = language
        self.fault = fault
        self._kept = kept
        self._environ = environ

    def on_mount(self) -> None:
        """Show it."""
        self.push_screen(CrashScreen(lines(self.fault, self._kept, self.language), self.language))

    async def copy(self, text: str) -> None:
        """Copy ``text`` and say which way it went."""
        driver = self._driver
        if driver is not None:
            copied = await clipboard.copy(text, self._environ, driver.write)
            said = words.say(copied.said, {}, self.language, in_english)
            self.notify(said, severity="warning" if copied.how == "nowhere" else "information", markup=False)


class CrashScreen(Screen[None]):
    """What happened, where it is written, whom to tell; and the ways on."""

    DEFAULT_CSS = """
    CrashScreen {
        & > VerticalScroll { padding: 1 2; }
        & Static { margin-bottom: 1; }
        & .title { text-style: bold; }
    }
    """

    def __init__(self, told: tuple[str, ...], language: str) -> None:
        super().__init__()
        self._told = told
        for keys, action, label in (
            ("r", "again", _("back to today")),
            ("c,y", "copy", _("copy this")),
            ("q,escape,ctrl+q", "leave", _("leave")),
        ):
            self._bindings.bind(keys, action, words.say(label, {}, language, in_english))

    def compose(self) -> ComposeResult:
        """The paragraphs and the keys."""
        with VerticalScroll():
            for number, paragraph in enumerate(self._told):
                yield Static(paragraph, markup=False, classes="" if number else "title")
        yield Footer(show_command_palette=False)

    def action_again(self) -> None:
        """Back to today."""
        self.app.exit(True)

    def action_leave(self) -> None:
        """Leave salesprep."""
        self.app.exit(False)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def action_copy(self) -> None:
        """All that is told here, to send it to somebody."""
        app = self.app
        if isinstance(app, CrashApp):
            await app.copy("\n\n".join(self._told))


def lines(fault: Crash, kept: Log, language: str) -> tuple[str, ...]:
    """The paragraphs of the screen, in ``language``; nothing in them but types and places."""

    def say(sentence: str) -> str:
        return words.say(sentence, {}, language, in_english)

    kind, *before = fault.kinds
    error = _("Error: {kind}, after {others}", kind=kind, others=", ".join(before))
    ours = "\n".join(f"  {place}" for place in fault.places)
    where = [
        say(_("Where:")) + f"\n{ours}" if ours else "",
        say(_("Raised in: {place}", place=fault.raised)) if fault.raised else "",
    ]
    written = _("The log: {file}", file=kept.file) if kept.written else _("No log could be written.")
    return (
        say(_("This should not have happened")),
        say(
            _(
                "salesprep met a fault of its own and stopped what it was doing. Your sources are only ever "
                "read, and what you decided or noted before is kept."
            )
        ),
        "\n".join(
            filter(None, [say(error if before else _("Error: {kind}", kind=kind)), *where, say(written)])
        ),
        say(
            _(
                "Please tell whoever looks after salesprep for you. The lines above can be sent as they are: "
                "there is nothing of a customer in them."
            )
        ),
    )
