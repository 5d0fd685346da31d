"""What a user has said of an event stays with it: with its series, when it is moved, in every copy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import pytest

from salesprep.adapter import Kind
from salesprep.briefing.events.copies import Copies
from salesprep.briefing.events.given import account_keys
from salesprep.briefing.links import Links, target_of
from salesprep.briefing.model import Customer, Found, Link, Match

if TYPE_CHECKING:
    from salesprep.briefing.model import Visit
    from tests.briefing.conftest import Make
    from tests.briefing.events.conftest import Office

SAID = datetime(2026, 11, 2, 9, tzinfo=UTC)
WEEKLY = "RRULE:FREQ=DAILY;COUNT=5"


def decided(visit: Visit, *names: str, verdict: Literal["is", "is_not"] = "is") -> Links:
    """The links after somebody has said of this visit whose it is."""
    target = target_of(visit.source, visit.meeting)
    link = Link(target.source, target.native_id, verdict, "anna@ons.example", SAID, "picked", Kind.MEETING)
    return Links(tuple(Customer(name.casefold(), name, links=(link,)) for name in names))


def names(visit: Visit) -> list[str]:
    return [customer.name for customer in visit.customers]


class TestASeries:
    async def test_a_word_on_one_occurrence_holds_for_all(self, office: Office) -> None:
        office.day(office.event("s", "Maandelijks", "piet@gmail.com", more=WEEKLY))
        first = (await office.agenda()).visits[0]
        office.links = decided(first, "Acme")
        visits = (await office.agenda()).visits
        assert [names(v) for v in visits] == [["Acme"]] * 5
        assert [v.reasons[0].what for v in visits] == ["link"] * 5

    async def test_and_for_one_that_is_moved_or_renamed(self, office: Office) -> None:
        series = office.event("s", "Maandelijks", "piet@gmail.com", more=WEEKLY)
        office.day(series)
        office.links = decided((await office.agenda()).visits[0], "Acme")
        moved = office.event("s", "Verplaatst overleg", "piet@gmail.com", days=9, hour=10)
        moved = moved.replace("UID:s", "UID:s\r\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261125T140000")
        office.day(series, moved)
        visits = (await office.agenda()).visits
        assert [names(v) for v in visits] == [["Acme"]] * 5
        assert visits[-1].meeting.title == "Verplaatst overleg"

    async def test_and_for_those_from_a_day_on_under_an_id_of_their_own(self, office: Office) -> None:
        office.day(office.event("k3v@google.com", "Maandelijks", "piet@gmail.com"))
        office.links = decided((await office.agenda()).visits[0], "Acme")
        following = office.event("k3v_R20261126T130000@google.com", "Maandelijks", "piet@gmail.com", days=3)
        office.day(following)
        assert names((await office.agenda()).visits[0]) == ["Acme"]

    async def test_and_for_one_occurrence_that_was_sent_round(self, office: Office) -> None:
        head, rest = "040000008200E00074C5B7101A82E008", "00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE"
        office.day(office.event(f"{head}00000000{rest}", "Overleg", "piet@gmail.com"))
        office.links = decided((await office.agenda()).visits[0], "Acme")
        office.day(office.event(f"{head}07EA0B19{rest}", "Overleg", "piet@gmail.com", days=4))
        assert names((await office.agenda()).visits[0]) == ["Acme"]


class TestAMeeting:
    async def test_that_is_moved_stays_whose_it_was(self, office: Office) -> None:
        office.day(office.event("m", "Overleg", "piet@gmail.com"))
        office.links = decided((await office.agenda()).visits[0], "Acme")
        office.day(office.event("m", "Heel iets anders", "piet@gmail.com", days=6, hour=9))
        assert names((await office.agenda()).visits[0]) == ["Acme"]

    async def test_of_two_customers_is_with_both(self, office: Office) -> None:
        office.day(office.event("m", "Overleg", "piet@gmail.com"))
        office.links = decided((await office.agenda()).visits[0], "Acme", "Kaas & Co")
        assert names((await office.agenda()).visits[0]) == ["Acme", "Kaas & Co"]

    async def test_that_is_not_with_the_one_is_still_with_the_other(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        event = office.event("m", "Overleg", "a@acme.example", "b@acme.example", "piet@kaas.example")
        visit = await office.visit(event)
        assert names(visit) == ["Acme B.V.", "Kaas & Co"]
        (known,) = decided(visit, "x", verdict="is_not").customers
        office.links = Links((Customer("crm:1", "Acme B.V.", domains=("acme.example",), links=known.links),))
        assert names(await office.visit(event)) == ["Kaas & Co"]

    async def test_with_somebody_else_beside_it_keeps_them(self, office: Office) -> None:
        office.account("2", "Kaas & Co", website="kaas.example")
        event = office.event("m", "Overleg", "piet@kaas.example", "r@gmail.com")
        office.links = decided(await office.visit(event), "Acme")
        assert names(await office.visit(event)) == ["Acme", "Kaas & Co"]


class TestACopy:
    """The user's own calendar and a shared one, in which the same event has another id."""

    @pytest.fixture
    def shared(self, office: Office) -> Office:
        office.calendar("team", "team.ics", owner="anna@ons.example")
        return office

    async def test_of_the_same_id_in_another_source_is_whose_the_first_is(self, shared: Office) -> None:
        shared.day(shared.event("m1@ons.example", "Overleg", "piet@gmail.com"))
        shared.links = decided((await shared.agenda()).visits[0], "Acme")
        shared.day()
        shared.write("team.ics", shared.event("m1@ons.example", "Overleg", "piet@gmail.com", days=3))
        assert [(v.source, names(v)) for v in (await shared.agenda()).visits] == [("team", ["Acme"])]

    async def test_of_another_id_is_whose_the_first_is(self, shared: Office) -> None:
        event = ("Overleg", "piet@gmail.com", "r@vrij.example")
        shared.day(shared.event("m", *event))
        shared.links = decided((await shared.agenda()).visits[0], "Acme")
        shared.write("team.ics", shared.event("other-id", *event))
        visits = (await shared.agenda()).visits
        assert {v.meeting.series_id: names(v) for v in visits} == {"m": ["Acme"], "other-id": ["Acme"]}

    @pytest.mark.parametrize(
        ("title", "guests", "hour"),
        [
            ("Overleg", ("jan@gmail.com",), 14),
            ("Overleg", (), 14),
            ("Ander overleg", ("piet@gmail.com",), 14),
            ("Overleg", ("piet@gmail.com",), 15),
        ],
    )
    async def test_is_none_if_title_time_or_guests_differ(
        self, shared: Office, title: str, guests: tuple[str, ...], hour: int
    ) -> None:
        shared.day(shared.event("m", "Overleg", "piet@gmail.com"))
        shared.links = decided((await shared.agenda()).visits[0], "Acme")
        shared.write("team.ics", shared.event("other-id", title, *guests, hour=hour))
        visits = {v.meeting.series_id: names(v) for v in (await shared.agenda()).visits}
        assert visits.get("other-id", []) == []
        assert visits["m"] == ["Acme"]


