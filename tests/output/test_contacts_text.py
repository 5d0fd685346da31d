"""The recent contacts and who is there, as a rep reads them before a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter import Activity, Change, Failure, Kind, Participant, Person
from salesprep.briefing.contacts.recent import recent
from salesprep.briefing.contacts.time_line import contacts
from salesprep.briefing.model import Briefing, Found, Match, Note, Panel, Section
from salesprep.briefing.recognition.evidence import piece
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.roster import roster
from salesprep.output import text
from salesprep.settings import Us
from tests.output.printed import widths

Rewrite = Callable[[Any, Iterator[str]], Any]
EXPECTED = Path(__file__).parent / "expected"
LATE = Failure("deadline_exceeded", "no answer within 8 s", None, "nobody", retry=True, may_show_old=True)
SINCE = date(2026, 10, 18)


def lined(briefing: Briefing, us: Us) -> Briefing:
    """The briefing with its contacts as its panels tell them."""
    now = briefing.generated_at
    return replace(briefing, contacts=contacts(briefing.panels, ours(us), now, us.zone))


def found(source: str, record: Any) -> Found:
    return Found(source, record, Match("same", "domain", (piece("domain", "vandijk.example"),)))


def with_section(briefing: Briefing, source: str, kind: Kind, *records: Any, **more: Any) -> Briefing:
    """The briefing in which a source tells these records of a kind."""
    made = Section(
        kind, "fresh", tuple(found(source, r) for r in records), fetched_at=briefing.generated_at, **more
    )

    def told(panel: Panel) -> Panel:
        if panel.source != source:
            return panel
        return replace(panel, sections=(*(s for s in panel.sections if s.kind is not kind), made))

    return replace(briefing, panels=tuple(map(told, briefing.panels)))


@pytest.fixture
def talks(seven: Briefing, us: Us) -> Briefing:
    """What seven sources tell, of which one did not answer."""
    return lined(seven, us)


@pytest.fixture
def there(talks: Briefing) -> Briefing:
    """The same, and LinkedIn has compared two files."""
    now = talks.generated_at

    def person(number: int, name: str, position: str, change: Change | None, **more: Any) -> Person:
        return Person(
            id=str(number), title=name, fetched_at=now, url=f"https://linkedin.example/{number}",
            position=position, change=change, **more,
        )  # fmt: skip

    people = (
        person(1, "A. Yılmaz", "CFO", Change("new", SINCE)),
        person(2, "P. de Vries", "Maintenance lead", Change("new", SINCE)),
        person(3, "R. Smit", "COO", Change("position", SINCE, "Plant manager")),
        person(
            4, "K. Vos", "Buyer", Change("left", SINCE, "Buyer", organisation_after="Kaas & Co"), left=True
        ),
        person(5, "T. Aarts", "Maintenance", None),
    )
    as_of = now - timedelta(days=2)
    return with_section(
        talks,
        "linkedin",
        Kind.PERSON,
        *people,
        as_of=as_of,
        notice="This file knows only people connected to you.",
    )


class TestTheDrawings:
    @pytest.mark.parametrize("columns", [160, 80, 40])
    def test_the_contacts_look_as_drawn(self, columns: int, talks: Briefing, us: Us) -> None:
        expected = (EXPECTED / f"contacts-{columns}.txt").read_text(encoding="utf-8")
        assert text.contacts(recent(talks, us), us, columns, colour=False) == expected

    @pytest.mark.parametrize("columns", [160, 80, 40])
    def test_the_people_look_as_drawn(self, columns: int, there: Briefing, us: Us) -> None:
        expected = (EXPECTED / f"people-{columns}.txt").read_text(encoding="utf-8")
        assert text.people(roster(there), us, columns, colour=False) == expected

    @pytest.mark.parametrize("columns", [160, 80, 40])
    def test_the_note_stands_last(self, columns: int, two: Briefing, us: Us) -> None:
        noted = replace(two, note=Note("- ask about budget 2027\n\n* bring the stuklijst", two.customer.name))
        printed = text.briefing(noted, us, columns, colour=False)
        last = printed[printed.index("MY NOTE") :]
        expected = {
            160: ["MY NOTE    ask about budget 2027 · bring the stuklijst", "your own file, only here"],
            80: ["MY NOTE    ask about budget 2027 · bring the stuklijst", "your own file, only here"],
            40: [
                "MY NOTE ask about budget 2027 · bring",
                "the stuklijst",
                "your own file, only here",
                "13:21",
            ],
        }
        assert [
            part.strip() for line in last.split("\n") for part in line.split("     ") if part.strip()
        ] == (expected[columns])
        assert widths(printed) == {columns}


class TestWidths:
    @pytest.mark.parametrize("columns", [*range(20, 59, 6), 59, 60, 61, 80, 99, 100, 120, 160, 240])
    def test_every_line_is_exactly_as_wide_as_the_window(
        self, columns: int, talks: Briefing, there: Briefing, us: Us
    ) -> None:
        noted = replace(talks, note=Note("x " * 400, "Somebody else"))
        for why in (False, True):
            assert widths(text.contacts(recent(talks, us, every=True), us, columns, False, why)) == {columns}
            assert widths(text.people(roster(there), us, columns, False, why)) == {columns}
        assert widths(text.briefing(noted, us, columns, colour=False)) == {columns}

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=st.lists(st.text(max_size=40), min_size=1, max_size=8), columns=st.integers(20, 170))
    def test_whatever_the_sources_write(
        self, words: list[str], columns: int, there: Briefing, us: Us, rewrite: Rewrite
    ) -> None:
        hostile = rewrite(there, cycle(words))
        printed = text.contacts(recent(hostile, us, every=True), us, columns, False, True)
        assert widths(printed) == {columns}
        assert widths(text.people(roster(hostile), us, columns, False, True)) == {columns}


class TestAContact:
    def activity(self, briefing: Briefing, id: str, at: datetime, **more: Any) -> Activity:
        given: dict[str, Any] = {"type": "visit", "title": id, "people": (Participant("R. Smit"),), **more}
        return Activity(id=id, at=at, fetched_at=briefing.generated_at, no_url_reason="a test", **given)

    def printed(self, briefing: Briefing, us: Us, **more: Any) -> str:
        return text.contacts(recent(lined(briefing, us), us), us, more.pop("columns", 80), False, **more)

    def test_told_by_two_sources_shows_where_they_differ(self, two: Briefing, us: Us) -> None:
        at = two.generated_at - timedelta(days=3)
        people = (Participant("R. Smit"), Participant("T. Aarts"))
        told = with_section(two, "crm", Kind.ACTIVITY, self.activity(two, "bezoek", at))
        other = self.activity(two, "rondgang", at + timedelta(minutes=4), people=people)
        told = with_section(told, "calendar", Kind.ACTIVITY, other)
        rows = [row.strip() for row in self.printed(told, us).split("\n")]
        at_row = next(n for n, row in enumerate(rows) if "bezoek" in row and "CRM, Cal." in row)
        assert rows[at_row + 1] == 'Calendar: 13:25, "rondgang", with R. Smit, T. Aarts'
        assert "two sources on a line: each saw the same thing" in rows

    def test_on_which_one_was_copied_says_so(self, two: Briefing, us: Us) -> None:
        people = (
            Participant("R. Smit", role="from"),
            Participant("M. Bakker", "m.bakker@ons.example", role="to"),
            Participant("Anna Visser", "anna@ons.example", role="cc"),
        )
        at = two.generated_at - timedelta(days=3)
        mail = self.activity(two, "Re: onderdeel", at, type="mail", people=people, direction="in")
        printed = self.printed(with_section(two, "crm", Kind.ACTIVITY, mail), us)
        assert "Smit to Bakker, cc  Re: onderdeel" in printed
        assert "R. Smit    mail, Fri 13:21, to M. Bakker, cc: Re: onderdeel" in printed
        assert "cc: you were copied" in printed
        assert "NO ANSWER" not in printed.split("Everybody")[1].split("\n")[3]

    def test_of_a_plain_day_has_no_time(self, two: Briefing, us: Us) -> None:
        visit = replace(self.activity(two, "bezoek", two.generated_at), at=date(2026, 11, 20))
        printed = self.printed(with_section(two, "crm", Kind.ACTIVITY, visit), us)
        row = next(row for row in printed.split("Everybody")[1].split("\n") if "bezoek" in row)
        assert row.split() == ["Fri", "20", "visit", "R.", "Smit", "bezoek", "CRM"]

    def test_with_why_every_record_tells_how_it_came_here(self, two: Briefing, us: Us) -> None:
        printed = self.printed(two, us, why=True, columns=160)
        assert printed.count("CRM: matched by the domain vandijk.example") >= 5


class TestWhoWasAsked:
    def test_a_source_that_did_not_answer_is_named_with_its_reason(self, two: Briefing, us: Us) -> None:
        crm, calendar = two.panels
        silent = Section(Kind.MEETING, "failed", failure=LATE)
        failed = replace(calendar, state="failed", failure=LATE, sections=(silent,), fetched_at=None)
        printed = text.contacts(recent(lined(replace(two, panels=(crm, failed)), us), us), us, 80, False)
        assert "A. Yılmaz none found 1 of 2 sources answered" in " ".join(printed.split())
        assert "Calendar: no answer in time; passes by itself" in printed
        assert "in all" not in printed

    def test_nobody_is_told_apart_from_not_all_read(self, two: Briefing, us: Us) -> None:
        printed = text.contacts(recent(lined(two, us), us), us, 80, False)
        assert "58 more in CRM were not read" in printed
        assert "in what was read of 2 sources" in printed

    def test_no_source_of_contacts_at_all_is_still_a_page(self, two: Briefing, us: Us) -> None:
        bare = replace(two, panels=(), contacts=(), attendees=(), visit=None)
        assert "no source keeps contacts" in text.contacts(recent(bare, us), us, 80, False)
        assert "no source keeps persons" in text.people(roster(bare), us, 80, False)


class TestAPerson:
    def test_on_whom_sources_differ_shows_both_with_their_ages(self, there: Briefing, us: Us) -> None:
        printed = text.people(roster(there), us, 160, False)
        assert "CRM says Plant manager (just now), LinkedIn says COO (2 d)" in printed
        assert "CRM says Buyer (just now), LinkedIn says left (2 d)" in printed

    @pytest.mark.parametrize(
        ("consent", "shown"),
        [
            ({"mail": "ok"}, "r@vandijk.example mail ok"),
            ({"mail": "no"}, "r@vandijk.example do not mail"),
            ({"mail": "unknown"}, "r@vandijk.example"),
            ({"phone": "ok"}, "phone ok"),
            ({"visit": "no"}, "do not visit"),
        ],
    )
    def test_has_what_is_allowed_beside_the_channel(
        self, consent: Any, shown: str, two: Briefing, us: Us
    ) -> None:
        smit = Person(
            id="1", title="R. Smit", fetched_at=two.generated_at, no_url_reason="a test",
            emails=("r@vandijk.example",), consent=consent,
        )  # fmt: skip
        printed = text.people(roster(with_section(two, "crm", Kind.PERSON, smit)), us, 80, False)
        assert shown in [row.strip() for row in printed.split("\n")]


class TestANote:
    def test_written_for_somebody_else_says_so(self, two: Briefing, us: Us) -> None:
        noted = replace(two, note=Note("x", "Kaas & Co"))
        assert "written for Kaas & Co" in text.briefing(noted, us, 80, colour=False)

    def test_of_many_lines_tells_where_the_rest_is(self, two: Briefing, us: Us) -> None:
        printed = text.briefing(replace(two, note=Note("woord " * 200)), us, 80, colour=False)
        assert printed.count("woord woord") < 60
        assert "more: salesprep note --show" in printed
