"""A healthy source of a known speed: waits, as for a network, and then answers."""

from __future__ import annotations

import asyncio

from salesprep.adapter import Account, Adapter, Document, Keys, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config

_ID = "1"
DOMAIN = "vandijk.example"
"""The customer's."""


class SimulatedConfig(Config):
    """How it behaves."""

    delay_ms: float
    """Milliseconds until the documents come."""
    records: int = 10
    """How many documents."""


class Simulated(Adapter[SimulatedConfig]):
    """Knows every customer; its documents come late. A manifest decides whether it is asked to find."""

    Config = SimulatedConfig

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """Whoever is asked for, at once."""
        now = request.now()
        return Page(
            tuple(
                Account(id=_ID, title=name, fetched_at=now, no_url_reason="simulated")
                for name in query.names[:1]
            )
        )

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """One page, after the delay."""
        await asyncio.sleep(self.config.delay_ms / 1000)
        now = request.now()
        return Page(
            tuple(
                Document(
                    id=str(number),
                    title=f"Document {number}",
                    fetched_at=now,
                    no_url_reason="simulated",
                    keys=Keys(account_id=_ID) if query.ids else Keys(domains=(DOMAIN,)),
                )
                for number in range(self.config.records)
            )
        )
