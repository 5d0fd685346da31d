"""Why two records are one person's, or may be, in words; never how much they are alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from salesprep.adapter import Person
from salesprep.briefing.model import Found, Match, Tie
from salesprep.briefing.persons.match import Because, Reason
from salesprep.settings import Us
from salesprep.view.same_person import because, tied
from salesprep.view.voice import Voice, voice_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MAIL = "rob.smit@vandijk.example"


@pytest.fixture
def voice() -> Voice:
    return voice_of(Us(), NOW, {"crm": "CRM", "linkedin": "LinkedIn"})


def found(source: str, name: str) -> Found:
    person = Person(id=name, title=name, fetched_at=NOW, no_url_reason="a test")
    return Found(source, person, Match("same", "id"))


CRM, LINKEDIN = found("crm", "R. Smit"), found("linkedin", "Rob Smit")


def test_a_record_on_a_line_says_with_which_other_it_is_one(voice: Voice) -> None:
    tie = Tie(LINKEDIN, (Because("mail", MAIL), Because("initials")), CRM)
    assert list(tied([tie], voice)) == [
        f"Rob Smit (LinkedIn) is the same as in CRM: the address {MAIL}, initials that fit"
    ]


def test_a_guest_says_whose_records_are_theirs(voice: Voice) -> None:
    assert list(tied([Tie(CRM, (Because("name"),))], voice)) == ["is R. Smit (CRM): an equal name"]


def test_what_may_be_the_same_says_what_speaks_against_it(voice: Voice) -> None:
    tie = Tie(LINKEDIN, (Because("name"), Because("other_mail"), Because("somebody_else")), CRM)
    assert list(tied([tie], voice, perhaps=True)) == [
        "Rob Smit (LinkedIn) may be the same: an equal name; against it: another address, "
        "it may be somebody else here"
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_reason_has_its_words_and_no_figure(voice: Voice, language: str) -> None:
    told = replace(voice, us=replace(voice.us, language=language))
    for reason in get_args(Reason):
        words = because([Because(reason, "x")], told)
        assert words
        assert not any(c.isdigit() or c == "%" for c in words)
