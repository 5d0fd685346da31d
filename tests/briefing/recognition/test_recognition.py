"""Whose record is it? A wrong customer's fact is the worst that can happen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from salesprep.adapter import Account, Document, Keys, Kind, Record
from salesprep.briefing.model import Customer, Link, Match
from salesprep.briefing.recognition.recognise import Recogniser, recognise

if TYPE_CHECKING:
    from tests.briefing.conftest import Make

VAN_DIJK = Customer(
    id="vd",
    name="Van Dijk Machinebouw B.V.",
    domains=("vandijk.example",),
    ids=(("crm", "1"),),
    countries=("NL",),
)


def _judged(
    make: Make, record: Record, source: str = "crm", customer: Customer = VAN_DIJK, *accounts: Account
) -> Match:
    return recognise(customer, record, source, us=make.us, accounts={"crm": accounts})


def told(match: Match) -> list[str]:
    return [each.text for each in match.evidence]


class TestByTheAccountARecordHangsUnder:
    def test_its_own_id_is_the_customer(self, make: Make) -> None:
        match = _judged(make, make.activity("a", "1"))
        assert (match.outcome, match.how, told(match)) == ("same", "id", ["account 1"])

    def test_another_id_of_that_source_never_is_even_if_all_else_fits(self, make: Make) -> None:
        keys = Keys(
            account_id="2",
            organisation="Van Dijk Machinebouw B.V.",
            emails=("r.smit@vandijk.example",),
            domains=("vandijk.example",),
            hit="Van Dijk Machinebouw",
        )
        assert _judged(make, make.activity("a", keys=keys)).outcome == "other"

    def test_it_says_how_that_account_became_the_customer(self, make: Make) -> None:
        account = make.account("5", "Van Dijk Machinebouw", "vandijk.example")
        match = recognise(VAN_DIJK, make.activity("a", "5"), "erp", us=make.us, accounts={"erp": (account,)})
        assert told(match) == ["account 5", "domain vandijk.example"]

    def test_the_same_id_in_another_source_says_nothing(self, make: Make) -> None:
        assert _judged(make, make.activity("a", "1"), "erp").outcome == "other"

    def test_what_hangs_under_a_candidate_is_a_candidate(self, make: Make) -> None:
        account = make.account("2", "Van Dijk Machinebouw Eindhoven")
        assert _judged(make, make.activity("a", "2"), "crm", VAN_DIJK, account).outcome == "maybe"

    def test_what_hangs_under_a_subsidiary_is_not_the_parents(self, make: Make) -> None:
        parent = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example")
        child = make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1")
        assert _judged(make, child, "crm", VAN_DIJK, parent, child).outcome == "other"
        record = make.activity("a", keys=Keys(account_id="2", domains=("vandijk.example",)))
        assert _judged(make, record, "crm", VAN_DIJK, parent, child).outcome == "other"

    def test_what_hangs_under_the_parent_is_not_the_subsidiarys(self, make: Make) -> None:
        service = Customer(
            id="s", name="Van Dijk Service B.V.", domains=("vandijk.example",), ids=(("crm", "2"),)
        )
        parent = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example")
        child = make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1")
        assert _judged(make, make.activity("a", "1"), "crm", service, parent, child).outcome == "other"


class TestByADomain:
    def test_an_own_domain_is_the_customer(self, make: Make) -> None:
        record = make.activity("a", keys=Keys(emails=("R.Smit@mail.vandijk.example",)))
        match = _judged(make, record, "mail")
        assert (match.outcome, match.how, told(match)) == ("same", "domain", ["domain vandijk.example"])

    @pytest.mark.parametrize("domain", ["gmail.com", "ons.example", "freemail.example", "linkedin.com"])
    def test_free_mail_our_own_and_everybodys_domains_never_are(self, make: Make, domain: str) -> None:
        customer = Customer(id="x", name="Wie Dan Ook", domains=(domain,))
        keys = Keys(emails=(f"someone@{domain}",), domains=(domain,))
        assert _judged(make, make.activity("a", keys=keys), "mail", customer).outcome == "other"

    def test_a_meeting_with_people_of_two_customers_belongs_to_both(self, make: Make) -> None:
        meeting = make.meeting("m", "Overleg", "r@vandijk.example", "k@kaas.example")
        kaas = Customer(id="k", name="Kaas & Co", domains=("kaas.example",))
        assert _judged(make, meeting, "calendar").outcome == "same"
        assert _judged(make, meeting, "calendar", kaas).outcome == "same"

    def test_a_domain_that_a_subsidiary_shares_is_not_enough(self, make: Make) -> None:
        parent = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example")
        child = make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1")
        meeting = make.meeting("m", "Overleg", "r.smit@vandijk.example")
        assert _judged(make, meeting, "calendar", VAN_DIJK, parent, child).outcome == "maybe"

    def test_but_is_with_somebody_who_is_known_there(self, make: Make) -> None:
        parent = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example")
        child = make.account("2", "Van Dijk Service B.V.", "vandijk.example", parent="1")
        meeting = make.meeting("m", "Overleg", "r.smit@vandijk.example")
        known = replace(VAN_DIJK, emails=("r.smit@vandijk.example",))
        assert _judged(make, meeting, "calendar", known, parent, child).outcome == "same"

    def test_somebody_who_now_works_for_another_customer_is_only_a_candidate(self, make: Make) -> None:
        kaas = make.account("9", "Kaas & Co", "kaas.example")
        keys = Keys(organisation="Kaas & Co", emails=("k.vos@vandijk.example",))
        person = make.person("p", "K. Vos", keys=keys)
        assert _judged(make, person, "linkedin", VAN_DIJK, kaas).outcome == "maybe"

    def test_an_account_of_another_name_beside_one_that_fits_better(self, make: Make) -> None:
        customer = Customer(id="b", name="Berghout", domains=("berghout.example",))
        named = make.account("1", "Berghout")
        other = make.account("2", "Berghout Groep", "berghout.example")
        assert _judged(make, other, "crm", customer, named, other).outcome == "maybe"

    def test_two_accounts_of_one_domain_are_candidates_both(self, make: Make) -> None:
        customer = Customer(id="x", name="Nieuwe Naam", domains=("shared.example",))
        one, two = make.account("1", "Alfa", "shared.example"), make.account("2", "Beta", "shared.example")
        assert [_judged(make, a, "crm", customer, one, two).outcome for a in (one, two)] == ["maybe", "maybe"]


class TestByAName:
    def test_the_only_account_of_that_name_is_the_customer(self, make: Make) -> None:
        customer = Customer(id="k", name="Kaas & Co")
        account = make.account("5", "KAAS + CO B.V.")
        assert _judged(make, account, "crm", customer, account).outcome == "same"

    @pytest.mark.parametrize(
        ("name", "domain", "country", "why"),
        [
            ("Van Dijk Machinebouw GmbH", (), None, "another legal form: gmbh"),
            ("Van Dijk Machinebouw", ("vandijk-be.example",), None, "another domain: vandijk-be.example"),
            ("Van Dijk Machinebouw", (), "BE", "another country: BE"),
        ],
    )
    def test_a_namesake_is_a_candidate_and_says_why(
        self, make: Make, name: str, domain: tuple[str, ...], country: str | None, why: str
    ) -> None:
        namesake = make.account("7", name, *domain, country=country)
        match = recognise(VAN_DIJK, namesake, "erp", us=make.us, accounts={"erp": (namesake,)})
        assert match.outcome == "maybe"
        assert why in told(match)

    def test_two_of_that_name_in_one_source_are_candidates_both(self, make: Make) -> None:
        customer = Customer(id="v", name="Visser Techniek")
        one, two = make.account("1", "Visser Techniek"), make.account("2", "Visser Techniek B.V.")
        assert _judged(make, one, "crm", customer, one, two).outcome == "maybe"
        assert _judged(make, two, "crm", customer, one, two).outcome == "maybe"

    def test_an_organisation_field_counts_where_the_source_has_one_such_account(self, make: Make) -> None:
        account = make.account("1", "Van Dijk Machinebouw B.V.")
        record = make.activity("a", keys=Keys(organisation="van dijk machinebouw"))
        assert _judged(make, record, "crm", VAN_DIJK, account).outcome == "same"
        assert _judged(make, record, "linkedin", VAN_DIJK, account).outcome == "maybe"

    def test_an_organisation_field_beside_a_foreign_domain_is_a_candidate(self, make: Make) -> None:
        account = make.account("1", "Van Dijk Machinebouw B.V.")
        keys = Keys(organisation="Van Dijk Machinebouw", domains=("elsewhere.example",))
        assert _judged(make, make.activity("a", keys=keys), "crm", VAN_DIJK, account).outcome == "maybe"

    def test_a_name_that_somebody_only_typed_makes_no_fact(self, make: Make) -> None:
        meeting = make.meeting("m", "Bezoek Van Dijk Machinebouw")
        match = recognise(VAN_DIJK, meeting, "calendar", us=make.us, named=False)
        assert match.outcome == "maybe"


class TestByTheTitleOfAMeeting:
    @pytest.mark.parametrize(
        "title",
        [
            "Kwartaalbezoek Van Dijk Machinebouw",
            "VAN DIJK MACHINEBOUW BV: lijn 4",
            "(Van Dijk Machinebouw)",
        ],
    )
    def test_the_whole_name_is_the_customer(self, make: Make, title: str) -> None:
        assert _judged(make, make.meeting("m", title), "calendar").outcome == "same"

    @pytest.mark.parametrize("title", ["Bezoek Van Dijk", "Machinebouw van Dijk"])
    def test_a_part_of_the_name_alone_is_a_candidate(self, make: Make, title: str) -> None:
        match = _judged(make, make.meeting("m", title), "calendar")
        assert (match.outcome, match.how) == ("maybe", "text")

    def test_a_part_of_the_name_is_nothing_beside_a_guest_from_elsewhere(self, make: Make) -> None:
        meeting = make.meeting("m", "Bezoek Van Dijk", "x@elsewhere.example")
        assert _judged(make, meeting, "calendar").outcome == "other"

    def test_a_part_of_the_name_is_nothing_if_it_is_the_whole_name_of_another(self, make: Make) -> None:
        other = make.account("3", "Van Dijk")
        meeting = make.meeting("m", "Bezoek Van Dijk")
        assert _judged(make, meeting, "calendar", VAN_DIJK, other).outcome == "other"

    @pytest.mark.parametrize("title", ["Van Dijk Machinebouwers", "Van Dijk lijn vier", "Bezoek"])
    def test_words_that_are_not_the_names_are_nothing(self, make: Make, title: str) -> None:
        assert _judged(make, make.meeting("m", title), "calendar").outcome == "other"

    def test_an_alias_that_the_account_has_is_a_name(self, make: Make) -> None:
        account = make.account("1", "Van Dijk Machinebouw B.V.", aliases=("VDM",))
        meeting = make.meeting("m", "Bezoek VDM")
        assert _judged(make, meeting, "calendar", VAN_DIJK, account).outcome == "same"

    @pytest.mark.parametrize(("name", "title"), [("AB", "AB overleg"), ("A & O", "Bezoek A & O")])
    def test_a_name_of_a_few_letters_is_never_certain(self, make: Make, name: str, title: str) -> None:
        customer = Customer(id="x", name=name)
        assert _judged(make, make.meeting("m", title), "calendar", customer).outcome == "maybe"

    def test_another_legal_form_makes_it_a_candidate(self, make: Make) -> None:
        meeting = make.meeting("m", "Besuch Van Dijk Machinebouw GmbH & Co. KG")
        assert _judged(make, meeting, "calendar").outcome == "maybe"

    def test_a_known_namesake_makes_it_a_candidate(self, make: Make) -> None:
        namesake = make.account("2", "Van Dijk Machinebouw", "namesake.example")
        meeting = make.meeting("m", "Bezoek Van Dijk Machinebouw")
        assert _judged(make, meeting, "calendar", VAN_DIJK, namesake).outcome == "maybe"

    def test_a_longer_name_is_somebody_else(self, make: Make) -> None:
        child = make.account("2", "Van Dijk Machinebouw Service B.V.", parent="1")
        own = make.account("1", "Van Dijk Machinebouw B.V.")
        meeting = make.meeting("m", "Bezoek Van Dijk Machinebouw Service")
        assert _judged(make, meeting, "calendar", VAN_DIJK, own, child).outcome == "other"

    def test_a_guest_from_elsewhere_makes_it_a_candidate(self, make: Make) -> None:
        meeting = make.meeting("m", "Voorbereiding Van Dijk Machinebouw", "adviseur@elsewhere.example")
        assert _judged(make, meeting, "calendar").outcome == "maybe"

    def test_a_name_of_one_word_needs_a_title_about_nothing_else(self, make: Make) -> None:
        post = Customer(id="p", name="Post B.V.")
        assert _judged(make, make.meeting("m", "Bezoek Post"), "calendar", post).outcome == "same"
        assert _judged(make, make.meeting("m", "Post ophalen"), "calendar", post).outcome == "maybe"

    def test_a_private_meeting_tells_nothing(self, make: Make) -> None:
        busy = make.meeting("m", "", visibility="busy")
        assert _judged(make, busy, "calendar").outcome == "other"


class TestByWords:
    def test_words_in_a_text_are_never_more_than_a_candidate(self, make: Make) -> None:
        page = Document(
            id="d",
            title="Lijn 4",
            fetched_at=make.now,
            no_url_reason="-",
            keys=Keys(hit="Van Dijk Machinebouw"),
        )
        assert _judged(make, page, "wiki").outcome == "maybe"

    def test_and_not_even_that_if_the_source_names_another_domain(self, make: Make) -> None:
        keys = Keys(hit="Van Dijk Machinebouw", domains=("kaas.example",))
        page = Document(id="d", title="Lijn 4", fetched_at=make.now, no_url_reason="-", keys=keys)
        assert _judged(make, page, "wiki").outcome == "other"

    def test_a_known_address_with_free_mail_is_a_candidate(self, make: Make) -> None:
        customer = replace(VAN_DIJK, emails=("r.smit@freemail.example",))
        meeting = make.meeting("m", "Koffie", "R.Smit@freemail.example")
        assert _judged(make, meeting, "calendar", customer).outcome == "maybe"


class TestWhatAUserDecided:
    def _linked(
        self, make: Make, native_id: str, verdict: str, kind: Kind = Kind.ACCOUNT, source: str = "crm"
    ) -> Customer:
        said: Literal["is", "is_not"] = "is" if verdict == "is" else "is_not"
        link = Link(source, native_id, said, "anna", make.now, "confirmed", kind)
        return replace(VAN_DIJK, ids=(), links=(link,))

    def test_a_confirmed_record_is_the_customer(self, make: Make) -> None:
        record = make.activity("a", keys=Keys(account_id="99"))
        customer = self._linked(make, "a", "is", Kind.ACTIVITY)
        assert _judged(make, record, "crm", customer).how == "link"
        assert _judged(make, record, "crm", customer).outcome == "same"

    @pytest.mark.parametrize("verdict", ["is", "is_not"])
    def test_of_one_kind_says_nothing_of_an_equal_id_of_another(self, make: Make, verdict: str) -> None:
        ours, theirs = make.ticket("7"), make.person("7", "K. Vos", account="99")
        before = [_judged(make, record, "crm") for record in (ours, theirs)]
        customer = replace(self._linked(make, "7", verdict), ids=VAN_DIJK.ids)
        assert [_judged(make, record, "crm", customer) for record in (ours, theirs)] == before

    def test_the_series_of_a_meeting_decides_on_all_of_it(self, make: Make) -> None:
        meetings = [make.meeting(f"m{n}", "Weekstart", uid="weekly", start=make.at(n)) for n in (1, 8)]
        customer = self._linked(make, "weekly", "is", Kind.MEETING, "calendar")
        assert {_judged(make, m, "calendar", customer).outcome for m in meetings} == {"same"}

    @pytest.mark.parametrize(("verdict", "outcome"), [("is", "same"), ("is_not", "other")])
    def test_what_names_an_organisation_follows_the_decision_on_that_name(
        self, make: Make, verdict: str, outcome: str
    ) -> None:
        """A profile export knows no ids: its accounts are the names that stand in it."""
        name = "Van Dijk Machinebouw B.V."
        accounts = {"crm": (make.account("2", name),), "profiles": (make.account("org", name),)}
        customer = self._linked(make, "org", verdict, source="profiles")
        person = make.person("p", "K. Vos", None, keys=Keys(organisation=name))
        match = recognise(customer, person, "profiles", us=make.us, accounts=accounts)
        assert (match.outcome, match.how) == (outcome, "link")

    def test_a_rejected_account_is_not_and_nothing_under_it_is(self, make: Make) -> None:
        customer = self._linked(make, "1", "is_not")
        account = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example", country="NL")
        assert _judged(make, account, "crm", customer, account).outcome == "other"
        keys = Keys(account_id="1", domains=("vandijk.example",))
        assert _judged(make, make.activity("a", keys=keys), "crm", customer, account).outcome == "other"

    def test_a_rejected_meeting_is_not_whoever_was_there(self, make: Make) -> None:
        customer = self._linked(make, "m", "is_not", Kind.MEETING)
        meeting = make.meeting("m", "Van Dijk Machinebouw", "r.smit@vandijk.example")
        assert _judged(make, meeting, "crm", customer).outcome == "other"

    def test_an_account_linked_to_another_customer_is_not(self, make: Make) -> None:
        account = make.account("8", "Van Dijk Machinebouw", "vandijk.example")
        match = recognise(
            VAN_DIJK,
            account,
            "erp",
            us=make.us,
            accounts={"erp": (account,)},
            taken=frozenset({("erp", "8")}),
        )
        assert match.outcome == "other"


def test_fifteen_thousand_activities_are_recognised_one_by_one(make: Make) -> None:
    recogniser = Recogniser(VAN_DIJK, make.us, {"crm": (make.account("1", "Van Dijk Machinebouw B.V."),)})
    records = [make.activity(f"a{n}", str(n % 5)) for n in range(15_000)]
    assert sum(recogniser.match(r, "crm").outcome == "same" for r in records) == 3_000
