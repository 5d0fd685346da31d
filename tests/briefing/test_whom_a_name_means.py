"""Whom a name means is told by the sources that keep customers, not by an employer on a profile."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from salesprep.adapter import Account
from salesprep.briefing.recognition.customer import grow
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.seed import typed
from salesprep.settings import Us

US = ours(Us(zone=ZoneInfo("UTC")))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def account(id_: str, title: str, *aliases: str) -> Account:
    return Account(id=id_, title=title, aliases=aliases, fetched_at=NOW, no_url_reason="test")


PROFILES = (account("a", "Visser B.V."), account("b", "Visser GmbH"), account("c", "Visser"))


def test_one_customer_is_meant_however_many_employers_are_called_so() -> None:
    accounts = {"linkedin": PROFILES, "crm": (account("1", "Visser"),)}
    grown = grow(typed("visser"), accounts, US, settled=True, keepers={"crm"})
    assert grown.choices == ()
    assert grown.matches["crm", "1"].outcome == "same"
    assert {grown.matches["linkedin", a.id].outcome for a in PROFILES} == {"maybe"}


def test_a_part_of_a_name_means_the_customer_that_has_it() -> None:
    accounts = {"linkedin": (account("a", "Acme Sensors Ltd"),), "crm": (account("1", "Acme Sensoren N.V."),)}
    grown = grow(typed("acme"), accounts, US, settled=True, keepers={"crm"})
    assert grown.customer.name == "Acme Sensoren N.V."
    assert grown.matches["linkedin", "a"].outcome != "same"


def test_where_none_keeps_such_a_customer_the_others_are_asked_about() -> None:
    accounts = {"linkedin": PROFILES, "crm": ()}
    grown = grow(typed("visser"), accounts, US, settled=True, keepers={"crm"})
    assert {found.record.id for found in grown.choices} == {"a", "b", "c"}


def test_what_an_account_was_called_is_looked_for_elsewhere() -> None:
    accounts = {"crm": (account("1", "Müller Anlagenbau GmbH", "Mueller Anlagenbau"),)}
    grown = grow(typed("Müller Anlagenbau"), accounts, US, settled=True)
    assert "Mueller Anlagenbau" in grown.spellings


def test_of_another_customer_no_name_is_looked_for() -> None:
    accounts = {"crm": (account("1", "Visser", "Visser Techniek"), account("2", "Jansen", "Jansen Oud"))}
    grown = grow(typed("visser"), accounts, US, settled=True)
    assert "Visser Techniek" in grown.spellings
    assert "Jansen Oud" not in grown.spellings
