"""Whatever a source writes is shown as text, and the page stays in its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter import Meeting
from salesprep.briefing.model import Agenda, Briefing
from salesprep.output import text
from salesprep.settings import Us
from tests.output.printed import widths

Rewrite = Callable[[Any, Iterator[str]], Any]
HOSTILE = (
    "[bold red]sale[/bold red]",
    "<script>alert(1)</script> &amp;",
    "=cmd|' /C calc'!A0",
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J",
    "\x9b31m \x85",
    "a\u202egnp.exe \u2066b\u2069",
    "line\r\nbreak\ttab\u2028sep",
    "\ud800 lone",
)


class TestTextFromASourceIsText:
    @pytest.mark.parametrize("colour", [False, True])
    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_nothing_of_it_steers_the_terminal(
        self, columns: int, colour: bool, seven: Briefing, agenda: Agenda, us: Us, rewrite: Rewrite
    ) -> None:
        for printed in (
            text.briefing(rewrite(seven, cycle(HOSTILE)), us, columns, colour, why=True),
            text.agenda(rewrite(agenda, cycle(HOSTILE)), us, columns, colour),
        ):
            without_ours = re.sub(r"\x1b\[(0|1|2|31)m", "", printed)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", without_ours)
            assert widths(without_ours) == {columns}
            printed.encode("utf-8")

    def test_markup_and_formulas_are_shown_as_they_are(self, two: Briefing, us: Us, rewrite: Rewrite) -> None:
        printed = text.briefing(rewrite(two, cycle(HOSTILE[:3])), us, 160, colour=True)
        for written in HOSTILE[:3]:
            assert written in printed

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        words=st.lists(
            st.one_of(
                st.text(max_size=40),
                st.text("e\u0301\u0308👩\u200d🇳🇱漢ᄀ각\ufe0f1#אבעربي\u200e\u200f \n", max_size=30),
            ),
            min_size=1,
            max_size=12,
        ),
        columns=st.integers(20, 300),
    )
    def test_wild_text_never_breaks_the_page(
        self, words: list[str], columns: int, seven: Briefing, agenda: Agenda, us: Us, rewrite: Rewrite
    ) -> None:
        assert widths(text.briefing(rewrite(seven, cycle(words)), us, columns, colour=False)) == {columns}
        assert widths(text.agenda(rewrite(agenda, cycle(words)), us, columns, colour=False)) == {columns}

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(when=st.datetimes(timezones=st.timezones()), columns=st.integers(20, 200))
    def test_any_moment_can_be_shown(self, when: datetime, columns: int, two: Briefing, us: Us) -> None:
        crm, calendar = two.panels
        section = calendar.sections[0]
        moved = tuple(
            replace(found, record=replace(found.record, start=when, end=when, at=when))
            for found in section.records
            if isinstance(found.record, Meeting)
        )
        briefing = replace(two, panels=(crm, replace(calendar, sections=(replace(section, records=moved),))))
        assert widths(text.briefing(briefing, us, columns, colour=False, why=True)) == {columns}
