"""Asking one source: what is kept, what is shown when it fails, who waits for whom."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salesprep.adapter import (
    AuthRequired,
    BadData,
    Check,
    ConfigInvalid,
    ConsentMissing,
    Kind,
    Page,
    PermissionDenied,
    Query,
    RateLimited,
    Record,
    Unavailable,
    Window,
)
from salesprep.adapter.errors import SourceError
from salesprep.sources import Answer, Ask, tuning

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


class Script:
    """Answers each call with the next of its steps: a page, or an error to raise; the last one stays."""

    def __init__(self, *steps: Page[Record] | BaseException) -> None:
        self.steps = list(steps)
        self.calls: list[tuple[Any, ...]] = []

    async def __call__(self, *arguments: Any) -> Page[Record]:
        self.calls.append(arguments)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, BaseException):
            raise step
        return step


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


class TestSourceFails:
    @pytest.mark.parametrize("error", [Unavailable("gone"), BadData("other columns", field="name")])
    async def test_beside_an_old_answer(
        self, lab: Any, fetch: Fetch, page: MakePage, error: SourceError
    ) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page("old"), error), manifest={"keep_old": "1d"}))
        first = await fetch(host, "crm")
        lab.clock.forward(hours=24)
        answer = await fetch(host, "crm")
        assert answer.state == "stale"
        assert answer.page == first.page
        assert answer.fetched_at == first.fetched_at
        assert answer.failure == error.failure()

    async def test_beside_an_answer_that_is_too_old(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        host = lab.host(
            lab.script("crm", fetch=Script(page(), Unavailable("gone")), manifest={"keep_old": "1d"})
        )
        await fetch(host, "crm")
        lab.clock.forward(hours=24, seconds=1)
        answer = await fetch(host, "crm")
        assert (answer.state, answer.page) == ("failed", None)

    async def test_so_that_no_old_answer_may_be_shown(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page(), AuthRequired("log in again"))))
        await fetch(host, "crm")
        answer = await fetch(host, "crm", fresh=True)
        assert (answer.state, answer.page) == ("failed", None)

    @pytest.mark.parametrize("error", [PermissionDenied("not yours"), ConsentMissing("not agreed")])
    async def test_so_that_the_old_answer_is_forgotten(
        self, lab: Any, fetch: Fetch, page: MakePage, error: SourceError
    ) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page(), error, Unavailable("gone"))))
        await fetch(host, "crm")
        assert (await fetch(host, "crm", fresh=True)).state == "withheld"
        assert (await fetch(host, "crm", fresh=True)).state == "failed"  # nothing old is left

    async def test_with_controls_in_its_words(self, lab: Any, fetch: Fetch) -> None:
        error = Unavailable("no\x1b[2J answer\nfrom \u202eit", mend="wait\x07", field="a\x00b")
        host = lab.host(lab.script("crm", fetch=Script(error)))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert answer.failure.what == "no�[2J answer from �it"
        assert (answer.failure.mend, answer.failure.field) == ("wait�", "a�b")

    @pytest.mark.parametrize(
        "error",
        [
            KeyboardInterrupt(),
            GeneratorExit(),
            RecursionError(),
            MemoryError(),
            asyncio.CancelledError(),
            StopIteration("4711"),
            ValueError("4711"),
        ],
        ids=lambda error: type(error).__name__,
    )
    @pytest.mark.parametrize("runs", ["async", "thread"])
    async def test_in_a_way_that_no_adapter_should(
        self, lab: Any, fetch: Fetch, error: BaseException, runs: str
    ) -> None:
        def plain(*_: Any) -> Page[Record]:
            raise error

        method = plain if runs == "thread" else Script(error)
        host = lab.host(lab.script("crm", fetch=method, runs=runs))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert answer.failure.code == "adapter_bug"
        assert "4711" not in repr(answer)

    async def test_inside_a_task_group(self, lab: Any, fetch: Fetch) -> None:
        error = BaseExceptionGroup("several", [ValueError(), ExceptionGroup("", [Unavailable("gone")])])
        host = lab.host(lab.script("crm", fetch=Script(error)))
        answer = await fetch(host, "crm")
        assert answer.failure == Unavailable("gone").failure()

    async def test_with_an_error_of_its_own_making(self, lab: Any, fetch: Fetch) -> None:
        class Odd(Unavailable):
            code = "odd"
            actor = "everybody"  # type: ignore[assignment]

            def __init__(self) -> None:
                self.what = 404  # type: ignore[assignment]

        host = lab.host(lab.script("crm", fetch=Script(Odd())))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert (answer.failure.code, answer.failure.actor) == ("unavailable", "nobody")
        assert answer.failure.what == "the source gives no reason"

    async def test_is_logged_once_when_it_goes_and_once_when_it_is_back(
        self, lab: Any, fetch: Fetch, page: MakePage, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "salesprep.source.crm")
        gone = Unavailable("gone")
        host = lab.host(lab.script("crm", fetch=Script(gone, gone, page())))
        for _ in range(4):
            await fetch(host, "crm", fresh=True)
        assert [record.message for record in caplog.records] == ["does not answer: gone", "is back"]


class TestAPartFails:
    async def test_and_the_page_says_so_beside_its_records(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        failure = Unavailable("the second\x1b[2J calendar is away", mend="wait").failure()
        host = lab.host(lab.script("crm", fetch=Script(replace(page("call"), failure=failure))))
        answer = await fetch(host, "crm")
        assert (answer.state, answer.failure) == ("fresh", None)
        assert answer.page is not None
        assert [record.title for record in answer.page.records] == ["call"]
        assert answer.page.failure == replace(failure, what="the second\ufffd[2J calendar is away")

    async def test_and_is_asked_for_again_the_next_time(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        failure = Unavailable("the second calendar is away").failure()
        script = Script(replace(page("in part"), failure=failure), page("whole"))
        host = lab.host(lab.script("crm", fetch=script, manifest={"ttl": "5m"}))
        await fetch(host, "crm")
        again = await fetch(host, "crm")
        assert again.state == "fresh"
        assert again.page is not None
        assert (again.page.records[0].title, again.page.failure) == ("whole", None)

    async def test_that_may_not_be_seen_any_more_and_the_old_answer_is_forgotten(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        denied = PermissionDenied("no more").failure()
        steps = (page("old"), replace(page("in part"), failure=denied), Unavailable("gone"))
        host = lab.host(lab.script("crm", fetch=Script(*steps)))
        for _ in range(2):
            await fetch(host, "crm", fresh=True)
        assert (await fetch(host, "crm", fresh=True)).page is None

    async def test_with_the_policy_of_the_contract_whatever_it_says(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        own = replace(Unavailable("away").failure(), code="offline", actor="user", drop_old=True)
        host = lab.host(lab.script("crm", fetch=Script(replace(page(), failure=own))))
        answer = await fetch(host, "crm")
        assert answer.page is not None
        assert answer.page.failure is not None
        assert (answer.page.failure.code, answer.page.failure.drop_old) == ("failed", False)

    async def test_and_what_is_shown_was_read_before_so_it_is_an_old_answer(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        failure = BadData("the file is cut off", mend="fetch it again").failure()
        before = lab.clock() - timedelta(days=2)
        old = replace(page("old", fetched_at=before), failure=failure)
        host = lab.host(lab.script("crm", fetch=Script(old)))
        answer = await fetch(host, "crm")
        assert (answer.state, answer.failure, answer.fetched_at) == ("stale", failure, before)
        assert answer.page is not None
        assert [record.title for record in answer.page.records] == ["old"]

    @pytest.mark.parametrize("error", [PermissionDenied("no more"), Unavailable("away")])
    async def test_and_something_is_new_or_nothing_may_be_old_so_it_is_none(
        self, lab: Any, fetch: Fetch, page: MakePage, error: SourceError
    ) -> None:
        old = page("old", fetched_at=lab.clock() - timedelta(days=2))
        both = replace(old, records=old.records + page("new").records, failure=error.failure())
        part = old if isinstance(error, PermissionDenied) else both
        host = lab.host(lab.script("crm", fetch=Script(replace(part, failure=error.failure()))))
        assert (await fetch(host, "crm")).state == "fresh"

    async def test_that_is_no_failure_is_a_bug(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        wrong: Any = "away"
        host = lab.host(lab.script("crm", fetch=Script(replace(page(), failure=wrong))))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert (answer.failure.code, answer.failure.field) == ("adapter_bug", "failure")


class TestWhoMends:
    @pytest.mark.parametrize(
        ("layer", "error", "actor"),
        [
            ("person", BadData("cut off"), "user"),
            ("person", ConfigInvalid("not there"), "user"),
            ("person", PermissionDenied("not for you"), "admin"),
            ("person", Unavailable("away"), "nobody"),
            ("company", BadData("cut off"), "admin"),
            ("named", BadData("cut off"), "admin"),
        ],
    )
    async def test_is_the_user_where_nobody_else_has_set_the_source_up(
        self, lab: Any, fetch: Fetch, page: MakePage, layer: str, error: SourceError, actor: str
    ) -> None:
        part = replace(page(), failure=error.failure())
        crm, wiki = lab.script("crm", fetch=Script(error)), lab.script("wiki", fetch=Script(part))
        host = lab.host(crm, wiki, layer=layer)
        whole, in_part = await fetch(host, "crm"), await fetch(host, "wiki")
        assert whole.failure is not None
        assert in_part.page is not None
        assert in_part.page.failure is not None
        assert whole.failure.actor == in_part.page.failure.actor == actor

    async def test_holds_for_a_source_that_cannot_be_used_at_all(self, lab: Any, fetch: Fetch) -> None:
        lab.write("broken", "import nothing_of_that_name")
        sources = (lab.source("crm", "helthy"), lab.source("wiki", "broken"))
        host = lab.host(*sources, layer="person")
        for source in ("crm", "wiki"):
            answer = await fetch(host, source)
            assert answer.failure is not None
            assert answer.failure.actor == "user"
        assert {line.name: line.failure.actor for line in host.not_loaded} == {"crm": "user", "wiki": "user"}


class TestAKeyThatIsWrong:
    async def test_is_named_with_file_and_table_though_it_shows_while_asking(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        wrong = ConfigInvalid("no such column: cty", mend="correct the query", field="queries.account")
        gone = ConfigInvalid("crm.sqlite is not there")
        in_part = replace(page(), failure=wrong.failure())
        host = lab.host(lab.script("crm", fetch=Script(wrong, in_part, gone)))
        table = f"{lab.folder / 'settings.toml'}: [sources.crm]"
        first, second, third = [await fetch(host, "crm", fresh=True) for _ in range(3)]
        assert first.failure is not None
        assert (first.failure.what, first.failure.field) == (
            f"{table}: no such column: cty",
            "queries.account",
        )
        assert second.page is not None
        assert second.page.failure == first.failure
        assert third.failure is not None
        assert third.failure.what == "crm.sqlite is not there"


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
        from salesprep.sources.breaker import Breaker

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


class TestBlockingAdapter:
    async def test_is_called_once_at_a_time(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        at_once: list[int] = [0]
        most: list[int] = []

        def slow(*_: Any) -> Page[Record]:
            at_once[0] += 1
            most.append(at_once[0])
            time.sleep(0.01)
            at_once[0] -= 1
            return page()

        host = lab.host(lab.script("crm", fetch=slow, runs="thread"))
        answers = await asyncio.gather(*(fetch(host, "crm", cursor=str(n)) for n in range(5)))
        assert {answer.state for answer in answers} == {"fresh"}
        assert most == [1] * 5

    async def test_is_called_as_often_at_once_as_it_bears(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        import threading

        both = threading.Barrier(2, timeout=10)

        def meet(*_: Any) -> Page[Record]:
            both.wait()
            return page()

        host = lab.host(lab.script("crm", fetch=meet, runs="thread", manifest={"calls_at_once": 2}))
        answers = await asyncio.gather(*(fetch(host, "crm", 20.0, cursor=str(n)) for n in range(2)))
        assert {answer.state for answer in answers} == {"fresh"}

    async def test_cannot_use_http(self, lab: Any, fetch: Fetch) -> None:
        def ask(*arguments: Any) -> Page[Record]:
            arguments[3].http.get("https://crm.example/")
            return Page()

        host = lab.host(lab.script("crm", fetch=ask, runs="thread"))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert "request.http cannot be used" in answer.failure.what

    async def test_whose_method_is_a_coroutine_is_a_bug(self, lab: Any, fetch: Fetch) -> None:
        host = lab.host(lab.script("crm", fetch=Script(Page()), runs="thread"))
        answer = await fetch(host, "crm")
        assert answer.failure is not None
        assert answer.failure.what == "what fetch returned should be a Page"

    async def test_is_closed_on_its_thread(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        import threading

        names: list[str] = []

        def answer(*_: Any) -> Page[Record]:
            names.append(threading.current_thread().name)
            return page()

        def close() -> None:
            names.append(threading.current_thread().name)

        host = lab.host(lab.script("crm", fetch=answer, close=close, runs="thread"))
        await fetch(host, "crm")
        await host.close()
        assert names == ["crm calls", "crm calls"]


class TestWhatAnAdapterIsGiven:
    async def test_only_the_look_ups_of_its_manifest(self, lab: Any, page: MakePage) -> None:
        script = Script(page())
        host = lab.host(lab.script("crm", fetch=script, manifest={"lookups": ["name", "id"]}))
        query = Query(("Van Dijk",), ("vandijk.example",), ("r@vandijk.example",), ("@vandijk",), ("1042",))
        await host.ask("crm", Ask("fetch", query, Kind.ACTIVITY), deadline=time.monotonic() + 5)
        assert script.calls[0][0] == Query(names=("Van Dijk",), ids=("1042",))

    async def test_nothing_if_none_of_them_is_known(self, lab: Any, page: MakePage) -> None:
        script = Script(page())
        host = lab.host(lab.script("crm", fetch=script, manifest={"lookups": ["handle"]}))
        answer = await host.ask(
            "crm", Ask("fetch", Query(names=("x",)), Kind.ACTIVITY), deadline=time.monotonic() + 5
        )
        assert (answer.state, answer.page) == ("fresh", Page())
        assert script.calls == []

    async def test_every_question_if_it_cannot_narrow(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page())
        host = lab.host(lab.script("crm", fetch=script, manifest={"lookups": []}))
        await fetch(host, "crm")
        assert script.calls[0][0] == Query()

    async def test_a_private_store_a_clock_and_an_opaque_identity(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        script = Script(page())
        host = lab.host(lab.script("crm", fetch=script))
        await fetch(host, "crm")
        request = script.calls[0][3]
        assert request.identity.startswith("user-")
        assert "anna" not in request.identity
        assert request.store.is_dir()
        assert request.store.parent == lab.folder / "cache" / "index" / "crm" / request.identity
        assert str(request.now().tzinfo) == "Europe/Amsterdam"
        assert request.now() == lab.clock()
        assert request.log.name == "salesprep.source.crm"

    async def test_another_store_for_other_settings(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page())
        source = lab.script("crm", fetch=script)
        other = replace(source, config={**source.config, "path": "x"})
        for one in (source, other):
            await fetch(lab.host(one), "crm")
        stores = [call[3].store for call in script.calls]
        assert stores[0] != stores[1]
        assert stores[0].parent == stores[1].parent

    async def test_no_store_outside_of_the_cache(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        script = Script(page())
        source = replace(lab.script("crm", fetch=script), name="../../../etc")
        host = lab.host(source)
        assert (await fetch(host, "../../../etc")).state == "fresh"
        assert script.calls[0][3].store.resolve().is_relative_to(lab.folder / "cache" / "index")


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


class TestOtherMethods:
    async def test_find_search_and_upcoming_get_their_arguments(self, lab: Any) -> None:
        find, search, upcoming = Script(Page()), Script(Page()), Script(Page())
        host = lab.host(lab.script("crm", find=find, search=search, upcoming=upcoming))
        soon = time.monotonic() + 5
        window = Window(lab.clock(), lab.clock() + timedelta(days=14))
        query = Query(names=("x",))
        for ask in (
            Ask("find", query),
            Ask("search", text="pumps", cursor="2"),
            Ask("upcoming", window=window, cursor="3"),
        ):
            assert (await host.ask("crm", ask, deadline=soon)).state == "fresh"
        assert find.calls[0][0] == query
        assert search.calls[0][:2] == ("pumps", "2")
        assert upcoming.calls[0][:2] == (window, "3")

    async def test_a_missing_check_is_skipped(self, lab: Any, page: MakePage) -> None:
        host = lab.host(lab.script("crm", fetch=Script(page())))
        answer = await host.ask("crm", Ask("check"), deadline=time.monotonic() + 5)
        assert [one.outcome for one in answer.checks] == ["skipped"]

    async def test_a_check_that_takes_too_long_is_indeterminate(self, lab: Any) -> None:
        async def check(_: Any) -> tuple[Check, ...]:
            await asyncio.sleep(60)
            return ()

        host = lab.host(lab.script("crm", check=check))
        answer = await host.ask("crm", Ask("check"), deadline=time.monotonic() + 0.3)
        assert [one.outcome for one in answer.checks] == ["indeterminate"]
        assert answer.failure is not None

    async def test_a_check_is_cleaned_and_never_kept(self, lab: Any) -> None:
        calls = []

        async def check(_: Any) -> tuple[Check, ...]:
            calls.append(1)
            return (Check("login", "failed", "no\x1b[2J", mend="log\nin"),)

        host = lab.host(lab.script("crm", check=check))
        for _ in range(2):
            answer = await host.ask("crm", Ask("check"), deadline=time.monotonic() + 5)
        assert answer.checks == (Check("login", "failed", "no�[2J", "log in"),)
        assert len(calls) == 2


class TestInterpreter:
    async def test_is_tuned_while_a_host_works_and_as_before_afterwards(
        self, lab: Any, fetch: Fetch, page: MakePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A host that some other test left open must not count here.
        monkeypatch.setattr(tuning, "_users", 0)
        monkeypatch.setattr(tuning, "_before", None)
        gc.unfreeze()
        before = (sys.getswitchinterval(), gc.get_threshold())
        one, other = (lab.host(lab.script("crm", fetch=Script(page()))) for _ in range(2))
        await fetch(one, "crm")
        await fetch(other, "crm")
        assert sys.getswitchinterval() == pytest.approx(0.0005)
        assert gc.get_freeze_count() > 0
        await one.close()
        assert sys.getswitchinterval() == pytest.approx(0.0005)
        await other.close()
        await other.close()
        assert (sys.getswitchinterval(), gc.get_threshold()) == before
        assert gc.get_freeze_count() == 0


def _manifest(name: str, contract: str = "1.0", requires: str = "") -> str:
    return (
        f'name = "{name}"\ntitle = "T"\nversion = "1"\ncontract = "{contract}"\nclass = "C"\n'
        f'kinds = ["activity"]\nlookups = ["name"]\nabilities = ["fetch"]\nasks_as = "none"\n{requires}'
    )


class TestAdaptersThatCannotBeLoaded:
    async def test_are_told_apart_from_what_a_source_tells(self, lab: Any, fetch: Fetch) -> None:
        lab.write("used", "", _manifest("used", "9.0"))
        lab.write("spare", "", _manifest("spare", "9.0"))
        lab.write("twin", "", _manifest("healthy"))  # a source that is called so uses the other one
        host = lab.host(lab.source("crm", "used"), lab.hostile("healthy", "healthy"))
        ours = [one for one in host.adapters_not_loaded if str(lab.folder) in (one.where or "")]
        assert [one.name for one in ours] == ["spare", "healthy"]
        assert "crm" in [one.name for one in host.not_loaded]

    async def test_for_want_of_a_library_are_told_once(self, lab: Any, fetch: Fetch) -> None:
        manifest = _manifest("needy", requires='requires = ["no-such-library"]\n')
        lab.write("needy", "import no_such_library\n", manifest)
        host = lab.host(lab.source("crm", "needy"))
        assert [one.name for one in host.adapters_not_loaded] == ["needy"]
        assert (await fetch(host, "crm")).state == "failed"
        assert host.adapters_not_loaded == ()
        assert [one.name for one in host.not_loaded] == ["crm"]
