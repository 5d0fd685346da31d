"""Names and domains as an adapter compares them: one organisation in all its spellings, never two as one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter.names import (
    domain_of,
    fold,
    fold_organisation,
    is_free_mail,
    legal_form,
    variants,
    without_form,
)

NAMES = st.text(max_size=40) | st.from_regex(
    r"[A-Za-zÀ-ſ .&+/,'()-]{0,25}( B\.V\.| GmbH & Co\. KG| Sp\. z o\.o\.| AG| s\.a\.)?", fullmatch=True
)
ADDRESSES = (
    st.text(max_size=40)
    | st.emails()
    | st.from_regex(r"((https?:)?//)?[\w.@:\[\]/?#%-]{0,40}", fullmatch=True)
)


class TestFolding:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Café Åre B.V.", "cafe are bv"),
            ("Kaas & Co", "kaas and co"),
            ("Kaas + Co", "kaas and co"),
            ("Kaas&Co", "kaas and co"),
            ("  De   Bruin/Partners ", "de bruin partners"),
            ("O'Brien", "o brien"),
            ("I.B.M. Corp.", "ibm corp"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Ørsted", "orsted"),
            ("ØRSTED", "orsted"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("ＧｍｂＨ", "gmbh"),
            ("株式会社トヨタ", "株式会社トヨタ"),
            ("snake_case", "snake case"),
            ("", ""),
            ("...", ""),
        ],
    )
    def test_leaves_letters_and_digits_in_lower_case(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @settings(deadline=None)
    @given(NAMES)
    def test_twice_is_as_once(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @settings(deadline=None)
    @given(NAMES)
    def test_takes_anything_and_leaves_single_spaces(self, text: str) -> None:
        assert fold(text) == " ".join(fold(text).split())

    @settings(deadline=None)
    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüéèåøł .&", max_size=30))
    def test_sees_no_difference_between_capitals_and_small_letters(self, text: str) -> None:
        assert fold(text.upper()) == fold(text)


class TestLegalForms:
    @pytest.mark.parametrize(
        ("name", "bare", "form"),
        [
            ("Van Dijk Machinebouw B.V.", "van dijk machinebouw", "bv"),
            ("Van Dijk Machinebouw BV", "van dijk machinebouw", "bv"),
            ("Van Dijk Machinebouw b. v.", "van dijk machinebouw", "bv"),
            ("Acme G.m.b.H.", "acme", "gmbh"),
            ("Müller GmbH & Co. KG", "muller", "kg"),
            ("Müller GmbH", "muller", "gmbh"),
            ("Foo Sp. z o.o.", "foo", "spzoo"),
            ("Foo S.à r.l.", "foo", "sarl"),
            ("Ørsted A/S", "orsted", "as"),
            ("Acme, Inc.", "acme", "inc"),
            ("Stichting Zorg", "zorg", "stichting"),
            ("Bakker", "bakker", None),
            ("AG", "ag", None),
            ("B.V.", "bv", None),
            ("Stichting", "stichting", None),
            ("A.S. Roma", "as roma", None),
            ("", "", None),
        ],
    )
    def test_are_told_from_the_name(self, name: str, bare: str, form: str | None) -> None:
        assert (fold_organisation(name), legal_form(name)) == (bare, form)

    def test_of_one_family_agree_and_of_two_contradict(self) -> None:
        assert legal_form("Acme GmbH") == legal_form("Acme mbH")
        assert legal_form("Acme GmbH") != legal_form("Acme B.V.")

    @settings(deadline=None)
    @given(NAMES)
    def test_never_eat_the_whole_name(self, name: str) -> None:
        assert bool(fold_organisation(name)) == bool(fold(name))

    @settings(deadline=None)
    @given(NAMES)
    def test_are_taken_off_a_folded_name_as_of_one_as_it_is_written(self, name: str) -> None:
        assert without_form(fold(name)) == fold_organisation(name)

    @settings(deadline=None)
    @given(NAMES)
    def test_are_named_only_where_something_was_taken_off(self, name: str) -> None:
        taken_off = len(fold(name).split()) - len(fold_organisation(name).split())
        assert (legal_form(name) is None) == (taken_off == 0)


class TestVariants:
    def test_go_from_full_to_short_as_the_name_is_written(self) -> None:
        assert variants("Van Dijk  Machinebouw B.V.") == (
            "Van Dijk Machinebouw B.V.",
            "Van Dijk Machinebouw",
        )
        assert variants("Acme, Inc.") == ("Acme, Inc.", "Acme")
        assert variants("Stichting Zorg") == ("Stichting Zorg", "Zorg")

    def test_hold_the_sign_for_a_written_and(self) -> None:
        assert variants("Kaas en Co") == ("Kaas en Co", "Kaas & Co")
        assert fold_organisation("Jansen und Söhne GmbH") == fold_organisation("Jansen & Söhne")
        assert fold_organisation("En Route") == "en route"

    def test_of_a_plain_name_are_one(self) -> None:
        assert variants("Bakker") == ("Bakker",)

    def test_of_nothing_are_none(self) -> None:
        assert variants(" \t") == ()

    @settings(deadline=None)
    @given(NAMES)
    def test_begin_with_the_name_and_repeat_nothing(self, name: str) -> None:
        found = variants(name)

        assert found[:1] == ((" ".join(name.split()),) if name.split() else ())
        assert len(set(found)) == len(found)
        assert all(fold_organisation(other) == fold_organisation(name) for other in found)


class TestDomains:
    @pytest.mark.parametrize(
        ("address", "domain"),
        [
            ("r.smit@mail.vandijk.example", "vandijk.example"),
            ("Jan de Vries <jan@VanDijk.example>", "vandijk.example"),
            ("mailto:jan@vandijk.example?subject=x", "vandijk.example"),
            ("https://www.vandijk.example/nl?x=1", "vandijk.example"),
            ("https://user@www.vandijk.example:8443/", "vandijk.example"),
            ("//vandijk.example/nl", "vandijk.example"),
            ("www.vandijk.example:80/nl", "vandijk.example"),
            ("www.vandijk.example?x=1", "vandijk.example"),
            ("vandijk.example#top", "vandijk.example"),
            ("vandijk.example.", "vandijk.example"),
            ("www.shop.co.uk", "shop.co.uk"),
            ("foo.github.io", "foo.github.io"),
            ("bücher.example", "bücher.example"),
            ("info@xn--bcher-kva.example", "bücher.example"),
            ("0.Ꭰ", "0.Ꭰ"),
        ],
    )
    def test_are_the_part_that_an_organisation_registers(self, address: str, domain: str) -> None:
        assert domain_of(address) == domain

    @pytest.mark.parametrize(
        "address",
        ["", "localhost", "10.0.0.1", "http://[::1]/", "http://[broken", "co.uk", "github.io", "a..b", "@"],
    )
    def test_are_not_made_up(self, address: str) -> None:
        assert domain_of(address) is None

    def test_in_a_script_that_writes_vowels_as_signs_are_found_encoded_and_written_out(self) -> None:
        written = "\u0dc4\u0ddc\u0da7\u0dbd\u0dca.example"
        encoded = written.encode("idna").decode("ascii")

        assert domain_of(f"info@{written}") == domain_of(f"info@{encoded}") == written

    @pytest.mark.parametrize("address", ["0.XN--01C", "0.\u0ddd"])
    def test_of_signs_alone_are_none_however_they_are_written(self, address: str) -> None:
        assert domain_of(address) is None

    @settings(deadline=None)
    @given(ADDRESSES)
    def test_once_found_stay_what_they_are(self, address: str) -> None:
        domain = domain_of(address)

        assert domain is None or domain_of(domain) == domain

    @settings(deadline=None)
    @given(ADDRESSES)
    def test_have_a_dot_and_no_capitals(self, address: str) -> None:
        domain = domain_of(address)

        assert domain is None or ("." in domain and domain == domain.casefold())


class TestFreeMail:
    @pytest.mark.parametrize("domain", ["gmail.com", "GMX.de", "ziggo.nl", "proton.me"])
    def test_says_nothing_about_an_organisation(self, domain: str) -> None:
        assert is_free_mail(domain)

    @pytest.mark.parametrize("domain", ["vandijk.example", "", "mail.vandijk.example"])
    def test_is_not_a_company_s_own(self, domain: str) -> None:
        assert not is_free_mail(domain)
