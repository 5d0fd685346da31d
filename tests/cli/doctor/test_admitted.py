"""What may go into a bundle: nothing but numbers and words of closed lists, whatever anybody tries."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesprep.cli.doctor as house
from salesprep.adapter.words import Message, _, _n, joined
from salesprep.cli.doctor.admitted import OTHER, Word, moment, one_of, plain, sentence, version
from salesprep.cli.doctor.digest import digest

ANY = st.text(alphabet=st.characters(codec="utf-8"), min_size=1)


@dataclass(frozen=True)
class Document:
    value: object


class TestTheWriter:
    @pytest.mark.parametrize(
        "value",
        [
            "text",
            b"bytes",
            Path("/home/anna"),
            _("ready"),
            {"text": 1},
            {1: 1},
            {Word("a"): "text"},
            [["text"]],
            {1, 2},
        ],
    )
    def test_takes_no_text_that_is_no_word(self, value: object) -> None:
        with pytest.raises(TypeError, match="does not go into a bundle"):
            plain(Document(value))

    def test_says_of_what_it_refuses_its_type_alone(self) -> None:
        with pytest.raises(TypeError) as refused:
            plain(["hunter2-Zwaluw"])
        assert "hunter2" not in str(refused.value)

    def test_takes_numbers_and_words(self) -> None:
        given: Mapping[Word, object] = {Word("a"): [None, True, 3, 1.23456, float("inf"), Word("b")]}
        assert plain(Document(given)) == {"value": {"a": [None, True, 3, 1.235, None, "b"]}}

    def test_finds_no_other_place_that_makes_words(self) -> None:
        makers: list[str] = []
        for file in Path(str(house.__file__)).parent.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Word":
                    makers.append(file.name)
        assert set(makers) == {"admitted.py"}


class TestAWord:
    @given(ANY)
    def test_is_one_of_its_list(self, text: str) -> None:
        assert one_of(text, ("ok", "warn")) in ("ok", "warn", OTHER)

    def test_of_a_version_is_its_numbers(self) -> None:
        assert version("2.9.0.post0") == "2.9.0.post0"
        assert version("3.14.0rc2") == "3.14.0rc2"
        assert version("6.1.0-13-amd64-kanarie") == "6.1.0"
        assert version("1.0-kanarie") == "1.0"
        assert version("kanarie") == OTHER
        assert version(None) is None

    @given(ANY)
    def test_of_a_version_holds_no_name(self, text: str) -> None:
        told = version(text)
        assert told == OTHER or set(str(told)) <= set("0123456789.-_abrcdevpost")

    def test_of_a_moment_is_in_utc(self) -> None:
        assert moment(datetime(2026, 11, 23, 12, 21, 5, 7, tzinfo=UTC)) == "2026-11-23T12:21:05Z"


class TestASentence:
    def test_of_our_own_has_nothing_filled_in(self) -> None:
        what = _("{source} cannot be asked: {why}", source="Kanarie", why=_("no answer in time"))
        assert sentence(what) == "… cannot be asked: no answer in time"
        assert sentence(_n("{n} row", "{n} rows").of(3)) in ("…", "… rows")
        assert sentence(joined((_("no answer in time"), "Kanarie"))) == "no answer in time; …"

    @pytest.mark.parametrize(
        "text",
        ["Kanarie", Message(("Kanarie {x}",), {"x": "y"}), Message(("0612345678",)), Message(("a", "b"))],
    )
    def test_of_somebody_elses_is_left_out(self, text: str) -> None:
        assert sentence(text) == "…"

    @given(ANY, ANY)
    def test_never_holds_a_value(self, source: str, why: str) -> None:
        what = _("{source} cannot be asked: {why}", source=source, why=why)
        assert sentence(what) == "… cannot be asked: …"


class TestTheLog:
    @given(
        st.lists(ANY | st.sampled_from(["2026-11-20 10:00:00,000 ERROR salesprep.tui ", "ValueError", "\n"]))
    )
    def test_comes_out_in_closed_words_whatever_stands_in_it(self, parts: list[str]) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            log.write_bytes("".join(parts).encode("utf-8", "surrogateescape"))
            plain(digest((log,), ("crm",)))

    def test_that_is_not_there_is_empty(self, tmp_path: Path) -> None:
        assert digest((tmp_path / "log",), ()) == []
