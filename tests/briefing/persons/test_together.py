"""Several sources' records of a customer's persons: who is on one line, why, and who may be."""

from __future__ import annotations

from itertools import permutations

import pytest

from salesprep.briefing.persons.match import Known, known, match
from salesprep.briefing.persons.together import together, whom

MAIL = "rob.smit@vandijk.example"
PROFILE = "https://www.linkedin.com/in/rsmit"


def crm(name: str, *mails: str, phones: tuple[str, ...] = (), handles: tuple[str, ...] = ()) -> Known:
    return known("crm", name, mails=mails, phones=phones, handles=handles)


def linkedin(name: str, *mails: str, phones: tuple[str, ...] = (), handles: tuple[str, ...] = ()) -> Known:
    return known("linkedin", name, mails=mails, phones=phones, handles=handles)


def groups(*people: Known) -> set[frozenset[int]]:
    """Who is on one line, however the sources are ordered."""
    found = {frozenset(g) for g in together(people).groups}
    for order in list(permutations(range(len(people))))[:24]:
        again = together(tuple(people[n] for n in order)).groups
        assert {frozenset(order[n] for n in g) for g in again} == found
    return found


TWO = {frozenset({0}), frozenset({1})}
ONE = {frozenset({0, 1})}


class TestOnePerson:
    @pytest.mark.parametrize(
        "url",
        [
            "linkedin.com/in/RSmit/",
            "https://nl.linkedin.com/in/rsmit?trk=x",
            "http://linkedin.com/in/rsmit/nl",
        ],
    )
    def test_of_one_profile_however_its_address_is_written(self, url: str) -> None:
        assert (
            groups(crm("Rob Smit", handles=(PROFILE,)), linkedin("R.J. Smit-Bakker", handles=(url,))) == ONE
        )

    def test_of_one_mail_address_though_the_name_was_changed_by_marriage(self) -> None:
        assert (
            groups(
                crm("Anna Smit", "anna@vandijk.example"), linkedin("Anna de Vries", "Anna@vandijk.example")
            )
            == ONE
        )

    @pytest.mark.parametrize("other", ["06-1234 5678", "0031 6 12345678", "+31 (0)6 12 34 56 78"])
    def test_of_one_phone_number_and_a_name_that_fits(self, other: str) -> None:
        assert (
            groups(crm("R. Smit", phones=("+31 6 12345678",)), linkedin("Rob Smit", phones=(other,))) == ONE
        )

    def test_of_an_initial_where_the_address_writes_the_name_out(self) -> None:
        assert groups(crm("R. Smit", MAIL), linkedin("Rob Smit")) == ONE
        assert groups(crm("R. Smit", MAIL), linkedin("Roos Smit")) == TWO

    def test_with_a_private_address_beside_the_one_at_work(self) -> None:
        assert groups(crm("Rob Smit", MAIL), linkedin("Rob Smit", "robsmit74@gmail.com")) == ONE

    def test_each_record_knows_with_which_other_and_why(self) -> None:
        told = together(
            (
                crm("R. Smit", MAIL),
                linkedin("Rob Smit", handles=(PROFILE,)),
                known("wiki", "Rob Smit", mails=(MAIL,)),
            )
        )
        assert told.groups == ((0, 1, 2),)
        assert {n: (j.to, j.why[0].what) for n, j in told.joined.items()} == {2: (0, "mail"), 1: (2, "name")}

    def test_and_is_tied_to_one_that_has_in_common_what_is_told(self) -> None:
        people = (
            crm("R. Smit", "rob@gmail.com"),
            known("a", "Rob Smit", handles=(PROFILE,)),
            known("b", "Rob Smit", handles=(PROFILE,), mails=(MAIL,)),
            known("c", "Rob Smit", mails=(MAIL,), phones=("+31 6 12345678",)),
            known("d", "Rob Smit", mails=("rob@gmail.com",), phones=("0612345678",)),
        )
        told = together(people)
        assert told.groups == ((0, 1, 2, 3, 4),)
        for number, joined in told.joined.items():
            assert joined.why == match(people[min(number, joined.to)], people[max(number, joined.to)]).why
        assert {n: j.to for n, j in told.joined.items()} == {1: 2, 2: 3, 3: 4, 4: 0}


