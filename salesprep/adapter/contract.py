"""What the host asks of an adapter, and what it hands to it.

One class per adapter: :class:`Adapter` (coroutines) or :class:`BlockingAdapter` (plain functions on a
thread of the host's). Every method answers with one page; the host cuts the time, keeps answers,
cleans text and survives whatever goes wrong. An adapter reads and never writes, keeps no global
state, opens no connection of its own where ``request.http`` can do it, and *may return too much*:
which record belongs to the customer is decided elsewhere.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Protocol, TypeVar

from salesprep.adapter.errors import Failure
from salesprep.adapter.records import Account, Kind, Meeting, Record

if TYPE_CHECKING:
    from salesprep.adapter.config import Config
    from salesprep.adapter.proposal import Given, Proposal

PAGE_SIZE = 50
"""Records wanted in a first page; the host cuts whatever is longer than 500."""

RecordT_co = TypeVar("RecordT_co", bound=Record, covariant=True)
ConfigT = TypeVar("ConfigT", bound="Config")


@dataclass(frozen=True, slots=True)
class Query:
    """Whom to look for. Holds only the look-ups that the manifest asks for; all may be empty.

    ``names`` are spellings from full to short ("Van Dijk Machinebouw B.V.", "Van Dijk Machinebouw"),
    ``domains`` registrable domains, ``ids`` this source's *own* account ids. They are alternatives:
    a record that fits any of them is wanted.
    """

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.domains or self.emails or self.handles or self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, ``start`` included, ``end`` not; both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Items that could not be read: how many, why and where, never what was in them."""

    count: int
    why: str
    """``end before start``"""
    where: str | None = None
    """``agenda.ics line 1204``: the first of them."""
    shown: bool = False
    """The items are on the page all the same: each lacks but the one value that could not be read."""


@dataclass(frozen=True, slots=True)
class Page(Generic[RecordT_co]):
    """One page of an answer. ``cursor`` is opaque and asks for the next one; ``None``: the last.

    ``total`` only if the source itself counts. ``as_of``: how old the source's own material is where
    that differs from when it was read (the day of an export file). ``refused``: what was left out.
    """

    records: tuple[RecordT_co, ...] = ()
    cursor: str | None = None
    total: int | None = None
    as_of: datetime | None = None
    refused: tuple[Refusal, ...] = ()
    failure: Failure | None = None
    """A part of the source could not be read (one calendar of several): ``error.failure()``. The records
    of the other parts are here, and the reader is told what is missing and who mends it."""
    notice: str | None = None
    """A limit of this source that the reader must know ("knows only people connected to you")."""


CheckOutcome = Literal["passed", "failed", "indeterminate", "skipped"]


@dataclass(frozen=True, slots=True)
class Check:
    """One named test of a source. A time-out is ``indeterminate``; a 200 is no proof of a login."""

    name: str
    outcome: CheckOutcome
    what: str
    mend: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer over HTTP. Redirects are followed, failures already raised."""

    status: int
    """2xx, or 304 with an empty body if validators were sent."""
    url: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    etag: str | None = None
    last_modified: str | None = None

    @property
    def not_modified(self) -> bool:
        """The copy that the validators stand for is still good."""
        return self.status == 304


class Http(Protocol):
    """The host's client for one source and identity; see ``docs/adapters.md`` for its guards.

    Raises :class:`Unavailable`, :class:`AuthRequired`, :class:`PermissionDenied`,
    :class:`RateLimited`, :class:`DeadlineExceeded` or :class:`BadData` (a body over the limit);
    a host outside the manifest's list is :class:`ConfigInvalid`.
    """

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """Read ``url`` (http or https). ``etag`` and ``last_modified`` make the request conditional."""
        ...

    async def head(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """As :meth:`get`, without a body."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What belongs to one call: nothing an adapter needs is global."""

    now: Callable[[], datetime]
    """The clock: aware, in the user's zone (``request.now().tzinfo`` is that zone)."""
    deadline: float
    """On :func:`time.monotonic`: an answer after it is not waited for."""
    http: Http
    log: logging.Logger
    identity: str
    """Opaque and stable: whose view of the source this is. Part of the key of all that is kept."""
    store: Path | None
    """A private folder for an index of this source's own data; absent if nothing may be kept."""

    def left(self) -> float:
        """Seconds until the deadline; negative when it is over."""
        return self.deadline - time.monotonic()


class _Base(Generic[ConfigT]):
    """What both sorts of adapter share. ``__init__`` does no I/O."""

    Config: ClassVar[Any]
    """The subclass of :class:`salesprep.adapter.config.Config` that checks this adapter's settings."""

    def __init__(self, config: ConfigT) -> None:
        self.config = config

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:  # noqa: ARG003
        """The sources that ``given`` could be set up as; ``()`` if it is nothing for this adapter.

        Called on a thread of the host's, before there is a configuration. Raises a ``SourceError``
        where the content is this adapter's but cannot be read (an export cut in half).
        """
        return ()


class Adapter(_Base[ConfigT]):
    """An adapter of coroutines, on an event loop of its source's own. Only ``fetch`` is required."""

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """Accounts that may be the customer, best first; one page."""
        raise NotImplementedError

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """One page of records of ``kind`` that may concern the customer, newest first."""
        raise NotImplementedError

    async def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """One page of records about a topic, whoever's they are."""
        raise NotImplementedError

    async def upcoming(self, window: Window, cursor: str | None, request: Request) -> Page[Meeting]:
        """One page of meetings that touch ``window``, earliest first, with any customer."""
        raise NotImplementedError

    async def check(self, request: Request) -> tuple[Check, ...]:
        """Ask the source for real, cheaply, and say what works."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Let go of what is held open."""


class BlockingAdapter(_Base[ConfigT]):
    """The same methods as plain functions, on a thread of the host's (``runs = "thread"``).

    ``request.http`` is not usable here; one call runs at a time.
    """

    def find(self, query: Query, request: Request) -> Page[Account]:
        """As :meth:`Adapter.find`."""
        raise NotImplementedError

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """As :meth:`Adapter.fetch`."""
        raise NotImplementedError

    def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """As :meth:`Adapter.search`."""
        raise NotImplementedError

    def upcoming(self, window: Window, cursor: str | None, request: Request) -> Page[Meeting]:
        """As :meth:`Adapter.upcoming`."""
        raise NotImplementedError

    def check(self, request: Request) -> tuple[Check, ...]:
        """As :meth:`Adapter.check`."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what is held open."""
