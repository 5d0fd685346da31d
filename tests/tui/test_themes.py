"""Whether every text can be read in every theme: what a running app paints is measured as WCAG 2 does."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, get_args

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.selection import Selection
from textual.widget import Widget
from textual.widgets import Footer as TextualFooter
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast
from textual.widgets._tooltip import Tooltip
from textual.widgets.option_list import Option

from salesprep.tui.keys import bindings_for
from salesprep.tui.themes import NAMES, THEMES, Themed
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView
from salesprep.view.lines import Line, Span
from salesprep.view.lines import Style as Said

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.theme import Theme

SAID: Sequence[Said] = get_args(Said)
NEEDED = {"dark": 4.5, "light": 4.5, "contrast": 7.0, "terminal": 4.5}


def _rgb(digits: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _terminals() -> Iterator[TerminalTheme]:
    for terminal in tomllib.loads(Path(__file__).with_name("terminals.toml").read_text()).values():
        sixteen = [_rgb(each) for each in terminal["colours"].split()]
        for text_on_ground in terminal["texts"]:
            text, ground = map(_rgb, text_on_ground.split())
            yield TerminalTheme(ground, text, sixteen[:8], sixteen[8:])


class Piece(NamedTuple):
    """Text as it is painted."""

    screen: str
    widget: str
    text: str
    style: Style


# -- the app ------------------------------------------------------------------------------------------


class Commands(Provider):
    async def discover(self) -> Hits:
        yield DiscoveryHit("ask again", lambda: None, help="asks this source once more")

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for text in ("ask again", "ask all again"):
            yield Hit(1, matcher.highlight(text), lambda: None, help="asks once more")


def _lines(_columns: int) -> list[Line]:
    """On the cursor, marked with the mouse, and neither."""
    spans = tuple(Span(f"{style} ", style) for style in SAID)
    return [Line(spans, about=place) for place in ("cursor", "marked", "plain")]


class Shelf(Screen[None]):
    """All that text stands on, and the keys beneath."""

    AUTO_FOCUS = "LinesView"
    CSS = "LinesView { height: 3; }"
    BINDINGS: ClassVar = bindings_for("briefing")

    def compose(self) -> ComposeResult:
        yield LinesView(_lines)
        yield Static("[@click=app.bell]a link[/] and more")
        yield Input("typed words")
        yield Input(placeholder="words to find")
        yield Input("no date", classes="-invalid")
        yield _choices()
        with Vertical():  # its own Textual hides with the screen
            yield Tooltip("what a key does")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Tooltip).display = True

    def action_why(self) -> None:
        """So that the keys beneath tell of one."""


class Leaving(Screen[None]):
    """Textual's own keys beneath."""

    BINDINGS: ClassVar = [Binding("r", "app.bell", "again"), Binding("x", "never", "not now")]

    def compose(self) -> ComposeResult:
        yield TextualFooter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "never" else True


class With(Screen[None]):
    """One widget, and the keys go there."""

    AUTO_FOCUS = "*"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


def _choices() -> OptionList:
    return OptionList("one choice", Option("no choice", disabled=True), None, "another")


class Gallery(Themed[None]):
    """Nothing of its own; Textual's palette."""

    COMMANDS: ClassVar = {Commands}


async def _gallery(theme: Theme) -> frozenset[Piece]:
    """All text of everything, opened one over the other."""
    app = Gallery()
    async with app.run_test(size=(80, 32), notifications=True) as pilot:
        app.register_theme(theme)
        app.theme = theme.name
        shelf = Shelf()
        await app.push_screen(shelf)
        empty = Input(placeholder="words to find")
        empty.cursor_blink = False
        for widget in (Input("to be replaced"), Input("typed", select_on_focus=False), empty, _choices()):
            await app.push_screen(With(widget))
        await app.push_screen(Leaving())
        app.action_command_palette()
        await pilot.pause()
        await pilot.press("a", "g")
        await app.workers.wait_for_complete()
        for severity in ("information", "warning", "error"):
            app.notify(f"a note, {severity}", title=severity, severity=severity, timeout=600)
        while len(app.screen.query(Toast)) < 3:
            await pilot.pause()
        shelf.selections = {  # late: what is marked is so no more where something is typed
            shelf.query_one(LinesView): Selection(Offset(0, 1), Offset(99, 1)),
            shelf.query_one(Static): Selection(Offset(7, 0), None),
        }
        await pilot.pause()
        return frozenset(_painted(app.screen_stack))


