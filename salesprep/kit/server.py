"""A server on loopback that replays the sample's answers, and spoils them as a check wants it.

Written on bare streams: bodies that break off, that drip in or never come are nothing a web framework
lets one send.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from salesprep.kit.sample import SERVER, Played

_LONGEST_HEAD = 65_536
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    found: Literal["exact", "near", "none"] = "none"
    """Whether the sample has an answer to it; ``near``: to the same path with another query, so that it
    gets that one emptied."""

    @property
    def words(self) -> str:
        """As the admin would write it."""
        query = "&".join(f"{key}={value}" for key, value in self.query.items())
        return f"{self.method} {self.path}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = None
    """What Content-Length says, if not the truth."""
    pause: float = 0.0
    """Seconds between two bytes."""
    wait: float = 0.0
    """Seconds before anything is sent."""
    endless: bool = False
    """Spaces follow until the other side hangs up, or 64 MiB are sent."""


Twist = Callable[[Asked, Reply], Reply]
"""Makes a fault out of a happy answer; requests that the sample does not know are not spoilt."""
_MOST = 64 * 1024 * 1024


def happy(_: Asked, reply: Reply) -> Reply:
    """No fault."""
    return reply


class Server:
    """Belongs to the loop that opened it; :func:`serving` opens and closes it."""

    def __init__(self, answers: tuple[Played, ...], secrets: Mapping[str, str]) -> None:
        self._answers = answers
        self._secrets = secrets
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.address = ""
        self.twist: Twist = happy
        self.accepts: Mapping[str, str] = secrets
        """The secrets that count, by the name of their variable."""
        self.asked: list[Asked] = []
        self.served: set[str] = set()
        """Files of answers that were asked for."""
        self.sent = 0
        """Bytes of the longest body that was taken."""
        self.came = asyncio.Event()

    @property
    def place(self) -> str:
        """``host:port``."""
        return self.address.removeprefix("http://")

    @property
    def speaks_json(self) -> bool:
        """Whether an answer of the sample is JSON."""
        return any(is_json(played.body) for played in self._answers)

    def reset(self) -> None:
        """Happy again, for the next check; who still waits for an answer is hung up on."""
        self.twist, self.accepts, self.sent = happy, self._secrets, 0
        self.asked.clear()
        self.came.clear()
        for task in self._open:
            task.cancel()

    def unknown(self) -> str:
        """Requests that the sample has no answer to, as a clause to be added to a sentence; may be empty."""
        words = list(dict.fromkeys(asked.words for asked in self.asked if asked.found != "exact"))
        return f"; kit.toml has no answer to {', '.join(words[:3])}" if words else ""

    async def open(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = f"http://{host}:{port}"

    async def close(self) -> None:
        """Listen no more, hang up."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open)

    # -- one request ----------------------------------------------------------------------------

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a stream's callback is a task
        self._open.add(task)
        try:
            asked, reply = await self._hear(reader)
            await self._send(writer, asked, reply)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # the other side hung up, or speaks no HTTP
        except asyncio.CancelledError:
            pass  # the check is over
        finally:
            self._open.discard(task)
            writer.transport.abort() if self._is_over(writer) else writer.close()

    def _is_over(self, writer: asyncio.StreamWriter) -> bool:
        return self._server is None or not self._server.is_serving() or writer.is_closing()

    async def _hear(self, reader: asyncio.StreamReader) -> tuple[Asked, Reply]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
        }
        await reader.readexactly(int(headers.get("content-length", "0")))
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        asked = Asked(method, unquote(parts.path), query, headers)
        played, near = self._find(asked)
        if played is not None:
            self.served.add(played.file)
        if near is not None:
            asked = replace(asked, found="near" if played is None else "exact")
        self.asked.append(asked)
        reply = self._reply(asked, played, near)
        self.came.set()
        return asked, reply

    def _find(self, asked: Asked) -> tuple[Played | None, Played | None]:
        """The answer that was meant for it, and the first to the same path."""
        here = [played for played in self._answers if played.path == asked.path]
        fits = (
            played
            for played in here
            if all(asked.query.get(key) == value for key, value in played.query.items())
        )
        return next(fits, None), next(iter(here), None)

    def _reply(self, asked: Asked, played: Played | None, near: Played | None) -> Reply:
        model = played or near
        if model is None:
            return Reply(404, body=b"{}", headers={"Content-Type": "application/json"})
        for name, value in model.requires.items():
            if asked.headers.get(name.lower()) != self._required(value):
                return Reply(401)
        body = model.body.replace(SERVER.encode(), self.address.encode())
        headers = {"Content-Type": _type_of(body), **model.headers}
        if played is None:
            empty = emptied(body)
            if empty is None:
                return Reply(404, body=b"{}", headers={"Content-Type": "application/json"})
            return self.twist(asked, Reply(model.status, headers, empty))
        return self.twist(asked, Reply(model.status, headers, body))

    def _required(self, value: str) -> str:
        for name, secret in self._secrets.items():
            value = value.replace(secret, self.accepts.get(name, secret))
        return value

    async def _send(self, writer: asyncio.StreamWriter, asked: Asked, reply: Reply) -> None:
        await asyncio.sleep(reply.wait)
        phrase = HTTPStatus(reply.status).phrase
        length = len(reply.body) if reply.length is None else reply.length
        headers = {**reply.headers, "Content-Length": str(length), "Connection": "close"}
        lines = [
            f"HTTP/1.1 {reply.status} {phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        writer.write("\r\n".join((*lines, "", "")).encode("latin-1"))
        if asked.method == "HEAD":
            return await writer.drain()
        if reply.pause:
            for byte in reply.body:
                writer.write(bytes((byte,)))
                await writer.drain()
                await asyncio.sleep(reply.pause)
            return None
        writer.write(reply.body)
        await writer.drain()
        sent = len(reply.body)
        while reply.endless and sent < _MOST:
            writer.write(b" " * _PIECE)
            await writer.drain()
            sent += _PIECE
            self.sent = max(self.sent, sent)
        return None


@asynccontextmanager
async def serving(answers: tuple[Played, ...], secrets: Mapping[str, str]) -> AsyncIterator[Server]:
    """A server for as long as the block lasts."""
    server = Server(answers, secrets)
    await server.open()
    try:
        yield server
    finally:
        await server.close()


_COUNTS = re.compile(r"total|count|size|hits|found|matches|number_of", re.IGNORECASE)
_LEADS_ON = re.compile(r"next|cursor|after|more|continu", re.IGNORECASE)


def emptied(body: bytes) -> bytes | None:
    """The answer for a customer whom nobody knows: lists empty, counts 0, no next page; ``None`` if it is
    no JSON with a list, so that nobody can tell."""
    try:
        whole = json.loads(body)
    except ValueError:
        return None
    return json.dumps(_emptied(whole)).encode() if _has_list(whole) else None


def _has_list(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_list(inner) for inner in value.values())
    return isinstance(value, list)


def _emptied(value: object, key: str = "") -> object:
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return {name: _emptied(inner, name) for name, inner in value.items()}
    if _LEADS_ON.search(key):
        return False if isinstance(value, bool) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and _COUNTS.search(key):
        return 0
    return value


def is_json(body: bytes) -> bool:
    """Whether it looks like a table or list in JSON."""
    return body.lstrip()[:1] in (b"{", b"[")


def _type_of(body: bytes) -> str:
    return "application/json; charset=utf-8" if is_json(body) else "application/octet-stream"
