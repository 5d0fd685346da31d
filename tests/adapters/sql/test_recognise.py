"""What somebody gave is a database with a CRM in it: the queries that are proposed work on it."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from adapters.sql.adapter import Sql
from salesprep.adapter import (
    BadData,
    ConfigInvalid,
    Http,
    Kind,
    Money,
    Opportunity,
    Query,
    Request,
    Task,
    Ticket,
)
from salesprep.adapter.proposal import Given, Proposal

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))

ENGLISH = """
CREATE TABLE Company (CompanyID INTEGER, CompanyName TEXT, Website TEXT, City TEXT, AccountManager TEXT);
INSERT INTO Company VALUES (1042, 'Van Dijk Machinebouw B.V.', 'www.vandijk.example', 'Eindhoven', 'Anna');
CREATE TABLE Contact (ID INTEGER, CompanyID INTEGER, FirstName TEXT, LastName TEXT, JobTitle TEXT, Email);
INSERT INTO Contact VALUES (7, 1042, 'Rob', 'Smit', 'COO', 'r.smit@vandijk.example');
CREATE TABLE Opportunity (ID INTEGER, CompanyID INTEGER, Title TEXT, Value REAL, CloseDate TEXT, Stage TEXT);
INSERT INTO Opportunity VALUES (1, 1042, 'LX-200', 180000, '2026-11-24', 'negotiation');
CREATE TABLE Ticket (ID INTEGER, CompanyID INTEGER, Subject TEXT, Status TEXT, Created TEXT);
INSERT INTO Ticket VALUES (3, 1042, 'Line 4', 'Open', '2026-11-19');
INSERT INTO Ticket VALUES (4, 1042, 'Line 3', 'Closed', '2026-06-03');
CREATE TABLE Settings (k TEXT, v TEXT);
"""
DUTCH = """
CREATE TABLE tbl_klanten (klantnr TEXT, klantnaam TEXT, plaats TEXT, "e-mail" TEXT);
INSERT INTO tbl_klanten VALUES ('K-1', 'Café Åre B.V.', 'Zwolle', 'info@are.example');
INSERT INTO tbl_klanten VALUES ('K-2', 'Kaas & Co', NULL, NULL);
CREATE TABLE contactpersonen (id INTEGER, klantnr TEXT, naam TEXT, functie TEXT, telefoon TEXT);
INSERT INTO contactpersonen VALUES (1, 'K-1', 'T. Aarts', 'Onderhoud', '040 555 0100');
CREATE TABLE bezoeken (id INTEGER, klantnr TEXT, datum TEXT, onderwerp TEXT, verslag TEXT);
INSERT INTO bezoeken VALUES (1, 'K-1', '12-10-2026', 'Lijn 4', 'stuklijst sturen');
CREATE TABLE actiepunten (id INTEGER, klantnr TEXT, omschrijving TEXT, vervaldatum TEXT, gereed TEXT);
INSERT INTO actiepunten VALUES (1, 'K-1', 'stuklijst sturen', '2026-11-30', 'nee');
INSERT INTO actiepunten VALUES (2, 'K-1', 'bellen', NULL, 'ja');
CREATE TABLE offertes (id INTEGER, klantnr TEXT, titel TEXT, bedrag REAL, geldig_tot TEXT, fase TEXT);
INSERT INTO offertes VALUES (1, 'K-1', 'LX-200', 1999.95, '2026-11-24', 'onderhandeling');
"""
GERMAN = """
CREATE TABLE Kunden (Kundennummer INTEGER, Firma TEXT, Ort TEXT, Webseite TEXT);
INSERT INTO Kunden VALUES (1, 'Zuiderpomp Service GmbH', 'Köln', 'https://zuiderpomp-service.example');
CREATE TABLE Ansprechpartner (Id INTEGER, Kundennummer INTEGER, Vorname TEXT, Nachname TEXT, Funktion TEXT);
INSERT INTO Ansprechpartner VALUES (1, 1, 'Jörg', 'Weiß', 'Einkauf');
CREATE TABLE Störungen (Id INTEGER, KundenNr INTEGER, Betreff TEXT, Status TEXT, Datum TEXT);
INSERT INTO Störungen VALUES (1, 1, 'Pumpe 3', 'gelöst', '2026-11-01');
"""

Ask = Callable[[str], tuple[Proposal, ...]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """What is proposed for a database made by these statements."""

    def do(statements: str) -> tuple[Proposal, ...]:
        path = tmp_path / "crm.db"
        with closing(sqlite3.connect(path)) as crm:
            crm.executescript(statements)
        return recognise(path)

    return do


def recognise(path: Path) -> tuple[Proposal, ...]:
    head = path.read_bytes()[:65536]
    return Sql.recognise(Given(path=path, head=head, now=NOW, deadline=time.monotonic() + 30))


def request() -> Request:
    return Request(
        now=lambda: NOW,
        deadline=time.monotonic() + 30,
        http=cast("Http", None),
        log=logging.getLogger("test"),
        identity="test",
        store=None,
    )


def told(proposal: Proposal, kind: Kind, *ids: str) -> list[Any]:
    """What a source with the proposed settings tells."""
    crm = Sql(Sql.Config.model_validate(dict(proposal.config)))
    page = crm.fetch(Query(ids=ids), kind, None, request())
    assert page.refused == ()
    return list(page.records)


class TestADatabase:
    def test_in_english_becomes_a_crm(self, ask: Ask) -> None:
        (found,) = ask(ENGLISH)
        assert found.what == "a database: 1 customer, with people, offers, tickets"
        assert (found.name, found.title, found.sure) == ("crm", "CRM", "likely")
        (account,) = told(found, Kind.ACCOUNT, "1042")
        assert (account.title, account.place.city, account.owner) == (
            "Van Dijk Machinebouw B.V.",
            "Eindhoven",
            "Anna",
        )
        assert account.keys.domains == ("vandijk.example",)
        (person,) = told(found, Kind.PERSON, "1042")
        assert (person.title, person.position, person.emails) == (
            "Rob Smit",
            "COO",
            ("r.smit@vandijk.example",),
        )
        offer = cast("Opportunity", told(found, Kind.OPPORTUNITY, "1042")[0])
        assert (offer.title, offer.amount) == ("LX-200", Money(Decimal("180000.0"), "EUR"))
        tickets = cast("list[Ticket]", told(found, Kind.TICKET, "1042"))
        assert [(one.title, one.open) for one in tickets] == [("Line 4", True), ("Line 3", False)]

    def test_in_dutch_becomes_one_too(self, ask: Ask) -> None:
        (found,) = ask(DUTCH)
        assert found.what == "a database: 2 customers, with people, contacts, tasks, offers"
        assert [one.title for one in told(found, Kind.ACCOUNT, "K-1", "K-2")] == [
            "Café Åre B.V.",
            "Kaas & Co",
        ]
        assert told(found, Kind.PERSON, "K-1")[0].phones == ("040 555 0100",)
        tasks = cast("list[Task]", told(found, Kind.TASK, "K-1"))
        assert {one.title: one.done for one in tasks} == {"stuklijst sturen": False, "bellen": True}

    def test_in_german_becomes_one_too(self, ask: Ask) -> None:
        (found,) = ask(GERMAN)
        assert found.what == "a database: 1 customer, with people, tickets"
        assert told(found, Kind.PERSON, "1")[0].title == "Jörg Weiß"
        assert told(found, Kind.TICKET, "1")[0].open is False

    def test_is_searched_by_name_and_domain(self, ask: Ask) -> None:
        (found,) = ask(ENGLISH)
        crm = Sql(Sql.Config.model_validate(dict(found.config)))
        for query in (Query(names=("van dijk machinebouw",)), Query(domains=("vandijk.example",))):
            assert [one.id for one in crm.find(query, request()).records] == ["1042"]

    def test_is_read_without_a_column_that_cannot_be_understood(self, ask: Ask) -> None:
        """A day written 12-10-2026: the visits are told without it, rather than not at all."""
        (found,) = ask(DUTCH)
        (visit,) = told(found, Kind.ACTIVITY, "K-1")
        assert (visit.title, visit.body, visit.at) == ("Lijn 4", "stuklijst sturen", None)

    def test_asks_for_the_currency_where_amounts_have_none(self, ask: Ask) -> None:
        (found,) = ask(ENGLISH)
        (choice,) = found.choices
        assert (choice.key, choice.value, choice.needed) == ("currency", "EUR", True)

    def test_without_amounts_asks_for_no_currency(self, ask: Ask) -> None:
        (found,) = ask(GERMAN)
        assert (found.choices, found.question) == ((), None)

    def test_without_customers_says_what_is_missing(self, ask: Ask) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            ask("CREATE TABLE photos (id INTEGER, path TEXT); CREATE TABLE company (x INTEGER)")
        assert caught.value.what == "crm.db is a database, and no table in it looks like customers"
        assert caught.value.mend is not None
        assert "write the queries" in caught.value.mend

    def test_with_an_empty_table_of_customers_is_hardly_one(self, ask: Ask) -> None:
        assert ask("CREATE TABLE customers (id INTEGER, name TEXT)")[0].sure == "possible"

    def test_with_odd_names_is_quoted(self, ask: Ask) -> None:
        (found,) = ask(
            'CREATE TABLE "klant""en; --" (id); CREATE TABLE klanten (id INTEGER, "naam" TEXT, "e""mail");'
            "INSERT INTO klanten VALUES (1, 'Kaas', 'a@kaas.example')"
        )
        assert told(found, Kind.ACCOUNT, "1")[0].title == "Kaas"

    def test_is_left_as_it_was(self, ask: Ask, tmp_path: Path) -> None:
        ask(ENGLISH)
        before = (tmp_path / "crm.db").read_bytes()
        recognise(tmp_path / "crm.db")
        assert (tmp_path / "crm.db").read_bytes() == before
        assert [one.name for one in tmp_path.iterdir()] == ["crm.db"]


class TestAnotherFile:
    @pytest.mark.parametrize("content", [b"", b"SQLite", b"PK\x03\x04", b"BEGIN:VCALENDAR"])
    def test_is_none(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        path.write_bytes(content)
        assert recognise(path) == ()

    def test_that_is_a_damaged_database_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 4000)
        with pytest.raises(BadData, match=r"x\.db is damaged"):
            recognise(path)

    def test_is_none_where_an_address_was_given(self) -> None:
        given = Given(
            url="https://x.example/", head=b"SQLite format 3\x00", now=NOW, deadline=time.monotonic() + 5
        )
        assert Sql.recognise(given) == ()
