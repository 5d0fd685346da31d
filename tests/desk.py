"""The interface on the sample workspace, in a terminal of any size that exists in memory only."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.worker import WorkerCancelled

from salesprep.cli import workspace
from salesprep.machine import private_folder
from salesprep.sample import ZONE, lay_out
from salesprep.tui.app import Board

if TYPE_CHECKING:
    from textual.pilot import Pilot

SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)

SETTINGS = Path(__file__).parents[1] / "settings.toml"


@dataclass
class Desk:
    """Somebody who sits in front of the interface."""

    board: Board
    pilot: Pilot[int]

    async def presses(self, *keys: str) -> None:
        """One key after the other, each seen to before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Until nothing is asked any more and all is painted."""
        await self.pilot.pause()
        while self.board.workers:
            with suppress(WorkerCancelled):  # one that came later is instead of it
                await self.board.workers.wait_for_complete()
            await self.pilot.pause()

    async def until(self, seen: Callable[[], bool]) -> None:
        """Until ``seen``; the deadline of the test ends what never comes."""
        while not seen():
            await self.pilot.pause(0.01)

    @property
    def screen(self) -> str:
        """What can be read, without the spaces at the ends of lines."""
        return "\n".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        strips = self.board.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def line_with(self, text: str) -> str:
        """The first line that holds ``text``."""
        return next(line for line in self.lines if text in line)

    @property
    def toasts(self) -> list[str]:
        """What was told in passing."""
        return [str(note.message) for note in self.board._notifications]


Sit = Callable[..., AbstractAsyncContextManager[Desk]]


class Saturday(datetime):
    """A clock on which the sample stands at Monday 23 November, 13:21."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return SATURDAY.astimezone(tz)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``SALESPREP_HOME`` in which the sample has been laid out, and what is read in it is indexed once for
    all tests that leave it as it is."""
    house = tmp_path_factory.mktemp("house")
    lay_out(house / "cache", SATURDAY)
    return house


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch, own_machine: Path, house: Path) -> Sit:
    """``async with sit(80, 24) as desk``: the interface is open and all visits of the day are told.

    ``settings``: another file than the sample's. ``environ``: variables beside those of the test. A test
    that changes the sample lays it out in its own cache before.
    """
    monkeypatch.setattr(workspace, "datetime", Saturday)

    @asynccontextmanager
    async def sits(
        columns: int = 80, rows: int = 24, *, settings: Path = SETTINGS, **environ: str
    ) -> AsyncIterator[Desk]:
        around = {**os.environ, **environ}
        if not (own_machine / "cache" / "sample").exists():
            around["SALESPREP_HOME"] = str(_with_what_is_theirs(house, own_machine))
        layers, _dirs = workspace.read_layers(settings, around)
        board = Board(layers, partial(workspace.open_workspace, settings, around, quiet=True), around)
        async with board.run_test(size=(columns, rows)) as pilot:
            desk = Desk(board, pilot)
            await desk.until(lambda: board.remembered is not None or board.refusal is not None)
            await desk.settle()
            yield desk
        await board.close()

    return sits


def _with_what_is_theirs(house: Path, own_machine: Path) -> Path:
    """The house, for the time being with the state and the settings of one test."""
    for name in ("state", "config"):
        (house / name).unlink(missing_ok=True)
        (house / name).symlink_to(private_folder(own_machine / name))
    return house
