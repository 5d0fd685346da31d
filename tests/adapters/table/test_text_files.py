"""CSV files as programs and people write them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import BadData, ConfigInvalid

COLUMNS = {"title": "Account", "city": "Plaats"}


def _cities(found: Any) -> list[tuple[str, str | None]]:
    return [(record.title, record.place and record.place.city) for record in found.records]


class TestTheFormOfAFile:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_any_delimiter_is_found(
        self, delimiter: str, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        rows = [
            ["Account", "Plaats", "Omzet"],
            ["Acme, GmbH", "Köln; Süd", "1,5"],
            ["Acme Ltd", "Rye", "2,5"],
        ]
        quoted = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
        assert _cities(read(csv_file(quoted), "account", COLUMNS)) == [
            ("Acme Ltd", "Rye"),
            ("Acme, GmbH", "Köln; Süd"),
        ]

    def test_decimal_commas_are_not_taken_for_delimiters(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Omzet;Plaats\nAcme;1,5;Rye\nOther;2,5;Ely\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "Rye")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_any_encoding_is_found(
        self, encoding: str, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\r\nAcme Café;Zürich\r\n", encoding=encoding)
        assert _cities(read(path, "account", COLUMNS)) == [("Acme Café", "Zürich")]

    def test_latin_1_that_is_called_utf_8_is_clean_text(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        ascii_first = "Account;Plaats\n" + "Other;Rye\n" * 20_000
        path = csv_file(ascii_first.encode() + "Acme Café;Zürich\n".encode("latin-1"))
        assert _cities(read(path, "account", COLUMNS, encoding="utf-8")) == [("Acme Café", "Zürich")]

    def test_an_encoding_of_the_settings_is_used(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme Łódź;Gdańsk\n", encoding="cp1250")
        assert _cities(read(path, "account", COLUMNS, encoding="cp1250")) == [("Acme Łódź", "Gdańsk")]

    def test_a_first_line_may_name_the_delimiter(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("sep=|\nAccount|Plaats\nAcme|a,b;c\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "a,b;c")]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_in_any_way(
        self, end: str, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file(f"Account;Plaats{end}Acme;Rye{end}")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "Rye")]

    def test_what_is_above_the_header_is_left_out(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Klanten;;\nGemaakt op 21-11-2026;;\n;;\nNr;Account;Plaats\n1;Acme;Rye\n;;\n\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "Rye")]

    def test_headers_are_compared_folded(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("  ACCOUNT ; Plaats (bezoek)\nAcme;Rye\n")
        found = read(path, "account", {"title": "account", "city": "plaats bezoek"})
        assert _cities(found) == [("Acme", "Rye")]

    def test_of_two_columns_with_one_header_the_second_is_numbered(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats;Plaats\nAcme;Rye;Ely\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "Rye")]
        assert _cities(read(path, "account", {**COLUMNS, "city": "Plaats (2)"})) == [("Acme", "Ely")]

    def test_columns_may_be_named_by_number(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        headless = csv_file("1;Acme;Rye\n2;Other;Ely\n")
        found = read(headless, "account", {"title": 2, "city": 3}, header_row=0)
        assert _cities(found) == [("Acme", "Rye")]

    def test_columns_that_are_not_mapped_are_not_kept(
        self, csv_file: Callable[..., Path], read: Callable[..., Any], store: Path
    ) -> None:
        path = csv_file("Account;Plaats;Geheim\nAcme;Rye;s3cr3t-word\n")
        found = read(path, "account", COLUMNS)
        assert found.records
        kept = b"".join(file.read_bytes() for file in store.iterdir())
        assert b"Acme" in kept
        assert b"s3cr3t-word" not in kept

    def test_columns_to_be_shown_stand_under_their_own_header(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats;Sector code\nAcme;Rye;28.1\n")
        found = read(path, "account", COLUMNS, show=["sector code"])
        assert dict(found.records[0].fields) == {"Sector code": "28.1"}


class TestRows:
    def test_a_cell_may_hold_lines_and_delimiters_and_quotes(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file('Firm;Wat;Verslag\nAcme;a;"regel 1\nregel 2; met ""nadruk"""\nAcme;b;c\n')
        found = read(path, "activity", {"title": "Wat", "body": "Verslag"})
        assert [record.body for record in found.records] == ['regel 1\nregel 2; met "nadruk"', "c"]

    def test_a_short_row_lacks_its_last_cells(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats;Land\nAcme\nAcme Two;Rye\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", None), ("Acme Two", "Rye")]

    def test_a_row_that_has_come_apart_is_left_out_and_counted(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account,Plaats\nAcme,Rye\nAcme, Inc,Boston\nAcme Two,Ely\n")
        found = read(path, "account", COLUMNS)
        assert _cities(found) == [("Acme", "Rye"), ("Acme Two", "Ely")]
        assert found.why == {"more cells than the header": 1}
        assert found.where == ["t.csv line 3"]

    def test_a_row_without_a_name_is_left_out_and_counted(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n;Ely\n#N/A;Ware\n")
        found = read(path, "account", COLUMNS)
        assert _cities(found) == [("Acme", "Rye")]
        assert found.why == {"no name": 1}

    def test_a_header_that_comes_again_is_no_row(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\nAccount;Plaats\n")
        found = read(path, "account", COLUMNS)
        assert _cities(found) == [("Acme", "Rye")]
        assert not found.page.refused

    def test_a_quotation_mark_that_is_never_closed_costs_its_line_only(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file('Account;Plaats\nAcme;Rye\nAcme Two;"Ely\nAcme Three;Ware\n')
        found = read(path, "account", COLUMNS)
        assert _cities(found) == [("Acme", "Rye"), ("Acme Three", "Ware")]
        assert found.why == {"a quotation mark that is not closed": 1}

    def test_such_a_mark_early_in_a_long_file_costs_its_line_only(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file('Account;Plaats\nBad;"Ely\n' + "Other;Rye\n" * 20_000 + "Acme;Ware\n")
        found = read(path, "account", COLUMNS)
        assert _cities(found) == [("Acme", "Ware")]
        assert found.where == ["t.csv line 2"]

    def test_a_row_of_a_million_characters_is_left_out(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        notes = ";".join(['"' + "a line\n" * 14_000 + '"'] * 12)
        header = "Account;" + ";".join(f"Note {n}" for n in range(12))
        found = read(csv_file(f"{header}\nBad;{notes}\nAcme;x\n"), "account", {"title": "Account"})
        assert [record.title for record in found.records] == ["Acme"]
        assert found.why == {"too long to be read": 1}

    def test_control_characters_do_not_shift_cells(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;R\x1fy\x00e\n")
        assert _cities(read(path, "account", COLUMNS)) == [("Acme", "R�y�e")]


class TestTheLimitsOfTheCsvModule:
    def test_are_those_of_the_whole_process_and_stay_as_they_are(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        before = csv.field_size_limit()
        path = csv_file("Account;Plaats\nAcme;" + "x" * (before + 10) + "\nAcme Two;Ely\n")
        found = read(path, "account", COLUMNS)
        assert csv.field_size_limit() == before
        assert _cities(found) == [("Acme Two", "Ely")]
        assert found.why == {"too long to be read": 1}


class TestAFileThatIsNoTable:
    @pytest.mark.parametrize(
        ("content", "named"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
            (b"<html><table><tr><td>Account</td></tr></table></html>", "web page"),
            (b"%PDF-1.7 \n", "document"),
            (bytes(range(256)) * 40, "neither text nor a workbook"),
        ],
        ids=["xls", "html", "pdf", "bytes"],
    )
    def test_says_what_it_is(
        self, content: bytes, named: str, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        with pytest.raises(BadData, match=named) as caught:
            read(csv_file(content), "account", COLUMNS)
        assert caught.value.what.startswith("t.csv")
        assert caught.value.mend

    def test_an_empty_one_has_no_such_column(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        with pytest.raises(ConfigInvalid, match='no column "Account"'):
            read(csv_file(b""), "account", COLUMNS)

    def test_one_that_is_gone_or_a_folder(self, tmp_path: Path, read: Callable[..., Any]) -> None:
        with pytest.raises(ConfigInvalid, match="is not there"):
            read(tmp_path / "gone.csv", "account", COLUMNS)
        with pytest.raises(ConfigInvalid, match="is no file"):
            read(tmp_path, "account", COLUMNS)
