"""The quick scan: each rule's yes and its no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest

from salesprep.adapter import Keys, Kind, Meeting, Person, Refusal
from salesprep.briefing.days import days_ahead, days_between
from salesprep.sources.answers import Ask

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

NAME = "Van Dijk Machinebouw"
EINDHOVEN, HELMOND, GENT = (51.4478, 5.4561), (51.4793, 5.6570), (51.0543, 3.7174)


def _place(point: tuple[float, float] | None) -> dict[str, float | str | None]:
    latitude, longitude = point or (None, None)
    return {"city": "ergens", "latitude": latitude, "longitude": longitude}


class TestComplaint:
    async def test_an_open_ticket_whose_last_word_is_theirs(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        earlier = [make.ticket(f"old{n}", "Storing", days=-d, open=False) for n, d in enumerate((280, 170))]
        van_dijk(make.ticket("1042", "storing", days=-4), *earlier)
        (signal,) = seen.signals(await stage.briefing(NAME), "complaint")
        assert (signal.open_days, signal.nth_this_year) == (4, 3)
        assert signal.unanswered_since == make.at(-4)
        assert signal.evidence[0].record.id == "1042"

    async def test_an_answered_question_is_none(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.ticket("t", last_message_by="us", type="question"))
        assert not seen.signals(await stage.briefing(NAME), "complaint")

    @pytest.mark.parametrize("type", ["complaint", "Klacht", "Beschwerde", "Réclamation client"])
    async def test_an_answered_complaint_is_one_still(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, type: str
    ) -> None:
        van_dijk(make.ticket("t", last_message_by="us", type=type))
        found = seen.signals(await stage.briefing(NAME), "complaint")
        assert [s.unanswered_since for s in found] == [None]

    @pytest.mark.parametrize("told", [{"open": False}, {"open": None}, {"last_message_by": None}])
    async def test_nobody_is_said_to_have_kept_silent_unless_the_source_tells(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, told: dict[str, Any]
    ) -> None:
        van_dijk(make.ticket("t", **told))
        assert not seen.signals(await stage.briefing(NAME), "complaint")

    async def test_last_years_tickets_and_other_ones_do_not_count(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        others = make.ticket("o", days=-400), make.ticket("q", "vraag", days=-9)
        van_dijk(make.ticket("t"), *(replace(t, open=False) for t in others))
        (signal,) = seen.signals(await stage.briefing(NAME), "complaint")
        assert signal.nth_this_year == 1

    async def test_nothing_is_counted_while_older_pages_are_unseen(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(*(make.ticket(f"t{n}", days=-4 - n, open=n == 0) for n in range(5)))
        crm.page_size = 3
        (signal,) = seen.signals(await stage.briefing(NAME), "complaint")
        assert signal.nth_this_year == 1

    async def test_the_longest_unanswered_comes_first(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(
            make.ticket("complaint", "a", days=-90, type="complaint", last_message_by="us"),
            make.ticket("new", "b", days=-1),
            make.ticket("old", "c", days=-9),
        )
        found = seen.signals(await stage.briefing(NAME), "complaint")
        assert [s.ticket.id for s in found] == ["old", "new", "complaint"]

    async def test_one_whose_date_is_not_known_is_one_and_not_behind_the_others(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        undated = replace(make.ticket("undated", "x", last_message_at=None), at=None)
        van_dijk(*(make.ticket(f"t{n}", f"a{n}", days=-n) for n in range(1, 5)), undated)
        found = seen.signals(await stage.briefing(NAME), "complaint")
        assert found[0].ticket.id == "undated"
        assert (found[0].open_days, found[0].nth_this_year, len(found)) == (None, 1, 5)

    async def test_nothing_is_counted_while_one_alike_has_no_date(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        undated = replace(make.ticket("undated", open=False), at=None)
        van_dijk(make.ticket("t"), make.ticket("old", days=-9, open=False), undated)
        (signal,) = seen.signals(await stage.briefing(NAME), "complaint")
        assert signal.nth_this_year == 1


class TestPromised:
    async def test_open_ones_overdue_first(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(
            make.task("some day"),
            make.task("soon", due=make.day(7)),
            make.task("today", due=make.day(0)),
            make.task("late", due=make.day(-3), by="M. Bakker <m.bakker@ons.example>"),
        )
        found = seen.signals(await stage.briefing(NAME), "promised")
        assert [(s.task.id, s.overdue, s.by_user) for s in found] == [
            ("late", True, False),
            ("today", False, True),
            ("soon", False, True),
            ("some day", False, True),
        ]

    async def test_a_moment_of_today_may_be_over(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.task("a", due=make.at(0, 9)), make.task("b", due=make.at(0, 17)))
        found = seen.signals(await stage.briefing(NAME), "promised")
        assert [(s.task.id, s.overdue) for s in found] == [("a", True), ("b", False)]

    async def test_not_what_is_done_far_away_unknown_or_theirs(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(
            make.task("done", done=True),
            make.task("who knows", done=None),
            make.task("far", due=make.day(40)),
            make.task("theirs", by="R. Smit <r.smit@vandijk.example>"),
        )
        assert not seen.signals(await stage.briefing(NAME), "promised")


class TestOffer:
    async def test_those_that_end_soon_or_lack_a_next_step(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(
            make.deal("far", closes=make.day(67), next_step="bellen"),
            make.deal("tomorrow", closes=make.day(1), next_step=""),
            make.deal("passed", closes=make.day(-2)),
            make.deal("stepless", closes=make.day(90), next_step=" "),
            make.deal("endless"),
        )
        found = seen.signals(await stage.briefing(NAME), "offer")
        assert [(s.opportunity.id, s.days_left, s.no_next_step) for s in found] == [
            ("passed", -2, False),
            ("tomorrow", 1, True),
            ("stepless", 90, True),
            ("endless", None, False),
        ]

    @pytest.mark.parametrize("status", ["won", "lost", None])
    async def test_not_what_is_closed_or_may_be(
        self,
        stage: Stage,
        van_dijk: VanDijk,
        make: Make,
        seen: Seen,
        status: Literal["won", "lost"] | None,
    ) -> None:
        van_dijk(replace(make.deal("d", closes=make.day(1)), status=status))
        assert not seen.signals(await stage.briefing(NAME), "offer")


class TestNewFace:
    def _visit(self, make: Make) -> Meeting:
        return make.meeting(
            "m1", "Bezoek", "R. Smit <r.smit@vandijk.example>", "A. Yılmaz <a.yilmaz@vandijk.example>"
        )

    def _known(self, make: Make) -> Person:
        return make.person("p1", "R. Smit", "1", "r.smit@vandijk.example", position="Plant manager")

    async def test_somebody_without_any_earlier_contact(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        talk = make.activity("a1", people=("R. Smit", "M. Bakker <m.bakker@ons.example>"))
        van_dijk(self._known(make), talk, meetings=[self._visit(make)])
        (signal,) = seen.signals(await stage.briefing(NAME), "new_face")
        assert signal.attendee.name == "A. Yılmaz"
        assert signal.attendee.unknown_to == ("crm",)
        assert signal.evidence[0].record.id == "m1"

    @pytest.mark.parametrize(
        "record",
        [
            ("mail with her address", ("a.yilmaz@vandijk.example",)),
            ("a call, by her name", ("A. Yilmaz",)),
            ("a call, by her full name", ("Ayşe Yılmaz",)),
        ],
    )
    async def test_not_with_an_earlier_contact(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, record: tuple[str, tuple[str, ...]]
    ) -> None:
        van_dijk(self._known(make), make.activity(record[0], people=record[1]), meetings=[self._visit(make)])
        found = seen.signals(await stage.briefing(NAME), "new_face")
        assert "A. Yılmaz" not in [s.attendee.name for s in found]

    async def test_not_whom_the_crm_knows(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(self._known(make), make.person("p2", "Ayşe Yılmaz"), meetings=[self._visit(make)])
        found = seen.signals(await stage.briefing(NAME), "new_face")
        assert "A. Yılmaz" not in [s.attendee.name for s in found]

    @pytest.mark.parametrize("fails", ["find", "person", "activity", "ticket"])
    async def test_not_while_somebody_who_would_know_did_not_answer(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, fails: str
    ) -> None:
        crm, _ = van_dijk(self._known(make), meetings=[self._visit(make)])
        crm.fails = {fails}
        stage.crm(make.account("9", NAME, "vandijk.example"), name="erp")
        briefing = await stage.briefing(NAME)
        assert briefing.visit is not None
        assert not seen.signals(briefing, "new_face")

    @pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ACTIVITY])
    async def test_not_if_some_of_what_would_tell_could_not_be_read(
        self,
        stage: Stage,
        van_dijk: VanDijk,
        make: Make,
        seen: Seen,
        monkeypatch: pytest.MonkeyPatch,
        kind: Kind,
    ) -> None:
        crm, _ = van_dijk(self._known(make), meetings=[self._visit(make)])
        page = crm.page

        def with_garbage(ask: Ask) -> object:
            refused = (Refusal(1, "no name"),) if ask.kind is kind else ()
            return replace(page(ask), refused=refused)

        monkeypatch.setattr(crm, "page", with_garbage)
        briefing = await stage.briefing(NAME)
        assert briefing.attendees
        assert not any(a.first_time for a in briefing.attendees)
        assert kind is not Kind.PERSON or not any(a.unknown_to for a in briefing.attendees)
        assert not seen.signals(briefing, "new_face")

    async def test_not_if_there_are_persons_on_further_pages_that_are_not_read(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        others = [make.person(f"o{n}", f"Q. Ander{n}") for n in range(30)]
        crm, _ = van_dijk(self._known(make), *others, meetings=[self._visit(make)])
        crm.page_size = 2
        briefing = await stage.briefing(NAME)
        assert not any(a.first_time or a.unknown_to for a in briefing.attendees)

    async def test_not_with_an_old_answer_only(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        crm, _ = van_dijk(self._known(make), meetings=[self._visit(make)])
        crm.state = "stale"
        assert not seen.signals(await stage.briefing(NAME), "new_face")

    async def test_not_when_sources_were_left_out(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(self._known(make), meetings=[self._visit(make)])
        stage.crm(name="tickets")
        briefing = await stage.briefing(NAME, only=("crm", "calendar"))
        assert briefing.visit is not None
        assert not seen.signals(briefing, "new_face")

    async def test_not_who_declined(self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen) -> None:
        absent = make.who("A. Yılmaz <a.yilmaz@vandijk.example>", status="declined")
        van_dijk(self._known(make), meetings=[make.meeting("m1", "Bezoek", "r.smit@vandijk.example", absent)])
        briefing = await stage.briefing(NAME)
        assert "A. Yılmaz" not in [a.name for a in briefing.attendees]
        assert "A. Yılmaz" not in [s.attendee.name for s in seen.signals(briefing, "new_face")]


class TestLastTalk:
    async def test_the_newest_call_of_anyone_of_us(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        bakker = make.who("M. Bakker <m.bakker@ons.example>", role="owner")
        people = (bakker, make.who("R. Smit", role="contact"))
        van_dijk(make.activity("call", days=-10, people=people), make.activity("older", days=-12))
        (signal,) = seen.signals(await stage.briefing(NAME), "last_talk")
        assert signal.activity.id == "call"
        assert signal.days_ago == 10
        assert signal.ours is not None
        assert signal.ours.name == "M. Bakker"
        assert [p.name for p in signal.theirs] == ["R. Smit"]
        assert signal.not_heard == ()

    async def test_a_past_meeting_counts_if_they_came(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        came = make.meeting("came", "Bezoek", "r.smit@vandijk.example", start=make.at(-3))
        absent = make.who("r.smit@vandijk.example", status="declined")
        van_dijk(
            make.activity("call", days=-10),
            meetings=[
                came,
                make.meeting("off", "Bezoek", "r@vandijk.example", start=make.at(-1), status="cancelled"),
                make.meeting("alone", "Bezoek", absent, start=make.at(-2)),
            ],
        )
        (signal,) = seen.signals(await stage.briefing(NAME), "last_talk")
        assert signal.activity.id == "came"
        assert signal.ours is not None
        assert signal.ours.email == "anna@ons.example"

    async def test_notes_and_plans_are_no_talk(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.activity("note", type="Note"), make.activity("plan", days=3))
        assert not seen.signals(await stage.briefing(NAME), "last_talk")

    async def test_it_names_who_did_not_answer(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        _, calendar = van_dijk(make.activity("call"))
        calendar.fails = {"fetch"}
        (signal,) = seen.signals(await stage.briefing(NAME), "last_talk")
        assert signal.not_heard == ("calendar",)


class TestDiffers:
    def _linkedin(self, stage: Stage, *persons: Person) -> None:
        stage.source("linkedin", Kind.PERSON, records=list(persons))

    async def test_a_position_that_two_sources_tell_differently(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "R. Smit", "1", "r.smit@vandijk.example", position="Plant manager"))
        self._linkedin(stage, make.person("l", "Rob Smit", None, "R.Smit@vandijk.example", position="COO"))
        (signal,) = seen.signals(await stage.briefing(NAME), "differs")
        assert (signal.about, signal.what) == ("R. Smit", "position")
        assert [(s.source, s.value) for s in signal.said] == [("crm", "Plant manager"), ("linkedin", "COO")]

    async def test_not_what_is_only_written_differently(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "R. Smit", "1", "r.smit@vandijk.example", position="Plant manager"))
        other = make.person("l", "R. Smit", None, "r.smit@vandijk.example", position="Plant-Manager")
        self._linkedin(stage, other)
        assert not seen.signals(await stage.briefing(NAME), "differs")

    async def test_not_two_people_of_one_name(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "J. Visser", "1", "jan@vandijk.example", position="Buyer"))
        self._linkedin(stage, make.person("l", "J. Visser", None, "joke@vandijk.example", position="CFO"))
        assert not seen.signals(await stage.briefing(NAME), "differs")

    async def test_another_name_at_the_same_address(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "Karin Vos", "1", "k.vos@vandijk.example"))
        self._linkedin(stage, make.person("l", "Karin de Vries", None, "k.vos@vandijk.example"))
        (signal,) = seen.signals(await stage.briefing(NAME), "differs")
        assert signal.what == "name"

    @pytest.mark.parametrize(
        ("other", "expected"), [("Van Dijk Groep", ["employer"]), ("van dijk machinebouw", [])]
    )
    async def test_two_employers_of_one_person(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen, other: str, expected: list[str]
    ) -> None:
        kept = make.person("p", "Karin Vos", "1", "k.vos@vandijk.example")
        told = make.person("l", "Karin Vos", None, "k.vos@vandijk.example")
        van_dijk(replace(kept, keys=replace(kept.keys, organisation=f"{NAME} B.V.")))
        self._linkedin(stage, replace(told, keys=replace(told.keys, organisation=other)))
        assert [s.what for s in seen.signals(await stage.briefing(NAME), "differs")] == expected

    async def test_a_desks_address_makes_two_people_no_one(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "K. Vos", "1", "inkoop@vandijk.example"))
        self._linkedin(stage, make.person("l", "P. de Vries", None, "inkoop@vandijk.example"))
        assert not seen.signals(await stage.briefing(NAME), "differs")

    async def test_left_in_one_source_and_there_in_another(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(make.person("p", "K. Vos", "1", "k.vos@vandijk.example", position="Buyer"))
        self._linkedin(stage, make.person("l", "K. Vos", None, "k.vos@vandijk.example", left=True))
        (signal,) = seen.signals(await stage.briefing(NAME), "differs")
        assert signal.what == "left"
        assert [(s.source, s.value) for s in signal.said] == [("crm", "Buyer"), ("linkedin", "left")]

    async def test_left_in_one_source_and_invited_in_another(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        van_dijk(
            make.person("p", "L. Claes", "1", "l.claes@vandijk.example", left=True),
            meetings=[make.meeting("m1", "Bezoek", "L. Claes <l.claes@vandijk.example>")],
        )
        (signal,) = seen.signals(await stage.briefing(NAME), "differs")
        assert [(s.source, s.value) for s in signal.said] == [("crm", "left"), ("calendar", "invited")]
        assert {f.record.id for f in signal.evidence} == {"p", "m1"}

    async def test_the_city_of_the_account(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", NAME, city="Eindhoven"))
        stage.crm(make.account("9", NAME, city="Helmond"), name="erp")
        (signal,) = seen.signals(await stage.briefing(NAME), "differs")
        assert (signal.what, [s.value for s in signal.said]) == ("city", ["Eindhoven", "Helmond"])


class TestNear:
    def _at(self, make: Make, id: str, point: tuple[float, float] | None, **more: Any) -> Meeting:
        more = {"owner": "j.jansen@ons.example", "start": make.at(3), **more}
        return make.meeting(id, f"Bezoek {id}", "p@brink.example", place=_place(point), **more)

    async def test_a_colleague_nearby_within_two_weeks(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        visit = make.meeting("m1", "Bezoek", "r.smit@vandijk.example", place=_place(EINDHOVEN))
        van_dijk(meetings=[visit, self._at(make, "helmond", HELMOND), self._at(make, "gent", GENT)])
        (signal,) = seen.signals(await stage.briefing(NAME), "near")
        assert (signal.meeting.id, signal.colleague, round(signal.km)) == ("helmond", "J. Jansen", 14)

    async def test_not_a_colleagues_visit_to_this_very_customer(
        self, stage: Stage, van_dijk: VanDijk, make: Make, seen: Seen
    ) -> None:
        there: dict[str, Any] = {
            "place": _place(EINDHOVEN),
            "owner": "j.jansen@ons.example",
            "start": make.at(3),
        }
        van_dijk(
            meetings=[
                make.meeting("m1", "Bezoek", "r.smit@vandijk.example", place=_place(EINDHOVEN)),
                make.meeting("same", "Bezoek", "t.aarts@vandijk.example", **there),
                make.meeting("perhaps", "bezoek Van Dijk", **there),
            ]
        )
        briefing = await stage.briefing(NAME)
        assert briefing.visit is not None
        assert not seen.signals(briefing, "near")

    async def test_the_accounts_place_serves_where_no_visit_tells_one(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", NAME, point=EINDHOVEN))
        stage.calendar(self._at(make, "helmond", HELMOND))
        assert len(seen.signals(await stage.briefing(NAME), "near")) == 1

    @pytest.mark.parametrize(
        "told",
        [
            {"status": "cancelled"},
            {"visibility": "busy"},
            {"owner": "anna@ons.example"},
            {"owner": "somebody@elsewhere.example"},
            {"owner": None},
        ],
    )
    async def test_not_what_is_off_private_or_no_colleagues(
        self, stage: Stage, make: Make, seen: Seen, told: dict[str, Any]
    ) -> None:
        stage.crm(make.account("1", NAME, point=EINDHOVEN))
        stage.calendar(self._at(make, "helmond", HELMOND, **told))
        assert not seen.signals(await stage.briefing(NAME), "near")

    @pytest.mark.parametrize("days", [-1, 15.5])
    async def test_not_what_is_over_or_far_ahead(
        self, stage: Stage, make: Make, seen: Seen, days: float
    ) -> None:
        stage.crm(make.account("1", NAME, point=EINDHOVEN))
        stage.calendar(self._at(make, "helmond", HELMOND, start=make.at(days)))
        assert not seen.signals(await stage.briefing(NAME), "near")

    async def test_not_without_a_place(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", NAME, point=EINDHOVEN))
        stage.calendar(self._at(make, "somewhere", None))
        assert not seen.signals(await stage.briefing(NAME), "near")

    async def test_not_the_visit_itself_in_a_colleagues_calendar(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", NAME, "vandijk.example"))
        own = make.meeting("m1", "Bezoek", "r@vandijk.example", place=_place(EINDHOVEN), uid="u")
        copy = replace(own, id="m2", calendar_owner="j.jansen@ons.example")
        stage.calendar(own, copy)
        assert not seen.signals(await stage.briefing(NAME), "near")

    async def test_not_the_visit_even_if_only_the_colleagues_copy_is_told_ahead(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", NAME, "vandijk.example"))
        own = make.meeting("m1", "Bezoek", "r@vandijk.example", place=_place(EINDHOVEN), uid="u")
        stage.source("mine", Kind.MEETING, records=[own])
        stage.calendar(name="team").coming = [replace(own, id="m2", calendar_owner="j.jansen@ons.example")]
        briefing = await stage.briefing(NAME)
        assert briefing.visit is not None
        assert not seen.signals(briefing, "near")


class TestTheWholeScan:
    async def test_the_rules_come_in_the_order_of_the_screen(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        visit = make.meeting(
            "m1",
            "Bezoek",
            "N. Ieuw <n@vandijk.example>",
            "L. Claes <l@vandijk.example>",
            place=_place(EINDHOVEN),
        )
        van_dijk(
            make.activity("call"),
            make.deal("offer", closes=make.day(1)),
            make.task("promise"),
            make.ticket("ticket"),
            make.person("p", "L. Claes", "1", "l@vandijk.example", left=True),
            meetings=[visit, TestNear()._at(make, "helmond", HELMOND)],
        )
        rules = [s.rule for s in (await stage.briefing(NAME)).signals]
        assert rules == ["complaint", "promised", "offer", "new_face", "last_talk", "differs", "near"]

    async def test_another_customers_records_make_no_signal(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(make.activity("call", "2"), make.person("p", "R. Smit", "2", left=True))
        assert (await stage.briefing(NAME)).signals == ()

    async def test_candidates_make_no_signal(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", NAME))
        stage.source("notes", Kind.ACTIVITY, records=[make.activity("maybe", None, keys=Keys(hit=NAME))])
        assert (await stage.briefing(NAME)).signals == ()


class TestDays:
    def test_a_clock_change_makes_no_day_shorter_or_longer(self, make: Make) -> None:
        # On 25 October 2026 Amsterdam has 25 hours, on 29 March 23.
        for month, day in ((10, 25), (3, 29)):
            before = datetime(2026, month, day - 1, 23, 30, tzinfo=make.zone)
            after = before.replace(day=day + 1, hour=0, minute=30)
            assert days_between(before, after, make.zone) == 2
            assert days_between(after, before, make.zone) == -2

    def test_the_users_zone_decides_which_day_it_is(self, make: Make) -> None:
        late = datetime(2026, 11, 22, 23, 30, tzinfo=make.zone)
        assert days_between(late, late + timedelta(hours=1), make.zone) == 1

    def test_a_window_holds_whole_days_across_a_clock_change(self, make: Make) -> None:
        window = days_ahead(datetime(2026, 10, 20, 15, tzinfo=make.zone), 14, make.zone)
        assert window.start.isoformat() == "2026-10-20T00:00:00+02:00"
        assert window.end.isoformat() == "2026-11-04T00:00:00+01:00"
