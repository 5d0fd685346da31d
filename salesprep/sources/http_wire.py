"""One exchange over aiohttp: a request out, an answer in, the client's troubles as errors of the contract.

The only module that imports aiohttp; it is imported on a source's own loop, at the first request.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from salesprep.adapter import BadData, ConfigInvalid, SourceError, Unavailable
from salesprep.adapter.words import _
from salesprep.sources import http_hosts
from salesprep.sources.http_body import Body, BodyError
from salesprep.sources.http_hosts import Address

if TYPE_CHECKING:
    from aiohttp.abc import ResolveResult

_CHUNK = 65_536
_LINE = 8_190
_HEADERS = 128
_CONNECTIONS = 8
"""At a time and source. aiohttp's own 100 let one source's burst hold up the others."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back for one request; ``body`` is empty unless it was a success."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class PrivateAddress(OSError):
    """A name that was only allowed to lead to the public internet leads into a private network."""


class Wire:
    """The connections of one source: no cookies, no proxies, no ``.netrc``, no redirects.

    Two pools: what a redirect leads to must not only resolve to a public address, it must not find a
    connection to a private one that an earlier, configured request left open either.
    """

    def __init__(self, *, source: str, ca: ssl.SSLContext | None, agent: str) -> None:
        self._source = source
        self._ca = ca
        self._agent = agent
        self._pools: dict[bool, aiohttp.ClientSession] = {}
        self._closed = False
        self._only_private: dict[str, bool] = {}
        """By host name: whether it never had a public address."""

    def is_private(self, host: str) -> bool:
        """Whether ``host``, asked before, is on a private network as far as its name server said."""
        return http_hosts.names_private(host) or self._only_private.get(host, False)

    async def exchange(
        self, method: str, address: Address, headers: Mapping[str, str], *, limit: int, public: bool
    ) -> Exchange:
        """Ask once. ``limit`` caps the body in bytes; with ``public`` only public IP addresses serve.

        Raises:
            SourceError: one of Unavailable, ConfigInvalid, BadData.
        """
        try:
            return await self._exchange(method, address, headers, limit, public)
        except aiohttp.ClientError as error:
            failure = self._failure(error, address)
        except BodyError as error:
            failure = BadData(
                _("the answer of {host} {reason}", host=address.host, reason=error.reason),
                mend=_(
                    "ask for less in [sources.{source}], or see whether the address is the right one",
                    source=self._source,
                ),
            )
        # Raised out here so that the client's error, which holds the address, is not its context.
        raise failure

    async def close(self) -> None:
        """Close all connections and wait until they are."""
        self._closed = True
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.close()

    async def _exchange(
        self, method: str, address: Address, headers: Mapping[str, str], limit: int, public: bool
    ) -> Exchange:
        async with self._pool(public).request(
            method, address.text, headers=headers, allow_redirects=False
        ) as answer:
            heads = _lower(answer.headers)
            if method == "HEAD" or not 200 <= answer.status < 300:
                return Exchange(answer.status, heads, b"")
            packing = heads.get("content-encoding", "identity").strip().lower() or "identity"
            if packing not in ("identity", "gzip", "x-gzip"):
                raise BodyError(_("is packed in a way that was not asked for"))
            body = Body(limit=limit, packed=packing != "identity")
            if (answer.content_length or 0) > limit:
                raise BodyError(_("is larger than {n} bytes", n=limit))
            async for piece in answer.content.iter_chunked(_CHUNK):
                body.add(piece)
            return Exchange(answer.status, heads, body.whole())

    def _pool(self, public: bool) -> aiohttp.ClientSession:
        if self._closed:
            raise aiohttp.ClientConnectionError
        if public not in self._pools:
            if self._ca is None:
                self._ca = _system_store()
            self._pools[public] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    ssl=self._ca,
                    resolver=_Resolver(self._only_private, public=public),
                    use_dns_cache=False,  # its cache looks up in a task that outlives the call
                    limit=_CONNECTIONS,
                ),
                headers={"User-Agent": self._agent, "Accept-Encoding": "gzip"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
                max_line_size=_LINE,
                max_field_size=_LINE,
                max_headers=_HEADERS,
            )
        return self._pools[public]

    def _failure(self, error: aiohttp.ClientError, address: Address) -> SourceError:
        host, source = address.host, f"[sources.{self._source}]"
        match error:
            case aiohttp.ClientConnectorCertificateError():
                why = getattr(error.certificate_error, "verify_message", "") or _("it does not verify")
                return ConfigInvalid(
                    _("the certificate of {host} is not trusted: {why}", host=host, why=why.rstrip(".")),
                    mend=_(
                        "add the authority to this machine's store, or correct the address in {source}",
                        source=source,
                    ),
                )
            case aiohttp.ClientConnectorSSLError():
                mend = _("see whether {host} speaks TLS on port {port}", host=host, port=str(address.port))
                return Unavailable(_("no TLS connection with {host}", host=host), mend=mend)
            case aiohttp.ClientConnectorDNSError(os_error=PrivateAddress()):
                return ConfigInvalid(
                    _("a redirect leads to {host}, which is in a private network", host=host),
                    mend=_(
                        "put the address that it leads to into {source}, if it is the right one",
                        source=source,
                    ),
                )
            case aiohttp.ClientConnectorDNSError():
                mend = _("see whether the network is there, and the name in {source} is right", source=source)
                return Unavailable(_("the name {host} is not known", host=host), mend=mend)
            case aiohttp.ClientConnectorError():
                mend = _("see whether the network is there, and {host} runs", host=host)
                return Unavailable(
                    _("no connection with {host} on port {port}", host=host, port=str(address.port)),
                    mend=mend,
                )
            case aiohttp.ClientResponseError():
                return BadData(
                    _("{host} does not answer in proper HTTP", host=host),
                    mend=_("correct the address in {source}", source=source),
                )
            case aiohttp.InvalidURL():
                return ConfigInvalid(
                    _("an address at {host} cannot be read", host=host),
                    mend=_("correct it in {source}", source=source),
                )
            case aiohttp.ServerDisconnectedError():
                return Unavailable(
                    _("{host} hung up without an answer", host=host), mend=_("try again later")
                )
        return Unavailable(_("the answer of {host} broke off", host=host), mend=_("try again later"))


class _Resolver(aiohttp.ThreadedResolver):
    """Looks up names on the loop's default executor, whose threads the host keeps from holding the exit."""

    def __init__(self, only_private: dict[str, bool], *, public: bool) -> None:
        super().__init__()
        self._only_private = only_private
        self._public = public

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        public = [result for result in found if not http_hosts.is_private(result["host"])]
        if self._public:
            if found and not public:
                raise PrivateAddress
            return public
        self._only_private[host] = self._only_private.get(host, True) and not public
        return found


def _system_store() -> ssl.SSLContext:
    """What the machine's owner trusts. truststore, because OpenSSL alone sees neither the keychain of
    macOS nor what Windows fetches on demand; on Linux both read the same files."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Names in lower case; values of one name joined by a comma; bytes that are no UTF-8 replaced."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        key = name.lower()
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found
