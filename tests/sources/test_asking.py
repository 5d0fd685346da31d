"""Whether a source is asked at all: what is kept, who waits for whom, who is left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from salesprep.adapter import Check, Kind, Page, Query, RateLimited, Record, Unavailable
from salesprep.sources import Answer, Ask
from salesprep.sources.breaker import Breaker
from tests.sources.script import Script

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


class TestSameQuestionAgain:
    async def test_is_answered_from_the_cache_within_its_ttl(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        script = Script(page("first"), page("second"))
        host = lab.host(lab.script("crm", fetch=script, manifest={"ttl": "5m"}))
        first = await fetch(host, "crm")
        lab.clock.forward(minutes=5)
        again = await fetch(host, "crm")
        assert (first.state, again.state) == ("fresh", "cached")
        assert again.page == first.page
        assert again.fetched_at == first.fetched_at
        assert len(script.calls) == 1

    async def test_is_asked_anew_after_its_ttl(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page("first"), page("second"))
        host = lab.host(lab.script("crm", fetch=script, manifest={"ttl": "5m"}))
        await fetch(host, "crm")
        lab.clock.forward(minutes=5, seconds=1)
        again = await fetch(host, "crm")
        assert again.state == "fresh"
        assert again.page is not None
        assert again.page.records[0].title == "second"

    async def test_is_asked_anew_if_the_user_wants_it_fresh(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        script = Script(page())
        host = lab.host(lab.script("crm", fetch=script))
        await fetch(host, "crm")
        assert (await fetch(host, "crm", fresh=True)).state == "fresh"

    async def test_is_another_question_on_the_next_page(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page(cursor="2"), page("next"))
        host = lab.host(lab.script("crm", fetch=script))
        await fetch(host, "crm")
        second = await fetch(host, "crm", cursor="2")
        assert second.page is not None
        assert second.page.records[0].title == "next"
        assert [call[2] for call in script.calls] == [None, "2"]

    async def test_is_always_asked_anew_where_nothing_may_be_kept(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        script = Script(page(), Unavailable("gone"))
        host = lab.host(lab.script("crm", fetch=script, keep="nothing"))
        await fetch(host, "crm")
        assert (await fetch(host, "crm")).state == "failed"
        assert script.calls[0][3].store is None

    async def test_of_old_material_counts_from_when_it_was_read(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        read = lab.clock() - timedelta(hours=1)
        script = Script(page(fetched_at=read))
        host = lab.host(lab.script("crm", fetch=script, manifest={"ttl": "30m"}))
        assert (await fetch(host, "crm")).fetched_at == read
        assert (await fetch(host, "crm")).state == "fresh"


class TestSeveralAskAtOnce:
    async def test_and_the_source_is_asked_once(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        async def slow(*_: Any) -> Page[Record]:
            calls.append(1)
            await asyncio.sleep(0.05)
            return page()

        calls: list[int] = []
        host = lab.host(lab.script("crm", fetch=slow))
        answers = await asyncio.gather(*(fetch(host, "crm") for _ in range(10)))
        assert len(calls) == 1
        assert {answer.state for answer in answers} == {"fresh"}

    async def test_and_one_who_leaves_does_not_take_it_from_the_others(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()
        go: list[Callable[[], object]] = []

        async def slow(*_: Any) -> Page[Record]:
            may_go = asyncio.Event()
            theirs = asyncio.get_running_loop()
            go.append(lambda: theirs.call_soon_threadsafe(may_go.set))
            loop.call_soon_threadsafe(begun.set)
            await may_go.wait()
            return page()

        host = lab.host(lab.script("crm", fetch=slow))
        leaver, stayer = (asyncio.create_task(fetch(host, "crm")) for _ in range(2))
        await begun.wait()
        leaver.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaver
        go[0]()
        assert (await stayer).state == "fresh"

    async def test_and_the_last_who_leaves_cancels_it(self, lab: Any, fetch: Fetch) -> None:
        begun, ended = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        async def slow(*_: Any) -> Page[Record]:
            loop.call_soon_threadsafe(begun.set)
            try:
                await asyncio.sleep(60)
            finally:
                loop.call_soon_threadsafe(ended.set)
            return Page()

        host = lab.host(lab.script("crm", fetch=slow))
        tasks = [asyncio.create_task(fetch(host, "crm")) for _ in range(2)]
        await begun.wait()
        for task in tasks:
            task.cancel()
        await asyncio.wait_for(ended.wait(), 5)

    async def test_and_one_with_more_time_is_not_cut_short_by_another(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        async def by_deadline(*arguments: Any) -> Page[Record]:
            request = arguments[3]
            await asyncio.sleep(min(0.4, request.left()))
            if request.left() <= 0:
                raise TimeoutError
            return page()

        host = lab.host(lab.script("crm", fetch=by_deadline))
        short, long = await asyncio.gather(fetch(host, "crm", 0.2), fetch(host, "crm", 10.0))
        assert short.state == "failed"
        assert long.state == "fresh"


class TestSourceThatIsDown:
    async def test_is_left_alone_and_says_until_when(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page("old"), Unavailable("gone"))
        host = lab.host(lab.script("crm", fetch=script))
        for _ in range(5):
            answer = await fetch(host, "crm", fresh=True)
        assert len(script.calls) == 4
        assert answer.state == "stale"
        assert answer.failure is not None
        assert answer.failure.what == "gone"
        assert answer.failure.retry_at is not None
        assert timedelta(0) < answer.failure.retry_at - lab.clock() <= timedelta(seconds=30)

    async def test_is_checked_for_real_all_the_same(self, lab: Any, fetch: Fetch) -> None:
        async def check(_: Any) -> tuple[Check, ...]:
            return (Check("login", "passed", "logged in as Anna"),)

        host = lab.host(lab.script("crm", fetch=Script(Unavailable("gone")), check=check))
        for _ in range(4):
            await fetch(host, "crm")
        answer = await host.ask("crm", Ask("check"), deadline=time.monotonic() + 5)
        assert [one.outcome for one in answer.checks] == ["passed"]

    async def test_lets_one_probe_through_and_the_others_wait_for_it(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        at_once, most = 0, []
        gone = True

        async def answer(*_: Any) -> Page[Record]:
            nonlocal at_once
            if gone:
                raise Unavailable("gone")
            at_once += 1
            most.append(at_once)
            await asyncio.sleep(0.05)
            at_once -= 1
            return page()

        host = lab.host(lab.script("crm", fetch=answer), breaker=lambda: Breaker(limit=1, pause=0.05))
        await fetch(host, "crm")
        await asyncio.sleep(0.06)
        gone = False
        answers = await asyncio.gather(*(fetch(host, "crm", cursor=str(n)) for n in range(4)))
        assert [one.state for one in answers] == ["fresh"] * 4
        assert most == [1, 1, 2, 3]

    async def test_is_not_asked_before_it_says(self, lab: Any, fetch: Fetch) -> None:
        script = Script(RateLimited("slow down", retry_at=lab.clock() + timedelta(minutes=2)))
        host = lab.host(lab.script("crm", fetch=script))
        first = await fetch(host, "crm")
        second = await fetch(host, "crm")
        assert len(script.calls) == 1
        assert first.failure is not None
        assert second.failure is not None
        assert second.failure.code == "rate_limited"
        assert second.failure.retry_at is not None
        assert abs(second.failure.retry_at - lab.clock() - timedelta(minutes=2)) < timedelta(seconds=5)


class TestQuestionsThatAreNotAsked:
    async def test_of_a_remote_source_offline(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        remote = lab.script("wiki", fetch=Script(page()), manifest={"hosts": ["wiki.example"]})
        local = lab.script("crm", fetch=Script(page()))
        host = lab.host(remote, local, offline=True)
        assert host.infos["wiki"].remote
        answer = await fetch(host, "wiki")
        assert answer.state == "withheld"
        assert answer.failure is not None
        assert answer.failure.code == "offline"
        assert (await fetch(host, "crm")).state == "fresh"

    async def test_of_what_the_manifest_does_not_offer(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page()), manifest={"abilities": ["fetch"]}))
        soon = time.monotonic() + 5
        for ask in (Ask("search", text="x"), Ask("fetch", Query(("x",)), Kind.INVOICE), Ask("fetch")):
            answer = await host.ask("crm", ask, deadline=soon)
            assert answer.failure is not None
            assert (answer.state, answer.failure.code) == ("withheld", "not_offered")

    async def test_of_a_source_that_is_not_there(self, lab: Any, fetch: Fetch) -> None:
        answer = await fetch(lab.host(), "nowhere")
        assert answer.failure is not None
        assert answer.failure.code == "config_invalid"

    async def test_after_the_deadline(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page())
        answer = await fetch(lab.host(lab.script("crm", fetch=script)), "crm", -1.0)
        assert answer.failure is not None
        assert answer.failure.code == "deadline_exceeded"
        assert script.calls == []

    async def test_after_closing(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page())))
        await host.close()
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert answer.failure.code == "closed"

    async def test_of_an_unknown_adapter(self, lab: Any, fetch: Fetch) -> None:
        host = lab.host(lab.source("crm", "helthy"))
        problem = host.infos["crm"].problem
        assert problem is not None
        assert problem.what == f"{lab.folder / 'settings.toml'}: [sources.crm] names an unknown adapter"
        assert problem.mend == 'write "healthy"'
        assert (await fetch(host, "crm")).failure == problem
        assert "crm" in [line.name for line in host.not_loaded]
