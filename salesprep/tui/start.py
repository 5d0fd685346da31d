"""From the command line into the interface and out again, whatever happens in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salesprep.tui import crash, log
from salesprep.tui.app import Board

if TYPE_CHECKING:
    from salesprep.settings import Settings
    from salesprep.tui.session import Space


@dataclass(frozen=True, slots=True)
class Left:
    """How the interface was left."""

    refusal: Exception | None = None
    """Why the sources could not even be opened: wrong settings, a sample that cannot be laid out."""
    said: str = ""
    """A line on a fault of salesprep's own."""


def run(settings: Settings, opening: Callable[[], Space], environ: Mapping[str, str]) -> Left:
    """Show the interface until the user leaves it; ``opening`` is called after the first paint."""
    return asyncio.run(_run(settings, opening, environ))


async def _run(settings: Settings, opening: Callable[[], Space], environ: Mapping[str, str]) -> Left:
    made: list[Board] = []
    language = settings.us.language

    def make() -> Board:
        made.append(Board(settings, opening, environ))
        return made[-1]

    async def show(fault: crash.Crash) -> bool:
        for board in made:
            await board.close()
        theme = made[-1].theme if made else settings.theme
        return await crash.show(fault, kept, environ, language=language, theme=theme)

    with log.kept(environ) as kept:
        ended = await crash.run(make, show)
        for board in made:
            await board.close()
        if isinstance(ended, crash.Crash):
            return Left(said=crash.line(ended, kept, language))
    return Left(refusal=made[-1].refusal if made else None)
