"""Two customers have one name: what another source keeps under it is neither's until a user says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Account, Keys, Kind
from salesprep.briefing.questions import Ambiguous

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Source, Stage


@pytest.fixture
def dutch(make: Make) -> Account:
    return make.account("nl", "Visser Techniek B.V.", "visser-nl.example")


@pytest.fixture
def belgian(make: Make) -> Account:
    return make.account("be", "Visser Techniek", "visser-be.example")


def club(stage: Stage, make: Make, *accounts: Account) -> Source:
    """A source that knows an organisation by its name alone, and somebody of each."""
    people = [
        make.person(f"at {a.id}", f"P. {a.id}", a.id, keys=Keys(account_id=a.id, organisation=a.title))
        for a in accounts
    ]
    return stage.source(
        "club",
        Kind.PERSON,
        find=True,
        lookups=("id", "name"),
        accounts=list(accounts),
        records=list(people),
    )


class TestAPickedCustomerWithANamesake:
    @pytest.mark.parametrize("pick", ["crm:nl", "crm:be"])
    async def test_is_not_given_what_only_has_the_name(
        self, pick: str, stage: Stage, make: Make, seen: Seen, dutch: Account, belgian: Account
    ) -> None:
        stage.crm(dutch, belgian)
        club(stage, make, make.account("visser", "Visser Techniek"))
        briefing = await stage.briefing("", pick=pick)
        assert seen.facts(briefing) == [pick.removeprefix("crm:")]
        assert set(seen.candidates(briefing, "club")) == {"visser", "at visser"}

    async def test_is_given_what_states_its_legal_form(
        self, stage: Stage, make: Make, seen: Seen, dutch: Account
    ) -> None:
        stage.crm(dutch, make.account("de", "Visser Techniek GmbH"))
        club(stage, make, make.account("visser", "Visser Techniek BV"))
        assert seen.facts(await stage.briefing("", pick="crm:nl"), "club") == ["at visser"]
        assert seen.facts(await stage.briefing("", pick="crm:de"), "club") == []

    async def test_is_given_what_has_its_domain(
        self, stage: Stage, make: Make, seen: Seen, dutch: Account, belgian: Account
    ) -> None:
        stage.crm(dutch, belgian)
        club(stage, make, make.account("visser", "Visser Techniek", "visser-nl.example"))
        briefing = await stage.briefing("", pick="crm:nl")
        assert seen.facts(briefing, "club") == ["at visser"]

    async def test_costs_the_source_that_knows_it_one_more_question(
        self, stage: Stage, make: Make, dutch: Account, belgian: Account
    ) -> None:
        crm = stage.crm(dutch, belgian)
        await stage.briefing("", pick="crm:nl")
        assert crm.times("find") == 2
        assert crm.times("fetch", Kind.PERSON) == 1


class TestANameTypedWithItsLegalForm:
    async def test_is_the_one_of_that_form_where_one_source_has_both(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        accounts = [make.account("1", "Visser Techniek B.V."), make.account("2", "Visser Techniek N.V.")]
        stage.crm(*accounts)
        club(stage, make, *accounts)
        briefing = await stage.briefing("Visser Techniek B.V.")
        assert seen.facts(briefing) == ["1", "at 1"]
        assert set(seen.candidates(briefing)) == {"2", "at 2"}

    async def test_is_the_one_that_states_it_where_another_states_none(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = stage.crm(
            make.account("nl", "Visser Techniek B.V.", "visser-nl.example"),
            make.account("be", "Visser Techniek", "visser-be.example"),
        )
        crm.records = [make.activity("with nl", "nl"), make.activity("with be", "be")]
        club(stage, make, make.account("visser", "Visser Techniek"))
        stage.calendar(make.meeting("m", "Bezoek Visser Techniek"))
        briefing = await stage.briefing("Visser Techniek B.V.")
        assert briefing.customer.id == "crm:nl"
        assert seen.facts(briefing) == ["nl", "with nl"]
        assert set(seen.candidates(briefing)) == {"be", "with be", "visser", "at visser", "m"}

    async def test_is_kept_where_the_only_account_states_none(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek"))
        club(stage, make, make.account("de", "Visser Techniek GmbH"))
        briefing = await stage.briefing("Visser Techniek B.V.")
        assert seen.facts(briefing) == ["1"]
        assert set(seen.candidates(briefing)) == {"de", "at de"}

    @pytest.mark.parametrize("order", [1, -1])
    async def test_is_kept_whichever_account_comes_first(
        self, stage: Stage, make: Make, seen: Seen, order: int
    ) -> None:
        doubles = [make.account(i, t, "a.example") for i, t in (("1", "Solo GmbH"), ("2", "Solo"))]
        stage.crm(*doubles[::order])
        club(stage, make, make.account("bv", "Solo B.V."))
        briefing = await stage.briefing("Solo")
        assert set(seen.facts(briefing)) == {"1", "2"}
        assert set(seen.candidates(briefing)) == {"bv", "at bv"}

    @pytest.mark.parametrize("other", ["Visser Techniek B.V.", "Visser Techniek BVBA"])
    async def test_is_nobody_where_another_may_be_of_that_form(
        self, stage: Stage, make: Make, seen: Seen, other: str
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek B.V."), make.account("2", other))
        with pytest.raises(Ambiguous):
            await stage.briefing("Visser Techniek B.V.")

    async def test_is_the_one_of_that_form(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        club(stage, make, make.account("de", "Berghout Bouw GmbH"))
        briefing = await stage.briefing("Berghout Bouw B.V.")
        assert briefing.customer.name == "Berghout Bouw B.V."
        assert seen.facts(briefing) == ["1"]
        assert set(seen.candidates(briefing)) == {"de", "at de"}

    async def test_is_not_the_one_of_another_form_whatever_domain_it_has(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Solo", "solo.example"))
        accounts = [make.account("de", "Solo GmbH"), make.account("nl", "Solo B.V.", "solo.example")]
        stage.crm(*accounts, name="erp")
        briefing = await stage.briefing("Solo GmbH")
        assert seen.facts(briefing) == ["1", "de"]
        assert seen.candidates(briefing) == ["nl"]
