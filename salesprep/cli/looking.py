"""One line on the terminal while files are looked at: which one, and how many there are."""

from __future__ import annotations

import shutil
import sys
import threading
from typing import TextIO

from salesprep.settings import Us

PATIENCE = 0.5
"""Seconds in which nobody wants to read anything."""


class Looking:
    """``with Looking(us) as tell``: ``tell(name, number, of)`` is shown on a terminal, elsewhere not.

    Drawn by a thread of its own, since a single file may take long.
    """

    def __init__(self, us: Us, stream: TextIO | None = None) -> None:
        self._us = us
        self._stream = sys.stderr if stream is None else stream
        self._now: tuple[str, int, int] | None = None
        self._shown = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="looking", daemon=True)

    def __enter__(self) -> Looking:
        if self._stream.isatty():
            self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._shown:
            self._draw("")

    def __call__(self, name: str, number: int, of: int) -> None:
        """What is looked at now."""
        self._now = (name, number, of)

    def _run(self) -> None:
        while not self._over.wait(PATIENCE):
            if self._now is not None:
                self._draw(self._line(*self._now))

    def _line(self, name: str, number: int, of: int) -> str:
        from salesprep.view.lines import cut, one_line
        from salesprep.view.words import _, say

        text = say(self._us, _("looking at {name}"), name=one_line(name))
        if of > 1:
            text = say(self._us, _("looking at {name}, {n} of {all}"), name=one_line(name), n=number, all=of)
        return cut(text, shutil.get_terminal_size().columns - 1)

    def _draw(self, text: str) -> None:
        from salesprep.view.lines import width

        columns = width(text)
        # Spaces, since not every terminal knows how to erase.
        self._stream.write(f"\r{text}{' ' * max(0, self._shown - columns)}" + ("" if text else "\r"))
        self._stream.flush()
        self._shown = columns
