"""Keys: every action has one that gets through, settings give it others, and nobody is left guessing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules
from string import ascii_letters
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.actions import parse
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.keys import Keys
from textual.screen import Screen
from textual.widgets import Input, Static

from salesprep.settings import keys as settings
from salesprep.tui import screens as package
from salesprep.tui.actions import ACTIONS, APP, EVERY_SCREEN, HELP, LIST, SCREENS, Action
from salesprep.tui.app import Board as Interface
from salesprep.tui.keys import bindings_for, clashes, in_force, keymap, remapped, shown, textual_key
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.dom import DOMNode

TMUX = {"ctrl+b"}
ZELLIJ = {f"ctrl+{letter}" for letter in "bghnopqst"}
"""As both come; zellij takes all of alt as well."""
TERMINALS = {"ctrl+c", "ctrl+s", "ctrl+z", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}
"""What stops a program or its output, or is another key."""


def gets_through(key: str) -> bool:
    of_a_function = len(key) > 1 and key.startswith("f")
    return key not in TMUX | ZELLIJ | TERMINALS and not key.startswith("alt+") and not of_a_function


def on(screen: str) -> list[Action]:
    """The actions that are in force on a screen."""
    return [one for one in ACTIONS if {screen, APP, LIST} & set(one.places)]


class TestTheKeysAsTheyCome:
    @pytest.mark.parametrize("action", settings.ACTIONS)
    def test_get_through_tmux_and_zellij_without_a_function_key(self, action: str) -> None:
        keys = [key for one in ACTIONS if one.id == action for key in one.keys]
        assert any(map(gets_through, keys)), keys

    @pytest.mark.parametrize("screen", SCREENS)
    def test_mean_one_thing_on_each_screen(self, screen: str) -> None:
        for one, other in combinations(on(screen), 2):
            assert one.id == other.id or not set(one.keys) & set(other.keys), (one.id, other.id)

    @pytest.mark.parametrize("screen", SCREENS)
    def test_tell_each_action_once_on_each_screen(self, screen: str) -> None:
        ids = [one.id for one in ACTIONS if screen in one.places]
        assert len(ids) == len(set(ids))

    def test_are_those_that_settings_know(self) -> None:
        assert set(settings.ACTIONS) == {one.id for one in ACTIONS}
        for one in ACTIONS:
            assert settings.read_keys(list(one.keys)) == one.keys

    def test_have_a_sentence_and_a_label_each(self) -> None:
        for one in ACTIONS:
            assert one.label
            assert one.tip.endswith(".")
            assert set(one.places) <= {*EVERY_SCREEN, APP, LIST, HELP}


class TestAKey:
    @pytest.mark.parametrize(
        ("written", "called", "read"),
        [
            ("?", "question_mark", "?"),
            ("+", "plus", "+"),
            ("ctrl++", "ctrl+plus", "ctrl++"),
            ("comma", "comma", ","),
            ("ctrl+]", "ctrl+right_square_bracket", "ctrl+]"),
            ("C", "C", "C"),
            ("escape", "escape", "esc"),
            ("shift+tab", "shift+tab", "shift+tab"),
            ("pagedown", "pagedown", "page down"),
        ],
    )
    def test_is_called_as_textual_does_and_read_as_people_do(
        self, written: str, called: str, read: str
    ) -> None:
        assert textual_key(written) == called
        assert shown(called) == read

    @pytest.mark.parametrize("name", [name for name in settings.NAMED if name != "comma"])
    def test_that_has_a_name_is_one_that_textual_sends(self, name: str) -> None:
        assert textual_key(name) in {key.value for key in Keys}

    @given(
        st.text(max_size=1) | st.sampled_from(settings.NAMED), st.sampled_from(["", "ctrl+", "alt+shift+"])
    )
    def test_of_settings_can_always_be_bound(self, base: str, modifiers: str) -> None:
        for key in settings.read_keys([modifiers + base]) or ():
            (binding,) = Binding.make_bindings([Binding(textual_key(key), "x")])
            assert binding.key == textual_key(key)
            assert shown(binding.key).isprintable()


class Lines(Static, can_focus=True):
    BINDINGS = bindings_for(LIST)

    def action_down(self) -> None:
        self.app.ran.append("down")  # type: ignore[attr-defined]

    def action_up(self) -> None:
        self.app.ran.append("up")  # type: ignore[attr-defined]


def acting(*names: str) -> dict[str, Callable[..., None]]:
    """Methods that write down that they were called."""

    def action(name: str) -> Callable[..., None]:
        def write(self: Screen[None], *numbers: int) -> None:
            self.app.ran.append(f"{name}{''.join(map(str, numbers))}")  # type: ignore[attr-defined]

        return write

    return {f"action_{name}": action(name) for name in names}


class _Base(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Lines("x", id="lines")
        yield Input(id="line")


BriefingScreen = type(
    "BriefingScreen",
    (_Base,),
    {
        "BINDINGS": bindings_for("briefing"),
        **acting("open", "zoom", "note", "panel", "next_panel", "back", "ask_again", "find"),
    },
)
TodayScreen = type(
    "TodayScreen", (_Base,), {"BINDINGS": bindings_for("today"), **acting("open", "sources", "quit", "back")}
)


class Board(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(APP)

    def __init__(self, given: Mapping[str, Iterable[str]] | None = None) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.given = given or {}

    def on_mount(self) -> None:
        self.set_keymap(keymap(self.given))
        self.push_screen(TodayScreen())
        self.push_screen(BriefingScreen())

    def action_help(self) -> None:
        self.ran.append("help")

    def action_theme(self) -> None:
        self.ran.append("theme")

    async def action_quit(self) -> None:
        self.ran.append("quit")


async def pressed(given: Mapping[str, Iterable[str]], *keys: str, today: bool = False) -> list[str]:
    """What was done on the briefing, or on today's screen, with the cursor in lines."""
    app = Board(given)
    async with app.run_test() as pilot:
        if today:
            app.pop_screen()
            await pilot.pause()
        app.screen.set_focus(app.screen.query_one("#lines"))
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return app.ran


