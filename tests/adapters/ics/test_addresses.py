"""Calendars read from web addresses: a real Radicale, and a stand-in server for what it does not do."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from salesprep import kit
from salesprep.adapter import AuthRequired, BadData, ConfigInvalid, SourceError, Unavailable, Window
from salesprep.settings import Settings, Source, Us
from salesprep.sources.http import HttpClient

Desk = Any
Local = Callable[[str], datetime]

WEEKLY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Europe/Amsterdam:20261005T100000\r\n"
    "DTEND;TZID=Europe/Amsterdam:20261005T110000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:{title}\r\n"
    "ATTENDEE;CN=R. Smit:mailto:r.smit@vandijk.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@contextlib.asynccontextmanager
async def client(*hosts: str, deadline: float = 30) -> AsyncIterator[Any]:
    """The host's own HTTP client, for these ``host:port``."""
    log = logging.getLogger("tests.ics.http")
    http = HttpClient(source="agenda", allowed_hosts=frozenset(hosts), log=log, now=datetime.now)
    try:
        yield http.bound(time.monotonic() + deadline)
    finally:
        await http.close()


# -- Radicale -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real calendar server on this machine, which wants a login."""
    folder = tmp_path_factory.mktemp("radicale")
    (folder / "users").write_text("anna:x\n")
    auth = f"type = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain"
    with serving(folder, auth) as address:
        yield address


