"""Ends the program when it is asked, or so it thinks."""

from __future__ import annotations

import sys

from salesprep.adapter import Adapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class ExitsConfig(Config):
    """Nothing to set."""


class Exits(Adapter[ExitsConfig]):
    """Ends the program when it is asked, or so it thinks."""

    Config = ExitsConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Does not come so far."""
        sys.exit(3)
