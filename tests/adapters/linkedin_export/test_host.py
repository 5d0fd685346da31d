"""The adapter as the host runs it, on its own sample: found by its manifest, on a thread, errors as data."""

from __future__ import annotations

import os
import shutil
import time
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from salesprep.adapter import Activity, Kind, Person, Query
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Answer, Ask, Host

SAMPLE = Path(__file__).parents[3] / "adapters" / "linkedin_export" / "sample"
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
NAMED = Query(names=("Zuiderpomp Installaties",))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


@pytest.fixture
def ask(sample: Path, tmp_path: Path) -> Callable[..., Any]:
    """Asks a new host with the sample as its one source: ``await ask(question, key=value, …)``."""

    async def run(question: Ask, **changed: object) -> Answer:
        file = sample / "settings.toml"
        table = tomllib.loads(file.read_text(encoding="utf-8"))["sources"]["linkedin"]
        config = {**{k: v for k, v in table.items() if k not in ("adapter", "title")}, **changed}
        host = Host(
            Settings(Us(), {"linkedin": Source("linkedin", table["adapter"], table["title"], config, file)}),
            now=lambda: NOW,
            dirs=Dirs(tmp_path / "cache", tmp_path / "state", tmp_path / "config"),
        )
        answer = await host.ask("linkedin", question, deadline=time.monotonic() + 20)
        assert host.stuck == ()
        await host.close()
        return answer

    return run


class TestThroughTheHost:
    async def test_the_organisation_is_found_and_its_people_and_talks_fetched(self, ask: Any) -> None:
        found = await ask(Ask("find", NAMED))
        assert (found.state, [account.title for account in found.page.records]) == (
            "fresh",
            ["Zuiderpomp Installaties"],
        )
        query = Query(ids=tuple(account.id for account in found.page.records))
        people = (await ask(Ask("fetch", query, Kind.PERSON))).page.records
        told = [
            (one.title, one.change.what if one.change else None) for one in people if isinstance(one, Person)
        ]
        assert told == [
            ("Ayşe Yılmaz", "new"),
            ("Ruben Smit", "position"),
            ("Karin Vos", "left"),
            ("Tom Aarts", None),
        ]
        talks = (await ask(Ask("fetch", query, Kind.ACTIVITY))).page.records
        said = [(one.type, one.direction, one.answered) for one in talks if isinstance(one, Activity)]
        assert said == [("chat", "in", False), ("invitation", "out", None), ("chat", "out", True)]

    async def test_check_asks_for_real(self, ask: Any) -> None:
        answer = await ask(Ask("check"))
        assert [check.outcome for check in answer.checks] == ["passed", "passed"]
        assert "2 days old, 5 people" in answer.checks[0].what

    async def test_text_is_cleaned_of_what_would_steer_a_terminal(self, ask: Any, sample: Path) -> None:
        path = sample / "Basic_LinkedInDataExport_11-21-2026" / "Connections.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("COO", "C\x1b[2JO\u202eO"), encoding="utf-8")
        people = (await ask(Ask("fetch", NAMED, Kind.PERSON))).page.records
        assert "C\ufffd[2JO\ufffdO" in {one.position for one in people if isinstance(one, Person)}


class TestTroubleThroughTheHost:
    async def test_a_damaged_export_shows_what_was_there_in_a_new_start(self, ask: Any, sample: Path) -> None:
        newest = sample / "Basic_LinkedInDataExport_11-21-2026"
        packed = shutil.make_archive(str(newest), "zip", newest)
        shutil.rmtree(newest)
        before = await ask(Ask("fetch", NAMED, Kind.PERSON))
        os.truncate(packed, 700)
        after = await ask(Ask("fetch", NAMED, Kind.PERSON))
        assert [one.id for one in after.page.records] == [one.id for one in before.page.records]
        assert after.page.as_of == before.page.as_of
        assert (after.page.failure.code, after.page.failure.actor) == ("bad_data", "admin")

    @pytest.mark.parametrize(
        ("changed", "named"),
        [
            ({"exports": []}, "exports"),
            ({"exports": "one.zip"}, "exports"),
            ({"owner": "Anna"}, "owner"),
            ({"export": ["."]}, "export"),
        ],
    )
    async def test_wrong_settings_name_the_key(
        self, changed: dict[str, object], named: str, ask: Any
    ) -> None:
        answer = await ask(Ask("find", NAMED), **changed)
        assert (answer.state, answer.failure.code, answer.failure.field) == (
            "failed",
            "config_invalid",
            named,
        )

    async def test_gone(self, ask: Any) -> None:
        answer = await ask(Ask("find", NAMED), exports=["gone.zip"])
        assert (answer.state, answer.failure.code, answer.failure.what) == (
            "failed",
            "config_invalid",
            "gone.zip is not there",
        )
