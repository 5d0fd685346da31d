"""Returns what is no page."""

from __future__ import annotations

from typing import Any, Literal, cast

from salesprep.adapter import Activity, Adapter, Kind, Page, Query, Record, Request, Task
from salesprep.adapter.config import Config


class WrongConfig(Config):
    """What is wrong."""

    what: Literal["list", "none", "kind", "naive", "no_url", "text"] = "list"


class Wrong(Adapter[WrongConfig]):
    """Returns what is no page."""

    Config = WrongConfig

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Something else, by ``what``."""
        now = request.now()
        wrong: dict[str, object] = {
            "list": [],
            "none": None,
            "kind": Page((Task(id="1", title="t", fetched_at=now, no_url_reason="simulated"),)),
            "naive": Page((_activity(fetched_at=now.replace(tzinfo=None), no_url_reason="simulated"),)),
            "no_url": Page((_activity(fetched_at=now),)),
            "text": Page((_activity(fetched_at=now, no_url_reason="simulated", body=b"4711"),)),
        }
        return cast("Page[Record]", wrong[self.config.what])


def _activity(**fields: Any) -> Activity:
    return Activity(id="1", title="t", **fields)
