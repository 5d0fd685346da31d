"""The coming visits in words: with two customers, about one among ourselves, and how that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salesprep.adapter import Meeting, Participant
from salesprep.briefing.model import Agenda, Customer, Involved, Visit
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.settings import Us
from salesprep.view.agenda import agenda_board
from salesprep.view.visits import named, spoken_about
from salesprep.view.voice import Voice
from salesprep.view.with_whom_board import with_whom_board

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZONE)
US = Us(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",), zone=ZONE)
VAN_DIJK, KAAS = Customer("crm:1", "Van Dijk Machinebouw"), Customer("crm:2", "Kaas & Co")
DOMAIN = piece("domain", "vandijk.example", Known("domain", "vandijk.example", "crm", "1"))
GUEST = piece("domain", "kaas.example", Known("domain", "kaas.example", "crm", "2"))


def visit(hours: float = 1, title: str = "Overleg", **more: object) -> Visit:
    start = NOW + timedelta(hours=hours)
    people = (Participant(name="M. Bakker", email="m.bakker@ons.example"),)
    meeting = Meeting(
        id=title,
        title=title,
        start=start,
        end=start + timedelta(hours=1),
        fetched_at=NOW,
        no_url_reason="test",
        people=people,
    )
    made = Visit("calendar", meeting, VAN_DIJK, why=DOMAIN, reasons=(DOMAIN,))
    return replace(made, **more)  # type: ignore[arg-type]


BOTH = visit(also=(Involved(KAAS, (GUEST,)),))


def board(*visits: Visit, internal: tuple[Visit, ...] = (), columns: int = 100, why: bool = False) -> str:
    told = Agenda(NOW, visits, (None,) * len(visits), (), internal=internal)
    lines = agenda_board(told, US, columns, why=why)
    assert {line.width for line in lines} == {columns}
    return "\n".join(line.text.rstrip() for line in lines)


def test_a_visit_with_two_is_one_line_with_both_names() -> None:
    assert "14:21  Van Dijk Machinebouw and Kaas & Co" in board(BOTH)


def test_whom_it_is_about_without_their_being_there_stands_beneath() -> None:
    about = visit(also=(Involved(KAAS, (GUEST,), about=True),))
    voice = Voice(US, NOW)
    assert named(about, voice) == "Van Dijk Machinebouw"
    assert spoken_about(about, voice) == "also about Kaas & Co"
    assert "also about Kaas & Co" in board(about)


def test_a_meeting_of_ours_stands_at_its_time_and_is_told_as_no_visit() -> None:
    shown = board(visit(3), internal=(visit(1, "Voorbereiding", about=True),))
    assert shown.index("about Van Dijk Machinebouw, internal") < shown.index("16:21")
    assert '"Voorbereiding"' in shown


def test_a_day_with_nothing_but_a_meeting_of_ours_has_no_visit() -> None:
    shown = board(internal=(visit(1, "Voorbereiding", about=True),))
    assert "no calendar was asked" in shown
    assert "internal" in shown


def test_each_customer_is_told_how_it_is_known_if_asked() -> None:
    assert "known by" not in board(BOTH)
    shown = " ".join(board(BOTH, why=True).split())
    assert "Van Dijk Machinebouw: known by the domain vandijk.example (CRM 1)" in shown
    assert "Kaas & Co: known by the domain kaas.example (CRM 2)" in shown


def test_in_a_narrow_window_too() -> None:
    shown = " ".join(board(BOTH, internal=(visit(3, about=True),), columns=40, why=True).split())
    assert "Van Dijk Machinebouw and Kaas & Co" in shown
    assert "known by" in shown


def test_whose_briefing_to_open_is_asked_with_what_tells_of_each() -> None:
    lines = with_whom_board(BOTH, Voice(US, NOW), 80)
    assert [line.about for line in lines if line.about is not None] == [VAN_DIJK, KAAS]
    assert any("the domain kaas.example (CRM 2)" in line.text for line in lines)
