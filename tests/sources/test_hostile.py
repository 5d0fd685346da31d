"""Whatever one adapter does, it costs its own panel only: each beside 20 healthy ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from salesprep.sources import Answer, Host

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
HEALTHY = 20
SOON = 0.8
"""A deadline by which healthy ones are long back, in seconds."""


async def beside_healthy(lab: Any, fetch: Fetch, adapter: str, within: float = 30.0, **config: object) -> Any:
    """Ask a hostile source and the healthy ones at once; the host, the hostile one's answer, and the
    order in which the answers came."""
    host = lab.host(lab.hostile("bad", adapter, **config), *lab.healthy(HEALTHY, delay_ms=5))
    order: list[str] = []

    async def ask(name: str) -> Answer:
        answer = await fetch(host, name, within if name == "bad" else 30.0)
        order.append(name)
        return answer

    answers = dict(zip(host.infos, await asyncio.gather(*map(ask, host.infos)), strict=True))
    bad = answers.pop("bad")
    assert [answer.state for answer in answers.values()] == ["fresh"] * HEALTHY
    assert all(answer.page is not None and len(answer.page.records) == 3 for answer in answers.values())
    return host, bad, order


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that happens soon."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not happen")


class TestSourceThatIsTooSlow:
    @pytest.mark.parametrize("adapter", ["sleeps", "ignores_cancel", "sleeps_thread", "blocks_loop"])
    async def test_costs_its_own_panel_only(self, lab: Any, fetch: Fetch, adapter: str) -> None:
        began = time.monotonic()
        _, bad, order = await beside_healthy(lab, fetch, adapter, SOON, seconds=3.0)
        assert time.monotonic() - began < 2.8  # it was not waited for
        assert bad.state == "failed"
        assert bad.failure is not None
        assert bad.failure.code == "deadline_exceeded"
        assert order[-1] == "bad"

    async def test_that_spins_leaves_the_others_their_turns(
        self, lab: Any, fetch: Fetch, tmp_path: Path
    ) -> None:
        stop = tmp_path / "stop"
        try:
            host, bad, order = await beside_healthy(lab, fetch, "spins", 1.5, seconds=20.0, until=str(stop))
            assert bad.failure.code == "deadline_exceeded"
            assert order[-1] == "bad"
            again = await fetch(host, "bad", 10.0)
            assert again.state == "stuck"
        finally:
            stop.touch()
        await until(lambda: not host.stuck)

    async def test_is_over_at_once_the_second_time(self, lab: Any, fetch: Fetch) -> None:
        host, _, _ = await beside_healthy(lab, fetch, "ignores_cancel", SOON, seconds=3.0)
        began = time.monotonic()
        second = await fetch(host, "bad", 60.0)
        assert time.monotonic() - began < 2.0
        assert second.state == "stuck"
        assert second.failure is not None
        assert second.failure.what == "not back since 13:21"
        assert host.stuck == ("bad",)

    async def test_that_can_be_cancelled_is_not_stuck(self, lab: Any, fetch: Fetch) -> None:
        host, _, _ = await beside_healthy(lab, fetch, "sleeps", SOON)
        second = await fetch(host, "bad", SOON)
        assert second.failure is not None
        assert second.failure.code == "deadline_exceeded"
        await until(lambda: not host.stuck)

    async def test_is_asked_again_once_its_call_came_back(self, lab: Any, fetch: Fetch) -> None:
        host, _, _ = await beside_healthy(lab, fetch, "blocks_loop", SOON, seconds=2.0)
        assert (await fetch(host, "bad", 60.0)).state == "stuck"
        await until(lambda: not host.stuck)
        late = await fetch(host, "bad")
        assert late.state == "cached"  # what came too late is there the next time


class TestSourceThatCannotBeLoaded:
    async def test_raises_on_import(self, lab: Any, fetch: Fetch) -> None:
        host, bad, _ = await beside_healthy(lab, fetch, "raises_on_import")
        assert bad.state == "failed"
        assert bad.failure.what == "raises_on_import cannot be loaded: ZeroDivisionError in adapter.py line 3"
        assert [(line.name, line.where) for line in host.not_loaded] == [("bad", "adapter.py line 3")]

    async def test_exits_on_import(self, lab: Any, fetch: Fetch) -> None:
        _, bad, _ = await beside_healthy(lab, fetch, "exits_on_import")
        assert bad.failure.what == "exits_on_import cannot be loaded: SystemExit in adapter.py line 5"


class TestSourceThatMisbehaves:
    async def test_exits_in_a_call(self, lab: Any, fetch: Fetch) -> None:
        _, bad, _ = await beside_healthy(lab, fetch, "exits_in_call")
        assert bad.failure.code == "adapter_bug"
        assert bad.failure.what == "fetch stopped with SystemExit in adapter.py line 22"

    async def test_floods_page_by_page(self, lab: Any, fetch: Fetch) -> None:
        host, first, _ = await beside_healthy(lab, fetch, "floods")
        assert len(first.page.records) == 500
        second = await fetch(host, "bad", cursor=first.page.cursor)
        assert second.page is not None
        assert second.page.records[0].id == "500"

    async def test_floods_with_all_at_once(self, lab: Any, fetch: Fetch) -> None:
        _, bad, _ = await beside_healthy(lab, fetch, "floods", records=100_000, page=100_000)
        assert len(bad.page.records) == 500
        (refused,) = bad.page.refused
        assert (refused.count, refused.why) == (99_500, "more than 500 records on one page")

    @pytest.mark.parametrize("pages", [1, 3])
    async def test_pages_in_circles(self, lab: Any, fetch: Fetch, pages: int) -> None:
        host, answer, _ = await beside_healthy(lab, fetch, "pages_in_circles", pages=pages)
        asked = 1
        while answer.page is not None and asked <= 10:
            answer = await fetch(host, "bad", cursor=answer.page.cursor)
            asked += 1
        assert answer.failure.code == "adapter_bug"
        assert answer.failure.field == "cursor"

    @pytest.mark.parametrize(
        ("what", "field"),
        [
            ("list", None),
            ("none", None),
            ("kind", "records[0]"),
            ("naive", "records[0].fetched_at"),
            ("no_url", "records[0].url"),
            ("text", "records[0].body"),
        ],
    )
    async def test_returns_the_wrong_type(self, lab: Any, fetch: Fetch, what: str, field: str | None) -> None:
        _, bad, _ = await beside_healthy(lab, fetch, "wrong_type", what=what)
        assert bad.state == "failed"
        assert bad.failure.code == "adapter_bug"
        assert bad.failure.field == field
        assert "4711" not in bad.failure.what

    async def test_leaves_no_task_behind(self, lab: Any, fetch: Fetch, tmp_path: Path) -> None:
        _, bad, _ = await beside_healthy(lab, fetch, "leaks_task", marks=str(tmp_path))
        assert bad.state == "fresh"
        assert (tmp_path / "begun").exists()
        await until((tmp_path / "ended").exists)


class TestClosing:
    async def test_ends_whatever_hangs(self, lab: Any, fetch: Fetch) -> None:
        adapters = ("sleeps", "ignores_cancel", "sleeps_thread", "blocks_loop", "leaks_task")
        slow = [
            lab.hostile(name, name, **({} if name == "leaks_task" else {"seconds": 4.0})) for name in adapters
        ]
        host: Host = lab.host(*slow)
        asked = [asyncio.create_task(fetch(host, name, 60.0)) for name in adapters]
        await asyncio.sleep(0.3)
        began = time.monotonic()
        await host.close()
        assert time.monotonic() - began < 2.0
        answers = [task.result() for task in asked if task.done()]
        assert len(answers) == len(adapters)
        assert set(host.stuck) == {"ignores_cancel", "sleeps_thread", "blocks_loop"}
