"""A user looks at a customer while two of five sources misbehave, each in a way of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks import workspace
from salesprep.briefing.model import Briefing, Panel
from salesprep.briefing.scan import scan
from salesprep.briefing.told import failures_of
from salesprep.settings import Settings, Source
from salesprep.sources import Host
from tests.chaos import offences
from tests.chaos.storm import ENDS, storm

Open = Callable[[Mapping[str, Source]], tuple[Host, Settings]]
DEADLINE_S = 1.0
MUCH_LATER_S = 5.0
"""On a busy machine; the benchmark tells how late it is on a quiet one."""


async def look(host: Host, settings: Settings, deadline_s: float = DEADLINE_S) -> Briefing:
    """What a scan ends with."""
    updates = scan(
        workspace.CUSTOMER,
        host,
        settings,
        now=lambda: datetime.now(UTC),
        links=workspace.LINKS,
        deadline_s=deadline_s,
        fresh=True,
    )
    last = None
    async with aclosing(updates):
        async for update in updates:
            last = update.briefing
    assert last is not None
    return last


def shown(panel: Panel) -> int:
    return sum(len(section.records) for section in panel.sections)


def well(briefing: Briefing, names: Any) -> None:
    """Each of these panels is complete."""
    panels = {panel.source: panel for panel in briefing.panels}
    for name in names:
        assert (name, panels[name].state, shown(panels[name])) == (name, "fresh", 10)


async def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not happen")


class TestAStorm:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    async def test_costs_the_hostile_panels_only_and_each_says_why(self, opened: Open, seed: int) -> None:
        weather = storm(seed)
        assert (len(weather.hostile), len(weather.healthy)) == (20, 30)
        host, settings = opened(weather.sources)
        began = time.monotonic()
        briefing = await look(host, settings)
        assert time.monotonic() - began < DEADLINE_S + MUCH_LATER_S
        assert [panel.source for panel in briefing.panels] == list(weather.sources)
        well(briefing, weather.healthy)
        for panel in briefing.panels:
            one = weather.hostile.get(panel.source)
            if one is None:
                continue
            ends, codes = ENDS[one.offence], {failure.code for failure in failures_of(panel)}
            assert panel.state in ends.states, one
            assert codes == ({ends.code} if ends.code else codes), one
            assert bool(codes) == (panel.state == "failed"), one
            assert ends.records in (None, shown(panel)), one

    async def test_leaves_the_same_sources_well_look_after_look(self, opened: Open) -> None:
        weather = storm(4)
        host, settings = opened(weather.sources)
        before = threading.active_count()
        counts: list[int] = []
        for _ in range(3):
            well(await look(host, settings), weather.healthy)
            leaked = sum(thread.name == "leaked" for thread in threading.enumerate())
            counts.append(threading.active_count() - leaked)
            assert len(asyncio.all_tasks()) == 1
        assert counts[0] >= counts[1] >= counts[2]
        assert counts[0] - before <= 2 * len(weather.sources)

    async def test_is_over_when_the_user_leaves(self, opened: Open) -> None:
        weather = storm(5)
        before = threading.active_count()
        host, settings = opened(weather.sources)
        looking = asyncio.create_task(look(host, settings, 60.0))
        await asyncio.sleep(0.5)
        looking.cancel()
        began = time.monotonic()
        await asyncio.gather(looking, return_exceptions=True)
        await host.close()
        assert time.monotonic() - began < MUCH_LATER_S
        assert len(asyncio.all_tasks()) == 1
        offences.calm()
        await until(lambda: threading.active_count() <= before)

    async def test_brings_nobody_what_an_exception_said(
        self, opened: Open, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        sources = {
            f"bad{variant}": workspace.source(
                f"bad{variant}", "chaotic", {"offence": "raises", "variant": variant}
            )
            for variant in range(offences.RAISED)
        }
        host, settings = opened(sources)
        briefing = await look(host, settings)
        assert [panel.state for panel in briefing.panels] == ["failed"] * offences.RAISED
        assert {f.code for panel in briefing.panels for f in failures_of(panel)} == {"adapter_bug"}
        assert offences.SECRET not in repr(briefing) + caplog.text


class TestTheSameSeed:
    def test_makes_the_same_storm(self) -> None:
        assert storm(7) == storm(7)
        assert storm(7) != storm(8)

    def test_commits_every_offence(self) -> None:
        for seed in range(20):
            assert (
                {one.offence for one in storm(seed).hostile.values()} == set(offences.OFFENCES) == set(ENDS)
            )


class TestWhoHoldsUpTheInterface:
    async def test_is_named(self, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("salesprep.sources.lag.LATE", 0.0)
        spins = workspace.source("bad", "chaotic", {"offence": "spins"})
        waits = workspace.source("slow", "chaotic", {"offence": "slow"})
        host, settings = opened({"slow": waits, "bad": spins, **storm(1).alone})
        await look(host, settings)
        assert next(iter(host.lag.guilty)) == "bad"
        assert "slow" not in host.lag.guilty
        assert host.lag.looks > 0
        assert host.lag.p50 <= host.lag.p99 <= host.lag.worst

    async def test_is_named_where_calls_run_on_threads(
        self, opened: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("salesprep.sources.lag.LATE", 0.0)
        host, settings = opened({"bad": workspace.source("bad", "chaotic_thread", {"offence": "spins"})})
        await look(host, settings)
        assert set(host.lag.guilty) == {"bad"}

    async def test_is_nobody_while_all_only_wait(self, opened: Open) -> None:
        host, settings = opened(storm(2, 10).alone)
        assert host.lag.looks == 0
        well(await look(host, settings), host.infos)
        seen = host.lag.looks
        assert seen > 0
        await asyncio.sleep(0.1)
        assert host.lag.looks == seen  # nobody looks while nothing is asked
