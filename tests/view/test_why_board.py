"""Why is this here: of each record how it was matched, how old it is, where it comes from, what it holds."""

from __future__ import annotations

import re
from dataclasses import fields as fields_of
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import (
    Activity,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Participant,
    Person,
    Place,
    Record,
    Ticket,
)
from salesprep.adapter.records import RECORD_TYPES, Change, Keys
from salesprep.briefing.model import Found, How, Match, Outcome, Panel, Section
from salesprep.briefing.recognition.evidence import Evidence, Known, piece
from salesprep.settings import Us
from salesprep.view.fields import _FIELDS, fields
from salesprep.view.lines import width
from salesprep.view.voice import Voice, voice_of
from salesprep.view.why_board import Fact, why_board

ALWAYS = {"id", "title", "url", "no_url_reason", "fetched_at", "fields", "series_id"}
"""What stands on the screen by itself, or in the id to decide on."""


HUNG = piece("id", "1042", Known("id", "1042", "crm", "1042"))


def found(record: Record, outcome: Outcome = "same", how: How = "id", *evidence: Evidence) -> Found:
    return Found("crm", record, Match(outcome, how, evidence or (HUNG,)))


def told(lines: Any) -> list[str]:
    return [" ".join(line.text.split()) for line in lines]


@pytest.fixture
def smit(now: datetime) -> Person:
    return Person(
        id="17",
        title="R. Smit",
        fetched_at=now - timedelta(hours=3),
        url="https://crm.ons.example/people/17",
        position="Plant manager",
        emails=("r.smit@vandijk.example",),
        consent={"mail": "no", "visit": "ok"},
        keys=Keys(account_id="1042"),
        change=Change("position", date(2026, 10, 18), position_before="Foreman"),
        fields={"Fax": "none"},
    )


class TestARecord:
    def test_tells_how_it_was_matched_its_id_its_age_and_its_address(
        self, smit: Person, voice: Voice
    ) -> None:
        shown = told(why_board((found(smit),), voice, 80))
        assert shown[0] == "WHY IS THIS HERE 1 record tells it"
        assert shown[2:8] == [
            "CRM · person 3 h",
            "R. Smit",
            "Matched by account 1042 (proof, as CRM has it)",
            "Address https://crm.ons.example/people/17",
            "Id crm/person:17",
            "Read today 10:21, 3 h ago",
        ]

    def test_tells_all_else_that_it_holds(self, smit: Person, voice: Voice) -> None:
        shown = told(why_board((found(smit),), voice, 80))
        assert "Job Plant manager" in shown
        assert "Change Changed job since your file of 18 Oct, was Foreman" in shown
        assert "Fax none" in shown

    def test_never_tells_an_address_without_whether_it_may_be_used(self, smit: Person, voice: Voice) -> None:
        shown = told(why_board((found(smit),), voice, 80))
        assert "Mail r.smit@vandijk.example · do not mail" in shown
        assert "Consent visit ok" in shown

    def test_without_an_address_says_why(self, now: datetime, voice: Voice) -> None:
        note = Activity(id="1", title="call", fetched_at=now, no_url_reason="the file has none")
        assert "Address no link: the file has none" in told(why_board((found(note),), voice, 80))

    def test_that_may_be_theirs_tells_what_speaks_for_it_and_against_it(
        self, smit: Person, voice: Voice
    ) -> None:
        other = piece("other_domain", "x.example", instead="y.example")
        doubtful = found(smit, "maybe", "name", piece("name", "Smit"), other)
        shown = told(why_board((doubtful,), voice, 80))
        assert 'For it the name "Smit" (strong, you said so)' in shown
        assert "Against it another domain (x.example) (the customer: y.example)" in shown
        assert not any(line.startswith("Matched by") for line in shown)

    def test_of_a_file_tells_of_which_day_that_is(self, smit: Person, voice: Voice, now: datetime) -> None:
        section = Section(Kind.PERSON, "fresh", fetched_at=now, as_of=now - timedelta(days=2))
        panel = Panel("crm", "CRM", "x", "fresh", (section,), fetched_at=now)
        shown = told(why_board((found(smit),), voice, 80, (panel,)))
        assert "CRM · person file of 21 Nov" in shown
        assert "Read today 10:21, 3 h ago, from a file of 21 Nov" in shown

    def test_of_a_series_has_the_id_that_decides_on_all_of_it(self, now: datetime, voice: Voice) -> None:
        weekly = Meeting(
            id="m#3", title="Overleg", fetched_at=now, no_url_reason="x", start=now, end=now, series_id="m"
        )
        assert "Id crm/meeting:m" in told(why_board((found(weekly),), voice, 80))

    def test_keeps_the_lines_of_a_text_and_cuts_what_never_ends(self, now: datetime, voice: Voice) -> None:
        body = "first\n\nsecond\n" + "again and again\n" * 200
        note = Activity(id="1", title="call", fetched_at=now, no_url_reason="x", body=body)
        shown = told(why_board((found(note),), voice, 80))
        start = shown.index("Text first")
        assert shown[start + 1] == "second"
        assert len(shown) < 80
        assert shown[-1].endswith("…")

    def test_says_of_an_empty_next_step_that_there_is_none(self, now: datetime, voice: Voice) -> None:
        offer = Opportunity(
            id="1",
            title="LX-200",
            fetched_at=now,
            no_url_reason="x",
            amount=Money(Decimal(180000), "EUR"),
            next_step="",
        )
        shown = told(why_board((found(offer),), voice, 80))
        assert "Next step none written down" in shown
        assert "Amount € 180.000" in shown

    def test_says_who_is_in_it_as_what(self, now: datetime, voice: Voice) -> None:
        people = (
            Participant("R. Smit", "r@x.example", "organiser", "accepted"),
            Participant(None, "k@x.example", "cc"),
        )
        ticket = Ticket(id="1", title="x", fetched_at=now, no_url_reason="x", people=people)
        shown = told(why_board((found(ticket),), voice, 80))
        at = shown.index("People R. Smit (organiser, accepted, r@x.example)")
        assert shown[at + 1] == "k@x.example (copied)"


