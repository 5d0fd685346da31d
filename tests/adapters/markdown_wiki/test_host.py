"""The adapter and its sample as the host runs them, and as a briefing recognises what they tell."""

from __future__ import annotations

import shutil
import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

from salesprep.adapter import Kind, Query
from salesprep.briefing.scan import scan
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Answer, Ask, Host

SAMPLE = Path(__file__).parents[3] / "adapters" / "markdown_wiki" / "sample"
VAN_DIJK = Query(names=("Van Dijk Machinebouw B.V.", "Van Dijk Machinebouw"))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample, in a folder of its own."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


@pytest.fixture
def hosting(sample: Path, tmp_path: Path, request_: Any) -> Callable[..., Any]:
    @asynccontextmanager
    async def start(
        *, keep: Literal["disk", "nothing"] = "disk", **changed: object
    ) -> AsyncIterator[tuple[Host, Settings]]:
        table = tomllib.loads((sample / "settings.toml").read_text(encoding="utf-8"))["sources"]["wiki"]
        own = {key: value for key, value in table.items() if key not in ("adapter", "title")}
        file = sample / "settings.toml"
        source = Source("wiki", "markdown_wiki", "WIKI", {**own, **changed}, file, keep=keep)
        settings = Settings(Us(), {"wiki": source})
        dirs = Dirs(tmp_path / "cache", tmp_path / "state", tmp_path / "config")
        host = Host(settings, now=request_.now, dirs=dirs)
        yield host, settings
        assert host.stuck == ()
        await host.close()

    return start


@pytest.fixture
def ask(hosting: Callable[..., Any]) -> Callable[..., Any]:
    async def run(question: Ask, **changed: object) -> Answer:
        host: Host
        async with hosting(**changed) as (host, _):
            return await host.ask("wiki", question, deadline=time.monotonic() + 8)

    return run


class TestThroughTheHost:
    async def test_accounts_pages_and_topics_come(self, ask: Callable[..., Any]) -> None:
        found = await ask(Ask("find", VAN_DIJK))
        assert (found.state, [record.title for record in found.page.records]) == (
            "fresh",
            ["Van Dijk Machinebouw B.V."],
        )
        pages = await ask(Ask("fetch", VAN_DIJK, Kind.DOCUMENT))
        assert pages.state == "fresh", pages.failure
        assert [record.title for record in pages.page.records] == [
            "Lijn 4, ombouw 2025",
            "Van Dijk, wie is wie",
            "LX-200, prijsafspraken",
        ]
        assert pages.page.records[0].url == (
            "https://wiki.ons.example/klanten/Van%20Dijk%20Machinebouw/lijn-4-ombouw"
        )
        topic = await ask(Ask("search", text="encoder"))
        assert [record.title for record in topic.page.records] == ["Lijn 4, ombouw 2025"]

    async def test_everything_of_the_sample_is_read(self, ask: Callable[..., Any]) -> None:
        checks = (await ask(Ask("check"))).checks
        assert [(check.name, check.outcome) for check in checks] == [
            ("folder", "passed"),
            ("git", "skipped"),
            ("index", "passed"),
        ]
        assert checks[0].what == "5 pages"

    async def test_a_page_opens_as_a_file_beneath_the_folder(
        self, ask: Callable[..., Any], sample: Path
    ) -> None:
        (sample / "wiki" / "klanten" / "Van Dijk Machinebouw" / "a\x1bb\u202e.md").write_text("x")
        (sample / "settings.toml").write_text(
            '[sources.wiki]\nadapter = "markdown_wiki"\nfolder = "wiki"\ncustomer_folders = ["klanten"]\n'
        )
        pages = await ask(Ask("fetch", VAN_DIJK, Kind.DOCUMENT))
        assert len(pages.page.records) == 4
        assert all(record.url.startswith("file://") for record in pages.page.records)
        assert all("\x1b" not in record.title for record in pages.page.records)

    async def test_a_wrong_setting_names_its_key(self, ask: Callable[..., Any]) -> None:
        answer = await ask(Ask("find", VAN_DIJK), customer_folder=["klanten"])
        assert (answer.state, answer.failure.code, answer.failure.field) == (
            "failed",
            "config_invalid",
            "customer_folder",
        )

    async def test_a_folder_that_is_gone_is_the_admins(self, ask: Callable[..., Any]) -> None:
        answer = await ask(Ask("find", VAN_DIJK), folder="nowhere")
        assert (answer.state, answer.failure.code, answer.failure.actor) == (
            "failed",
            "config_invalid",
            "admin",
        )
        checks = (await ask(Ask("check"), folder="nowhere")).checks
        assert [check.outcome for check in checks] == ["failed", "skipped", "skipped"]

    async def test_nothing_is_kept_where_nothing_may_be(
        self, ask: Callable[..., Any], tmp_path: Path
    ) -> None:
        assert (await ask(Ask("fetch", VAN_DIJK, Kind.DOCUMENT), keep="nothing")).page.total == 3
        assert not list((tmp_path / "cache").rglob("*.sqlite"))


class TestInABriefing:
    async def test_named_pages_are_facts_and_hits_are_candidates(
        self, hosting: Callable[..., Any], request_: Any
    ) -> None:
        async with hosting() as (host, settings):
            name = "Van Dijk Machinebouw B.V."
            last = None
            async for update in scan(name, host, settings, now=request_.now, deadline_s=8):
                last = update.briefing
        assert last is not None
        (panel,) = last.panels
        (section,) = panel.sections
        facts = {found.record.title: found.match.outcome for found in section.records}
        assert facts == {"Lijn 4, ombouw 2025": "same", "Van Dijk, wie is wie": "same"}
        assert [found.record.title for found in section.candidates] == ["LX-200, prijsafspraken"]
