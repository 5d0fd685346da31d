"""When and where the visit is, and what is said where there is none: on a briefing and in the agenda."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salesprep.adapter import Place
from salesprep.briefing.model import Agenda, Briefing
from salesprep.output import text
from salesprep.settings import Us
from tests.output.printed import LOCKED, all_in_state, lines


class TestTheHead:
    def test_without_a_visit_it_says_that_none_was_found(self, two: Briefing, us: Us) -> None:
        printed = text.briefing(replace(two, visit=None, attendees=()), us, 160, colour=False)
        assert "no coming visit found" in lines(printed)[0]

    def test_without_a_calendar_it_claims_nothing(self, two: Briefing, us: Us) -> None:
        bare = replace(two, visit=None, attendees=(), panels=two.panels[:1])
        assert "no coming visit" not in text.briefing(bare, us, 160, colour=False)

    def test_the_sample_says_that_it_is_one(self, two: Briefing, us: Us) -> None:
        example = replace(two, example=True)
        assert "example, Mon 23 Nov 13:21" in lines(text.briefing(example, us, 160, colour=False))[0]
        assert "example, Mon 23 Nov 13:21" in lines(text.briefing(example, us, 80, colour=False))[0]

    def test_a_visit_that_began_is_not_said_to_start(self, two: Briefing, us: Us) -> None:
        later = replace(two, generated_at=two.generated_at + timedelta(minutes=50))
        first = lines(text.briefing(later, us, 160, colour=False))[0]
        assert first.rstrip().endswith("since 11 min")

    def test_many_at_the_table_get_a_line_each(self, two: Briefing, us: Us) -> None:
        crowd = tuple(replace(two.attendees[0], name=f"Rob{n} Smit{n}") for n in range(12))
        for columns in (40, 80, 160):
            printed = text.briefing(replace(two, attendees=crowd), us, columns, colour=False)
            for n in range(12):
                assert f"Rob{n} Smit{n}" in printed


class TestTheHeadSaysThingsOnce:
    def test_tomorrow(self, two: Briefing, us: Us) -> None:
        before = replace(two, generated_at=two.generated_at - timedelta(days=1))
        first = lines(text.briefing(before, us, 80, colour=False))[0]
        assert first.rstrip().endswith("13:21 · tomorrow 14:00")
        assert "tomorrow" not in lines(text.briefing(before, us, 40, colour=False))[0]


class TestWithoutAVisitOfTheUsers:
    @pytest.fixture
    def bare(self, two: Briefing) -> Briefing:
        return replace(two, visit=None, attendees=())

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_that_none_was_found_is_said_at_every_width(self, columns: int, bare: Briefing, us: Us) -> None:
        assert "no coming visit found" in text.briefing(bare, us, columns, colour=False)

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_a_colleague_goes_there(self, columns: int, two: Briefing, bare: Briefing, us: Us) -> None:
        assert two.visit is not None
        meeting = replace(two.visit.meeting, calendar_owner="j.jansen@ons.example")
        briefing = replace(bare, colleague_visit=replace(two.visit, meeting=meeting))
        printed = " ".join(text.briefing(briefing, us, columns, colour=False).split())
        assert "no visit of yours; J. Jansen today 14:00" in printed

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_nobody_knows_the_customer(self, columns: int, bare: Briefing, us: Us) -> None:
        printed = text.briefing(replace(bare, known=False), us, columns, colour=False)
        assert "no source knows a customer of this name" in printed
        assert "no coming visit" not in printed

    @pytest.mark.parametrize("columns", [40, 80, 160])
    @pytest.mark.parametrize("state", ["failed", "stale", "withheld", "stuck"])
    def test_a_silent_calendar_is_no_empty_one(
        self, state: Any, columns: int, bare: Briefing, us: Us
    ) -> None:
        crm, calendar = bare.panels
        silent = replace(calendar, **all_in_state(calendar, state, LOCKED))
        printed = text.briefing(replace(bare, panels=(crm, silent)), us, columns, colour=False)
        assert "Calendar did not answer" in printed
        assert "no coming visit" not in printed

    def test_the_agenda_does_not_claim_it_either(self, agenda: Agenda, us: Us) -> None:
        calendar = agenda.panels[0]
        silent = replace(calendar, **all_in_state(calendar, "failed", LOCKED))
        for visits in ((), agenda.visits[2:]):
            lost = replace(agenda, visits=visits, first_lines=(None,) * len(visits), panels=(silent,))
            printed = text.agenda(lost, us, 80, colour=False)
            assert "Calendar did not answer" in printed
            assert "no visit today" not in printed
            assert "no coming visit" not in printed
        printed = text.agenda(replace(agenda, visits=(), first_lines=(), panels=()), us, 80, colour=False)
        assert "no calendar was asked" in printed
        assert "no coming visit" not in printed


class TestAFirstVisit:
    @pytest.fixture
    def first(self, two: Briefing) -> Briefing:
        crm, calendar = two.panels
        sections = tuple(replace(s, records=(), total=None, cursor=None, state="empty") for s in crm.sections)
        panels = (replace(crm, sections=sections, state="empty"), calendar)
        return replace(two, panels=panels, signals=(), contacts=(), attendees=two.attendees[2:])

    SAID = "first visit · no contact person known"

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_it_is_said(self, columns: int, first: Briefing, us: Us) -> None:
        assert self.SAID in text.briefing(first, us, columns, colour=False)

    def test_not_while_somebody_is_known_or_a_source_is_silent(
        self, first: Briefing, two: Briefing, us: Us
    ) -> None:
        crm, calendar = first.panels
        late = replace(crm, **all_in_state(crm, "failed", LOCKED))
        for briefing in (
            replace(first, contacts=two.contacts),
            replace(first, attendees=two.attendees),
            replace(first, complete=False),
            replace(first, visit=None),
            replace(first, panels=(late, calendar)),
            replace(first, panels=two.panels),
        ):
            assert self.SAID not in text.briefing(briefing, us, 80, colour=False)

    @pytest.mark.parametrize("columns", [40, 80])
    def test_the_agenda_says_it_where_nothing_else_is_to_be_said(
        self, columns: int, agenda: Agenda, us: Us
    ) -> None:
        known = replace(agenda, nobody_known=(True, False, True))
        assert text.agenda(known, us, columns, colour=False).count(self.SAID) == 1


class TestTheAgenda:
    @pytest.mark.parametrize(
        ("place", "shown"),
        [
            (Place("Rooseveltlaan 12, Eindhoven", latitude=51.4478, longitude=5.4561), "Eindhoven, 79 km"),
            (Place("Building 4, room 12", latitude=51.4478, longitude=5.4561), "Building 4, room 12, 79 km"),
            (Place("Dok Noord 7, 9000 Gent, België"), "9000 Gent, België"),
            (Place("Rooseveltlaan 12", "Eindhoven"), "Eindhoven"),
            (None, "no place given"),
            (
                Place("Het grote kantoor aan de overkant van het kanaal", latitude=51.4, longitude=5.4),
                "Het grote kantoor aan…, 84 km",
            ),
        ],
    )
    def test_the_town_and_how_far(self, place: Place | None, shown: str, agenda: Agenda, us: Us) -> None:
        first = agenda.visits[0]
        visit = replace(first, meeting=replace(first.meeting, place=place))
        printed = text.agenda(replace(agenda, visits=(visit,), first_lines=(None,)), us, 120, colour=False)
        assert f"  {shown}  " in printed

    def test_after_an_unknown_place_no_distance_is_guessed(self, agenda: Agenda, us: Us) -> None:
        first, second, *rest = agenda.visits
        lost = replace(first, meeting=replace(first.meeting, place=None))
        printed = text.agenda(replace(agenda, visits=(lost, second, *rest)), us, 80, colour=False)
        assert "from there" not in printed

    def test_no_visit_today_and_none_at_all(self, agenda: Agenda, us: Us) -> None:
        later = replace(agenda, visits=agenda.visits[2:], first_lines=agenda.first_lines[2:])
        assert "no visit today" in text.agenda(later, us, 80, colour=False)
        nothing = replace(agenda, visits=(), first_lines=())
        assert "no coming visit found" in text.agenda(nothing, us, 80, colour=False)

    def test_days_stand_in_their_groups(self, agenda: Agenda, us: Us) -> None:
        moved = [
            replace(v, meeting=replace(v.meeting, start=v.meeting.start + timedelta(days=days)))
            for v, days in zip(agenda.visits, (0, 0, 0, 6, 11), strict=True)
        ]
        printed = text.agenda(replace(agenda, visits=tuple(moved)), us, 80, colour=False)
        groups = [line.split("  ")[0].strip() for line in lines(printed) if re.match(r" [A-Z]{3}", line)]
        assert groups == ["TODAY", "TOMORROW", "NEXT WEEK", "LATER"]
