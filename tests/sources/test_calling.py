"""Calling an adapter: what it is given, which methods it has, and on which thread they run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from salesprep.adapter import Check, Kind, Page, Query, Record, Window
from salesprep.sources import Answer, Ask
from tests.sources.script import Script

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


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
