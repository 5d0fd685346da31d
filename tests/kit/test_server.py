"""The loopback server: replays what the sample has, and spoils it as a check wants it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from salesprep.kit.sample import Played
from salesprep.kit.server import Asked, Reply, Server, emptied, serving

TICKETS = {"tickets": [{"nr": 1, "url": "{server}/t/1"}], "total": 1, "next": "2", "as": "ours"}
ANSWERS = (
    Played("/api/tickets", {"page": "1"}, json.dumps(TICKETS).encode(), "one.json"),
    Played("/api/secret", {}, b"[]", "secret.json", requires={"Authorization": "Bearer letmein"}),
    Played("/api/gone", {}, b"{}", "gone.json", status=410),
)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving(ANSWERS, {"TOKEN": "letmein"}) as opened:
        yield opened


async def ask(server: Server, target: str, *lines: str, method: str = "GET") -> tuple[int, bytes]:
    """Status and body of one request, until the server hangs up."""
    host, port = server.place.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write("\r\n".join((f"{method} {target} HTTP/1.1", f"Host: {host}", *lines, "", "")).encode())
    try:
        whole = await reader.read()
    finally:
        writer.close()
    head, _, body = whole.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), body


class TestWhatTheSampleHas:
    async def test_is_replayed_with_the_servers_own_address(self, server: Server) -> None:
        status, body = await ask(server, "/api/tickets?page=1&other=x")

        assert status == 200
        assert json.loads(body)["tickets"][0]["url"] == f"{server.address}/t/1"
        assert server.served == {"one.json"}

    async def test_is_emptied_for_another_query_to_the_same_path(self, server: Server) -> None:
        status, body = await ask(server, "/api/tickets?page=7")

        assert (status, json.loads(body)) == (200, {"tickets": [], "total": 0, "next": None, "as": "ours"})
        assert "GET /api/tickets?page=7" in server.unknown()

    async def test_is_404_for_another_path(self, server: Server) -> None:
        assert (await ask(server, "/api/nothing"))[0] == 404
        assert server.asked[0].found == "none"

    async def test_is_401_without_the_login(self, server: Server) -> None:
        assert (await ask(server, "/api/secret"))[0] == 401
        assert (await ask(server, "/api/secret", "Authorization: Bearer letmein"))[0] == 200

    async def test_wants_the_secret_that_counts_now(self, server: Server) -> None:
        server.accepts = {"TOKEN": "another"}

        assert (await ask(server, "/api/secret", "Authorization: Bearer letmein"))[0] == 401
        assert (await ask(server, "/api/secret", "Authorization: Bearer another"))[0] == 200

    async def test_may_have_a_status_of_its_own(self, server: Server) -> None:
        assert (await ask(server, "/api/gone"))[0] == 410

    async def test_of_a_head_request_is_the_head(self, server: Server) -> None:
        assert await ask(server, "/api/tickets?page=1", method="HEAD") == (200, b"")

    async def test_other_verbs_are_noted(self, server: Server) -> None:
        await ask(server, "/api/tickets?page=1", "Content-Length: 0", method="POST")

        assert server.asked[0].method == "POST"


class TestFaults:
    async def test_a_body_that_breaks_off(self, server: Server) -> None:
        server.twist = lambda _, reply: replace(reply, body=reply.body[:5], length=len(reply.body))

        assert (await ask(server, "/api/tickets?page=1"))[1] == b'{"tic'

    async def test_a_status_of_which_the_sample_knows_nothing(self, server: Server) -> None:
        server.twist = lambda _, __: Reply(503, {"Retry-After": "7"})

        assert (await ask(server, "/api/tickets?page=1"))[0] == 503

    async def test_who_waits_for_an_answer_is_hung_up_on_when_the_check_is_over(self, server: Server) -> None:
        server.twist = lambda _, reply: replace(reply, wait=3600)
        host, port = server.place.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /api/tickets?page=1 HTTP/1.1\r\n\r\n")
        await server.came.wait()

        server.reset()

        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()

    async def test_no_fault_is_left_for_the_next_check(self, server: Server) -> None:
        server.twist = lambda _, __: Reply(500)

        server.reset()

        assert (await ask(server, "/api/tickets?page=1"))[0] == 200

    async def test_who_speaks_no_http_is_hung_up_on(self, server: Server) -> None:
        host, port = server.place.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"\r\n\r\n")

        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()


def test_a_request_is_named_as_an_admin_would_write_it() -> None:
    assert Asked("GET", "/api", {"a": "1", "b": "2"}, {}).words == "GET /api?a=1&b=2"


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        (b'[{"nr": 1}]', []),
        (
            b'{"data": {"rows": [1], "count": 3}, "hasMore": true}',
            {"data": {"rows": [], "count": 0}, "hasMore": False},
        ),
        (b'{"name": "no list"}', None),
        (b"<html>", None),
    ],
)
def test_an_answer_is_emptied_where_that_can_be_told(body: bytes, empty: object) -> None:
    made = emptied(body)

    assert (None if made is None else json.loads(made)) == empty
