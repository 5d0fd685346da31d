"""The same ways over the real host: adapters in a folder of their own, threads, deadlines and all."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.briefing.model import Briefing, Update
from salesprep.briefing.questions import Ambiguous
from salesprep.briefing.scan import scan
from salesprep.briefing.visits.agenda import agenda, next_visit
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source
from salesprep.sources import Host

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen

_CRM = """
name = "paper_crm"
title = "A CRM on paper"
version = "1.0"
contract = "1.0"
class = "Paper"
kinds = ["account", "person", "activity"]
lookups = ["id", "domain", "name"]
abilities = ["find", "fetch"]
asks_as = "none"
"""
_CALENDAR = """
name = "paper_calendar"
title = "A calendar on paper"
version = "1.0"
contract = "1.0"
class = "Paper"
kinds = ["meeting"]
lookups = ["domain"]
abilities = ["fetch", "upcoming"]
asks_as = "none"
"""
_ADAPTER = """
import asyncio
import json
from datetime import datetime
from salesprep.adapter import (
    Account, Activity, Adapter, Keys, Kind, Meeting, Page, Participant, Person, Unavailable
)
from salesprep.adapter.config import Config, LocalPath

class PaperConfig(Config):
    paper: LocalPath
    trouble: str = ""

class Paper(Adapter[PaperConfig]):
    Config = PaperConfig

    async def _read(self, request):
        if self.config.trouble == "hangs":
            await asyncio.sleep(60)
        if self.config.trouble == "fails":
            raise Unavailable("no connection")
        return json.loads(self.config.paper.read_text(encoding="utf-8"))

    async def find(self, query, request):
        rows = (await self._read(request))["account"]
        around = {"fetched_at": request.now(), "no_url_reason": "paper"}
        return Page(tuple(
            Account(id=i, title=name, keys=Keys(domains=tuple(domains)), **around)
            for i, name, domains in rows
            if i in query.ids or any(n.casefold() in name.casefold() for n in query.names)
            or set(domains) & set(query.domains)
        ))

    async def fetch(self, query, kind, cursor, request):
        told = await self._read(request)
        around = {"fetched_at": request.now(), "no_url_reason": "paper"}
        if kind is Kind.MEETING:
            return Page(self._meetings(told, around))
        rows = told.get(kind.value, [])
        made = Person if kind is Kind.PERSON else Activity
        return Page(tuple(made(id=i, title=t, keys=Keys(account_id=a), **around) for i, t, a in rows))

    async def upcoming(self, window, cursor, request):
        around = {"fetched_at": request.now(), "no_url_reason": "paper"}
        return Page(self._meetings(await self._read(request), around))

    def _meetings(self, told, around):
        return tuple(
            Meeting(id=i, title=t, start=datetime.fromisoformat(s), end=datetime.fromisoformat(e),
                    people=tuple(Participant(email=p) for p in people),
                    calendar_owner="anna@ons.example", **around)
            for i, t, s, e, people in told["meeting"]
        )
