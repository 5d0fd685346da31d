"""What a rep reads on paper, at a desk and on a phone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from salesprep.adapter import Activity
from salesprep.briefing.model import Agenda, Briefing, Differs, LastTalk, Offer
from salesprep.output import text
from salesprep.settings import Us
from tests.output.printed import lines, widths

EXPECTED = Path(__file__).parent / "expected"


class TestTheDrawings:
    @pytest.mark.parametrize("columns", [160, 80, 40])
    @pytest.mark.parametrize("sources", ["two", "seven"])
    def test_a_briefing_looks_as_drawn(
        self, sources: str, columns: int, us: Us, request: pytest.FixtureRequest
    ) -> None:
        briefing: Briefing = request.getfixturevalue(sources)
        expected = (EXPECTED / f"{sources}-{columns}.txt").read_text(encoding="utf-8")
        assert text.briefing(briefing, us, columns, colour=False) == expected

    @pytest.mark.parametrize("columns", [80, 40])
    def test_the_agenda_looks_as_drawn(self, columns: int, agenda: Agenda, us: Us) -> None:
        expected = (EXPECTED / f"agenda-{columns}.txt").read_text(encoding="utf-8")
        assert text.agenda(agenda, us, columns, colour=False) == expected

    def test_with_why_every_record_tells_how_it_came_here(self, two: Briefing, us: Us) -> None:
        expected = (EXPECTED / "why-80.txt").read_text(encoding="utf-8")
        assert text.briefing(two, us, 80, colour=False, why=True) == expected


class TestWidths:
    @pytest.mark.parametrize("columns", [*range(20, 70), 79, 80, 99, 100, 119, 120, 159, 160, 240, 300])
    def test_every_line_is_exactly_as_wide_as_the_window(
        self, columns: int, seven: Briefing, agenda: Agenda, us: Us
    ) -> None:
        assert widths(text.briefing(seven, us, columns, colour=False)) == {columns}
        assert widths(text.briefing(seven, us, columns, colour=False, why=True)) == {columns}
        assert widths(text.agenda(agenda, us, columns, colour=False)) == {columns}

    def test_a_window_of_nothing_is_drawn_as_small_as_sense_allows(self, two: Briefing, us: Us) -> None:
        assert widths(text.briefing(two, us, 0, colour=False)) == {20}

    @pytest.mark.parametrize(
        ("panels", "columns", "across"),
        [(1, 160, 1), (2, 99, 1), (2, 100, 2), (4, 160, 2), (5, 120, 2), (5, 160, 3), (7, 160, 3)],
    )
    def test_panels_stand_in_as_many_columns_as_fit(
        self, panels: int, columns: int, across: int, seven: Briefing, us: Us
    ) -> None:
        briefing = replace(seven, panels=seven.panels[:panels])
        printed = lines(text.briefing(briefing, us, columns, colour=False))
        first = next(line for line in printed if line.startswith(" CRM "))
        assert sum(name in first for name in ("CRM", "LINKEDIN", "CALENDAR")) == across

    @pytest.mark.parametrize(("columns", "across"), [(100, 1), (120, 1), (160, 3)])
    def test_evidence_has_the_whole_width_of_a_narrow_page(
        self, columns: int, across: int, seven: Briefing, us: Us
    ) -> None:
        printed = lines(text.briefing(seven, us, columns, colour=False, why=True))
        first = next(line for line in printed if line.startswith(" CRM "))
        assert sum(name in first for name in ("CRM", "LINKEDIN", "CALENDAR")) == across

    def test_no_source_at_all_is_still_a_page(self, two: Briefing, us: Us) -> None:
        bare = replace(two, panels=(), signals=(), contacts=(), attendees=(), visit=None)
        for columns in (40, 80, 160):
            assert "VAN DIJK" in text.briefing(bare, us, columns, colour=False).upper()

    def test_one_panel_left_over_stands_under_the_shortest(self, seven: Briefing, us: Us) -> None:
        printed = lines(text.briefing(seven, us, 160, colour=False))
        wiki = next(line for line in printed if "WIKI" in line)
        posts = next(line for line in printed if "POSTS" in line)
        assert posts.index("POSTS") == wiki.index("WIKI")


class TestColour:
    def test_plain_text_has_no_escape(self, seven: Briefing, us: Us) -> None:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text.briefing(seven, us, 80, colour=False))

    def test_colours_change_no_letter(self, seven: Briefing, agenda: Agenda, us: Us) -> None:
        for coloured, plain in (
            (text.briefing(seven, us, 160, colour=True), text.briefing(seven, us, 160, colour=False)),
            (text.agenda(agenda, us, 80, colour=True), text.agenda(agenda, us, 80, colour=False)),
        ):
            assert coloured != plain
            assert re.sub(r"\x1b\[(0|1|2|31)m", "", coloured) == plain


class TestAQuickScanIsShort:
    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_three_of_a_rule_and_how_many_more(self, columns: int, two: Briefing, us: Us) -> None:
        offer = next(s for s in two.signals if isinstance(s, Offer))
        many = (*two.signals[:2], *[offer] * 8, *two.signals[3:])
        printed = text.briefing(replace(two, signals=many), us, columns, colour=False)
        assert printed.count("OFFER ") == 3
        assert printed.count("5 more offers") == 1
        assert printed.index("OFFER") < printed.index("5 more offers") < printed.index("COMBINE")

    def test_of_what_differs_too(self, seven: Briefing, us: Us) -> None:
        differs = [s for s in seven.signals if isinstance(s, Differs) and s.what == "left"]
        printed = text.briefing(replace(seven, signals=tuple(differs * 6)), us, 80, colour=False)
        assert printed.count("DIFFERS") == 1
        assert "3 more" in printed


class TestAPhone:
    def test_the_time_stands_at_the_very_end(self, two: Briefing, seven: Briefing, us: Us) -> None:
        assert lines(text.briefing(two, us, 40, colour=False))[-1].strip() == "13:21"
        assert lines(text.briefing(seven, us, 40, colour=False))[-1].split() == [
            *["6", "of", "7", "answered,", "not", "Posts"],
            "13:21",
        ]

    @pytest.mark.parametrize(
        ("name", "rows"),
        [
            ("Van Dijk Machinebouw B.V.", ["Van Dijk Machinebouw B.V.      in 39 min"]),
            (
                "Müller Anlagenbau GmbH & Co. KG",
                ["Müller Anlagenbau GmbH & Co.   in 39 min", "KG".ljust(40)],
            ),
        ],
    )
    def test_namesakes_are_told_by_their_legal_form(
        self, name: str, rows: list[str], two: Briefing, us: Us
    ) -> None:
        briefing = replace(two, customer=replace(two.customer, name=name))
        assert lines(text.briefing(briefing, us, 40, colour=False))[: len(rows)] == rows

    def test_the_last_talk_stands_among_the_last_contacts(self, two: Briefing, us: Us) -> None:
        printed = text.briefing(two, us, 40, colour=False)
        assert "LAST TALK" not in printed
        assert '"wacht op onderdeel"' in printed
        talk = next(s for s in two.signals if isinstance(s, LastTalk))
        late = replace(talk, not_heard=("crm",))
        assert "LAST TALK" in text.briefing(replace(two, signals=(late,)), us, 40, colour=False)
        assert "LAST TALK" in text.briefing(replace(two, contacts=()), us, 40, colour=False)

    def test_who_has_no_contact_stands_there_too(self, two: Briefing, us: Us) -> None:
        printed = lines(text.briefing(two, us, 40, colour=False))
        assert "A. Yılmaz none found             2 asked" in printed

    def test_the_sample_says_that_it_is_one(self, two: Briefing, agenda: Agenda, us: Us) -> None:
        example = text.briefing(replace(two, example=True), us, 40, colour=False)
        assert lines(example)[0].rstrip() == "example, Mon 23 Nov 13:21"
        assert "example, Mon 23 Nov 13:21" in text.agenda(replace(agenda, example=True), us, 40, colour=False)

    def test_who_wrote_to_whom_is_kept(self, two: Briefing, us: Us) -> None:
        contact = two.contacts[3]
        mail = contact.found.record
        assert isinstance(mail, Activity)
        received = replace(mail, direction="in")
        for record, said in ((mail, "28 Sep mail   you to Vos "), (received, "28 Sep mail   Vos to you ")):
            found = replace(contact.found, record=record)
            briefing = replace(two, contacts=(*two.contacts[:3], replace(contact, found=found)))
            assert said in text.briefing(briefing, us, 40, colour=False)
