"""Leaves a task behind that would wait on for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config, LocalPath


class LeaksConfig(Config):
    """Where its task leaves its marks."""

    marks: LocalPath | None = None
    """A folder: ``begun`` appears in it when the task begins, ``ended`` when it ends."""


class Leaks(Adapter[LeaksConfig]):
    """Leaves a task behind that would wait on for ever."""

    Config = LeaksConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page; the task goes on."""
        self.task = asyncio.create_task(_work(self.config.marks))
        await asyncio.sleep(0)
        return Page()


async def _work(marks: Path | None) -> None:
    try:
        if marks is not None:
            (marks / "begun").touch()
        await asyncio.Event().wait()
    finally:
        if marks is not None:
            (marks / "ended").touch()
