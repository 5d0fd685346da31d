"""One line on the terminal while sources are asked: who has not answered yet, and for how long."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import time
from collections.abc import Sequence
from typing import TextIO

from salesprep.settings import Us

PATIENCE = 0.5
"""Seconds in which nobody wants to read anything."""


class Progress:
    """``async with Progress(us) as progress``: shows :attr:`asking` on a terminal, elsewhere nothing."""

    def __init__(self, us: Us, stream: TextIO | None = None) -> None:
        self.asking: Sequence[str] = ()
        """Titles of the sources that have not answered."""
        self._us = us
        self._stream = sys.stderr if stream is None else stream
        self._shown = 0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Progress:
        if self._stream.isatty():
            self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *raised: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._draw("")

    async def _run(self) -> None:
        began = time.monotonic()
        await asyncio.sleep(PATIENCE)
        while True:
            if self.asking:
                self._draw(self._line(time.monotonic() - began))
            await asyncio.sleep(PATIENCE)

    def _line(self, seconds: float) -> str:
        from salesprep.view.lines import cut
        from salesprep.view.words import _, say

        text = say(self._us, _("asking {sources} … {n} s"), sources=", ".join(self.asking), n=round(seconds))
        return cut(text, shutil.get_terminal_size().columns - 1)

    def _draw(self, text: str) -> None:
        """Write ``text`` over what stands there; spaces, since not every terminal knows how to erase."""
        from salesprep.view.lines import width

        columns = width(text)
        blank = " " * max(0, self._shown - columns)
        if text or self._shown:
            self._stream.write(f"\r{text}{blank}" + ("" if text else "\r"))
            self._stream.flush()
        self._shown = columns
