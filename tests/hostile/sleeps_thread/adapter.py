"""Plain functions that wait for longer than anybody would, where nothing can cancel them."""

from __future__ import annotations

import time

from salesprep.adapter import BlockingAdapter, Kind, Page, Query, Record, Request
from salesprep.adapter.config import Config


class SleepsOnThreadConfig(Config):
    """How long."""

    seconds: float = 60.0


class SleepsOnThread(BlockingAdapter[SleepsOnThreadConfig]):
    """Waits for longer than anybody would."""

    Config = SleepsOnThreadConfig

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """An empty page, much too late."""
        time.sleep(self.config.seconds)
        return Page()
