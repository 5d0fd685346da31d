"""The last line: it says what can be done, in the room that there is, and does it at a click."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static

from salesprep.settings import Us
from salesprep.tui import themes
from salesprep.tui.actions import ACTIONS, APP
from salesprep.tui.keys import InForce, bindings_for, keymap
from salesprep.tui.themes import Themed
from salesprep.tui.widgets.footer import Footer, Item, place

if TYPE_CHECKING:
    import pytest
    from textual.binding import BindingType


class BriefingScreen(Screen[None]):
    """Does what a briefing does, and writes it down."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("briefing")
    AUTO_FOCUS = ""
    panels = 7

    def compose(self) -> ComposeResult:
        yield Static("x", id="lines")
        yield Input(id="line")
        yield Footer("briefing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return action != "panel" or parameters <= (self.panels,)

    def ran(self, name: str) -> None:
        assert isinstance(self.app, Board)
        self.app.ran.append(name)

    def action_panel(self, number: int) -> None:
        self.ran(f"panel{number}")

    def action_open(self) -> None:
        self.ran("open")

    def action_zoom(self) -> None:
        self.ran("zoom")

    def action_contacts(self) -> None:
        self.ran("contacts")

    def action_why(self) -> None:
        self.ran("why")

    def action_note(self) -> None:
        self.ran("note")

    def action_ask_again(self) -> None:
        self.ran("ask_again")

    def action_copy(self) -> None:
        self.ran("copy")

    def action_find(self) -> None:
        self.ran("find")

    def action_back(self) -> None:
        self.ran("back")


class Board(Themed[None]):
    CSS_PATH = Path(themes.__file__).with_name("salesprep.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(APP)

    def __init__(self, given: Mapping[str, tuple[str, ...]] | None = None, language: str = "en") -> None:
        super().__init__(theme="dark")
        self.us = Us(language=language)
        self.ran: list[str] = []
        self.given = given or {}

    def get_default_screen(self) -> Screen[None]:
        return BriefingScreen()

    def on_mount(self) -> None:
        self.set_keymap(keymap(self.given))

    def action_help(self) -> None:
        self.ran.append("help")

    @property
    def footer(self) -> Footer:
        return self.screen.query_one(Footer)


async def line(width: int, given: Mapping[str, tuple[str, ...]] | None = None, language: str = "en") -> str:
    """The last line of the screen."""
    app = Board(given, language)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert app.footer.region.y == 23
        return app.footer.text


class TestItSays:
    async def test_all_in_long_words_where_there_is_room(self) -> None:
        assert (await line(200)).split("   ")[0] == " 1-7 source"
        said = (await line(200)).strip()
        assert " ".join(said.split()) == (
            "1-7 source enter open the original z zoom h all contacts w why is this here n my note c copy "
            "r ask again / find esc back ? all keys"
        )

    async def test_all_in_short_words_where_there_is_less(self) -> None:
        said = await line(125)
        assert "enter open   z zoom   h contacts   w why   n note   c copy   r ask again   / find" in said
        assert said.endswith("? keys ")

    async def test_what_matters_most_in_80_columns(self) -> None:
        said = await line(80)
        assert said == (" 1-7 source   enter open   h contacts   w why   n note   r ask again     ? keys ")

    async def test_and_closer_together_on_a_phone(self) -> None:
        assert await line(40) == "1-7 source  enter open            ? keys"

    async def test_a_line_of_exactly_the_width(self) -> None:
        app = Board(language="nl")
        async with app.run_test(size=(80, 24)) as pilot:
            for width in (1, 3, 8, 20, 59, 60, 81, 160, 300):
                await pilot.resize_terminal(width, 24)
                await pilot.pause()
                assert cell_len(app.footer.text) == width

    async def test_keys_that_settings_gave_and_not_those_they_took(self) -> None:
        said = await line(80, {"open": ("o", "enter"), "contacts": (), "help": ("h",)})
        assert "o open" in said
        assert "contacts" not in said
        assert said.endswith("h keys ")

    async def test_the_way_to_all_keys_though_it_has_none(self) -> None:
        assert (await line(80, {"help": ()})).endswith("  keys ")

    async def test_it_in_dutch(self) -> None:
        said = await line(80, language="nl")
        assert "1-7 bron" in said
        assert said.endswith("? toetsen ")


class TestItChanges:
    async def test_with_what_can_be_done_and_is_painted_then_only(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = Board()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            painted: list[str] = []
            monkeypatch.setattr(app.footer, "refresh", lambda: painted.append(app.footer.text))
            app.screen.refresh_bindings()
            await pilot.pause()
            assert painted == []
            app.screen.panels = 4  # type: ignore[attr-defined]
            app.screen.refresh_bindings()
            await pilot.pause()
            assert [said[:11] for said in painted] == [" 1-4 source"]

    async def test_while_letters_are_typed_into_a_line(self) -> None:
        app = Board()
        async with app.run_test(size=(80, 24)) as pilot:
            app.screen.set_focus(app.screen.query_one(Input))
            await pilot.pause()
            assert app.footer.text.split() == ["esc", "back", "all", "keys"]

    async def test_with_the_keys(self) -> None:
        app = Board()
        async with app.run_test(size=(80, 24)) as pilot:
            app.set_keymap(keymap({"open": ("o",)}))
            await pilot.pause()
            assert "  o open  " in app.footer.text


class TestTheMouse:
    async def test_does_what_it_clicks_on(self) -> None:
        app = Board()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for words in ("enter", "contacts", "? keys", "1-7"):
                await pilot.click(Footer, offset=(app.footer.text.index(words), 0))
            await pilot.click(Footer, offset=(app.footer.text.index("open") + 5, 0))  # between two
            assert app.ran == ["open", "contacts", "help", "panel1"]

    async def test_is_told_what_a_key_does(self) -> None:
        app = Board(language="nl")
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.hover(Footer, offset=(app.footer.text.index("waarom"), 0))
            assert str(app.footer.tooltip).startswith("Vertelt")
            await pilot.hover(Footer, offset=(app.footer.text.index("waarom") + 7, 0))
            assert app.footer.tooltip is None


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=9)


class TestWhateverTheWordsAre:
    @given(
        st.lists(
            st.tuples(st.sampled_from(ACTIONS), WORDS, WORDS, WORDS),
            max_size=12,
            unique_by=lambda one: one[0].id,
        ),
        st.integers(0, 200),
    )
    def test_they_stand_side_by_side_and_the_help_last(
        self, told: list[tuple[object, str, str, str]], width: int
    ) -> None:
        app = App[None]()
        items = [
            Item(InForce(action, (), app, enabled=True), key, label, long)  # type: ignore[arg-type]
            for action, key, label, long in told
        ]
        placed = list(place(items, width))
        for one, other in pairwise(placed):
            assert one.end < other.start
        if placed and (len(placed) > 1 or placed[0].item.does.action.id != "help"):
            assert placed[-1].end <= width
        if any(item.does.action.id == "help" for item in items):
            assert placed[-1].item.does.action.id == "help"
