"""Paging that never ends: its cursors lead round and round."""

from __future__ import annotations

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class CirclesConfig(Config):
    """How wide the circle is."""

    pages: int = 1


class Circles(Adapter[CirclesConfig]):
    """Paging that never ends: its cursors lead round and round."""

    Config = CirclesConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, and the way to the next."""
        return Page(cursor=str((int(cursor or 0) + 1) % self.config.pages))
