"""``NO_COLOR``: the terminal's own two colours, and what a colour said is said in another way."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import pytest
from rich.style import Style
from textual.geometry import Offset
from textual.screen import Screen
from textual.selection import Selection
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from salesprep.tui.themes import NAMES, Themed
from salesprep.tui.widgets.lines import LinesView
from salesprep.view.lines import Line, Span
from salesprep.view.lines import Style as Said

if TYPE_CHECKING:
    from textual.app import ComposeResult

COLOURS = {*range(30, 50), 58, 59, *range(90, 108)}
"""Of SGR: text, ground and underline, the default ones too."""
_LONG = 30
"""Seconds after which a program is taken for hanging."""


@pytest.fixture(autouse=True)
def without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def _lines(_columns: int) -> list[Line]:
    spans = tuple(Span(f"{each} ", each) for each in get_args(Said))
    return [Line(spans, about=0), Line(spans, about=1), *(Line(spans) for _ in range(20))]


class Shelf(Screen[None]):
    AUTO_FOCUS = "LinesView"
    CSS = "LinesView { height: 4; }"

    def compose(self) -> ComposeResult:
        yield LinesView(_lines)
        yield Static("[@click=app.bell]rings[/], marked")
        yield Input("typed")
        yield Input(placeholder="empty")
        yield OptionList("chosen", "other")


class Alone(Screen[None]):
    AUTO_FOCUS = "*"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


class Piece(NamedTuple):
    """Text as it is painted."""

    widget: str
    text: str
    style: Style


def _painted(app: Themed[None]) -> Iterator[Piece]:
    for screen in app.screen_stack:
        widgets = [widget for widget in screen.walk_children(Widget) if widget.display and widget.visible]
        bars = [widget.vertical_scrollbar for widget in widgets if widget.show_vertical_scrollbar]
        for widget in (*widgets, *bars):
            for strip in widget.render_lines(widget.outer_size.region):
                for text, style, _control in strip:
                    yield Piece(type(widget).__name__, text.strip(), style or Style())


async def _everything(theme: str) -> list[Piece]:
    app = Themed[None](theme=theme)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        shelf = Shelf()
        await app.push_screen(shelf)
        chosen = OptionList("in force", "other")
        empty = Input(placeholder="find")
        empty.cursor_blink = False
        for widget in (Input("replaced"), empty, chosen):
            await app.push_screen(Alone(widget))
        chosen.highlighted = shelf.query_one(OptionList).highlighted = 0
        app.action_command_palette()
        app.notify("told", title="title", severity="error", timeout=600)
        await pilot.pause()
        await pilot.press("q")
        await app.workers.wait_for_complete()
        shelf.selections = {
            shelf.query_one(LinesView): Selection(Offset(0, 1), Offset(99, 1)),
            shelf.query_one(Static): Selection(Offset(7, 0), None),
        }
        await pilot.pause()
        return list(_painted(app))


def _styles(painted: list[Piece], widget: str, text: str) -> set[str]:
    return {
        " ".join(name for name in ("bold", "italic", "underline", "reverse") if getattr(one.style, name))
        for one in painted
        if (one.widget, one.text) == (widget, text)
    }


@pytest.mark.parametrize("theme", NAMES)
async def test_nothing_has_a_colour_and_all_that_matters_looks_different(theme: str) -> None:
    painted = await _everything(theme)
    assert {one for one in painted if one.style.color or one.style.bgcolor or one.style.dim} == set()

    lines = {said: _styles(painted, "LinesView", said) for said in get_args(Said)}
    plain, on_cursor, marked = "", "reverse", "underline reverse"
    assert lines["plain"] == lines["fact"] == lines["source"] == {plain, on_cursor, marked}
    assert lines["title"] == lines["word"] == {"bold", "bold reverse", "bold underline reverse"}
    assert lines["alarm"] == {"bold reverse", "bold underline reverse"}
    assert _styles(painted, "Static", "marked") == {"underline reverse"}

    assert _styles(painted, "Input", "typed") == {""}
    assert _styles(painted, "Input", "empty") == {"italic"}
    assert _styles(painted, "Input", "replaced") == {"underline reverse"}
    assert _styles(painted, "Input", "f") == {"italic reverse"}, "the cursor, on the first letter"

    assert _styles(painted, "OptionList", "other") == {""}
    assert _styles(painted, "OptionList", "in force") == {"underline"}
    assert "underline" in _styles(painted, "CommandList", "uit"), "the command that Enter runs"
    assert _styles(painted, "ScrollBar", "") == {"", "reverse"}, "a handle that is seen"
    assert _styles(painted, "Toast", "title") == {"bold"}


async def test_links_and_the_mouse_work_as_before() -> None:
    painted = await _everything("dark")
    (link,) = (one.style.meta for one in painted if one.text == "rings")
    assert "@click" in link
    assert all("offset" in one.style.meta for one in painted if one.widget == "LinesView" and one.text)
    assert any("@mouse.down" in one.style.meta for one in painted if one.widget == "ScrollBar")


async def test_an_empty_one_takes_no_colour_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    with_empty = await _everything("dark")
    monkeypatch.delenv("NO_COLOR")
    assert any(one.style.bgcolor for one in with_empty)
    assert {one.style for one in with_empty} == {one.style for one in await _everything("dark")}


@pytest.mark.parametrize("theme", ["dark", "terminal"])
def test_no_colour_reaches_a_real_terminal(theme: str) -> None:
    written = _on_a_terminal(theme)
    text = re.sub(r"\x1b\[[0-9;?:]*[A-Za-z]", "", written)
    assert "alarm" in text
    assert "told once" in text
    asked = {part for codes in re.findall(r"\x1b\[([0-9;:]*)m", written) for part in re.split("[;:]", codes)}
    assert asked & {"1", "7"} == {"1", "7"}, "bold and reversed there are"
    assert {code for code in asked if code.isdigit() and int(code) in COLOURS} == set()


def _on_a_terminal(theme: str) -> str:
    """All that ``coloured.py`` writes to a terminal until it is told to end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("coloured.py"), theme],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    written = b""
    until = time.monotonic() + _LONG
    try:
        while program.poll() is None and time.monotonic() < until:
            if not select.select([ours], [], [], 0.2)[0]:
                continue
            try:
                written += os.read(ours, 65536)
            except OSError:  # the other end is gone
                break
            if b"told once" in written:
                os.write(ours, b"x")
        assert program.wait(_LONG) == 0, written
    finally:
        if program.poll() is None:
            program.kill()
        os.close(ours)
    return written.decode()
