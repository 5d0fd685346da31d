"""What is told of a match: every piece, with what told it of the customer and how this record has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from salesprep.adapter import Account, Keys, Kind, Place
from salesprep.briefing.model import Customer, Match
from salesprep.briefing.questions import Ambiguous
from salesprep.briefing.recognition.evidence import WEIGHTS, Evidence, Known, Weight, What, piece
from salesprep.briefing.recognition.group import Related, beneath, relations
from salesprep.briefing.recognition.identifiers.comparing import beside, same_number, told_by
from salesprep.briefing.recognition.origins import Origins, joined
from salesprep.briefing.recognition.recognise import recognise
from salesprep.view.evidence import _WORDS

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage

VAT = "vat NL004495445B01"


def only(evidence: Sequence[Evidence], what: What) -> Evidence:
    (found,) = [each for each in evidence if each.what == what]
    return found


def telling(known: Known, **more: object) -> Customer:
    return replace(Customer("vd", "Van Dijk Machinebouw", known=(known,)), **more)  # type: ignore[arg-type]


class TestWhereAPieceCameFrom:
    def test_is_the_account_that_told_the_domain(self, make: Make) -> None:
        customer = telling(Known("domain", "vandijk.example", "crm", "1"), domains=("vandijk.example",))
        record = make.activity("a", keys=Keys(emails=("R.Smit@vandijk.example",)))
        told = only(recognise(customer, record, "mail", us=make.us).evidence, "mail_domain")
        assert (told.source, told.record) == ("crm", "1")
        assert told.here == "R.Smit@vandijk.example"

    def test_of_a_web_site_is_not_that_of_a_mail_address(self, make: Make) -> None:
        customer = Customer("vd", "Van Dijk", domains=("vandijk.example",))
        account = replace(make.account("5", "Van Dijk"), website="https://www.vandijk.example/nl")
        match = recognise(customer, account, "erp", us=make.us, accounts={"erp": (account,)}, named=False)
        assert only(match.evidence, "domain").here == "https://www.vandijk.example/nl"

    def test_of_a_web_site_that_is_the_domain_itself_is_not_told_twice(self, make: Make) -> None:
        customer = Customer("vd", "Van Dijk", domains=("vandijk.example",))
        account = make.account("5", "Van Dijk", "vandijk.example")
        match = recognise(customer, account, "erp", us=make.us, accounts={"erp": (account,)}, named=False)
        assert only(match.evidence, "domain").here == ""

    def test_is_nobody_where_the_user_typed_it(self, make: Make) -> None:
        account = make.account("5", "Van Dijk Machinebouw")
        customer = Customer("vd", "Van Dijk Machinebouw")
        match = recognise(customer, account, "erp", us=make.us, accounts={"erp": (account,)})
        assert only(match.evidence, "name").source is None

    def test_of_what_contradicts_tells_what_the_customer_has_instead(self, make: Make) -> None:
        known = Known("country", "NL", "crm", "1")
        account = make.account("5", "Van Dijk Machinebouw", country="BE")
        match = recognise(
            telling(known, countries=("NL",)), account, "erp", us=make.us, accounts={"erp": (account,)}
        )
        told = only(match.evidence, "other_country")
        assert (match.outcome, told.told, told.instead, told.source) == ("maybe", "BE", "NL", "crm")

    def test_is_the_customers_own_before_what_else_is_known(self) -> None:
        first, again, more = (
            Known("name", "Van Dijk B.V.", "crm", "1"),
            Known("name", "VAN DIJK", "erp", "9"),
            Known("name", "VDM", "erp", "9"),
        )
        origins = Origins(telling(first), (again, more))
        assert origins.of("name", "Van Dijk") == first
        assert origins.of("name", "vdm") == more
        assert origins.of("domain", "vdm") is None
        assert joined((first,), (again, more)) == (first, more)

    async def test_is_the_first_source_that_told_it_whoever_told_it_again(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
        stage.crm(make.account("7", "Van Dijk Machinebouw", "vandijk.example"), name="erp")
        briefing = await stage.briefing("Van Dijk Machinebouw B.V.")
        known = {(k.what, k.value): (k.source, k.native_id) for k in briefing.customer.known}
        assert known["domain", "vandijk.example"] == ("crm", "1")


class TestARegistrationNumber:
    CUSTOMER = telling(Known("number", VAT, "crm", "1"))

    def _match(self, make: Make, *accounts: Account) -> Match:
        return recognise(self.CUSTOMER, accounts[0], "erp", us=make.us, accounts={"erp": accounts})

    def test_that_is_the_same_proves_it_whatever_the_name(self, make: Make) -> None:
        account = replace(make.account("7", "VDM Holding"), numbers=("vat NL 0044.95.445.B01",))
        match = self._match(make, account)
        assert (match.outcome, match.how) == ("same", "number")
        told = only(match.evidence, "number")
        assert (told.weight, told.source, told.record) == ("proof", "crm", "1")

    def test_that_is_another_leaves_a_namesake_a_candidate(self, make: Make) -> None:
        account = replace(make.account("7", "Van Dijk Machinebouw"), numbers=("kvk 12345678",))
        customer = telling(Known("number", "kvk 87654321", "crm", "1"))
        match = recognise(customer, account, "erp", us=make.us, accounts={"erp": (account,)})
        assert match.outcome == "maybe"
        assert only(match.evidence, "other_number").instead == "kvk 87654321"

    def test_that_several_have_decides_on_none(self, make: Make) -> None:
        one, two = (replace(make.account(i, f"VDM {i}"), numbers=(VAT,)) for i in ("7", "8"))
        match = self._match(make, one, two)
        assert match.outcome == "maybe"
        assert only(match.evidence, "shared_number")

    async def test_of_the_account_that_is_the_customer_finds_it_under_another_name(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = replace(make.account("1", "Van Dijk Machinebouw B.V."), numbers=(VAT,))
        other = replace(make.account("7", "Van Dijk Machinebouw Eindhoven"), numbers=(VAT,))
        stage.crm(crm)
        stage.crm(other, name="erp")
        briefing = await stage.briefing("Van Dijk Machinebouw B.V.")
        assert ("erp", "7") in briefing.customer.ids


class TestAPhoneNumberAndAPostcode:
    def test_that_are_the_same_are_told_beside_the_name(self, make: Make) -> None:
        known = (
            Known("phone", "+31 40 123 4567", "crm", "1"),
            Known("postcode", "5611 AB", "crm", "1"),
            Known("country", "NL", "crm", "1"),
        )
        account = make.account("7", "Van Dijk Machinebouw", country="NL")
        place = replace(account.place or Place(), postcode="5611ab")
        account = replace(account, phone="040-1234567", place=place)
        match = recognise(
            replace(telling(known[0]), known=known), account, "erp", us=make.us, accounts={"erp": (account,)}
        )
        phone, postcode = only(match.evidence, "phone"), only(match.evidence, "postcode")
        assert (phone.weight, phone.here, phone.source) == ("strong", "040-1234567", "crm")
        assert (postcode.weight, postcode.here) == ("some", "5611ab")

    @pytest.mark.parametrize(
        ("ours", "theirs", "told"),
        [("NL", "NL", True), ("NL", "BE", False), ("NL", None, True), (None, "NL", True), (None, None, True)],
    )
    def test_tell_nothing_in_another_country(
        self, make: Make, ours: str | None, theirs: str | None, told: bool
    ) -> None:
        known: tuple[Known, ...] = (
            Known("phone", "040 123 4567", "crm", "1"),
            Known("postcode", "5611 AB", "crm", "1"),
        )
        if ours is not None:
            known += (Known("country", ours, "crm", "1"),)
        place = Place(postcode="5611ab", country=theirs)
        account = replace(make.account("7", "Van Dijk"), phone="040-1234567", place=place)
        assert [e.what for e in beside(known, account)] == (["phone", "postcode"] if told else [])

    def test_written_alike_are_not_told_twice(self, make: Make) -> None:
        known = (Known("phone", "040 123 4567", "crm", "1"), Known("postcode", "5611 AB", "crm", "1"))
        account = replace(
            make.account("7", "Van Dijk"), phone="040 123 4567", place=Place(postcode="5611 AB")
        )
        assert [e.here for e in beside(known, account)] == ["", ""]
        (number,) = same_number((Known("number", VAT, "crm", "1"),), replace(account, numbers=(VAT,)))
        assert number.here == ""

    def test_that_are_none_are_not_known_of_the_customer(self, make: Make) -> None:
        place = Place(postcode="5611 AB")
        account = replace(make.account("1", "Van Dijk"), numbers=("kvk unknown", VAT), place=place)
        told = [(k.what, k.value) for k in told_by("crm", replace(account, phone="toestel 12"))]
        assert told == [("number", VAT), ("postcode", "5611 AB")]
        assert [k.value for k in told_by("crm", replace(account, phone="040 123 4567"))][1] == "040 123 4567"


class TestAGroup:
    async def test_is_shown_and_its_members_stay_apart(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(
            make.account("1", "Kaasmakers Holding", "kaas.example"),
            make.account("2", "Kaasmakers Transport", parent="1"),
            make.account("3", "Kaasmakers Holding", parent="1"),
        )
        with pytest.raises(Ambiguous) as asked:
            await stage.briefing("Kaasmakers")
        related = {f.record.id: f.match.related for f in asked.value.candidates}
        holding = Related("subsidiary", "Kaasmakers Holding", "crm", "1")
        assert related["2"] == (holding,)
        assert related["3"] == (replace(holding, relation="branch"),)
        assert [r.native_id for r in related["1"]] == ["2", "3"]

    async def test_whose_head_was_not_found_tells_its_id(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("2", "Kaasmakers Transport", parent="1"))
        (panel,) = (await stage.briefing("Kaasmakers Transport")).panels
        (account,) = (f for s in panel.sections for f in s.records if f.record.kind is Kind.ACCOUNT)
        assert account.match.related == (Related("subsidiary", "", "crm", "1"),)

    def test_is_none_of_an_account_alone_that_is_its_own_parent_by_mistake(self, make: Make) -> None:
        assert relations("crm", [make.account("1", "Kaas", parent="1")]) == {}

    def test_member_with_another_name_of_the_head_is_a_branch(self, make: Make) -> None:
        head = make.account("1", "Kaasmakers Holding", aliases=("Kaas & Co", "..."))
        assert beneath(make.account("2", "Kaas & Co B.V.", parent="1"), head) == "branch"
        assert beneath(make.account("3", "Kaas Transport", parent="1"), head) == "subsidiary"
        assert beneath(make.account("4", "", parent="1"), head) == "subsidiary"

    def test_member_that_is_somebody_else_says_whose_it_is(self, make: Make) -> None:
        parent, child = make.account("1", "Kaas"), make.account("2", "Vacht", parent="1")
        branch = make.account("3", "Kaas", parent="1")
        customer = Customer("k", "Kaas", ids=(("crm", "1"),))
        accounts = {"crm": (parent, child, branch)}
        told = [
            recognise(customer, a, "crm", us=make.us, accounts=accounts).evidence[0] for a in (child, branch)
        ]
        assert [(e.what, e.told, e.record) for e in told] == [
            ("subsidiary", "Kaas", "1"),
            ("branch", "Kaas", "1"),
        ]


class TestEveryPiece:
    @pytest.mark.parametrize(
        ("what", "weight"),
        [
            ("number", "proof"),
            ("record_link", "proof"),
            ("phone", "strong"),
            ("postcode", "some"),
            ("other_number", "against"),
            ("taken", "rules_out"),
            ("rejected", "rules_out"),
            ("other_id", "rules_out"),
            ("subsidiary", "rules_out"),
        ],
    )
    def test_counts_as_much_as_it_tells(self, what: What, weight: Weight) -> None:
        assert piece(what, "x").weight == weight
        assert piece(what, "x").speaks_for is (weight in ("proof", "strong", "some"))

    @pytest.mark.parametrize("what", get_args(What))
    def test_has_a_weight_and_words(self, what: What) -> None:
        assert piece(what, "x").weight == WEIGHTS.get(what, "against")
        assert piece(what, "x").text
        assert what in ("link", "rejected", "rejected_before") or what in _WORDS
