"""A name that no source knows, as somebody typed it in a hurry: the nearest ones there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition.misspelt import nearest

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Stage


@pytest.fixture
def known(stage: Stage, make: Make) -> Stage:
    names = (
        "Van Dijk Machinebouw B.V.",
        "Van Dijk Transport B.V.",
        "Berghout Bouw B.V.",
        "Noordzee Offshore",
        "Kaas & Co",
        "Ståhl & Söner AB",
    )
    stage.crm(*(make.account(str(n), name) for n, name in enumerate(names)))
    return stage


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("van dijk machinbouw", "Van Dijk Machinebouw B.V."),
        ("Van Dyk Machinebouw B.V.", "Van Dijk Machinebouw B.V."),
        ("vandijk machinebouw", "Van Dijk Machinebouw B.V."),
        ("Berghout Bow", "Berghout Bouw B.V."),
        ("berghuot", "Berghout Bouw B.V."),
        ("noordsee", "Noordzee Offshore"),
        ("Nordzee Ofshore", "Noordzee Offshore"),
        ("kaaz", "Kaas & Co"),
        ("stal & soner", "Ståhl & Söner AB"),
    ],
)
async def test_is_told_whom_it_may_mean(known: Stage, typed: str, meant: str) -> None:
    assert (await nearest(typed, known, links=Links(), seconds=5))[0] == meant


@pytest.mark.parametrize("typed", ["qwertyuiop", "x", "", "B.V.", "12345", "Machinefabriek De Vries"])
async def test_is_told_nobody_if_nobody_is_near(known: Stage, typed: str) -> None:
    assert await nearest(typed, known, links=Links(), seconds=5) == ()


async def test_is_told_each_name_once_and_few_of_them(stage: Stage, make: Make) -> None:
    for source in ("crm", "erp"):
        stage.crm(*(make.account(str(n), f"Visser Techniek {n}") for n in range(9)), name=source)
    found = await nearest("Vissr Techniek 1", stage, links=Links(), seconds=5)
    assert found[0] == "Visser Techniek 1"
    assert len(set(found)) == len(found) == 3


async def test_may_mean_a_remembered_customer(stage: Stage) -> None:
    links = Links((Customer("b", "De Buren", aliases=("Buurman",)),))
    assert await nearest("burman", stage, links=links, seconds=5) == ("Buurman",)


async def test_costs_no_source_that_failed_or_was_not_asked(known: Stage, make: Make) -> None:
    known.crm(fails={"*"}, name="away")
    left_out = known.crm(make.account("9", "Berghouts"), name="erp")
    found = await nearest("Berghuot", known, links=Links(), seconds=5, only=("crm", "away"))
    assert found == ("Berghout Bouw B.V.",)
    assert left_out.asked == []


async def test_is_asked_for_no_longer_than_there_is_time(known: Stage) -> None:
    known.sources["crm"].hold("find")
    assert await nearest("Berghuot", known, links=Links(), seconds=0.1) == ()
