"""One export: who of one's own network is at a customer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salesprep.adapter import Kind

Desk = Any
NAME = "Van Dijk Machinebouw"


class TestAPerson:
    def test_is_told_with_job_employer_and_profile(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", f"{NAME} B.V.", "Plant manager", email="R.Smit@vandijk.example"))
        (person,) = desk.people(NAME)
        assert (person.title, person.position) == ("Ruben Smit", "Plant manager")
        assert person.keys.organisation == f"{NAME} B.V."
        assert person.url == "https://www.linkedin.com/in/ruben-smit-invented"
        assert person.handles == ("linkedin.com/in/ruben-smit-invented",)
        assert person.emails == ("r.smit@vandijk.example",)
        assert person.id == "ruben-smit-invented"
        assert (person.origin, person.visibility) == ("outside", "internal")

    def test_has_no_start_date_from_the_day_of_connecting(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", NAME, on="14 Mar 2019"))
        (person,) = desk.people(NAME)
        assert (person.started, person.at, person.updated_at, person.change) == (None, None, None, None)
        assert person.fields == {"Connected on": "14 Mar 2019"}

    def test_hangs_under_the_account_that_find_gives(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", f"{NAME} B.V."), desk.row("Tom Aarts", NAME.upper()))
        (account,) = desk.find(f"{NAME} BV").records
        assert {person.keys.account_id for person in desk.people(NAME)} == {account.id}
        assert [person.title for person in desk.people(ids=[account.id])] == ["Ruben Smit", "Tom Aarts"]

    @pytest.mark.parametrize(
        ("url", "slug"),
        [
            ("https://www.linkedin.com/in/Ruben-Invented", "ruben-invented"),
            ("https://www.linkedin.com/in/ruben-invented/", "ruben-invented"),
            ("http://nl.linkedin.com/in/ruben-invented?trk=x", "ruben-invented"),
            ("linkedin.com/in/ruben-invented#top", "ruben-invented"),
            ("https://www.linkedin.com/in/ruben-invented/nl", "ruben-invented"),
            ("https://www.linkedin.com/in/rub%C3%A9n-invented", "rubén-invented"),
            ("https://www.linkedin.com/pub/ruben-invented/1/2b/3C4", "pub/ruben-invented/1/2b/3c4"),
        ],
    )
    def test_is_known_by_their_address_however_it_is_written(self, desk: Desk, url: str, slug: str) -> None:
        desk.export(desk.row("Ruben Smit", NAME, url=url))
        (person,) = desk.people(NAME)
        assert person.id == slug
        assert person.url.startswith("https://www.linkedin.com/")

    @pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://elsewhere.example/in/ruben"])
    def test_without_an_address_has_no_link_and_says_why(self, desk: Desk, url: str) -> None:
        desk.export(desk.row("Ruben Smit", NAME, url=url))
        (person,) = desk.people(NAME)
        assert person.url is None
        assert person.no_url_reason
        assert person.handles == ()

    def test_twice_in_a_file_is_one(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", NAME), desk.row("Ruben Smit", NAME))
        assert len(desk.people(NAME)) == 1

    def test_namesakes_without_addresses_are_two(self, desk: Desk) -> None:
        rows = [desk.row("Jan Jansen", NAME, url="", on=on) for on in ("01 Jan 2020", "02 Jan 2020")]
        desk.export(*rows)
        assert len(desk.people(NAME)) == 2

    def test_with_codes_of_web_pages_in_name_and_employer_is_readable(self, desk: Desk) -> None:
        desk.export(desk.row("Zo&euml; Vos", "Kaas &amp; Co", "Buyer &amp; planner"))
        (person,) = desk.people("Kaas & Co")
        assert (person.title, person.position) == ("Zoë Vos", "Buyer & planner")
        assert person.keys.organisation == "Kaas & Co"

    def test_nobody_elsewhere_is_told(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", NAME), desk.row("Ewa Nowak", "Noordzee Offshore"))
        assert [person.title for person in desk.people(NAME)] == ["Ruben Smit"]
        assert desk.people("Acme") == []


class TestThePage:
    def test_is_of_the_day_of_the_export_and_says_what_it_cannot_know(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", NAME))
        for page in (desk.find(NAME), desk.fetch(Kind.PERSON, NAME), desk.fetch(Kind.ACTIVITY, NAME)):
            assert page.notice == (
                "This file knows only people connected to you. Changes show from your second file on."
            )
        page = desk.fetch(Kind.PERSON, NAME)
        assert page.as_of.date() == date(2026, 11, 21)
        assert page.as_of.tzinfo is not None
        assert (page.total, page.failure, page.refused) == (1, None, ())

    def test_of_a_large_employer_goes_on_and_misses_nobody(self, desk: Desk) -> None:
        desk.export(*(desk.row(f"P{n:03} Invented", NAME) for n in range(120)))
        titles, cursor = [], None
        while True:
            page = desk.fetch(Kind.PERSON, NAME, cursor=cursor)
            assert page.total == 120
            titles += [record.title for record in page.records]
            cursor = page.cursor
            if cursor is None:
                break
        assert titles == [f"P{n:03} Invented" for n in range(120)]


class TestHiddenMembers:
    def test_are_counted_and_nobody(self, desk: Desk) -> None:
        hidden = [["", "", "", "", "", "", "30 Jun 2018"]] * 3
        desk.export(desk.row("Ruben Smit", NAME), *hidden)
        page = desk.fetch(Kind.PERSON, NAME)
        assert [record.title for record in page.records] == ["Ruben Smit"]
        assert "3 more hide their names." in page.notice
        # They are no trouble with the file: who is told is all whom it can tell.
        assert page.refused == ()


class TestFindingTheOrganisation:
    def titles(self, desk: Desk, *names: str) -> list[str]:
        return [account.title for account in desk.find(*names).records]

    def test_gives_one_account_for_all_its_spellings(self, desk: Desk) -> None:
        spelled = [f"{NAME} B.V.", NAME, NAME, "VAN DIJK MACHINEBOUW", "van  Dijk Machinebouw bv"]
        desk.export(*(desk.row(f"P{n} Invented", one) for n, one in enumerate(spelled)))
        (account,) = desk.find(NAME).records
        assert account.title == NAME
        assert set(account.aliases) == {f"{NAME} B.V.", "VAN DIJK MACHINEBOUW", "van Dijk Machinebouw bv"}
        assert account.no_url_reason

    def test_keeps_apart_what_states_different_legal_forms(self, desk: Desk) -> None:
        for name in (f"{NAME} B.V.", f"{NAME} GmbH", NAME):
            desk.export(
                desk.row("A One", f"{NAME} B.V."),
                desk.row("B Two", f"{NAME} GmbH"),
                desk.row("C Three", NAME),
            )
            found = desk.find(name).records
            assert len({account.id for account in found}) == 3
        ids = {account.title: account.id for account in found}
        assert [person.title for person in desk.people(ids=[ids[f"{NAME} GmbH"]])] == ["B Two"]

    def test_puts_the_exact_one_first(self, desk: Desk) -> None:
        others = ["Van Dijk Machinebouw Services", "Van Dijk", "Groep Van Dijk Machinebouw"]
        desk.export(*(desk.row(f"P{n} Invented", one) for n, one in enumerate([*others, NAME])))
        assert self.titles(desk, NAME) == [NAME, *others[::2], "Van Dijk"]

    def test_finds_accents_and_joining_words(self, desk: Desk) -> None:
        desk.export(
            desk.row("A One", "Café Åre AB"), desk.row("B Two", "Kaas en Zoon"), desk.row("C Three", "K.P.N.")
        )
        assert self.titles(desk, "cafe are") == ["Café Åre AB"]
        assert self.titles(desk, "Kaas & Zoon") == ["Kaas en Zoon"]
        assert self.titles(desk, "KPN") == ["K.P.N."]

    @pytest.mark.parametrize(
        "typed", ["Van Dyk Machinebouw", "VanDijk Machine bouw", "Machinebouw van Dijk", "VDM"]
    )
    def test_finds_what_is_written_otherwise(self, desk: Desk, typed: str) -> None:
        others = [f"Firma {n}" for n in range(50)]
        desk.export(*(desk.row(f"P{n} Invented", one) for n, one in enumerate([*others, f"{NAME} B.V."])))
        (account,) = desk.find(typed).records
        assert account.title == f"{NAME} B.V."
        assert [one.title for one in desk.people(ids=[account.id])] == ["P50 Invented"]

    def test_puts_what_is_only_written_alike_last(self, desk: Desk) -> None:
        others = ["Van Dyk Machinebouw", "Van Dijk Machinebouw Services"]
        desk.export(*(desk.row(f"P{n} Invented", one) for n, one in enumerate([*others, NAME])))
        assert self.titles(desk, NAME) == [NAME, others[1], others[0]]

    def test_is_not_drowned_by_a_word_that_many_have(self, desk: Desk) -> None:
        rows = [desk.row(f"P{n} Invented", f"Van Dam {n}") for n in range(300)]
        desk.export(*rows, desk.row("Ruben Smit", "Van Dijk"))
        assert self.titles(desk, "Van Dijk")[0] == "Van Dijk"
        assert len(desk.find("Van").records) <= 50

    def test_finds_nothing_for_nothing(self, desk: Desk) -> None:
        desk.export(desk.row("Ruben Smit", ""), desk.row("Tom Aarts", NAME))
        assert self.titles(desk) == []
        assert self.titles(desk, "") == []
        assert self.titles(desk, "&") == []
        assert desk.people("B.V.") == []
