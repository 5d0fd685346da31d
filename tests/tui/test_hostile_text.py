"""Text from a source is text: whatever stands in any field of any record, no screen obeys it, and none of
its columns is moved by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomlkit

from salesprep.tui import opening
from salesprep.view.lines import width
from salesprep.view.words import _
from tests.desk import SETTINGS, Desk, Sit

TEXTS = (
    "[bold red]red[/] [@click=app.quit]click[/] [link=https://evil.example]link[/link] [",
    "\x1b[31mred\x1b[0m \x9b31m \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]52;c;aGVsbG8=\x07 clipboard \x1bP$qm\x1b\\ \x1b[2J",
    "a\u202eb\u2066c\u2069d\u200f \u061c",
    "שלום עולם مرحبا بالعالم",
    "社會社會社會 한국어 ﾊﾝｶｸ ﷽",
    "e\u0301\u0302\u0303 Z\u0338\u0349a\u0337l\u0334go ก้้้ \u0301",
    "👩\u200d👩\u200d👧\u200d👦 👨🏽\u200d💻 🇳🇱🇧🇪 ❤\ufe0f ☎\ufe0e",
    "one\ntwo\r\nthree\tfour\x00\x7f\x85\u2028five",
    "{name} %s {0!r} %(x)s $HOME `id`",
    "\u200b\u200d\ufeff\u00ad",
    "x" * 10_000,
    "社" * 5_000,
)
URLS = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://crm.ons.example@evil.example/",
    "https://crm.ons.example/\x1b]52;c;aGk=\x07",
    "data:text/html,<script>alert(1)</script>",
)
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
SHOWN = re.compile(r"\[bold red|\[31mred|社|👩|xxxxx|שלום")
SIZES = ((40, 20), (160, 45))
SCREENS = {
    "today": (),
    "briefing": ("enter",),
    "why": ("5", "w"),
    "one panel": ("escape", "5", "z"),
    "recent contacts": ("escape", "h", "+"),
    "people": ("escape", "p"),
    "to decide": ("escape", "l"),
    "the palette": ("escape", "ctrl+p"),
    "sources, asked for real": ("escape", "escape", "s", "r"),
    "which one": ("escape", "/", *"visser", "enter"),
}
"""The keys that lead from each to the next."""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The sample's, and beside its sources one that says nothing but this, of Van Dijk."""
    text = SETTINGS.read_text(encoding="utf-8").replace('"wiki"]', '"wiki", "steering"]')
    own = tomlkit.dumps(
        {
            "adapters": {"folders": [str(Path(__file__).with_name("adapters"))]},
            "sources": {
                "steering": {
                    "adapter": "steering",
                    "title": "Steering",
                    "name": "visser",
                    "domain": "vandijk-machinebouw.example",
                    "texts": TEXTS,
                    "urls": URLS,
                }
            },
        }
    )
    file = tmp_path / "settings.toml"
    file.write_text(text + own, encoding="utf-8")
    return file


def is_only_text(desk: Desk, where: str) -> None:
    """Each line is as wide as the window, nothing in it steers the terminal, and no click does anything."""
    columns, rows = desk.board.size
    strips = desk.board.screen._compositor.render_strips()
    assert len(strips) == rows, where
    for strip in strips:
        text = "".join(segment.text for segment in strip)
        assert width(text) == columns, (where, text)
        assert FORBIDDEN.search(text) is None, (where, text)
        for segment in strip:
            assert segment.style is None or segment.style.link is None
            assert segment.style is None or "@click" not in segment.style.meta


class Kept:
    """What goes to the terminal past the screen, and what is given to programs of this machine."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[str] = []
        self.opened: list[object] = []
        driver = desk.board._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", self.written.append)
        monkeypatch.setattr(opening, "_start", lambda found, _environ: self.opened.append(found))


class TestTextThatSteers:
    async def test_is_text_on_every_screen(
        self, sit: Sit, settings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with sit(160, 45, settings=settings) as desk:
            kept = Kept(desk, monkeypatch)
            assert "[@click=app.quit]" in desk.screen
            for screen, keys in SCREENS.items():
                await desk.pilot.press(*keys)
                for size in SIZES:
                    await desk.pilot.resize_terminal(*size)
                    await desk.settle()
                    is_only_text(desk, screen)
                assert SHOWN.search(desk.screen) is not None, f"nothing of it was on {screen}"
            assert desk.lines[0].startswith(' WHICH ONE?   "visser"')
            assert not [sequence for sequence in kept.written if "]52;" in sequence]

    async def test_is_text_in_what_is_told_in_passing(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            for text in TEXTS:
                desk.board.say(
                    _('"{name}" is still asked back until you have decided on the others, too'), name=text
                )
                await desk.settle()
                is_only_text(desk, text)
                desk.board.clear_notifications()

    async def test_leads_nowhere(self, sit: Sit, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async with sit(120, 40, settings=settings, PATH="", DISPLAY=":0") as desk:
            kept = Kept(desk, monkeypatch)
            await desk.presses("enter", "5", "z")
            for _url in URLS:
                await desk.presses("enter", "down")
            assert kept.opened == []
            assert sorted(set(desk.toasts)) == [
                "the file lies outside of what this source's settings name",
                "the source gives an address that is not opened",
            ]
            assert len(desk.toasts) == len(URLS)
