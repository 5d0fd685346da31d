"""Computes in plain Python without end, and never lets its loop go."""

from __future__ import annotations

import time

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config, LocalPath


class SpinsConfig(Config):
    """When to stop after all."""

    seconds: float = 5.0
    """How long at most."""
    until: LocalPath | None = None
    """Stops as soon as this file is there."""


class Spins(Adapter[SpinsConfig]):
    """Computes in plain Python without end, and never lets its loop go."""

    Config = SpinsConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, after a great deal of arithmetic."""
        end = time.monotonic() + self.config.seconds
        until = self.config.until
        while time.monotonic() < end and not (until is not None and until.exists()):
            sum(number * number for number in range(1000))
        return Page()
