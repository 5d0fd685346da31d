"""Does not let itself be cancelled."""

from __future__ import annotations

import asyncio
import time

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class IgnoresConfig(Config):
    """When to stop after all."""

    seconds: float = 60.0


class Ignores(Adapter[IgnoresConfig]):
    """Does not let itself be cancelled."""

    Config = IgnoresConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, long after nobody wants it."""
        end = time.monotonic() + self.config.seconds
        while (left := end - time.monotonic()) > 0:
            try:
                await asyncio.sleep(left)
            except asyncio.CancelledError:
                continue
        return Page()
