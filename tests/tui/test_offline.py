"""No network: what is on this machine is told in full, what is not keeps its place and says from when."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.desk import SETTINGS, Sit

CALENDAR = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//",
        "BEGIN:VEVENT",
        "UID:far@ons.example",
        "DTSTAMP:20261101T100000Z",
        "DTSTART:20261124T140000Z",
        "DTEND:20261124T150000Z",
        "SUMMARY:Bezoek Brink Pompen",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
).encode()


class Answering(BaseHTTPRequestHandler):
    """Has the one calendar, whatever is asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/calendar")
        self.send_header("Content-Length", str(len(CALENDAR)))
        self.end_headers()
        self.wfile.write(CALENDAR)

    def log_message(self, format: str, *values: object) -> None:
        """Nothing."""


class Network:
    """Another machine with a calendar on it, until the cable is pulled."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/anna.ics"
        self.is_there = True

    def goes_away(self) -> None:
        if self.is_there:
            self.is_there = False
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network()
    yield found
    found.goes_away()


@pytest.fixture
def settings(tmp_path: Path, network: Network) -> Path:
    """The sample's sources, all of this machine, and a calendar on the other one."""
    text = SETTINGS.read_text(encoding="utf-8").replace('"wiki"]', '"wiki", "team"]')
    team = f'[[sources.team.calendars]]\nurl = "{network.address}"\nowner = "anna@ons.example"\n'
    file = tmp_path / "settings.toml"
    file.write_text(f'{text}\n[sources.team]\nadapter = "ics"\ntitle = "Team"\n{team}', encoding="utf-8")
    return file


class TestWithoutANetwork:
    async def test_the_day_and_its_briefings_are_there_but_for_what_lies_elsewhere(
        self, sit: Sit, settings: Path, network: Network
    ) -> None:
        network.goes_away()
        async with sit(160, 45, settings=settings) as desk:
            assert "all sources ready but Team" in desk.lines[0]
            assert desk.line_with("Van Dijk Machinebouw").startswith(" › 14:00")
            await desk.presses("enter")
            assert "4 of 5 sources answered, not Team" in desk.screen
            assert "TEAM  did not answer" in desk.screen
            assert "no connection with 127.0.0.1" in desk.screen
            for fact in ("COMPLAINT  storing lijn 4", "LX-200", "A. Yılmaz", "Lijn 4, ombouw 2025"):
                assert fact in desk.screen
            await desk.presses("h")
            assert desk.lines[0].startswith(" RECENT CONTACTS   Van Dijk Machinebouw B.V.")
            assert "storing lijn 4  NO ANSWER" in desk.screen

    async def test_what_was_read_before_it_went_stays_and_says_of_when_it_is(
        self, sit: Sit, settings: Path, network: Network
    ) -> None:
        async with sit(160, 45, settings=settings) as desk:
            await desk.presses("/")
            await desk.pilot.press(*"brink pompen")
            await desk.presses("enter")
            assert "all sources answered" in desk.screen
            visit = "tomorrow 15:00  Bezoek Brink Pompen"
            assert visit in desk.screen
            network.goes_away()
            await desk.presses("R")
            assert "4 of 5 sources answered, not Team" in desk.screen
            assert visit in desk.screen
            assert "as of 13:21" in desk.line_with("TEAM  did not answer")
            assert "asking…" not in desk.screen
