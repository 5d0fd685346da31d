"""The adapter as the host runs it: found by its manifest, on a thread, its errors as plain data."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import Kind, Query
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Answer, Ask, Host

ZUIDERPOMP = Query(ids=("1042",))
NAMED = Ask("find", Query(names=("Zuiderpomp Installaties",)))


@pytest.fixture
def ask(crm: Path, tmp_path: Path, sample_settings: dict[str, Any], request_: Any) -> Callable[..., Any]:
    """Asks a host with the sample as its one source: ``await ask(question, key=value, …)``."""

    @asynccontextmanager
    async def hosting(**changed: object) -> AsyncIterator[Host]:
        table = {**sample_settings, **changed}
        source = Source("crm", "sql", "CRM", table, crm.parent / "settings.toml")
        host = Host(
            Settings(Us(), {"crm": source}),
            now=request_.now,
            dirs=Dirs(tmp_path / "cache", tmp_path / "state", tmp_path / "config"),
        )
        yield host
        assert host.stuck == ()
        await host.close()

    async def run(question: Ask, *, seconds: float = 8.0, **changed: object) -> Answer:
        async with hosting(**changed) as host:
            return await host.ask("crm", question, deadline=time.monotonic() + seconds)

    return run


@pytest.fixture
def gone(crm: Path) -> None:
    crm.unlink()


@pytest.fixture
def cut(crm: Path) -> None:
    crm.write_bytes(crm.read_bytes()[:5000])


class TestThroughTheHost:
    async def test_an_account_is_found_and_its_records_fetched(self, ask: Callable[..., Any]) -> None:
        found = await ask(NAMED)
        assert (found.state, found.page.records[0].id) == ("fresh", "1042")
        for kind in ("person", "activity", "task", "opportunity", "contract", "order", "invoice", "ticket"):
            fetched = await ask(Ask("fetch", ZUIDERPOMP, Kind(kind)))
            assert fetched.state == "fresh", fetched.failure
            assert fetched.page.records

    async def test_text_is_cleaned_of_what_would_steer_a_terminal(
        self, change: Callable[..., None], ask: Callable[..., Any]
    ) -> None:
        change("UPDATE activity SET subject = ?, body = ?", "a\x1b]52;c;eA==\x07", "one\ntwo\u202e")
        fetched = await ask(Ask("fetch", ZUIDERPOMP, Kind.ACTIVITY))
        record = fetched.page.records[0]
        assert "\x1b" not in record.title
        assert record.body == "one\ntwo\ufffd"

    async def test_check_asks_for_real(self, ask: Callable[..., Any]) -> None:
        answer = await ask(Ask("check"))
        assert {check.outcome for check in answer.checks} == {"passed"}


class TestTroubleThroughTheHost:
    async def test_locked(self, crm: Path, ask: Callable[..., Any]) -> None:
        with closing(sqlite3.connect(crm, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            answer = await ask(NAMED, seconds=1.0)
        assert (answer.state, answer.failure.code, answer.failure.actor) == (
            "failed",
            "unavailable",
            "nobody",
        )

    @pytest.mark.usefixtures("gone")
    async def test_gone(self, ask: Callable[..., Any]) -> None:
        answer = await ask(NAMED)
        assert (answer.state, answer.failure.code, answer.failure.actor) == (
            "failed",
            "config_invalid",
            "admin",
        )
        assert answer.failure.field is None

    @pytest.mark.usefixtures("cut")
    async def test_corrupt(self, ask: Callable[..., Any]) -> None:
        answer = await ask(NAMED)
        assert (answer.state, answer.failure.code, answer.failure.actor) == ("failed", "bad_data", "admin")

    async def test_a_query_without_end(self, ask: Callable[..., Any]) -> None:
        bomb = (
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS id, i AS title FROM n WHERE i IN asked_ids AND i < 0"
        )
        answer = await ask(Ask("find", ZUIDERPOMP), seconds=0.5, queries={"account": bomb})
        assert (answer.state, answer.failure.code) == ("failed", "deadline_exceeded")

    @pytest.mark.parametrize(
        ("changed", "named"),
        [
            ({"databse": "x"}, "databse"),
            ({"zone": "Mars/Base"}, "zone"),
            ({"links": {"account": "ftp://x"}}, "links.account"),
            ({"queries": {"acount": "SELECT 1"}}, "queries.acount"),
            ({"queries": {"account": "SELECT id FROM account WHERE id IN asked_ids"}}, "queries.account"),
        ],
    )
    async def test_wrong_settings(
        self, changed: dict[str, object], named: str, ask: Callable[..., Any]
    ) -> None:
        answer = await ask(NAMED, **changed)
        assert (answer.state, answer.failure.code) == ("failed", "config_invalid")
        assert answer.failure.field == named
        assert answer.failure.mend