class TestEveryScreen:
    def test_does_what_its_keys_say(self) -> None:
        places: list[type[DOMNode]] = [*screens(), Interface, LinesView]
        missing = [
            f"{where.__name__}: {binding.id}"
            for where in places
            for binding in vars(where).get("BINDINGS", ())
            if isinstance(binding, Binding) and binding.id and not does(where, binding.action)
        ]
        assert missing == []

    def test_has_its_place_in_the_table(self) -> None:
        bound = (each.id for where in screens() for each in where.__dict__["BINDINGS"] if each.id)
        assert {binding.partition(".")[0] for binding in bound} == {*SCREENS, HELP}


def screens() -> list[type[Screen[Any]]]:
    """Those of the interface that bind actions."""
    modules = (import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__))
    classes = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    ours = (
        each for each in classes if issubclass(each, Screen) and each.__module__.startswith(package.__name__)
    )
    return sorted((each for each in ours if "BINDINGS" in vars(each)), key=lambda each: each.__name__)


def does(where: type[DOMNode], action: str) -> bool:
    destination, name, _values = parse(action)
    return any(
        hasattr(Interface if destination == "app" else where, f"{way}_{name}")
        for way in ("action", "_action")
    )


class TestAUserPresses:
    async def test_the_keys_as_they_come(self) -> None:
        keys = ("enter", "z", "n", "3", "tab", "escape", "j", "up", "question_mark", "t", "ctrl+q")
        done = ["open", "zoom", "note", "panel3", "next_panel", "back", "down", "up", "help", "theme", "quit"]
        assert await pressed({}, *keys) == done

    async def test_other_keys_that_settings_give(self) -> None:
        given = {"open": ("o", "ctrl+o"), "zoom": ("+",), "help": ("comma",)}
        keys = ("o", "ctrl+o", "plus", "comma", "enter", "z", "question_mark")
        assert await pressed(given, *keys) == ["open", "open", "zoom", "help"]

    async def test_a_key_that_two_actions_want_and_gets_the_one_of_the_settings(self) -> None:
        assert await pressed({"zoom": ("t",)}, "t", "z") == ["zoom"]
        assert await pressed({"help": ("z",)}, "z") == ["help"]
        assert await pressed({"note": ("j",)}, "j", "down") == ["note", "down"]
        assert await pressed({"down": ("n",)}, "n") == ["down"]

    async def test_the_loser_on_another_screen_where_it_keeps_its_key(self) -> None:
        given = {"zoom": ("enter",)}
        assert await pressed(given, "enter") == ["zoom"]
        assert await pressed(given, "enter", today=True) == ["open"]

    async def test_two_keys_that_settings_swap(self) -> None:
        given = {"zoom": ("n",), "note": ("z",)}
        assert await pressed(given, "n", "z") == ["zoom", "note"]
        assert clashes(given) == []

    async def test_a_key_that_was_taken_away_and_nothing_happens(self) -> None:
        assert await pressed({"quit": (), "zoom": ()}, "q", "ctrl+q", "z", "n", today=True) == []

    async def test_quit_by_the_key_of_the_settings_on_every_screen(self) -> None:
        assert await pressed({"quit": ("x",)}, "x", "q", today=True) == ["quit"]
        assert await pressed({"quit": ("x",)}, "x", "ctrl+q") == ["quit"]

    async def test_letters_into_a_line_and_nothing_is_done(self) -> None:
        app = Board({"zoom": ("x",)})
        async with app.run_test() as pilot:
            line = app.screen.query_one(Input)
            app.screen.set_focus(line)
            await pilot.press("x", "z", "t", "question_mark")
            assert line.value == "xzt?"
            assert app.ran == []


