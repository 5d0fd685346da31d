"""What only a person can say, by what right people are kept: never an adapter's to guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from salesprep.setup import Adapters, Looked, Offer, lacking, look, place_of, unsaid

Make = Callable[..., Adapters]

GUESSES = """
def people(**more):
    table = {"path": str(given.path), "legal_basis": "consent"}
    right = Choice(key="tables.person.legal_basis", label="right", value="consent",
                   options=("consent",), **more)
    return Proposal(name="people", title="People", what="people", sure="likely",
                    config={"tables": {"person": table}}, choices=(right,))
if given.head.startswith(b"SURE"):
    return (people(needed=True),)
if given.head.startswith(b"OPEN"):
    return (people(),)
kind = Choice(key="tables", label="it holds", value=None, options=("people",), needed=True,
              leads_to={"people": people(needed=True)})
return (Proposal(name="x", title="X", what="x", sure="possible", config={}, choices=(kind,)),)
"""


@pytest.fixture
def looked(adapters: Make, tmp_path: Path, now: datetime) -> Callable[[str], Looked]:
    """What a file of this text could be set up as."""

    def at(text: str) -> Looked:
        file = tmp_path / "people.csv"
        file.write_text(text, encoding="utf-8")
        found = look(place_of(str(file)), adapters(grid=GUESSES), now=now)
        assert found.troubles == ()
        return found

    return at


def offer(looked: Looked) -> Offer:
    return looked.findings[0].readings[0][0]


class TestAGuessByWhatRightPeopleAreKept:
    def test_is_not_taken(self, looked: Callable[[str], Looked]) -> None:
        proposal = offer(looked("SURE")).proposal
        assert "legal_basis" not in proposal.config["tables"]["person"]
        assert [one.value for one in proposal.choices] == [None]
        assert lacking(proposal) == proposal.choices
        assert "by what right" in unsaid(offer(looked("SURE"))).failure.what

    def test_is_not_needed_where_the_adapter_can_do_without(self, looked: Callable[[str], Looked]) -> None:
        proposal = offer(looked("OPEN")).proposal
        assert "legal_basis" not in proposal.config["tables"]["person"]
        assert lacking(proposal) == ()

    def test_is_not_taken_behind_another_choice(self, looked: Callable[[str], Looked]) -> None:
        (kind,) = offer(looked("?")).proposal.choices
        assert lacking(kind.leads_to["people"]) == kind.leads_to["people"].choices


class TestAPersonsWord:
    def test_is_taken_as_it_is(self, looked: Callable[[str], Looked]) -> None:
        proposal = offer(looked("SURE").stating("they asked for it")).proposal
        assert proposal.config["tables"]["person"]["legal_basis"] == "they asked for it"
        assert lacking(proposal) == ()

    def test_counts_for_whatever_a_choice_leads_to(self, looked: Callable[[str], Looked]) -> None:
        (kind,) = offer(looked("?").stating("contract")).proposal.choices
        assert kind.leads_to["people"].config["tables"]["person"]["legal_basis"] == "contract"
