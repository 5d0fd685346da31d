"""The kit, tested by adapters that are wrong in one way each: the table in tests/kit/broken.

The adapters that come with salesprep, and the good ones that the others are made of, are run through the
whole kit in test_report.py.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from salesprep.kit import CHECKS, check, probe
from salesprep.kit.sample import read_sample
from salesprep.kit.server import Server, serving
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Installed
from tools import broken as tool

BROKEN = tool.table()
AT_ONCE = [name for name, each in BROKEN.items() if CHECKS[each.check].subject == "loading"]
LIVE = [name for name, each in BROKEN.items() if CHECKS[each.check].subject == "live"]
ASKED = [name for name in BROKEN if name not in (*AT_ONCE, *LIVE)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import is looked at here, not in a process of its own, which takes most of the time."""

    async def look(installed: Installed, laid: Path, secrets: Mapping[str, str]) -> probe.Probed:
        folder, package = str(installed.manifest.folder), installed.package
        return probe._look({"folder": folder, "package": package, "laid": str(laid), "secrets": secrets})

    monkeypatch.setattr(probe, "look", look)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings with a source at a running help desk that answers as the good adapter's sample does."""
    sample = read_sample(tool.GOOD / "helpdesk" / "sample")
    monkeypatch.setenv("REAL_TOKEN", sample.secrets["DESK_TOKEN"])
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    opened: list[Server] = []

    async def serve() -> None:
        async with serving(sample.answers, sample.secrets) as server:
            opened.append(server)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    config = {"url": opened[0].address, "token": "env:REAL_TOKEN"}
    yield Settings(Us(), {"desk": Source("desk", "helpdesk", "DESK", config, Path("settings.toml"))})
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def _is_rejected(broken: tool.Broken, folder: Path, live: Settings | None = None) -> None:
    """By the check that is meant for it, with what the table says; and by those that it cannot but touch."""
    report = check(broken.lay(folder), live=live, only={broken.check, *broken.also})

    found = {result.check: result for result in report.results}
    meant = found[broken.check]
    assert meant.outcome == "failed", f"{broken.wrong} {meant.found}"
    assert broken.says in meant.found
    assert meant.why
    assert meant.mend
    assert {name: found[name].outcome for name in broken.also} == dict.fromkeys(broken.also, "failed")
    assert report.level == "none"


class TestABrokenAdapter:
    @pytest.mark.parametrize("name", AT_ONCE)
    def test_is_rejected_before_it_is_asked(self, name: str, tmp_path: Path) -> None:
        _is_rejected(BROKEN[name], tmp_path)

    @pytest.mark.usefixtures("quick")
    @pytest.mark.parametrize("name", ASKED)
    def test_is_rejected_by_the_check_that_is_meant_for_it(self, name: str, tmp_path: Path) -> None:
        _is_rejected(BROKEN[name], tmp_path)

    @pytest.mark.parametrize("name", LIVE)
    def test_is_rejected_at_a_real_source(self, name: str, tmp_path: Path, desk: Settings) -> None:
        _is_rejected(BROKEN[name], tmp_path, desk)


class TestAGoodAdapter:
    def test_with_a_client_of_its_own_raises_no_alarm(self) -> None:
        report = check(tool.GOOD / "archive")

        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert report.level == "bronze"

    def test_raises_no_alarm_at_a_real_source(self, desk: Settings) -> None:
        report = check(tool.GOOD / "helpdesk", live=desk, only=[each for each in CHECKS if "live-" in each])

        assert {result.outcome for result in report.results} == {"passed"}


class TestTheTable:
    def test_has_at_least_sixty_adapters(self) -> None:
        assert len(BROKEN) >= 60

    def test_has_one_for_each_check(self) -> None:
        meant = {each.check for each in BROKEN.values()}

        assert [name for name in CHECKS if name not in meant] == []

    def test_names_checks_that_there_are(self) -> None:
        named = {name for each in BROKEN.values() for name in (each.check, *each.also)}

        assert named - CHECKS.keys() == set()

    def test_changes_each_adapter_in_another_way(self) -> None:
        changes = [(each.of, each.changes) for each in BROKEN.values()]

        assert len(set(changes)) == len(changes)

    def test_is_no_good_where_an_adapter_does_not_hold_what_is_to_be_changed(self, tmp_path: Path) -> None:
        broken = BROKEN["page_off_by_one"]
        aged = replace(broken, changes=(replace(broken.changes[0], old="no such line"),))

        with pytest.raises(ValueError, match=r"page_off_by_one: 0 times in adapter\.py, not 1: no such line"):
            aged.lay(tmp_path)

    def test_is_the_page_that_make_broken_writes(self) -> None:
        assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "make broken"
