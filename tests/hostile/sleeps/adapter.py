"""Waits for longer than anybody would."""

from __future__ import annotations

import asyncio

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class SleepsConfig(Config):
    """How long."""

    seconds: float = 60.0


class Sleeps(Adapter[SleepsConfig]):
    """Waits for longer than anybody would."""

    Config = SleepsConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, much too late."""
        await asyncio.sleep(self.config.seconds)
        return Page()
