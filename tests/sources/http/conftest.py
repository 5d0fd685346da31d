"""Real servers on loopback, proper ones (aiohttp's) and raw ones that say exactly what a test wants.

``tls/`` holds an authority made with openssl for these tests and a certificate by it for ``localhost``
and ``127.0.0.1``; the authority's key was thrown away.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from salesprep.adapter import Http
from salesprep.sources.http import MAX_BYTES, HttpClient

NOW = datetime(2026, 11, 19, 12, 21, tzinfo=UTC)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Site:
    """A web server on loopback that remembers what it was asked."""

    def __init__(self, server: TestServer, asked: list[web.Request]) -> None:
        self.server = server
        self.asked = asked
        self.place = f"{server.host}:{server.port}"

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.server.scheme}://{host or self.server.host}:{self.server.port}{path}"


class Clients:
    """Makes clients of the host; ``made`` are closed at the end of the test."""

    def __init__(self) -> None:
        self.made: list[HttpClient] = []

    def __call__(
        self, *hosts: str, ca: ssl.SSLContext | None = None, max_bytes: int = MAX_BYTES
    ) -> HttpClient:
        client = HttpClient(
            source="crm",
            allowed_hosts=frozenset(hosts),
            log=logging.getLogger("test.http"),
            now=lambda: NOW,
            ca=ca,
            max_bytes=max_bytes,
        )
        self.made.append(client)
        return client

    def http(self, *hosts: str, seconds: float = 30, ca: ssl.SSLContext | None = None) -> Http:
        return self(*hosts, ca=ca).bound(time.monotonic() + seconds)


@pytest.fixture
async def clients() -> AsyncIterator[Clients]:
    clients = Clients()
    yield clients
    for client in clients.made:
        await client.close()


Serve = Callable[..., Awaitable[Site]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """``await serve(handler)``: a site whose every path is answered by the handler."""
    servers: list[TestServer] = []

    async def start(handler: Handler, tls: ssl.SSLContext | None = None) -> Site:
        asked: list[web.Request] = []

        async def answer(request: web.Request) -> web.StreamResponse:
            asked.append(request)
            return await handler(request)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        server = TestServer(app, host="127.0.0.1", scheme="https" if tls else "http")
        await server.start_server(ssl=tls)
        servers.append(server)
        return Site(server, asked)

    yield start
    for server in servers:
        await server.close()


SaysRaw = Callable[[bytes | Talk], Awaitable[str]]


@pytest.fixture
async def says_raw() -> AsyncIterator[SaysRaw]:
    """``await says_raw(bytes)``: the ``host:port`` of a server that says just that and hangs up.

    Instead of bytes, a coroutine function of reader and writer may do the talking, from the first byte.
    """
    servers: list[asyncio.Server] = []
    talks: set[asyncio.Task[None]] = set()

    async def start(talk: bytes | Talk) -> str:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            talks.add(task)
            try:
                if isinstance(talk, bytes):
                    await reader.readuntil(b"\r\n\r\n")
                    writer.write(talk)
                    await writer.drain()
                else:
                    await talk(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                pass  # the client had enough, or the test is over
            finally:
                talks.discard(task)
                writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        servers.append(server)
        host, port = server.sockets[0].getsockname()[:2]
        return f"{host}:{port}"

    yield start
    for task in tuple(talks):
        task.cancel()
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
def authority() -> ssl.SSLContext:
    """Trusts the tests' own authority and nothing else."""
    return ssl.create_default_context(cafile=Path(__file__).parent / "tls" / "ca.pem")


@pytest.fixture
def server_tls() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parent / "tls" / "server.pem")
    return context


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A name server: host name to IP addresses; names that are not in it do not exist."""
    book: dict[str, list[str]] = {}

    def getaddrinfo(host: str, port: int, *kinds: object) -> list[tuple[object, ...]]:
        if host not in book:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (ip, port)) for ip in book[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return book
