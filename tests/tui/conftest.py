"""Waiting for what there is to wait for.

Textual's pilot waits several times a key until the processor has had nothing to do for 20 ms. That was half
of the time these tests took; and where the machine is busy with something else it means nothing, since a
program that gets no processor has nothing to do either.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest
from textual._context import active_app

from salesprep.tui.in_order import InOrder

if TYPE_CHECKING:
    from textual._queue import Queue
    from textual.app import App

LONGEST = 5.0
"""Seconds, as with Textual; what takes longer a test waits for by name."""
TWICE = 2
"""What comes to rest may have begun what is on no queue yet."""


@pytest.fixture(autouse=True)
def pauses_as_long_as_something_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause of the pilot ends once every message has been seen to and all is painted."""
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", _rests)


async def _rests(_shortest: float = 0, _longest: float = 0) -> None:
    app = active_app.get()
    end = time.monotonic() + LONGEST
    resting = 0
    while resting < TWICE and time.monotonic() < end:
        await asyncio.sleep(0.001)
        resting = 0 if not _is_over(app) and (_is_handling(app) or _is_painting(app)) else resting + 1


def _is_over(app: App[Any]) -> bool:
    """An app that ends, or has failed, comes to no end with its messages or its painting."""
    return app._exit or app._closing or app._exception is not None


def _is_handling(app: App[Any]) -> bool:
    """Somebody does anything but wait for a message."""
    for pump in (app, *app._registry):
        messages: Queue[Any] = pump._message_queue
        waits = messages.empty() and messages.ready_event._waiters and not pump._next_callbacks
        if pump.is_running and not waits:
            return True
    return app._resize_event is not None or (isinstance(app, InOrder) and bool(app._typed or app._under_way))


def _is_painting(app: App[Any]) -> bool:
    """Something is due with the next frame, which is brought forward."""
    if not app._screen_stack:
        return False
    screen = app.screen
    due = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if due:
        # In the screen's own task, as its timer does it: a fault is the app's and not the test's.
        screen.call_later(screen._on_timer_update)
    return bool(due)
