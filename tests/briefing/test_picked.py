"""What a user picked for one time: whose visit it then is, and whether it can be remembered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesprep.adapter import Account, Failure, Kind, Meeting, Unavailable
from salesprep.briefing.choices import decision, picked, unsettled
from salesprep.briefing.links import Links, Target
from salesprep.briefing.model import Customer, Found, Link, Match, Panel, Section, Visit
from salesprep.briefing.recognition.evidence import What, piece
from salesprep.briefing.seed import customer_of, with_picked

NOW = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
AWAY = Unavailable("away").failure()


def account(id: str, title: str = "Berghout Bouw B.V.", *evidence: What) -> Found:
    record = Account(id=id, title=title, fetched_at=NOW, no_url_reason="a test")
    return Found("crm", record, Match("maybe", "name", tuple(map(piece, evidence))))


def visit(customer: Customer | None = None) -> Visit:
    meeting = Meeting(id="m", title="bezoek Berghout", fetched_at=NOW, no_url_reason="x", start=NOW, end=NOW)
    return Visit("calendar", meeting, customer, () if customer else (account("1"), account("2", "Stal")))


class TestAVisitWhoseCustomerWasPicked:
    def test_is_with_that_one_and_leaves_no_choice(self) -> None:
        told = with_picked(visit(), "crm:2", Links())
        assert told is not None
        assert told.customer == Customer("crm:2", "Stal", ids=(("crm", "2"),))
        assert told.candidates == ()

    def test_is_with_the_remembered_customer_of_that_account(self) -> None:
        link = Link("crm", "2", "is", "anna", NOW, "picked")
        remembered = Customer("stal", "Berghout Stal", links=(link,))
        told = with_picked(visit(), "crm:2", Links((remembered,)))
        assert told is not None
        assert told.customer == remembered

    def test_is_not_with_somebody_who_was_no_choice(self) -> None:
        assert with_picked(visit(), "crm:9", Links()) is None
        assert with_picked(visit(customer_of(account("1"))), "crm:2", Links()) is None

    def test_stays_with_the_customer_that_it_has(self) -> None:
        known = visit(customer_of(account("1")))
        assert with_picked(known, "crm:1", Links()) is known


class TestAPick:
    def test_is_what_can_be_remembered_beside_what_is_undecided(self) -> None:
        records = (account("1", "Berghout", "name", "picked"), account("2"))
        panel = Panel("crm", "CRM", "x", "fresh", (Section(Kind.ACCOUNT, "fresh", records),))
        assert [str(choice.target) for choice in picked((panel,))] == ["crm:1"]

    def test_is_said_to_be_picked_and_what_is_not_theirs_to_be_rejected(self) -> None:
        target = Target("crm", "1")
        assert decision(target, theirs=True).how == "picked"
        assert decision(target, theirs=False).verdict == "is_not"


class TestACustomer:
    @pytest.mark.parametrize(
        ("customer", "failure", "known", "why"),
        [
            (Customer("crm:1", "Berghout", ids=(("crm", "1"),)), AWAY, False, None),
            (Customer("b", "Berghout"), None, True, None),
            (Customer("b", "Berghout"), None, False, "unknown"),
            (Customer("b", "Berghout"), AWAY, True, "unanswered"),
        ],
    )
    def test_can_be_remembered_only_if_it_is_told_who_it_is(
        self, customer: Customer, failure: Failure | None, known: bool, why: str | None
    ) -> None:
        panel = Panel("crm", "CRM", "x", "failed" if failure else "empty", failure=failure)
        assert unsettled(customer, (panel,), known=known) == why
