"""The adapter as the host runs it: found by its manifest, on a thread, its errors as plain data."""

from __future__ import annotations

import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import Kind, Query
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Ask, Host

SAMPLE = Path(__file__).parents[3] / "adapters" / "table" / "sample"
NAMED = Ask("find", Query(names=("Zuiderpomp Installaties B.V.", "Zuiderpomp Installaties")))


@pytest.fixture
def host(tmp_path: Path, request_: Any) -> Callable[..., Any]:
    """A host with one source: ``async with host(table, folder) as it``."""

    @asynccontextmanager
    async def hosting(table: dict[str, Any], folder: Path) -> AsyncIterator[Host]:
        source = Source("crm", "table", "CRM", table, folder / "settings.toml")
        it = Host(
            Settings(Us(), {"crm": source}),
            now=request_.now,
            dirs=Dirs(tmp_path / "cache", tmp_path / "state", tmp_path / "config"),
        )
        yield it
        assert it.stuck == ()
        await it.close()

    return hosting


@pytest.fixture
def sample_table() -> dict[str, Any]:
    """``[sources.crm]`` of the sample without what the host takes for itself."""
    table = tomllib.loads((SAMPLE / "settings.toml").read_text(encoding="utf-8"))["sources"]["crm"]
    return {key: value for key, value in table.items() if key not in ("adapter", "title")}


async def _ask(host: Host, ask: Ask) -> Any:
    return await host.ask("crm", ask, deadline=time.monotonic() + 20)


class TestTheSample:
    async def test_is_found_and_its_records_fetched(
        self, host: Callable[..., Any], sample_table: dict[str, Any]
    ) -> None:
        async with host(sample_table, SAMPLE) as it:
            assert it.infos["crm"].kinds == (
                Kind.ACCOUNT,
                Kind.PERSON,
                Kind.ACTIVITY,
                Kind.OPPORTUNITY,
            )
            found = await _ask(it, NAMED)
            assert found.state == "fresh", found.failure
            assert [account.id for account in found.page.records] == ["1042"]
            for kind in ("person", "activity", "opportunity"):
                fetched = await _ask(it, Ask("fetch", Query(ids=("1042",)), Kind(kind)))
                assert fetched.state == "fresh", fetched.failure
                assert fetched.page.records, kind
                assert not fetched.page.refused

    async def test_checks_itself(self, host: Callable[..., Any], sample_table: dict[str, Any]) -> None:
        async with host(sample_table, SAMPLE) as it:
            answer = await _ask(it, Ask("check"))
        assert {check.outcome for check in answer.checks} == {"passed"}


class TestThroughTheHost:
    async def test_text_is_cleaned_of_what_would_steer_a_terminal(
        self, csv_file: Callable[..., Path], host: Callable[..., Any], tmp_path: Path
    ) -> None:
        path = csv_file("Firm;Wat;Verslag\nAcme;a\x1b]52;c;eA==\x07;x\n")
        columns = {"title": 2, "organisation": 1}
        async with host({"tables": {"activity": {"path": path.name, "columns": columns}}}, tmp_path) as it:
            answer = await _ask(it, Ask("fetch", Query(names=("Acme",)), Kind.ACTIVITY))
        assert answer.page is not None
        assert all("\x1b" not in record.title for record in answer.page.records)

    async def test_the_file_itself_may_be_opened(
        self, csv_file: Callable[..., Path], host: Callable[..., Any], tmp_path: Path
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n")
        table = {"tables": {"account": {"path": path.name, "columns": {"title": "Account"}}}}
        async with host(table, tmp_path) as it:
            answer = await _ask(it, Ask("find", Query(names=("Acme",))))
        assert answer.page.records[0].url == path.as_uri()

    async def test_a_file_cut_in_half_shows_what_was_known_of_it(
        self, xlsx: Callable[..., Path], host: Callable[..., Any], tmp_path: Path
    ) -> None:
        path = xlsx({"S": [["Account", "Plaats"], ["Acme", "Rye"]]})
        table = {"tables": {"account": {"path": path.name, "columns": {"title": "Account"}}}}
        ask = Ask("find", Query(names=("Acme",)))
        async with host(table, tmp_path) as it:
            assert (await _ask(it, ask)).state == "fresh"
            path.write_bytes(path.read_bytes()[:400])
            answer = await it.ask("crm", ask, deadline=time.monotonic() + 20, fresh=True)
        assert (answer.state, answer.failure.code, answer.failure.actor) == ("stale", "bad_data", "admin")
        assert [account.title for account in answer.page.records] == ["Acme"]

    @pytest.mark.parametrize(
        ("changed", "named"),
        [
            ({"tabels": {}}, "tabels"),
            ({"tables": {"acount": {}}}, "tables.acount"),
            ({"tables": {"account": {"columns": {"title": "x"}}}}, "tables.account.path"),
            (
                {"tables": {"account": {"path": "t.csv", "columns": {"titel": "x"}}}},
                "tables.account.columns.titel",
            ),
        ],
    )
    async def test_wrong_settings(
        self, changed: dict[str, Any], named: str, host: Callable[..., Any], tmp_path: Path
    ) -> None:
        async with host(changed, tmp_path) as it:
            answer = await _ask(it, NAMED)
        assert (answer.state, answer.failure.code) == ("failed", "config_invalid")
        assert answer.failure.field == named
        assert answer.failure.mend