class TestTwoPeople:
    @pytest.mark.parametrize(
        "desk", ["info@vandijk.example", "Sales.NL@vandijk.example", "inkoop2@vandijk.example"]
    )
    def test_a_desks_address_is_nobodys(self, desk: str) -> None:
        assert groups(crm("Rob Smit", desk), linkedin("Karin Vos", desk)) == TWO
        assert not together((crm("Rob Smit", desk), linkedin("Karin Vos", desk))).doubts

    def test_a_number_that_several_have_is_nobodys(self) -> None:
        board = ("+31 40 555 0100",)
        people = (
            crm("R. Smit", phones=board),
            linkedin("Roos Smit", phones=board),
            crm("Karin Vos", phones=board),
        )
        assert groups(*people) == {frozenset({n}) for n in range(3)}

    def test_of_one_name_with_two_profiles(self) -> None:
        assert (
            groups(crm("Rob Smit", handles=(PROFILE,)), linkedin("Rob Smit", handles=(PROFILE + "2",))) == TWO
        )

    def test_of_one_name_with_two_addresses_in_one_company(self) -> None:
        one, other = crm("Rob Smit", MAIL), linkedin("Rob Smit", "r.smit2@vandijk.example")
        assert groups(one, other) == TWO
        (doubt,) = together((one, other)).doubts
        assert [b.what for b in doubt.why] == ["other_mail", "name"]

    def test_of_one_name_in_one_source(self) -> None:
        assert frozenset({0, 1}) not in groups(crm("Rob Smit"), crm("Rob Smit"), linkedin("Rob Smit"))
        assert len(groups(crm("Rob Smit"), crm("Rob Smit"), linkedin("Rob Smit"))) == 3

    def test_an_address_that_was_handed_on_is_doubted(self) -> None:
        one, other = (
            crm("Rob Smit", "r.smit@vandijk.example"),
            linkedin("Roos Smit", "r.smit@vandijk.example"),
        )
        assert groups(one, other) == TWO
        assert match(one, other).outcome == "maybe"

    def test_a_short_name_that_fits_two(self) -> None:
        people = (crm("Cornelis Smit"), linkedin("Kees Smit"), crm("K. Smit"))
        assert groups(*people) == {frozenset({n}) for n in range(3)}
        assert "somebody_else" in [b.what for b in together(people).doubts[0].why]

    def test_initials_are_perhaps_the_same_and_never_joined(self) -> None:
        people = (crm("R. Smit"), linkedin("Rob Smit"))
        assert groups(*people) == TWO
        assert [(d.one, d.other) for d in together(people).doubts] == [(0, 1)]


class TestAGuest:
    PEOPLE = (crm("R. Smit", MAIL), linkedin("Rob Smit"), crm("Karin Vos"), linkedin("Karin Bos"))

    def who(self, name: str, *mails: str) -> set[int]:
        told = together(self.PEOPLE)
        return set(whom(known("", name, mails=mails), self.PEOPLE, told.groups) or ())

    def test_is_all_records_of_the_line_that_the_address_leads_to(self) -> None:
        assert self.who("", MAIL) == {0, 1}

    def test_is_known_by_name_alone(self) -> None:
        assert self.who("Vos, Karin") == {2}

    @pytest.mark.parametrize("name", ["R. Vos", "K. Vos", "Smit", "Piet Aarts", ""])
    def test_is_nobody_by_a_part_of_a_name(self, name: str) -> None:
        assert self.who(name) == set()

    def test_is_nobody_where_another_address_stands_under_the_name(self) -> None:
        assert self.who("Roos Smit", "r.smit@vandijk.example") == set()
