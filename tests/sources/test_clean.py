"""Text from a source is text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.sources.clean import REPLACEMENT, clean_body, clean_line

WILD = st.text(st.characters(exclude_categories=())) | st.text(
    "\x00\x07\t\n\x0b\r\x1b\x7f\x85\x9b\u200c\u200d\u200e\u200f\u2028\u202a\u202e\u2066\u2069\ud800a é"
)
FORBIDDEN = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    *"\u2028\u2029",
}


class TestSomebodyReadsText:
    @settings(deadline=None)
    @given(WILD)
    def test_no_control_reaches_a_line(self, text: str) -> None:
        clean = clean_line(text)
        assert not FORBIDDEN & set(clean)
        clean.encode("utf-8")  # no lone surrogate either

    @settings(deadline=None)
    @given(WILD)
    def test_only_line_feeds_reach_a_body(self, text: str) -> None:
        clean = clean_body(text)
        assert not (FORBIDDEN - {"\n"}) & set(clean)
        clean.encode("utf-8")

    @settings(deadline=None)
    @given(WILD)
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        assert clean_line(clean_line(text)) == clean_line(text)
        assert clean_body(clean_body(text)) == clean_body(text)

    @settings(deadline=None)
    @given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"))))
    def test_ordinary_text_stays_the_very_same_object(self, text: str) -> None:
        assert clean_line(text) is text
        assert clean_body(text) is text

    @settings(deadline=None)
    @given(WILD)
    def test_nothing_but_what_is_forbidden_is_changed(self, text: str) -> None:
        kept = [c for c in text if c not in FORBIDDEN and not "\ud800" <= c <= "\udfff"]
        shown = [c for c in clean_line(text) if c not in (REPLACEMENT, " ")]
        assert shown == [c for c in kept if c not in (REPLACEMENT, " ")]

    @pytest.mark.parametrize(
        ("text", "line", "body"),
        [
            ("a\nb", "a b", "a\nb"),
            ("a\r\nb", "a b", "a\nb"),
            ("a\rb", "a�b", "a�b"),
            ("a\tb", "a b", "a b"),
            ("a\u2028b", "a b", "a\nb"),
            ("\x1b]52;c;YQ==\x07", "�]52;c;YQ==�", "�]52;c;YQ==�"),
            ("\x9b2J", "�2J", "�2J"),
            ("exe.\u202etxt", "exe.�txt", "exe.�txt"),
            ("\u2066x\u2069", "�x�", "�x�"),
            ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
            ("👩\u200d💻\u200e\u200f", "👩\u200d💻\u200e\u200f", "👩\u200d💻\u200e\u200f"),
            ("\ud83d", "�", "�"),
            ("[b]x[/b] <i> =cmd()", "[b]x[/b] <i> =cmd()", "[b]x[/b] <i> =cmd()"),
        ],
    )
    def test_what_becomes_of_it(self, text: str, line: str, body: str) -> None:
        assert clean_line(text) == line
        assert clean_body(text) == body
