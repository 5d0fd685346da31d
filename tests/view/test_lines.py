"""Text of an exact width, whatever it is written in."""

from __future__ import annotations

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from salesprep.view.lines import Line, Span, beside, cut, head, line, pad, spread, width, wrap, wrap_parts
from salesprep.view.table import Column, Row, table

FAMILY = "👩\u200d👩\u200d👧"
WILD = st.one_of(st.text(max_size=60), st.text(f"e\u0301漢ᄀ각🇳🇱אبعר {FAMILY}\ufe0f1", max_size=40))


def columns(text: str) -> int:
    return sum(max(0, wcwidth.width(g, control_codes="ignore")) for g in wcwidth.iter_graphemes(text))


class TestASpan:
    def test_a_line_break_becomes_a_space(self) -> None:
        assert Span("wacht\r\n op\tonderdeel").text == "wacht op onderdeel"

    def test_a_control_becomes_a_mark(self) -> None:
        assert Span("a\x1b[2Jb\x9bc\u202ed\ud800").text == "a�[2Jb�c�d�"

    def test_joiners_and_direction_marks_of_names_stay(self) -> None:
        assert Span(f"{FAMILY}\u200e\u200f").text == f"{FAMILY}\u200e\u200f"

    @given(WILD)
    def test_no_text_brings_a_control(self, text: str) -> None:
        kept = Span(text).text
        assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in kept)
        kept.encode("utf-8")


class TestCutting:
    def test_what_fits_stays_whole(self) -> None:
        assert cut("Yılmaz", 6) == "Yılmaz"

    def test_what_is_left_out_is_marked(self) -> None:
        assert cut("Machinebouw", 8) == "Machine…"
        assert cut("Van Dijk", 5) == "Van…"

    def test_a_word_is_not_broken_where_a_space_is_near(self) -> None:
        assert cut("Voortgang snijlijn Kaas", 21) == "Voortgang snijlijn…"
        assert cut("Kaas & Co, Utrecht", 14) == "Kaas & Co…"
        assert cut("Mon 23 November, 13:21", 16) == "Mon 23 November…"
        assert pad(line(Span("Van Dijk "), Span("Machinebouw")), 12).text == "Van Dijk…   "

    def test_a_wide_letter_is_never_halved(self) -> None:
        assert cut("漢字漢字", 4) == "漢…"
        assert width(cut("漢字漢字", 4)) == 3

    def test_a_family_stays_together(self) -> None:
        assert head(FAMILY + "ab", 2) == FAMILY
        assert head(FAMILY + "ab", 1) == ""

    def test_an_accent_stays_on_its_letter(self) -> None:
        assert cut("ee\u0301e\u0301e\u0301", 3) == "ee\u0301…"

    @given(WILD, st.integers(0, 50))
    def test_never_wider_than_asked(self, text: str, room: int) -> None:
        assert columns(cut(Span(text).text, room)) <= room

    @given(WILD)
    def test_a_width_is_that_of_the_terminal(self, text: str) -> None:
        kept = Span(text).text
        assert width(kept) == columns(kept)


class TestPadding:
    @given(st.lists(WILD, max_size=4), st.integers(1, 80))
    def test_a_line_is_exactly_as_wide_as_asked(self, texts: list[str], room: int) -> None:
        assert columns(pad(line(*map(Span, texts)), room).text) == room

    @given(WILD, WILD, st.integers(1, 80))
    def test_left_and_right_fill_the_line(self, left: str, right: str, room: int) -> None:
        spread_out = spread(line(Span(left)), line(Span(right)), room)
        assert columns(pad(spread_out, room).text) == room

    def test_the_right_one_stands_at_the_edge(self) -> None:
        assert spread(line(Span("CRM")), line(Span("just now")), 15).text == "CRM    just now"
        assert spread(line(Span("a long title")), line(Span("just now")), 15).text == "a lo…  just now"

    def test_blocks_stand_beside_each_other(self) -> None:
        blocks = [[line(Span("a")), line(Span("b"))], [line(Span("c"))]]
        assert [each.text for each in beside(blocks, [2, 3], 1)] == ["a  c  ", "b     "]

    def test_a_line_of_nothing_is_blank(self) -> None:
        assert pad(Line(), 3).text == "   "


