"""To decide: each thing once, with what speaks for it and against it; and which of several is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Account, Document, Keys, Meeting, Person, Place, Record, Unavailable
from salesprep.briefing.choices import Choice, choices
from salesprep.briefing.model import Found, Match, Panel, Visit
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.briefing.recognition.group import Related
from salesprep.settings import Us
from salesprep.view.choose_board import choose_board
from salesprep.view.lines import width
from salesprep.view.voice import Voice, voice_of
from salesprep.view.which_board import which_board

KNOWN = Known("name", "Visser Techniek", "crm", "1100")
MAYBE = Match(
    "maybe", "name", (piece("name", "Visser Techniek", KNOWN), piece("other_form", "bvba", instead="bv"))
)


def found(cls: type[Any], id: str, title: str, source: str = "crm", **more: Any) -> Found:
    now = datetime.fromisoformat("2026-11-23T13:21:00+01:00")
    record: Record = cls(id=id, title=title, fetched_at=now, no_url_reason="a test", **more)
    return Found(source, record, MAYBE)


def told(lines: Any) -> list[str]:
    return [" ".join(line.text.split()) for line in lines]


@pytest.fixture
def open_() -> tuple[Choice, ...]:
    keys = Keys(account_id="1101")
    return choices(
        [
            found(
                Account,
                "1101",
                "Visser Techniek",
                place=Place(city="Genk"),
                keys=Keys(domains=("v-be.example",)),
            ),
            *(found(Person, str(n), "J. Visser", keys=keys) for n in range(2)),
            found(Document, "klanten/visser", "Visser", "wiki"),
        ]
    )


class TestWhatIsToBeDecided:
    def test_stands_by_source_with_its_evidence_and_what_hangs_under_it(
        self, open_: tuple[Choice, ...], voice: Voice
    ) -> None:
        shown = told(choose_board("Visser Techniek B.V.", open_, {}, voice, 80))
        assert shown == [
            "TO DECIDE Visser Techniek B.V. 2 open",
            "Which of these are theirs? Nothing is written before you say so.",
            "",
            "CRM",
            "open Visser Techniek company, Genk, v-be.example crm:1101",
            'for it: the name "Visser Techniek" (strong, of CRM 1100)',
            "against it: another legal form (bvba) (the customer: bv)",
            "with 2 persons",
            "",
            "Wiki",
            "open Visser page wiki/document:klanten/visser",
            'for it: the name "Visser Techniek" (strong, of CRM 1100)',
            "against it: another legal form (bvba) (the customer: bv)",
        ]

    def test_has_the_customers_side_beside_its_own_where_there_is_room(
        self, open_: tuple[Choice, ...], voice: Voice
    ) -> None:
        lines = choose_board("Visser", open_, {}, voice, 160)
        shown = told(lines)
        assert "known of the customer told here" in shown
        assert 'strong Visser Techniek, of CRM 1100 the name "Visser Techniek"' in shown
        assert "against it the customer: bv another legal form (bvba)" in shown
        columns = [
            line.text.index(said)
            for line in lines
            for said in ("told here", "another legal")
            if said in line.text
        ]
        assert len(set(columns)) == 1

    def test_tells_what_it_is_to_others_of_its_group(self, voice: Voice) -> None:
        holding = Related("subsidiary", "Kaasmakers Holding", "crm", "1042")
        match = Match("maybe", "name", MAYBE.evidence, (holding, Related("parent", "", "crm", "7")))
        one = choices([replace(found(Account, "1043", "Kaasmakers"), match=match)])
        for columns in (80, 160):
            shown = " ".join(told(choose_board("Kaasmakers", one, {}, voice, columns)))
            assert "a subsidiary of Kaasmakers Holding (CRM 1042), the parent of CRM 7" in shown

    def test_says_beside_each_what_the_user_said(self, open_: tuple[Choice, ...], voice: Voice) -> None:
        marks = {open_[0].target: "is_not", open_[1].target: "is"}
        shown = told(choose_board("Visser", open_, marks, voice, 80))  # type: ignore[arg-type]
        assert shown[0] == "TO DECIDE Visser 1 yes, 1 no"
        assert any(line.startswith("no Visser Techniek") for line in shown)
        assert any(line.startswith("yes Visser page") for line in shown)

    def test_is_what_the_cursor_stops_at_each_once(self, open_: tuple[Choice, ...], voice: Voice) -> None:
        about = [line.about for line in choose_board("Visser", open_, {}, voice, 80)]
        assert list(dict.fromkeys(id(each) for each in about if each is not None)) == [*map(id, open_)]

    @pytest.mark.parametrize(
        ("complete", "said"),
        [(True, "nothing is left to decide about Visser"), (False, "those that answered leave nothing")],
    )
    def test_when_it_is_nothing_says_so(self, complete: bool, said: str, voice: Voice) -> None:
        assert said in " ".join(told(choose_board("Visser", (), {}, voice, 80, complete=complete)))


class TestWhichOfSeveral:
    def test_is_told_apart_by_place_domain_source_and_id_side_by_side(self, voice: Voice) -> None:
        several = [
            found(Account, "1", "Visser B.V.", place=Place(city="Sneek"), keys=Keys(domains=("nl.example",))),
            found(Account, "2", "Visser bvba", place=Place(city="Genk"), keys=Keys(domains=("be.example",))),
        ]
        lines = which_board("visser", several, voice, 80)
        shown = told(lines)
        assert shown[0] == 'WHICH ONE? "visser" 2 fit'
        assert shown[3] == "Visser B.V. Sneek nl.example CRM crm:1"
        assert shown[5] == "Visser bvba Genk be.example CRM crm:2"
        assert lines[3].text.index("Sneek") == lines[5].text.index("Genk")

    def test_of_a_visit_says_when_that_is(self, voice: Voice, now: datetime) -> None:
        start = now + timedelta(hours=22)
        meeting = Meeting(
            id="1", title="bezoek Visser", fetched_at=now, no_url_reason="x", start=start, end=start
        )
        several = (found(Account, "1", "Visser B.V."),)
        visit = Visit("calendar", meeting, None, several)
        shown = told(which_board(meeting.title, several, voice, 80, visit=visit))
        assert shown[0] == 'WHICH ONE? "bezoek Visser", tomorrow 11:21 1 may fit'

    def test_may_be_known_to_a_source_that_did_not_answer(self, voice: Voice) -> None:
        failure = Unavailable("the server is away").failure()
        panel = Panel("linkedin", "LinkedIn", "x", "failed", failure=failure)
        shown = told(which_board("visser", (), voice, 80, panels=(panel,)))
        assert "no source knows one that fits" in shown
        assert "LinkedIn: the server is away; passes by itself" in shown


STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal takes for more than a letter."""
PIECES = (*"aZ9 [/]{}$\n\t", "\x1b", "\u202e", "\u05e9", "社", "👩‍🚀")
WILD = st.lists(st.sampled_from(PIECES), max_size=70).map("".join)


@given(name=WILD, other=WILD, columns=st.sampled_from([20, 40, 80, 160]))
def test_whatever_names_hold_breaks_no_column(name: str, other: str, columns: int) -> None:
    now = datetime.fromisoformat("2026-11-23T13:21:00+01:00")
    voice = voice_of(Us(), now, {"crm": other or "CRM"})
    match = Match(
        "maybe", "name", (piece("name", name), piece("other_domain", other), piece("other_name", other))
    )
    account = found(Account, other or "1", name, place=Place(text=other), keys=Keys(domains=(name,)))
    doubtful = Found("crm", account.record, match)
    for lines in (
        choose_board(name, choices([doubtful]), {}, voice, columns),
        which_board(name, [doubtful], voice, columns),
    ):
        assert {width(line.text) for line in lines} == {columns}
        assert not any(STEERS.search(line.text) for line in lines)
