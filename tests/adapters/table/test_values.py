"""What the cells of a table say: dates, amounts, yes and no, lists, in the ways of different countries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import dates, numbers, values
from adapters.table.cells import text
from adapters.table.values import Unreadable
from salesprep.adapter import Money

HERE = ZoneInfo("Europe/Amsterdam")


class TestADate:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("2026-11-23", date(2026, 11, 23)),
            ("23-11-2026", date(2026, 11, 23)),
            ("11/23/2026", date(2026, 11, 23)),
            ("3.4.2026", date(2026, 4, 3)),
            ("23 nov 2026", date(2026, 11, 23)),
            ("Nov 23, 2026", date(2026, 11, 23)),
            ("ma 23 november 2026", date(2026, 11, 23)),
            ("23. März 2026", date(2026, 3, 23)),
            ("lundi 3 février 2026", date(2026, 2, 3)),
            ("3 de enero de 2026", date(2026, 1, 3)),
            ("23-Nov-2026", date(2026, 11, 23)),
            ("20261123", date(2026, 11, 23)),
            ("3/3/26", date(2026, 3, 3)),
            ("2026-11-23 00:00:00", date(2026, 11, 23)),
            ("0000-00-00", None),
            ("31-12-9999", None),
            ("-", None),
            ("", None),
        ],
    )
    def test_is_read_as_people_write_it(self, written: str, meant: date | None) -> None:
        assert dates.moment(written, None, HERE) == meant

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("23-11-2026 14:05", datetime(2026, 11, 23, 14, 5, tzinfo=HERE)),
            ("2026-06-23T14:05:00Z", datetime(2026, 6, 23, 16, 5, tzinfo=HERE)),
            ("2026-06-23 14:05:09+0000", datetime(2026, 6, 23, 16, 5, 9, tzinfo=HERE)),
            ("11/23/2026 2:05 PM", datetime(2026, 11, 23, 14, 5, tzinfo=HERE)),
            ("11/23/2026 12:05 am", datetime(2026, 11, 23, 0, 5, tzinfo=HERE)),
            ("wo 25 nov. 2026 om 9:00 uur", datetime(2026, 11, 25, 9, 0, tzinfo=HERE)),
            ("23.11.2026, 14h30", datetime(2026, 11, 23, 14, 30, tzinfo=HERE)),
            # This half hour does not exist: clocks go from 2:00 to 3:00.
            ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ],
    )
    def test_with_a_time_is_a_moment_in_its_zone(self, written: str, meant: datetime) -> None:
        found = dates.moment(written, None, HERE)
        assert found == meant
        assert isinstance(found, datetime)
        assert found.tzinfo is HERE

    def test_that_can_be_read_in_two_ways_is_not_read(self) -> None:
        with pytest.raises(Unreadable, match="two ways"):
            dates.moment("03/04/2026", None, HERE)
        assert dates.moment("03/04/2026", "D-M-Y", HERE) == date(2026, 4, 3)
        assert dates.moment("03/04/2026", "M-D-Y", HERE) == date(2026, 3, 4)

    @pytest.mark.parametrize("written", ["31-02-2026", "12/2026", "soon", "45983", "25:00", "1-1-1200"])
    def test_that_is_none_is_said_to_be_none(self, written: str) -> None:
        with pytest.raises(Unreadable):
            dates.moment(written, "D-M-Y", HERE)

    def test_another_date_of_the_table_tells_how_it_is_meant(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Datum\nAcme;a;03/04/2026\nOther;b;23/04/2026\n")
        found = read(path, "activity", {"title": "Wat", "at": "Datum"})
        assert [record.at for record in found.records] == [date(2026, 4, 3)]
        assert not found.page.refused

    def test_in_doubt_is_left_out_counted_and_shown_as_written(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Datum\nAcme;a;03/04/2026\nAcme;b;05/06/2026\nAcme;c;2026-01-02\n")
        found = read(path, "activity", {"title": "Wat", "at": "Datum"})
        assert {record.title: record.at for record in found.records} == {
            "a": None,
            "b": None,
            "c": date(2026, 1, 2),
        }
        assert found.why == {"a date that can be read in two ways": 2}
        assert found.where == ["t.csv line 2, column Datum"]
        assert found.records[-1].fields["Datum"] == "05/06/2026"
        assert [refusal.shown for refusal in found.page.refused] == [True]

    def test_without_which_a_row_is_nothing_costs_the_row(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Van\nAcme;a;gisteren\nAcme;b;2026-01-02 10:00\n")
        found = read(path, "meeting", {"title": "Wat", "start": "Van"})
        assert [record.title for record in found.records] == ["b"]
        assert found.why == {"a date that is not understood": 1, "no start": 1}
        assert not any(refusal.shown for refusal in found.page.refused)

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("46349", date(2026, 11, 23)),
            ("46349.5625", datetime(2026, 11, 23, 13, 30, tzinfo=HERE)),
            ("\x00n46349", date(2026, 11, 23)),
            ("23-11-2026", date(2026, 11, 23)),
        ],
    )
    def test_may_be_a_count_of_days_if_the_settings_say_so(self, written: str, meant: date) -> None:
        assert dates.moment(written, dates.SERIAL, HERE) == meant

    @pytest.mark.parametrize("written", ["46349", "\x00n46349"])
    def test_is_no_count_of_days_unless_the_settings_say_so(self, written: str) -> None:
        with pytest.raises(Unreadable):
            dates.moment(written, "D-M-Y", HERE)

    @pytest.mark.parametrize("written", ["12", "463490", "99999", "\x00n7"])
    def test_is_no_number_that_can_hardly_be_a_day(self, written: str) -> None:
        with pytest.raises(Unreadable):
            dates.moment(written, dates.SERIAL, HERE)

    def test_is_not_told_by_a_table_that_contradicts_itself(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Datum\nAcme;a;03/04/2026\nX;b;23/04/2026\nX;c;04/23/2026\n")
        found = read(path, "activity", {"title": "Wat", "at": "Datum"})
        assert found.records[0].at is None

    def test_is_read_as_the_settings_say(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Datum\nAcme;a;03/04/2026\n")
        found = read(path, "activity", {"title": "Wat", "at": "Datum"}, dates="M-D-Y")
        assert found.records[0].at == date(2026, 3, 4)

    def test_and_time_of_day_may_stand_in_two_columns(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Datum;Tijd\nAcme;a;23-11-2026;14:05\nAcme;b;22-11-2026;\n")
        found = read(path, "activity", {"title": "Wat", "at": ["Datum", "Tijd"]})
        assert [record.at for record in found.records] == [
            datetime(2026, 11, 23, 14, 5, tzinfo=HERE),
            date(2026, 11, 22),
        ]

    @given(st.text(max_size=40))
    def test_of_any_text_is_read_or_refused(self, written: str) -> None:
        for order in (None, "D-M-Y", "M-D-Y", "Y-M-D"):
            try:
                found = dates.moment(written, order, HERE)
            except Unreadable:
                continue
            assert found is None or 1899 <= found.year <= 2201

    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["D-M-Y", "M-D-Y"]))
    def test_comes_back_in_the_order_it_was_written_in(self, day: date, order: str) -> None:
        written = f"{day:%d/%m/%Y}" if order == "D-M-Y" else f"{day:%m/%d/%Y}"
        assert dates.moment(written, order, HERE) == day


class TestANumber:
    @pytest.mark.parametrize(
        ("written", "meant", "currency"),
        [
            ("1.234,56", "1234.56", None),
            ("1,234.56", "1234.56", None),
            ("1 234,56", "1234.56", None),
            ("1\u202f234,56 €", "1234.56", "EUR"),
            ("1'234.50 CHF", "1234.50", "CHF"),
            ("(123)", "-123", None),
            ("€ 5", "5", "EUR"),
            ("€ 5,-", "5", "EUR"),
            ("€ -5,10", "-5.10", "EUR"),
            ("12,50-", "-12.50", None),
            ("$ 5", "5", None),
            ("1.234.567", "1234567", None),
            ("0.125", "0.125", None),
            ("12.5", "12.5", None),
            ("180000", "180000", None),
        ],
    )
    def test_is_read_as_people_write_it(self, written: str, meant: str, currency: str | None) -> None:
        assert numbers.amount(written, None) == (Decimal(meant), currency)

    def test_that_can_be_two_numbers_is_not_read(self) -> None:
        with pytest.raises(Unreadable, match="two ways"):
            numbers.amount("1.234", None)
        assert numbers.amount("1.234", ",") == (Decimal(1234), None)
        assert numbers.amount("1.234", ".") == (Decimal("1.234"), None)

    @pytest.mark.parametrize("written", ["a lot", "12%", "10k", "1.2.3", "1,2,3", ".", "€", "(5", "--5", "٣"])
    def test_that_is_none_is_said_to_be_none(self, written: str) -> None:
        with pytest.raises(Unreadable):
            numbers.amount(written, ",")

    def test_another_number_of_the_table_tells_how_it_is_meant(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Bedrag\nAcme;a;1.234\nOther;b;12,50\n")
        found = read(path, "opportunity", {"title": "Wat", "amount": "Bedrag"}, currency="EUR")
        assert found.records[0].amount == Money(Decimal(1234), "EUR")

    def test_in_doubt_is_left_out_and_counted(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Bedrag\nAcme;a;1.234\n")
        found = read(path, "opportunity", {"title": "Wat", "amount": "Bedrag"}, currency="EUR")
        assert found.records[0].amount is None
        assert found.why == {"a number that can be read in two ways": 1}

    def test_of_money_takes_the_currency_beside_it_then_its_column_then_the_settings(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Bedrag;Munt\nAcme;a;£ 5;usd\nAcme;b;5;usd\nAcme;c;5;\n")
        columns = {"title": "Wat", "amount": "Bedrag", "currency": "Munt"}
        found = read(path, "opportunity", columns, currency="EUR")
        assert [record.amount.currency for record in found.records] == ["GBP", "USD", "EUR"]

    def test_of_money_without_any_currency_is_left_out_and_counted(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Firm;Wat;Bedrag\nAcme;a;5\n")
        found = read(path, "opportunity", {"title": "Wat", "amount": "Bedrag"})
        assert found.records[0].amount is None
        assert found.why == {"an amount without a currency": 1}

    @given(st.text(max_size=30))
    def test_of_any_text_is_read_or_refused(self, written: str) -> None:
        for sign in (None, ",", "."):
            try:
                found = numbers.amount(written, sign)
            except Unreadable:
                continue
            assert found is None or found[0].is_finite()

    @given(st.decimals(-10_000_000, 10_000_000, places=2))
    def test_comes_back_from_either_way_of_writing_it(self, value: Decimal) -> None:
        english = f"{value:,.2f}"
        dutch = english.translate(str.maketrans(",.", ".,"))
        assert numbers.number(english, None) == value
        assert numbers.number(dutch, None) == value


class TestYesAndNo:
    @pytest.mark.parametrize("written", ["ja", "Yes", "x", "1", "WAHR", "oui", "sí", "✓", "J"])
    def test_yes(self, written: str) -> None:
        assert values.flag(written) is True

    @pytest.mark.parametrize("written", ["nee", "No", "0", "nein", "FALSCH", "non", "Onwaar"])
    def test_no(self, written: str) -> None:
        assert values.flag(written) is False

    def test_nothing_is_no_answer(self) -> None:
        assert values.flag("") is None
        assert values.flag("-") is None

    def test_anything_else_is_not_guessed(self) -> None:
        with pytest.raises(Unreadable):
            values.flag("perhaps")

    def test_one_no_counts_for_consent(self, csv_file: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = csv_file("Firm;Naam;Mag;Niet\nAcme;a;ja;\nAcme;b;ja;ja\nAcme;c;;\nAcme;d;;nee\n")
        found = read(path, "person", {"title": "Naam", "mail_ok": "Mag", "no_mail": "Niet"})
        assert [record.consent["mail"] for record in found.records] == ["ok", "no", "unknown", "ok"]


class TestACell:
    @pytest.mark.parametrize("written", ["#N/A", "#REF!", "#DIV/0!", "#NV", "#N/B", "  ", ""])
    def test_of_a_failed_formula_holds_nothing(self, written: str) -> None:
        assert text(written) is None

    def test_loses_what_a_spreadsheet_put_before_it(self) -> None:
        assert text("'0031 40 555") == "0031 40 555"
        assert text('="00123"') == "00123"
        assert text("'t Hoekje") == "'t Hoekje"

    def test_may_hold_several_addresses_and_people(self) -> None:
        assert values.emails("R. Smit <r.smit@vandijk.example>; K.VOS@vandijk.example, x") == (
            "r.smit@vandijk.example",
            "K.VOS@vandijk.example",
        )
        assert values.people('"Smit, R." <r.smit@vandijk.example>; K. Vos; -; t@x.example') == (
            ("Smit, R.", "r.smit@vandijk.example"),
            ("K. Vos", None),
            (None, "t@x.example"),
        )
