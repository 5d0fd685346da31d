"""The help: every action of the screen beneath, found by typing, run by Enter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen
from textual.widgets import Static

from salesprep.settings import Us
from salesprep.tui import themes
from salesprep.tui.actions import APP, LIST
from salesprep.tui.keys import bindings_for, keymap
from salesprep.tui.screens.help import HelpScreen, show_help
from salesprep.tui.themes import Themed
from salesprep.view.lines import width as columns_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.pilot import Pilot


class Lines(Static, can_focus=True):
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(LIST)

    def action_first(self) -> None:
        assert isinstance(self.app, Board)
        self.app.ran.append("first")


class BriefingScreen(Screen[None]):
    """Does some of what a briefing does, and writes it down."""

    AUTO_FOCUS = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("briefing")

    def compose(self) -> ComposeResult:
        yield Lines("x")

    def ran(self, name: str) -> None:
        assert isinstance(self.app, Board)
        self.app.ran.append(name)

    def action_panel(self, number: int) -> None:
        self.ran(f"panel{number}")

    async def action_ask_again(self) -> None:
        self.ran("ask_again")

    def action_ask_all_again(self) -> None:
        self.ran("ask_all_again")

    def action_why(self) -> None:
        self.ran("why")


class Board(Themed[None]):
    CSS_PATH = Path(themes.__file__).with_name("salesprep.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(APP)

    def __init__(self, language: str = "en", **given: tuple[str, ...]) -> None:
        super().__init__(theme="dark")
        self.us = Us(language=language)
        self.ran: list[str] = []
        self.given = given

    def get_default_screen(self) -> Screen[None]:
        return BriefingScreen()

    def on_mount(self) -> None:
        self.set_keymap(keymap(self.given))

    def action_help(self) -> None:
        show_help(self)

    def action_theme(self) -> None:
        self.ran.append("theme")

    @property
    def said(self) -> str:
        """What the help shows."""
        assert isinstance(self.screen, HelpScreen)
        return self.screen.view.text


async def types(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until all is painted."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


class TestItShows:
    async def test_every_action_of_the_screen_beneath_with_its_keys_and_what_it_does(self) -> None:
        app = Board(ask_again=("o", "ctrl+o"), why=())
        async with app.run_test(size=(130, 45)) as pilot:
            await types(pilot, "question_mark")
            rows = [" ".join(row.split()) for row in app.said.splitlines()]
        assert "1-9 source Puts the cursor into the panel of that number." in rows
        assert "o, ctrl+o ask again Asks the source of the panel once more, now." in rows
        assert "R ask all again Asks every source once more, now." in rows
        assert (
            "why is this here Tells by what a line was matched, how old it is and where it comes from."
            in rows
        )
        assert "home, g to the top Moves the cursor to the first line." in rows
        assert "t next theme Changes the colours." in rows
        assert [row for row in rows if row in ("Here", "In lines", "Everywhere")] == [
            "Here",
            "Everywhere",
            "In lines",
        ]
        assert not any("zoom" in row for row in rows), "it does nothing there"

    async def test_it_in_dutch(self) -> None:
        app = Board("nl")
        async with app.run_test(size=(130, 45)) as pilot:
            await types(pilot, "question_mark")
            assert "Overal" in app.said
            assert "Vraagt elke bron nu nog eens." in app.said

    async def test_it_in_any_width(self) -> None:
        app = Board()
        async with app.run_test(size=(130, 45)) as pilot:
            await types(pilot, "question_mark")
            for width, height in ((160, 45), (80, 24), (40, 20), (10, 5)):
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                assert isinstance(app.screen, HelpScreen)
                view = app.screen.view
                (columns,) = {columns_of(line.text) for line in view.lines}
                assert 0 < columns <= view.size.width <= width


class TestTyping:
    async def test_finds_an_action_by_its_words_and_enter_runs_it(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", *"every", "space", *"source")
            assert [row.split("  ")[0] for row in app.said.splitlines() if row[:3] == "   "] == [""]
            assert "ask all again" in app.said
            assert "theme" not in app.said
            await types(pilot, "enter")
            assert app.ran == ["ask_all_again"]
            assert isinstance(app.screen, BriefingScreen)

    async def test_takes_letters_that_move_the_cursor_elsewhere(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", *"kjgGq?")
            assert app.said.splitlines()[0].strip() == "kjgGq?▏"
            assert "nothing found" in app.said
            await types(pilot, "enter")
            assert isinstance(app.screen, HelpScreen), "there is nothing to run"

    async def test_takes_a_letter_that_settings_gave_to_an_action(self) -> None:
        app = Board(quit=("x",))
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "x")
            assert isinstance(app.screen, HelpScreen)
            assert not app._exit

    async def test_is_taken_back_letter_by_letter(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "x", "x", "backspace", "backspace", "backspace")
            assert "type to find one" in app.said
            assert "next theme" in app.said

    async def test_is_at_most_a_line_long(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", *("é" * 42))
            assert app.said.splitlines()[0].strip() == "é" * 40 + "▏"

    async def test_runs_what_the_best_line_says_after_the_cursor_was_elsewhere(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "end", *"again", "enter")
            assert app.ran == ["ask_again"]


class TestPicking:
    async def test_by_the_arrows(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "down", "enter")
            assert app.ran == ["why"]

    async def test_what_the_lines_beneath_do(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", *"top", "enter")
            assert app.ran == ["first"]

    async def test_with_the_mouse(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", *"theme")
            assert isinstance(app.screen, HelpScreen)
            at = next(y for y, line in enumerate(app.screen.view.lines) if "next theme" in line.text)
            await pilot.click("#actions", offset=(5, at), times=2)
            await pilot.pause()
            assert app.ran == ["theme"]

    async def test_nothing_and_all_is_as_before(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "escape")
            assert app.ran == []
            assert isinstance(app.screen, BriefingScreen)
            assert isinstance(app.focused, Lines)

    async def test_quit_from_within(self) -> None:
        app = Board()
        async with app.run_test(size=(100, 40)) as pilot:
            await types(pilot, "question_mark", "ctrl+q")
            assert app._exit
