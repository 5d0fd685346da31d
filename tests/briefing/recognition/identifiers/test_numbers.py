"""Registration and phone numbers: what is the same, what is not, and what is no number at all."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.briefing.recognition.identifiers import numbers, phones

VAT = "vat NL004495445B01"
LEI = "lei 213800KUD8LAJWSQ9D15"


class TestARegistrationNumber:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (VAT, "VAT nl 0044.95.445.B.01"),
            ("kvk 01234567", "KvK 1234567"),
            ("kvk 12345678", "kvk 12 34 56 78"),
            (LEI, "lei 2138 00KU D8LA JWSQ 9D15"),
            ("siren 732829320", "SIREN 732 829 320"),
            ("vat GB999999973", "VAT gb 999 9999 73"),
            ("vat EL094259216", "vat EL 094 259 216"),
        ],
    )
    def test_is_the_same_however_it_is_written(self, one: str, other: str) -> None:
        assert numbers.agreeing((one,), (other,))
        assert not numbers.contrary((one,), (other,))

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "vat",
            "vat NL004495446B01",
            "vat EL094259217",
            "lei 213800KUD8LAJWSQ9D16",
            "kvk 123456789012",
            "kvk unknown",
            "vat -",
        ],
    )
    def test_that_is_wrong_in_itself_tells_nothing(self, written: str) -> None:
        assert numbers.folded(written) is None
        assert not numbers.agreeing((written,), (written,))
        assert not numbers.contrary((VAT, LEI, "kvk 12345678"), (written,))

    def test_of_another_value_in_the_same_register_is_contrary(self) -> None:
        assert numbers.contrary(("kvk 12345678",), ("kvk 87654321",)) == {"kvk 87654321"}

    def test_of_another_register_is_not(self) -> None:
        assert not numbers.contrary(("kvk 12345678",), (VAT,))

    def test_for_tax_is_another_in_every_country(self) -> None:
        assert not numbers.contrary((VAT,), ("vat DE136695976",))

    def test_beside_one_that_is_the_same_contradicts_nothing(self) -> None:
        assert not numbers.contrary(("kvk 12345678",), ("kvk 12345678", "kvk 87654321"))

    def test_is_compared_as_it_is_where_nothing_can_check_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        numbers.folded.cache_clear()
        numbers._check.cache_clear()
        for module in ("stdnum", "stdnum.eu", "stdnum.eu.vat", "stdnum.lei"):
            monkeypatch.setitem(sys.modules, module, None)
        assert numbers.folded("vat NL 004495445B02") == "vat NL004495445B02"
        monkeypatch.undo()
        numbers.folded.cache_clear()
        numbers._check.cache_clear()

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_whatever_a_source_writes_is_never_same_and_contrary_at_once(self, one: str, other: str) -> None:
        assert not (numbers.agreeing((one,), (other,)) and numbers.contrary((one,), (other,)))


class TestAPhoneNumber:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("+31 40 123 4567", "0031401234567"),
            ("+31 (0)40-1234567", "+31401234567"),
            ("+31 40 123 4567", "040 - 123 45 67"),
            ("(040) 123 45 67", "0401234567 toestel 12"),
            ("+49 30 1234567 ext. 5", "030/1234567"),
        ],
    )
    def test_is_the_same_however_it_is_written(self, one: str, other: str) -> None:
        assert self.equal(one, other)
        assert self.equal(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("+31 40 123 4567", "+32 40 123 4567"),
            ("040 123 4567", "041 123 4567"),
            ("+31 40 123 4567", "040 123 4568"),
            ("+31 6 40 123 4567", "01234567"),
            ("+31 640 1234 5678", "012345678"),
            ("+12345678", "012345678"),
        ],
    )
    def test_of_another_is_not(self, one: str, other: str) -> None:
        assert not self.equal(one, other)

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "112",
            "0800",
            "123 4567",
            "401234567",
            "see website",
            "+",
            "00",
            "+31 40 123 4567 040 123 4567",
        ],
    )
    def test_that_is_a_part_or_none_is_not_compared(self, written: str) -> None:
        assert phones.folded(written) is None

    def test_without_its_country_is_not_that_of_another_country(self) -> None:
        assert not self.equal("+31401234567", "0401234567", one_country=False)
        assert not self.equal("0401234567", "0401234567", one_country=False)

    @staticmethod
    def equal(one: str, other: str, *, one_country: bool = True) -> bool:
        folded = phones.folded(one), phones.folded(other)
        return None not in folded and phones.equal(str(folded[0]), str(folded[1]), one_country=one_country)
