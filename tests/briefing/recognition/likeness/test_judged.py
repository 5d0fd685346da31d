"""Accounts by names like the customer's, as a briefing recognises them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from salesprep.adapter import Account, Place
from salesprep.briefing.model import Customer, Match
from salesprep.briefing.recognition.accounts import CANDIDATES, judge
from salesprep.briefing.recognition.ours import ours
from salesprep.settings import Us

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def account(number: int, title: str, city: str | None = None, site: str | None = None) -> Account:
    return Account(
        id=str(number),
        title=title,
        website=site,
        place=Place(city=city, country="NL") if city else None,
        fetched_at=NOW,
        no_url_reason="a test",
    )


def judged(customer: Customer, *accounts: Account) -> Mapping[str, Match]:
    found = judge(customer, {"crm": accounts}, ours(Us()))
    return {number: match for (_, number), match in found.items()}


def kaas(name: str = "Kaasmakers Intl", *domains: str, town: str | None = None) -> Customer:
    places = ((town, "NL"),) if town else ()
    return Customer("kaas", name, domains=domains, countries=("NL",), places=places)


class TestAnotherSpelling:
    def test_is_the_customer_where_the_town_is_theirs(self) -> None:
        match = judged(kaas("KAASMAKERS GRP EO 1", town="Gouda"), account(1, "Kaasmakers Group", "Gouda"))[
            "1"
        ]
        assert (match.outcome, [e.what for e in match.evidence]) == ("same", ["variant", "place"])

    def test_is_a_candidate_elsewhere(self) -> None:
        match = judged(kaas(town="Gouda"), account(1, "Kaasmakers International", "Zwolle"))["1"]
        assert (match.outcome, match.evidence[-1].what) == ("maybe", "other_place")

    def test_says_what_the_customer_is_called_itself(self) -> None:
        told = judged(kaas(town="Gouda"), account(1, "Kaasmakers International", "Zwolle"))["1"].evidence[0]
        assert (told.told, told.instead) == ("Kaasmakers International", "Kaasmakers Intl")

    def test_is_a_candidate_beside_another_like_it(self) -> None:
        found = judged(
            kaas(), account(1, "Kaasmakers International"), account(2, "Kaasmakers International BV", "Goes")
        )
        assert {match.outcome for match in found.values()} == {"maybe"}


class TestAnEqualName:
    def test_in_another_town_is_a_candidate(self) -> None:
        match = judged(kaas("Kaasmakers", town="Gouda"), account(1, "Kaasmakers B.V.", "Zwolle"))["1"]
        assert (match.outcome, match.evidence[-1].what) == ("maybe", "other_place")

    def test_of_common_words_is_a_candidate(self) -> None:
        match = judged(kaas("Global Energy"), account(1, "Global Energy"))["1"]
        assert (match.outcome, match.evidence[-1].what) == ("maybe", "common_name")

    def test_of_common_words_is_the_customer_in_their_town(self) -> None:
        assert (
            judged(kaas("Global Energy", town="Goes"), account(1, "Global Energy", "Goes"))["1"].outcome
            == "same"
        )


class TestASharedWebsite:
    SITE = "https://www.kaas.example"

    @pytest.mark.parametrize("title", ["Kaasmakers Leasing B.V.", "Glashuis"])
    def test_proves_nothing_where_the_name_is_another(self, title: str) -> None:
        match = judged(kaas("Kaasmakers", "kaas.example"), account(1, title, site=self.SITE))["1"]
        assert (match.outcome, match.evidence[-1].what) == ("maybe", "other_name")

    def test_proves_a_name_that_is_written_otherwise(self) -> None:
        found = judged(
            kaas("KAASM. INTL", "kaas.example"), account(1, "Kaasmakers International", site=self.SITE)
        )
        assert found["1"].outcome == "same"


class TestCandidates:
    def test_are_but_a_few_and_the_likeliest_is_strongest(self) -> None:
        others = [account(n, f"Kaasmakers {word}") for n, word in enumerate(("Noord", "Zuid", "Oost") * 5)]
        found = judged(kaas("Kaasmakers Zuid Beheer"), *others)
        maybe = [match for match in found.values() if match.outcome == "maybe"]
        assert len(maybe) == CANDIDATES
        strongest = max(found, key=lambda number: found[number].strength)
        assert others[int(strongest)].title == "Kaasmakers Zuid"

    def test_are_none_for_a_name_without_letters(self) -> None:
        found = judged(kaas("!!!"), account(1, "Glashuis"), account(2, "Kaasmakers"))
        assert {match.outcome for match in found.values()} == {"other"}
