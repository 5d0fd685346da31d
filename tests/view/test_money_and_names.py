"""Amounts by locale, and short names that confuse nobody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Money, Participant
from salesprep.settings import Us
from salesprep.view.money import amount, number
from salesprep.view.people import Names, initial_and_surname, written
from salesprep.view.voice import Voice, label


class TestAmounts:
    @pytest.mark.parametrize(
        ("value", "currency", "locale", "shown"),
        [
            ("180000.00", "EUR", "nl_NL", "€ 180.000"),
            ("180000", "EUR", "en_GB", "€180,000"),
            ("180000", "EUR", "de_DE", "180.000 €"),
            ("1234.5", "EUR", "nl_NL", "€ 1.234,50"),
            ("0.125", "EUR", "nl_NL", "€ 0,125"),
            ("-12.50", "EUR", "nl_NL", "€ -12,50"),
            ("1500", "JPY", "nl_NL", "JP¥ 1.500"),
            ("1.5", "KWD", "nl_NL", "KWD 1,500"),
            ("10", "XXQ", "nl_NL", "XXQ 10"),
            ("10", "EUR", "xx_YY", "€10"),
            ("1234567.10", "INR", "en_IN", "₹12,34,567.10"),
        ],
    )
    def test_an_amount_reads_as_its_reader_writes(
        self, value: str, currency: str, locale: str, shown: str, us: Us
    ) -> None:
        assert amount(Money(Decimal(value), currency), replace(us, locale=locale)) == shown

    def test_nothing_is_rounded_away(self, us: Us) -> None:
        assert (
            amount(Money(Decimal("12345678901234567890.07"), "EUR"), us) == "€ 12.345.678.901.234.567.890,07"
        )

    @pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+999999", "1E-999999"])
    def test_a_number_that_is_none_is_shown_as_it_came(self, value: str, us: Us) -> None:
        assert amount(Money(Decimal(value), "EUR"), us) == f"EUR {value}"

    @given(st.decimals(allow_nan=True), st.text(max_size=5))
    def test_any_amount_can_be_shown(self, value: Decimal, currency: str) -> None:
        assert amount(Money(value, currency), Us(locale="nl_NL"))

    def test_a_plain_number_is_grouped(self, us: Us) -> None:
        assert number(1480, us) == "1.480"
        assert number(120, us) == "120"


class TestShortNames:
    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("Rob Smit", "R. Smit"),
            ("R. Smit", "R. Smit"),
            ("J.P. Smit", "J.P. Smit"),
            ("Pieter de Vries", "P. de Vries"),
            ("Jan van der Berg", "J. van der Berg"),
            ("Maria Luisa Gómez", "M. Gómez"),
            ("Ayşe Yılmaz", "A. Yılmaz"),
            ("Smit, Rob", "R. Smit"),
            ("van Dijk, Jan", "J. van Dijk"),
            ("R. Smit, MSc", "R. Smit, MSc"),
            ("ir. R. Smit", "R. Smit"),
            ("Dr. Anna Berg", "A. Berg"),
            ("Inkoop", "Inkoop"),
            ("李 雷", "李 雷"),
            ("محمد علي", "محمد علي"),
            ("", ""),
        ],
    )
    def test_initial_and_surname(self, name: str, short: str) -> None:
        assert initial_and_surname(name) == short

    def test_two_people_with_one_short_name_are_written_out(self) -> None:
        names = Names(["Rob Smit", "Ria Smit", "R. Smit", "K. Vos"])
        assert names.short("Rob Smit") == "Rob Smit"
        assert names.surname("Rob Smit") == "Rob Smit"
        assert names.short("K. Vos") == "K. Vos"
        assert names.surname("K. Vos") == "Vos"

    def test_one_person_written_twice_stays_short(self) -> None:
        assert Names(["Rob Smit", "R. Smit", "ROB SMIT"]).short("Rob Smit") == "R. Smit"

    @given(st.text(max_size=40))
    def test_any_name_can_be_shortened(self, name: str) -> None:
        Names([name]).surname(name)


class TestWhoIsMeant:
    def test_the_user_is_you(self, voice: Voice) -> None:
        assert voice.person(Participant(name="A. Visser", email="Anna@ons.example")) == "you"

    def test_a_colleague_known_by_address_alone_has_a_name(self, us: Us, voice: Voice) -> None:
        address = Participant(email="m.bakker@ons.example")
        assert written(address, us) == "Maarten Bakker"
        assert voice.person(address) == "M. Bakker"

    def test_many_are_not_listed_without_end(self, voice: Voice) -> None:
        crowd = [Participant(name=f"Rob{n} Smit{n}") for n in range(9)]
        assert voice.people(crowd, 2) == "R. Smit0, R. Smit1, …"

    def test_a_source_has_a_word(self) -> None:
        assert label("crm", "CRM") == "CRM"
        assert label("calendar", "CALENDAR") == "Calendar"
        assert label("linkedin", "LinkedIn") == "LinkedIn"