@contextlib.contextmanager
def serving(folder: Path, auth: str) -> Iterator[str]:
    """A Radicale with its calendars in ``folder``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[rights]\ntype = authenticated\n[auth]\n{auth}\n"
        f"[storage]\nfilesystem_folder = {folder / 'collections'}\n[logging]\nlevel = error\n"
    )
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_for(port, server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        if os.name == "posix":
            os.killpg(server.pid, signal.SIGTERM)
        else:
            server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        assert server.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


class Collection:
    """A calendar on Radicale, filled over HTTP as its users do."""

    def __init__(self, root: str, name: str) -> None:
        self.url = f"{root}/anna/{name}/"
        self._login = {"Authorization": "Basic " + base64.b64encode(b"anna:x").decode()}

    async def make(self) -> None:
        await self._send("MKCALENDAR", self.url, b"", {201})

    async def put(self, uid: str, title: str) -> None:
        body = WEEKLY.format(uid=uid, title=title).encode()
        await self._send("PUT", f"{self.url}{uid}.ics", body, {201, 204})

    async def _send(self, method: str, url: str, body: bytes, good: set[int]) -> None:
        headers = self._login | {"Content-Type": "text/calendar; charset=utf-8"}
        async with (
            ClientSession() as session,
            session.request(method, url, data=body, headers=headers) as response,
        ):
            assert response.status in good, await response.text()


@dataclass
class Recording:
    """Passes requests on, with a login, and remembers what was sent and answered."""

    inner: Any
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[str | None, int]] = field(default_factory=list)

    async def get(self, url: str, **named: Any) -> Any:
        named["headers"] = {**(named.get("headers") or {}), **self.headers}
        response = await self.inner.get(url, **named)
        self.seen.append((named.get("etag"), response.status))
        return response

    async def head(self, url: str, **named: Any) -> Any:
        return await self.inner.head(url, **named)


class TestACalendarOnRadicale:
    async def test_is_read_whole_and_seen_to_change(self, desk: Desk, radicale: str, local: Local) -> None:
        calendar = Collection(radicale, "whole")
        await calendar.make()
        await calendar.put("one", "Overleg één")
        async with client(radicale.partition("//")[2]) as http:
            login = {"Authorization": "Basic " + base64.b64encode(b"anna:x").decode()}
            desk.http = Recording(http, login)
            table = {"url": calendar.url, "owner": "anna@ours.example"}
            desk.opens(table)
            page = await desk.agenda()
            assert [(m.title, m.start) for m in page.records] == [
                ("Overleg één", local("2026-11-30 10:00")),
                ("Overleg één", local("2026-12-07 10:00")),
            ]
            found = await desk.about(domains=["vandijk.example"])
            assert {m.start.strftime("%H:%M") for m in found.records} == {"10:00"}
            assert len({m.start.utcoffset() for m in found.records}) == 2
            desk.opens(table)
            assert (await desk.agenda()).records == page.records
            await calendar.put("two", "Nieuw")
            desk.opens(table)
            assert {m.title for m in (await desk.agenda()).records} == {"Overleg één", "Nieuw"}

    async def test_is_asked_whether_it_has_changed(self, desk: Desk, radicale: str) -> None:
        calendar = Collection(radicale, "conditional")
        await calendar.make()
        await calendar.put("one", "Overleg")
        async with client(radicale.partition("//")[2]) as http:
            login = {"Authorization": "Basic " + base64.b64encode(b"anna:x").decode()}
            desk.http = record = Recording(http, login)
            desk.opens({"url": calendar.url})
            await desk.agenda()
            desk.opens({"url": calendar.url})
            await desk.agenda()
        assert record.seen[0] == (None, 200)
        assert record.seen[1][0] is not None

    async def test_without_events_is_an_empty_agenda(self, desk: Desk, radicale: str) -> None:
        calendar = Collection(radicale, "empty")
        await calendar.make()
        async with client(radicale.partition("//")[2]) as http:
            desk.http = Recording(http, {"Authorization": "Basic " + base64.b64encode(b"anna:x").decode()})
            desk.opens({"url": calendar.url})
            assert (await desk.agenda()).records == ()

    async def test_that_wants_a_login_says_so(self, desk: Desk, radicale: str) -> None:
        async with client(radicale.partition("//")[2]) as http:
            desk.http = http
            desk.opens({"url": f"{radicale}/anna/whole/"})
            with pytest.raises(AuthRequired):
                await desk.agenda()

    def test_passes_the_kit(self, tmp_path: Path) -> None:
        """``adapter check ics --live``: what its silver level stands on."""
        with serving(tmp_path, "type = none") as address:
            calendar = Collection(address, "live")

            async def fill() -> None:
                await calendar.make()
                await calendar.put("one", "Overleg")

            asyncio.run(fill())
            config = {"calendars": [{"url": calendar.url, "owner": "anna@ons.example"}]}
            source = Source("agenda", "ics", "AGENDA", config, tmp_path / "settings.toml")
            report = kit.check(
                Path(__file__).parents[3] / "adapters" / "ics",
                live=Settings(Us(), {"agenda": source}),
                only=("live-check", "live-answers"),
            )
        assert {result.check: result.outcome for result in report.results} == {
            "live-check": "passed",
            "live-answers": "passed",
        }
        assert "0 records" not in " ".join(result.found for result in report.results)


# -- a stand-in for the rest --------------------------------------------------------------------


@dataclass
class Server:
    """One calendar address with ETag and Last-Modified, and the requests that came."""

    body: bytes = b""
    status: int = 200
    etag: str | None = '"1"'
    modified: str | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    place: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(dict(request.headers))
        headers = {}
        if self.etag:
            headers["ETag"] = self.etag
        if self.modified:
            headers["Last-Modified"] = self.modified
        known = request.headers.get("If-None-Match") if self.etag else None
        known_time = request.headers.get("If-Modified-Since") if self.modified else None
        if (known and known == self.etag) or (known_time and known_time == self.modified):
            return web.Response(status=304, headers=headers)
        return web.Response(status=self.status, body=self.body, headers=headers)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    one = Server(body=WEEKLY.format(uid="1", title="Overleg").encode())
    app = web.Application()
    app.router.add_get("/secret-path/agenda.ics", one.answer)
    async with TestServer(app, host="127.0.0.1") as running:
        one.place = f"127.0.0.1:{running.port}"
        one.url = f"http://{one.place}/secret-path/agenda.ics"
        yield one


class TestAnAddressThatHasNotChanged:
    @pytest.mark.parametrize(
        ("etag", "modified", "header"),
        [('"1"', None, "If-None-Match"), (None, "Sun, 01 Nov 2026 10:00:00 GMT", "If-Modified-Since")],
    )
    async def test_is_not_sent_again(
        self, desk: Desk, server: Server, etag: str | None, modified: str | None, header: str
    ) -> None:
        server.etag, server.modified = etag, modified
        async with client(server.place) as desk.http:
            desk.opens({"url": server.url})
            first = await desk.agenda()
            desk.opens({"url": server.url})
            server.body = b"not sent"
            assert (await desk.agenda()).records == first.records
        assert header not in server.requests[0]
        assert server.requests[1][header] == (etag or modified)

    async def test_but_is_sent_again_is_not_worked_out_again(
        self, desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with client(server.place) as desk.http:
            desk.opens({"url": server.url})
            first = await desk.agenda()
            server.etag = '"2"'
            monkeypatch.setattr("adapters.ics.look.build", lambda *_: pytest.fail("built again"))
            for _ in range(2):
                desk.opens({"url": server.url})
                assert (await desk.agenda()).records == first.records
        assert [r.get("If-None-Match") for r in server.requests] == [None, '"1"', '"2"']

    async def test_is_asked_once_for_all_pages(self, desk: Desk, server: Server) -> None:
        server.body = server.body.replace(b"WEEKLY", b"DAILY")
        async with client(server.place) as desk.http:
            adapter = desk.opens({"url": server.url})
            page = await desk.agenda(days=80)
            window = Window(desk.now, desk.now.replace(year=2027, month=2, day=11))
            further = await adapter.upcoming(window, page.cursor, desk.request())
        assert len(page.records) == 50
        assert len(further.records) == 30
        assert not {m.id for m in page.records} & {m.id for m in further.records}
        assert len(server.requests) == 1

    async def test_is_asked_anew_if_nothing_is_kept(self, desk: Desk, server: Server) -> None:
        desk.store = None
        async with client(server.place) as desk.http:
            for _ in range(2):
                desk.opens({"url": server.url})
                assert (await desk.agenda()).total == 2
        assert "If-None-Match" not in server.requests[1]


class TestAnAddressThatFails:
    @pytest.mark.parametrize(
        ("status", "body", "error"),
        [
            (200, b"<html>log in</html>", BadData),
            (401, b"", AuthRequired),
            (404, b"", ConfigInvalid),
            (503, b"", Unavailable),
        ],
    )
    async def test_says_why(
        self, desk: Desk, server: Server, status: int, body: bytes, error: type[SourceError]
    ) -> None:
        server.status, server.body = status, body
        async with client(server.place) as desk.http:
            desk.opens({"url": server.url})
            with pytest.raises(error):
                await desk.agenda()

    async def test_leaves_a_file_beside_it_and_is_named(self, desk: Desk, server: Server) -> None:
        server.status = 503
        path = desk.write("UID:1\nDTSTART:20261124T090000Z\nSUMMARY:Mine")
        async with client(server.place) as desk.http:
            desk.opens({"path": str(path)}, {"url": server.url, "name": "Jan"})
            page = await desk.agenda()
        assert [m.title for m in page.records] == ["Mine"]
        assert page.refused == ()
        assert page.failure is not None
        assert page.failure.code == "unavailable"
        assert page.failure.what.startswith("Jan could not be read")

    async def test_and_comes_back_is_asked_conditionally_still(self, desk: Desk, server: Server) -> None:
        async with client(server.place) as desk.http:
            desk.opens({"url": server.url})
            first = await desk.agenda()
            server.status, server.etag = 503, '"gone"'
            desk.opens({"url": server.url})
            with pytest.raises(Unavailable):
                await desk.agenda()
            server.status, server.etag = 200, '"1"'
            desk.opens({"url": server.url})
            assert (await desk.agenda()).records == first.records
        assert server.requests[-1]["If-None-Match"] == '"1"'


class TestASecretAddress:
    async def test_is_told_nowhere(
        self, desk: Desk, server: Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        told: list[str] = []
        server.body = server.body.replace(b"END:VEVENT", f"URL:{server.url}?event=1\r\nEND:VEVENT".encode())
        async with client(server.place) as desk.http:
            adapter = desk.opens({"secret_url": server.url})
            page = await desk.agenda()
            told += [repr(page), repr(adapter.config), repr(await adapter.check(desk.request()))]
            assert page.records[0].url is None
            for status in (401, 403, 404, 429, 500, 418):
                server.status, server.etag = status, f'"{status}"'
                adapter = desk.opens({"secret_url": server.url})
                with pytest.raises(SourceError) as caught:
                    await desk.agenda()
                told += [repr(caught.value.failure()), repr(await adapter.check(desk.request()))]
        told.append(str(_kept(desk.store)))
        for text in told:
            assert server.place not in text
        ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
        for text in [*told, *ours]:
            assert "secret-path" not in text

    async def test_lets_its_events_link_elsewhere(self, desk: Desk, server: Server) -> None:
        server.body = server.body.replace(b"END:VEVENT", b"URL:https://calendar.example/1\r\nEND:VEVENT")
        async with client(server.place) as desk.http:
            desk.opens({"secret_url": server.url})
            assert (await desk.agenda()).records[0].url == "https://calendar.example/1"


def _kept(store: Path) -> list[Any]:
    kept = sqlite3.connect(store / "calendars.sqlite")
    rows = kept.execute("SELECT calendar, name, state, head FROM file").fetchall()
    kept.close()
    return rows


class TestTheTimeIsUp:
    async def test_while_waiting_for_a_server_ends_the_look(self, desk: Desk, server: Server) -> None:
        async with client(server.place) as http:

            class Slow:
                async def get(self, url: str, **named: Any) -> Any:
                    await asyncio.sleep(3600)

            desk.http = Slow()
            adapter = desk.opens({"url": server.url})
            task = asyncio.create_task(desk.agenda())
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            desk.http = http
            assert adapter is desk.adapter
            assert (await desk.agenda()).total == 2
