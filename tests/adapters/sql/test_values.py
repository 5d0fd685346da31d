"""How cells are read: exactly or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql import values
from adapters.sql.values import Cell, Unreadable

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

anything = (
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary() | st.text().map(str.encode)
)


class TestDates:
    @pytest.mark.parametrize(
        ("cell", "when"),
        [
            (b"2026-11-23", date(2026, 11, 23)),
            (b" 2026-11-23 ", date(2026, 11, 23)),
            (b"2026-11-23 13:21", datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (b"2026-07-01T13:21:00", datetime(2026, 7, 1, 11, 21, tzinfo=UTC)),
            (b"2026-11-23 13:21:05.123456789", datetime(2026, 11, 23, 12, 21, 5, 123456, tzinfo=UTC)),
            (b"2026-11-23T12:21:00Z", datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (b"2026-11-23 07:21:00-05:00", datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (1_795_436_460, datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (1_795_436_460.0, datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (1_795_436_460_000, datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (b"1795436460", datetime(2026, 11, 23, 12, 21, tzinfo=UTC)),
            (b"", None),
            (b"  ", None),
            (None, None),
        ],
    )
    def test_are_read_as_written(self, cell: Cell, when: object) -> None:
        assert values.moment(cell, AMSTERDAM) == when

    @pytest.mark.parametrize(
        "cell",
        [
            *(
                b"23-11-2026",
                b"11/23/2026",
                b"2026-13-01",
                b"2026-11-31",
                b"20261123",
                b"2026",
                b"now",
                b"0000-00-00",
            ),
            *(b"2026-11-23 25:00", b"2026-11-23 13", b"\xff", b"2026-11-23 13:21 CET", b"0001-01-01 00:00"),
            *(20261123, 2026, 0, -1, 2461368.05, float("inf"), 10**18),
        ],
    )
    def test_are_never_guessed(self, cell: Cell) -> None:
        with pytest.raises(Unreadable):
            values.moment(cell, AMSTERDAM)

    def test_a_time_in_the_hour_that_spring_skips_is_a_time_that_exists(self) -> None:
        found = values.moment(b"2026-03-29 02:30", AMSTERDAM)
        assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
        assert isinstance(found, datetime)
        assert found.hour == 3

    def test_the_day_of_a_moment_is_the_day_there(self) -> None:
        assert values.day(b"2026-11-23T23:30:00Z", AMSTERDAM) == date(2026, 11, 24)
        assert values.day(b"2026-11-23 23:30", AMSTERDAM) == date(2026, 11, 23)


class TestAmounts:
    @pytest.mark.parametrize(
        ("cell", "amount"),
        [
            (180000, "180000"),
            (0.1, "0.1"),
            (1234.56, "1234.56"),
            (1e22, "1E+22"),
            (b"1234.50", "1234.50"),
            (b"-0.10", "-0.10"),
            (b"99999999999999999999.99", "99999999999999999999.99"),
        ],
    )
    def test_are_exact(self, cell: Cell, amount: str) -> None:
        found = values.amount(cell)
        assert found == Decimal(amount)

    @pytest.mark.parametrize(
        "cell",
        [
            b"1.234,50",
            b"1,234.50",
            b"EUR 5",
            b"1_000",
            b"NaN",
            b"Infinity",
            b"1e999",
            "٣".encode(),
            float("inf"),
        ],
    )
    def test_that_are_not_clear_are_refused(self, cell: Cell) -> None:
        with pytest.raises(Unreadable):
            values.amount(cell)

    @given(
        st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**13), max_value=10**13)
    )
    def test_survive_a_column_of_floats(self, amount: Decimal) -> None:
        assert values.amount(float(amount)) == amount


class TestYesAndNo:
    @pytest.mark.parametrize("cell", [1, 1.0, b"1", b"true", b"TRUE", b"Yes", b"y", b"t"])
    def test_yes(self, cell: Cell) -> None:
        assert values.flag(cell) is True

    @pytest.mark.parametrize("cell", [0, 0.0, b"0", b"False", b"no", b"N", b"f"])
    def test_no(self, cell: Cell) -> None:
        assert values.flag(cell) is False

    @pytest.mark.parametrize("cell", [None, b"", b" "])
    def test_not_told(self, cell: Cell) -> None:
        assert values.flag(cell) is None

    @pytest.mark.parametrize("cell", [2, -1, b"ja", 0.5])
    def test_anything_else_is_refused(self, cell: Cell) -> None:
        with pytest.raises(Unreadable):
            values.flag(cell)


class TestLists:
    @pytest.mark.parametrize(
        ("cell", "items"),
        [
            (b"a@x.example", ("a@x.example",)),
            (b"a; b ;;c;", ("a", "b", "c")),
            (b'["a;b", " c ", null, "", 5]', ("a;b", "c", "5")),
            (b"[]", ()),
            (b"[switchboard] 040 555 0100; [", ("[switchboard] 040 555 0100", "[")),
            (b"", ()),
            (None, ()),
        ],
    )
    def test_are_read(self, cell: Cell, items: tuple[str, ...]) -> None:
        assert values.several(cell) == items

    def test_people(self) -> None:
        assert values.objects(b'[{"name": "R. Smit", "email": null, "id": 5, "role": ""}]') == (
            {"name": "R. Smit", "id": "5"},
        )

    @pytest.mark.parametrize("cell", [b"{}", b"[[]]", b"x", b'[{"name": ["x"]}]', b"[" * 100_000])
    def test_people_otherwise_are_refused(self, cell: bytes) -> None:
        with pytest.raises(Unreadable):
            values.objects(cell)


@given(anything)
def test_whatever_a_cell_holds_it_is_read_or_refused(cell: Cell) -> None:
    for read in (
        values.text,
        values.amount,
        values.number,
        values.whole,
        values.flag,
        values.several,
        values.objects,
    ):
        try:
            read(cell)
        except Unreadable as error:
            assert str(error)  # noqa: PT017
    for when in (values.moment, values.day):
        try:
            when(cell, AMSTERDAM)
        except Unreadable as error:
            assert str(error)  # noqa: PT017
