"""Several sources' records of a customer's persons: who is on one line, why, and who may be."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Keys, Person
from salesprep.briefing.model import Found, Match
from salesprep.briefing.persons.lines import lines_of
from salesprep.briefing.persons.match import Known, known, match
from salesprep.briefing.persons.together import together, whom
from salesprep.briefing.persons.traces import spells

if TYPE_CHECKING:
    from tests.briefing.conftest import Make

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

    def test_of_one_mail_address_whatever_somebody_adds_to_sort_by(self) -> None:
        assert (
            groups(
                crm("R. Smit", "R.Smit+nieuws@vandijk.example"),
                linkedin("Rob Smit", "r.smit@vandijk.example"),
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

    @pytest.mark.parametrize("private", ["robsmit74@gmail.com", "snoopy74@gmail.com"])
    def test_with_a_private_address_beside_the_one_at_work(self, private: str) -> None:
        assert groups(crm("Rob Smit", MAIL), linkedin("Rob Smit", private)) == ONE

    def test_with_a_private_address_where_neither_tells_a_name(self) -> None:
        work = crm("Rob Smit", "x18@vandijk.example")
        assert groups(work, linkedin("Rob Smit", "snoopy74@gmail.com")) == ONE

    def test_with_an_address_at_another_company_that_has_their_name_in_it(self) -> None:
        assert groups(crm("Rob Smit", MAIL), linkedin("Rob Smit", "r.smit@elders.example")) == ONE
        unlike = (crm("Rob Smit", "x18@vandijk.example"), linkedin("Rob Smit", "x17@elders.example"))
        assert groups(*unlike) == TWO

    def test_of_one_whole_name_beside_an_initial_that_fits_it_too(self) -> None:
        people = (crm("Rob Smit"), linkedin("Rob Smit"), crm("R. Smit"))
        assert groups(*people) == {frozenset({0, 1}), frozenset({2})}

    def test_twice_in_one_source_where_another_has_what_tells_of_both(self) -> None:
        both = linkedin("Rob Smit", MAIL, handles=(PROFILE,))
        assert groups(crm("Rob Smit", MAIL), both, crm("R. Smit", handles=(PROFILE,))) == {
            frozenset(range(3))
        }
        other_name = crm("Rob de Vries", handles=(PROFILE,))
        assert groups(crm("Rob Smit", MAIL), both, other_name) == {frozenset({0}), frozenset({1, 2})}

    def test_twice_in_one_source_is_not_two_whom_a_name_may_mean(self) -> None:
        both = known("wiki", "Rob Smit", mails=(MAIL,), handles=(PROFILE,))
        people = (crm("Rob Smit", MAIL), both, crm("Rob Smit", handles=(PROFILE,)), linkedin("Rob Smit"))
        assert groups(*people) == {frozenset(range(4))}

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

    def test_a_page_that_several_have_is_nobodys(self) -> None:
        page = ("https://www.linkedin.com/company/vandijk",)
        people = (
            crm("Rob Smit", handles=page),
            linkedin("R. Smit", handles=page),
            crm("Karin Vos", handles=page),
        )
        assert groups(*people) == {frozenset({n}) for n in range(3)}

    def test_an_address_that_two_of_one_family_have_is_nobodys(self) -> None:
        family = "r.smit@vandijk.example"
        people = (crm("Rob Smit", family), linkedin("R. Smit", family), crm("Roos Smit", family))
        assert groups(*people) == {frozenset({n}) for n in range(3)}

    def test_a_number_that_several_have_is_nobodys(self) -> None:
        board = ("+31 40 555 0100",)
        people = (
            crm("R. Smit", phones=board),
            linkedin("Roos Smit", phones=board),
            crm("Karin Vos", phones=board),
        )
        assert groups(*people) == {frozenset({n}) for n in range(3)}

    def test_a_user_name_may_be_anybodys_elsewhere(self) -> None:
        people = (crm("R. Smit", handles=("rsmit",)), linkedin("Rob Smit", handles=("rsmit",)))
        assert groups(*people) == TWO
        assert match(*people).outcome == "maybe"

    def test_a_number_tells_nobody_of_a_name_that_cannot_be_read(self) -> None:
        board = ("+31 40 555 0100",)
        assert groups(crm("山田太郎", phones=board), linkedin("Rob Smit", phones=board)) == TWO

    def test_a_father_and_his_son_at_one_address(self) -> None:
        one, other = (
            crm("Jan Smit sr.", "smit@vandijk.example"),
            linkedin("Jan Smit jr.", "smit@vandijk.example"),
        )
        assert groups(one, other) == TWO
        assert match(one, other).outcome == "maybe"

    def test_of_one_name_with_two_profiles(self) -> None:
        people = (crm("Rob Smit", handles=(PROFILE,)), linkedin("Rob Smit", handles=(PROFILE + "2",)))
        assert groups(*people) == TWO
        assert not together(people).doubts

    def test_of_one_address_with_two_profiles(self) -> None:
        people = (
            crm("Rob Smit", MAIL, handles=(PROFILE,)),
            linkedin("Rob Smit", MAIL, handles=(PROFILE + "2",)),
        )
        assert groups(*people) == TWO
        assert [b.what for b in match(*people).why] == ["mail", "other_profile", "name"]
        assert match(*people).outcome == "maybe"

    def test_of_one_number_with_two_addresses_in_one_company(self) -> None:
        number = ("+31 40 555 0100",)
        people = (
            crm("Rob Smit", MAIL, phones=number),
            linkedin("Rob Smit", "r.smit2@vandijk.example", phones=number),
        )
        assert groups(*people) == TWO
        assert match(*people).outcome == "maybe"

    def test_of_one_initial_with_a_private_address_of_somebody_else(self) -> None:
        people = (crm("R. Smit", MAIL), linkedin("R. Smit", "karin.smit@gmail.com"))
        assert groups(*people) == TWO
        assert match(*people).outcome == "maybe"

    def test_whose_names_are_each_others_the_other_way_round_whatever_the_address(self) -> None:
        people = (crm("Thomas Martin", "thomas.martin@vandijk.example"), linkedin("Martin Thomas"))
        assert groups(*people) == TWO
        assert match(*people).outcome == "maybe"

    def test_of_one_name_with_two_addresses_in_one_company(self) -> None:
        one, other = crm("Rob Smit", MAIL), linkedin("Rob Smit", "r.smit2@vandijk.example")
        assert groups(one, other) == TWO
        (doubt,) = together((one, other)).doubts
        assert [b.what for b in doubt.why] == ["other_mail", "name"]

    def test_with_two_addresses_in_one_company_whom_a_third_may_be(self) -> None:
        one, other = crm("Rob Smit", MAIL), known("wiki", "Rob Smit", mails=("r.smit2@vandijk.example",))
        assert groups(one, other, linkedin("Rob Smit")) == {frozenset({n}) for n in range(3)}

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

    def test_a_comma_that_makes_the_first_word_the_family_name(self) -> None:
        people = (crm("Martin, Thomas"), linkedin("Martin Thomas"))
        assert groups(*people) == TWO
        assert [b.what for b in together(people).doubts[0].why] == ["order"]

    @pytest.mark.parametrize(("one", "other"), [("R. Müller", "R. Mueller"), ("A. Smit", "A. Smit-Vos")])
    def test_an_initial_and_a_family_name_that_is_not_the_same(self, one: str, other: str) -> None:
        people = (crm(one), linkedin(other))
        assert groups(*people) == TWO
        assert [(d.one, d.other) for d in together(people).doubts] == [(0, 1)]

    def test_an_initial_that_is_written_alike_where_two_are_there_whom_it_fits(self) -> None:
        rob, roos = known("wiki", "Rob Smit"), known("erp", "Roos Smit")
        people = (crm("R. Smit"), linkedin("R. Smit"), rob, roos)
        assert groups(*people) == {frozenset({n}) for n in range(4)}
        assert groups(*people[:2]) == ONE

    def test_of_one_source_are_not_joined_by_a_third_that_has_the_name_of_one(self) -> None:
        address = "c.vos@vandijk.example"
        people = (crm("Cornelis Vos", address), linkedin("Kees Vos", address), crm("Kees Vos"))
        assert groups(*people) == {frozenset({0, 1}), frozenset({2})}

    @pytest.mark.parametrize(
        ("one", "other"), [("张 伟", "章 伟"), ("山田 太郎", "山藤 太郎"), ("حسن علي", "حصن علي")]
    )
    def test_whose_names_are_alike_in_latin_letters_only(self, one: str, other: str) -> None:
        assert groups(crm(one), linkedin(other)) == TWO
        assert not together((crm(one), linkedin(other))).doubts

    def test_initials_are_perhaps_the_same_and_never_joined(self) -> None:
        people = (crm("R. Smit"), linkedin("Rob Smit"))
        assert groups(*people) == TWO
        assert [(d.one, d.other) for d in together(people).doubts] == [(0, 1)]


class TestAnAddress:
    @pytest.mark.parametrize(
        ("local", "told"),
        [
            ("rob.smit", True),
            ("r.smit2", True),
            ("rsmit", True),
            ("rob", True),
            ("ruud.smit", None),
            ("smit", None),
            ("snoopy74", None),
            ("karin.smit", False),
            ("k.smit", False),
        ],
    )
    def test_tells_whose_name_it_is_made_of(self, local: str, told: bool | None) -> None:
        assert spells(f"{local}@vandijk.example", "Rob Smit") is told


class TestANumber:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("+31 6 12345678", "06-12345678", True),
            ("+31 6 12345678", "+32 6 12345678", False),
            ("06-12345678", "0612345678", True),
            ("+31 6 12345678", "612345678", False),
            ("+31612345678", "0345678", False),
            ("+1 555 31612345678", "012345678", False),
            ("+31 6 12345678 tst. 12", "06 12345678", True),
            ("tst. 12", "tst. 12", False),
            ("0112", "0112", False),
        ],
    )
    def test_is_one_with_and_without_its_country(self, one: str, other: str, same: bool) -> None:
        people = (crm("R. Smit", phones=(one,)), linkedin("Rob Smit", phones=(other,)))
        assert (groups(*people) == ONE) is same


class TestTheLinesOfAPanel:
    def line(self, source: str, person: Person) -> Found:
        return Found(source, person, Match("same", "id"))

    def test_are_told_by_addresses_and_numbers_wherever_the_source_has_them(self, make: Make) -> None:
        number = ("+31 6 12345678",)
        records = (
            self.line("crm", make.person("1", "R. Smit", keys=Keys(emails=("r.smit@vandijk.example",)))),
            self.line("linkedin", make.person("2", "Rob Smit", "1", "r.smit@vandijk.example")),
            self.line("wiki", make.person("6", "P. Aarts", phones=number)),
            self.line("crm", make.person("7", "Piet Aarts", phones=("06-12345678",))),
            self.line("wiki", make.person("4", "Karin Vos", handles=(PROFILE,))),
            self.line("crm", make.person("5", "K. Bos-Vos", handles=(PROFILE,))),
        )
        ids = [[found.record.id for found in group] for group in lines_of(records).groups]
        assert ids == [["1", "2"], ["6", "7"], ["4", "5"]]

    def test_are_never_perhaps_somebody_of_a_source_that_has_them_already(self, make: Make) -> None:
        records = (
            self.line("crm", make.person("1", "Rob Smit")),
            self.line("linkedin", make.person("2", "Rob Smit")),
            self.line("crm", make.person("3", "R. Smit")),
            self.line("wiki", make.person("4", "R. Smit")),
        )
        lines = lines_of(records)
        assert [tie.found.record.id for tie in lines.doubts(0)] == ["4"]


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
        assert self.who("Roos Smit", MAIL) == set()

    def test_is_nobody_by_a_short_form_that_may_be_anothers(self) -> None:
        people = (crm("Cornelis Smit"), linkedin("K. Smit"), crm("C. Smit"))
        groups = together(people).groups
        assert whom(known("", "Kees Smit"), people, groups) is None
        assert set(whom(known("", "Cornelis Smit"), people, groups) or ()) == {0}

    def test_is_nobody_where_two_have_the_name(self) -> None:
        people = (crm("Karin Vos"), crm("Karin Vos"))
        assert whom(known("", "Karin Vos"), people, together(people).groups) is None
