"""What may or may not be the customer's: each thing to decide once, however much hangs under it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from salesprep.adapter import Account, Activity, Keys, Kind, Meeting, Participant, Person
from salesprep.briefing.model import Agenda, Customer, Differs, Found, Match, Panel, Said, Section, Visit
from salesprep.briefing.recognition.evidence import piece
from salesprep.settings import Us
from salesprep.view.agenda import agenda_board
from salesprep.view.panel import panel
from salesprep.view.sections.contacts import ACTIVITIES
from salesprep.view.voice import Voice

MAYBE = Match("maybe", "name", (piece("name", "Visser Techniek"), piece("namesake")))


@pytest.fixture
def account(now: datetime) -> Callable[[str, str], Account]:
    return lambda id, name: Account(id=id, title=name, fetched_at=now, no_url_reason="none")


class TestAPanel:
    @pytest.fixture
    def undecided(self, account: Callable[[str, str], Account], now: datetime) -> Panel:
        keys = Keys(account_id="visser", organisation="Visser Techniek")
        people = tuple(
            Found("club", Person(id=n, title=n, fetched_at=now, no_url_reason="none", keys=keys), MAYBE)
            for n in ("B. Visser", "J. Visser")
        )
        section = Section(Kind.PERSON, "choose", candidates=people, fetched_at=now)
        found = Found("club", account("visser", "Visser Techniek"), MAYBE)
        return Panel("club", "Club", "x", "choose", (section,), (found,), fetched_at=now)

    def test_asks_for_the_account_and_counts_what_hangs_under_it(
        self, undecided: Panel, voice: Voice
    ) -> None:
        told = [" ".join(each.text.split()) for each in panel(undecided, voice, 78, ruled=False, airy=False)]
        assert told[0].startswith("CLUB which one?")
        assert told[1] == "Visser Techniek"
        assert told[-1] == "with 2 persons"
        assert not any("J. Visser" in line for line in told)

    def test_shows_all_of_it_with_why(self, undecided: Panel, voice: Voice) -> None:
        told = " ".join(each.text for each in panel(undecided, voice, 78, ruled=False, airy=False, why=True))
        assert "B. Visser" in told
        assert "J. Visser" in told
        assert "with 2 persons" not in told


class TestAVisit:
    @pytest.mark.parametrize(
        ("candidates", "told"),
        [
            (("crm:Berghout Bouw B.V.", "crm:Berghout Stal"), "2 fit: Berghout Bouw B.V., Berghout Stal"),
            (("crm:Berghout Bouw B.V.", "club:Berghout Bouw"), "1 may fit: Berghout Bouw B.V."),
            (("crm:Visser", "crm:Visser B.V.", "club:Visser"), "2 fit: Visser, Visser B.V."),
        ],
    )
    def test_asks_for_each_customer_once(
        self,
        candidates: tuple[str, ...],
        told: str,
        account: Callable[[str, str], Account],
        us: Us,
        now: datetime,
    ) -> None:
        parts = (one.partition(":") for one in candidates)
        found = tuple(Found(source, account(name, name), MAYBE) for source, _colon, name in parts)
        start = now + timedelta(hours=2)
        meeting = Meeting(
            id="1", title="bezoek", fetched_at=now, no_url_reason="none", start=start, end=start
        )
        agenda = Agenda(now, (Visit("calendar", meeting, None, found),), (None,), ())
        shown = " ".join(" ".join(each.text for each in agenda_board(agenda, us, 120)).split())
        assert f"which customer? {told}" in shown


def test_a_first_line_calls_a_source_as_its_panel_would(us: Us, now: datetime) -> None:
    start = now + timedelta(hours=2)
    meeting = Meeting(id="1", title="x", fetched_at=now, no_url_reason="none", start=start, end=start)
    visit = Visit("calendar", meeting, Customer("1", "Kaas & Co"))
    said = (Said("crm", "Buyer"), Said("linkedin", "left"))
    differs = Differs(about="K. Vos", what="left", said=said, evidence=())
    titles = (("crm", "CRM"), ("linkedin", "LinkedIn"))
    shown = "".join(
        each.text for each in agenda_board(Agenda(now, (visit,), (differs,), (), titles=titles), us, 120)
    )
    assert "CRM Buyer, LinkedIn left" in shown


class TestATalk:
    def row(self, voice: Voice, now: datetime, **more: object) -> list[str]:
        people = (
            Participant("Anna Visser", "anna@ons.example", role="owner"),
            Participant("R. Smit", role="contact"),
        )
        values = {
            "id": "1",
            "title": "x",
            "fetched_at": now,
            "no_url_reason": "none",
            "people": people,
            **more,
        }
        made = Activity(**values)  # type: ignore[arg-type]
        row = ACTIVITIES.draw(Found("crm", made, Match("same", "id")), voice)
        return [span.text for span in (*row.cells[2:3], *row.notes)]

    def test_is_between_two_and_whoever_began_comes_first(self, voice: Voice, now: datetime) -> None:
        assert self.row(voice, now, type="phone", direction="out") == ["you, R. Smit"]
        assert self.row(voice, now, type="phone", direction="in") == ["R. Smit, you"]
        assert self.row(voice, now, type="mail", direction="in") == ["R. Smit to you"]

    def test_without_an_answer_says_whose_turn_it_is(self, voice: Voice, now: datetime) -> None:
        theirs = self.row(voice, now, type="mail", direction="in", answered=False)
        assert theirs == ["R. Smit to you", "no answer from us"]
        ours = self.row(voice, now, type="mail", direction="out", answered=False)
        assert ours == ["you to R. Smit", "no reply to this one"]
