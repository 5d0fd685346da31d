"""An interface that goes wrong, run by the tests of a crash: ``crashing.py SECRET RECORD WHERE WHERE …``.

It begins as often as places are named, and fails at the place whose turn it is, or at several joined by
``+``; after the last one all is well, and after ``over`` it ends. What it has at hand, in messages and in
variables, must come out nowhere.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.traceback import Traceback
from textual.binding import Binding
from textual.reactive import var
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label

from salesprep import words
from salesprep.tui import crash, log
from salesprep.tui.themes import Themed

if TYPE_CHECKING:
    from textual.app import ComposeResult

SECRET, RECORD, *WHERE = sys.argv[1:]
_now: set[str] = set()


def boom(where: str) -> None:
    """Raise in our own code, with the canaries at hand, if ``where`` is the place whose turn it is."""
    if where not in _now:
        return
    record = f"a record of {RECORD}"
    try:
        raise RuntimeError(f"{record} by {SECRET}")
    except RuntimeError:
        words.say(f"{record} {{{SECRET}}}", {RECORD: SECRET}, "en", str)


class Collected:
    """Fails when it is collected."""

    def __del__(self) -> None:
        boom("collecting")


class Panel(Widget):
    """Fails where a widget can."""

    told = var("")

    def compose(self) -> ComposeResult:
        boom("compose")
        yield from ()

    def on_mount(self) -> None:
        boom("mount")

    def watch_told(self) -> None:
        boom("watch")

    def render_line(self, y: int) -> Strip:
        boom("render")
        if self.told:
            boom("render again")
        return Strip.blank(self.size.width)


class Today(Screen[None]):
    """The screen that the app begins with."""

    def compose(self) -> ComposeResult:
        yield Label("Your coming visits")
        yield Panel()

    def key_x(self) -> None:
        boom("key")
        panel = self.query_one(Panel)
        panel.told = RECORD
        panel.refresh()

    def action_boom(self) -> None:
        boom("action")


class Board(Themed[int], crash.Safe[int]):
    """``x``, ``a`` and ``b`` may go wrong, ``q`` leaves."""

    CSS = "Panel { height: 3; }"
    BINDINGS = [Binding("a", "screen.boom"), Binding("b", "boom"), Binding("q", "leave")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        boom("init")

    async def on_mount(self) -> None:
        boom("app")
        await self.push_screen(Today())
        self.set_timer(0.01, partial(boom, "timer"))
        self.call_later(boom, "later")
        self.run_worker(self.work("worker"), exit_on_error=False)
        self.run_worker(self.work("loud worker"), exit_on_error=True)
        self.run_worker(partial(boom, "thread worker"), thread=True, exit_on_error=False)
        threading.Thread(target=boom, args=("thread",)).start()
        if "waited for" in _now:
            _now.add("worker")
            await self.run_worker(self.work("worker"), exit_on_error=False).wait()
        if "task" in _now:
            task = asyncio.ensure_future(self.work("task"))
            await asyncio.wait([task])
            del task
        if "collecting" in _now:
            Collected()
        if "chatter" in _now:
            logging.getLogger("some.library").error("cannot read %s of %s", RECORD, SECRET)
            logging.getLogger("salesprep.source.crm").warning(f"{RECORD} {SECRET}")
            warnings.warn(f"{RECORD} {SECRET}", stacklevel=1)
            sys.stdout.write(f"{RECORD}\n")
            sys.stderr.write(f"{SECRET}\n")
        if "terminal" in _now:
            threading.Thread(target=self.panics).start()
        gc.collect()
        if "over" in _now:
            self.exit(0)

    def panics(self) -> None:
        """As the thread does that reads from the terminal."""
        try:
            raise EOFError(f"{RECORD} {SECRET}")
        except EOFError:
            self.call_later(self.panic, Traceback(show_locals=True))

    async def work(self, where: str) -> None:
        await asyncio.sleep(0)
        boom(where)

    def action_boom(self) -> None:
        boom("app's action")

    def action_leave(self) -> None:
        self.exit(0)

    def on_unmount(self) -> None:
        boom("unmount")


class Misstyled(Board):
    """A style sheet that cannot be read."""

    CSS = "Label { colour: $none; }"


async def main() -> int:
    """As ``salesprep`` runs it; with nobody to look at a fault if the environment says so."""
    environ = dict(os.environ)
    turns: Iterator[str] = iter(WHERE)

    def make() -> Board:
        _now.clear()
        _now.update(next(turns, "").split("+"))
        return Misstyled() if "style" in _now else Board()

    with log.kept(environ) as kept:

        async def show(fault: crash.Crash) -> bool:
            if environ.get("NOBODY_LOOKS"):
                sys.stdout.write(f"{fault}\n")
                return True
            return await crash.show(fault, kept, environ, language="en", theme="dark")

        ended = await crash.run(make, show)
        if isinstance(ended, crash.Crash):
            sys.stderr.write(f"salesprep: {crash.line(ended, kept, 'en')}\n")
            return 70
        return ended or 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