class TestAClash:
    def test_is_told_with_who_has_the_key_and_what_the_other_keeps(self) -> None:
        assert clashes({"note": ("j",)}) == ["j is note and not down on Briefing; down keeps ↓"]

    def test_is_told_where_the_other_has_nothing_left(self) -> None:
        (said,) = clashes({"zoom": ("t",)})
        assert said == (
            "t is zoom and not theme on Briefing, One panel; theme has no key left there, the help runs it"
        )

    def test_of_two_that_settings_name_is_won_by_the_later_one(self) -> None:
        given = {"zoom": ("x",), "note": ("x", "n")}
        assert clashes(given)[0] == (
            "x is note and not zoom on Briefing; zoom has no key left there, the help runs it"
        )
        assert keymap(given)["briefing.note"] == "x,n"
        assert keymap(given)["zoom.zoom"] == "x", "there is no note there"

    def test_on_every_screen_is_told_so(self) -> None:
        assert clashes({"help": ("k",)}) == ["k is help and not up on every screen; up keeps ↑"]

    def test_is_none_where_two_are_never_on_one_screen(self) -> None:
        assert clashes({"older": ("z",), "sources": ("n",)}) == []

    def test_is_none_without_settings(self) -> None:
        assert remapped({}) == remapped({})
        assert keymap({}) == {}
        assert clashes({}) == []

    @given(
        st.dictionaries(
            st.sampled_from(settings.ACTIONS),
            st.lists(st.sampled_from([*ascii_letters, *settings.NAMED, "?", "+", "ctrl+p"]), max_size=3).map(
                tuple
            ),
            max_size=6,
        )
    )
    def test_never_leaves_a_key_with_two_meanings_nor_takes_what_settings_gave_alone(
        self, given: dict[str, tuple[str, ...]]
    ) -> None:
        changed = keymap(given)
        for screen in SCREENS:
            meanings: dict[str, set[str]] = {}
            for action in on(screen):
                # What is bound on the screen or in its lines hides what the app does.
                for place in (one for one in action.places if one in (screen, LIST)):
                    for key in keys_of(action, place, changed):
                        meanings.setdefault(key, set()).add(action.id)
            assert all(len(ids) == 1 for ids in meanings.values()), meanings
            for key, (action_id,) in meanings.items():
                rivals = [
                    one.id for one in on(screen) if key in map(textual_key, given.get(one.id, one.keys))
                ]
                best = max(rivals, key=lambda one: list(given).index(one) if one in given else -1)
                assert action_id == best or best not in given, (screen, key, rivals)


def keys_of(action: Action, place: str, changed: Mapping[str, str]) -> Iterator[str]:
    keys = changed.get(action.at(place))
    found = keys.split(",") if keys is not None else map(textual_key, action.keys)
    return (key for key in found if not key.startswith("<"))


class TestWhatIsInForce:
    async def test_is_what_screen_lines_and_app_do_in_the_order_of_the_table(self) -> None:
        app = Board()
        async with app.run_test() as pilot:
            app.screen.set_focus(app.screen.query_one("#lines"))
            await pilot.pause()
            found = [one.action.id for one in in_force(app.screen)]
        panels = [f"panel_{number}" for number in range(1, 10)]
        assert found == [
            *panels,
            *("open", "zoom", "note", "ask_again", "find", "back", "theme", "palette", "quit", "help"),
            *("up", "down", "page_up", "page_down", "next_panel"),
        ]

    async def test_leaves_out_what_the_screen_says_it_cannot(self) -> None:
        class Narrow(BriefingScreen):  # type: ignore[misc, valid-type]
            def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
                return not (action == "panel" and parameters[0] > 4)  # type: ignore[operator]

        app = Board()
        async with app.run_test():
            await app.push_screen(Narrow())
            found = [one.action.id for one in in_force(app.screen)]
        assert [one for one in found if one.startswith("panel")] == [
            "panel_1",
            "panel_2",
            "panel_3",
            "panel_4",
        ]

    async def test_has_the_keys_of_the_settings_and_tells_what_has_none(self) -> None:
        app = Board({"zoom": ("x", "X"), "note": ()})
        async with app.run_test():
            keys = {one.action.id: one.keys for one in in_force(app.screen)}
        assert keys["zoom"] == ("x", "X")
        assert keys["note"] == ()
        assert keys["palette"] == ("ctrl+p", "colon")

    async def test_has_no_letters_while_they_are_typed_into_a_line(self) -> None:
        app = Board({"note": ("x",)})
        async with app.run_test() as pilot:
            app.screen.set_focus(app.screen.query_one(Input))
            await pilot.pause()
            keys = {one.action.id: one.keys for one in in_force(app.screen)}
        assert keys["back"] == ("escape",)
        assert [keys.get(typed, ()) for typed in ("note", "zoom", "open")] == [(), (), ()]
