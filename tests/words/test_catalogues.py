"""The catalogues are what the code says, and every language has a word for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from salesprep.cli.commands import salesprep
from salesprep.cli.speak import CLICK
from salesprep.view.lines import width
from tools import words as tool

COLUMN = 10
"""Letters of a word that stands at the head of a line of the quick scan: its column is one wider."""
AT_THE_HEAD = (
    "COMBINE",
    "COMPLAINT",
    "DIFFERS",
    "LAST TALK",
    "MY NOTE",
    "NEW FACE",
    "OFFER",
    "PROMISED",
    "TICKET",
)


@pytest.fixture(scope="module")
def newest() -> Catalog:
    """All sentences of the code."""
    return tool.template()


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each form of each sentence in English and as it is said."""
    for message in catalog:
        if message.id:
            yield from zip(_forms(message.id), _forms(message.string), strict=True)


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())  # type: ignore[arg-type]


def places(sentence: str) -> set[tuple[str, str | None]]:
    """What is filled in, and how."""
    return {(name, conversion) for _text, name, _spec, conversion in Formatter().parse(sentence) if name}


class TestTheTemplate:
    def test_is_what_make_words_writes(self, newest: Catalog) -> None:
        assert tool.TEMPLATE.read_bytes() == tool.as_po(newest), "make words"

    def test_holds_no_day_no_line_and_no_version(self) -> None:
        text = tool.TEMPLATE.read_text(encoding="utf-8")
        assert not re.search(r"-Date:|Generated-By|^#: .*:\d+", text, re.M)

    def test_has_what_stands_inside_an_f_string(self) -> None:
        code = "x = f\"{say(us, _('home'))} {words._n('one', 'many').of(3)}\""
        assert list(tool.marked(code)) == ["home", ("one", "many")]

    @pytest.mark.parametrize("code", ['_(f"{n} rows")', "_(name)", '_("a" + b)', '_n("row", rows)'])
    def test_takes_no_sentence_that_is_put_together(self, code: str) -> None:
        with pytest.raises(ValueError, match="marks no text"):
            list(tool.marked(code))

    def test_has_the_help_of_commands_and_options(self) -> None:
        code = '@main.command()\n@click.option("--x", help="Why.")\ndef f():\n    """What.\n\n    More.\n"""'
        assert list(tool.declared(code)) == ["What.\n\nMore.", "Why."]

    def test_fills_in_plain_names_only(self, newest: Catalog) -> None:
        for message in newest:
            for form in _forms(message.id):
                for _text, name, spec, conversion in Formatter().parse(form):
                    assert name is None or (re.fullmatch(r"[a-z_]+", name) and not spec), form
                    assert conversion is None or form in {each for one in CLICK for each in _forms(one)}, form

    def test_has_clicks_sentences_word_for_word(self) -> None:
        import click

        keywords: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
        folder = Path(click.__file__).parent
        theirs = {found[2] for found in extract_from_dir(folder, [("**.py", "python")], keywords=keywords)}
        assert set(CLICK) <= theirs


@pytest.mark.parametrize("po", tool.languages(), ids=lambda po: po.parents[1].name)
class TestEachLanguage:
    @pytest.fixture
    def catalog(self, po: Path, newest: Catalog) -> Catalog:
        """The sentences of the code as that language says them."""
        return tool.updated(po, newest)

    def test_has_every_sentence(self, catalog: Catalog) -> None:
        assert [message.id for message in catalog if message.id and not tool.translated(message)] == []

    def test_is_what_make_words_writes(self, po: Path, catalog: Catalog) -> None:
        assert po.read_bytes() == tool.as_po(catalog), "make words"

    def test_is_compiled(self, po: Path, catalog: Catalog) -> None:
        assert po.with_suffix(".mo").read_bytes() == tool.as_mo(catalog), "make words"

    def test_fills_in_the_same(self, catalog: Catalog) -> None:
        assert [(one, said) for one, said in pairs(catalog) if places(one) != places(said)] == []

    def test_begins_and_ends_with_the_same_space(self, catalog: Catalog) -> None:
        def edges(text: str) -> tuple[str, str]:
            return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

        assert [(one, said) for one, said in pairs(catalog) if edges(one) != edges(said)] == []

    def test_ends_no_line_with_a_full_stop_where_english_does_not(self, catalog: Catalog) -> None:
        assert [said for one, said in pairs(catalog) if one.endswith(".") != said.endswith(".")] == []

    def test_keeps_the_lines_of_what_has_several(self, catalog: Catalog) -> None:
        assert [said for one, said in pairs(catalog) if one.count("\n\n") != said.count("\n\n")] == []

    def test_names_commands_options_and_keys_as_they_are(self, catalog: Catalog) -> None:
        typed = "|".join(salesprep.commands)
        fixed = re.compile(rf"(?<![\w-])--[a-z][a-z-]+|\bsalesprep (?:{typed})\b|\bSALESPREP_\w+|https?://")
        for one, said in pairs(catalog):
            assert sorted(fixed.findall(one)) == sorted(fixed.findall(said)), said

    @pytest.mark.parametrize("word", AT_THE_HEAD)
    def test_has_words_that_fit_their_column(self, word: str, catalog: Catalog) -> None:
        message = catalog.get(word)
        assert isinstance(message, Message)
        assert width(str(message.string)) <= COLUMN
