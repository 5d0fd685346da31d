"""Of which kind an error of recognition is said to be."""

from __future__ import annotations

import pytest

from benchmarks.recognition_data import Row, Spelling
from benchmarks.recognition_errors import difference, missed, wrong

GLAS = Row("Glashuis AG", "glas.example", "http://glas.example", "Kassel", "DE")


class TestAnError:
    @pytest.mark.parametrize(
        ("asked", "called", "kind"),
        [
            ("westgold res", "westgold resources", "words shortened"),
            ("sysco dl 1", "sysco", "words added"),
            ("else nutr dl", "else nutrition", "words shortened, words added"),
            ("veolia", "veolia environnement", "words left out"),
            ("pond techs", "pond technologies holdings", "words shortened, words left out"),
            ("jet blue", "jetblue", "written as one word"),
            ("noord kaas", "kaas noord", "words in another order"),
            ("anritsu", "sanritsu", "letters"),
            ("technicolor", "vantiva", "other words"),
        ],
    )
    def test_is_told_by_what_lies_between_the_names(self, asked: str, called: str, kind: str) -> None:
        assert difference(asked, called) == kind

    def test_is_told_by_what_is_known_of_the_company(self) -> None:
        def spelling(name: str, *, renamed: bool = False) -> Spelling:
            return Spelling(Row(name, "glas.example", country="DE"), (GLAS.name,), renamed, frozenset())

        assert missed(spelling("Vensterhuis", renamed=True), ()) == "renamed"
        assert missed(spelling("GLASHUIS SE"), {"glas.example"}) == "legal form alone"
        assert missed(spelling("GLASHUIS"), {"glas.example", "lei 2"}) == "others bear the name too"
        assert (
            wrong(spelling("GLASHUIS"), Row("Glashuis", "x", country="CH"))
            == "the very name, another country"
        )
        assert wrong(spelling("GLASHUIS"), Row("Glashuis", "x", country="DE")) == "the very name"
