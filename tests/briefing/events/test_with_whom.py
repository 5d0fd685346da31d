"""From an event in a calendar to the customer in the CRM, by all that the event tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Account, Place
from salesprep.briefing.events.places import common_place, named_places
from salesprep.briefing.events.titled import are_one, is_elsewhere, kept
from salesprep.briefing.recognition.ours import ours

if TYPE_CHECKING:
    from salesprep.briefing.model import Visit
    from tests.briefing.conftest import Make
    from tests.briefing.events.conftest import Office


def name(visit: Visit) -> str | None:
    return visit.customer.name if visit.customer is not None else None


def told(visit: Visit) -> list[str]:
    return [each.text for each in visit.reasons]


def may_be(visit: Visit) -> list[str]:
    return [found.record.id for found in visit.candidates]


class TestTheGuests:
    async def test_a_guests_domain_tells_and_says_which_account_has_it(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="https://www.acme.example")
        visit = await office.visit(office.event("a", "Overleg", "r.smit@mail.acme.example"))
        assert name(visit) == "Acme B.V."
        (piece,) = visit.reasons
        assert (piece.what, piece.told, piece.source, piece.record) == ("domain", "acme.example", "crm", "1")
        assert piece.here == "r.smit@mail.acme.example"

    async def test_and_a_person_whom_the_crm_keeps_there_is_not_told_a_second_time(
        self, office: Office
    ) -> None:
        office.account("1", "Acme Groep", website="acme.example")
        office.account("2", "Acme Service B.V.", website="acme.example", parent_id="1")
        office.person("p", "2", "R. Smit", "r.smit@acme.example")
        visit = await office.visit(office.event("a", "Overleg", "r.smit@acme.example"))
        assert visit.customer is not None
        assert visit.customer.ids == (("crm", "2"),)
        assert told(visit) == ["domain acme.example"]

    async def test_any_of_several_domains_of_one_customer_tells(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example", mail="info@acme-group.example")
        visit = await office.visit(
            office.event("a", "Overleg", "r.smit@acme.example", "j.de.wit@acme-group.example")
        )
        assert name(visit) == "Acme B.V."
        assert visit.also == ()
        assert {"domain acme.example", "domain acme-group.example"} <= set(told(visit))

    async def test_whoever_invites_us_from_outside_is_told_as_organiser(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        organiser = "ORGANIZER;CN=R. Smit:mailto:r.smit@acme.example"
        visit = await office.visit(office.event("a", "Overleg", "anna@ons.example", organiser=organiser))
        assert name(visit) == "Acme B.V."
        assert told(visit) == ["domain acme.example", "invited by r.smit@acme.example"]

    async def test_of_two_customers_with_one_guest_each_it_is_the_inviting_ones(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        organiser = "ORGANIZER:mailto:piet@kaas.example"
        visit = await office.visit(
            office.event("a", "Overleg", "r.smit@acme.example", "anna@ons.example", organiser=organiser)
        )
        assert [c.name for c in visit.customers] == ["Kaas & Co", "Acme B.V."]

    @pytest.mark.parametrize(
        "address", ["piet@gmail.com", "acme@outlook.com", "c_1@group.calendar.google.com"]
    )
    async def test_free_mail_and_shared_hosts_tell_nobody(self, office: Office, address: str) -> None:
        office.account("1", "Acme B.V.", website="https://sites.google.com/acme", mail="acme.bv@gmail.com")
        visit = await office.visit(office.event("a", "Overleg", address))
        assert (name(visit), may_be(visit)) == (None, [])

    async def test_a_private_address_that_the_crm_keeps_tells_whose_guest_it_is(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.person("p1", "1", "Piet Smit", "piet.smit@gmail.com")
        visit = await office.visit(office.event("a", "Overleg", "piet.smit@gmail.com"))
        assert name(visit) == "Acme B.V."
        assert told(visit) == ["address piet.smit@gmail.com"]
        assert (visit.reasons[0].source, visit.reasons[0].record) == ("crm", "1")

    async def test_one_kept_under_two_customers_is_to_choose(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        office.person("p1", "1", "Adri Raad", "adri@gmail.com")
        office.person("p2", "2", "Adri Raad", "adri@gmail.com")
        visit = await office.visit(office.event("a", "Overleg", "adri@gmail.com"))
        assert (name(visit), may_be(visit)) == (None, ["1", "2"])

    async def test_one_beside_a_title_that_names_another_is_to_choose(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        office.person("p1", "1", "Adri Raad", "adri@gmail.com")
        visit = await office.visit(office.event("a", "Bezoek Kaas & Co", "adri@gmail.com"))
        assert name(visit) is None
        assert set(may_be(visit)) == {"1", "2"}

    async def test_who_has_declined_brings_no_customer(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:piet@kaas.example"
        visit = await office.visit(office.event("a", "Overleg", "r.smit@acme.example", more=declined))
        assert [c.name for c in visit.customers] == ["Acme B.V."]

    async def test_nor_by_the_private_address_that_the_crm_keeps(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.person("p1", "1", "Piet Smit", "piet.smit@gmail.com")
        declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:piet.smit@gmail.com"
        visit = await office.visit(office.event("a", "Overleg", "x@outlook.com", more=declined))
        assert (name(visit), may_be(visit)) == (None, [])

    async def test_a_consultant_at_the_table_makes_it_nobody_elses(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        visit = await office.visit(
            office.event("a", "Overleg", "x@adviseurs.example", "y@adviseurs.example", "r.smit@acme.example")
        )
        assert [c.name for c in visit.customers] == ["Acme B.V."]


class TestTheTitleAndThePlace:
    async def test_a_place_in_brackets_is_no_part_of_the_name(self, office: Office) -> None:
        office.account("1", "Acme B.V.", city="Eindhoven")
        visit = await office.visit(office.event("a", "Bezoek Acme (Eindhoven)"))
        assert name(visit) == "Acme B.V."
        assert told(visit) == ["name Acme B.V.", "place Eindhoven"]

    async def test_nor_where_only_the_event_tells_the_place(self, office: Office) -> None:
        office.account("1", "Acme B.V.")
        visit = await office.visit(office.event("a", "Bezoek Acme (Utrecht)", more="LOCATION:Utrecht"))
        assert name(visit) == "Acme B.V."

    async def test_nor_with_the_number_of_the_hall(self, office: Office) -> None:
        office.account("1", "Acme B.V.", city="Eindhoven")
        visit = await office.visit(office.event("a", "Bezoek Acme (Eindhoven 2)"))
        assert name(visit) == "Acme B.V."

    @pytest.mark.parametrize(
        ("address", "where"),
        [("Bedrijvenpark Zuid", "Bedrijvenpark Zuid, Utrecht"), ("12", "Zaal 12, Utrecht")],
    )
    def test_a_street_without_a_number_and_a_number_without_a_street_are_no_address(
        self, make: Make, address: str, where: str
    ) -> None:
        account = replace(make.account("1", "Acme"), place=Place(text=address, city="Gouda"))
        assert common_place(make.meeting("m", place={"text": where}), account) is None

    def test_of_a_place_only_what_is_no_street_may_be_a_name(self, make: Make) -> None:
        meeting = make.meeting("m", place={"text": "Acme B.V., Industrieweg 4, https://x.example"})
        assert named_places(meeting) == ("Acme B.V.",)

    async def test_nor_is_the_customers_head_office(self, office: Office) -> None:
        office.account("1", "Acme B.V.", city="Eindhoven")
        visit = await office.visit(office.event("a", "Acme @ HQ"))
        assert name(visit) == "Acme B.V."

    @pytest.mark.parametrize("title", ["Bezoek Acme (Utrecht)", "Bezoek Acme (lijn 4)", "Acme @ Kaas"])
    async def test_what_nobody_can_explain_leaves_a_candidate(self, office: Office, title: str) -> None:
        office.account("1", "Acme B.V.", city="Eindhoven")
        visit = await office.visit(office.event("a", title, more="LOCATION:Utrecht"))
        assert (name(visit), may_be(visit)) == (None, ["1"])

    async def test_a_longer_name_is_not_the_shorter_one_within_it(self, office: Office) -> None:
        office.account("1", "Visser Techniek")
        office.account("2", "Visser Techniek Noord")
        visit = await office.visit(office.event("a", "Bezoek Visser Techniek Noord"))
        assert (name(visit), visit.also) == ("Visser Techniek Noord", ())

    async def test_the_address_of_the_place_tells_two_of_one_name_apart(self, office: Office) -> None:
        office.account("1", "Visser Techniek", street="Dijkweg 3", city="Gouda")
        office.account("2", "Visser Techniek", street="Industrieweg 4", city="Eindhoven")
        place = "LOCATION:Industrieweg 4\\, 5600 AA Eindhoven"
        visit = await office.visit(office.event("a", "Bezoek Visser Techniek", more=place))
        assert visit.customer is not None
        assert visit.customer.ids == (("crm", "2"),)
        assert told(visit) == ["name Visser Techniek", "place Industrieweg 4"]

    def test_the_sources_that_keep_customers_go_before_lists(self, make: Make) -> None:
        crm, listed = ("crm", make.account("1", "Acme")), ("list", make.account("9", "Acme"))
        assert kept([crm, listed], ["crm"]) == [crm]
        assert kept([listed], ["crm"]) == [listed]
        assert kept([crm, listed], None) == [crm, listed]

    def test_one_name_in_two_sources_is_one_customer_unless_they_contradict_each_other(
        self, make: Make
    ) -> None:
        def named(source: str, country: str | None) -> tuple[str, Account]:
            return source, make.account("1", "Acme", country=country)

        assert are_one([named("crm", "NL"), named("list", None)], ours(make.us))
        assert not are_one([named("crm", "NL"), named("list", "BE")], ours(make.us))

    async def test_not_if_two_of_them_are_there(self, office: Office) -> None:
        office.account("1", "Visser Techniek", city="Gouda")
        office.account("2", "Visser Techniek", city="Eindhoven", website="visser.example")
        office.account("3", "Visser Techniek", city="Eindhoven", website="vissertechniek.example")
        visit = await office.visit(office.event("a", "Bezoek Visser Techniek", more="LOCATION:Eindhoven"))
        assert (name(visit), set(may_be(visit))) == (None, {"1", "2", "3"})

    @pytest.mark.parametrize(
        ("countries", "elsewhere"), [(("NL",), True), (("NL", "BE"), False), ((None,), False), ((), False)]
    )
    def test_a_meeting_in_another_country_is_elsewhere(
        self, make: Make, countries: tuple[str | None, ...], elsewhere: bool
    ) -> None:
        meeting = make.meeting("m", "Acme", place={"country": "BE"})
        located = [("crm", make.account(str(n), "Acme", country=c)) for n, c in enumerate(countries)]
        assert is_elsewhere(meeting, located) is elsewhere
        assert not is_elsewhere(make.meeting("m", "Acme"), located)

    async def test_not_if_the_other_may_be_there_too(self, office: Office) -> None:
        office.account("1", "Visser Techniek")
        office.account("2", "Visser Techniek", street="Industrieweg 4", city="Eindhoven")
        place = "LOCATION:Industrieweg 4\\, Eindhoven"
        visit = await office.visit(office.event("a", "Bezoek Visser Techniek", more=place))
        assert name(visit) is None
        assert may_be(visit) == ["2", "1"]

    async def test_a_place_named_like_a_customer_is_a_candidate_only(self, office: Office) -> None:
        """Others meet at a hotel that happens to be a customer."""
        office.account("1", "Van der Valk Hotel", street="Aalsterweg 322", city="Eindhoven")
        place = "LOCATION:Van der Valk Hotel\\, Aalsterweg 322\\, Eindhoven"
        visit = await office.visit(office.event("a", "Kwartaaloverleg", more=place))
        assert (name(visit), may_be(visit)) == (None, ["1"])
        assert [e.text for e in visit.candidates[0].match.evidence] == [
            "location Van der Valk Hotel",
            "place Aalsterweg 322",
        ]

    async def test_nor_beside_a_guest_whose_domain_is_written_alike(self, office: Office) -> None:
        office.account("1", "Acme B.V.")
        event = office.event("a", "Overleg", "r.smit@acme.example", more="LOCATION:Acme B.V.\\, Gouda")
        visit = await office.visit(event)
        assert (name(visit), may_be(visit)) == (None, ["1"])

    async def test_a_place_alone_makes_nobody_the_customer(self, office: Office) -> None:
        office.account("1", "Acme B.V.", street="Industrieweg 4", city="Eindhoven")
        office.day(office.event("a", "Overleg", more="LOCATION:Industrieweg 4\\, Eindhoven"))
        assert (await office.agenda()).visits == ()

    async def test_all_that_tells_is_told(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example", street="Industrieweg 4", city="Eindhoven")
        more = (
            "LOCATION:Acme B.V.\\, Industrieweg 4\\, Eindhoven\n"
            "DESCRIPTION:Dossier: https://crm.ons.example/accounts/1"
        )
        visit = await office.visit(office.event("a", "Bezoek Acme", "r.smit@acme.example", more=more))
        assert told(visit) == [
            "link https://crm.ons.example/accounts/1",
            "domain acme.example",
            "name Acme B.V.",
            "location Acme B.V.",
            "place Industrieweg 4",
        ]


class TestALinkToTheCrm:
    @pytest.mark.parametrize(
        "line",
        [
            "DESCRIPTION:Zie https://crm.ons.example/accounts/1042.",
            "DESCRIPTION:(https://crm.ons.example/accounts/1042/edit?tab=2)",
            "DESCRIPTION:http://CRM.ons.example/accounts/1042/people/7",
            "LOCATION:https://crm.ons.example/accounts/1042",
            "URL:https://crm.ons.example/accounts/1042",
            'DESCRIPTION:<p>Zie <a href="https://crm.ons.example/accounts/1042">dossier</a></p>',
        ],
    )
    async def test_is_proof_whatever_else_is_not_told(self, office: Office, line: str) -> None:
        office.account("1042", "Acme B.V.")
        visit = await office.visit(office.event("a", "Overleg", "piet@gmail.com", more=line))
        assert name(visit) == "Acme B.V."
        assert visit.reasons[0].what == "record_link"
        assert visit.reasons[0].weight == "proof"
        assert visit.reasons[0].record == "1042"

    @pytest.mark.parametrize(
        "line",
        [
            "DESCRIPTION:https://crm.ons.example/accounts/9999",
            "DESCRIPTION:https://crm.ons.example/tickets/1042",
            "DESCRIPTION:https://crm.elders.example/accounts/1042",
            "DESCRIPTION:https://meet.example/accounts/1042",
            "DESCRIPTION:1042",
        ],
    )
    async def test_of_something_else_tells_nothing(self, office: Office, line: str) -> None:
        office.account("1042", "Acme B.V.")
        visit = await office.visit(office.event("a", "Overleg", "piet@gmail.com", more=line))
        assert (name(visit), may_be(visit)) == (None, [])

    async def test_is_known_by_the_address_of_another_account_where_settings_tell_none(
        self, office: Office
    ) -> None:
        office.crm(links={})
        office.account("7", "Kaas & Co", website="kaas.example")
        office.account("1042", "Acme B.V.")
        office.own_addresses()
        office.day(
            office.event("k", "Overleg", "piet@kaas.example"),
            office.event(
                "a", "Overleg", "x@gmail.com", days=2, more="DESCRIPTION:https://crm.ons.example/c?id=1042"
            ),
        )
        visits = (await office.agenda()).visits
        assert [name(v) for v in visits] == ["Kaas & Co", "Acme B.V."]

    async def test_of_a_customer_without_a_guest_is_what_it_is_about(self, office: Office) -> None:
        office.account("1", "Acme B.V.", website="acme.example")
        office.account("2", "Kaas & Co", website="kaas.example")
        line = "DESCRIPTION:https://crm.ons.example/accounts/1"
        visit = await office.visit(office.event("a", "Overleg", "piet@kaas.example", more=line))
        assert [c.name for c in visit.customers] == ["Kaas & Co"]
        assert [(i.customer.name, i.about) for i in visit.also] == [("Acme B.V.", True)]

    async def test_tells_which_of_two_accounts_of_one_domain_is_visited(self, office: Office) -> None:
        office.account("1", "Acme Groep", website="acme.example")
        office.account("2", "Acme Service B.V.", website="acme.example", parent_id="1")
        line = "DESCRIPTION:https://crm.ons.example/accounts/2"
        visit = await office.visit(office.event("a", "Overleg", "new@acme.example", more=line))
        assert visit.customer is not None
        assert visit.customer.ids == (("crm", "2"),)

    async def test_at_odds_with_the_guest_whom_the_crm_keeps_is_to_choose(self, office: Office) -> None:
        office.account("1", "Acme Groep", website="acme.example")
        office.account("2", "Acme Service B.V.", website="acme.example", parent_id="1")
        office.person("p", "1", "R. Smit", "r.smit@acme.example")
        line = "DESCRIPTION:https://crm.ons.example/accounts/2"
        visit = await office.visit(office.event("a", "Overleg", "r.smit@acme.example", more=line))
        assert (name(visit), set(may_be(visit))) == (None, {"1", "2"})

    async def test_to_two_customers_is_to_choose(self, office: Office) -> None:
        office.account("1", "Acme B.V.")
        office.account("2", "Kaas & Co")
        more = "DESCRIPTION:https://crm.ons.example/accounts/1 https://crm.ons.example/accounts/2"
        visit = await office.visit(office.event("a", "Overleg", "piet@gmail.com", more=more))
        assert (name(visit), may_be(visit)) == (None, ["1", "2"])


class TestTheBriefingByName:
    """Is as sure of an event as the agenda is."""

    @pytest.mark.parametrize(
        ("title", "more", "sure"),
        [
            ("Bezoek Acme (Eindhoven)", "", True),
            ("Bezoek Acme (Utrecht)", "", False),
            ("Overleg", "DESCRIPTION:https://crm.ons.example/accounts/1", True),
            ("Overleg", "DESCRIPTION:https://crm.ons.example/accounts/2", False),
        ],
    )
    async def test_has_the_visit_where_the_agenda_has_it(
        self, office: Office, title: str, more: str, sure: bool
    ) -> None:
        office.account("1", "Acme B.V.", city="Eindhoven")
        office.account("2", "Kaas & Co", website="kaas.example")
        visit = await office.visit(office.event("a", title, "piet@gmail.com", more=more))
        briefing = await office.briefing("Acme")
        assert (name(visit) == "Acme B.V.") is sure
        assert (briefing.visit is not None) is sure

    async def test_has_none_with_guests_of_another_behind_a_link(self, office: Office) -> None:
        office.account("1", "Acme B.V.")
        office.account("2", "Kaas & Co", website="kaas.example")
        more = "DESCRIPTION:https://crm.ons.example/accounts/1"
        office.day(office.event("a", "Overleg", "piet@kaas.example", more=more))
        assert (await office.briefing("Acme")).visit is None
