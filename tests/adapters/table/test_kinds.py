"""Rows as records of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.table.fields import BELONGS, INSTEAD_OF_TITLE, readers
from salesprep.adapter import RECORD_TYPES, Kind, Money, Participant, Place

HERE = ZoneInfo("Europe/Amsterdam")


def _one(found: Any) -> Any:
    assert found.page.refused == ()
    (record,) = found.records
    return record


class TestRecords:
    def test_an_account(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file(
            "Nr;Naam;Straat;Plaats;Land;Tel;AM;Branche;Fte;Lat;Lon;Gewijzigd\n"
            "7;Acme B.V.;Kade 1;Rye;nl;040 555;anna@ons.example;Metaal;1.250;51,4;5,5;2026-11-01\n"
        )
        columns = {
            "id": "Nr",
            "title": "Naam",
            "address": "Straat",
            "city": "Plaats",
            "country": "Land",
            "phone": "Tel",
            "owner": "AM",
            "industry": "Branche",
            "staff": "Fte",
            "latitude": "Lat",
            "longitude": "Lon",
            "updated_at": "Gewijzigd",
        }
        account = _one(read(path, "account", columns))
        assert account.place == Place("Kade 1", "Rye", "NL", 51.4, 5.5)
        assert (account.phone, account.owner, account.industry) == ("040 555", "anna@ons.example", "Metaal")
        assert (account.staff, account.updated_at) == (1250, date(2026, 11, 1))
        assert account.url == path.as_uri()

    def test_a_person(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file(
            "Firm;Voornaam;Tv;Naam;Functie;Mail;Mail 2;Tel;Sinds;Weg\n"
            "Acme;Piet;de;Vries;Inkoper;P.deVries@acme.example;pdv@home.example;040 1; 1-3-2024 ;nee\n"
        )
        columns = {
            "first_name": "Voornaam",
            "middle_name": "Tv",
            "last_name": "Naam",
            "position": "Functie",
            "emails": ["Mail", "Mail 2"],
            "phones": "Tel",
            "started": "Sinds",
            "left": "Weg",
        }
        person = _one(read(path, "person", columns, dates="D-M-Y"))
        assert (person.title, person.position) == ("Piet de Vries", "Inkoper")
        assert person.emails == ("P.deVries@acme.example", "pdv@home.example")
        assert person.keys.emails == ("p.devries@acme.example", "pdv@home.example")
        assert (person.phones, person.started, person.left) == (("040 1",), date(2024, 3, 1), False)
        assert dict(person.fields) == {"origin": "our CRM", "legal basis": "legitimate interest"}

    def test_an_activity(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file(
            "Firm;Datum;Soort;Richting;Wie;Door;Verslag\n"
            "Acme;2026-11-13 16:40;Telefoon;Uitgaand;R. Smit <r@acme.example>; Anna ;wacht op onderdeel\n"
        )
        columns = {
            "at": "Datum",
            "type": "Soort",
            "direction": "Richting",
            "contact": "Wie",
            "owner": "Door",
            "body": "Verslag",
        }
        activity = _one(read(path, "activity", columns))
        assert (activity.type, activity.direction) == ("phone", "out")
        assert activity.at == datetime(2026, 11, 13, 16, 40, tzinfo=HERE)
        assert activity.people == (
            Participant("Anna", None, "owner"),
            Participant("R. Smit", "r@acme.example", "contact"),
        )
        assert (activity.title, activity.body) == ("", "wacht op onderdeel")

    def test_an_activity_keeps_a_type_of_its_own(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Soort\nAcme;Beurs\n")
        assert _one(read(path, "activity", {"type": "Soort"})).type == "Beurs"

    def test_a_task(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file("Firm;Actie;Uiterlijk;Status\nAcme;stuklijst;30-11-2026;in behandeling\n")
        task = _one(read(path, "task", {"title": "Actie", "due": "Uiterlijk", "done": "Status"}))
        assert (task.title, task.due, task.done) == ("stuklijst", date(2026, 11, 30), False)

    def test_an_opportunity(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file(
            "Firm;Deal;Fase;Stand;Bedrag;Sluit;Volgende\n"
            "Acme;LX-200;Onderhandeling;Gewonnen;€ 180.000,-;24-11-2026;\n"
        )
        columns = {
            "title": "Deal",
            "stage": "Fase",
            "status": "Stand",
            "amount": "Bedrag",
            "closes": "Sluit",
            "next_step": "Volgende",
        }
        deal = _one(read(path, "opportunity", columns, decimal=","))
        assert (deal.stage, deal.status, deal.next_step) == ("Onderhandeling", "won", "")
        assert (deal.amount, deal.closes) == (Money(Decimal(180000), "EUR"), date(2026, 11, 24))

    def test_an_opportunity_with_a_status_of_its_own_has_it_as_its_stage(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Deal;Stand\nAcme;LX-200;Proefopstelling\n")
        deal = _one(read(path, "opportunity", {"title": "Deal", "status": "Stand"}))
        assert (deal.stage, deal.status) == ("Proefopstelling", None)

    def test_a_contract_an_order_and_an_invoice(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file(
            "Firm;Nr;Stand;Bedrag;Open;Van;Tot;Op\nAcme;C-1;loopt;1200,50;200,00;2026-01-01;2026-12-31;2026-10-01\n"
        )
        common = {"title": "Nr", "status": "Stand", "amount": "Bedrag"}
        money = Money(Decimal("1200.50"), "EUR")
        dates = {"starts": "Van", "ends": "Tot", "notice_by": "Op"}
        contract = _one(read(path, "contract", {**common, **dates}, currency="EUR"))
        assert (contract.amount, contract.status) == (money, "loopt")
        assert (contract.starts, contract.ends) == (date(2026, 1, 1), date(2026, 12, 31))
        assert contract.notice_by == date(2026, 10, 1)
        order = _one(read(path, "order", {**common, "at": "Van", "delivery": "Tot"}, currency="EUR"))
        assert (order.at, order.delivery) == (date(2026, 1, 1), date(2026, 12, 31))
        billed = {**common, "at": "Van", "due": "Tot", "outstanding": "Open"}
        invoice = _one(read(path, "invoice", billed, currency="EUR"))
        assert (invoice.outstanding, invoice.due) == (Money(Decimal(200), "EUR"), date(2026, 12, 31))

    @pytest.mark.parametrize(("status", "is_open"), [("Nieuw", True), ("Gesloten", False), ("Odd", None)])
    def test_a_ticket_is_open_by_its_status(
        self, status: str, is_open: bool | None, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file(f"Firm;Nr;Wat;Status;Prio;Wie\nAcme;T-1;lekt;{status};P1;klant\n")
        columns = {
            "number": "Nr",
            "title": "Wat",
            "status": "Status",
            "priority": "Prio",
            "last_message_by": "Wie",
        }
        ticket = _one(read(path, "ticket", columns))
        assert (ticket.open, ticket.status, ticket.number) == (is_open, status, "T-1")
        assert (ticket.priority, ticket.last_message_by) == ("P1", "them")

    def test_a_meeting(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file(
            "Firm;Wat;Start;Einde;Waar\n"
            "Acme;a;2026-11-24 14:00;2026-11-24 15:00;Rye\n"
            "Acme;b;2026-11-25;2026-11-26;\n"
            "Acme;c;2026-11-23;;\n"
            "Acme;d;2026-11-24;2026-11-20;\n"
            "Acme;e;;;\n"
        )
        columns = {"title": "Wat", "start": "Start", "end": "Einde", "place": "Waar"}
        found = read(path, "meeting", columns)
        assert {record.title: (record.start, record.end) for record in found.records} == {
            "a": (datetime(2026, 11, 24, 14, tzinfo=HERE), datetime(2026, 11, 24, 15, tzinfo=HERE)),
            "b": (date(2026, 11, 25), date(2026, 11, 27)),
            "c": (date(2026, 11, 23), date(2026, 11, 24)),
        }
        assert found.why == {"ends before it starts": 1, "no start": 1}

    def test_a_document_and_a_post(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file("Firm;Wat;Ruimte;Tekst\nAcme;Plan;Projecten;woorden\n")
        document = _one(read(path, "document", {"title": "Wat", "space": "Ruimte", "snippet": "Tekst"}))
        assert (document.space, document.snippet) == ("Projecten", "woorden")
        post = _one(read(path, "post", {"text": "Tekst", "network": "Ruimte"}, whose="outside"))
        assert (post.text, post.network, post.origin) == ("woorden", "Projecten", "outside")

    def test_a_link_of_the_settings_leads_to_the_original(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Nr;Klant;Wat;Firm\n1/2;K 7;x;Acme\n")
        columns = {"id": "Nr", "account_id": "Klant", "title": "Wat"}
        link = "https://crm.ons.example/a/{account_id}/t/{id}"
        assert _one(read(path, "ticket", columns, link=link)).url == "https://crm.ons.example/a/K%207/t/1%2F2"

    def test_what_cannot_be_read_costs_the_cell_and_is_shown_as_written(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Naam;Fte\nAcme;10-49\n")
        found = read(path, "account", {"title": "Naam", "staff": "Fte"})
        assert found.records[0].staff is None
        assert dict(found.records[0].fields) == {"Fte": "10-49"}
        assert (found.why, found.where) == ({"not a number": 1}, ["t.csv line 2, column Fte"])


class TestEveryField:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_can_be_mapped_for_every_kind(
        self, kind: Kind, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        cells = {"moment": "2026-11-23", "day": "2026-11-23", "flag": "ja", "state": "ja", "whole": "3"}
        words = {"direction": "in", "last_message_by": "us", "currency": "EUR", "organisation": "Acme"}
        known = readers(kind)
        status = {Kind.OPPORTUNITY: "won", Kind.MEETING: "confirmed"}.get(kind, "x")
        row = {
            field: {**words, "status": status, "country": "NL", "title": "Acme"}.get(
                field, cells.get(sort, "5" if sort in ("amount", "number") else "a@acme.example")
            )
            for field, sort in known.items()
        }
        path = csv_file("\t".join(row) + "\n" + "\t".join(row.values()) + "\n")
        record = _one(read(path, kind.value, {field: field for field in row}))
        assert type(record) is RECORD_TYPES[kind]
        own = {name for name in RECORD_TYPES[kind].__dataclass_fields__ if name in known}
        unset = {name for name in own if getattr(record, name) in (None, (), "")}
        assert unset <= {"url", "people"}

    def test_that_a_table_may_do_without_is_one_of_its_kind(self) -> None:
        for kind, fields in INSTEAD_OF_TITLE.items():
            assert set(fields) <= set(readers(kind))
        assert set(BELONGS) <= set(readers(Kind.ACTIVITY))
