"""A window that is pulled about while answers arrive."""

from __future__ import annotations

from random import Random

from textual import events
from textual.geometry import Size

from tests.desk import Desk, Sit


async def pulled(desk: Desk, columns: int, rows: int) -> None:
    """As the driver tells that the window has another size."""
    size = Size(columns, rows)
    desk.board.post_message(events.Resize(size, size))
    await desk.pilot.pause(0)


class TestTwoHundredSizes:
    async def test_do_no_harm_while_sources_answer(self, sit: Sit) -> None:
        random = Random(200)
        async with sit(160, 45) as desk:
            await desk.presses("enter")
            for number in range(200):
                if number % 20 == 0:
                    await desk.pilot.press("r")
                await pulled(desk, random.randint(1, 200), random.randint(1, 60))
                assert desk.board.crash is None
            await pulled(desk, 80, 24)
            await desk.settle()
            assert len(desk.lines) == 24
            assert all(len(line) <= 80 for line in desk.lines)
            assert desk.lines[0].startswith(" VAN DIJK MACHINEBOUW B.V.")
            before = desk.screen
            await desk.presses("2")
            assert "[2 LinkedIn]" in desk.screen != before
