"""The kit at a real source, here a server on loopback: what it takes to be silver."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesprep.kit import check
from salesprep.kit.sample import Played
from salesprep.kit.server import Server, serving
from salesprep.settings import Settings, Source, Us

DESK = Path(__file__).parent / "good" / "helpdesk"
LIVE = ["live-check", "live-answers", "live-wrong-secret"]


def _answers(**requires: str) -> tuple[Played, ...]:
    lists = {"customers": "customers", "tickets": "tickets", "callers": "callers"}
    return tuple(
        Played(f"/api/{path}", {}, json.dumps({key: []}).encode(), path, requires=requires)
        for path, key in lists.items()
    )


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings with a source at a running server; a marker may say that it looks at no login."""
    monkeypatch.setenv("REAL_TOKEN", "the-right-one")
    requires = getattr(request, "param", {"Authorization": "Bearer the-right-one"})
    loop, ready = asyncio.new_event_loop(), threading.Event()
    opened: list[Server] = []
    over = asyncio.Event()

    async def serve() -> None:
        async with serving(_answers(**requires), {}) as server:
            opened.append(server)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    config = {"url": opened[0].address, "token": "env:REAL_TOKEN"}
    source = Source("desk", "helpdesk", "DESK", config, Path("settings.toml"))
    yield Settings(Us(), {"desk": source})
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


class TestARealSource:
    def test_that_is_well_makes_it_silver(self, desk: Settings) -> None:
        report = check(DESK, live=desk)

        by_name = {result.check: result for result in report.results}
        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert {by_name[name].outcome for name in LIVE} == {"passed"}
        assert report.level == "silver"

    @pytest.mark.parametrize("desk", [{}], indirect=True)
    def test_that_takes_every_login_is_found_out(self, desk: Settings) -> None:
        report = check(DESK, live=desk, only=LIVE)

        (failed,) = report.failed
        assert (failed.check, "wrong secret" in failed.found) == ("live-wrong-secret", True)

    @pytest.mark.parametrize("desk", [{"Authorization": "Bearer what-nobody-has"}], indirect=True)
    def test_that_refuses_us_is_told_with_its_mend(self, desk: Settings) -> None:
        report = check(DESK, live=desk, only=LIVE)

        failed = {result.check: result for result in report.failed}
        assert set(failed) == {"live-check", "live-answers"}
        assert "log in again" in failed["live-answers"].mend

    def test_that_the_settings_do_not_have_is_a_failure(self) -> None:
        report = check(DESK, live=Settings(Us(), {}), only=LIVE)

        assert {result.outcome for result in report.results} == {"failed"}

    def test_is_not_asked_without_its_settings(self) -> None:
        report = check(DESK, only=LIVE)

        assert {result.outcome for result in report.results} == {"skipped"}
