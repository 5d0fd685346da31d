"""Home with a visit of two customers and a meeting of ours about one: which briefing opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesprep.machine import dirs
from salesprep.sample import lay_out
from tests.desk import SATURDAY, Sit

BOTH = """BEGIN:VEVENT
UID:both@ons.example
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Amsterdam:20261123T150000
DTEND;TZID=Europe/Amsterdam:20261123T160000
SUMMARY:Drieluik
ORGANIZER;CN=Anna de Boer:mailto:anna@ons.example
ATTENDEE;CN=R. Smit:mailto:r.smit@vandijk-machinebouw.example
ATTENDEE;CN=T. Test:mailto:t.test@vandijk-machinebouw.example
ATTENDEE;CN=P. Proef:mailto:p.proef@kaasenco.example
END:VEVENT
"""
OURS = """BEGIN:VEVENT
UID:ours@ons.example
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Amsterdam:20261123T153000
DTEND;TZID=Europe/Amsterdam:20261123T160000
SUMMARY:Voorbereiding Kaas & Co
ORGANIZER;CN=Anna de Boer:mailto:anna@ons.example
ATTENDEE;CN=M. Bakker:mailto:m.bakker@ons.example
END:VEVENT
"""


@pytest.fixture
def calendar(own_machine: Path) -> Path:
    """The user's own calendar of the sample that the interface is going to read."""
    assert own_machine
    return lay_out(dirs().cache, SATURDAY).folder / "calendars" / "anna.ics"


def put(calendar: Path, event: str) -> None:
    text = calendar.read_text(encoding="utf-8").replace("\r\n", "\n")
    calendar.write_text(text.replace("END:VCALENDAR", f"{event}END:VCALENDAR"), encoding="utf-8")


class TestAVisitWithTwoCustomers:
    async def test_asks_whose_briefing_to_open_and_each_can_be(self, sit: Sit, calendar: Path) -> None:
        put(calendar, BOTH)
        async with sit(120, 40) as desk:
            assert "Van Dijk Machinebouw B.V. and Kaas & Co" in desk.line_with("15:00")
            await desk.presses("down", "enter")
            assert desk.lines[0].startswith(' WITH WHOM?   "Drieluik"')
            await desk.presses("y")
            assert desk.lines[0].startswith(" WITH WHOM?"), "there is nothing to remember"
            await desk.presses("down", "enter")
            assert desk.lines[0].startswith(" KAAS & CO ")
            assert "also there: Van Dijk Machinebouw B.V." in desk.screen
            assert "storing lijn 4" not in desk.screen, "that is the other's"
            await desk.presses("escape")
            assert desk.lines[0].startswith(" TODAY")
            await desk.presses("enter", "enter")
            assert desk.lines[0].startswith(" VAN DIJK MACHINEBOUW B.V.")
            assert "also there: Kaas & Co" in desk.screen


class TestAMeetingOfOurs:
    async def test_opens_the_briefing_on_whom_it_is_about_and_its_next_visit(
        self, sit: Sit, calendar: Path
    ) -> None:
        put(calendar, OURS)
        async with sit(120, 40) as desk:
            assert "about Kaas & Co, internal" in desk.line_with("15:30")
            await desk.presses("down", "enter")
            assert desk.lines[0].startswith(" KAAS & CO ")
            assert "16:30" in desk.lines[0]
            assert "Voorbereiding" not in desk.lines[0]
