"""Calendars written to real files, read by the adapter as the host would have it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.ics.adapter import Calendars
from salesprep.adapter import Http, Kind, Meeting, Page, Query, Record, Request, Window
from tests.adapters.no_http import NoHttp

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=AMSTERDAM)


@dataclass
class Desk:
    """One source, as its user has it: a settings table, a clock, a folder for its index."""

    folder: Path
    store: Path | None
    now: datetime = NOW
    http: Http = field(default_factory=NoHttp)
    adapter: Calendars | None = None

    def write(self, *events: str, name: str = "agenda.ics", head: str = "", tail: str = "") -> Path:
        """A calendar file; events as lines between ``BEGIN:VEVENT`` and ``END:VEVENT``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.text(*events, head=head, tail=tail).encode())
        return path

    @staticmethod
    def text(*events: str, head: str = "", tail: str = "") -> str:
        blocks = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", head.strip(), *blocks, tail.strip(), "END:VCALENDAR", ""]
        return "\r\n".join("\n".join(line for line in lines if line).splitlines()) + "\r\n"

    def opens(self, *calendars: dict[str, object]) -> Calendars:
        """A fresh start of the program: a new adapter object, the same kept index."""
        tables = list(calendars) or [{"path": str(self.folder / "agenda.ics")}]
        config = Calendars.Config.model_validate({"calendars": tables}, context={"settings": self.folder})
        self.adapter = Calendars(config)
        return self.adapter

    def request(self) -> Request:
        now = self.now
        log = logging.getLogger("tests.ics")
        return Request(lambda: now, time.monotonic() + 60, self.http, log, "me", self.store)

    async def agenda(self, days: int = 14, start: datetime | None = None) -> Page[Meeting]:
        begin = start or self.now
        window = Window(begin, begin + timedelta(days=days))
        return await (self.adapter or self.opens()).upcoming(window, None, self.request())

    async def about(
        self, *names: str, domains: Sequence[str] = (), emails: Sequence[str] = ()
    ) -> Page[Record]:
        query = Query(names=names, domains=tuple(domains), emails=tuple(emails))
        return await (self.adapter or self.opens()).fetch(query, Kind.MEETING, None, self.request())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = tmp_path / "index"
    store.mkdir(mode=0o700)
    folder = tmp_path / "calendars"
    folder.mkdir()
    return Desk(folder, store)


@pytest.fixture
def local() -> Callable[[str], datetime]:
    """``"2026-11-24 10:00"`` in Amsterdam."""

    def read(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)

    return read
