"""What a panel says of itself: fresh, old, empty, to choose, partly failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import BadData, Kind, PermissionDenied, Refusal, Unavailable
from salesprep.briefing.visits.agenda import agenda
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


class TestAPartOfASourceThatFailed:
    PART = Unavailable("one calendar of two cannot be read").failure()

    def _in_part(self, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
        page = source.page

        def in_part(ask: Ask) -> object:
            return replace(page(ask), failure=self.PART)

        monkeypatch.setattr(source, "page", in_part)

    async def test_what_the_others_told_is_shown_as_partial(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, calendar = van_dijk(meetings=[make.meeting("m1", "Overleg", "r@vandijk.example")])
        self._in_part(calendar, monkeypatch)
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar")
        assert (panel.state, panel.failure) == ("partial", self.PART)
        assert [(s.state, s.failure, len(s.records)) for s in panel.sections] == [("partial", self.PART, 1)]

    async def test_without_anything_told_it_has_failed(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, calendar = van_dijk()
        self._in_part(calendar, monkeypatch)
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "calendar")
        assert (panel.state, panel.failure) == ("failed", self.PART)

    async def test_a_later_page_that_is_whole_does_not_hide_it(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        talks = [make.activity(f"a{n}", days=-n - 1, people=("T. Aarts",)) for n in range(6)]
        crm, _ = van_dijk(*talks, meetings=[make.meeting("m1", "Bezoek", "N. Ieuw <n@vandijk.example>")])
        crm.page_size = 4
        page = crm.page

        def first_in_part(ask: Ask) -> object:
            told = page(ask)
            return told if ask.cursor else replace(told, failure=self.PART)

        monkeypatch.setattr(crm, "page", first_in_part)
        section = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm").section(Kind.ACTIVITY)
        assert section is not None
        assert (len(section.records), section.state, section.failure) == (6, "partial", self.PART)

    @pytest.mark.parametrize(("titles", "state"), [((), "failed"), (("Bezoek",), "partial")])
    async def test_the_agenda_tells_it_too(
        self,
        stage: Stage,
        make: Make,
        monkeypatch: pytest.MonkeyPatch,
        titles: tuple[str, ...],
        state: str,
    ) -> None:
        calendar = stage.calendar(*(make.meeting(t, t, "r@vandijk.example") for t in titles))
        self._in_part(calendar, monkeypatch)
        found = await agenda(stage, stage.settings, now=lambda: make.now)
        assert [(p.state, p.failure) for p in found.panels] == [(state, self.PART)]
        assert [v.meeting.id for v in found.visits] == list(titles)


class TestASourceThatShowsWhatItHadBefore:
    CUT = BadData("the file is cut off").failure()

    @pytest.fixture
    def club(self, stage: Stage, make: Make, monkeypatch: pytest.MonkeyPatch) -> Source:
        """Its persons are old, and of contacts it had none before either."""
        source = stage.source(
            "club",
            *(Kind.PERSON, Kind.ACTIVITY),
            find=True,
            accounts=[make.account("1", "Van Dijk Machinebouw B.V.")],
            records=[make.person("p1", "R. Smit", "1")],
        )
        ask = stage._answer

        async def old(asked: Source, question: Ask, deadline: float) -> Answer:
            answer = await ask(asked, question, deadline)
            assert answer.page is not None
            if asked.name != "club":
                return answer
            part = replace(answer.page, failure=self.CUT)
            if not part.records:
                return replace(answer, page=part)
            return replace(answer, state="stale", page=part, failure=self.CUT)

        monkeypatch.setattr(stage, "_answer", old)
        return source

    async def test_is_old_as_a_whole_though_there_was_nothing_of_a_kind(
        self, stage: Stage, club: Source, seen: Seen
    ) -> None:
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "club")
        assert (panel.state, panel.failure) == ("stale", self.CUT)
        assert {s.kind: s.state for s in panel.sections} == {Kind.PERSON: "stale", Kind.ACTIVITY: "failed"}

    async def test_is_old_too_where_it_is_not_told_whose_it_is(
        self, stage: Stage, club: Source, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("9", "Van Dijk Machinebouw N.V."))
        panel = seen.panel(await stage.briefing("", pick="crm:9"), "club")
        assert (panel.state, panel.failure) == ("stale", self.CUT)
        assert panel.candidates


class TestWhichSectionsThereAre:
    async def test_only_of_the_kinds_that_the_source_is_set_up_for(
        self, stage: Stage, van_dijk: VanDijk, seen: Seen
    ) -> None:
        crm, _ = van_dijk()
        crm.info = replace(crm.info, kinds=(Kind.ACCOUNT, Kind.TASK))
        panel = seen.panel(await stage.briefing("Van Dijk Machinebouw"), "crm")
        assert [s.kind for s in panel.sections] == [Kind.ACCOUNT, Kind.TASK]
        assert {a.kind for a in crm.asked if a.method == "fetch"} == {Kind.TASK}


class TestMeetingsWhoseTitleGivesAPartOfTheName:
    async def test_one_that_no_look_up_finds_is_a_candidate(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."), make.account("2", "Berghout Installatie B.V."))
        stage.calendar(
            make.meeting("m1", "bezoek Berghout", start=make.at(1)),
            make.meeting("off", "bezoek Berghout", start=make.at(2), status="cancelled"),
            make.meeting("m2", "Teamoverleg"),
            narrow=True,
        )
        briefing = await stage.briefing("Berghout Bouw")
        panel = seen.panel(briefing, "calendar")
        assert [f.record.id for f in panel.sections[0].candidates] == ["m1"]
        assert (panel.state, panel.sections[0].candidates[0].match.how) == ("choose", "text")
        assert briefing.visit is None
        (visit,) = (await agenda(stage, stage.settings, now=lambda: make.now)).visits
        assert visit.meeting.id == "m1"
        assert "1" in [f.record.id for f in visit.candidates]

    async def test_even_if_the_calendar_could_not_be_asked_by_name(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        stage.calendar(make.meeting("m1", "bezoek Berghout", start=make.at(1)), lookups=("domain",))
        assert seen.candidates(await stage.briefing("Berghout Bouw"), "calendar") == ["m1"]

    @pytest.mark.parametrize(
        ("failing", "evidence"),
        [(set(), "no account of this name is known"), ({"find"}, "no account could be looked up")],
    )
    async def test_a_name_that_nobody_has_is_not_one_that_nobody_could_look_up(
        self, stage: Stage, make: Make, seen: Seen, failing: set[str], evidence: str
    ) -> None:
        stage.crm(fails=failing)
        stage.calendar(make.meeting("m1", "bezoek Berghout", start=make.at(1)))
        (section,) = seen.panel(await stage.briefing("Berghout"), "calendar").sections
        assert [f.match.evidence[-1].text for f in section.candidates] == [evidence]


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
