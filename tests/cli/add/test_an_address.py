"""``salesprep add`` of a calendar's address, which is a secret."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.cli.add.desk import Desk, Run
from tests.cli.add.stand_ins import calendar


class Calendar(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = calendar().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@pytest.fixture
def server() -> Iterator[str]:
    """Where a calendar is published; this machine itself, so that ``webcal`` goes over http."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Calendar) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"webcal://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


class TestAnAddress:
    def test_that_is_a_secret_appears_nowhere_but_in_a_file_of_its_own(
        self, server: str, desk: Desk, inside: Run
    ) -> None:
        url = f"{server}/private-0a1b2c3d4e5f/basic.ics"
        looked = inside("add", url, "--format", "json")
        added = inside("add", url, "--yes")
        again = inside("add", url, "--yes")
        for done in (looked, added, again):
            assert done.returncode == 0, done.stderr
            assert "0a1b2c3d4e5f" not in done.stdout + done.stderr
        assert "a calendar at 127.0.0.1: 6 events" in added.stdout
        assert "Calendar: there already" in again.stdout
        (found,) = desk.settings["sources"]["calendar"]["calendars"]
        assert found["owner"] == "anna@ons.example"
        secret = desk.file.parent / found["secret_url"].removeprefix("file:")
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert "private-0a1b2c3d4e5f" in secret.read_text(encoding="utf-8")
        checked = inside("sources", "check", "calendar")
        assert "6 events" in checked.stdout
        assert "0a1b2c3d4e5f" not in inside("settings").stdout + checked.stdout

    def test_that_does_not_answer_is_told(self, desk: Desk, inside: Run) -> None:
        done = inside("add", "https://calendar.ons.example/private-0a1b2c3d4e5f/basic.ics", "--yes")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("salesprep: calendar.ons.example: ")
        assert "0a1b2c3d4e5f" not in done.stderr
