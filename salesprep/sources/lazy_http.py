"""The HTTP client of one source, made when its adapter first uses it: aiohttp is a third of a start."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from salesprep.adapter import AdapterBug, Http, Response
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.sources.load import one_import

if TYPE_CHECKING:
    from salesprep.sources.http import HttpClient


class LazyHttp:
    """One client per source and identity, on that source's loop."""

    def __init__(
        self,
        source: str,
        manifest: Manifest,
        config: Mapping[str, object],
        now: Callable[[], datetime],
        log: logging.Logger,
    ) -> None:
        """``config`` has its secrets in place, since an address may itself be one."""
        self._source = source
        self._manifest = manifest
        self._config = config
        self._now = now
        self._log = log
        self._client: HttpClient | None = None

    def bound(self, deadline: float) -> Http:
        """A view for one call."""
        return _Bound(self, deadline)

    def client(self) -> HttpClient:
        """The client itself."""
        if self._client is None:
            with one_import():
                import salesprep.sources.http_wire  # noqa: F401 - brings aiohttp, in its turn
                from salesprep.sources.http import HttpClient
                from salesprep.sources.http_hosts import allowed_hosts, configured_in
            self._client = HttpClient(
                source=self._source,
                allowed_hosts=allowed_hosts(self._manifest, self._config),
                now=self._now,
                log=self._log,
                field=configured_in(self._manifest),
            )
        return self._client

    async def close(self) -> None:
        """Close its connections, if there are any."""
        if self._client is not None:
            await self._client.close()


@dataclass(frozen=True, slots=True)
class _Bound:
    _http: LazyHttp
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
        return (
            await self._http.client()
            .bound(self._deadline)
            .get(
                url,
                params=params,
                headers=headers,
                etag=etag,
                last_modified=last_modified,
                max_bytes=max_bytes,
            )
        )

    async def head(
        self, url: str, *, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        return await self._http.client().bound(self._deadline).head(url, params=params, headers=headers)


def no_http() -> Http:
    """For adapters of plain functions, whose threads have no loop."""
    return _NoHttp()


class _NoHttp:
    # Plain functions: a coroutine would complain that nobody awaited it.
    def get(self, *_: object, **__: object) -> NoReturn:
        raise AdapterBug(_NO_HTTP)

    def head(self, *_: object, **__: object) -> NoReturn:
        raise AdapterBug(_NO_HTTP)


_NO_HTTP = _('request.http cannot be used by an adapter that runs as "thread"')
