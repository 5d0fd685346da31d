"""A customer whom the user calls otherwise than its account does: the same briefing by either name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Account, Keys, Kind
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Link

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage


@pytest.fixture
def sneek(make: Make) -> Account:
    return make.account("nl", "Hoekstra Pompen B.V.", "hoekstra-sneek.example")


@pytest.fixture
def gent(make: Make) -> Account:
    return make.account("be", "Hoekstra Pompen N.V.", "hoekstra-gent.example")


@pytest.fixture
def links(make: Make) -> Links:
    link = Link("crm", "nl", "is", "Anna", make.at(-1), "confirmed")
    return Links((Customer("crm:nl", "Hoekstra Sneek", links=(link,)),))


@pytest.mark.parametrize("name", ["Hoekstra Sneek", "crm:nl"])
async def test_a_visit_that_could_be_a_namesakes_stays_a_question(
    name: str, stage: Stage, make: Make, seen: Seen, links: Links, sneek: Account, gent: Account
) -> None:
    stage.crm(sneek, gent)
    stage.calendar(make.meeting("m", "Hoekstra Pompen bellen", start=make.day(3)))
    briefing = await stage.briefing(name, links=links)
    assert briefing.visit is None
    assert seen.facts(briefing, "calendar") == []
    assert seen.candidates(briefing, "calendar") == ["m"]


async def test_what_others_keep_under_the_accounts_own_name_is_found(
    stage: Stage, make: Make, seen: Seen, links: Links, sneek: Account
) -> None:
    stage.crm(sneek)
    named = make.account("h", "Hoekstra Pompen")
    person = make.person("p", "F. Hoekstra", "h", keys=Keys(account_id="h", organisation="Hoekstra Pompen"))
    stage.source("club", Kind.PERSON, find=True, lookups=("id", "name"), accounts=[named], records=[person])
    briefing = await stage.briefing("Hoekstra Sneek", links=links)
    assert [*seen.facts(briefing, "club"), *seen.candidates(briefing, "club")] != []
