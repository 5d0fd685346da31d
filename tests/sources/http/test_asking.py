"""An adapter asks an address: what is sent, and what comes back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from salesprep.adapter import AdapterBug, BadData, ConfigInvalid, DeadlineExceeded, Unavailable

if TYPE_CHECKING:
    from tests.sources.http.conftest import Clients, SaysRaw, Serve


async def hello(request: web.Request) -> web.Response:
    return web.Response(
        text="hello",
        headers={"ETag": '"v1"', "Last-Modified": "Thu, 19 Nov 2026 10:00:00 GMT", "X-Kind": "Note"},
    )


class TestAnAnswer:
    async def test_holds_status_body_and_headers_in_lower_case(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        answer = await clients.http(site.place).get(site.url("/a"))

        assert (answer.status, answer.body) == (200, b"hello")
        assert answer.headers["x-kind"] == "Note"
        assert not answer.not_modified
        assert answer.url == site.url("/a")

    async def test_holds_the_validators_to_ask_with_next_time(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        answer = await clients.http(site.place).get(site.url())

        assert answer.etag == '"v1"'
        assert answer.last_modified == "Thu, 19 Nov 2026 10:00:00 GMT"

    async def test_to_head_has_no_body(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        answer = await clients.http(site.place).head(site.url())

        assert site.asked[0].method == "HEAD"
        assert (answer.status, answer.body, answer.headers["x-kind"]) == (200, b"", "Note")

    async def test_that_repeats_a_header_keeps_all_its_values(
        self, says_raw: SaysRaw, clients: Clients
    ) -> None:
        place = await says_raw(b"HTTP/1.1 200 OK\r\nLink: a\r\nLink: b\r\nContent-Length: 0\r\n\r\n")

        answer = await clients.http(place).get(f"http://{place}/")

        assert answer.headers["link"] == "a, b"

    async def test_comes_over_a_connection_that_is_kept(self, serve: Serve, clients: Clients) -> None:
        callers = []

        async def who(request: web.Request) -> web.Response:
            assert request.transport is not None
            callers.append(request.transport.get_extra_info("peername"))
            return web.Response()

        site = await serve(who)
        http = clients.http(site.place)

        await http.get(site.url("/1"))
        await http.get(site.url("/2"))

        assert callers[0] == callers[1]


class TestTheQuestion:
    async def test_says_who_asks(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        await clients.http(site.place).get(site.url())

        assert site.asked[0].headers["User-Agent"] == f"salesprep/{version('salesprep')}"

    async def test_keeps_the_query_of_the_address_and_adds_the_parameters(
        self, serve: Serve, clients: Clients
    ) -> None:
        site = await serve(hello)

        await clients.http(site.place).get(site.url("/s?token=a%2Fb"), params={"q": "Café & Co", "n": "1"})

        assert dict(site.asked[0].query) == {"token": "a/b", "q": "Café & Co", "n": "1"}

    async def test_carries_the_adapter_s_headers(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        await clients.http(site.place).get(site.url(), headers={"Authorization": "Bearer abc"})

        assert site.asked[0].headers["Authorization"] == "Bearer abc"

    async def test_reaches_a_path_in_any_language(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        await clients.http(site.place).get(site.url("/wiki/Åre kläder"))

        assert site.asked[0].path == "/wiki/Åre kläder"

    @pytest.mark.parametrize("name", ["Host", "content-length", "User-Agent", "Accept-Encoding", "Bad Name"])
    async def test_does_not_carry_headers_that_are_the_client_s_own(
        self, serve: Serve, clients: Clients, name: str
    ) -> None:
        site = await serve(hello)

        with pytest.raises(AdapterBug, match="header"):
            await clients.http(site.place).get(site.url(), headers={name: "x"})

        assert site.asked == []

    async def test_with_a_token_that_ends_in_a_line_break_is_explained_without_the_token(
        self, serve: Serve, clients: Clients
    ) -> None:
        site = await serve(hello)

        with pytest.raises(ConfigInvalid, match="Authorization") as caught:
            await clients.http(site.place).get(site.url(), headers={"Authorization": "Bearer s3cret\n"})

        assert "s3cret" not in f"{caught.value} {caught.value.mend}"
        assert "[sources.crm]" in (caught.value.mend or "")


class TestAskingAgain:
    async def test_an_unchanged_answer_is_not_sent_twice(self, serve: Serve, clients: Clients) -> None:
        async def unchanged(request: web.Request) -> web.Response:
            assert request.headers["If-None-Match"] == '"v1"'
            assert request.headers["If-Modified-Since"] == "Thu, 19 Nov 2026 10:00:00 GMT"
            return web.Response(status=304, headers={"ETag": '"v1"'})

        site = await serve(unchanged)

        answer = await clients.http(site.place).get(
            site.url(), etag='"v1"', last_modified="Thu, 19 Nov 2026 10:00:00 GMT"
        )

        assert answer.not_modified
        assert (answer.body, answer.etag) == (b"", '"v1"')

    async def test_a_304_that_nobody_asked_for_is_no_answer(self, serve: Serve, clients: Clients) -> None:
        async def unchanged(request: web.Request) -> web.Response:
            return web.Response(status=304)

        site = await serve(unchanged)

        with pytest.raises(BadData, match="304"):
            await clients.http(site.place).get(site.url())

    async def test_a_broken_validator_is_left_out(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)

        await clients.http(site.place).get(site.url(), etag='"a\r\nX-Evil: 1"')

        assert "If-None-Match" not in site.asked[0].headers
        assert "X-Evil" not in site.asked[0].headers


class TestCookies:
    async def test_are_never_kept(self, serve: Serve, clients: Clients) -> None:
        async def bakes(request: web.Request) -> web.Response:
            return web.Response(headers={"Set-Cookie": "who=me; Path=/"})

        site = await serve(bakes)
        http = clients.http("localhost:" + str(site.server.port))

        for _ in range(2):
            await http.get(site.url(host="localhost"))

        assert [request.headers.get("Cookie") for request in site.asked] == [None, None]


class TestTheEnvironment:
    async def test_cannot_send_questions_through_a_proxy(
        self, serve: Serve, clients: Clients, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site, proxy = await serve(hello), await serve(hello)
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("http_proxy", proxy.url())

        await clients.http(site.place).get(site.url())

        assert (len(site.asked), len(proxy.asked)) == (1, 0)

    async def test_cannot_add_a_login_out_of_netrc(
        self, serve: Serve, clients: Clients, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        site = await serve(hello)
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login me password s3cret\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))

        await clients.http(site.place).get(site.url())

        assert "Authorization" not in site.asked[0].headers


class TestTheDeadline:
    async def test_once_over_nothing_is_asked(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)
        http = clients(site.place).bound(time.monotonic() - 1)

        with pytest.raises(DeadlineExceeded):
            await http.get(site.url())
        with pytest.raises(DeadlineExceeded):
            await http.head(site.url())

        assert site.asked == []

    async def test_belongs_to_the_call_not_to_the_client(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)
        client = clients(site.place)

        with pytest.raises(DeadlineExceeded):
            await client.bound(time.monotonic() - 1).get(site.url())

        assert (await client.bound(time.monotonic() + 30).get(site.url())).body == b"hello"

    async def test_ends_a_wait_for_a_server_that_says_nothing(
        self, says_raw: SaysRaw, clients: Clients
    ) -> None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()

        place = await says_raw(silent)

        with pytest.raises(DeadlineExceeded, match=r"127\.0\.0\.1"):
            await clients.http(place, seconds=0.1).get(f"http://{place}/secret-path")


class TestAClosedClient:
    async def test_answers_nothing_more(self, serve: Serve, clients: Clients) -> None:
        site = await serve(hello)
        client = clients(site.place)
        http = client.bound(time.monotonic() + 30)
        await http.get(site.url())

        await client.close()

        with pytest.raises(Unavailable):
            await http.get(site.url())
        assert len(site.asked) == 1

    async def test_opens_nothing_anew_for_a_question_on_its_way(self, serve: Serve, clients: Clients) -> None:
        async def closes(request: web.Request) -> web.Response:
            await client.close()
            raise web.HTTPFound("/there")

        site = await serve(closes)
        client = clients(site.place)

        with pytest.raises(Unavailable):
            await client.bound(time.monotonic() + 30).get(site.url())

        assert len(site.asked) == 1

    async def test_that_never_asked_closes_too(self, clients: Clients) -> None:
        await clients("wiki.example").close()


def test_aiohttp_comes_in_with_the_first_question_not_before() -> None:
    """In an interpreter of its own, for this one has it already."""
    code = (
        "import sys, salesprep.sources.http, salesprep.sources.http_hosts, logging;"
        "salesprep.sources.http.HttpClient(source='a', allowed_hosts=frozenset(),"
        " log=logging.getLogger(), now=lambda: None).bound(0);"
        "print([name for name in ('aiohttp', 'yarl', 'pydantic', 'truststore') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
