"""How a source is, as far as that is known without asking it; and what asking it for real comes to."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from salesprep.adapter import BadData, Check, ConfigInvalid, Kind, Page, RateLimited, Record, Unavailable
from salesprep.sources import Answer, Ask
from salesprep.sources.standing import NOT_ASKED, check, checks_of

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


class TestASourceThatNobodyAsked:
    def test_is_known_to_be_so(self, lab: Any) -> None:
        host = lab.host(lab.script("crm"))
        assert host.standing("crm") == NOT_ASKED
        assert host.standing("nobodys") == NOT_ASKED

    def test_because_the_network_is_not_to_be_used_says_that(self, lab: Any) -> None:
        remote = lab.script("crm", manifest={"hosts": ["crm.example"]})
        assert lab.host(remote, offline=True).standing("crm").offline


class TestASourceThatWasAsked:
    async def test_tells_when_it_answered(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            return page()

        host = lab.host(lab.script("crm", fetch=answer))
        asked_at = lab.clock()
        await fetch(host, "crm")
        lab.clock.forward(minutes=2)
        await fetch(host, "crm")  # out of the cache: that is no answer of the source
        standing = host.standing("crm")
        assert (standing.answered_at, standing.answers, standing.failures) == (asked_at, True, ())

    async def test_tells_its_failure_and_when_it_last_did_answer(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        steps: list[Page[Record] | Exception] = [page(), Unavailable("the server is away")]

        async def answer(*_arguments: Any) -> Page[Record]:
            step = steps.pop(0)
            if isinstance(step, Exception):
                raise step
            return step

        host = lab.host(lab.script("crm", fetch=answer))
        answered_at = lab.clock()
        await fetch(host, "crm")
        lab.clock.forward(hours=3)
        await fetch(host, "crm", fresh=True)
        standing = host.standing("crm")
        assert standing.answered_at == answered_at
        assert not standing.answers
        assert [failure.what for failure in standing.failures] == ["the server is away"]

    async def test_of_which_one_question_failed_answers_in_part(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        async def answer(_query: Any, kind: Kind, *_arguments: Any) -> Page[Record]:
            if kind is Kind.TASK:
                raise BadData("tasks cannot be read")
            return page()

        host = lab.host(lab.script("crm", fetch=answer))
        await fetch(host, "crm")
        await host.ask("crm", Ask("fetch", kind=Kind.TASK), deadline=time.monotonic() + 5)
        standing = host.standing("crm")
        # The question about tasks names nobody, so that nobody was asked.
        assert standing.failures == ()
        task = Ask("fetch", replace(Ask("fetch").query, names=("Van Dijk",)), Kind.TASK)
        await host.ask("crm", task, deadline=time.monotonic() + 5)
        standing = host.standing("crm")
        assert standing.answers
        assert [failure.code for failure in standing.failures] == ["bad_data"]

    async def test_tells_a_part_that_could_not_be_read(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            return replace(page(), failure=ConfigInvalid("b.ics is not there").failure())

        host = lab.host(lab.script("calendar", fetch=answer))
        await fetch(host, "calendar")
        standing = host.standing("calendar")
        assert standing.answers
        assert [failure.what for failure in standing.failures] == ["b.ics is not there"]

    async def test_that_says_when_it_may_be_asked_again_is_left_alone_until_then(
        self, lab: Any, fetch: Fetch
    ) -> None:
        until = lab.clock.time.replace(minute=40)

        async def answer(*_arguments: Any) -> Page[Record]:
            raise RateLimited("asked too often", retry_at=until)

        host = lab.host(lab.script("crm", fetch=answer))
        await fetch(host, "crm")
        paused = host.standing("crm").paused_until
        assert paused is not None
        assert abs((paused - until).total_seconds()) < 60

    async def test_of_ones_own_is_ones_own_to_mend(self, lab: Any, fetch: Fetch) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            raise ConfigInvalid("crm.sqlite is not there", mend="put it back")

        host = lab.host(lab.script("crm", fetch=answer), layer="person")
        await fetch(host, "crm")
        assert [failure.actor for failure in host.standing("crm").failures] == ["user"]


class TestCheckingASource:
    async def test_gives_what_its_adapter_found(self, lab: Any) -> None:
        async def answer(*_arguments: Any) -> tuple[Check, ...]:
            return (Check("database", "passed", "it opens"),)

        host = lab.host(lab.script("crm", check=answer))
        (found,) = await check(host, "crm", deadline=time.monotonic() + 5)
        assert (found.name, found.outcome) == ("database", "passed")
        assert host.standing("crm").answers

    def test_that_failed_is_a_check_that_failed_with_its_mend(self) -> None:
        failure = ConfigInvalid("crm.sqlite is not there", mend="put it back").failure()
        (found,) = checks_of(Answer("failed", failure=failure))
        assert (found.outcome, found.what, found.mend) == ("failed", "crm.sqlite is not there", "put it back")

    def test_that_was_late_says_nothing_about_the_source(self) -> None:
        late = replace(Unavailable("late").failure(), code="deadline_exceeded")
        (found,) = checks_of(Answer("failed", failure=late))
        assert found.outcome == "indeterminate"
