"""What a table tells of, and which column holds whose number, by headers as people write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.table.adapter import Tables
from adapters.table.meaning import meaning_of
from salesprep.adapter.proposal import Proposal
from salesprep.setup import with_statement

Recognised = Callable[..., tuple[Proposal, ...]]
ROWS = (
    ("Relatienr", "Naam", "Plaats"),
    (1, "Acme B.V.", "Rye"),
    (2, "Bolt B.V.", "Ely"),
    (3, "Cole B.V.", "Rye"),
)


def _table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def _columns(found: tuple[Proposal, ...], kind: str) -> dict[str, Any]:
    (proposal,) = found
    assert proposal.sure == "likely", proposal.what
    assert list(proposal.config["tables"]) == [kind]
    Tables.Config.model_validate(with_statement(proposal, "consent").config)
    columns: dict[str, Any] = proposal.config["tables"][kind]["columns"]
    return columns


class TestANumberOfCustomers:
    @pytest.mark.parametrize(
        "header",
        [
            *(
                "Relatienr",
                "Relatienummer",
                "Relatie-id",
                "Relatiecode",
                "Rel. nr",
                "Klantnummer",
                "Klantnr.",
            ),
            *(
                "Klant-ID",
                "Debiteurnr",
                "Deb.nr.",
                "Nummer klant",
                "Bedrijfsnummer",
                "Account ID",
                "AccountID",
            ),
            *("account_id", "Account No.", "Customer Number", "CustomerNo", "Client code", "Company ID"),
            *("Kundennr.", "Kundennummer", "Kunden-Nr", "Debitornummer", "Firmennr", "Numéro de client"),
            *("Code client", "Número de cliente", "ID cliente"),
        ],
    )
    def test_is_the_id_of_customers_and_whose_an_offer_is(self, header: str, recognised: Recognised) -> None:
        rows = [f"{1000 + n};Firma {n} B.V.;Rye" for n in range(9)]
        assert _columns(recognised(_table(f"{header};Naam;Plaats", *rows)), "account")["id"] == header
        rows = [f"O-{n};{1000 + n % 3};Pomp;12,00" for n in range(9)]
        offers = _columns(recognised(_table(f"Offertenr;{header};Omschrijving;Bedrag", *rows)), "opportunity")
        assert (offers["account_id"], offers["id"]) == (header, "Offertenr")

    @pytest.mark.parametrize("header", ["Debiteur", "Klant", "Relatie", "Account", "Customer #"])
    def test_may_stand_below_the_word_alone(self, header: str, recognised: Recognised) -> None:
        rows = [f"{1000 + n};Firma {n} B.V.;Rye" for n in range(9)]
        columns = _columns(recognised(_table(f"{header};Naam;Plaats", *rows)), "account")
        assert (columns["id"], columns["title"]) == (header, "Naam")

    def test_is_found_in_a_workbook_too(self, xlsx: Callable[..., Path], recognised: Recognised) -> None:
        people = [[1000 + n % 3, f"Rob{n}", "Smit"] for n in range(9)]
        book = xlsx({"Contacten": [["Relatienr", "Voornaam", "Achternaam"], *people]})
        assert _columns(recognised(book), "person")["account_id"] == "Relatienr"

    def test_that_alone_says_whose_a_row_is_needs_the_table_of_customers(
        self, recognised: Recognised
    ) -> None:
        rows = [f"O-{n};{1000 + n % 3};Pomp;12,00" for n in range(9)]
        (proposal,) = recognised(_table("Offertenr;Relatienr;Omschrijving;Bedrag", *rows))
        assert "customers by number alone" in str(proposal.notice)
        rows = [f"O-{n};{1000 + n % 3};Acme;Pomp;12,00" for n in range(9)]
        (proposal,) = recognised(_table("Offertenr;Relatienr;Klant;Omschrijving;Bedrag", *rows))
        assert proposal.notice is None

    def test_that_comes_again_is_no_id_of_anything_else(self, recognised: Recognised) -> None:
        rows = [f"A-1;Acme;0{n}-11-2026;12,00" for n in range(1, 9)]
        columns = _columns(recognised(_table("Ordernr;Klant;Orderdatum;Bedrag", *rows)), "order")
        assert "id" not in columns

    def test_in_a_first_column_of_unknown_name_numbers_the_customers(self, recognised: Recognised) -> None:
        rows = [f"{1000 + n};Firma {n} B.V.;Rye;NL" for n in range(9)]
        assert _columns(recognised(_table("Xyz;Naam;Plaats;Land", *rows)), "account")["id"] == "Xyz"


class TestAKind:
    @pytest.mark.parametrize(
        ("kind", "header", "row"),
        [
            ("account", "Relatienr;Naam;Plaats;Website", "{n};Firma {n};Rye;f{n}.example"),
            ("account", "Account ID;Account Name;Billing City;Phone", "{n};Firma {n} Ltd;Rye;+31 40 1{n}"),
            ("account", "Kundennr;Firma;PLZ;Ort;USt-IdNr.", "{n};Firma {n} GmbH;12345;Ulm;DE{n}"),
            ("person", "Relatienr;Contactnr;Voorletters;Achternaam", "7;{n};R.;Smit {n}"),
            ("person", "Account ID;Contact Name;Job Title;Business Phone", "7;R. Smit {n};COO;1{n}"),
            ("person", "Kundennr;Anrede;Vorname;Nachname;E-Mail", "7;Frau;Eva;Smit {n};e{n}@x.example"),
            ("person", "Bedrijf;Plaats;Contactpersoon;Functie", "Acme;Rye;R. Smit {n};COO"),
            ("activity", "Datum;Relatienr;Soort;Onderwerp;Notitie", "1{n}-11-2026;7;Telefoon;Prijs;x"),
            ("activity", "Date,Account ID,Type,Subject,Notes", "11/1{n}/2026,7,Call,Price,x"),
            ("activity", "Datum;Kundennr;Art;Betreff;Notiz", "1{n}.11.2026;7;Anruf;Preis;x"),
            ("task", "Taaknr;Klantnr;Taak;Deadline;Gereed", "{n};7;Bel terug;1{n}-11-2026;nee"),
            ("task", "Task,Account,Due date,Done", "Call back,Acme,11/1{n}/2026,no"),
            ("task", "Aufgabe;Kunde;Fällig am;Erledigt", "Anrufen;Acme;1{n}.11.2026;nein"),
            (
                "opportunity",
                "Offertenr;Relatienr;Omschrijving;Bedrag;Status;Vervaldatum",
                "O-{n};7;x;1,00;Open;",
            ),
            (
                "opportunity",
                "Quote No;Account ID;Description;Amount;Expiry date",
                "Q-{n};7;x;1.00;11/1{n}/2026",
            ),
            (
                "opportunity",
                "Angebotsnr;Kundennr;Bezeichnung;Betrag;Gültig bis",
                "A-{n};7;x;1,00;1{n}.11.2026",
            ),
            (
                "contract",
                "Contractnr;Relatienr;Omschrijving;Ingangsdatum;Einddatum",
                "C{n};7;x;1-1-2026;1-1-2027",
            ),
            ("contract", "Agreement;Customer;Start date;End date", "Lease {n};Acme;1/13/2026;1/13/2027"),
            (
                "contract",
                "Vertragsnr;Kundennr;Beginn;Ende;Kündigungsfrist",
                "V{n};7;1.1.2026;1.1.2027;3 Monate",
            ),
            (
                "order",
                "Ordernr;Debiteurnr;Orderdatum;Totaal excl. btw;Status",
                "{n};7;1{n}-11-2026;1,00;Geleverd",
            ),
            ("order", "Order No;Customer;Order date;Delivery date", "S-{n};Acme;11/1{n}/2026;11/2{n}/2026"),
            ("order", "Auftragsnr;Kunde;Auftragsdatum;Betrag", "A-{n};Acme;1{n}.11.2026;1,00"),
            ("invoice", "Factuurnr;Debiteurnr;Factuurdatum;Vervaldatum;Bedrag", "F{n};7;1{n}-11-2026;;1,00"),
            ("invoice", "Nr;Klant;Datum;Vervaldatum;Bedrag;Openstaand", "{n};Acme;1{n}-11-2026;;1,00;1,00"),
            ("invoice", "Invoice number;Order number;Customer;Amount", "F{n};S{n};Acme;1.00"),
            ("ticket", "Meldingnr;Relatienr;Onderwerp;Prioriteit;Status;Datum gemeld", "{n};7;Lekt;P1;Open;"),
            ("ticket", "Case Number;Account Name;Subject;Status;Opened", "{n};Acme;Leaks;New;11/1{n}/2026"),
            ("ticket", "Vorgangsnr;Kunde;Betreff;Priorität;Status", "{n};Acme;Leck;hoch;offen"),
            (
                "meeting",
                "Onderwerp;Klant;Start;Einde",
                "Bezoek {n};Acme;1{n}-11-2026 14:00;1{n}-11-2026 15:00",
            ),
        ],
    )
    def test_is_told_by_headers_and_values(
        self, kind: str, header: str, row: str, recognised: Recognised
    ) -> None:
        _columns(recognised(_table(header, *(row.format(n=n) for n in range(1, 9)))), kind)

    def test_of_an_offer_that_was_lost_is_known(self, recognised: Recognised) -> None:
        rows = ["O-1;7;Pomp;1,00;Verloren", "O-2;7;Motor;1,00;Open"]
        found = recognised(_table("Offertenr;Relatienr;Omschrijving;Bedrag;Status", *rows))
        assert _columns(found, "opportunity")["status"] == "Status"

    def test_that_is_not_certain_is_for_the_user_to_choose(self, recognised: Recognised) -> None:
        rows = ["1001;Pomp;12,00;01-11-2026", "1002;Motor;33,50;13-11-2026"]
        (proposal,) = recognised(_table("Relatienr;Omschrijving;Bedrag;Datum", *rows))
        assert (proposal.sure, proposal.what) == ("possible", "a table: 2 rows; of what is not certain")
        (choice,) = proposal.choices
        assert (choice.key, choice.value, choice.needed) == ("tables", None, True)
        assert set(choice.options) == set(choice.leads_to)
        assert {"customers", "opportunities", "invoices", "contact moments"} <= set(choice.options)
        assert choice.options.index("invoices") < choice.options.index("customers")
        invoices = choice.leads_to["invoices"]
        assert invoices.config["tables"]["invoice"]["columns"] == {
            "title": "Omschrijving",
            "at": "Datum",
            "amount": "Bedrag",
            "account_id": "Relatienr",
        }
        assert not any(choice.leads_to for choice in invoices.choices)

    def test_lacks_what_says_whose_a_row_is_until_that_is_chosen(self, recognised: Recognised) -> None:
        rows = ["O-1;Pomp;1,00;verloren", "O-2;Motor;2,00;open"]
        (proposal,) = recognised(_table("Offertenr;Omschrijving;Bedrag;Status", *rows))
        assert proposal.sure == "possible"
        lacking = [choice for choice in proposal.choices if choice.needed and choice.value is None]
        assert [choice.key for choice in lacking] == ["tables.opportunity.columns.organisation"]

    def test_that_says_nothing_is_only_possible(self, recognised: Recognised) -> None:
        (proposal,) = recognised("foo|bar|baz\nAlpha|1|x\nBeta|2|y\n")
        assert (proposal.sure, proposal.what) == ("possible", "a table: 2 rows; of what is not certain")
        names = proposal.choices[0].leads_to["customers"].config["tables"]["account"]["columns"]
        assert names == {"title": "foo"}


class TestAHeader:
    @pytest.mark.parametrize(
        ("header", "concept", "thing"),
        [
            ("Orderdatum", "date", "order"),
            ("Datum factuur", "date", "invoice"),
            ("Account Name", "company", "company"),
            ("Naam relatie", "company", "company"),
            ("Bedrag (excl. btw)", "amount", None),
            ("Billing City", "city", None),
            ("Deal amount", "amount", "opportunity"),
            ("Auftrags-Nr.", "order_number", "order"),
            ("Contact ID", "person_number", "person"),
        ],
    )
    def test_of_several_words_is_understood(self, header: str, concept: str, thing: str | None) -> None:
        meaning = meaning_of(header)
        assert meaning is not None
        assert (meaning.concept, meaning.thing) == (concept, thing)

    @pytest.mark.parametrize(
        "header",
        ["Customer reference", "Parent Account ID", "Owner ID", "Orderregel", "Actief", "Aantal", "", "-"],
    )
    def test_that_is_not_known_means_nothing(self, header: str) -> None:
        assert meaning_of(header) is None

    def test_that_stands_twice_is_still_one(self, recognised: Recognised) -> None:
        header = "Naam;Telefoon;Telefoon;E-mail;E-mail"
        rows = [f"Firma {n} B.V.;1{n};2{n};a{n}@x.example;b{n}@x.example" for n in range(3)]
        columns = _columns(recognised(_table(header, *rows)), "account")
        assert columns == {"title": "Naam", "phone": "Telefoon", "emails": "E-mail"}


class TestTheSheetsOfAWorkbook:
    def test_of_one_kind_are_proposed_each_by_itself(
        self, xlsx: Callable[..., Path], recognised: Recognised
    ) -> None:
        book = xlsx({"Klanten": ROWS, "Prospects": ROWS[:3]})
        first, second = recognised(book)
        assert first.what == 'sheet "Klanten": 3 rows, looks like customers'
        assert second.what == 'sheet "Prospects": 2 rows, looks like customers'
        # Nobody but the user knows whether the other is an old copy.
        assert (first.sure, second.sure) == ("likely", "possible")
        assert first.config["tables"]["account"]["sheet"] == "Klanten"
        assert second.config["tables"]["account"]["sheet"] == "Prospects"
        assert (second.name, second.title) == ("crm Prospects", "CRM Prospects")
        for proposal in (first, second):
            Tables.Config.model_validate(with_statement(proposal, "consent").config)

    def test_that_are_of_no_certain_kind_are_proposed_too(
        self, xlsx: Callable[..., Path], recognised: Recognised
    ) -> None:
        first, second = recognised(
            xlsx({"Klanten": ROWS, "Raar": [["foo", "bar"], ["Alpha", "x"], ["Beta", "y"]]})
        )
        assert first.sure == "likely"
        assert second.what == 'sheet "Raar": 2 rows; of what is not certain'
        assert second.choices[0].leads_to["orders"].config["tables"]["order"]["sheet"] == "Raar"

    def test_that_are_left_out_are_named(self, xlsx: Callable[..., Path], recognised: Recognised) -> None:
        sheets = {
            "Uitleg": [["Dit bestand is van Anna"]],
            "Klanten": ROWS,
            "Leeg": [],
            "Kop": [["Relatienr", "Naam"]],
            "Weg": ROWS[:3],
        }
        (proposal,) = recognised(xlsx(sheets, hidden=["Weg"]))
        assert proposal.what == "a table: 3 rows, looks like customers"
        assert proposal.notice == 'left out: sheet "Uitleg" (1 row), hidden sheet "Weg" (2 rows)'
