"""Event loops that keep the interpreter while they have something to do.

asyncio looks for input before every round of callbacks, also where some are waiting. Each look lets go of the
interpreter, and beside threads that compute it takes a turn of each to have it back; an answer takes some
ten rounds. Beside one source that spins, the others come half as late with these loops.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from typing import Any

_ROUNDS = 8
"""So many in a row without a look, at most: callbacks that make others keep no input waiting."""


class _Keen(selectors.DefaultSelector):
    """Looks when there is nothing else to do, and now and then."""

    _without = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        """As any selector; nothing at all where callbacks are waiting."""
        if timeout is not None and timeout <= 0 and self._without < _ROUNDS:
            self._without += 1
            return []
        self._without = 0
        return super().select(timeout)


def new_loop() -> asyncio.AbstractEventLoop:
    """A loop for one source.

    Raises:
        OSError: the machine gives no more handles.
    """
    if sys.platform == "win32":
        return asyncio.new_event_loop()  # it has no selector
    return asyncio.SelectorEventLoop(_Keen())
