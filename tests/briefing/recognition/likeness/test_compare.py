"""Two names of organisations beside each other, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.briefing.recognition.likeness.compare import How, compare

WORDS = st.lists(
    st.sampled_from(["kaas", "kaasmakers", "noord", "intl", "international", "bv", "ag", "de", "1", "!!!"]),
    max_size=5,
).map(" ".join)


class TestTwoNames:
    @pytest.mark.parametrize(
        ("ours", "theirs", "how"),
        [
            ("Kaasmakers Intl", "Kaasmakers International BV", "short"),
            ("Kaasmakers Res", "Kaasmakers Resources", "short"),
            ("IBM", "International Business Machines Corp", "initials"),
            ("Kaas Makers", "Kaasmakers BV", "glued"),
            ("Hendersen Kaas", "Henderson Kaas", "spelling"),
            ("Kaasmakers", "KAASMAKERS GmbH", "equal"),
        ],
    )
    def test_are_matched_word_by_word(self, ours: str, theirs: str, how: How) -> None:
        likeness = compare(ours, theirs)
        assert how in [pair.how for pair in likeness.pairs]
        assert (likeness.ours_left, likeness.theirs_left) == ((), ())

    def test_keep_what_only_one_has(self) -> None:
        likeness = compare("Kaasmakers", "Kaasmakers Leasing BV")
        assert likeness.telling == ("leasing",)

    def test_do_without_words_that_come_and_go(self) -> None:
        assert compare("Kaasmakers", "The Kaasmakers Company").telling == ()

    @pytest.mark.parametrize(
        ("short", "whole", "is_it"),
        [
            ("Novo", "Novagold", False),
            ("Nvgld", "Novagold", True),
            ("Neuroc", "Neurosciences", True),
            ("Hld", "Holdings", True),
        ],
    )
    def test_a_rare_word_is_not_any_that_has_its_letters(self, short: str, whole: str, is_it: bool) -> None:
        pairs = compare(f"{short} Kaas", f"{whole} Kaas").pairs
        assert ("short" in [pair.how for pair in pairs]) is is_it

    def test_a_missing_letter_is_no_abbreviation(self) -> None:
        pairs = compare("Ptro Kaas", "Petro Kaas").pairs
        assert "short" not in [pair.how for pair in pairs]

    def test_rare_words_count_more(self) -> None:
        by_rare = compare("Kaasmakers Holding", "Kaasmakers Energy").score
        by_common = compare("Kaasmakers Holding", "Glashuis Holding").score
        assert by_rare > by_common

    def test_forms_that_contradict_each_other_are_seen(self) -> None:
        assert compare("Kaas B.V.", "Kaas GmbH").contradicts
        assert not compare("Kaas B.V.", "Kaas").contradicts

    @settings(deadline=None)
    @given(WORDS, WORDS)
    def test_are_alike_between_nothing_and_all(self, ours: str, theirs: str) -> None:
        assert 0.0 <= compare(ours, theirs).score <= 1.0

    @settings(deadline=None)
    @given(WORDS)
    def test_a_name_is_wholly_like_itself(self, name: str) -> None:
        assert compare(name, name).telling == ()