"""


class Desk:
    """Sources of paper, and a host over them."""

    def __init__(self, folder: Path, make: Make) -> None:
        self.folder, self.make = folder, make
        self.sources: dict[str, Source] = {}
        for name, manifest in (("paper_crm", _CRM), ("paper_calendar", _CALENDAR)):
            (folder / "adapters" / name).mkdir(parents=True)
            (folder / "adapters" / name / "adapter.toml").write_text(manifest, encoding="utf-8")
            (folder / "adapters" / name / "adapter.py").write_text(_ADAPTER, encoding="utf-8")

    def source(self, name: str, adapter: str, told: object, trouble: str = "") -> None:
        """Add a source that tells this."""
        paper = self.folder / f"{name}.json"
        paper.write_text(json.dumps(told), encoding="utf-8")
        config: dict[str, Any] = {"paper": str(paper), "trouble": trouble}
        self.sources[name] = Source(name, adapter, name.upper(), config, self.folder / "settings.toml")

    @property
    def settings(self) -> Settings:
        return Settings(us=self.make.us, sources=self.sources, adapter_folders=(self.folder / "adapters",))

    def host(self) -> Host:
        dirs = Dirs(self.folder / "cache", self.folder / "state", self.folder / "config")
        return Host(self.settings, now=lambda: self.make.now, dirs=dirs)

    async def updates(self, name: str, **more: Any) -> list[Update]:
        host = self.host()
        try:
            stream = scan(name, host, self.settings, now=lambda: self.make.now, **more)
            return [update async for update in stream]
        finally:
            await host.close()

    async def briefing(self, name: str, **more: Any) -> Briefing:
        return (await self.updates(name, **more))[-1].briefing


@pytest.fixture
def desk(tmp_path: Path, make: Make) -> Desk:
    desk = Desk(tmp_path, make)
    accounts = [
        ["1", "Van Dijk Machinebouw B.V.", ["vandijk.example"]],
        ["2", "Van Dijk Transport B.V.", ["vdtransport.example"]],
    ]
    activities = [["a1", "belde", "1"], ["a2", "laadklep", "2"]]
    desk.source("crm", "paper_crm", {"account": accounts, "person": [], "activity": activities})
    visit = ["m1", "Overleg", "2026-11-23T14:00:00+01:00", "2026-11-23T15:00:00+01:00", ["r@vandijk.example"]]
    desk.source("calendar", "paper_calendar", {"meeting": [visit]})
    return desk


class TestOverTheRealHost:
    async def test_a_name_becomes_a_briefing(self, desk: Desk, seen: Seen) -> None:
        updates = await desk.updates("van dijk machinebouw")
        assert {p.state for p in updates[0].briefing.panels} == {"waiting"}
        briefing = updates[-1].briefing
        assert seen.facts(briefing) == ["1", "a1", "m1"]
        assert {p.source: p.state for p in briefing.panels} == {"crm": "fresh", "calendar": "fresh"}
        assert briefing.visit is not None
        assert briefing.visit.how == "domain vandijk.example"

    async def test_a_hanging_source_costs_its_own_panel(self, desk: Desk, seen: Seen) -> None:
        desk.source("slow", "paper_crm", {"account": []}, trouble="hangs")
        briefing = await desk.briefing("van dijk machinebouw", deadline_s=1.5)
        assert seen.facts(briefing) == ["1", "a1", "m1"]
        assert seen.panel(briefing, "slow").state in ("failed", "stuck")
        assert briefing.complete

    async def test_a_failing_source_says_why(self, desk: Desk, seen: Seen) -> None:
        desk.source("down", "paper_crm", {}, trouble="fails")
        panel = seen.panel(await desk.briefing("van dijk machinebouw"), "down")
        assert (panel.state, panel.failure and panel.failure.code) == ("failed", "unavailable")

    async def test_an_unknown_adapter_is_a_failed_panel(self, desk: Desk, seen: Seen) -> None:
        desk.source("odd", "paper_crn", {})
        panel = seen.panel(await desk.briefing("van dijk machinebouw"), "odd")
        assert panel.state == "failed"
        assert panel.failure is not None

    async def test_a_part_of_two_names_is_asked_back(self, desk: Desk) -> None:
        with pytest.raises(Ambiguous) as several:
            await desk.updates("van dijk")
        assert [f.record.id for f in several.value.candidates] == ["1", "2"]

    async def test_the_next_visit_and_the_agenda(self, desk: Desk) -> None:
        host = desk.host()
        try:
            visit, panels = await next_visit(host, desk.settings, now=lambda: desk.make.now)
            found = await agenda(host, desk.settings, now=lambda: desk.make.now)
        finally:
            await host.close()
        assert visit is not None
        assert visit.customer is not None
        assert visit.customer.id == "crm:1"
        assert [p.state for p in panels] == ["fresh"]
        assert [v.meeting.id for v in found.visits] == ["m1"]

    async def test_leaving_midway_leaves_no_task(self, desk: Desk) -> None:
        desk.source("slow", "paper_crm", {"account": []}, trouble="hangs")
        host = desk.host()
        before = asyncio.all_tasks()
        stream = scan("van dijk machinebouw", host, desk.settings, now=lambda: desk.make.now)
        async for update in stream:
            if any(p.state == "fresh" for p in update.briefing.panels):
                break
        await stream.aclose()
        await host.close()
        assert asyncio.all_tasks() == before
