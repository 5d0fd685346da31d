"""A source as they should be: it waits, as for a network, and answers with a page of activities."""

from __future__ import annotations

import asyncio

from salesprep.adapter import Account, Activity, Adapter, Keys, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class HealthyConfig(Config):
    """How it behaves."""

    delay_ms: int = 20
    """How long each answer takes."""
    records: int = 3
    """Activities on a page."""
    pages: int = 1
    """How many pages there are."""


class Healthy(Adapter[HealthyConfig]):
    """Knows every name that it is asked for."""

    Config = HealthyConfig

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """The customer asked for, under the id ``1``."""
        await asyncio.sleep(self.config.delay_ms / 1000)
        now = request.now()
        return Page(
            tuple(
                Account(id="1", title=name, fetched_at=now, no_url_reason="simulated")
                for name in query.names[:1]
            )
        )

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """``records`` activities a page."""
        await asyncio.sleep(self.config.delay_ms / 1000)
        page = int(cursor or 0)
        now = request.now()
        keys = Keys(organisation=query.names[0] if query.names else None)
        more = page + 1 < self.config.pages
        return Page(
            tuple(
                Activity(
                    id=f"{page}-{number}",
                    title=f"call {number}",
                    fetched_at=now,
                    at=now,
                    no_url_reason="simulated",
                    keys=keys,
                )
                for number in range(self.config.records)
            ),
            cursor=str(page + 1) if more else None,
        )
