"""The command palette: what can be done, who was decided on, the colours; found by letters in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.command import CommandPalette, DiscoveryHit, Hit
from textual.screen import Screen
from textual.widgets import Input, OptionList

from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer
from salesprep.settings import Us
from salesprep.tui.actions import APP, LIST
from salesprep.tui.keys import bindings_for
from salesprep.tui.palette import Commands
from salesprep.tui.themes import Themed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.command import Provider
    from textual.pilot import Pilot

HOSTILE = "[red]Kwaad[/red] [/] B.V.\u202e\x1b]0;x\x07"
KNOWN = Links(
    (Customer("c-1", "Van Dijk Machinebouw B.V."), Customer("c-2", "Kaas & Co"), Customer("c-3", HOSTILE))
)


class BriefingScreen(Screen[None]):
    """Does some of what a briefing does, and writes it down."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("briefing"), *bindings_for(LIST)]

    def compose(self) -> ComposeResult:
        yield Input()

    def action_panel(self, number: int) -> None:
        assert isinstance(self.app, Board)
        self.app.ran.append(f"panel{number}")

    def action_up(self) -> None:
        """As in lines."""

    async def action_ask_all_again(self) -> None:
        assert isinstance(self.app, Board)
        self.app.ran.append("ask_all_again")


class Board(Themed[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(APP)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}

    def __init__(self, remembered: Links | None = KNOWN, language: str = "en") -> None:
        super().__init__(theme="dark")
        self.us = Us(language=language)
        self.remembered = remembered
        self.ran: list[str] = []

    def on_mount(self) -> None:
        self.theme = "dark"  # whatever the terminal has that the tests run on

    def get_default_screen(self) -> Screen[None]:
        return BriefingScreen()

    def open_customer(self, words: str) -> None:
        self.ran.append(f"open {words}")


async def found(app: Board, query: str = "") -> list[str]:
    """What is offered for these letters, best first."""
    async with app.run_test():
        commands = Commands(app.screen)
        await commands.startup()
        hits: list[Hit | DiscoveryHit] = []
        async for hit in commands.search(query) if query else commands.discover():
            hits.append(hit)
    ranked = sorted(hits, key=lambda hit: -hit.score)
    return [str(hit.text) for hit in ranked]


async def types(pilot: Pilot[None], app: Board, words: str) -> None:
    """Type into the palette, and take the first that it offers."""
    await pilot.press("colon", *words)
    assert isinstance(app.screen, CommandPalette)
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


class TestItOffers:
    async def test_what_can_be_done_with_its_keys_and_the_other_themes(self) -> None:
        assert await found(Board()) == [
            "Ask all again  (R)",
            "Quit  (ctrl+q)",
            "Theme: light",
            "Theme: high contrast",
            "Theme: the terminal's own colours",
        ]

    async def test_the_customers_that_were_decided_on(self) -> None:
        assert (await found(Board(), "brief")) == [
            "Briefing: Van Dijk Machinebouw B.V.",
            "Briefing: Kaas & Co",
            "Briefing: [red]Kwaad[/red] [/] B.V.\ufffd\ufffd]0;x\ufffd",
        ]

    async def test_what_holds_the_letters_in_their_order(self) -> None:
        assert (await found(Board(), "kaasco"))[0] == "Briefing: Kaas & Co"
        assert (await found(Board(), "pnl 7"))[0] == "Panel 7  (7)"
        assert (await found(Board(), "up"))[0] == "Up  (↑, k)"

    async def test_no_customers_before_the_sources_are_open(self) -> None:
        assert await found(Board(None), "brief") == []

    async def test_it_in_dutch(self) -> None:
        assert await found(Board(language="nl"), "thema") == [
            "Thema: licht",
            "Thema: hoog contrast",
            "Thema: de kleuren van de terminal zelf",
        ]

    async def test_nothing_for_letters_that_nothing_holds(self) -> None:
        assert await found(Board(), "zzzz") == []

    async def test_something_in_time_whatever_the_name_and_the_letters(self) -> None:
        assert len(await found(Board(Links((Customer("c", "a" * 5000),))), "a" * 40)) == 1


class TestAUserRuns:
    async def test_an_action_of_the_screen(self) -> None:
        app = Board()
        async with app.run_test() as pilot:
            await types(pilot, app, "all again")
            assert app.ran == ["ask_all_again"]

    async def test_an_action_though_a_line_had_the_keys(self) -> None:
        app = Board()
        async with app.run_test() as pilot:
            app.screen.set_focus(app.screen.query_one(Input))
            await pilot.press("ctrl+p", *"all again")
            await app.workers.wait_for_complete()
            await pilot.press("enter")
            await pilot.pause()
            assert app.ran == ["ask_all_again"]

    async def test_the_briefing_of_a_customer(self) -> None:
        app = Board()
        async with app.run_test() as pilot:
            await types(pilot, app, "kaas")
            assert app.ran == ["open c-2"]

    async def test_another_theme(self) -> None:
        app = Board()
        async with app.run_test() as pilot:
            await types(pilot, app, "high contrast")
            assert app.theme == "contrast"


class TestANameFromASource:
    async def test_is_shown_as_it_is_written(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("colon", *"kwaad")
            await app.workers.wait_for_complete()
            await pilot.pause()
            options = app.screen.query_one(OptionList)
            shown = str(options.get_option_at_index(0).prompt)
            assert shown.startswith("Briefing: [red]Kwaad[/red] [/] B.V.")
