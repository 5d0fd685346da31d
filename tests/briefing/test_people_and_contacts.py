"""Who is at the table, and who of us spoke with whom of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Kind, Meeting, Place
from salesprep.briefing.alike import could_be
from salesprep.briefing.model import Found, Match
from salesprep.briefing.near import kilometres
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.visits.meetings import united

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

NAME = "Van Dijk Machinebouw"


class TestAtTheTable:
    async def test_theirs_come_first_with_what_each_source_calls_their_job(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.person("p", "R. Smit", "1", "r.smit@vandijk.example", position="Plant manager"),
            meetings=[
                make.meeting(
                    "m",
                    "Bezoek",
                    "Anna de Boer <anna@ons.example>",
                    "M. Bakker <M.Bakker@ons.example>",
                    "R. Smit <R.Smit@vandijk.example>",
                )
            ],
        )
        smit = make.person("l", "R. Smit", None, "r.smit@vandijk.example", position="COO")
        stage.source("linkedin", Kind.PERSON, records=[smit])
        table = (await stage.briefing(NAME)).attendees
        assert [(a.name, a.ours) for a in table] == [
            ("R. Smit", False),
            ("Anna de Boer", True),
            ("M. Bakker", True),
        ]
        assert [(s.source, s.value) for s in table[0].positions] == [
            ("crm", "Plant manager"),
            ("linkedin", "COO"),
        ]
        assert table[0].unknown_to == ()

    async def test_a_bare_address_gets_the_name_that_a_source_knows(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.person("p", "R. Smit", "1", "r.smit@vandijk.example"),
            meetings=[make.meeting("m", "Bezoek", "r.smit@vandijk.example")],
        )
        assert [a.name for a in (await stage.briefing(NAME)).attendees] == ["R. Smit"]

    async def test_an_equal_name_with_another_address_lends_no_job(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.person("p", "J. Visser", "1", "jan@vandijk.example", position="Buyer"),
            meetings=[make.meeting("m", "Bezoek", "J. Visser <joke@vandijk.example>")],
        )
        (guest,) = (await stage.briefing(NAME)).attendees
        assert guest.positions == ()

    async def test_a_source_without_persons_does_not_fail_to_know_anybody(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(meetings=[make.meeting("m", "Bezoek", "r.smit@vandijk.example")])
        (guest,) = (await stage.briefing(NAME)).attendees
        assert guest.unknown_to == ()

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("A. Yılmaz", "Ayşe Yilmaz", True),
            ("Smit", "R. Smit", True),
            ("Rob Smit", "Roos Smit", False),
            ("R. Smit", "K. Smit", False),
            ("R. Smit", "R. Smits", False),
            (None, "R. Smit", False),
            ("", "", False),
        ],
    )
    def test_names_that_may_be_one_person(self, one: str | None, other: str, expected: bool) -> None:
        assert could_be(one, other) is expected
        assert could_be(other, one) is expected


class TestAColleaguesVisit:
    def _with(self, make: Make, id: str, days: int, owner: str, *more: str) -> Meeting:
        return make.meeting(id, "Bezoek", "r.smit@vandijk.example", *more, start=make.at(days), owner=owner)

    async def test_the_next_one_is_told_where_the_user_has_none(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            meetings=[
                self._with(make, "later", 5, "j.jansen@ons.example"),
                self._with(make, "next", 3, "m.bakker@ons.example"),
                self._with(make, "over", -3, "m.bakker@ons.example"),
                make.meeting("else", "Bezoek", "p@brink.example", owner="m.bakker@ons.example"),
            ]
        )
        briefing = await stage.briefing(NAME)
        assert briefing.visit is None
        assert briefing.colleague_visit is not None
        assert briefing.colleague_visit.meeting.id == "next"
        assert briefing.colleague_visit.customer == briefing.customer

    async def test_not_beside_a_visit_of_the_users_own(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            meetings=[
                self._with(make, "theirs", 3, "m.bakker@ons.example"),
                self._with(make, "own", 5, "anna@ons.example"),
            ]
        )
        briefing = await stage.briefing(NAME)
        assert briefing.visit is not None
        assert briefing.colleague_visit is None

    async def test_not_what_the_user_alone_was_asked_for_and_declined(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        no = make.who("anna@ons.example", status="declined")
        van_dijk(meetings=[make.meeting("m", "Bezoek", "r@vandijk.example", no, start=make.at(2))])
        assert (await stage.briefing(NAME)).colleague_visit is None


class TestRecentContacts:
    async def test_one_time_line_of_all_sources_newest_first(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.activity("call", days=-10, people=("M. Bakker <m.bakker@ons.example>", "R. Smit")),
            make.ticket("ticket", days=-4),
            make.activity("plan", days=5),
            make.task("no contact"),
            meetings=[
                make.meeting("visit", "Bezoek", "r.smit@vandijk.example", start=make.at(-42)),
                make.meeting("coming", "Bezoek", "r.smit@vandijk.example"),
                make.meeting("off", "Bezoek", "r@vandijk.example", start=make.at(-2), status="cancelled"),
            ],
        )
        line = (await stage.briefing(NAME)).contacts
        assert [(c.found.record.id, c.type, c.found.source) for c in line] == [
            ("ticket", "ticket", "crm"),
            ("call", "phone", "crm"),
            ("visit", "visit", "calendar"),
        ]
        assert [p.name for p in line[1].ours] == ["M. Bakker"]
        assert [p.name for p in line[1].theirs] == ["R. Smit"]
        assert [p.email for p in line[2].ours] == ["anna@ons.example"]

    async def test_a_meeting_to_which_all_of_us_said_no_is_none(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        no = make.who("anna@ons.example", status="declined")
        guest = "r.smit@vandijk.example"
        van_dijk(
            meetings=[
                make.meeting("nobody", "Bezoek", guest, no, start=make.at(-5)),
                make.meeting("bakker", "Bezoek", guest, no, "m.bakker@ons.example", start=make.at(-6)),
                make.meeting("ahead", "Bezoek", guest, no, start=make.at(3)),
            ]
        )
        briefing = await stage.briefing(NAME)
        assert [c.found.record.id for c in briefing.contacts] == ["bakker"]
        assert [p.email for p in briefing.contacts[0].ours] == ["m.bakker@ons.example"]
        assert briefing.visit is None

    @pytest.mark.parametrize(
        ("title", "place", "type"),
        [
            ("Overleg", None, "meeting"),
            ("Overleg", {"text": "Rooseveltlaan 12"}, "visit"),
            ("Overleg", {"latitude": 51.4, "longitude": 5.4}, "visit"),
            ("Overleg", {"text": "https://meet.example/abc"}, "meeting"),
            ("Overleg", {"text": "Microsoft Teams-vergadering"}, "meeting"),
            ("Klantbezoek", None, "visit"),
            ("Online bezoek", None, "meeting"),
        ],
    )
    async def test_a_visit_is_what_was_in_person_as_far_as_told(
        self,
        stage: Stage,
        van_dijk: VanDijk,
        make: Make,
        title: str,
        place: dict[str, object] | None,
        type: str,
    ) -> None:
        van_dijk(
            meetings=[make.meeting("m", title, "r.smit@vandijk.example", start=make.at(-5), place=place)]
        )
        assert [c.type for c in (await stage.briefing(NAME)).contacts] == [type]

    async def test_a_meeting_in_several_calendars_is_one(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        own = make.meeting("a", "Bezoek", "r.smit@vandijk.example", start=make.at(-5), uid="u")
        copy = replace(own, id="b", calendar_owner="m.bakker@ons.example")
        other_day = replace(own, id="c", start=make.at(-12), end=make.at(-12, 16))
        van_dijk(meetings=[copy, other_day])
        stage.calendar(own, name="mine")
        briefing = await stage.briefing(NAME)
        assert [c.found.record.id for c in briefing.contacts] == ["a", "c"]
        sections = [s for p in briefing.panels for s in p.sections if s.kind is Kind.MEETING]
        assert [len(s.records) for s in sections] == [2, 1]

    def test_copies_within_one_section_can_be_united_too(self, make: Make) -> None:
        own = make.meeting("a", uid="u")
        copy = replace(own, id="b", calendar_owner="m.bakker@ons.example")
        alone = make.meeting("c", uid="v", owner="m.bakker@ons.example")
        found = [Found("calendar", m, Match("same", "domain")) for m in (copy, alone, own)]
        assert [f.record.id for f in united(found, ours(make.us))] == ["a", "c"]


class TestHowFar:
    def test_between_two_cities(self) -> None:
        amersfoort, eindhoven = (
            Place(latitude=52.1561, longitude=5.3878),
            Place(latitude=51.4416, longitude=5.4697),
        )
        km = kilometres(amersfoort, eindhoven)
        assert km is not None
        assert round(km) == 80

    def test_half_around_the_globe(self) -> None:
        km = kilometres(Place(latitude=0, longitude=-90), Place(latitude=0, longitude=90))
        assert km is not None
        assert round(km) == 20015

    @pytest.mark.parametrize(
        "place",
        [
            None,
            Place(),
            Place(latitude=1.0),
            Place(latitude=91, longitude=0),
            Place(latitude=0, longitude=181),
        ],
    )
    def test_nowhere_is_not_near(self, place: Place | None) -> None:
        assert kilometres(place, Place(latitude=0, longitude=0)) is None
