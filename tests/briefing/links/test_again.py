"""What was rejected is back when something new speaks for it; a confirmed account that is gone is flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import pytest

from salesprep.adapter import Account, Document, Keys
from salesprep.briefing.links import Links, Verdict, decide, target_of
from salesprep.briefing.links.again import read_before
from salesprep.briefing.links.pieces import pieces
from salesprep.briefing.model import Customer, Found, Link
from salesprep.briefing.recognition.recognise import recognise

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ACME = Customer("crm:1", "Acme B.V.", domains=("acme.example",), ids=(("crm", "1"),))


def decided(
    make: Make,
    record: Account | Document,
    verdict: Literal["is", "is_not"],
    *accounts: Account,
    source: str = "erp",
) -> Customer:
    """Acme after somebody has said of ``record`` of the ERP, as it is now, that it is theirs or is not."""
    match = recognise(ACME, record, source, us=make.us, accounts={source: accounts})
    on = pieces(Found(source, record, match), verdict)
    link = Link(source, record.id, verdict, "anna@ons.example", AT, "asked", record.kind, on)
    return replace(ACME, links=(link,))


class TestWhatWasRejected:
    def test_stays_away_as_long_as_nothing_speaks_for_it_anew(self, make: Make) -> None:
        namesake = make.account("9", "Acme Logistiek")
        customer = decided(make, namesake, "is_not", namesake)
        match = recognise(customer, namesake, "erp", us=make.us, accounts={"erp": (namesake,)})
        assert match.outcome == "other"

    @pytest.mark.parametrize(
        ("name", "domains", "since"),
        [
            ("Acme Logistiek", ("acme.example",), "acme.example"),
            ("Acme", (), "Acme"),
        ],
    )
    def test_is_a_candidate_again_for_a_new_domain_or_another_name(
        self, make: Make, name: str, domains: tuple[str, ...], since: str
    ) -> None:
        before = make.account("9", "Acme Logistiek")
        customer = decided(make, before, "is_not", before)
        now = make.account("9", name, *domains)
        match = recognise(customer, now, "erp", us=make.us, accounts={"erp": (now,)})
        assert match.outcome == "maybe", "never a fact: somebody has said that it is not"
        told = {each.what: each for each in match.evidence}["rejected_before"]
        assert (read_before(told).at, read_before(told).since) == (AT, (since,))
        assert not told.speaks_for

    def test_stays_away_for_what_speaks_against_it_only(self, make: Make) -> None:
        before = make.account("9", "Acme Logistiek")
        customer = decided(make, before, "is_not", before)
        now = make.account("9", "ACME  logistiek", "elsewhere.example", country="BE")
        assert recognise(customer, now, "erp", us=make.us, accounts={"erp": (now,)}).outcome == "other"

    def test_stays_away_for_good_where_nobody_knows_on_what(self, make: Make) -> None:
        link = Link("erp", "9", "is_not", "anna@ons.example", AT, "asked")
        now = make.account("9", "Acme B.V.", "acme.example")
        customer = replace(ACME, links=(link,))
        assert recognise(customer, now, "erp", us=make.us, accounts={"erp": (now,)}).outcome == "other"

    def test_of_a_page_comes_back_for_a_domain_too(self, make: Make) -> None:
        page = Document(
            id="p", title="Acme", keys=Keys(hit="Acme"), fetched_at=make.now, no_url_reason="a wiki"
        )
        customer = decided(make, page, "is_not")
        assert recognise(customer, page, "erp", us=make.us).outcome == "other"
        now = replace(page, keys=Keys(domains=("acme.example",)))
        assert recognise(customer, now, "erp", us=make.us).outcome == "maybe"

    def test_rejected_again_stays_away_again(self, make: Make) -> None:
        before, now = make.account("9", "Acme Logistiek"), make.account("9", "Acme", "acme.example")
        customer = decided(make, before, "is_not", before)
        match = recognise(customer, now, "erp", us=make.us, accounts={"erp": (now,)})
        found = Found("erp", now, match)
        wish = Verdict(target_of("erp", now), "is_not", "rejected by user", pieces(found, "is_not"))
        done = decide(Links((customer,)), customer, [wish], by="anna", at=make.now)
        assert done.written != ()
        again = replace(ACME, links=done.customer.links)
        assert recognise(again, now, "erp", us=make.us, accounts={"erp": (now,)}).outcome == "other"

    def test_keeps_of_a_person_no_address(self, make: Make) -> None:
        page = Document(
            id="p",
            title="Acme",
            keys=Keys(emails=("piet@free.example",), hit="piet@free.example"),
            fetched_at=make.now,
            no_url_reason="a wiki",
        )
        customer = replace(ACME, emails=("piet@free.example",))
        match = recognise(customer, page, "erp", us=make.us)
        told = pieces(Found("erp", page, match), "is_not")
        assert told != ()
        assert not any("piet" in each for each in told)


class TestInABriefing:
    async def test_it_is_to_be_decided_again_with_what_is_new(
        self, make: Make, stage: Stage, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Acme B.V.", "acme.example"))
        before = make.account("9", "Acme Logistiek")
        erp = stage.crm(before, name="erp")
        customer = replace(ACME, links=(link := Link("crm", "1", "is", "anna", AT, "asked"),))
        first = await stage.briefing("Acme B.V.", links=Links((customer,)))
        (candidate,) = [f for p in first.panels for f in p.candidates]
        rejected = Link("erp", "9", "is_not", "anna", AT, "asked", on=pieces(candidate, "is_not"))
        links = Links((replace(customer, links=(link, rejected)),))
        assert seen.candidates(await stage.briefing("Acme B.V.", links=links)) == []
        erp.accounts[:] = [make.account("9", "Acme Logistiek", "acme.example")]
        back = await stage.briefing("Acme B.V.", links=links)
        assert seen.candidates(back) == ["9"]
        assert seen.facts(back, "erp") == []


class TestAConfirmedAccount:
    @pytest.fixture
    def customer(self, make: Make) -> Customer:
        account = make.account("1", "Acme B.V.", "acme.example")
        return decided(make, account, "is", account, source="crm")

    async def flags(self, stage: Stage, customer: Customer) -> list[tuple[str, str, str]]:
        briefing = await stage.briefing(customer.name, links=Links((customer,)))
        return [(flag.what, flag.then, flag.now) for panel in briefing.panels for flag in panel.flags]

    async def test_that_is_as_it_was_is_no_matter(self, make: Make, stage: Stage, customer: Customer) -> None:
        stage.crm(make.account("1", "Acme B.V.", "acme.example"))
        assert await self.flags(stage, customer) == []

    @pytest.mark.parametrize(
        ("name", "domain"), [("ACME bv", "acme-nieuw.example"), ("Zeta Holding", "acme.example")]
    )
    async def test_with_a_new_name_or_a_new_domain_is_still_the_same(
        self, make: Make, stage: Stage, customer: Customer, name: str, domain: str
    ) -> None:
        stage.crm(make.account("1", name, domain))
        assert await self.flags(stage, customer) == []

    async def test_under_another_name_and_domain_has_moved(
        self, make: Make, stage: Stage, customer: Customer
    ) -> None:
        stage.crm(make.account("1", "Zeta GmbH", "zeta.example"))
        assert await self.flags(stage, customer) == [
            ("moved", "Acme B.V., acme.example", "Zeta GmbH, zeta.example")
        ]

    async def test_that_its_source_has_no_more_is_gone(
        self, make: Make, stage: Stage, customer: Customer
    ) -> None:
        stage.crm(make.account("5", "Iemand Anders", "anders.example"))
        assert await self.flags(stage, customer) == [("gone", "Acme B.V., acme.example", "")]

    async def test_that_is_gone_may_be_another_there(
        self, make: Make, stage: Stage, customer: Customer
    ) -> None:
        stage.crm(make.account("5", "Acme B.V.", "acme.example"))
        assert await self.flags(stage, customer) == [("gone", "Acme B.V., acme.example", "crm:5")]

    @pytest.mark.parametrize("trouble", ["fails", "is old", "is not all"])
    async def test_of_a_source_that_does_not_answer_soundly_proves_nothing(
        self, make: Make, stage: Stage, customer: Customer, trouble: str
    ) -> None:
        crm = stage.crm(make.account("7", "Acme B.V. Zuid"), make.account("8", "Acme B.V. Noord"))
        if trouble == "fails":
            crm.fails.add("*")
        elif trouble == "is old":
            crm.state = "stale"
        else:
            crm.page_size = 1
        assert await self.flags(stage, customer) == []
        crm.fails.clear()
        crm.state, crm.page_size = "fresh", 500
        assert await self.flags(stage, customer) == [("gone", "Acme B.V., acme.example", "")]

    async def test_of_which_nobody_knows_what_it_was_is_flagged_only_if_gone(
        self, make: Make, stage: Stage, customer: Customer
    ) -> None:
        plain = replace(customer, links=tuple(replace(k, on=()) for k in customer.links))
        crm = stage.crm(make.account("1", "Zeta GmbH", "zeta.example"))
        assert await self.flags(stage, plain) == []
        crm.accounts.clear()
        assert await self.flags(stage, plain) == [("gone", "", "")]
