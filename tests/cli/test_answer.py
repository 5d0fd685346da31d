"""One line of answer to a numbered list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.cli.answer import WORDS, NotUnderstoodError, Said, read_answer


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", {}),
            ("1 3 yes, 2 no, rest later", {1: "yes", 3: "yes", 2: "no", 4: "later"}),
            ("1 3 yes 2 no", {1: "yes", 3: "yes", 2: "no"}),
            ("yes 1 3; no 2", {1: "yes", 3: "yes", 2: "no"}),
            ("yes 1 no 2", {1: "yes", 2: "no"}),
            ("1-3 no", {1: "no", 2: "no", 3: "no"}),
            ("2 Y, rest N", {2: "yes", 1: "no", 3: "no", 4: "no"}),
            ("all later", {1: "later", 2: "later", 3: "later", 4: "later"}),
            ("1, 3", {1: "yes", 3: "yes"}),
            ("  4  ", {4: "yes"}),
            ("1 yes, 1 yes", {1: "yes"}),
        ],
    )
    def test_is_understood_as_it_is_meant(self, text: str, said: dict[int, Said]) -> None:
        assert read_answer(text, 4) == said

    @pytest.mark.parametrize(
        "text",
        ["5", "0 yes", "3-2 yes", "1 yes, 1 no", "1 perhaps", "yes", "no", "1 yes 2", "1 yes, 2", "1 yes no",
         "-1", "rest yes, rest no", "²", "1 2 yes, all no", "9999999"],
    )  # fmt: skip
    def test_that_says_nothing_or_two_things_is_refused(self, text: str) -> None:
        with pytest.raises(NotUnderstoodError):
            read_answer(text, 4)

    @pytest.mark.parametrize(
        ("text", "most", "told"),
        [
            ("9 yes", 4, "there is no 9 here: the numbers are 1 to 4"),
            ("2-9 yes", 4, "there is no 2-9 here: the numbers are 1 to 4"),
            ("0 yes", 1, "there is no 0 here: 1 is the only number"),
            ("1 yes, 1 no", 4, '"1" has two answers: give it one'),
            ("1 perhaps", 4, '"perhaps" is not understood: numbers of the list, then yes, no or later'),
        ],
    )
    def test_that_is_refused_is_told_why(self, text: str, most: int, told: str) -> None:
        with pytest.raises(NotUnderstoodError) as refused:
            read_answer(text, most)
        assert refused.value.sentence == told

    @pytest.mark.parametrize(("text", "said"), [("yes", "yes"), ("n", "no"), ("later", "later")])
    def test_to_one_question_needs_no_number(self, text: str, said: Said) -> None:
        assert read_answer(text, 1) == {1: said}

    def test_may_be_in_the_users_language(self) -> None:
        assert read_answer("1 ja, 2 nee", 2, {**WORDS, "ja": "yes", "nee": "no"}) == {1: "yes", 2: "no"}

    @given(st.text(st.sampled_from("0123456789 ,;-yesnolatrf²"), max_size=20), st.integers(1, 5))
    def test_names_no_number_that_is_not_there(self, text: str, most: int) -> None:
        try:
            said = read_answer(text, most)
        except NotUnderstoodError:
            return
        assert set(said) <= set(range(1, most + 1))
