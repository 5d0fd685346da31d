"""Keys that come faster than the screens that they are for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import events

from salesprep.adapter import Record
from salesprep.tui import opening
from salesprep.tui.screens.address import AddressScreen
from salesprep.tui.screens.briefing import BriefingScreen
from salesprep.tui.themes import next_theme
from tests.desk import Desk, Sit

if TYPE_CHECKING:
    import pytest

CHARACTERS = {"slash": "/", "space": " "}


async def types(desk: Desk, *keys: str) -> None:
    """All at once, as a terminal hands on what was typed while the program was busy."""
    driver = desk.board._driver
    assert driver is not None
    for key in keys:
        driver.send_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await desk.pilot.pause()
    await desk.settle()


async def is_home_and_moves(desk: Desk) -> None:
    assert desk.board.crash is None
    assert desk.lines[0].startswith(" TODAY")
    await desk.presses("down")
    assert desk.line_with("Kaas & Co").startswith(" › 16:30")
    await desk.presses("up")


class TestKeysTypedAhead:
    async def test_are_for_the_screen_that_the_first_one_opens(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await types(desk, "enter", "2")
            assert "[2 LinkedIn]" in desk.screen

    async def test_leave_what_they_have_opened(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            for _turn in range(3):
                await types(desk, "enter", "escape")
                await is_home_and_moves(desk)
            await types(desk, "enter", "h", "escape", "p", "escape", "1", "z", "escape", "escape")
            await is_home_and_moves(desk)

    async def test_go_into_no_line_that_has_been_closed(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await types(desk, "slash", "escape")
            await is_home_and_moves(desk)
            await types(desk, "slash", *"kaas", "enter", "escape")
            await is_home_and_moves(desk)

    async def test_close_one_screen_and_not_what_lies_beneath(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await types(desk, "question_mark", "escape", "escape", "escape")
            await is_home_and_moves(desk)

    async def test_run_once_what_is_picked_once(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("ctrl+p")
            await desk.pilot.press(*"next theme")
            await desk.settle()
            theme = desk.board.theme
            await types(desk, "enter", "down", "enter")
            assert desk.board.theme == next_theme(theme)
            assert desk.lines[0].startswith(" KAAS & CO"), "what comes after it is for the screen beneath"
            await types(desk, "escape", "up")
            await is_home_and_moves(desk)

    async def test_open_one_briefing_of_a_name(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("/", *"kaas")
            await types(desk, "enter", "enter", "enter")
            briefings = [screen for screen in desk.board.screen_stack if isinstance(screen, BriefingScreen)]
            assert len(briefings) == 1

    async def test_show_one_address_however_slowly_it_is_found(
        self, sit: Sit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun, go_on = Event(), Event()
        target = opening.target

        def slowly(record: Record, files: Iterable[Path]) -> opening.Openable | opening.Refused:
            begun.set()
            go_on.wait()
            return target(record, files)

        monkeypatch.setattr(opening, "target", slowly)
        async with sit(80, 24, SSH_TTY="/dev/pts/0") as desk:
            await desk.presses("enter")
            await desk.pilot.press("enter")
            await desk.until(begun.is_set)
            await desk.pilot.press("enter", "enter")
            go_on.set()
            await desk.until(lambda: isinstance(desk.board.screen, AddressScreen))
            await desk.until(lambda: not desk.board.workers)
            await desk.presses("escape")
            assert desk.lines[0].startswith(" VAN DIJK")
            assert not isinstance(desk.board.screen, AddressScreen)

    async def test_page_through_no_list_that_is_not_there_yet(self, sit: Sit) -> None:
        async with sit(80, 6) as desk:
            await types(desk, "ctrl+p", "pagedown", "pageup", "down", "pagedown", "escape")
            assert desk.board.crash is None
            assert desk.lines[0].startswith(" TODAY")

    async def test_are_for_nobody_after_the_last_one(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await types(desk, "enter", "ctrl+q", "2", "h", "escape", "l")
            assert desk.board.crash is None
            assert desk.board._exit

    async def test_are_for_the_line_that_the_first_one_opens(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await types(desk, "slash", *"kaas & co", "enter")
            assert desk.lines[0].startswith(" KAAS & CO")
            await types(desk, "escape", "slash", *"noordzee", "enter", "2")
            assert desk.lines[0].startswith(" NOORDZEE OFFSHORE")
            assert "[2 LinkedIn]" in desk.screen
