"""Beneath a calendar: the rest of the user's day. And the line of panels on a screen for one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from salesprep.adapter import Failure, Meeting, Place, Ticket
from salesprep.briefing.model import Briefing, Complaint, Customer, Found, Match, Panel, State, Visit
from salesprep.settings import Us
from salesprep.view.around import blocks
from salesprep.view.board import board, panel_line
from salesprep.view.voice import voice_for

SAME, OTHER = Match("same", "domain"), Match("other", "none")


def meeting(title: str, start: datetime, place: Place | None) -> Meeting:
    end = start + timedelta(hours=1)
    return Meeting(
        id=title, title=title, fetched_at=start, no_url_reason="none", start=start, end=end, place=place
    )


@pytest.fixture
def briefing(now: datetime) -> Briefing:
    customer = Customer("1", "Van Dijk")
    here = meeting("Bezoek", now, Place(text="Rooseveltlaan 12, Eindhoven", latitude=51.44, longitude=5.4561))
    visit = Visit("calendar", here, customer)
    return Briefing(customer, now, 8.0, visit, (), (), (), (), complete=True)


class TestYourDay:
    def told(self, briefing: Briefing, us: Us, source: str = "calendar") -> list[str]:
        voice = voice_for(briefing, us)
        return [" ".join(each.text.split()) for part in blocks(source, voice, 60) for each in part]

    def test_tells_where_one_must_be_next_and_how_far_that_is(self, briefing: Briefing, us: Us) -> None:
        utrecht = Place(text="Marktkade 3, Utrecht", latitude=52.0907, longitude=5.1214)
        later = meeting("Kaas & Co", briefing.generated_at.replace(hour=16, minute=30), utrecht)
        told = self.told(replace(briefing, day=(Found("calendar", later, OTHER),)), us)
        assert told == ["Your day", "16:30 Kaas & Co, Utrecht", "76 km as the crow flies"]

    def test_tells_no_distance_that_nobody_knows(self, briefing: Briefing, us: Us) -> None:
        later = meeting("Overleg", briefing.generated_at.replace(hour=16, minute=0), None)
        told = self.told(replace(briefing, day=(Found("calendar", later, OTHER),)), us)
        assert told == ["Your day", "16:00 Overleg"]

    def test_tells_that_a_meeting_of_ours_is_about_this_customer(self, briefing: Briefing, us: Us) -> None:
        prep = meeting("Voorbereiding", briefing.generated_at.replace(hour=16, minute=0), None)
        internal = (Visit("calendar", prep, briefing.customer, about=True),)
        day = (Found("calendar", prep, SAME),)
        told = self.told(replace(briefing, day=day, internal=internal), us)
        assert told == ["Your day", "16:00 Voorbereiding", "about Van Dijk, internal"]

    def test_stands_beneath_the_calendar_that_tells_it(self, briefing: Briefing, us: Us) -> None:
        later = meeting("Overleg", briefing.generated_at, None)
        assert self.told(replace(briefing, day=(Found("calendar", later, OTHER),)), us, "other") == []
        assert self.told(briefing, us) == []


class TestThePanelLine:
    def line(self, briefing: Briefing, us: Us, *states: State, columns: int = 78) -> list[str]:
        failure = Failure("x", "broken", None, "admin", retry=False, may_show_old=True)
        panels = tuple(
            Panel(
                name,
                title,
                "x",
                state,
                failure=failure if state in ("failed", "stale") else None,
                fetched_at=briefing.generated_at.replace(hour=10, minute=20),
            )
            for (name, title), state in zip(
                (("crm", "CRM"), ("linkedin", "LinkedIn"), ("calendar", "CALENDAR"), ("wiki", "WIKI")),
                states,
                strict=False,
            )
        )
        shown = replace(briefing, panels=panels)
        return [each.text for each in panel_line(shown, voice_for(shown, us), columns)]

    def test_names_the_panels_by_number_and_the_open_one_in_brackets(
        self, briefing: Briefing, us: Us
    ) -> None:
        told = self.line(briefing, us, "fresh", "fresh", "empty", "choose")
        assert told == ["[1 CRM]  2 LinkedIn  3 Calendar  4 Wiki"]

    def test_tells_who_did_not_answer_and_from_when_old_rows_are(self, briefing: Briefing, us: Us) -> None:
        told = self.line(briefing, us, "fresh", "failed", "stale", "waiting")
        assert told == ["[1 CRM]  2 LinkedIn, no answer  3 Calendar 10:20  4 Wiki"]

    def test_marks_the_panel_of_a_complaint_that_is_not_open(self, briefing: Briefing, us: Us) -> None:
        ticket = Ticket(id="7", title="x", fetched_at=briefing.generated_at, no_url_reason="none")

        def complaint(source: str) -> Complaint:
            return Complaint(
                evidence=(Found(source, ticket, SAME),),
                ticket=ticket,
                open_days=4,
                nth_this_year=1,
                unanswered_since=None,
            )

        of_wiki = replace(briefing, signals=(complaint("wiki"),))
        assert self.line(of_wiki, us, "fresh", "fresh", "fresh", "fresh")[0].endswith("4 Wiki !")
        of_crm = replace(briefing, signals=(complaint("crm"),))
        assert "!" not in self.line(of_crm, us, "fresh", "fresh")[0]

    def test_goes_on_in_the_next_line_and_needs_two_panels(self, briefing: Briefing, us: Us) -> None:
        told = self.line(briefing, us, "fresh", "fresh", "fresh", columns=24)
        assert told == ["[1 CRM]  2 LinkedIn", "3 Calendar"]
        assert self.line(briefing, us, "fresh") == []

    @pytest.mark.parametrize(("columns", "there"), [(60, True), (99, True), (100, False), (59, False)])
    def test_stands_where_one_panel_shows_at_a_time(
        self, columns: int, there: bool, briefing: Briefing, us: Us
    ) -> None:
        panels = tuple(Panel(name, name.upper(), "x", "empty") for name in ("crm", "wiki"))
        shown = board(replace(briefing, panels=panels), us, columns)
        assert any("[1 CRM]" in each.text for each in shown) is there
