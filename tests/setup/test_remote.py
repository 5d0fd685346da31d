"""An address is read once, from a real server on this machine, and nothing of it is told but its host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from salesprep.setup import Place, Trouble, fetch

SECRET = "private-0a1b2c3d4e5f"


class Server(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  one server at a time

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status = int(self.path.split("/")[1])
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://elsewhere.example/")
        body = b"BEGIN:VCALENDAR\r\n" + b"x" * 100_000
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@pytest.fixture
def server() -> Iterator[str]:
    Server.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


class TestAnAddress:
    def test_is_read_once_and_its_beginning_kept(self, server: str, now: datetime) -> None:
        found = fetch(Place(url=f"{server}/200/{SECRET}/a.ics"), now=lambda: now)
        assert isinstance(found, Place)
        assert found.head.startswith(b"BEGIN:VCALENDAR")
        assert len(found.head) == 65536
        assert Server.asked == [f"/200/{SECRET}/a.ics"]

    @pytest.mark.parametrize(
        ("status", "what"),
        [
            (401, "wants a login"),
            (403, "refuses access"),
            (404, "leads nowhere"),
            (302, "leads nowhere, or is none that can be asked"),
            (500, ""),
        ],
    )
    def test_that_does_not_answer_is_told_without_its_secret(
        self, status: int, what: str, server: str, now: datetime
    ) -> None:
        found = fetch(Place(url=f"{server}/{status}/{SECRET}/a.ics"), now=lambda: now)
        assert isinstance(found, Trouble)
        assert found.shown == "127.0.0.1"
        assert what in found.failure.what
        assert found.failure.mend
        assert SECRET not in str(found)
        assert "[sources" not in str(found)

    def test_with_a_password_in_it_is_refused_before_it_is_asked(self, now: datetime) -> None:
        found = fetch(Place(url="https://anna:hunter2@calendar.example/a.ics"), now=lambda: now)
        assert isinstance(found, Trouble)
        assert "holds a user name or a password" in found.failure.what
        assert "hunter2" not in str(found)

    def test_of_a_host_that_is_not_there_is_told(self, now: datetime) -> None:
        found = fetch(Place(url="https://calendar.ons.example/a.ics"), now=lambda: now)
        assert isinstance(found, Trouble)
        assert found.failure.mend == "see whether the address is right and the network is there"
