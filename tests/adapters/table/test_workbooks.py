"""Workbooks: what their cells are, and which sheet and rows count."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from salesprep.adapter import BadData, ConfigInvalid, Money

HERE = ZoneInfo("Europe/Amsterdam")
COLUMNS = {"title": "Account", "city": "Plaats"}
HEADER = ["Account", "Plaats"]


def _names(found: Any) -> list[str]:
    return [record.title for record in found.records]


class TestCells:
    def test_dates_are_dates_whatever_they_look_like(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        path = xlsx(
            {
                "S": [
                    ["Firm", "Wat", "Datum"],
                    ["Acme", "day", xml('s="1"', "<v>46349</v>")],
                    ["Acme", "own format", xml('s="5"', "<v>46349</v>")],
                    ["Acme", "moment", xml('s="2"', "<v>46349.5625</v>")],
                    ["Acme", "written out", xml('t="d"', "<v>2026-11-23T13:30:00</v>")],
                    ["Acme", "as text", "23-11-2026"],
                ]
            }
        )
        found = read(path, "activity", {"title": "Wat", "at": "Datum"})
        assert {record.title: record.at for record in found.records} == {
            "day": date(2026, 11, 23),
            "own format": date(2026, 11, 23),
            "moment": datetime(2026, 11, 23, 13, 30, tzinfo=HERE),
            "written out": datetime(2026, 11, 23, 13, 30, tzinfo=HERE),
            "as text": date(2026, 11, 23),
        }

    def test_a_workbook_may_count_from_1904(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        rows = [["Firm", "Wat", "Datum"], ["Acme", "a", xml('s="1"', f"<v>{46349 - 1462}</v>")]]
        found = read(xlsx({"S": rows}, since_1904=True), "activity", {"title": "Wat", "at": "Datum"})
        assert found.records[0].at == date(2026, 11, 23)

    def test_day_and_time_may_stand_in_two_columns(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        row = ["Acme", "a", xml('s="1"', "<v>46349</v>"), xml('s="3"', "<v>0.5625</v>")]
        path = xlsx({"S": [["Firm", "Wat", "Datum", "Tijd"], row]})
        found = read(path, "activity", {"title": "Wat", "at": ["Datum", "Tijd"]})
        assert found.records[0].at == datetime(2026, 11, 23, 13, 30, tzinfo=HERE)

    def test_a_number_in_a_column_of_dates_is_not_taken_for_one(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = xlsx({"S": [["Firm", "Wat", "Datum"], ["Acme", "a", 46349]]})
        found = read(path, "activity", {"title": "Wat", "at": "Datum"})
        assert found.records[0].at is None
        assert found.why == {"a number that is no date": 1}
        assert found.where == ["t.xlsx, sheet S, row 2, column Datum"]

    def test_numbers_have_no_locale(self, xlsx: Callable[..., Path], read: Callable[..., Any]) -> None:
        rows = [
            ["Firm", "Wat", "Bedrag"],
            ["Acme", "a", 1.234],
            ["Acme", "b", 0.1 + 0.2],
            ["Acme", "c", 180000],
        ]
        found = read(xlsx({"S": rows}), "opportunity", {"title": "Wat", "amount": "Bedrag"}, currency="EUR")
        assert [record.amount for record in found.records] == [
            Money(Decimal("1.234"), "EUR"),
            Money(Decimal("0.3"), "EUR"),
            Money(Decimal(180000), "EUR"),
        ]

    def test_an_id_that_is_a_number_is_written_as_one(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        rows = [["Nr", "Account"], [xml("", "<v>1042</v>"), "Acme"], [xml("", "<v>1.043E3</v>"), "Acme Two"]]
        found = read(xlsx({"S": rows}), "account", {"id": "Nr", "title": "Account"})
        assert [record.id for record in found.records] == ["1042", "1043"]

    def test_text_may_stand_in_the_cell_or_be_cut_into_runs(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        spoken = "<rPh sb='0' eb='1'><t>spoken</t></rPh>"
        inline = xml('t="inlineStr"', f"<is><r><t>Ac</t></r>{spoken}<r><t>me_x0041_</t></r></is>")
        found = read(xlsx({"S": [HEADER, [inline, "Rye"]]}), "account", COLUMNS)
        assert _names(found) == ["AcmeA"]

    def test_a_result_of_a_formula_is_what_it_was_when_the_file_was_saved(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        told = xml('t="str"', "<f>B2&amp;C2</f><v>Acme</v>")
        found = read(xlsx({"S": [HEADER, [told, "Rye"]]}), "account", COLUMNS)
        assert _names(found) == ["Acme"]

    def test_a_formula_without_a_result_is_nothing_and_is_counted(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        rows = [["Firm", "Wat", "Bedrag"], ["Acme", "a", xml("", "<f>SUM(D2:E2)</f>")]]
        found = read(xlsx({"S": rows}), "opportunity", {"title": "Wat", "amount": "Bedrag"}, currency="EUR")
        assert found.records[0].amount is None
        assert found.why == {"a formula without a stored result": 1}

    def test_an_error_is_nothing(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        rows = [HEADER, ["Acme", xml('t="e"', "<v>#N/A</v>")]]
        found = read(xlsx({"S": rows}), "account", COLUMNS)
        assert (_names(found), found.records[0].place) == (["Acme"], None)

    def test_yes_and_no_and_per_cent(
        self, xlsx: Callable[..., Path], xml: Callable[..., Any], read: Callable[..., Any]
    ) -> None:
        rows = [["Firm", "Naam", "Mag", "Kans"], ["Acme", "R. Smit", True, xml('s="4"', "<v>0.6</v>")]]
        found = read(xlsx({"S": rows}), "person", {"title": "Naam", "mail_ok": "Mag"}, show=["Kans"])
        assert found.records[0].consent["mail"] == "ok"
        assert found.records[0].fields["Kans"] == "60%"

    def test_cells_without_a_place_follow_each_other(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

        def line(*cells: str) -> str:
            made = "".join(f'<x:c t="str"><x:v>{cell}</x:v></x:c>' for cell in cells)
            return f"<x:row>{made}</x:row>"

        sheet = (
            f'<x:worksheet xmlns:x="{main}"><x:sheetData>{line("Account", "Plaats")}{line("Acme", "Rye")}'
            "</x:sheetData></x:worksheet>"
        )
        path = xlsx({"S": []}, extra={"xl/worksheets/s1.xml": sheet})
        assert _names(read(path, "account", COLUMNS)) == ["Acme"]


class TestSheets:
    def test_the_first_visible_one_with_the_columns_is_read(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        sheets = {
            "Notes": [["Made by hand"], ["for the sales team"]],
            "Old": [HEADER, ["Acme Old", "Rye"]],
            "Klanten": [["Customers of 2026"], [], HEADER, ["Acme", "Rye"]],
        }
        assert _names(read(xlsx(sheets, hidden=["Old"]), "account", COLUMNS)) == ["Acme"]

    def test_a_hidden_one_is_read_if_it_is_named(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = xlsx({"Old": [HEADER, ["Acme Old", "Rye"]], "New": [HEADER, ["Acme", ""]]}, hidden=["Old"])
        assert _names(read(path, "account", COLUMNS, sheet="old")) == ["Acme Old"]

    def test_one_that_is_not_there_is_named_with_those_that_are(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        with pytest.raises(ConfigInvalid, match='no sheet "Klant"') as caught:
            read(xlsx({"Klanten": [HEADER]}), "account", COLUMNS, sheet="Klant")
        assert caught.value.mend == 'there are "Klanten"'
        assert caught.value.field == "tables.account.sheet"

    def test_a_value_of_merged_cells_holds_for_all_of_their_rows(
        self, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        rows = [["Firm", "Naam"], ["Acme", "R. Smit"], [None, "K. Vos"], [None, "T. Aarts"], ["Other", "X"]]
        tail = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
        found = read(xlsx({"S": rows}, tail=tail), "person", {"title": "Naam"})
        assert _names(found) == ["R. Smit", "K. Vos"]


class TestADamagedWorkbook:
    def test_cut_in_half_is_told_as_such(self, xlsx: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = xlsx({"S": [HEADER, ["Acme", "Rye"]]})
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(BadData, match="cannot be read: a damaged workbook") as caught:
            read(path, "account", COLUMNS)
        assert caught.value.may_show_old

    @pytest.mark.parametrize(
        ("member", "content"),
        [
            ("xl/worksheets/s1.xml", "<worksheet><sheetData><row><c r='A1'"),
            (
                "xl/worksheets/s1.xml",
                "<worksheet><sheetData><row><c r='AAAAA1'><v>1</v></c></row></sheetData></worksheet>",
            ),
            (
                "xl/worksheets/s1.xml",
                "<worksheet><sheetData><row><c r='é1'><v>1</v></c></row></sheetData></worksheet>",
            ),
            (
                "xl/worksheets/s1.xml",
                "<worksheet><sheetData><row><c t='s'><v>99</v></c></row></sheetData></worksheet>",
            ),
            ("xl/workbook.xml", "no xml at all"),
            ("xl/sharedStrings.xml", "<sst><si><t>"),
            ("xl/styles.xml", b"\xff\xfe\x00"),
        ],
    )
    def test_in_any_of_its_parts_is_told_as_such(
        self, member: str, content: bytes | str, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = xlsx({"S": [HEADER, ["Acme", "Rye"]]}, extra={member: content})
        with pytest.raises(BadData, match="damaged"):
            read(path, "account", COLUMNS)

    def test_a_zip_of_another_sort_is_no_workbook(self, tmp_path: Path, read: Callable[..., Any]) -> None:
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("Connections.csv", "First Name,Last Name\n")
        with pytest.raises(BadData, match="no workbook"):
            read(path, "account", COLUMNS)
