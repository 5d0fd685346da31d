"""Pages of 500 without rest: 100,000 records for whoever follows its cursors, or all at once."""

from __future__ import annotations

from salesprep.adapter import Activity, Adapter, Kind, Page, Participant, Query, Record, Request
from salesprep.adapter.config import Config


class FloodsConfig(Config):
    """How much."""

    records: int = 100_000
    page: int = 500
    """Records on a page; as many as ``records``: all at once."""


class Floods(Adapter[FloodsConfig]):
    """Has far too much to tell."""

    Config = FloodsConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """The next ``page`` records."""
        start = int(cursor or 0)
        end = min(start + self.config.page, self.config.records)
        now = request.now()
        return Page(
            tuple(
                Activity(
                    id=str(number),
                    title=f"call {number}",
                    fetched_at=now,
                    at=now,
                    url=f"https://crm.example/activities/{number}",
                    people=(Participant(name="R. Smit", email="r.smit@vandijk.example"),),
                    body=f"number {number}, about this and that\nand the other",
                )
                for number in range(start, end)
            ),
            cursor=str(end) if end < self.config.records else None,
            total=self.config.records,
        )
