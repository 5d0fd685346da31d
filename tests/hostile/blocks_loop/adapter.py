"""Blocks its event loop: a coroutine that waits without awaiting."""

from __future__ import annotations

import time

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class BlocksConfig(Config):
    """How long."""

    seconds: float = 5.0


class Blocks(Adapter[BlocksConfig]):
    """Blocks its event loop: a coroutine that waits without awaiting."""

    Config = BlocksConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, after a blocking wait."""
        time.sleep(self.config.seconds)  # noqa: ASYNC251 - that is the offence
        return Page()