class TestTheAccountsOfACustomer:
    def test_are_those_that_were_found_and_those_that_somebody_said(self) -> None:
        def said(native_id: str, verdict: Literal["is", "is_not"], kind: Kind = Kind.ACCOUNT) -> Link:
            return Link("crm", native_id, verdict, "anna@ons.example", SAID, "picked", kind)

        links = (said("2", "is"), said("3", "is_not"), said("4", "is", Kind.MEETING))
        assert account_keys(Customer("acme", "Acme", ids=(("crm", "1"),), links=links)) == {
            ("crm", "1"),
            ("crm", "2"),
        }


class TestTwoEventsAtOneTime:
    """Of two calendars, under ids of their own: what is said of one holds for the other if it is a copy."""

    def are_one(self, make: Make, one: dict[str, Any], other: dict[str, Any]) -> bool:
        told = []
        for source, given in (("calendar", one), ("team", other)):
            event = {"title": "Visser Techniek", "people": (), **given}
            made = make.meeting(source, event.pop("title"), *event.pop("people"), **event)
            told.append(Found(source, made, Match("same", "id")))
        meeting = told[0].record
        assert meeting.kind is Kind.MEETING
        return len(Copies(told).of("calendar", meeting)) == 2  # type: ignore[arg-type]

    def test_of_one_title_and_place_without_guests_are_one(self, make: Make) -> None:
        place = {"text": "Gouda"}
        assert self.are_one(make, {"place": place}, {"place": place})
        assert self.are_one(make, {"people": ("Piet <piet@vrij.example>",)}, {})

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"place": {"text": "Gouda"}}, {"place": {"text": "Utrecht"}}),
            ({"title": "Overleg"}, {"title": "Overleg"}),
            ({"title": "", "people": ("a@vrij.example",)}, {"title": "", "people": ("a@vrij.example",)}),
            ({"people": ("Piet",)}, {"people": ("Jan",)}),
            ({"people": ("Piet",)}, {"people": ("jan@vrij.example",)}),
            ({"visibility": "busy"}, {"visibility": "busy"}),
        ],
    )
    def test_are_two_where_nothing_or_too_little_is_in_common(
        self, make: Make, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        assert not self.are_one(make, one, other)
