"""Legal forms of many countries, wherever they stand in a name."""

from __future__ import annotations

import pytest

from salesprep.adapter.forms import behind_form
from salesprep.adapter.names import fold_organisation, legal_form


class TestANameWithALegalForm:
    @pytest.mark.parametrize(
        ("name", "bare", "form"),
        [
            ("Glashuis AB (publ)", "glashuis", "ab"),
            ("Kaasmakers Oyj", "kaasmakers", "oy"),
            ("Kaasmakers Co., Ltd.", "kaasmakers", "ltd"),
            ("Kaasmakers Company Limited", "kaasmakers", "ltd"),
            ("Kaasmakers Public Company Limited", "kaasmakers", "ltd"),
            ("Kaasmakers Private Limited", "kaasmakers", "pvt ltd"),
            ("Kaasmakers Pvt. Ltd.", "kaasmakers", "pvt ltd"),
            ("Kaasmakers Pte. Ltd.", "kaasmakers", "pte ltd"),
            ("Public Joint Stock Company Kaasmakers", "kaasmakers", "pjsc"),
            ("Limited Liability Company Kaasmakers", "kaasmakers", "llc"),
            ("Kaasmakers Pty Ltd", "kaasmakers", "ltd"),
            ("Kaasmakers Ltda", "kaasmakers", "ltd"),
            ("Kaasmakers Sdn. Bhd.", "kaasmakers", "sdn bhd"),
            ("Kaasmakers Berhad", "kaasmakers", "bhd"),
            ("PT Kaasmakers Tbk", "kaasmakers", "tbk"),
            ("Stichting Kaas", "kaas", "stichting"),
            ("Kaasmakers Sp. z o.o.", "kaasmakers", "spzoo"),
            ("Kaas & Zoon Aktiengesellschaft", "kaas and zoon", "ag"),
        ],
    )
    def test_is_told_without_it(self, name: str, bare: str, form: str) -> None:
        assert (fold_organisation(name), legal_form(name)) == (bare, form)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("AS", "ASA"), ("GmbH", "gGmbH"), ("KG", "KGaA"), ("BV", "BVBA"), ("KG", "GmbH & Co. KG")],
    )
    def test_is_of_a_family_with_its_kin(self, one: str, other: str) -> None:
        assert legal_form(f"Kaas {one}") == legal_form(f"Kaas {other}")

    @pytest.mark.parametrize(("one", "other"), [("B.V.", "GmbH"), ("B.V.", "N.V."), ("SAS", "SA")])
    def test_contradicts_one_of_another_family(self, one: str, other: str) -> None:
        assert legal_form(f"Kaas {one}") != legal_form(f"Kaas {other}")

    @pytest.mark.parametrize(
        "name",
        [
            "Kaas Trust",
            "Kaas Fund II",
            "Kaas Holding",
            "A.S. Roma",
            "Kaas Group",
            "S P A Kaas",
            "P L C S Kaas",
        ],
    )
    def test_keeps_words_that_are_none(self, name: str) -> None:
        assert legal_form(name) is None


def test_words_behind_a_form_are_told_apart() -> None:
    assert behind_form(["traumhaus", "ag", "inh", "on"]) == (["traumhaus"], "ag", ["inh", "on"])
    assert behind_form(["ag", "traumhaus"]) == (["ag", "traumhaus"], None, [])
