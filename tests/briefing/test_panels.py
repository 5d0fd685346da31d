"""What a panel says of itself: fresh, old, empty, to choose, partly failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Kind, PermissionDenied, Refusal
from salesprep.sources.answers import Answer, AnswerState, Ask

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]


class TestTheStateOfAPanel:
    async def test_with_content_and_no_failure_it_is_fresh(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.activity("a1"))
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm")
        assert (panel.state, panel.failure) == ("fresh", None)
        states = {s.kind: s.state for s in panel.sections}
        assert states[Kind.ACTIVITY] == "fresh"
        assert states[Kind.TASK] == "empty"

    async def test_with_content_and_a_failure_it_is_partial_and_says_why(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(make.activity("a1"))
        crm.fails = {"ticket"}
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm")
        assert panel.state == "partial"
        assert panel.failure is not None
        assert panel.failure.code == "unavailable"
        tickets = panel.section(Kind.TICKET)
        assert tickets is not None
        assert tickets.state == "failed"

    async def test_without_content_it_is_its_worst_section(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen
    ) -> None:
        _, calendar = van_dijk()
        calendar.fails = {"fetch"}
        assert seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar").state == "failed"

    async def test_an_old_answer_is_stale_and_says_why(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(make.activity("a1"))
        crm.state = "stale"
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm")
        assert panel.state == "stale"
        assert panel.failure is not None

    async def test_a_kept_answer_is_cached(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(make.activity("a1"))
        crm.state = "cached"
        assert seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm").state == "cached"

    async def test_candidates_alone_are_to_choose(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
        stage.crm(
            make.account("8", "Van Dijk Machinebouw B.V.", "other.example"),
            make.account("9", "Van Dijk Machinebouw", "third.example"),
            name="erp",
        )
        briefing = await stage.briefing("Van Dijk Machinebouw", pick="crm:1")
        panel = seen.panel(briefing, "erp")
        assert panel.state == "choose"
        assert {f.record.id for f in panel.candidates} == {"8", "9"}
        assert seen.facts(briefing, "erp") == []

    @pytest.mark.parametrize("state", ["withheld", "stuck"])
    async def test_what_is_withheld_or_stuck_says_so(
        self,
        stage: Stage,
        van_dijk: VanDijk,
        seen: Seen,
        monkeypatch: pytest.MonkeyPatch,
        state: AnswerState,
    ) -> None:
        van_dijk()
        ask = stage._answer

        async def refuse(source: Source, question: Ask, deadline: float) -> Answer:
            if source.name == "calendar":
                return Answer(state, failure=PermissionDenied("not allowed").failure())
            return await ask(source, question, deadline)

        monkeypatch.setattr(stage, "_answer", refuse)
        assert seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar").state == state


class TestCounts:
    async def test_the_sources_own_total_is_shown(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(*(make.activity(f"a{n}") for n in range(5)))
        crm.page_size = 3
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm")
        section = panel.section(Kind.ACTIVITY)
        assert section is not None
        assert (len(section.records), section.total, section.cursor) == (3, 5, "3")

    async def test_a_total_that_counts_other_customers_too_is_not_shown(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.activity("a1"), make.activity("b1", "2"))
        section = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm").section(Kind.ACTIVITY)
        assert section is not None
        assert section.total is None

    async def test_what_could_not_be_read_is_counted(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, calendar = van_dijk()
        page = calendar.page
        refused = (Refusal(2, "end before start", "agenda.ics line 12"),)

        def with_garbage(ask: Ask) -> object:
            return replace(page(ask), refused=refused)

        monkeypatch.setattr(calendar, "page", with_garbage)
        section = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar").sections[0]
        assert section.refused == refused

    async def test_the_age_is_that_of_the_oldest_record_shown(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.activity("a1"), replace(make.activity("a2"), fetched_at=make.at(-2)))
        assert seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm").fetched_at == make.at(-2)
