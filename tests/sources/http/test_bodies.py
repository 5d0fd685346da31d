"""Bodies: taken whole or not at all, and never at more cost than the cap."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter import BadData, DeadlineExceeded, Unavailable
from salesprep.sources.http_body import Body, BodyError

if TYPE_CHECKING:
    from tests.sources.http.conftest import Clients, Handler, SaysRaw, Serve

MEGABYTE = 1024 * 1024


def sends(body: bytes, **headers: str) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return answer


class TestSize:
    async def test_up_to_the_limit_is_taken(self, serve: Serve, clients: Clients) -> None:
        site = await serve(sends(b"x" * 1000))

        assert len((await clients.http(site.place).get(site.url(), max_bytes=1000)).body) == 1000

    async def test_over_the_limit_is_refused(self, serve: Serve, clients: Clients) -> None:
        site = await serve(sends(b"x" * 1001))

        with pytest.raises(BadData, match="larger than 1,000 bytes"):
            await clients.http(site.place).get(site.url(), max_bytes=1000)

    async def test_announced_over_the_limit_is_refused_unread(
        self, says_raw: SaysRaw, clients: Clients
    ) -> None:
        async def announces(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
            await reader.read()

        place = await says_raw(announces)

        with pytest.raises(BadData, match="larger than"):
            await clients.http(place).get(f"http://{place}/")

    async def test_an_adapter_may_ask_for_more_than_the_usual(self, serve: Serve, clients: Clients) -> None:
        site = await serve(sends(b"x" * 1001))
        http = clients(site.place, max_bytes=1000).bound(float("inf"))

        with pytest.raises(BadData):
            await http.get(site.url())
        assert len((await http.get(site.url(), max_bytes=2000)).body) == 1001

    async def test_a_body_without_end_is_stopped_at_the_limit(
        self, says_raw: SaysRaw, clients: Clients
    ) -> None:
        sent = 0

        async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal sent
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
                await writer.drain()
                sent += 65_536

        place = await says_raw(endless)

        with pytest.raises(BadData, match="larger than"):
            await clients.http(place).get(f"http://{place}/", max_bytes=MEGABYTE)
        assert sent < 16 * MEGABYTE

    async def test_a_body_that_drips_is_left_at_the_deadline(
        self, says_raw: SaysRaw, clients: Clients
    ) -> None:
        async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while await reader.read(1) or not writer.is_closing():
                writer.write(b"x")
                await writer.drain()

        place = await says_raw(drips)

        with pytest.raises(DeadlineExceeded, match="complete answer"):
            await clients.http(place, seconds=0.2).get(f"http://{place}/")

    @pytest.mark.parametrize(
        "said",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ],
    )
    async def test_a_body_that_breaks_off_is_no_answer(
        self, says_raw: SaysRaw, clients: Clients, said: bytes
    ) -> None:
        place = await says_raw(said)

        with pytest.raises(Unavailable, match="broke off"):
            await clients.http(place).get(f"http://{place}/")

    async def test_the_page_of_an_error_is_not_even_read(self, says_raw: SaysRaw, clients: Clients) -> None:
        sent = 0

        async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal sent
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 999999999\r\n\r\n")
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()
                sent += 65_536

        place = await says_raw(endless)

        with pytest.raises(Unavailable, match="trouble of its own"):
            await clients.http(place).get(f"http://{place}/")
        assert sent < 16 * MEGABYTE


class TestPacked:
    @pytest.mark.parametrize("name", ["gzip", "x-gzip", "GZIP"])
    async def test_it_is_unpacked(self, serve: Serve, clients: Clients, name: str) -> None:
        site = await serve(sends(gzip.compress(b"hello " * 1000), Content_Encoding=name))

        answer = await clients.http(site.place).get(site.url())

        assert answer.body == b"hello " * 1000
        assert site.asked[0].headers["Accept-Encoding"] == "gzip"

    @pytest.mark.parametrize("name", ["br", "zstd", "deflate", "gzip, gzip", "made-up"])
    async def test_in_a_way_not_asked_for_is_refused(self, serve: Serve, clients: Clients, name: str) -> None:
        site = await serve(sends(zlib.compress(b"hello"), Content_Encoding=name))

        with pytest.raises(BadData, match="packed in a way"):
            await clients.http(site.place).get(site.url())

    async def test_a_bomb_is_stopped_with_little_memory(self, serve: Serve, clients: Clients) -> None:
        bomb = gzip.compress(bytes(100 * MEGABYTE), 9)
        site = await serve(sends(bomb, Content_Encoding="gzip"))
        http = clients.http(site.place)
        await_first = await serve(sends(b""))
        await clients.http(await_first.place).get(await_first.url())  # the imports are not counted

        tracemalloc.start()
        try:
            with pytest.raises(BadData, match="unpacks to more than 200 times"):
                await http.get(site.url())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

        assert peak < 16 * MEGABYTE

    async def test_a_modest_bomb_is_stopped_at_the_limit(self, serve: Serve, clients: Clients) -> None:
        body = gzip.compress(bytes(range(256)) * 40_000, 1)
        site = await serve(sends(body, Content_Encoding="gzip"))

        with pytest.raises(BadData, match="larger than 100,000 bytes"):
            await clients.http(site.place).get(site.url(), max_bytes=100_000)

    async def test_what_is_no_gzip_is_refused(self, serve: Serve, clients: Clients) -> None:
        site = await serve(sends(b"plain text", Content_Encoding="gzip"))

        with pytest.raises(BadData, match="not the gzip"):
            await clients.http(site.place).get(site.url())

    async def test_a_pack_cut_short_is_no_answer_however_proper_its_length(
        self, serve: Serve, clients: Clients
    ) -> None:
        site = await serve(sends(gzip.compress(b"hello " * 1000)[:-9], Content_Encoding="gzip"))

        with pytest.raises(BadData, match="cut short"):
            await clients.http(site.place).get(site.url())

    async def test_an_empty_body_may_claim_to_be_packed(self, serve: Serve, clients: Clients) -> None:
        site = await serve(sends(b"", Content_Encoding="gzip"))

        assert (await clients.http(site.place).get(site.url())).body == b""


class TestPieces:
    @settings(max_examples=60, deadline=None)
    @given(
        parts=st.lists(st.binary(max_size=2_000), min_size=1, max_size=4),
        cut=st.integers(min_value=1, max_value=500),
        padding=st.sampled_from([b"", b"\0" * 20]),
    )
    def test_of_several_packs_in_a_row_add_up_however_they_are_cut(
        self, parts: list[bytes], cut: int, padding: bytes
    ) -> None:
        packed = b"".join(map(gzip.compress, parts)) + padding
        body = Body(limit=100_000, packed=True)

        for start in range(0, len(packed), cut):
            body.add(packed[start : start + cut])

        assert body.whole() == b"".join(parts)

    def test_larger_than_the_step_of_unpacking_lose_nothing(self) -> None:
        whole = bytes(range(256)) * 4_000
        for size in (65_535, 65_536, 65_537, len(whole)):
            body = Body(limit=2 * MEGABYTE, packed=True)
            body.add(gzip.compress(whole[:size]))
            assert body.whole() == whole[:size]

    @settings(deadline=None)
    @given(st.lists(st.binary(max_size=300), max_size=5))
    def test_of_garbage_are_refused_or_taken_never_worse(self, pieces: list[bytes]) -> None:
        body = Body(limit=500, packed=True)
        try:
            for piece in pieces:
                body.add(piece)
            body.whole()
        except BodyError:
            pass

    def test_of_a_pack_that_is_all_header_count_too(self) -> None:
        body = Body(limit=10_000, packed=True)
        body.add(b"\x1f\x8b\x08\x08\0\0\0\0\0\xff")

        for _ in range(9):
            body.add(b"name" * 250)
        with pytest.raises(BodyError, match="larger"):
            body.add(b"name" * 250)
