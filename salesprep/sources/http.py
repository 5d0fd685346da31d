"""The host's HTTP client for adapters: one per source and identity, GET and HEAD only.

Here are the rules: deadline, hosts, redirects, headers, caps, what a status means. The exchange itself
is in ``http_wire``, which brings aiohttp in when the first request is made. No message and no log line
holds more of an address than its host: paths and queries may be secrets.

The environment has no say: neither its proxies nor ``.netrc`` are used, since both would send what a
source is asked, or a login nobody configured, where no setting points to.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from salesprep.adapter import (
    AdapterBug,
    BadData,
    ConfigInvalid,
    DeadlineExceeded,
    Http,
    Response,
    Unavailable,
)
from salesprep.adapter.words import _
from salesprep.sources.http_hosts import Address, AddressError, names_private, permits, read_address
from salesprep.sources.http_status import refusal

if TYPE_CHECKING:
    from salesprep.sources.http_wire import Exchange, Wire

MAX_BYTES = 32 * 1024 * 1024
"""The largest body, unpacked, unless an adapter asks for another limit."""
MOST_BYTES = 256 * 1024 * 1024
"""The most that an adapter can ask for."""
MAX_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\uffff]*\Z")
_OURS = frozenset(
    (
        *("accept-encoding", "connection", "content-length", "expect", "host", "if-modified-since"),
        *("if-none-match", "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding"),
        *("upgrade", "user-agent"),
    )
)
"""Headers that the client sets itself."""


class HttpClient:
    """All HTTP of one source under one identity; lives on that source's event loop.

    ``allowed_hosts`` as :func:`salesprep.sources.http_hosts.allowed_hosts` gives it. ``ca`` replaces
    the machine's store of authorities. ``now`` is the clock that ``Retry-After`` is counted from.
    ``field`` is the setting that the addresses come from.
    """

    def __init__(
        self,
        *,
        source: str,
        allowed_hosts: frozenset[str],
        log: logging.Logger,
        now: Callable[[], datetime],
        field: str | None = None,
        ca: ssl.SSLContext | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._source = source
        self._allowed = allowed_hosts
        self._log = log
        self._now = now
        self._field = field
        self._ca = ca
        self._max_bytes = max_bytes
        self._wire: Wire | None = None
        self._closed = False

    def bound(self, deadline: float) -> Http:
        """A view for one call, over at ``deadline`` on :func:`time.monotonic`."""
        return _Bound(self, deadline)

    async def close(self) -> None:
        """Close all connections; what is asked afterwards is :class:`Unavailable`."""
        self._closed = True
        if self._wire is not None:
            await self._wire.close()

    async def ask(
        self,
        method: str,
        url: str,
        *,
        deadline: float,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        validators: Mapping[str, str | None],
        max_bytes: int | None = None,
    ) -> Response:
        """One complete answer, redirects followed; see :class:`salesprep.adapter.Http` for the errors."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlineExceeded(_("asked after the deadline"))
        if self._closed:
            raise Unavailable(_("asked after the source was closed"))
        address = self._read(url).with_params(params or {})
        sent = self._checked(headers or {}) | _usable(validators)
        limit = min(max_bytes or self._max_bytes, MOST_BYTES)
        clock = asyncio.timeout(left)
        try:
            async with clock:
                response = await self._follow(method, address, sent, limit)
        except TimeoutError:
            if not clock.expired():
                raise
        else:
            return response
        raise DeadlineExceeded(_("no complete answer from {host} in time", host=address.host))

    async def _follow(self, method: str, address: Address, headers: dict[str, str], limit: int) -> Response:
        wire = self._wire = self._wire or self._connect()
        public = False
        for _turn in range(MAX_REDIRECTS + 1):
            answer = await wire.exchange(method, address, headers, limit=limit, public=public)
            self._log.debug("%s %s: %d, %d bytes", method, address.host, answer.status, len(answer.body))
            if answer.status not in _REDIRECTS:
                return self._finish(answer, address, headers)
            target = self._target(address, answer)
            if not address.keeps_headers(target):
                headers = {}
            # From the public internet, no redirect leads into a private network: its name may have
            # been turned to an inner address on purpose. Written out as one in the settings, it may.
            public = not wire.is_private(address.host) and not names_private(target.host)
            address = target
        raise BadData(
            _("{host} redirects more than {n} times", host=address.host, n=MAX_REDIRECTS),
            mend=_(
                "see whether the address in [sources.{source}] wants a login in a browser",
                source=self._source,
            ),
        )

    def _target(self, address: Address, answer: Exchange) -> Address:
        mend = _("correct the address in [sources.{source}]", source=self._source)
        try:
            target = address.join(answer.headers["location"])
        except KeyError:
            raise BadData(
                _("{host} redirects without saying where to", host=address.host), mend=mend
            ) from None
        except AddressError as error:
            reason = error.reason
            raise BadData(
                _("{host} redirects to an address that {reason}", host=address.host, reason=reason), mend=mend
            ) from None
        if address.scheme == "https" and target.scheme == "http":
            raise BadData(
                _("{host} redirects from https to http, which is refused", host=address.host), mend=mend
            )
        if not permits(self._allowed, target):
            raise ConfigInvalid(
                _(
                    "{host} redirects to {place}, which this source may not ask",
                    host=address.host,
                    place=target.place,
                ),
                mend=_(
                    "if that is right, put the address it leads to into [sources.{source}]",
                    source=self._source,
                ),
            )
        return target

    def _finish(self, answer: Exchange, address: Address, headers: Mapping[str, str]) -> Response:
        error = refusal(
            answer.status, answer.headers, host=address.host, source=self._source, now=self._now()
        )
        if error is not None:
            self._log.warning("%s answers %d", address.host, answer.status)
            raise error
        if answer.status == 304 and not ("If-None-Match" in headers or "If-Modified-Since" in headers):
            raise BadData(
                _("{host} answers 304 to a question that named no earlier answer", host=address.host)
            )
        return Response(
            status=answer.status,
            url=address.text,
            headers=answer.headers,
            body=answer.body,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )

    def _read(self, url: str) -> Address:
        mend = _("correct the address in [sources.{source}]", source=self._source)
        try:
            address = read_address(url)
        except AddressError as error:
            reason = error.reason
            if "user name" in reason:
                mend = _(
                    "take it out of the address in [sources.{source}], use the adapter's own settings",
                    source=self._source,
                )
            raise ConfigInvalid(
                _("an address of this source {reason}", reason=reason), mend=mend, field=self._field
            ) from None
        if not permits(self._allowed, address):
            raise ConfigInvalid(
                _("{place} is not among the hosts of this source", place=address.place),
                mend=_("{mend}, or name the host under hosts in adapter.toml", mend=mend),
            )
        return address

    def _checked(self, headers: Mapping[str, str]) -> dict[str, str]:
        for name, value in headers.items():
            if not _HEADER_NAME.match(name) or name.lower() in _OURS:
                raise AdapterBug(f"the adapter sets a header that it may not set: {name[:40]!r}")
            if not _HEADER_VALUE.match(value):
                raise ConfigInvalid(
                    _(
                        "the value for the header {name} holds a line break or another control character",
                        name=name,
                    ),
                    mend=_(
                        "see whether the secret that [sources.{source}] points to ends in one",
                        source=self._source,
                    ),
                )
        return dict(headers)

    def _connect(self) -> Wire:
        from importlib.metadata import version

        from salesprep.sources.http_wire import Wire

        return Wire(source=self._source, ca=self._ca, agent=f"salesprep/{version('salesprep')}")


def _usable(validators: Mapping[str, str | None]) -> dict[str, str]:
    """Validators that a server gave earlier; one that cannot be sent back is left out."""
    return {name: value for name, value in validators.items() if value and _HEADER_VALUE.match(value)}


@dataclass(frozen=True, slots=True)
class _Bound:
    """The client with one call's deadline: what an adapter gets as ``request.http``."""

    _client: HttpClient
    _deadline: float

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
        return await self._client.ask(
            "GET",
            url,
            deadline=self._deadline,
            params=params,
            headers=headers,
            validators={"If-None-Match": etag, "If-Modified-Since": last_modified},
            max_bytes=max_bytes,
        )

    async def head(
        self, url: str, *, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        return await self._client.ask(
            "HEAD", url, deadline=self._deadline, params=params, headers=headers, validators={}
        )