class TestWrapping:
    def test_it_breaks_between_words(self) -> None:
        assert wrap("theirs, Thu 09:12, nobody answered", 20) == ["theirs, Thu 09:12,", "nobody answered"]

    def test_the_last_line_says_that_there_is_more(self) -> None:
        assert wrap("one two three five six", 9, 2) == ["one two", "three…"]

    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            ("lijn 4, P1, open 4 d, third", ["lijn 4, P1, open", "4 d, third"]),
            ("overdue since 16 Nov", ["overdue since", "16 Nov"]),
            ("from you to D. Mulder", ["from you to", "D. Mulder"]),
            ("een storing lijn 4", ["een storing", "lijn 4"]),
        ],
    )
    def test_a_number_stays_with_what_it_counts(self, text: str, rows: list[str]) -> None:
        assert wrap(text, 16) == rows

    def test_a_word_longer_than_a_line_is_broken(self) -> None:
        assert wrap("https://crm.example/1", 10) == ["https://", "crm.exampl", "e/1"]

    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            ("by account 1042 · just now", ["by account 1042", "just now"]),
            ("by account 10422 · now", ["by account 10422", "now"]),
            ("now · https://crm.example/1042/7", ["now", "https://crm.", "example/1042/7"]),
            ("a · b", ["a · b"]),
            ("·", ["·"]),
        ],
    )
    def test_a_dot_between_parts_stands_at_no_end_of_a_line(self, text: str, rows: list[str]) -> None:
        assert wrap_parts(text, 17) == rows

    @given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=9), st.integers(9, 30))
    def test_of_parts_nothing_is_lost(self, parts: list[str], room: int) -> None:
        told = " ".join(wrap_parts(" · ".join(parts), room)).replace("·", " ").split()
        assert told == parts

    @given(WILD, st.integers(1, 30), st.one_of(st.none(), st.integers(1, 4)))
    def test_no_line_is_too_wide_and_none_too_many(self, text: str, room: int, most: int | None) -> None:
        rows = wrap(text, room, most)
        assert 1 <= len(rows) <= (most or len(rows))
        assert all(columns(row) <= room for row in rows)

    @given(st.lists(st.text("abcé漢", min_size=1, max_size=6), max_size=10))
    def test_nothing_is_lost(self, words: list[str]) -> None:
        assert " ".join(wrap(" ".join(words), 12)).split() == words


class TestATable:
    SHAPE = (Column(least=6, gives=2), Column(right=True), Column(least=4, gives=1, folds=True))
    ROWS = (
        Row((Span("LX-200"), Span("€ 180.000"), Span("until Tue 24"))),
        Row((Span("Service 2027"), Span("€ 24.000"), Span("until 29 Jan"))),
    )

    def drawn(self, room: int, rows: tuple[Row, ...] = ROWS) -> list[str]:
        return [each.text.rstrip() for each in table(rows, self.SHAPE, room, 0)]

    def test_columns_are_as_wide_as_they_need(self) -> None:
        assert self.drawn(60) == [
            "LX-200        € 180.000  until Tue 24",
            "Service 2027   € 24.000  until 29 Jan",
        ]

    def test_they_stand_closer_before_anything_is_cut(self) -> None:
        assert self.drawn(35)[1] == "Service 2027  € 24.000 until 29 Jan"

    def test_a_column_goes_beneath_before_anything_is_cut(self) -> None:
        assert self.drawn(34)[2:] == ["Service 2027   € 24.000", "  until 29 Jan"]
        assert self.drawn(25) == [
            "LX-200        € 180.000",
            "  until Tue 24",
            "Service 2027   € 24.000",
            "  until 29 Jan",
        ]

    def test_a_note_stands_beside_if_all_of_them_fit(self) -> None:
        rows = tuple(Row(row.cells, (Span("LinkedIn says: COO"),)) for row in self.ROWS)
        assert self.drawn(60, rows)[0] == "LX-200        € 180.000  until Tue 24  LinkedIn says: COO"
        assert self.drawn(50, rows)[1] == "  LinkedIn says: COO"

    def test_an_empty_column_takes_no_room(self) -> None:
        rows = (Row((Span("LX-200"), Span(""), Span("won"))),)
        assert self.drawn(60, rows) == ["LX-200  won"]

    def test_no_rows_are_no_lines(self) -> None:
        assert table((), self.SHAPE, 40, 0) == []
