"""Keys one after the other, however fast they come.

Textual hands a key to what has the focus at that moment, while the keys before it may still be on their way:
of ``/kaas``, typed at once, the letters would go to the list and not into the line that ``/`` opens.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import App
from textual.widget import AwaitMount

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

Returned = TypeVar("Returned")

_LONGEST = 1.0
"""Seconds that a key is waited for: what saw to it may have been closed by it, and tells nobody."""


class _Behind:
    """Goes the way that a key goes, from the focus up to the app, in each queue behind it. Gone twice, what
    the key made somebody say (a line is entered, a row picked) has gone that way too."""

    _param_count = 0
    """Textual would look at the signature each time."""

    def __init__(self, app: InOrder[Any], target: MessagePump, done: Callable[[], Awaitable[None]]) -> None:
        self._app, self._target, self._done = app, target, done
        self._left = 2

    def start(self) -> None:
        self._node = self._target
        self._queue()

    def _queue(self) -> None:
        if not self._node.post_message(events.Callback(callback=self)):
            self._app.call_later(self._done)  # it takes nothing any more

    def __call__(self) -> None:
        if self._node is not self._app:
            self._node = self._node._parent or self._app
            self._queue()
        elif self._left > 1:
            self._left -= 1
            self.start()
        else:
            self._app.call_later(self._done)


class InOrder(App[Returned]):
    """An app that hands a key on when the one before it has been seen to by all that it is for."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._under_way = 0
        """The number of the key that is on its way; 0: none is."""
        self._since = 0.0
        self._patience: asyncio.TimerHandle | None = None
        self._last = 0

    async def on_event(self, event: events.Event) -> None:
        """What is typed ahead is for the screen that is being opened, once there is something on it; what
        is typed after the last key is for nobody."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way and time.monotonic() - self._since < _LONGEST:
            if not self._typed:
                self._wait_no_longer(self._under_way)
            self._typed.append(event)
        else:
            self._typed.append(event)
            await self._next()

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        if self._exit:
            return
        while not self.screen.is_mounted:  # while one is waited for, a worker may open another over it
            await AwaitMount(self.screen, [self.screen])
        target = self.focused or self.screen
        await super().on_event(event)
        if event.is_forwarded:
            self._last += 1
            self._under_way, self._since = self._last, time.monotonic()
            _Behind(self, target, partial(self._seen_to, self._last)).start()

    async def _seen_to(self, number: int) -> None:
        if number != self._under_way:
            return
        await self._next()

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._under_way = 0
        while self._typed and not self._under_way:
            await self._hand_on(self._typed.popleft())
        if self._typed:
            self._wait_no_longer(self._under_way)

    def _wait_no_longer(self, number: int) -> None:
        # Not a timer of Textual's: one that is set while the app ends is never stopped.
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(_LONGEST, partial(self.call_later, self._seen_to, number))
