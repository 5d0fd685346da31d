"""What a list of shares says behind a company's name is no word of that name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.briefing.recognition.likeness.compare import compare
from salesprep.briefing.recognition.likeness.shares import without_share

NAMES = st.text(st.sampled_from("KAasmer .,-/()0123456789ODLEADRSPNewclass"), max_size=40)


class TestANameOnAListOfShares:
    @pytest.mark.parametrize(
        "written",
        [
            "KAASMAKERS AG O.N.",
            "KAASMAKERS AG INH. O.N.",
            "KAASMAKERS AG NA O. N.",
            "KAASMAKERS AG VZO O.N.",
            "KAASMAKERS AG  EO -,10",
            "KAASMAKERS AG DL-,00045",
            "KAASMAKERS AG DL-001",
            "KAASMAKERS AG  LS 0,001",
            "KAASMAKERS AG EO 1,-",
            "KAASMAKERS AG -,001",
            "KAASMAKERS AG YC 1",
            "KAASMAKERS AG SW 5000",
            "KAASMAKERS AG.REGS HD-10",
            "KAASMAKERS AG NEW DL -,001",
            "KAASMAKERS AG.SP.ADR 2  LS -,20",
            "KAASMAKERS AG (SP.ADR/8)",
            "KAASMAKERS AG ADR/4",
            "KAASMAKERS AG.ADR A1/3",
            "KAASMAKERS AG.ADR SW 5000",
            "KAASMAKERS AG GDS EACH REPR",
            "Kaasmakers AG Sponsored ADR Class A",
            "Kaasmakers AG American Depositary Shares",
            "Kaasmakers AG Class H",
            "KAASMAKERS AG CL. A",
            "KAASMAKERS AG CL.2 DL-,0001",
            "Kaasmakers AG Common Stock",
            "KAASMAKERS AG ORD SHS",
            "KAASMAKERS AG ORD S",
            "Kaasmakers AG cert. of shs",
            "KAASMAKERS AG -FGN-  BA 1",
        ],
    )
    def test_is_the_companys(self, written: str) -> None:
        told = compare(written, "Kaasmakers AG")
        assert (told.score, told.ours_left, told.contradicts) == (1.0, (), False)

    @pytest.mark.parametrize(
        "written",
        [
            "Kaasmakers NA",
            "Kaasmakers ADR",
            "Kaasmakers 24",
            "Kaaspark AB 1",
            "Route 66",
            "Kaasmakers on",
            "Kaas Stock",
            "Middle Class",
            "First Class Kaas",
            "Kaasmakers Inh",
            "New DL",
            "kaasmakers dl 1",
        ],
    )
    def test_keeps_what_may_be_meant_otherwise(self, written: str) -> None:
        assert without_share(written) == written

    @pytest.mark.parametrize("written", ["O.N.", "EO 1", "Class A", "", "-,10", "  ADR/4"])
    def test_is_kept_where_it_says_nothing_else(self, written: str) -> None:
        assert without_share(written) == written

    def test_keeps_a_word_in_front_that_is_no_mark(self) -> None:
        assert without_share("Kaasmakers New Class A").strip() == "Kaasmakers New"

    def test_parks_of_a_number_stay_two(self) -> None:
        assert compare("Kaaspark AB 1", "Kaaspark AB 2").telling

    @given(NAMES)
    def test_is_only_ever_cut_at_its_end_and_not_twice(self, written: str) -> None:
        bare = without_share(written)
        assert written.startswith(bare)
        assert bare == written or any(c.isalpha() for c in bare)
        assert without_share(bare) == bare
