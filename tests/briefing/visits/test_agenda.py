"""The coming visits: which meetings are visits, whose they are, and what comes first of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.adapter import Kind, Meeting, Record
from salesprep.briefing.links import Links
from salesprep.briefing.model import Agenda, Customer, Visit
from salesprep.briefing.recognition.titles import names_exactly, possible_names
from salesprep.briefing.visits.agenda import agenda, next_visit

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage


async def _agenda(stage: Stage, make: Make, **more: Any) -> Agenda:
    return await agenda(stage, stage.settings, now=lambda: make.now, **more)


async def _next(stage: Stage, make: Make, **more: Any) -> Visit | None:
    return (await next_visit(stage, stage.settings, now=lambda: make.now, **more))[0]


def _ids(visits: tuple[Visit, ...]) -> list[str]:
    return [v.meeting.id for v in visits]


class TestWhatASourceIsCalled:
    async def test_is_told_of_every_source_and_not_of_calendars_alone(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        stage.calendar()
        found = await _agenda(stage, make)
        assert [name for name, _title in found.titles] == ["crm", "calendar"]


class TestWhichMeetingsAreVisits:
    async def test_those_with_somebody_who_is_not_one_of_us(self, stage: Stage, make: Make) -> None:
        stage.calendar(
            make.meeting("b", "Bezoek", "r@vandijk.example", start=make.at(2)),
            make.meeting("team", "Teamoverleg", "m.bakker@ons.example", "anna@ons.example"),
            make.meeting("a", "Koffie", "piet@gmail.com"),
        )
        assert _ids((await _agenda(stage, make)).visits) == ["a", "b"]

    @pytest.mark.parametrize(
        "told",
        [
            {"status": "cancelled"},
            {"visibility": "busy"},
            {"owner": "j.jansen@ons.example"},
            {"minutes": 30, "start": "an hour ago"},
        ],
    )
    async def test_not_what_is_off_busy_over_or_a_colleagues(
        self, stage: Stage, make: Make, told: dict[str, Any]
    ) -> None:
        if "start" in told:
            told = {**told, "start": make.now - timedelta(hours=1)}
        stage.calendar(make.meeting("a", "Bezoek", "r@vandijk.example", **told))
        assert (await _agenda(stage, make)).visits == ()

    async def test_not_what_the_user_declined(self, stage: Stage, make: Make) -> None:
        self_declined = make.who("anna@ons.example", status="declined")
        stage.calendar(make.meeting("a", "Bezoek", "r@vandijk.example", self_declined))
        assert (await _agenda(stage, make)).visits == ()

    async def test_a_colleagues_meeting_to_which_the_user_is_invited(self, stage: Stage, make: Make) -> None:
        theirs = make.meeting(
            "a", "Bezoek", "r@vandijk.example", "anna@ons.example", owner="j.jansen@ons.example"
        )
        stage.calendar(theirs)
        assert _ids((await _agenda(stage, make)).visits) == ["a"]

    async def test_a_meeting_in_two_calendars_is_one_visit(self, stage: Stage, make: Make) -> None:
        own = make.meeting("own", "Bezoek", "r@vandijk.example", "anna@ons.example", uid="u")
        stage.calendar(replace(own, id="copy", calendar_owner="j.jansen@ons.example"), own)
        assert _ids((await _agenda(stage, make)).visits) == ["own"]

    async def test_all_pages_of_a_calendar_are_read(self, stage: Stage, make: Make) -> None:
        meetings = [
            make.meeting(f"m{n}", "Bezoek", "r@x.example", start=make.at(n % 14)) for n in range(1, 10)
        ]
        stage.calendar(*meetings, page_size=4)
        assert len((await _agenda(stage, make, first_lines=False)).visits) == 9


class TestWhoseVisitItIs:
    async def _whose(self, stage: Stage, make: Make, meeting: Meeting, **more: Any) -> Visit:
        stage.calendar(meeting)
        (visit,) = (await _agenda(stage, make, first_lines=False, **more)).visits
        return visit

    async def test_by_the_guests_domain(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "r@vandijk.example"))
        assert visit.customer is not None
        assert (visit.customer.id, visit.customer.name) == ("crm:1", "Van Dijk Machinebouw B.V.")
        assert visit.how == "domain vandijk.example"

    async def test_a_domain_that_no_source_knows_is_a_customer_all_the_same(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Kaas & Co", "kaas.example"))
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "r@new.example"))
        assert visit.customer == Customer(id="new.example", name="new.example", domains=("new.example",))

    async def test_by_the_whole_name_in_the_title(self, stage: Stage, make: Make) -> None:
        stage.crm(
            make.account("1", "Van Dijk Machinebouw B.V."),
            make.account("2", "Van Dijk Machinebouw Service B.V."),
        )
        visit = await self._whose(stage, make, make.meeting("m", "Bezoek Van Dijk Machinebouw, lijn 4"))
        assert visit.customer is not None
        assert visit.customer.id == "crm:1"

    async def test_the_longer_name_in_the_title_wins(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Kaas & Co"), make.account("2", "Kaas & Co Logistiek B.V.", parent="1"))
        visit = await self._whose(stage, make, make.meeting("m", "Bezoek Kaas & Co Logistiek"))
        assert visit.customer is not None
        assert visit.customer.id == "crm:2"

    async def test_a_part_of_two_names_is_to_choose(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."), make.account("2", "Berghout Installatie B.V."))
        visit = await self._whose(stage, make, make.meeting("m", "bezoek Berghout"))
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["1", "2"]

    async def test_a_part_of_one_name_is_to_confirm(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        visit = await self._whose(stage, make, make.meeting("m", "bezoek Berghout"))
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["1"]

    async def test_two_of_the_very_name_are_to_choose(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Visser Techniek B.V."), make.account("2", "Visser Techniek"))
        visit = await self._whose(stage, make, make.meeting("m", "Bezoek Visser Techniek"))
        assert visit.customer is None
        assert len(visit.candidates) == 2

    async def test_a_title_beside_guests_from_elsewhere_is_to_choose(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
        meeting = make.meeting("m", "Voorbereiding Van Dijk Machinebouw", "x@adviseur.example")
        visit = await self._whose(stage, make, meeting)
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["1"]

    async def test_parent_and_subsidiary_of_one_domain_are_told_by_the_guest(
        self, stage: Stage, make: Make
    ) -> None:
        crm = stage.crm(
            make.account("1", "Van Dijk Groep", "vandijk.example"),
            make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1"),
        )
        crm.records = [make.person("p", "R. Smit", "2", "r.smit@vandijk.example")]
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "r.smit@vandijk.example"))
        assert visit.customer is not None
        assert visit.customer.id == "crm:2"

    async def test_and_are_to_choose_if_nobody_knows_the_guest(self, stage: Stage, make: Make) -> None:
        stage.crm(
            make.account("1", "Van Dijk Groep", "vandijk.example"),
            make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1"),
        )
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "new@vandijk.example"))
        assert visit.customer is None
        assert len(visit.candidates) == 2

    def _zeta(self, stage: Stage, make: Make, *records: Record) -> None:
        crm = stage.crm(
            make.account("1", "Zeta Holding B.V.", "zeta.example"),
            make.account("2", "Zeta Sales B.V.", "zeta.example"),
            narrow=True,
        )
        crm.records = list(records)

    async def test_two_names_at_one_domain_are_to_choose(self, stage: Stage, make: Make) -> None:
        self._zeta(stage, make)
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "j@zeta.example"))
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["1", "2"]

    async def test_a_guest_whom_one_of_them_keeps_or_the_title_decides(
        self, stage: Stage, make: Make
    ) -> None:
        self._zeta(stage, make, make.person("p", "J.", "2", "j@zeta.example"))
        stage.calendar(
            make.meeting("guest", "Overleg", "j@zeta.example", start=make.at(1)),
            make.meeting("title", "Bezoek Zeta Holding", "k@zeta.example", start=make.at(2)),
            make.meeting("both", "Bezoek Zeta Holding", "j@zeta.example", start=make.at(3)),
        )
        visits = (await _agenda(stage, make, first_lines=False)).visits
        assert [v.customer and v.customer.ids for v in visits] == [(("crm", "2"),), (("crm", "1"),), None]
        assert [len(v.candidates) for v in visits] == [0, 0, 2]

    @pytest.mark.parametrize(("name", "own"), [("Zeta Holding", "1"), ("Zeta Sales B.V.", "2")])
    async def test_by_name_neither_claims_the_visit_of_the_domain(
        self, stage: Stage, make: Make, seen: Seen, name: str, own: str
    ) -> None:
        self._zeta(stage, make)
        stage.crm(make.account("9", "Zeta Holding", "zeta.example"), name="erp")
        stage.calendar(make.meeting("m", "Overleg", "j@zeta.example"))
        briefing = await stage.briefing(name)
        assert briefing.customer.ids[0] == ("crm", own)
        assert seen.facts(briefing, "calendar") == []
        assert seen.candidates(briefing, "calendar") == ["m"]
        assert briefing.visit is None
        assert (seen.facts(briefing, "erp") == ["9"]) is (own == "1")

    async def test_a_name_in_the_title_in_another_country_is_to_choose(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw", country="NL"))
        abroad = make.meeting("m", "Bezoek Van Dijk Machinebouw", place={"country": "BE"})
        visit = await self._whose(stage, make, abroad)
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["1"]

    @pytest.mark.parametrize(
        "title",
        ["AB overleg", "Bezoek VDM", "Bezoek Van Dijk Machinebouw", "bezoek Van Dijk", "Van Dijk lijn 4"],
    )
    async def test_the_agenda_is_as_sure_of_a_title_as_the_briefing(
        self, stage: Stage, make: Make, seen: Seen, title: str
    ) -> None:
        stage.crm(
            make.account("1", "Van Dijk Machinebouw B.V.", aliases=("VDM",)),
            make.account("2", "AB", "ab.example"),
        )
        stage.calendar(make.meeting("m", title))
        visits = (await _agenda(stage, make, first_lines=False)).visits
        whose = [v.customer.ids[0][1] for v in visits if v.customer is not None]
        for native_id in ("1", "2"):
            briefing = await stage.briefing("", pick=f"crm:{native_id}")
            assert ("m" in seen.facts(briefing, "calendar")) is (native_id in whose)

    async def test_of_two_customers_at_the_table_the_title_decides(self, stage: Stage, make: Make) -> None:
        kaas = make.account("2", "Kaas & Co", "kaas.example")
        stage.crm(make.account("1", "Van Dijk Machinebouw", "vandijk.example"), kaas)
        meeting = make.meeting(
            "m", "Overleg Kaas & Co", "a@vandijk.example", "b@vandijk.example", "c@kaas.example"
        )
        visit = await self._whose(stage, make, meeting)
        assert visit.customer is not None
        assert visit.customer.id == "crm:2"

    async def test_a_remembered_customer_needs_no_source(self, stage: Stage, make: Make) -> None:
        links = Links((Customer("vd", "Van Dijk Machinebouw", domains=("vandijk.example",)),))
        visit = await self._whose(stage, make, make.meeting("m", "Overleg", "r@vandijk.example"), links=links)
        assert visit.customer is not None
        assert visit.customer.id == "vd"

    async def test_an_ordinary_meeting_of_ours_is_no_visit(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        stage.calendar(make.meeting("m", "Planning bouw kantine", "m.bakker@ons.example"))
        assert (await _agenda(stage, make)).visits == ()

    def test_the_runs_of_words_that_are_looked_up(self) -> None:
        runs = possible_names("Kwartaalbezoek over lijn 4 bij Van Dijk Machinebouw om 14 uur")
        assert "Van Dijk Machinebouw" in runs
        assert not {"Kwartaalbezoek", "Van", "om 14 uur"} & set(runs)
        assert possible_names("meeting") == ()

    def test_a_name_is_looked_up_in_however_long_a_title(self) -> None:
        words = [f"woord{n}" for n in range(40)]
        runs = possible_names(" ".join([*words, "Van Dijk Machinebouw", *words]))
        assert "Van Dijk Machinebouw" in runs
        assert len(runs) <= 24

    def test_a_name_stands_as_whole_words(self) -> None:
        assert names_exactly("kaas and co", "Bezoek Kaas & Co", frozenset())
        assert not names_exactly("kaas and co", "Bezoek Kaas & Consorten", frozenset())


class TestTheFirstLine:
    async def test_each_customer_is_looked_up_once(self, stage: Stage, make: Make) -> None:
        crm = stage.crm(make.account("1", "Van Dijk Machinebouw", "vandijk.example"))
        crm.records = [make.ticket("t")]
        stage.calendar(
            make.meeting("a", "Bezoek", "r@vandijk.example", start=make.at(1)),
            make.meeting("b", "Bezoek", "r@vandijk.example", start=make.at(2)),
            make.meeting("c", "Koffie", "piet@gmail.com", start=make.at(3)),
        )
        found = await _agenda(stage, make)
        assert [s.rule if s else None for s in found.first_lines] == ["complaint", "complaint", None]
        assert crm.times("fetch", Kind.TICKET) == 1

    async def test_the_calendars_are_asked_once_for_all(self, stage: Stage, make: Make) -> None:
        calendar = stage.calendar(
            *(make.meeting(f"m{n}", "Bezoek", f"r@c{n}.example", start=make.at(n)) for n in range(1, 6))
        )
        await _agenda(stage, make, fresh=True)
        assert calendar.times("upcoming") == 1

    async def test_a_hanging_crm_leaves_the_visits(self, stage: Stage, make: Make) -> None:
        stage.crm().hold("find")
        stage.calendar(make.meeting("a", "Bezoek", "r@vandijk.example"))
        found = await _agenda(stage, make, deadline_s=0.4)
        assert _ids(found.visits) == ["a"]
        assert [(p.source, p.state) for p in found.panels] == [("crm", "failed"), ("calendar", "fresh")]

    async def test_a_failed_calendar_is_told(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.calendar(make.meeting("a", "Bezoek", "r@vandijk.example"))
        stage.calendar(name="team", fails={"*"})
        found = await _agenda(stage, make)
        assert _ids(found.visits) == ["a"]
        assert [(p.source, p.state) for p in found.panels] == [("calendar", "fresh"), ("team", "failed")]


class TestTheNextVisit:
    async def test_the_earliest_that_is_a_visit(self, stage: Stage, make: Make) -> None:
        stage.calendar(
            make.meeting("team", "Teamoverleg", start=make.at(0, 15)),
            make.meeting("b", "Bezoek", "r@vandijk.example", start=make.at(2)),
            make.meeting("a", "Bezoek", "r@vandijk.example", start=make.at(1)),
        )
        visit = await _next(stage, make)
        assert visit is not None
        assert visit.meeting.id == "a"

    @pytest.mark.parametrize(("minutes", "expected"), [(14, "begun"), (16, "later")])
    async def test_one_that_has_just_begun_counts(
        self, stage: Stage, make: Make, minutes: int, expected: str
    ) -> None:
        begun = make.now - timedelta(minutes=minutes)
        stage.calendar(
            make.meeting("begun", "Bezoek", "r@vandijk.example", start=begun),
            make.meeting("later", "Bezoek", "r@vandijk.example", start=make.at(0, 17)),
        )
        visit = await _next(stage, make)
        assert visit is not None
        assert visit.meeting.id == expected

    async def test_a_whole_day_only_if_there_is_nothing_else(self, stage: Stage, make: Make) -> None:
        fair = make.meeting("fair", "Beurs", "r@vandijk.example", start=make.day(0))
        calendar = stage.calendar(fair, make.meeting("a", "Bezoek", "r@vandijk.example", start=make.at(3)))
        visit = await _next(stage, make)
        assert visit is not None
        assert visit.meeting.id == "a"
        calendar.coming = [fair]
        visit = await _next(stage, make)
        assert visit is not None
        assert visit.meeting.id == "fair"

    async def test_one_that_a_title_names(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Noordzee Offshore"))
        stage.calendar(
            make.meeting("team", "Teamoverleg", start=make.at(0, 15)),
            make.meeting("a", "Kennismaking Noordzee Offshore", start=make.at(1)),
            make.meeting("b", "Bezoek", "r@vandijk.example", start=make.at(2)),
        )
        visit = await _next(stage, make)
        assert visit is not None
        assert visit.customer is not None
        assert visit.customer.name == "Noordzee Offshore"

    async def test_none_says_what_became_of_the_calendars(self, stage: Stage, make: Make) -> None:
        stage.calendar(fails={"*"})
        visit, panels = await next_visit(stage, stage.settings, now=lambda: make.now)
        assert visit is None
        assert [p.state for p in panels] == ["failed"]


class TestABriefingForAVisit:
    async def test_it_starts_from_the_visits_customer(self, stage: Stage, make: Make, seen: Seen) -> None:
        crm = stage.crm(
            make.account("1", "Visser Techniek", "visser-nl.example"),
            make.account("2", "Visser Techniek", "visser-be.example"),
        )
        crm.records = [make.activity("nl", "1"), make.activity("be", "2")]
        stage.calendar(make.meeting("m", "Bezoek Visser Techniek", "j@visser-be.example"))
        visit = await _next(stage, make)
        assert visit is not None
        briefing = await stage.briefing("Visser Techniek", visit=visit)
        assert set(seen.facts(briefing)) == {"2", "be", "m"}
        assert briefing.visit is not None
        assert briefing.visit.meeting.id == "m"

    async def test_a_pick_of_somebody_else_leaves_the_visit_aside(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(
            make.account("1", "Van Dijk Machinebouw", "vandijk.example"),
            make.account("2", "Kaas & Co", "kaas.example"),
        )
        stage.calendar(make.meeting("m", "Bezoek", "r@vandijk.example"))
        visit = await _next(stage, make)
        assert visit is not None
        updates = await stage.updates("Van Dijk Machinebouw", visit=visit, pick="crm:2")
        assert all(u.briefing.visit is None and "m" not in seen.facts(u.briefing) for u in updates)
        assert "Van Dijk Machinebouw" not in {u.briefing.customer.name for u in updates}
        assert updates[-1].briefing.customer.name == "Kaas & Co"

    async def test_a_pick_among_its_candidates_keeps_the_visit(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."), make.account("2", "Berghout Installatie B.V."))
        stage.calendar(make.meeting("m", "bezoek Berghout"))
        visit = await _next(stage, make)
        assert visit is not None
        briefing = await stage.briefing("bezoek Berghout", visit=visit, pick="crm:2")
        assert briefing.visit is not None
        assert briefing.visit.meeting.id == "m"
        assert briefing.customer.name == "Berghout Installatie B.V."

    async def test_a_pick_of_its_customer_keeps_the_visit(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw", "vandijk.example"))
        stage.calendar(make.meeting("m", "Bezoek", "r@vandijk.example"))
        visit = await _next(stage, make)
        briefing = await stage.briefing("Van Dijk Machinebouw", visit=visit, pick="crm:1")
        assert briefing.visit is not None

    async def test_two_customers_at_one_table_do_not_mix(self, stage: Stage, make: Make, seen: Seen) -> None:
        kaas = make.account("2", "Kaas & Co", "kaas.example")
        crm = stage.crm(make.account("1", "Van Dijk", "vandijk.example"), kaas)
        crm.records = [make.activity("vd", "1"), make.activity("kaas", "2")]
        stage.calendar(
            make.meeting("m", "Overleg", "a@vandijk.example", "b@vandijk.example", "c@kaas.example")
        )
        visit = await _next(stage, make)
        assert visit is not None
        briefing = await stage.briefing("Van Dijk", visit=visit)
        assert set(seen.facts(briefing)) == {"1", "vd", "m"}
        assert briefing.customer.emails == ("a@vandijk.example", "b@vandijk.example")

    async def test_an_address_kept_under_two_customers_tells_neither(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = stage.crm(make.account("1", "Van Dijk Machinebouw"), make.account("2", "Kaas & Co"))
        shared = "adviseur@freemail.example"
        crm.records = [
            make.person("p", "A. Dviseur", "1", shared),
            make.person("q", "A. Dviseur", "2", shared),
        ]
        stage.calendar(make.meeting("m", "Advies", shared))
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert briefing.customer.emails == ()
        assert seen.candidates(briefing, "calendar") == []
