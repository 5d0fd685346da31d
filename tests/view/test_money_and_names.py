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
from salesprep.view.people import Names, family_name, written
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
            ("10", "XXX", "nl_NL", "XXX 10"),
            ("10", "XXQ", "en_GB", "XXQ 10"),
            ("10.5", "XXX", "de_DE", "10,50 XXX"),
            ("-10", "XXX", "nl_NL", "XXX -10"),
            ("1500", "JPY", "en_US", "¥1,500"),
            ("10", "", "nl_NL", "10"),
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


class TestFamilyNames:
    @pytest.mark.parametrize(
        ("name", "family"),
        [
            ("Rob Smit", "Smit"),
            ("R. Smit", "Smit"),
            ("J.P. Smit", "Smit"),
            ("John F. Kennedy", "Kennedy"),
            ("Pieter de Vries", "de Vries"),
            ("V. De Smet", "De Smet"),
            ("Vera De Smet", "De Smet"),
            ("D. Mulder", "Mulder"),
            ("Jan van der Berg", "van der Berg"),
            ("Jürgen Großmann", "Großmann"),
            ("Maria Luisa Gómez", "Luisa Gómez"),
            ("Smit, Rob", "Smit"),
            ("De Smet, Vera", "De Smet"),
            ("van Dijk, Jan", "van Dijk"),
            ("R. Smit, MSc", "R. Smit, MSc"),
            ("ir. R. Smit", "Smit"),
            ("Dr. Anna Berg", "Berg"),
            ("SMIT Rob", "SMIT Rob"),
            ("De Vos Jan", "De Vos Jan"),
            ("Inkoop", "Inkoop"),
            ("李 雷", "李 雷"),
            ("محمد علي", "محمد علي"),
            ("", ""),
        ],
    )
    def test_all_after_the_first_name_as_it_is_written(self, name: str, family: str) -> None:
        assert family_name(name) == family

    def test_two_people_of_one_family_name_are_written_out(self) -> None:
        names = Names(["Rob Smit", "Ria Smit", "K. Vos", "T. Aarts", "B. Aarts"])
        assert names.family("Rob Smit") == "Rob Smit"
        assert names.family("T. Aarts") == "T. Aarts"
        assert names.family("K. Vos") == "Vos"

    def test_one_person_written_twice_stays_short(self) -> None:
        assert Names(["Rob Smit", "R. Smit", "ROB SMIT", "Smit, Rob"]).family("Rob Smit") == "Smit"

    @given(st.text(max_size=40))
    def test_any_name_can_be_shortened(self, name: str) -> None:
        Names([name]).family(name)


class TestWhoIsMeant:
    def test_the_user_is_you(self, voice: Voice) -> None:
        assert voice.person(Participant(name="A. Visser", email="Anna@ons.example")) == "you"

    def test_a_colleague_known_by_address_alone_has_a_name(self, us: Us, voice: Voice) -> None:
        address = Participant(email="m.bakker@ons.example")
        assert written(address, us) == "Maarten Bakker"
        assert voice.person(address) == "Maarten Bakker"

    def test_many_are_not_listed_without_end(self, voice: Voice) -> None:
        crowd = [Participant(name=f"Rob{n} Smit{n}") for n in range(9)]
        assert voice.people(crowd, 2) == "Rob0 Smit0, Rob1 Smit1, …"
        assert replace(voice, narrow=True).people(crowd, 2) == "Smit0, Smit1, …"

    def test_a_source_has_a_word(self) -> None:
        assert label("crm", "CRM") == "CRM"
        assert label("calendar", "CALENDAR") == "Calendar"
        assert label("linkedin", "LinkedIn") == "LinkedIn"
