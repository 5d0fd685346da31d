"""The board as it is measured: the real interface, opened on the screen of a briefing whose six sources
answer from memory. ``python -m benchmarks.board_shown CASE [--every] [--notes DESCRIPTOR]``.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from salesprep.settings import Settings, Source, Us
from salesprep.tui.app import Board
from salesprep.tui.screens.briefing import BriefingScreen
from salesprep.tui.session import Session, Space, Whom

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events

    from salesprep.briefing.model import Briefing
    from salesprep.briefing.reach import Reach

Case = Literal["whole", "answers", "keys", "hanging"]
"""``whole``: all is there from the start. ``answers``: each one has a row on top that no other had.
``keys``: rows are added beneath, so that the cursor's stay where they are. ``hanging``: one source never
answers."""

HANGING = "posts"
_APART = 0.06
"""Seconds from one answer to the next."""
_FIRST = 1.0
"""Seconds until the answers that are measured begin: the board is painted by then."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a run stands on, of what the board asks for."""

    settings: Settings

    @property
    def titles(self) -> Mapping[str, str]:
        """What each source is called on the screen."""
        return {source.name: source.title for source in self.settings.sources.values()}

    @property
    def now(self) -> Callable[[], datetime]:
        """A clock that stands still."""
        from benchmarks.board_briefing import NOW

        return lambda: NOW


class InMemory(Session):
    """Asks nobody: a briefing comes as its case has it."""

    def __init__(self, case: Case, note: Callable[[str], None]) -> None:
        from benchmarks.board_briefing import SOURCES

        sources = {name: Source(name, "simulated", name.upper(), {}, Path(__file__)) for name in SOURCES}
        self.settings = Settings(us=Us(name="Anna de Boer", emails=("anna@ons.example",)), sources=sources)
        self.us = self.settings.us
        self.space = cast("Space", Memory(self.settings))
        self._case, self._note = case, note

    @property
    def names(self) -> tuple[str, ...]:
        """The sources, in the order of the screen."""
        return tuple(self.settings.sources)

    async def close(self) -> None:
        """There is nothing to end."""

    async def briefing(
        self, whom: Whom, *, fresh: bool | Collection[str] = False, reach: Reach | None = None
    ) -> AsyncGenerator[Briefing, None]:
        """The briefing as it comes; what is measured is noted right before the screen takes it."""
        from benchmarks.board_briefing import whole

        # As salesprep.sources.tuning does when a host is asked first, of which there is none here.
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        if self._case == "whole":
            yield whole()
        elif self._case == "hanging":
            yield whole(but=HANGING)
            await asyncio.Event().wait()
        else:
            async for word, each in _growing(on_top=self._case == "answers"):
                self._note(word)
                yield each


async def _growing(*, on_top: bool) -> AsyncIterator[tuple[str, Briefing]]:
    """Each source in so many steps, the sources in turn; with each a word that is seen with it first."""
    from benchmarks.board_briefing import RECORDS, SOURCES, STEPS, briefing, founds, marker, with_more

    size = RECORDS // STEPS
    shown = briefing({})
    yield "", shown
    for step in range(STEPS):
        for source in SOURCES:
            numbers = range(RECORDS - size * (step + 1), RECORDS) if on_top else range(size * (step + 1))
            state: Literal["fresh", "partial"] = "fresh" if step + 1 == STEPS else "partial"
            shown = with_more(shown, source, founds(source, numbers), state)
            yield marker(source, numbers[0]) if on_top else "", shown
            await asyncio.sleep(_APART)
        if not step:
            await asyncio.sleep(_FIRST)


class Opened(Board):
    """The interface, with the briefing in the place of the visits."""

    def __init__(self, session: InMemory) -> None:
        super().__init__(session.settings, lambda: session.space, os.environ)
        self._session = session

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        """The board at once."""
        event.prevent_default()  # the visits
        self.push_screen(BriefingScreen(Whom("Van Dijk Machinebouw")))


def _draw_every_row() -> None:
    """Have panels show all of their records, as one alone does, and not the few that a board has room for."""
    from salesprep.view import panel

    panel.panel = partial(panel.panel, every=True)


def _note(descriptor: int | None, word: str) -> None:
    if descriptor is not None and word:
        os.write(descriptor, f"{word} {time.monotonic()!r}\n".encode())


def main() -> None:
    """Show the case until the terminal is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=get_args(Case))
    parser.add_argument("--every", action="store_true", help="draw all records of all panels")
    parser.add_argument("--notes", type=int, help="the descriptor to which moments are written")
    given = parser.parse_args()
    if given.every:
        _draw_every_row()
    Opened(InMemory(given.case, partial(_note, given.notes))).run()


if __name__ == "__main__":
    main()
