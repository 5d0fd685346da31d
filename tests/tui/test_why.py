"""Asked why a line is here: over the board, fact by fact, to be copied and opened."""

from __future__ import annotations

import pytest

from salesprep.tui.app import Board
from salesprep.tui.screens.room import Room
from tests.desk import Desk, Sit


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was put on the clipboard."""
    taken: list[str] = []

    def copy(_board: Board, text: str) -> None:
        taken.append(text)

    monkeypatch.setattr(Board, "copy", copy)
    return taken


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The addresses of the records that were to be opened."""
    taken: list[str | None] = []

    def open_original(_board: Board, found: tuple[object, ...]) -> None:
        taken.extend(each.record.url for each in found)  # type: ignore[attr-defined]

    monkeypatch.setattr(Board, "open_original", open_original)
    return taken


async def goes_to(desk: Desk, word: str) -> None:
    """The cursor to a line of the quick scan."""
    await desk.presses("enter")
    for _line in range(12):
        if on(desk).startswith(word):
            return
        await desk.presses("up")
    raise AssertionError(f"no way to {word}")


def on(desk: Desk) -> str:
    """What the cursor is on."""
    screen = desk.board.screen
    assert isinstance(screen, Room)
    return screen.view.picked_text if screen.view is not None else ""


class TestWhyALineIsHere:
    async def test_is_told_beneath_the_line_that_stays_in_sight(
        self, sit: Sit, copied: list[str], opened: list[str | None]
    ) -> None:
        async with sit(80, 24) as desk:
            await goes_to(desk, "PROMISED")
            await desk.presses("w")
            assert desk.lines[0].startswith(" VAN DIJK MACHINEBOUW B.V.")
            told = [" ".join(line.split()) for line in desk.lines]
            start = told.index("WHY IS THIS HERE 1 record tells it")
            assert told[start + 2 : start + 5] == [
                "CRM · promise just now",
                "› stuklijst lijn 4 sturen vóór eind november",
                "Matched by account 1042 (proof, as CRM has it)",
            ]
            of_the_visit = " ".join(told[start + 5 : start + 8])
            assert of_the_visit.startswith("the domain vandijk-machinebouw.example (strong, of Calendar")
            address = told.index("Address https://crm.ons.example/tasks/1")
            assert told[address : address + 3] == [
                "Address https://crm.ons.example/tasks/1",
                "Id crm/task:1",
                "Read today 13:21, just now",
            ]
            # A fact is copied without its name, and opens the original of its record.
            await desk.presses("down", "down", "c", "down", "c", "G", "enter")
            assert copied == ["https://crm.ons.example/tasks/1", "crm/task:1"]
            assert opened == ["https://crm.ons.example/tasks/1"]
            await desk.presses("escape")
            assert "WHY IS THIS HERE" not in desk.screen
            assert on(desk).startswith("PROMISED")

    async def test_of_a_contradiction_is_told_of_both_sources(self, sit: Sit) -> None:
        async with sit(160, 45) as desk:
            await goes_to(desk, "DIFFERS")
            await desk.presses("w")
            # Of a file the day is told, and not when it was read.
            assert "file of 21 Nov" in desk.line_with(" LinkedIn · person")
            assert "just now" in desk.line_with(" CRM · person")
            await desk.presses("/", *"job", "enter")
            assert desk.screen.count(" Job ") == 3
            assert "Matched by" not in desk.screen
            await desk.presses("escape")
            assert "Matched by" in desk.screen

    async def test_of_a_person_is_told_of_each_source_that_knows_them(self, sit: Sit) -> None:
        async with sit(160, 45) as desk:
            await desk.presses("enter", "p", "down", "down", "w")
            assert on(desk).startswith("R. Smit")
            assert "2 records tell it" in desk.screen
            assert "r.smit@vandijk-machinebouw.example · mail ok" in desk.screen

    async def test_can_be_asked_on_a_phone(self, sit: Sit) -> None:
        async with sit(40, 20) as desk:
            await desk.presses("enter", "w")
            assert "WHY IS THIS HERE" in desk.screen
            assert all(len(line) <= 40 for line in desk.lines)
