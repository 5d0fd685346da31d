"""``salesprep add`` on a table: what it looks like, which column is what, and what is in doubt."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.table.adapter import Tables
from adapters.table.evidence import POINTS, TELLING
from adapters.table.fields import readers
from adapters.table.filling import FIELDS
from adapters.table.meaning import number_of
from adapters.table.synonyms import CONCEPTS, STEMS, THINGS
from salesprep.adapter import BadData, DeadlineExceeded, Kind
from salesprep.adapter.names import fold
from salesprep.adapter.proposal import Given, Proposal
from salesprep.setup import with_statement

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))


def _given(path: Path) -> Given:
    head = path.read_bytes()[: 64 * 1024] if path.is_file() else b""
    return Given(path=path, head=head, now=NOW, deadline=time.monotonic() + 20)


@pytest.fixture
def add(csv_file: Callable[..., Path]) -> Callable[..., Proposal | None]:
    """What is proposed for a file; its settings are such as the adapter takes, once a person has said what
    only a person can say."""

    def run(content: str | bytes | Path) -> Proposal | None:
        path = content if isinstance(content, Path) else csv_file(content, name="given.csv")
        found = Tables.recognise(_given(path))
        for proposal in found[:1]:
            Tables.Config.model_validate(with_statement(proposal, "consent").config)
        return found[0] if found else None

    return run


def _columns(proposal: Proposal | None, kind: str) -> dict[str, Any]:
    assert proposal is not None
    columns: dict[str, Any] = proposal.config["tables"][kind]["columns"]
    return columns


class TestCustomers:
    def test_of_a_dutch_workbook_come_out_as_drawn(
        self, xlsx: Callable[..., Path], add: Callable[..., Proposal | None]
    ) -> None:
        rows: list[list[object]] = [["Account", "Plaats", "Website", "Accountmanager"]]
        rows += [[f"Firma {n} B.V.", "Eindhoven", f"firma{n}.example", "A. Bakker"] for n in range(214)]
        path = xlsx({"Klanten": rows}, name="accounts.xlsx")
        proposal = add(path)
        assert proposal is not None
        assert (proposal.name, proposal.title, proposal.sure) == ("crm", "CRM", "likely")
        assert proposal.what == "a table: 214 rows, looks like customers"
        assert proposal.question == "which column is what?"
        assert [(choice.label, choice.value) for choice in proposal.choices] == [
            ("name", "Account"),
            ("place", "Plaats"),
            ("web site", "Website"),
            ("owner", "Accountmanager"),
        ]
        assert [choice.needed for choice in proposal.choices] == [True, False, False, False]
        assert proposal.choices[0].key == "tables.account.columns.title"
        assert proposal.choices[0].options == ("Account", "Plaats", "Website", "Accountmanager")
        assert proposal.config["tables"]["account"]["path"] == str(path)

    @pytest.mark.parametrize(
        "header",
        [
            "Company,City,Website,Owner,Industry",
            "Bedrijfsnaam;Vestigingsplaats;Website;Eigenaar;Branche",
            "Firma;Ort;Webseite;Kundenbetreuer;Branche",
            "Raison sociale;Ville;Site web;Responsable;Secteur",
            "Empresa;Ciudad;Sitio web;Vendedor;Sector",
        ],
    )
    def test_are_known_in_five_languages(self, header: str, add: Callable[..., Proposal | None]) -> None:
        line = "Acme{0}Rye{0}acme.example{0}Anna{0}Metal\n".format("," if "," in header else ";")
        columns = _columns(add(f"{header}\n{line}"), "account")
        assert list(columns) == ["title", "city", "website", "owner", "industry"]

    def test_with_a_contact_on_each_row_are_still_customers(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        columns = _columns(
            add("Klant;Plaats;Website;Contactpersoon\nAcme;Rye;x.example;R. Smit\n"), "account"
        )
        assert columns["contact"] == "Contactpersoon"

    def test_below_a_heading_are_found(self, add: Callable[..., Proposal | None]) -> None:
        proposal = add("Klanten regio Zuid;;\n21-11-2026;;\n;;\nAccount;Plaats;Land\nAcme;Rye;NL\n")
        assert proposal is not None
        assert proposal.what == "a table: 1 row, looks like customers"

    def test_columns_without_a_known_header_are_told_by_what_is_in_them(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        table = "Account;Foo;Bar\nAcme;info@acme.example;https://acme.example\nB;b@b.example;www.b.example\n"
        columns = _columns(add(table), "account")
        assert (columns["emails"], columns["website"]) == ("Foo", "Bar")


class TestPeople:
    def test_state_where_they_come_from_and_ask_by_what_right(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        proposal = add("Voornaam;Achternaam;Bedrijf;Functie;E-mail\nRob;Smit;Acme;COO;r@acme.example\n")
        assert proposal is not None
        assert (proposal.name, proposal.what) == ("people", "a table: 1 row, looks like people")
        table = proposal.config["tables"]["person"]
        assert table["origin"] == "given.csv, added 2026-11-23"
        choice = next(choice for choice in proposal.choices if choice.key == "tables.person.legal_basis")
        assert choice.needed
        assert (choice.value, choice.options[2]) == (None, "consent")
        assert "legal_basis" not in table

    def test_names_and_addresses_alone_are_people_unless_they_are_firms(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        people = add("Naam;E-mail\nRob Smit;r@acme.example\n")
        assert people is not None
        assert set(people.config["tables"]) == {"person"}
        firms = add("Naam;E-mail\nAcme B.V.;r@acme.example\n")
        assert firms is not None
        assert set(firms.config["tables"]) == {"account"}

    def test_of_a_network_export_are_left_to_the_adapter_that_knows_it(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
        proposal = add(f"{header}\nRob,Smit,https://x.example/rs,,Acme,COO,21 Nov 2026\n")
        assert proposal is not None
        assert proposal.sure == "possible"


class TestOtherTables:
    @pytest.mark.parametrize(
        ("table", "kind", "fields"),
        [
            (
                "Datum;Klant;Onderwerp;Soort;Verslag;Door\n23-11-2026;Acme;Storing;Telefoon;x;Anna\n",
                "activity",
                {"at", "organisation", "title", "type", "body", "owner"},
            ),
            (
                "Deal,Account,Stage,Amount,Close Date\nLX,Acme,Offer,180000,11/24/2026\n",
                "opportunity",
                {"title", "organisation", "stage", "amount", "closes"},
            ),
            (
                "Ticketnummer;Klant;Onderwerp;Status;Prioriteit;Aangemaakt\nT-1;Acme;lekt;open;P1;23-11-2026\n",
                "ticket",
                {"number", "organisation", "title", "status", "open", "priority", "at"},
            ),
            (
                "Factuurnummer;Klant;Datum;Vervaldatum;Bedrag;Openstaand\n"
                "F-1;Acme;23-11-2026;23-12-2026;€ 5;€ 5\n",
                "invoice",
                {"title", "organisation", "at", "due", "amount", "outstanding"},
            ),
            (
                "Auftragsnummer;Kunde;Datum;Liefertermin\nA-1;Acme;23.11.2026;24.11.2026\n",
                "order",
                {"title", "organisation", "at", "delivery"},
            ),
            (
                "Contrat;Client;Date de debut;Date de fin\nC-1;Acme;23/11/2026;24/11/2027\n",
                "contract",
                {"title", "organisation", "starts", "ends"},
            ),
            (
                "Taak;Klant;Deadline;Gereed\nstuklijst;Acme;23-11-2026;nee\n",
                "task",
                {"title", "organisation", "due", "done"},
            ),
            (
                "Onderwerp;Klant;Start;Einde;Locatie\nBezoek;Acme;23-11-2026 14:00;23-11-2026 15:00;Rye\n",
                "meeting",
                {"title", "organisation", "start", "end", "place"},
            ),
        ],
    )
    def test_are_told_by_their_columns(
        self, table: str, kind: str, fields: set[str], add: Callable[..., Proposal | None]
    ) -> None:
        proposal = add(table)
        assert proposal is not None
        assert proposal.sure == "likely"
        assert list(proposal.config["tables"]) == [kind]
        assert fields <= set(_columns(proposal, kind))

    def test_in_several_sheets_become_one_source(
        self, xlsx: Callable[..., Path], add: Callable[..., Proposal | None]
    ) -> None:
        sheets = {
            "Uitleg": [["Dit bestand is van Anna"]],
            "Klanten": [["Account", "Plaats"], ["Acme", "Rye"], ["Other", "Ely"]],
            "Contacten": [["Naam", "Bedrijf", "E-mail"], ["R. Smit", "Acme", "r@acme.example"]],
            "Oud": [["Account", "Plaats"], ["Old", "Rye"]],
            "Weg": [["Account", "Plaats"], *(["Gone", "Rye"] for _ in range(9))],
        }
        proposal = add(xlsx(sheets, hidden=["Weg"]))
        assert proposal is not None
        assert proposal.what == "2 tables: 2 rows of customers, 1 row of people"
        assert proposal.sure == "likely"
        tables = proposal.config["tables"]
        assert {kind: table["sheet"] for kind, table in tables.items()} == {
            "account": "Klanten",
            "person": "Contacten",
        }
        assert proposal.choices[0].label == "name (customers)"


class TestDoubts:
    def test_how_dates_and_numbers_are_written_goes_into_the_settings(
        self, add: Callable[..., Proposal | None]
    ) -> None:
        proposal = add("Deal;Klant;Fase;Bedrag;Sluitdatum\na;Acme;x;€ 1.200,50;24-11-2026\n")
        assert proposal is not None
        table = proposal.config["tables"]["opportunity"]
        assert (table["dates"], table["decimal"], table["currency"]) == ("D-M-Y", ",", "EUR")

    def test_what_the_table_does_not_tell_is_asked(self, add: Callable[..., Proposal | None]) -> None:
        proposal = add("Deal;Klant;Fase;Bedrag;Sluitdatum\na;Acme;x;1.200;03/04/2026\n")
        assert proposal is not None
        asked = {choice.key.rpartition(".")[2]: choice for choice in proposal.choices}
        assert (asked["dates"].value, asked["dates"].options) == (None, ("D-M-Y", "M-D-Y", "Y-M-D"))
        assert asked["decimal"].value is None
        assert asked["currency"].value is None
        assert proposal.notice

    def test_dates_that_a_spreadsheet_has_made_numbers_are_said_to_be_days(
        self, add: Callable[..., Proposal | None], xlsx: Callable[..., Path], xml: Callable[..., Any]
    ) -> None:
        proposal = add("Datum;Klant;Onderwerp;Verslag\n46349;Acme;Storing;x\n46350;Acme;Vraag;y\n")
        assert proposal is not None
        assert proposal.config["tables"]["activity"]["dates"] == "serial"
        assert "taken for days" in str(proposal.notice)
        assert next(c for c in proposal.choices if c.key.endswith(".dates")).value == "serial"
        rows: list[list[object]] = [["Datum", "Klant", "Onderwerp", "Verslag"]]
        rows += [[xml('s="1"', "<v>46349</v>"), "Acme", "Storing", "x"], [46350, "Acme", "Vraag", "y"]]
        proposal = add(xlsx({"S": rows}))
        assert proposal is not None
        assert proposal.config["tables"]["activity"]["dates"] == "serial"

    def test_other_numbers_are_not(self, add: Callable[..., Proposal | None]) -> None:
        proposal = add("Datum;Klant;Onderwerp;Verslag\n46349;Acme;Storing;x\n7;Acme;Vraag;y\n")
        assert proposal is not None
        assert "dates" not in proposal.config["tables"]["activity"]

    def test_day_and_time_are_put_together(self, add: Callable[..., Proposal | None]) -> None:
        table = "Datum;Tijd;Klant;Onderwerp\n23-11-2026;10:00;Acme;Storing\n"
        assert _columns(add(table), "activity")["at"] == ["Datum", "Tijd"]


class TestWhatIsNoTable:
    @pytest.mark.parametrize(
        "content",
        [
            b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
            b"SQLite format 3\x00" + bytes(100),
            b'{"a": 1, "b": 2}\n',
            b"# Title\n\nHello, world\n",
            b"just one line",
            b"just some text\nwith lines, and commas\nhere, there, and more\n",
            b"<html><body>a,b</body></html>",
            b"PK\x03\x04" + b"Connections.csv" + bytes(100),
            bytes(range(256)) * 10,
            b"just one;line\n",
            b"",
        ],
        ids=range(11),
    )
    def test_is_left_to_others(self, content: bytes, add: Callable[..., Proposal | None]) -> None:
        assert add(content) is None

    def test_a_folder_or_an_address_is_left_to_others(self, tmp_path: Path) -> None:
        assert Tables.recognise(_given(tmp_path)) == ()
        url = Given(url="https://x.example/t.csv", head=b"a;b\n1;2\n", now=NOW, deadline=time.monotonic() + 5)
        assert Tables.recognise(url) == ()

    def test_headers_without_rows_are_said_to_be_empty(
        self, add: Callable[..., Proposal | None], xlsx: Callable[..., Path]
    ) -> None:
        with pytest.raises(BadData, match=r"given\.csv is empty"):
            add("Relatienr;Naam;Plaats\n")
        with pytest.raises(BadData, match=r"t\.xlsx is empty"):
            add(xlsx({"Klanten": [["Relatienr", "Naam", "Plaats"]]}))

    def test_a_workbook_cut_in_half_says_so(self, xlsx: Callable[..., Path]) -> None:
        path = xlsx({"S": [["Account", "Plaats"], ["Acme", "Rye"]]})
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(BadData, match="damaged"):
            Tables.recognise(_given(path))

    def test_a_workbook_for_which_no_time_is_left_says_so(self, xlsx: Callable[..., Path]) -> None:
        path = xlsx({"S": [["Account", "Plaats"], ["Acme", "Rye"]]})
        with pytest.raises(DeadlineExceeded):
            Tables.recognise(replace(_given(path), deadline=time.monotonic()))

    def test_a_table_too_large_to_be_read_says_so(self, csv_file: Callable[..., Path]) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n", name="large.csv")
        given = _given(path)
        os.truncate(path, 2 << 30)  # takes no room on the disk
        with pytest.raises(BadData, match="larger than is read"):
            Tables.recognise(given)
        assert Tables.recognise(replace(given, path=path.rename(path.with_suffix(".bin")))) == ()

    def test_an_old_excel_file_says_so(self, csv_file: Callable[..., Path]) -> None:
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        with pytest.raises(BadData, match="old Excel"):
            Tables.recognise(_given(csv_file(content, name="old.xls")))
        assert Tables.recognise(_given(csv_file(content, name="letter.doc"))) == ()

    @given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
    def test_or_is_one_never_ends_in_an_accident(
        self, content: bytes, add: Callable[..., Proposal | None]
    ) -> None:
        if not content.startswith(b"PK\x03\x04"):
            add(content)


class TestTheListOfWords:
    def test_is_folded_and_fills_fields_that_there_are(self) -> None:
        assert [word for word in CONCEPTS if fold(word) != word] == []
        wanted = {concept for fields in FIELDS.values() for names in fields.values() for concept in names}
        assert wanted <= {*CONCEPTS.values(), *map(number_of, THINGS)}
        assert {concept for points in POINTS.values() for concept in points} <= set(CONCEPTS.values())
        assert [word for word in (*STEMS, *TELLING) if fold(word) != word] == []
        for kind, fields in FIELDS.items():
            assert set(fields) <= set(readers(Kind(kind)))
