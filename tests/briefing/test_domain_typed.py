"""A domain in place of a name: the account that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer
from salesprep.briefing.questions import Ambiguous

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage


@pytest.mark.parametrize(
    "typed",
    [
        "vandijk.example",
        "VANDIJK.example",
        " www.vandijk.example ",
        "https://www.vandijk.example/nl",
        "r.smit@vandijk.example",
    ],
)
async def test_means_the_account_that_has_it(stage: Stage, make: Make, seen: Seen, typed: str) -> None:
    crm = stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example"))
    crm.records = [make.activity("a")]
    stage.calendar(make.meeting("m", "Overleg", "r.smit@vandijk.example"))
    briefing = await stage.briefing(typed)
    assert (briefing.customer.id, briefing.customer.name) == ("crm:1", "Van Dijk Machinebouw B.V.")
    assert seen.facts(briefing) == ["1", "a", "m"]


async def test_that_two_accounts_of_one_source_share_is_asked_back(stage: Stage, make: Make) -> None:
    accounts = (
        make.account("1", "Van Dijk Groep", "vandijk.example"),
        make.account("2", "Van Dijk Service", "vandijk.example", parent="1"),
    )
    stage.crm(*accounts)
    with pytest.raises(Ambiguous) as several:
        await stage.updates("vandijk.example")
    assert [f.record.id for f in several.value.candidates] == ["1", "2"]


async def test_that_no_account_has_is_whoever_writes_from_there(stage: Stage, make: Make, seen: Seen) -> None:
    stage.crm()
    stage.calendar(
        make.meeting("m", "Overleg", "r@new.example"), make.meeting("x", "Overleg", "r@else.example")
    )
    briefing = await stage.briefing("new.example")
    assert seen.facts(briefing) == ["m"]
    assert (briefing.customer.id, briefing.customer.name) == ("new.example", "new.example")
    assert briefing.known


async def test_that_nobody_knows_is_unknown(stage: Stage, make: Make) -> None:
    stage.crm(make.account("1", "Kaas & Co", "kaas.example"))
    assert not (await stage.briefing("new.example")).known


async def test_of_a_remembered_customer_means_that_one(stage: Stage) -> None:
    stage.crm()
    links = Links((Customer("vd", "Van Dijk", domains=("vandijk.example",)),))
    assert (await stage.briefing("vandijk.example", links=links)).customer.id == "vd"


async def test_that_is_a_name_is_the_customer_of_that_name(stage: Stage, make: Make, seen: Seen) -> None:
    stage.crm(
        make.account("1", "Winkel.example", "winkelgroep.example"),
        make.account("2", "Kaas & Co", "kaas.example"),
    )
    briefing = await stage.briefing("winkel.example")
    assert seen.facts(briefing) == ["1"]
    assert briefing.customer.domains == ("winkelgroep.example",)


@pytest.mark.parametrize("typed", ["gmail.com", "piet@gmail.com", "ons.example", "m.bakker@ons.example"])
async def test_of_everybody_or_of_ours_is_no_customers(
    stage: Stage, make: Make, seen: Seen, typed: str
) -> None:
    stage.crm(make.account("1", "Kaas & Co", "kaas.example"))
    stage.calendar(
        make.meeting("m", "Koffie", "piet@gmail.com"), make.meeting("t", "Team", "m.bakker@ons.example")
    )
    briefing = await stage.briefing(typed)
    assert seen.facts(briefing) == []
    assert briefing.customer.domains == ()
