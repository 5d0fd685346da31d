"""Any keys in any order: nothing crashes, nothing gets stuck, nothing is left over.

``SALESPREP_KEYS=10000`` types so many and takes minutes; left alone it is a part of that. With
``SALESPREP_SEED=7`` they are others.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from random import Random

import pytest
from textual import events
from textual.widgets import Input

from salesprep.tui.actions import ACTIONS
from salesprep.tui.keys import textual_key
from salesprep.tui.screens.room import Room
from salesprep.tui.screens.today import TodayScreen
from tests.desk import Desk, Sit

SIZES = ((80, 24), (160, 45), (40, 20), (120, 40), (61, 7))
EACH = int(os.environ.get("SALESPREP_KEYS", "300")) // len(SIZES)
SEED = int(os.environ.get("SALESPREP_SEED", "0"))
"""Read here, since no test gets to see the developer's own environment."""
QUITS = ("q", "ctrl+q")
KEYS = sorted(
    {textual_key(key) for action in ACTIONS for key in action.keys if key not in QUITS}
    | set("abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    | {"left", "right", "backspace", "delete", "ctrl+c", "ctrl+w", "ctrl+k", "insert", "f1", "é", "字"}
)
"""All that are bound, and what else lies near them."""
OFTEN = ("escape", "enter", "down")
"""What leads on, and out of where letters are only typed."""
SELDOM = 0.001
"""How often something is typed that ends it: each time it is begun anew."""
CHARACTERS = {"space": " ", "slash": "/", "question_mark": "?", "plus": "+", "colon": ":"}
AT_ONCE = 25
"""Keys before anything is waited for: as a terminal hands on what was typed ahead."""


def keys_of(random: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        turn = random.random()
        yield random.choice(QUITS if turn < SELDOM else OFTEN if turn < 0.25 else KEYS)


def types(desk: Desk, key: str) -> None:
    """As the driver hands a key on."""
    driver = desk.board._driver
    assert driver is not None
    driver.send_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))


async def seen_to(desk: Desk) -> None:
    """Until all that was typed has come to whom it is for."""
    board = desk.board
    await desk.until(lambda: has_quit(desk) or not (board._typed or board._under_way))
    await desk.pilot.pause(0)


def has_quit(desk: Desk) -> bool:
    return desk.board._exit


def lies_over_none_of_its_kind(desk: Desk) -> None:
    """However long somebody types, screens do not pile up."""
    kinds = [type(screen).__name__ for screen in desk.board.screen_stack]
    assert len(set(kinds)) == len(kinds), kinds


async def plays(desk: Desk, keys: Iterator[str]) -> int:
    """Type until there are no more keys, or the app was left; how many that were."""
    typed = 0
    for key in keys:
        types(desk, key)
        typed += 1
        if typed % AT_ONCE == 0:
            await seen_to(desk)
            assert desk.board.crash is None
            lies_over_none_of_its_kind(desk)
        if has_quit(desk):
            break
    await seen_to(desk)
    return typed


async def gets_home(desk: Desk) -> None:
    """By nothing but escape, from as deep as the keys have led."""
    await desk.settle()
    for _ in range(200):
        screen = desk.board.screen
        if isinstance(screen, TodayScreen) and not screen.filtered:
            return
        types(desk, "escape")
        await seen_to(desk)
    raise AssertionError(f"no way back from {desk.board.screen}, the focus on {desk.board.focused}")


async def moves(desk: Desk) -> None:
    """The keys still go where the user sees the cursor."""
    screen = desk.board.screen
    assert isinstance(screen, Room)
    assert not isinstance(desk.board.focused, Input)
    view = screen.view
    assert view is not None
    await desk.presses("home")
    first = view.about
    await desk.presses("down")
    assert view.about is not first
    await desk.presses("up")
    assert view.about is first


def left_over() -> list[asyncio.Task[object]]:
    """Tasks beside this one; but for the timer by which Textual's palette, left while it searches, would have
    shown that it is busy."""
    here = asyncio.current_task()
    return [task for task in asyncio.all_tasks() if task is not here and "Timer._run_timer" not in repr(task)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_keys_in_any_order_neither_crash_it_nor_get_it_stuck(sit: Sit, columns: int, rows: int) -> None:
    random = Random(SEED * 1000 + columns)
    left = EACH
    while left:
        # Over SSH nothing is opened on this machine, and no clipboard of its owner is written to.
        async with sit(columns, rows, SSH_TTY="/dev/pts/0", EDITOR="true") as desk:
            left -= await plays(desk, keys_of(random, left))
            assert desk.board.crash is None
            if not has_quit(desk):
                await gets_home(desk)
                await desk.settle()
                await moves(desk)
                assert not desk.board.workers
        assert desk.board.crash is None
        assert left_over() == []
