"""Letters of an archive, asked with a client of its own: all that request.http does is done here."""

from __future__ import annotations

from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from pydantic import AwareDatetime, BaseModel, ValidationError

from salesprep.adapter import (
    AuthRequired,
    BadData,
    BlockingAdapter,
    Check,
    ConfigInvalid,
    DeadlineExceeded,
    Document,
    Keys,
    Kind,
    Page,
    Participant,
    PermissionDenied,
    Query,
    RateLimited,
    Record,
    Request,
    SourceError,
    Unavailable,
)
from salesprep.adapter.config import Config, Secret

MOST = 16 * 1024 * 1024
"""Bytes of an answer."""
PIECE = 65_536


class ArchiveConfig(Config):
    """The keys of a source that uses this adapter."""

    url: str
    """Where the archive is: https://archive.ons.example"""
    token: Secret
    """A token that may read letters."""


class Letter(BaseModel):
    """What is read of a letter."""

    nr: str
    subject: str
    written: AwareDatetime
    domain: str
    author: str | None = None
    text: str | None = None


class Answer(BaseModel):
    """One page; ``next`` is the address of the next one."""

    letters: list[Letter]
    total: int | None = None
    next: str | None = None


class Archive(BlockingAdapter[ArchiveConfig]):
    """One connection a page."""

    Config: ClassVar[type[ArchiveConfig]] = ArchiveConfig

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Letters of the domains, newest first."""
        params = urlencode({"domains": ",".join(query.domains)})
        answer = self._ask(cursor or f"{self.config.url}/api/letters?{params}", request)
        return Page(
            records=tuple(self._letter(row, request) for row in answer.letters),
            cursor=answer.next,
            total=answer.total,
        )

    def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the token is accepted."""
        try:
            self._ask(f"{self.config.url}/api/letters?domains=", request)
        except SourceError as error:
            return (Check("login", "failed", error.what, error.mend),)
        return (Check("login", "passed", "the token is accepted"),)

    def _letter(self, row: Letter, request: Request) -> Document:
        return Document(
            id=row.nr,
            title=row.subject,
            fetched_at=request.now(),
            url=f"{self.config.url}/letters/{row.nr}",
            at=row.written,
            snippet=row.text,
            people=(Participant(name=row.author, role="author"),) if row.author else (),
            keys=Keys(domains=(row.domain,)),
        )

    def _ask(self, url: str, request: Request) -> Answer:
        if urlsplit(url)[:2] != urlsplit(self.config.url)[:2]:
            raise BadData("the next page lies at another host", mend="ask whoever runs the archive")
        try:
            return Answer.model_validate_json(self._body(url, request))
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
            raise BadData("the archive answers in another form", field=where) from None

    def _body(self, url: str, request: Request) -> bytes:
        scheme, place, path, query, _ = urlsplit(url)
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        connection = kind(place, timeout=_left(request))
        headers = {"Authorization": f"Bearer {self.config.token.get_secret_value()}"}
        try:
            connection.request("GET", f"{path}?{query}", headers=headers)
            socket = connection.sock
            response = connection.getresponse()
            _look_at(response.status, response.getheader("Retry-After", ""), request)
            body = bytearray()
            while piece := response.read1(PIECE):
                body += piece
                if len(body) > MOST:
                    raise BadData("the answer is too large")
                socket.settimeout(_left(request))
            _is_whole(response)
        except TimeoutError:
            raise DeadlineExceeded("the archive takes too long") from None
        except (OSError, HTTPException):
            raise Unavailable("the archive cannot be reached") from None
        finally:
            connection.close()
        return bytes(body)


def _left(request: Request) -> float:
    left = request.left()
    if left <= 0:
        raise DeadlineExceeded("the archive takes too long")
    return left


def _is_whole(response: HTTPResponse) -> None:
    if response.length:
        raise IncompleteRead(b"", response.length)


def _look_at(status: int, after: str, request: Request) -> None:
    """Raise what a status other than 200 means."""
    retry_at: datetime | None = None
    if after.isdecimal():
        retry_at = request.now() + timedelta(seconds=int(after))
    if status == 401:
        raise AuthRequired("the archive does not accept the token", field="token")
    if status == 403:
        raise PermissionDenied("the token may not read letters")
    if status == 404:
        raise ConfigInvalid("there is no archive at this address", field="url")
    if status == 429:
        raise RateLimited("the archive was asked too often", retry_at=retry_at)
    if status >= 500:
        raise Unavailable("the archive has trouble of its own", retry_at=retry_at)
    if status != 200:
        raise BadData(f"the archive answers with status {status}")
