"""A window that is pulled about while answers arrive."""

from __future__ import annotations

import asyncio
from random import Random

from textual import events
from textual.geometry import Size

from tests.desk import Desk, Sit


def pull(desk: Desk, columns: int, rows: int) -> None:
    """As the driver tells that the window has another size."""
    size = Size(columns, rows)
    desk.board.post_message(events.Resize(size, size))


class TestTwoHundredSizes:
    async def test_do_no_harm_while_sources_answer(self, sit: Sit) -> None:
        random = Random(200)
        async with sit(160, 45) as desk:
            await desk.presses("enter")
            for number in range(200):
                if number % 20 == 0:
                    await desk.pilot.press("r")
                pull(desk, random.randint(1, 200), random.randint(1, 60))
                # Until all is painted, or on in the middle of that, as a window is pulled by a corner.
                await (desk.pilot.pause(0) if random.random() < 0.5 else asyncio.sleep(0))
                assert desk.board.crash is None
            pull(desk, 80, 24)
            await desk.settle()
            assert len(desk.lines) == 24
            assert all(len(line) <= 80 for line in desk.lines)
            assert desk.lines[0].startswith(" VAN DIJK MACHINEBOUW B.V.")
            before = desk.screen
            await desk.presses("2")
            assert "[2 LinkedIn]" in desk.screen != before


class TestAWindowThatGetsNarrow:
    async def test_does_so_for_what_lies_beneath_too(self, sit: Sit) -> None:
        async with sit(40, 20) as desk:
            narrow = desk.screen
            await desk.pilot.resize_terminal(80, 24)
            await desk.presses("enter")
            await desk.pilot.resize_terminal(40, 20)
            await desk.settle()
            await desk.presses("escape")
            assert desk.screen == narrow
