"""A source fails, or a part of it: what is shown all the same, and who mends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salesprep.adapter import (
    AuthRequired,
    BadData,
    ConfigInvalid,
    ConsentMissing,
    Page,
    PermissionDenied,
    Record,
    Unavailable,
)
from salesprep.adapter.errors import SourceError
from salesprep.sources import Answer
from tests.sources.script import Script

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


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