class TestTheCursor:
    def test_goes_from_fact_to_fact_and_knows_the_record_of_each(self, smit: Person, voice: Voice) -> None:
        here = found(smit)
        about = [line.about for line in why_board((here,), voice, 80) if line.about is not None]
        facts = [fact for fact in about if isinstance(fact, Fact)]
        assert len(facts) == len(about)
        assert all(fact.evidence == (here,) for fact in facts)
        (address,) = {fact.text for fact in facts if fact.word == "Address"}
        assert address == smit.url


class TestEveryField:
    @pytest.mark.parametrize("cls", RECORD_TYPES.values())
    def test_of_every_kind_has_a_name_for_readers(self, cls: type[Record]) -> None:
        assert {field.name for field in fields_of(cls)} <= ALWAYS | set(_FIELDS)

    def test_is_told_in_the_readers_language(self, smit: Person, dutch: Us, now: datetime) -> None:
        labels = dict(fields(smit, voice_of(dutch, now, {})))
        assert labels["Functie"] == "Plant manager"
        assert labels["Mail"].endswith("niet mailen")

    def test_of_a_place_tells_each_part_once(self, now: datetime, voice: Voice) -> None:
        where = Place(text="Kade 1, Gent", city="Gent", country="BE")
        meeting = Meeting(
            id="1", title="x", fetched_at=now, no_url_reason="x", start=now, end=now, place=where
        )
        assert dict(fields(meeting, voice))["Place"] == "Kade 1, Gent, BE"


STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal takes for more than a letter."""
PIECES = (*"aZ9 [/]{}$\n\t", "\x1b", "\u202e", "\u05e9", "社", "e\u0301", "👩‍🚀")
WILD = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(title=WILD, label=WILD, value=WILD, columns=st.sampled_from([20, 40, 80, 160]))
def test_whatever_a_source_says_breaks_no_column(title: str, label: str, value: str, columns: int) -> None:
    now = datetime.fromisoformat("2026-11-23T13:21:00+01:00")
    record = Activity(
        id=value or "1",
        title=title,
        fetched_at=now,
        url=f"https://x.example/{value}",
        type=value,
        body=value,
        fields={label: value},
        people=(Participant(title, value, label),),
    )
    lines = why_board((found(record),), voice_of(Us(), now, {"crm": title or "CRM"}), columns)
    assert {width(line.text) for line in lines} == {columns}
    assert not any(STEERS.search(line.text) for line in lines)
