"""Who is at the table: two customers, or nobody but us."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Kind
from salesprep.briefing.events.company import is_among_us
from salesprep.briefing.events.others import is_anothers, others_there, with_them
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Found, Involved, Link, Match
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.seed import with_picked

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen
    from tests.briefing.events.conftest import Office

COLLEAGUE = "m.bakker@ons.example"
ME = "anna@ons.example"
SAID = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def two(office: Office) -> Office:
    office.account("1", "Acme B.V.", website="acme.example", city="Eindhoven")
    office.account("2", "Kaas & Co", website="kaas.example")
    return office


class TestAVisitWithTwoCustomers:
    GUESTS = ("a@acme.example", "b@acme.example", "piet@kaas.example")

    async def test_is_one_visit_with_both(self, two: Office) -> None:
        visit = await two.visit(two.event("m", "Overleg", *self.GUESTS))
        assert [c.name for c in visit.customers] == ["Acme B.V.", "Kaas & Co"]
        assert [e.text for e in visit.also[0].evidence] == ["domain kaas.example"]

    async def test_is_first_the_one_in_the_title(self, two: Office) -> None:
        visit = await two.visit(two.event("m", "Overleg Kaas & Co", *self.GUESTS))
        assert [c.name for c in visit.customers] == ["Kaas & Co", "Acme B.V."]

    async def test_stands_in_the_briefing_of_each_without_facts_of_the_other(
        self, two: Office, seen: Seen, make: Make
    ) -> None:
        two.activity("a1", "1", "belde over lijn 4", make.at(-3))
        two.activity("k1", "2", "belde over kaas", make.at(-3))
        two.day(two.event("m", "Overleg", *self.GUESTS))
        acme, kaas = await two.briefing("Acme"), await two.briefing("Kaas & Co")
        for briefing in (acme, kaas):
            assert briefing.visit is not None
            assert briefing.visit.meeting.series_id == "m"
            assert len(briefing.attendees) == 4
        assert seen.facts(acme, "crm") == ["1", "a1"]
        assert seen.facts(kaas, "crm") == ["2", "k1"]

    async def test_each_can_be_opened_from_the_visit(self, two: Office, seen: Seen, make: Make) -> None:
        two.activity("a1", "1", "belde over lijn 4", make.at(-3))
        two.activity("k1", "2", "belde over kaas", make.at(-3))
        visit = await two.visit(two.event("m", "Overleg", *self.GUESTS))
        for one, facts in zip(visit.each, (["1", "a1"], ["2", "k1"]), strict=True):
            assert one.customer is not None
            briefing = await two.briefing(one.customer.name, visit=one)
            assert briefing.customer.name == one.customer.name
            assert seen.facts(briefing, "crm") == facts
            assert briefing.visit is not None
            assert {*briefing.visit.customers} == {briefing.customer, *(i.customer for i in one.also)}

    async def test_is_opened_for_the_one_that_is_picked(self, two: Office) -> None:
        visit = await two.visit(two.event("m", "Overleg", *self.GUESTS))
        picked = with_picked(visit, "crm:2", two.links)
        assert picked is not None
        assert [c.name for c in picked.customers] == ["Kaas & Co", "Acme B.V."]
        assert with_picked(visit, "crm:3", two.links) is None

    async def test_says_who_else_is_there(self, two: Office, make: Make) -> None:
        event = two.event("m", "Overleg", *self.GUESTS, "x@adviseurs.example")
        visit = await two.visit(event)
        assert others_there(visit, ours(make.us)) == ("Kaas & Co", "adviseurs.example")
        briefing = await two.briefing("Acme")
        assert briefing.visit is not None
        assert set(others_there(briefing.visit, ours(make.us))) == {"kaas.example", "adviseurs.example"}

    async def test_names_nobody_who_is_only_talked_about(self, two: Office, make: Make) -> None:
        line = "DESCRIPTION:https://crm.ons.example/accounts/1"
        visit = await two.visit(two.event("m", "Overleg", "piet@kaas.example", more=line))
        assert [i.about for i in visit.also] == [True]
        assert others_there(visit, ours(make.us)) == ()
        assert not is_anothers("a@acme.example", visit, ours(make.us))

    async def test_names_no_domain_where_it_may_be_the_customers_own(self, two: Office, make: Make) -> None:
        two.account("3", "Visser Techniek")
        visit = await two.visit(two.event("m", "Bezoek Visser Techniek", "x@gmail.com"))
        assert [c.name for c in visit.customers] == ["Visser Techniek"]
        there = make.who("jan@vrij.example")
        visit = replace(visit, meeting=replace(visit.meeting, people=(there,)))
        assert others_there(visit, ours(make.us)) == ()

    async def test_knows_whose_guest_somebody_is(self, two: Office, make: Make) -> None:
        visit = await two.visit(two.event("m", "Overleg", *self.GUESTS))
        assert is_anothers("piet@kaas.example", visit, ours(make.us))
        assert not is_anothers("a@acme.example", visit, ours(make.us))
        both = Involved(Customer("groep", "Acme Groep", domains=("acme.example", "groep.example")))
        visit = replace(visit, also=(both,))
        assert not is_anothers("a@acme.example", visit, ours(make.us))
        assert is_anothers("x@groep.example", visit, ours(make.us))

    async def test_calls_nobody_a_new_face_whom_the_other_may_know(
        self, two: Office, seen: Seen, make: Make
    ) -> None:
        two.person("p1", "1", "A. Aarts", "aarts@acme.example")
        two.activity("a1", "1", "belde", make.at(-3))
        visit = await two.visit(two.event("m", "Overleg", *self.GUESTS))
        briefing = await two.briefing("Acme B.V.", visit=visit)
        new = {s.attendee.email for s in seen.signals(briefing, "new_face")}
        assert new == {"a@acme.example", "b@acme.example"}


class TestAMeetingOfOurs:
    @pytest.mark.parametrize(
        ("title", "guests"),
        [
            ("Overleg Acme", (COLLEAGUE,)),
            ("Acme", (COLLEAGUE, "j.jansen@ons.example")),
            ("Voorbereiding bezoek Kaas & Co", ()),
            ("Prep Kaas & Co", (COLLEAGUE,)),
        ],
    )
    async def test_about_a_customer_is_no_visit(
        self, two: Office, title: str, guests: tuple[str, ...]
    ) -> None:
        two.day(two.event("m", title, *guests))
        found = await two.agenda()
        assert found.visits == ()
        (told,) = found.internal
        assert told.about
        assert told.customer is not None
        assert told.customer.name.split()[0] in title
        assert told.customers == ()

    @pytest.mark.parametrize(
        ("title", "guests"),
        [
            ("Bezoek Acme", ()),
            ("Acme", ()),
            ("Bezoek Acme", (COLLEAGUE,)),
            ("Klantbezoek Acme", (COLLEAGUE,)),
            ("Kennismaking Acme", (COLLEAGUE,)),
            ("Acme (Eindhoven)", (COLLEAGUE,)),
            ("Overleg Acme", (COLLEAGUE, "piet@gmail.com")),
        ],
    )
    async def test_is_a_visit_where_it_is_called_one_or_somebody_else_is_there(
        self, two: Office, title: str, guests: tuple[str, ...]
    ) -> None:
        two.day(two.event("m", title, *guests))
        found = await two.agenda()
        assert found.internal == ()
        assert [v.customer and v.customer.name for v in found.visits] == ["Acme B.V."]

    async def test_is_a_visit_if_a_user_said_so(self, two: Office) -> None:
        two.day(two.event("m", "Overleg Acme", COLLEAGUE))
        (told,) = (await two.agenda()).internal
        link = Link(told.source, "m", "is", ME, SAID, "picked", Kind.MEETING)
        two.links = Links((Customer("acme", "Acme B.V.", links=(link,)),))
        found = await two.agenda()
        assert [v.customer and v.customer.id for v in found.visits] == ["acme"]

    def test_is_with_them_if_a_user_said_so(self, make: Make) -> None:
        meeting = make.meeting("m", "Overleg Acme", make.who(COLLEAGUE))
        said, found = (Found("calendar", meeting, Match("same", how)) for how in ("link", "text"))
        assert with_them((said, found), ours(make.us), ()) == (said,)

    async def test_is_not_the_next_visit_of_the_briefing_nor_a_contact(self, two: Office, seen: Seen) -> None:
        two.day(
            two.event("intern", "Voorbereiding Kaas & Co", COLLEAGUE, days=1),
            two.event("before", "Overleg Kaas & Co", COLLEAGUE, days=-7),
            two.event("visit", "Bezoek", "piet@kaas.example", days=2),
        )
        briefing = await two.briefing("Kaas & Co")
        assert briefing.visit is not None
        assert briefing.visit.meeting.series_id == "visit"
        assert briefing.contacts == ()
        assert [v.meeting.series_id for v in briefing.internal] == ["intern"]
        assert briefing.signals == () or all(s.rule != "last_talk" for s in briefing.signals)

    async def test_of_a_part_of_a_name_asks_nobody(self, two: Office) -> None:
        two.account("3", "Berghout Bouw B.V.")
        two.day(two.event("m", "Overleg Berghout", COLLEAGUE))
        found = await two.agenda()
        assert (found.visits, found.internal) == ((), ())

    def test_a_colleague_who_declined_is_not_there(self, make: Make) -> None:
        meeting = make.meeting("m", "Acme", make.who(COLLEAGUE, status="declined"))
        assert not is_among_us(meeting, ours(make.us))

    def test_with_nobody_but_oneself_is_a_visit_unless_the_title_says_otherwise(self, make: Make) -> None:
        assert not is_among_us(make.meeting("m", "Acme", make.who(ME, role="organiser")), ours(make.us))
        assert is_among_us(make.meeting("m", "Acme evaluatie", make.who(ME)), ours(make.us))
        assert is_among_us(make.meeting("m", "Acme", make.who(ME), make.who(COLLEAGUE)), ours(make.us))
