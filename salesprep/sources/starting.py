"""Starting the threads of many sources at once, so that none of them is begun with before all are there.

A thread is started in two turns of the interpreter, and beside one that computes each turn is waited for:
with two that spin, the last of 50 sources would begin 400 ms late, and the loop that asks would stand still
for as long. So a thread of its own starts them, each waits at its gate, and the gates are opened together.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_log = logging.getLogger("salesprep.starting")


@dataclass(frozen=True, slots=True)
class Start:
    """A thread that is to run ``work``, or of which ``lost`` is told that the machine gives none."""

    name: str
    work: Callable[[], None]
    lost: Callable[[], None]
    gate: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> None:
        """Start it, and let it go at once.

        Raises:
            RuntimeError: the machine gives no more threads.
        """
        threading.Thread(target=self.work, name=self.name, daemon=True).start()

    def held(self) -> None:
        """Start it; it waits at its gate.

        Raises:
            RuntimeError: as above.
        """
        self.gate.acquire()
        threading.Thread(target=self._wait, name=self.name, daemon=True).start()

    def _wait(self) -> None:
        with self.gate:
            pass
        self.work()


class Starter:
    """Belongs to the loop that asks."""

    def __init__(self) -> None:
        self._batch: list[Start] = []

    def add(self, start: Start) -> None:
        """Start it with all that are added in this turn of the loop, and in those that follow at once."""
        if not self._batch:
            asyncio.get_running_loop().call_soon(self._flush, 0)
        self._batch.append(start)

    def _flush(self, seen: int) -> None:
        if len(self._batch) > seen:
            asyncio.get_running_loop().call_soon(self._flush, len(self._batch))
            return
        batch, self._batch = self._batch, []
        if len(batch) == 1:
            _all_at_once(batch)
            return
        together = Start("starting sources", lambda: _together(batch), lambda: None)
        try:
            together.now()
        except RuntimeError:
            _lose(batch)


def _all_at_once(batch: Sequence[Start]) -> None:
    for start in batch:
        try:
            start.now()
        except RuntimeError:
            start.lost()


def _together(batch: Sequence[Start]) -> None:
    """On a thread of its own: start all, then open the gates."""
    started = []
    for start in batch:
        try:
            start.held()
        except RuntimeError:
            start.lost()
        else:
            started.append(start)
    for start in started:
        start.gate.release()


def _lose(batch: Sequence[Start]) -> None:
    for start in batch:
        start.lost()
