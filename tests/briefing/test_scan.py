"""A briefing as it comes: who is asked, in which order the panels fill, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Failure, Keys, Kind
from salesprep.briefing.links import Links
from salesprep.briefing.model import Briefing, Customer, Link
from salesprep.settings import Settings
from salesprep.sources.answers import Answer, Ask, SourceInfo

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]


def _states(briefing: Briefing) -> dict[str, str]:
    return {p.source: p.state for p in briefing.panels}


class TestNoSourceHoldsAnother:
    async def test_the_panels_are_there_at_once_and_waiting(self, stage: Stage, van_dijk: VanDijk) -> None:
        van_dijk()
        first = (await stage.updates("Van Dijk Machinebouw"))[0]
        assert _states(first.briefing) == {"crm": "waiting", "calendar": "waiting"}
        assert not first.briefing.complete

    async def test_only_the_last_update_is_complete(self, stage: Stage, van_dijk: VanDijk) -> None:
        van_dijk()
        updates = await stage.updates("Van Dijk Machinebouw")
        assert [u.briefing.complete for u in updates] == [False] * (len(updates) - 1) + [True]

    async def test_a_hanging_source_comes_last_and_fails_alone(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("7", "Van Dijk Machinebouw"), name="slow").hold("find")
        crm = stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
        crm.records = [make.activity("a1")]
        stage.calendar(make.meeting("m1", "Overleg", "r.smit@vandijk.example"))
        updates = await stage.updates("Van Dijk Machinebouw", deadline_s=0.4)
        before, last = updates[-2].briefing, updates[-1].briefing
        assert set(seen.facts(before)) == {"1", "a1", "m1"}
        assert seen.panel(before, "slow").state == "waiting"
        assert seen.panel(last, "slow").state == "failed"
        assert seen.facts(last) == seen.facts(before)

    async def test_a_calendar_shows_before_a_hanging_crm_fails(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm().hold("find")
        stage.calendar(make.meeting("m1", "Van Dijk Machinebouw"))
        updates = await stage.updates("Van Dijk Machinebouw", deadline_s=0.3)
        waiting = [u for u in updates if seen.panel(u.briefing, "crm").state == "waiting"]
        assert seen.candidates(waiting[-1].briefing, "calendar") == ["m1"]

    async def test_the_kinds_of_one_source_are_asked_at_once(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(make.activity("a1"), make.task("t1"))
        gate = crm.hold("activity")
        async with aclosing(stage.stream("Van Dijk Machinebouw")) as stream:
            async for update in stream:
                if "t1" in seen.facts(update.briefing) and not gate.is_set():
                    assert "a1" not in seen.facts(update.briefing)
                    assert seen.panel(update.briefing, "crm").state == "partial"
                    gate.set()
        assert {"a1", "t1"} <= set(seen.facts(update.briefing))

    async def test_a_burst_of_answers_is_one_update(self, stage: Stage, make: Make) -> None:
        for number in range(50):
            stage.source(f"s{number}", Kind.DOCUMENT)
        updates = await stage.updates("Van Dijk Machinebouw")
        assert len(updates) < 10
        assert updates[-1].briefing.complete

    async def test_without_any_source_it_is_complete_and_empty(self, stage: Stage) -> None:
        updates = await stage.updates("Nobody")
        assert updates[-1].briefing.complete
        assert updates[-1].briefing.panels == ()


class TestFindingThenFetching:
    async def test_a_source_fetches_with_the_id_it_found(self, stage: Stage, van_dijk: VanDijk) -> None:
        crm, _ = van_dijk()
        await stage.briefing("Van Dijk Machinebouw")
        fetches = [a for a in crm.asked if a.method == "fetch"]
        assert fetches
        assert all(a.query.ids == ("1",) for a in fetches)

    async def test_a_remembered_id_needs_no_find_before_fetching(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = stage.crm(make.account("1", "Van Dijk Machinebouw"))
        crm.records = [make.activity("a1")]
        crm.hold("find")
        link = Link("crm", "1", "is", "anna", make.now, "confirmed")
        links = Links((Customer("vd", "Van Dijk Machinebouw", links=(link,)),))
        briefing = await stage.briefing("Van Dijk Machinebouw", links=links, deadline_s=0.2)
        assert seen.facts(briefing) == ["a1"]

    async def test_a_failed_find_is_not_followed_by_fetches(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen
    ) -> None:
        crm, _ = van_dijk()
        crm.fails = {"find"}
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert crm.times("fetch", Kind.PERSON) == 0
        panel = seen.panel(briefing, "crm")
        assert (panel.state, panel.failure and panel.failure.code) == ("failed", "unavailable")

    async def test_what_may_be_the_customer_is_not_fetched_before_all_finds_are_in(
        self, stage: Stage, make: Make
    ) -> None:
        crm = stage.crm(make.account("1", "Van Dijk Machinebouw"))
        other = stage.crm(name="erp")
        gate = other.hold("find")
        async with aclosing(stage.stream("van dijk")) as stream:
            async for update in stream:
                briefing = update.briefing
                if crm.asked and not gate.is_set():
                    await asyncio.sleep(0.02)
                    assert crm.times("fetch", Kind.PERSON) == 0
                    gate.set()
        assert crm.times("fetch", Kind.PERSON) == 1
        assert briefing.customer.name == "Van Dijk Machinebouw"


class TestAskingOnceMore:
    async def test_a_new_domain_reaches_the_calendar_once(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        _, calendar = van_dijk(meetings=[make.meeting("m1", "Overleg", "r.smit@vandijk.example")])
        calendar.narrow = True
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert seen.facts(briefing, "calendar") == ["m1"]
        assert [a.query.domains for a in calendar.asked if a.method == "fetch"] == [(), ("vandijk.example",)]

    async def test_the_second_question_waits_for_the_finds_of_all(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Acme Sensoren", "acme.example"))
        gate = stage.crm(make.account("9", "Acme Sensoren", "acme.example", "acme.test"), name="erp").hold(
            "find"
        )
        meeting = make.meeting("m1", "Overleg", "v@acme.test")
        calendar = stage.calendar(meeting, narrow=True)
        async with aclosing(stage.stream("Acme Sensoren")) as stream:
            async for update in stream:
                briefing = update.briefing
                if "1" in seen.facts(briefing) and not gate.is_set():
                    await asyncio.sleep(0.02)
                    assert calendar.times("fetch", Kind.MEETING) == 1
                    gate.set()
        assert seen.facts(briefing, "calendar") == ["m1"]

    async def test_no_source_is_asked_a_third_time(self, stage: Stage, make: Make) -> None:
        # What the ERP tells when it is asked again would be news to the others.
        stage.crm(make.account("1", "Acme Sensoren", "a.example"))
        stage.crm(
            make.account("9", "Acme Sensoren BV", "a.example", "b.example"), name="erp", hides_names=True
        )
        calendar = stage.calendar()
        briefing = await stage.briefing("Acme Sensoren")
        assert briefing.customer.domains == ("a.example", "b.example")
        assert calendar.times("fetch", Kind.MEETING) == 2
        assert stage.sources["erp"].times("find") == 2

    async def test_a_source_is_not_asked_again_for_what_it_told_itself(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        crm, _ = van_dijk(make.person("p1", "R. Smit", "1", "r.smit@freemail.example"))
        await stage.briefing("", pick="crm:1")
        assert crm.times("fetch", Kind.PERSON) == 1
        assert all(a.query.emails == () for a in crm.asked)

    async def test_a_source_is_asked_who_else_has_the_domain_that_it_told(
        self, stage: Stage, van_dijk: VanDijk
    ) -> None:
        crm, _ = van_dijk()
        await stage.briefing("Van Dijk Machinebouw")
        finds = [a.query for a in crm.asked if a.method == "find"]
        assert [q.domains for q in finds] == [(), ("vandijk.example",)]

    async def test_a_key_that_the_manifest_does_not_ask_for_is_kept_from_the_source(
        self, stage: Stage, van_dijk: VanDijk
    ) -> None:
        van_dijk()
        wiki = stage.source("wiki", Kind.DOCUMENT, lookups=("name",))
        await stage.briefing("Van Dijk Machinebouw")
        assert wiki.times("fetch", Kind.DOCUMENT) == 1
        assert wiki.asked[0].query.domains == ()

    async def test_a_source_that_looks_up_by_domain_only_waits_for_one(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk()
        mail = stage.source("mail", Kind.ACTIVITY, lookups=("domain",))
        mail.records = [make.activity("x1", None, keys=Keys(emails=("r.smit@vandijk.example",)))]
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert mail.times("fetch", Kind.ACTIVITY) == 1
        assert seen.facts(briefing, "mail") == ["x1"]

    async def test_a_source_without_any_key_tells_so(self, stage: Stage, seen: Seen) -> None:
        stage.source("mail", Kind.ACTIVITY, lookups=("domain",))
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "mail")
        assert panel.state == "empty"
        assert panel.sections[0].notice

    async def test_a_hanging_source_does_not_hold_the_second_question_for_ever(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        _, calendar = van_dijk(meetings=[make.meeting("m1", "Overleg", "r.smit@vandijk.example")])
        calendar.narrow = True
        stage.crm(name="slow").hold("find")
        briefing = await stage.briefing("Van Dijk Machinebouw", deadline_s=0.5)
        assert seen.facts(briefing, "calendar") == ["m1"]

    async def test_the_second_answer_wins_and_the_first_one_stays(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        _, calendar = van_dijk()
        by_name = make.meeting("m1", "Bezoek Van Dijk Machinebouw", start=make.at(-30))
        calendar.records = [
            by_name,
            make.meeting("m2", "Overleg", "r.smit@vandijk.example", start=make.at(-20)),
        ]
        calendar.narrow = True
        assert set(seen.facts(await stage.briefing("Van Dijk Machinebouw"), "calendar")) == {"m1", "m2"}

    async def test_a_failed_second_question_leaves_what_the_first_one_brought(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, calendar = van_dijk(
            meetings=[make.meeting("m1", "Bezoek Van Dijk Machinebouw", start=make.at(-30))]
        )
        ask = stage._answer

        async def second_fails(source: Source, question: Ask, deadline: float) -> Answer:
            if source is calendar and question.method == "fetch" and source.times("fetch", Kind.MEETING) == 1:
                source.fails = {"fetch"}
            return await ask(source, question, deadline)

        monkeypatch.setattr(stage, "_answer", second_fails)
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar")
        assert panel.state == "partial"
        assert panel.failure is not None
        assert [f.record.id for f in panel.sections[0].records] == ["m1"]


class TestEnding:
    @pytest.mark.parametrize("after", [1, 2, 3])
    async def test_closing_midway_leaves_no_task(
        self, stage: Stage, van_dijk: VanDijk, make: Make, after: int
    ) -> None:
        crm, calendar = van_dijk(make.activity("a1"))
        crm.hold("activity")
        calendar.hold("upcoming")
        before = asyncio.all_tasks()
        async with aclosing(stage.stream("Van Dijk Machinebouw")) as stream:
            for _ in range(after):
                await anext(stream)
        assert asyncio.all_tasks() == before
        assert stage.under_way == 0

    async def test_a_cancelled_reader_leaves_no_task(self, stage: Stage, van_dijk: VanDijk) -> None:
        crm, _ = van_dijk()
        crm.hold("find")
        before = asyncio.all_tasks()
        task = asyncio.create_task(stage.briefing("Van Dijk Machinebouw"))
        await asyncio.sleep(0.02)
        assert stage.under_way
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == before
        assert stage.under_way == 0

    async def test_a_host_that_never_answers_ends_with_the_deadline(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        van_dijk()

        async def never(*args: object, **more: object) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(stage, "ask", never)
        briefing = await stage.briefing("Van Dijk Machinebouw", deadline_s=0.1)
        assert briefing.complete
        panel = seen.panel(briefing, "crm")
        assert (panel.state, panel.failure and panel.failure.code) == ("failed", "deadline_exceeded")

    async def test_the_deadline_is_that_of_the_settings_unless_given(
        self, stage: Stage, van_dijk: VanDijk
    ) -> None:
        van_dijk()
        settings = Settings(us=stage.settings.us, sources={}, deadline=3.0)
        assert (await stage.briefing("x", settings=settings)).deadline_s == 3.0
        assert (await stage.briefing("x", deadline_s=1.5)).deadline_s == 1.5


class TestWhoIsAsked:
    async def test_only_the_named_sources_are_asked_and_shown(self, stage: Stage, van_dijk: VanDijk) -> None:
        crm, calendar = van_dijk()
        briefing = await stage.briefing("Van Dijk Machinebouw", only=("calendar",))
        assert [p.source for p in briefing.panels] == ["calendar"]
        assert not crm.asked
        assert calendar.asked

    async def test_a_source_that_cannot_be_used_is_not_asked_but_shown(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen
    ) -> None:
        van_dijk()
        broken = stage.source("wiki", Kind.DOCUMENT)
        problem = Failure("config_invalid", "an unknown adapter", "install it", "admin", False, False)
        broken.info = SourceInfo("wiki", "WIKI", "wikki", None, problem=problem)
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "wiki")
        assert (panel.state, panel.failure) == ("failed", problem)

    async def test_panels_stand_in_the_order_of_the_screen_whoever_answers_first(
        self, stage: Stage, van_dijk: VanDijk
    ) -> None:
        crm, _ = van_dijk()
        crm.hold("find")
        for update in await stage.updates("Van Dijk Machinebouw", deadline_s=0.2):
            assert [p.source for p in update.briefing.panels] == ["crm", "calendar"]

    async def test_colleagues_meetings_with_others_stay_out_of_the_panels(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        elsewhere = make.meeting(
            "m9", "Brink Pompen", "p@brink.example", owner="j.jansen@ons.example", start=make.at(3)
        )
        van_dijk(meetings=[elsewhere])
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert "m9" not in seen.facts(briefing) + seen.candidates(briefing)


class TestNewFacesOnLaterPages:
    async def test_further_pages_are_read_until_a_guest_is_found(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        talks = [make.activity(f"a{n}", days=-n - 1, people=("T. Aarts",)) for n in range(9)]
        old = make.activity("old", days=-300, people=("R. Smit <r.smit@vandijk.example>",))
        crm, _ = van_dijk(
            *talks, old, meetings=[make.meeting("m1", "Bezoek", "R. Smit <r.smit@vandijk.example>")]
        )
        crm.page_size = 4
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert not any(a.first_time for a in briefing.attendees)
        assert not seen.signals(briefing, "new_face")

    async def test_no_further_page_is_read_when_everybody_is_known(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        talks = [make.activity(f"a{n}", days=-n - 1, people=("R. Smit",)) for n in range(9)]
        crm, _ = van_dijk(*talks, meetings=[make.meeting("m1", "Bezoek", "R. Smit <r.smit@vandijk.example>")])
        crm.page_size = 4
        await stage.briefing("Van Dijk Machinebouw")
        assert all(a.cursor is None for a in crm.asked)

    async def test_endless_pages_end(self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen) -> None:
        talks = [make.activity(f"a{n}", days=-n - 1, people=("T. Aarts",)) for n in range(200)]
        crm, _ = van_dijk(*talks, meetings=[make.meeting("m1", "Bezoek", "N. Ieuw <n@vandijk.example>")])
        crm.page_size = 2
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert sum(a.kind is Kind.ACTIVITY for a in crm.asked) == 10
        assert not seen.signals(briefing, "new_face")
