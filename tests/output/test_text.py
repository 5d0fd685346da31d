"""What a rep reads on paper, at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import wcwidth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter import Account, Activity, Failure, Kind, Meeting, Place, Refusal
from salesprep.briefing.evidence import Evidence, piece
from salesprep.briefing.model import Agenda, Briefing, Differs, Found, LastTalk, Match, Offer, Panel, Section
from salesprep.output import text
from salesprep.settings import Us
from salesprep.view.panel import trouble
from salesprep.view.voice import voice_for

Rewrite = Callable[[Any, Iterator[str]], Any]
EXPECTED = Path(__file__).parent / "expected"
LOCKED = Failure("unavailable", "the database is locked", None, "nobody", retry=True, may_show_old=True)
GONE = Failure(
    "config_invalid",
    "crm.db does not exist",
    "put the file back or change sources.crm.database",
    "admin",
    retry=False,
    may_show_old=False,
)
OFFLINE = Failure("offline", "works offline", "leave out --offline", "user", retry=False, may_show_old=True)
NOT_BACK = Failure("stuck", "not back since 13:21", None, "nobody", retry=False, may_show_old=True)
NO_ACCESS = Failure("permission_denied", "no right to read", None, "admin", retry=False, may_show_old=False)


def lines(printed: str) -> list[str]:
    assert printed.endswith("\n")
    return printed[:-1].split("\n")


def columns_of(line: str) -> int:
    graphemes = wcwidth.iter_graphemes(line)
    return sum(max(0, wcwidth.width(grapheme, control_codes="ignore")) for grapheme in graphemes)


def widths(printed: str) -> set[int]:
    return {len(line) if line.isascii() else columns_of(line) for line in lines(printed)}


def with_panel(briefing: Briefing, **changes: Any) -> Briefing:
    """The briefing with its first panel changed."""
    first, *rest = briefing.panels
    return replace(briefing, panels=(replace(first, **changes), *rest))


def all_in_state(panel: Panel, state: Any, failure: Failure | None) -> dict[str, Any]:
    sections = tuple(
        Section(section.kind, state, failure=failure, fetched_at=section.fetched_at)
        for section in panel.sections
    )
    return {"sections": sections, "state": state, "failure": failure}


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

    def test_no_source_at_all_is_still_a_page(self, two: Briefing, us: Us) -> None:
        bare = replace(two, panels=(), signals=(), contacts=(), attendees=(), visit=None)
        for columns in (40, 80, 160):
            assert "VAN DIJK" in text.briefing(bare, us, columns, colour=False).upper()

    def test_one_panel_left_over_stands_under_the_shortest(self, seven: Briefing, us: Us) -> None:
        printed = lines(text.briefing(seven, us, 160, colour=False))
        wiki = next(line for line in printed if "WIKI" in line)
        posts = next(line for line in printed if "POSTS" in line)
        assert posts.index("POSTS") == wiki.index("WIKI")


class TestWhatBecameOfASource:
    def test_it_cannot_be_read_and_somebody_can_mend_it(self, two: Briefing, us: Us) -> None:
        broken = with_panel(two, **all_in_state(two.panels[0], "failed", GONE))
        printed = text.briefing(broken, us, 80, colour=False)
        assert " CRM  cannot be read ─" in printed
        together = " ".join(printed.split())
        assert "crm.db does not exist; your admin mends it: put the file back" in together
        assert together.count("crm.db does not exist") == 1
        assert "no answer: CRM" in printed

    def test_it_is_late_and_passes_by_itself(self, two: Briefing, us: Us) -> None:
        late = with_panel(two, **all_in_state(two.panels[0], "failed", LOCKED))
        printed = text.briefing(late, us, 160, colour=False)
        assert " CRM  did not answer" in printed
        assert "the database is locked; passes by itself" in printed
        assert "1 of 2 sources answered, not CRM" in printed

    def test_an_old_answer_is_shown_with_its_time(self, seven: Briefing, us: Us) -> None:
        printed = text.briefing(seven, us, 80, colour=False)
        assert re.search(r"POSTS  did not answer ─+ as of 10:20", printed)
        assert "Waarom wij predictive maintenance kozen" in printed
        assert "asks again at 13:40" in printed

    def test_it_has_not_come_back(self, two: Briefing, us: Us) -> None:
        stuck = with_panel(two, **all_in_state(two.panels[0], "stuck", NOT_BACK))
        assert "CRM  not back since 13:21 ─" in text.briefing(stuck, us, 80, colour=False)

    def test_it_was_not_asked_because_offline(self, two: Briefing, us: Us) -> None:
        offline = with_panel(two, **all_in_state(two.panels[0], "withheld", OFFLINE))
        assert "CRM  not asked: offline ─" in text.briefing(offline, us, 80, colour=False)

    def test_it_may_not_be_shown(self, two: Briefing, us: Us) -> None:
        withheld = with_panel(two, **all_in_state(two.panels[0], "withheld", NO_ACCESS))
        assert "CRM  not allowed to show ─" in text.briefing(withheld, us, 80, colour=False)

    def test_it_is_still_being_asked(self, two: Briefing, us: Us) -> None:
        waiting = with_panel(two, **all_in_state(two.panels[0], "waiting", None))
        printed = text.briefing(waiting, us, 80, colour=False)
        assert re.search(r"CRM ─+ asking…", printed)
        assert "asking CRM…" in printed

    def test_it_found_nothing(self, two: Briefing, us: Us) -> None:
        empty = with_panel(two, **all_in_state(two.panels[0], "empty", None))
        assert "\n   nothing found   " in text.briefing(empty, us, 80, colour=False)

    def test_its_adapter_did_not_load(self, two: Briefing, us: Us) -> None:
        broken = with_panel(two, sections=(), state="failed", failure=GONE)
        assert "crm.db does not exist" in text.briefing(broken, us, 80, colour=False)

    def test_one_kind_failed_and_the_rest_is_shown(self, two: Briefing, us: Us) -> None:
        sections = tuple(
            replace(s, records=(), state="failed", failure=LOCKED) if s.kind == Kind.PERSON else s
            for s in two.panels[0].sections
        )
        partial = with_panel(two, sections=sections, state="partial", failure=LOCKED)
        printed = text.briefing(partial, us, 80, colour=False)
        assert " CRM  in part ─" in printed
        assert "did not answer: the database is locked; passes by itself" in printed
        assert "LX-200" in printed

    def test_some_items_were_garbage(self, two: Briefing, us: Us) -> None:
        refusal = Refusal(2, "end before start", "agenda.ics line 1204")
        crm, calendar = two.panels
        section = replace(calendar.sections[0], refused=(refusal,))
        briefing = replace(two, panels=(crm, replace(calendar, sections=(section,))))
        printed = text.briefing(briefing, us, 80, colour=False)
        assert "2 events could not be read: end before start (agenda.ics line 1204)" in printed

    def test_some_values_were_garbage_of_items_that_are_shown(self, two: Briefing, us: Us) -> None:
        refusal = Refusal(1, "a number that is no date", "t.xlsx, row 2", shown=True)
        crm, calendar = two.panels
        section = replace(calendar.sections[0], refused=(refusal,))
        briefing = replace(two, panels=(crm, replace(calendar, sections=(section,))))
        printed = text.briefing(briefing, us, 80, colour=False)
        assert "1 value could not be read: a number that is no date (t.xlsx, row 2)" in printed
        assert "event could not be read" not in printed

    def test_all_answered_is_said_where_there_is_room(self, two: Briefing, us: Us) -> None:
        assert "all sources answered" in text.briefing(two, us, 160, colour=False)
        assert "answered" not in text.briefing(two, us, 80, colour=False).replace("nobody answered", "")

    def test_a_calendar_that_failed_is_named_under_the_agenda(self, agenda: Agenda, us: Us) -> None:
        failed = replace(agenda.panels[0], state="failed", failure=GONE, sections=())
        printed = text.agenda(replace(agenda, panels=(failed,)), us, 80, colour=False)
        assert "all sources ready but Calendar" in printed
        assert "crm.db does not exist" in printed


class TestWhatIsNotCertain:
    @pytest.fixture
    def doubtful(self, two: Briefing) -> Briefing:
        twin = Account(
            id="7",
            title="Van Dijk Machinebouw GmbH",
            fetched_at=two.generated_at,
            no_url_reason="none",
            place=None,
        )
        match = Match(
            "maybe", "name", (piece("name", "Van Dijk Machinebouw GmbH"), piece("other_form", "gmbh"))
        )
        candidates = (Found("crm", twin, match),)
        section = Section(Kind.ACCOUNT, "choose", candidates=candidates)
        return with_panel(two, sections=(section,), candidates=candidates, state="choose")

    def test_a_candidate_stands_apart_with_what_would_decide(self, doubtful: Briefing, us: Us) -> None:
        printed = text.briefing(doubtful, us, 80, colour=False)
        assert "CRM  which one? ─" in printed
        together = " ".join(printed.split())
        assert together.count("Van Dijk Machinebouw GmbH for it: ") == 1
        assert (
            'for it: the name "Van Dijk Machinebouw GmbH"; against it: another legal form (gmbh)' in together
        )

    @pytest.mark.parametrize("columns", [160, 80, 40])
    def test_it_says_at_the_end_how_it_is_decided(self, doubtful: Briefing, us: Us, columns: int) -> None:
        printed = " ".join(text.briefing(doubtful, us, columns, colour=False).split())
        assert printed.count("1 that may be theirs: salesprep link choose") == 1
        sure = with_panel(doubtful, sections=(), candidates=(), state="fresh")
        assert "link choose" not in text.briefing(sure, us, columns, colour=False)

    def test_with_why_it_has_the_id_to_decide_on(self, doubtful: Briefing, us: Us) -> None:
        printed = " ".join(text.briefing(doubtful, us, 80, colour=False, why=True).split())
        assert "against it: another legal form (gmbh) crm:7 · just now · no link: none" in printed

    @pytest.mark.parametrize(
        ("evidence", "told"),
        [
            ((piece("id", "7"),), "matched by your own decision on account 7"),
            ((piece("link", "7"),), "matched by your own decision ·"),
        ],
    )
    def test_what_a_user_decided_says_so(
        self, two: Briefing, us: Us, evidence: tuple[Evidence, ...], told: str
    ) -> None:
        match = Match("same", "link", evidence)
        account = two.panels[0].sections[0].records[0]
        section = Section(Kind.ACCOUNT, "fresh", records=(replace(account, match=match),))
        printed = text.briefing(with_panel(two, sections=(section,)), us, 80, colour=False, why=True)
        assert told in " ".join(printed.split())

    def test_beside_facts_it_has_a_heading_of_its_own(
        self, two: Briefing, doubtful: Briefing, us: Us
    ) -> None:
        facts = two.panels[0].sections[1:]
        both = with_panel(doubtful, sections=(*doubtful.panels[0].sections, *facts), state="fresh")
        printed = lines(text.briefing(both, us, 80, colour=False))
        assert printed.count(" which one?".ljust(80)) == 1
        heading = printed.index(" which one?".ljust(80))
        assert "GmbH" in printed[heading + 1]
        assert heading > next(at for at, row in enumerate(printed) if "nothing found: contracts" in row)
        assert " CALENDAR" in "".join(printed[heading + 3 : heading + 6])


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


class TestTheHead:
    def test_without_a_visit_it_says_that_none_was_found(self, two: Briefing, us: Us) -> None:
        printed = text.briefing(replace(two, visit=None, attendees=()), us, 160, colour=False)
        assert "no coming visit found" in lines(printed)[0]

    def test_without_a_calendar_it_claims_nothing(self, two: Briefing, us: Us) -> None:
        bare = replace(two, visit=None, attendees=(), panels=two.panels[:1])
        assert "no coming visit" not in text.briefing(bare, us, 160, colour=False)

    def test_the_sample_says_that_it_is_one(self, two: Briefing, us: Us) -> None:
        example = replace(two, example=True)
        assert "example, Mon 23 Nov 13:21" in lines(text.briefing(example, us, 160, colour=False))[0]
        assert "example, Mon 23 Nov 13:21" in lines(text.briefing(example, us, 80, colour=False))[0]

    def test_a_visit_that_began_is_not_said_to_start(self, two: Briefing, us: Us) -> None:
        later = replace(two, generated_at=two.generated_at + timedelta(minutes=50))
        first = lines(text.briefing(later, us, 160, colour=False))[0]
        assert first.rstrip().endswith("since 11 min")

    def test_many_at_the_table_get_a_line_each(self, two: Briefing, us: Us) -> None:
        crowd = tuple(replace(two.attendees[0], name=f"Rob{n} Smit{n}") for n in range(12))
        for columns in (40, 80, 160):
            printed = text.briefing(replace(two, attendees=crowd), us, columns, colour=False)
            for n in range(12):
                assert f"Rob{n} Smit{n}" in printed


class TestTheAgenda:
    @pytest.mark.parametrize(
        ("place", "shown"),
        [
            (Place("Rooseveltlaan 12, Eindhoven", latitude=51.4478, longitude=5.4561), "Eindhoven, 79 km"),
            (Place("Building 4, room 12", latitude=51.4478, longitude=5.4561), "Building 4, room 12, 79 km"),
            (Place("Dok Noord 7, 9000 Gent, België"), "9000 Gent, België"),
            (Place("Rooseveltlaan 12", "Eindhoven"), "Eindhoven"),
            (None, "no place given"),
            (
                Place("Het grote kantoor aan de overkant van het kanaal", latitude=51.4, longitude=5.4),
                "Het grote kantoor aan…, 84 km",
            ),
        ],
    )
    def test_the_town_and_how_far(self, place: Place | None, shown: str, agenda: Agenda, us: Us) -> None:
        first = agenda.visits[0]
        visit = replace(first, meeting=replace(first.meeting, place=place))
        printed = text.agenda(replace(agenda, visits=(visit,), first_lines=(None,)), us, 120, colour=False)
        assert f"  {shown}  " in printed

    def test_after_an_unknown_place_no_distance_is_guessed(self, agenda: Agenda, us: Us) -> None:
        first, second, *rest = agenda.visits
        lost = replace(first, meeting=replace(first.meeting, place=None))
        printed = text.agenda(replace(agenda, visits=(lost, second, *rest)), us, 80, colour=False)
        assert "from there" not in printed

    def test_no_visit_today_and_none_at_all(self, agenda: Agenda, us: Us) -> None:
        later = replace(agenda, visits=agenda.visits[2:], first_lines=agenda.first_lines[2:])
        assert "no visit today" in text.agenda(later, us, 80, colour=False)
        nothing = replace(agenda, visits=(), first_lines=())
        assert "no coming visit found" in text.agenda(nothing, us, 80, colour=False)

    def test_days_stand_in_their_groups(self, agenda: Agenda, us: Us) -> None:
        moved = [
            replace(v, meeting=replace(v.meeting, start=v.meeting.start + timedelta(days=days)))
            for v, days in zip(agenda.visits, (0, 0, 0, 6, 11), strict=True)
        ]
        printed = text.agenda(replace(agenda, visits=tuple(moved)), us, 80, colour=False)
        groups = [line.split("  ")[0].strip() for line in lines(printed) if re.match(r" [A-Z]{3}", line)]
        assert groups == ["TODAY", "TOMORROW", "NEXT WEEK", "LATER"]


class TestWithoutAVisitOfTheUsers:
    @pytest.fixture
    def bare(self, two: Briefing) -> Briefing:
        return replace(two, visit=None, attendees=())

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_that_none_was_found_is_said_at_every_width(self, columns: int, bare: Briefing, us: Us) -> None:
        assert "no coming visit found" in text.briefing(bare, us, columns, colour=False)

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_a_colleague_goes_there(self, columns: int, two: Briefing, bare: Briefing, us: Us) -> None:
        assert two.visit is not None
        meeting = replace(two.visit.meeting, calendar_owner="j.jansen@ons.example")
        briefing = replace(bare, colleague_visit=replace(two.visit, meeting=meeting))
        printed = " ".join(text.briefing(briefing, us, columns, colour=False).split())
        assert "no visit of yours; J. Jansen today 14:00" in printed

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_nobody_knows_the_customer(self, columns: int, bare: Briefing, us: Us) -> None:
        printed = text.briefing(replace(bare, known=False), us, columns, colour=False)
        assert "no source knows a customer of this name" in printed
        assert "no coming visit" not in printed

    @pytest.mark.parametrize("columns", [40, 80, 160])
    @pytest.mark.parametrize("state", ["failed", "stale", "withheld", "stuck"])
    def test_a_silent_calendar_is_no_empty_one(
        self, state: Any, columns: int, bare: Briefing, us: Us
    ) -> None:
        crm, calendar = bare.panels
        silent = replace(calendar, **all_in_state(calendar, state, LOCKED))
        printed = text.briefing(replace(bare, panels=(crm, silent)), us, columns, colour=False)
        assert "Calendar did not answer" in printed
        assert "no coming visit" not in printed

    def test_the_agenda_does_not_claim_it_either(self, agenda: Agenda, us: Us) -> None:
        calendar = agenda.panels[0]
        silent = replace(calendar, **all_in_state(calendar, "failed", LOCKED))
        for visits in ((), agenda.visits[2:]):
            lost = replace(agenda, visits=visits, first_lines=(None,) * len(visits), panels=(silent,))
            printed = text.agenda(lost, us, 80, colour=False)
            assert "Calendar did not answer" in printed
            assert "no visit today" not in printed
            assert "no coming visit" not in printed
        printed = text.agenda(replace(agenda, visits=(), first_lines=(), panels=()), us, 80, colour=False)
        assert "no calendar was asked" in printed
        assert "no coming visit" not in printed


class TestAFirstVisit:
    @pytest.fixture
    def first(self, two: Briefing) -> Briefing:
        crm, calendar = two.panels
        sections = tuple(replace(s, records=(), total=None, cursor=None, state="empty") for s in crm.sections)
        panels = (replace(crm, sections=sections, state="empty"), calendar)
        return replace(two, panels=panels, signals=(), contacts=(), attendees=two.attendees[2:])

    SAID = "first visit · no contact person known"

    @pytest.mark.parametrize("columns", [40, 80, 160])
    def test_it_is_said(self, columns: int, first: Briefing, us: Us) -> None:
        assert self.SAID in text.briefing(first, us, columns, colour=False)

    def test_not_while_somebody_is_known_or_a_source_is_silent(
        self, first: Briefing, two: Briefing, us: Us
    ) -> None:
        crm, calendar = first.panels
        late = replace(crm, **all_in_state(crm, "failed", LOCKED))
        for briefing in (
            replace(first, contacts=two.contacts),
            replace(first, attendees=two.attendees),
            replace(first, complete=False),
            replace(first, visit=None),
            replace(first, panels=(late, calendar)),
            replace(first, panels=two.panels),
        ):
            assert self.SAID not in text.briefing(briefing, us, 80, colour=False)

    @pytest.mark.parametrize("columns", [40, 80])
    def test_the_agenda_says_it_where_nothing_else_is_to_be_said(
        self, columns: int, agenda: Agenda, us: Us
    ) -> None:
        known = replace(agenda, nobody_known=(True, False, True))
        assert text.agenda(known, us, columns, colour=False).count(self.SAID) == 1


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


class TestTheHeadSaysThingsOnce:
    def test_tomorrow(self, two: Briefing, us: Us) -> None:
        before = replace(two, generated_at=two.generated_at - timedelta(days=1))
        first = lines(text.briefing(before, us, 80, colour=False))[0]
        assert first.rstrip().endswith("13:21 · tomorrow 14:00")
        assert "tomorrow" not in lines(text.briefing(before, us, 40, colour=False))[0]


class TestForTheAdmin:
    def test_the_reader_mends_it(self, two: Briefing, us: Us) -> None:
        failed = replace(two.panels[0], **all_in_state(two.panels[0], "failed", GONE))
        voice = voice_for(two, us)
        told = " ".join(" ".join(line.text for line in trouble(failed, voice, 200, reader="admin")).split())
        assert told == ("CRM: crm.db does not exist; mend: put the file back or change sources.crm.database")
        assert "your admin mends it: put" in trouble(failed, voice, 200)[0].text
