"""A source fails while its rows are on the screen, and is asked again."""

from __future__ import annotations

from pathlib import Path

from salesprep.machine import dirs
from salesprep.sample import lay_out
from tests.desk import SATURDAY, Sit


class TestASourceThatFails:
    async def test_keeps_its_place_and_its_rows_and_says_so_until_it_is_back(
        self, sit: Sit, own_machine: Path
    ) -> None:
        assert own_machine
        crm = lay_out(dirs().cache, SATURDAY).folder / "crm.sqlite"
        async with sit(160, 45) as desk:
            await desk.presses("enter")
            good = crm.read_bytes()
            crm.write_bytes(b"no database")
            await desk.presses("1", "r")
            assert "CRM  cannot be read" in desk.screen
            assert "as of 13:21" in desk.line_with("CRM  cannot be read")
            assert "LX-200" in desk.screen
            assert "3 of 4 sources answered, not CRM" in desk.screen
            assert "Lijn 4, ombouw 2025" in desk.screen
            crm.write_bytes(good)
            await desk.presses("r")
            assert "cannot be read" not in desk.screen
            assert "all sources answered" in desk.screen


class TestASourceThatIsAskedAgain:
    async def test_keeps_its_rows_while_it_is(self, sit: Sit) -> None:
        async with sit(160, 45) as desk:
            await desk.presses("enter")
            shown: list[str] = []
            screen = desk.board.screen
            take = screen.take  # type: ignore[attr-defined]

            def notes(briefing: object) -> None:
                take(briefing)
                shown.append(desk.screen)

            screen.take = notes  # type: ignore[attr-defined]
            await desk.presses("1", "r")
            assert shown
            assert all("LX-200" in each for each in shown)
