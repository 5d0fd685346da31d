"""Which language is spoken, and how a sentence is said in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from salesprep import words
from salesprep.adapter.words import _, _n, joined
from salesprep.settings import Us, load
from salesprep.sources.clean import clean_sentence
from salesprep.view.words import count, say

DUTCH = Us(language="nl", locale="nl_NL", zone=ZoneInfo("Europe/Amsterdam"))


class TestTheEnvironmentsLanguage:
    @pytest.mark.parametrize(
        ("environ", "language"),
        [
            ({}, "en"),
            ({"LANG": "nl_NL.UTF-8"}, "nl_NL"),
            ({"LANG": "nl_BE@euro"}, "nl_BE"),
            ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "C"}, "en"),
            ({"LANG": "en_GB.UTF-8", "LC_ALL": "nl_NL.UTF-8"}, "nl_NL"),
            ({"LC_ALL": "en_GB.UTF-8", "LANGUAGE": "nl"}, "nl"),
            ({"LANGUAGE": "", "LANG": "nl"}, "nl"),
            ({"LANGUAGE": "xx:nl:en"}, "nl"),
            ({"LANGUAGE": "en:nl"}, "en"),
            ({"LANG": "POSIX"}, "en"),
            ({"LANG": "xx_YY.UTF-8"}, "en"),
        ],
    )
    def test_is_the_first_that_there_is(
        self, environ: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert words.spoken_here() == language

    def test_is_spoken_before_settings_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        line = _("{mend}, or ask whoever locked it", mend=_("unset the variable"))
        assert words.here(line) == "unset the variable, or ask whoever locked it"
        monkeypatch.setenv("LANG", "nl_NL.UTF-8")
        assert words.here(line) == "haal de variabele weg, of vraag wie het vastzette"

    def test_is_spoken_where_no_settings_name_another(self, tmp_path: Path) -> None:
        person = tmp_path / "settings.toml"
        person.write_text('[us]\nlocale = "nl_NL"\n', encoding="utf-8")
        assert load({"LANG": "nl_NL.UTF-8"}, explicit=None, person=person).us.language == "nl_NL"
        assert load({}, explicit=None, person=person).us.language == "en"
        person.write_text('[us]\nlanguage = "en"\n', encoding="utf-8")
        assert load({"LANG": "nl_NL.UTF-8"}, explicit=None, person=person).us.language == "en"


class TestASentence:
    def test_is_said_in_the_users_language(self) -> None:
        assert say(DUTCH, _("nothing found")) == "niets gevonden"
        assert say(replace(DUTCH, language="nl-BE"), _("nothing found")) == "niets gevonden"

    def test_is_english_where_nobody_translated_it(self) -> None:
        assert say(replace(DUTCH, language="xx"), _("{n} open"), n=2) == "2 open"

    def test_says_what_is_filled_in_too(self) -> None:
        what = _("{doing} stopped with {error}", doing=_("its import"), error="KeyError")
        assert say(DUTCH, what) == "het importeren stopte met KeyError"
        assert say(DUTCH, joined([_("nothing found"), "as it is"])) == "niets gevonden; as it is"

    def test_leaves_a_name_that_happens_to_be_a_word(self) -> None:
        assert say(DUTCH, _("{source} says: {value}"), source="CRM", value="today") == "CRM zegt: today"

    def test_counts_as_the_language_does(self) -> None:
        assert count(DUTCH, *_n("{n} day ago", "{n} days ago"), 1) == "1 dag geleden"
        assert say(DUTCH, _n("{n} row", "{n} rows").of(2)) == "2 rijen"

    def test_writes_numbers_days_and_times_as_the_locale_does(self) -> None:
        assert say(DUTCH, _("{n} rows of {m}"), n=30_000, m=1_480) == "30.000 rows of 1.480"
        assert say(DUTCH, _("{n} staff"), n=999) == "999 medewerkers"
        at = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
        assert say(DUTCH, _("not back since {when}", when=at)) == "niet terug sinds 13:21"
        american = replace(DUTCH, locale="en_US", language="en")
        assert say(american, _("not back since {when}", when=at)) == "not back since 1:21 PM"
        assert say(DUTCH, _("{name}: of {day}, {age}", name="x", day=date(2026, 11, 21), age="")).startswith(
            "x: van 21 nov 2026"
        )

    def test_that_is_empty_stays_so(self) -> None:
        assert say(DUTCH, "") == ""

    def test_of_an_unmarked_text_with_braces_stays_as_it_is(self) -> None:
        assert say(DUTCH, "a {source} of {its own}") == "a {source} of {its own}"


class TestASentenceOfASource:
    def test_is_cleaned_in_what_was_filled_in(self) -> None:
        clean = clean_sentence(_("{name} cannot be read", name="a\x1b[31m\nb"))
        assert clean == "a\N{REPLACEMENT CHARACTER}[31m b cannot be read"
        assert say(DUTCH, clean) == "a\N{REPLACEMENT CHARACTER}[31m b is niet te lezen"

    def test_that_is_too_long_is_cut_and_stays_english(self) -> None:
        clean = clean_sentence(_("{name} cannot be read", name="x" * 600), 500)
        assert clean == "x" * 500
        assert say(DUTCH, clean) == clean

    def test_whose_own_words_steer_a_terminal_is_plain_text(self) -> None:
        clean = clean_sentence(_("\x1b[2J{n} rows", n=3))
        assert clean == "\N{REPLACEMENT CHARACTER}[2J3 rows"
        assert type(clean) is str
