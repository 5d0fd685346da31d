"""Every screen as it is painted: letter by letter in four sizes, style by style in every theme.

The pictures lie in ``screens``. ``SALESPREP_RENEW=1 pytest tests/tui/test_screens.py`` makes them anew.
"""

from __future__ import annotations

import difflib
import os
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesprep.sources.figures import Figures, Tally
from salesprep.tui.crash import Crash
from salesprep.tui.log import Log
from salesprep.tui.screens.crash import CrashApp
from salesprep.tui.themes import NAMES
from salesprep.view.lines import width
from tests.desk import Desk, Sit

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App
    from textual.strip import Strip

PICTURES = Path(__file__).with_name("screens")
RENEW = "SALESPREP_RENEW" in os.environ
"""Read here, since no test gets to see the developer's own environment."""

SIZES = ((160, 45), (120, 40), (80, 24), (40, 20))
WAY: Mapping[str, tuple[str, ...]] = {
    "today": (),
    "briefing": ("enter",),
    "help": ("?",),
    "contacts": ("escape", "h"),
    "people": ("escape", "p"),
    "why": ("escape", "up", "w"),
    "zoom": ("escape", "1", "z"),
    "sources": ("escape", "escape", "s"),
    "which": ("escape", "home", "down", "down", "down", "enter"),
    "choose": ("escape", "/", *"visser", "enter", "enter", "l"),
}
"""The keys that lead to each screen from the one before."""
FIGURES = Figures(57, 55, p50_ms=12.0, p95_ms=1234.0, errors=(("unavailable", 2),), hits=7, misses=57)


def painted(app: App[int] | App[bool]) -> list[Strip]:
    """The screen, line by line."""
    return app.screen._compositor.render_strips()


def text_of(strip: Strip) -> str:
    return "".join(segment.text for segment in strip)


async def goes_on(desk: Desk, screen: str) -> None:
    """What lies between two screens is other tests'."""
    for key in WAY[screen]:
        await desk.pilot.press(key)
        if key in ("enter", "escape"):
            await desk.settle()
    await desk.settle()


class Album:
    """Compares with the pictures in a folder, or takes them anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.differences: list[str] = []

    def compare(self, name: str, found: list[str]) -> None:
        file = self.folder / f"{name}.txt"
        text = "".join(f"{line.rstrip()}\n" for line in found)
        if RENEW:
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        kept = file.read_text(encoding="utf-8") if file.exists() else ""
        self.differences += difflib.unified_diff(
            kept.splitlines(),
            text.splitlines(),
            f"kept {self.folder.name}/{name}",
            "painted now",
            lineterm="",
        )

    def is_the_same(self) -> None:
        assert not self.differences, "\n".join(
            ["if it is for the better: SALESPREP_RENEW=1 pytest tests/tui/test_screens.py", *self.differences]
        )


@pytest.fixture(autouse=True)
def sources_that_always_take_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long they took is never the same twice."""
    monkeypatch.setattr(Tally, "figures", lambda _tally, _before=(): FIGURES)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_every_screen_is_painted_as_it_was(sit: Sit, columns: int, rows: int) -> None:
    album = Album(PICTURES / f"{columns}x{rows}")
    async with sit(columns, rows) as desk:
        for screen in WAY:
            await goes_on(desk, screen)
            strips = painted(desk.board)
            assert len(strips) == rows, screen
            assert {width(text_of(strip)) for strip in strips} == {columns}, screen
            album.compare(screen, desk.lines)
    album.is_the_same()


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_the_screen_of_a_fault_is_painted_as_it_was(columns: int, rows: int) -> None:
    kept = Log(Path("/home/anna/.local/state/salesprep/log"))
    kept.written = True
    fault = Crash(
        ("KeyError", "RuntimeError"),
        ("salesprep/tui/screens/briefing.py:95 in take", "salesprep/tui/app.py:42 in on_mount"),
        "textual/dom.py:1203",
    )
    app = CrashApp(fault, kept, {"PATH": ""}, language="en", theme="dark")
    album = Album(PICTURES / f"{columns}x{rows}")
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause()
        strips = painted(app)
        assert {width(text_of(strip)) for strip in strips} == {columns}
        album.compare("crash", [text_of(strip) for strip in strips])
    album.is_the_same()


# -- styles -------------------------------------------------------------------------------------


def look_of(style: Style | None) -> str:
    """``bold #ffffff on #14171b``; colours of the terminal's own by their names."""
    if style is None:
        return "nothing"
    ways = [way for way in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, way)]
    ways += [style.color.name if style.color is not None else "default"]
    return f"{' '.join(ways)} on {style.bgcolor.name if style.bgcolor is not None else 'default'}"


def styles_of(strips: list[Strip]) -> Iterator[str]:
    """A letter for the style of each column, and before them what the letters stand for."""
    looks: dict[str, str] = {}
    rows: list[str] = []
    for strip in strips:
        row = ""
        for text, style, _control in strip:
            letter = looks.setdefault(look_of(style), string.ascii_letters[len(looks)])
            row += letter * width(text)
        rows.append(row)
    yield from (f"{letter}  {look}" for look, letter in looks.items())
    yield ""
    yield from rows


@pytest.mark.parametrize("theme", [*NAMES, "no colour"])
async def test_every_theme_paints_as_it_did(sit: Sit, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    if theme == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    album = Album(PICTURES / "themes")
    async with sit(80, 24) as desk:
        for _turn in NAMES:
            if theme not in ("no colour", desk.board.theme):
                await desk.presses("t")
        for screen in WAY:
            await goes_on(desk, screen)
            album.compare(f"{theme.replace(' ', '-')}-{screen}", list(styles_of(painted(desk.board))))
    album.is_the_same()