async def _under_a_dialogue(theme: str) -> frozenset[Piece]:
    app = Gallery()
    async with app.run_test(size=(80, 32)) as pilot:
        app.theme = theme
        await app.push_screen(Shelf())
        await app.push_screen(ModalScreen())
        await pilot.pause()
        return frozenset(_of(app.screen, app.screen))


@cache
def _shown_in(theme: str) -> frozenset[Piece]:
    """Once for all tests: an app of a dozen screens is not opened for nothing."""
    return asyncio.run(_gallery(THEMES[theme]))


# -- measuring ----------------------------------------------------------------------------------------


def _painted(screens: Iterable[Screen[Any]]) -> Iterator[Piece]:
    for screen in screens:
        for widget in screen.walk_children(Widget):
            if widget.display and widget.visible:
                yield from _of(screen, widget)


def _of(screen: Screen[Any], widget: Widget) -> Iterator[Piece]:
    for strip in widget.render_lines(widget.outer_size.region):
        for text, style, _control in strip:
            if text.strip():
                yield Piece(type(screen).__name__, type(widget).__name__, text.strip(), style or Style())


def _shine(rgb: tuple[int, int, int]) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (byte / 255 for byte in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """From 1 to 21, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, bright = sorted((_shine(one), _shine(other)))
    return (bright + 0.05) / (dark + 0.05)


TERMINALS = tuple(_terminals())


@cache
def _least_ratio(style: Style, few: bool = False) -> float:
    """In whatever terminal it is painted, of 256 colours if those are the ``few`` that it has.

    What is the terminal's own text on its own ground was chosen by its user.
    """
    if style.dim:
        return 1.0  # how faint that is, each terminal decides for itself
    text, ground = style.color or Color.default(), style.bgcolor or Color.default()
    if text.is_default and ground.is_default:
        return 21.0
    if few:
        text, ground = text.downgrade(ColorSystem.EIGHT_BIT), ground.downgrade(ColorSystem.EIGHT_BIT)
    return min(_ratio(text.get_truecolor(at), ground.get_truecolor(at, foreground=False)) for at in TERMINALS)


def _unreadable(pieces: Iterable[Piece], needed: float) -> dict[Piece, float]:
    ratios = {one: min(_least_ratio(one.style), _least_ratio(one.style, few=True)) for one in pieces}
    return {one: ratio for one, ratio in ratios.items() if ratio < needed}


def _texts(pieces: Iterable[Piece]) -> set[str]:
    return {one.text for one in pieces}


# -- the tests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", NAMES)
class TestReading:
    def test_every_text_stands_out_from_whatever_it_stands_on(self, theme: str) -> None:
        assert _unreadable(_shown_in(theme), NEEDED[theme]) == {}

    async def test_what_is_beneath_a_dialogue_does_too(self, theme: str) -> None:
        beneath = await _under_a_dialogue(theme)
        assert _texts(beneath) >= set(SAID)
        assert _unreadable(beneath, NEEDED[theme]) == {}


def _marked(index: int, base: str) -> str:
    """Each a colour of its own by which to know where it went, all as bright as ``base``."""
    red, green, blue = _rgb(base.removeprefix("#"))
    return "#" + bytes((red + 4 * (index % 4), green + 4 * (index // 4 % 4), blue + 4 * (index // 16))).hex()


def _near(one: Color | None, other: str) -> bool:
    """Textual rounds where it blends."""
    have, want = one and one.triplet, Color.parse(other).triplet
    return bool(have and want and all(abs(a - b) <= 1 for a, b in zip(have, want, strict=True)))


class TestTheMeasuring:
    """That what is measured above is noticed where it is wrong."""

    TEXTS = (
        *("foreground", "success", "warning", "error", "border", "border-blurred"),
        *(style for style in SAID if style != "plain"),
        *("text-disabled", "text-success", "text-warning", "text-error"),
        *("block-cursor-foreground", "block-cursor-blurred-foreground"),
        *("footer-key-foreground", "footer-description-foreground"),
        *("input-selection-foreground", "screen-selection-foreground"),
    )
    GROUNDS = (
        *("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background"),
        *("footer-background", "input-selection-background", "screen-selection-background"),
    )

    def test_the_ratio_is_that_of_the_standard(self) -> None:
        assert _ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
        assert _ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)

    async def test_a_text_too_faint_is_noticed_whichever_it_is(self) -> None:
        faint = {name: _marked(index, "#4a5058") for index, name in enumerate(self.TEXTS)}
        wrong = _unreadable(await _gallery(_with(THEMES["dark"], faint)), 4.5)
        unnoticed = {
            name for name, colour in faint.items() if not any(_near(one.style.color, colour) for one in wrong)
        }
        assert unnoticed == set()

    async def test_a_ground_too_bright_is_noticed_whichever_it_is(self) -> None:
        bright = {name: _marked(index, "#b4b8bc") for index, name in enumerate(self.GROUNDS)}
        wrong = _unreadable(await _gallery(_with(THEMES["dark"], bright)), 4.5)
        unnoticed = {
            name
            for name, colour in bright.items()
            if not any(_near(one.style.bgcolor, colour) for one in wrong)
        }
        assert unnoticed == set()

    async def test_a_colour_faint_in_some_terminals_is_noticed(self) -> None:
        faint = {"alarm": 1, "source": 8, "footer-key-foreground": 4, "screen-selection-background": 6}
        names = {1: "ansi_red", 8: "ansi_bright_black", 4: "ansi_blue", 6: "ansi_cyan"}
        changed = _with(THEMES["terminal"], {name: names[number] for name, number in faint.items()})
        wrong = _unreadable(await _gallery(changed), 4.5)
        assert {c.number for one in wrong for c in (one.style.color, one.style.bgcolor) if c} >= set(names)

    def test_what_each_terminal_makes_faint_in_its_own_way_is_noticed(self) -> None:
        assert _unreadable([Piece("", "", "", Style(dim=True))], 4.5)

    def test_there_is_something_to_measure(self) -> None:
        shown, dark = _shown_in("dark"), THEMES["dark"]
        cursor, selected = (
            dark.variables[f"{what}-background"] for what in ("block-cursor", "screen-selection")
        )
        for ground in (dark.background or "", cursor, selected):
            there = [one for one in shown if one.widget == "LinesView" and _near(one.style.bgcolor, ground)]
            assert _texts(there) == set(SAID), ground
        assert _texts(shown) >= {
            "typed words",
            "words to find",
            "no date",
            "to be replaced",
            "what a key does",
        }
        assert _texts(shown) >= {"one choice", "no choice", "another", "asks once more", "ask all", "a link"}
        assert _texts(shown) >= {"why is this here", "not now", "a note, error", "error", "information"}


def _with(theme: Theme, colours: Mapping[str, str]) -> Theme:
    own = {name: colour for name, colour in colours.items() if hasattr(theme, name)}
    variables = {**theme.variables, **{name: colours[name] for name in colours.keys() - own.keys()}}
    return replace(theme, name="changed", variables=variables, **own)  # type: ignore[arg-type]


class TestLooking:
    @pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
    def test_the_source_is_quieter_than_the_fact_and_only_the_alarm_has_a_colour(self, theme: str) -> None:
        ground = THEMES[theme].background or ""
        lines = {
            one.text: one.style
            for one in _shown_in(theme)
            if one.widget == "LinesView" and _near(one.style.bgcolor, ground)
        }
        ratios = {said: _least_ratio(style) for said, style in lines.items()}
        assert ratios["source"] < ratios["fact"] <= ratios["word"]
        assert {said for said, style in lines.items() if _is_colourful(style.color)} == {"alarm"}
        assert {said for said, style in lines.items() if style.bold} == {"title", "word", "heading", "alarm"}

    @pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
    def test_a_scrollbar_is_seen_and_quieter_than_text(self, theme: str) -> None:
        colours = THEMES[theme].variables
        bar, track, text = (
            _rgb(colours[name][1:]) for name in ("scrollbar", "scrollbar-background", "source")
        )
        assert 3 <= _ratio(bar, track) < _ratio(text, track)

    def test_the_terminals_own_has_no_colours_but_the_terminals(self) -> None:
        used = {colour for one in _shown_in("terminal") for colour in (one.style.color, one.style.bgcolor)}
        assert {colour.number for colour in used if colour} == {None, 0, 14}
        assert not any(colour.triplet for colour in used if colour)


def _is_colourful(colour: Color | None) -> bool:
    return bool(colour and colour.triplet and max(colour.triplet) - min(colour.triplet) > 32)
