"""What goes wrong at a server, and what the user, the admin and the log read of it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
import threading
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter import (
    AuthRequired,
    BadData,
    ConfigInvalid,
    DeadlineExceeded,
    PermissionDenied,
    RateLimited,
    SourceError,
    Unavailable,
)
from salesprep.sources.http_status import refusal, retry_at

if TYPE_CHECKING:
    from tests.sources.http.conftest import Clients, SaysRaw, Serve

NOW = datetime(2026, 11, 19, 12, 21, tzinfo=UTC)


def error_for(status: int, **headers: str) -> SourceError | None:
    lower = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(status, lower, host="crm.example", source="crm", now=NOW)


class TestAStatus:
    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (401, AuthRequired),
            (402, PermissionDenied),
            (403, PermissionDenied),
            (404, ConfigInvalid),
            (410, ConfigInvalid),
            (400, BadData),
            (405, BadData),
            (418, BadData),
            (300, BadData),
            (408, Unavailable),
            (429, RateLimited),
            (451, PermissionDenied),
            (500, Unavailable),
            (502, Unavailable),
            (503, Unavailable),
            (529, Unavailable),
            (599, Unavailable),
        ],
    )
    async def test_becomes_an_error_that_says_host_and_mend_in_words(
        self,
        serve: Serve,
        clients: Clients,
        status: int,
        error: type[SourceError],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        async def refuses(request: web.Request) -> web.Response:
            return web.Response(status=status, text="a page about s3cret")

        site = await serve(refuses)

        with pytest.raises(SourceError) as caught:
            await clients.http(site.place).get(site.url("/s3cret"))

        assert type(caught.value) is error
        assert caught.value.what.startswith("127.0.0.1 ")
        assert str(status) not in caught.value.what
        assert f"127.0.0.1 answers {status}" in caplog.text
        assert caught.value.mend
        assert "s3cret" not in f"{caught.value} {caught.value.mend}"

    @pytest.mark.parametrize("status", [200, 201, 204, 206, 304])
    def test_of_success_is_none(self, status: int) -> None:
        assert error_for(status) is None

    def test_403_with_a_time_is_a_limit(self) -> None:
        error = error_for(403, retry_after="60")

        assert isinstance(error, RateLimited)
        assert error.retry_at == NOW + timedelta(minutes=1)

    @pytest.mark.parametrize("status", [429, 503, 500])
    def test_with_a_time_says_when_to_ask_again(self, status: int) -> None:
        error = error_for(status, retry_after="Thu, 19 Nov 2026 13:00:00 GMT")

        assert error is not None
        assert error.retry_at == datetime(2026, 11, 19, 13, tzinfo=UTC)


class TestRetryAfter:
    def test_counts_seconds_from_the_clock(self) -> None:
        assert retry_at(" 90 ", NOW) == NOW + timedelta(seconds=90)

    def test_a_date_is_told_in_the_user_s_zone(self) -> None:
        zone = timezone(timedelta(hours=1))
        when = retry_at("Thu, 19 Nov 2026 13:00:00 GMT", NOW.astimezone(zone))

        assert when is not None
        assert (when.hour, when.tzinfo) == (14, zone)

    def test_a_date_gone_by_means_now(self) -> None:
        assert retry_at("Thu, 19 Nov 2020 13:00:00 GMT", NOW) == NOW

    @pytest.mark.parametrize(
        "value", [None, "", "soon", "-5", "1.5", "9" * 40, "99999999", "Thu, 19 Nov 2126 13:00:00 GMT", "²"]
    )
    def test_that_tells_no_time_is_no_time(self, value: str | None) -> None:
        assert retry_at(value, NOW) is None

    @settings(deadline=None)
    @given(st.text())
    def test_never_fails_whatever_a_server_says(self, value: str | None) -> None:
        when = retry_at(value, NOW)

        assert when is None or when >= NOW


class TestNoConnection:
    async def test_a_port_where_nobody_listens_is_unavailable(self, clients: Clients) -> None:
        with socket.socket() as held:  # bound, never listening
            held.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{held.getsockname()[1]}"

            with pytest.raises(Unavailable, match=r"no connection with 127\.0\.0\.1") as caught:
                await clients.http(place).get(f"http://{place}/s3cret")

        assert caught.value.mend

    async def test_a_name_that_does_not_exist_is_unavailable(
        self, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        with pytest.raises(Unavailable, match=r"the name gone\.example is not known") as caught:
            await clients.http("gone.example").get("http://gone.example/s3cret")

        assert caught.value.__context__ is None

    async def test_a_server_that_hangs_up_is_unavailable(self, says_raw: SaysRaw, clients: Clients) -> None:
        place = await says_raw(b"")

        with pytest.raises(Unavailable, match="hung up"):
            await clients.http(place).get(f"http://{place}/")

    async def test_a_name_server_that_never_answers_costs_the_deadline_and_leaves_no_task(
        self, clients: Clients, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        over = threading.Event()

        def getaddrinfo(*asked: object) -> list[object]:
            over.wait(60)
            return []

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

        with pytest.raises(DeadlineExceeded):
            await clients.http("slow.example", seconds=0.1).get("http://slow.example/")

        tasks = asyncio.all_tasks()
        over.set()
        assert tasks == {asyncio.current_task()}


class TestTls:
    async def test_a_trusted_certificate_is_spoken_to(
        self, serve: Serve, clients: Clients, authority: ssl.SSLContext, server_tls: ssl.SSLContext
    ) -> None:
        async def hello(request: web.Request) -> web.Response:
            return web.Response(text="over tls")

        site = await serve(hello, server_tls)

        answer = await clients.http(site.place, ca=authority).get(site.url())

        assert answer.body == b"over tls"

    async def test_an_unknown_authority_is_refused_with_the_mend(
        self, serve: Serve, clients: Clients, server_tls: ssl.SSLContext
    ) -> None:
        async def hello(request: web.Request) -> web.Response:
            return web.Response()

        site = await serve(hello, server_tls)

        with pytest.raises(ConfigInvalid, match=r"the certificate of 127\.0\.0\.1 is not trusted") as caught:
            await clients.http(site.place).get(site.url("/s3cret"), headers={"Authorization": "s3cret"})

        assert "store" in (caught.value.mend or "")
        assert site.asked == []

    async def test_a_certificate_for_another_name_is_refused(
        self,
        serve: Serve,
        clients: Clients,
        authority: ssl.SSLContext,
        server_tls: ssl.SSLContext,
        names: dict[str, list[str]],
    ) -> None:
        async def hello(request: web.Request) -> web.Response:
            return web.Response()

        names["bank.example"] = ["127.0.0.1"]
        site = await serve(hello, server_tls)

        with pytest.raises(ConfigInvalid, match=r"the certificate of bank\.example is not trusted"):
            await clients.http(f"bank.example:{site.server.port}", ca=authority).get(
                site.url(host="bank.example")
            )

    async def test_a_server_that_speaks_no_tls_is_unavailable(
        self, says_raw: SaysRaw, clients: Clients, authority: ssl.SSLContext
    ) -> None:
        async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await reader.read()

        place = await says_raw(plain)

        with pytest.raises(Unavailable, match=r"no TLS connection with 127\.0\.0\.1"):
            await clients.http(place, ca=authority).get(f"https://{place}/")

    if sys.platform == "linux":  # elsewhere the machine's store is no file that a test could name

        async def test_an_authority_in_the_machine_s_store_is_trusted(
            self, serve: Serve, clients: Clients, server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            async def hello(request: web.Request) -> web.Response:
                return web.Response(text="over tls")

            site = await serve(hello, server_tls)
            monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "tls" / "ca.pem"))

            assert (await clients.http(site.place).get(site.url())).body == b"over tls"


class TestHttpThatIsNone:
    @pytest.mark.parametrize(
        "said",
        [
            b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
            b"HTTP/1.1 abc OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(5_000)) + b"\r\n",
            b"\x00\xff" * 500 + b"\r\n\r\n",
        ],
        ids=["ssh", "status", "header", "length", "negative", "long header", "header flood", "garbage"],
    )
    async def test_is_bad_data(self, says_raw: SaysRaw, clients: Clients, said: bytes) -> None:
        place = await says_raw(said)

        with pytest.raises(BadData, match="proper HTTP") as caught:
            await clients.http(place).get(f"http://{place}/s3cret")

        assert "s3cret" not in f"{caught.value} {caught.value.mend}"
        assert caught.value.__context__ is None

    async def test_headers_without_end_cost_no_memory(self, says_raw: SaysRaw, clients: Clients) -> None:
        sent = 0

        async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal sent
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nX: ")
            while True:
                writer.write(b"a" * 65_536)
                await writer.drain()
                sent += 65_536

        place = await says_raw(floods)

        with pytest.raises(BadData):
            await clients.http(place).get(f"http://{place}/")
        assert sent < 16 * 1024 * 1024


class TestSecrets:
    async def test_in_an_address_reach_neither_message_nor_traceback_nor_log(
        self,
        serve: Serve,
        clients: Clients,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        async def refuses(request: web.Request) -> web.Response:
            return web.Response(status=int(request.query["status"]))

        site = await serve(refuses)
        caplog.set_level(logging.DEBUG)
        told: list[str] = []
        for url in (
            *(site.url(f"/s3cret?token=s3cret&status={status}") for status in (200, 301, 401, 404, 500)),
            f"http://127.0.0.1:1/s3cret?{'x' * 5}",
            "http://s3cret@127.0.0.1/",
            "http://127.0.0.1:s3cret/",
            "http://[s3cret/",
        ):
            try:
                await clients.http(site.place, "127.0.0.1:1").get(
                    url, params={"key": "s3cret"}, headers={"Authorization": "s3cret"}
                )
            except SourceError as error:
                told.append("".join(traceback.format_exception(error)) + repr(error.failure()))
                cause = error.__context__
                while cause is not None:
                    told.append(repr(cause))
                    cause = cause.__context__

        ours = [record.getMessage() for record in caplog.records if record.name == "test.http"]
        assert len(told) >= 8
        assert len(ours) == 8
        assert all("127.0.0.1" in line for line in ours)
        asked = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
        assert "s3cret" not in " ".join(told + asked)
