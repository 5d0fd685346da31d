"""Addresses taken apart, and which hosts a source may speak to. Pure: opens nothing, asks no name server.

Every address is checked and written anew from its checked parts before it goes to the client, so that
no second parser can see another host in it than the one that was allowed here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CALENDAR_SCHEMES = ("webcal", "webcals")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last four bytes are an IPv4 address."""


class AddressError(ValueError):
    """An address that is not asked; ``reason`` says why, as what it does, and repeats nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address: ``text`` is ASCII, without fragment; ``host`` is lower case."""

    scheme: str
    host: str
    port: int
    text: str

    @property
    def place(self) -> str:
        """``host:port``, an IPv6 host in brackets."""
        return f"{_bracketed(self.host)}:{self.port}"

    def with_params(self, params: Mapping[str, str]) -> Address:
        """The address with ``params`` after what its query already holds."""
        if not params:
            return self
        joint = "&" if "?" in self.text else "?"
        text = self.text + joint + urlencode(params, quote_via=quote)
        return Address(self.scheme, self.host, self.port, text)

    def join(self, location: str) -> Address:
        """Where a ``Location`` header seen at this address leads.

        Raises:
            AddressError: not an http or https address, or one that is never asked.
        """
        plain = quote(location.encode(errors="surrogateescape"), safe=_PRINTABLE)
        try:
            joined = urljoin(self.text, plain)
        except ValueError:
            joined = ""
        return read_address(joined)

    def keeps_headers(self, target: Address) -> bool:
        """Whether what an adapter sends here may follow to ``target``: the same server, or its https."""
        if target.host != self.host:
            return False
        upgraded = (self.port, target.port) == (80, 443) and target.scheme == "https"
        return upgraded or (self.scheme, self.port) == (target.scheme, target.port)


def read_address(text: str) -> Address:
    """Take an address apart.

    Raises:
        AddressError: another scheme, a user name or password in it, no host name that can be one.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = (parts.hostname or "").lower()
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        path = quote(parts.path, safe=_PATH_SAFE)
        query = quote(parts.query, safe=_QUERY_SAFE)
    except ValueError:
        readable = False
    else:
        readable = True
    if not readable:  # raised out here: the parser's error repeats the address, it must not be the context
        raise AddressError(_("cannot be read"))
    if parts.scheme not in _DEFAULT_PORTS:
        raise AddressError(_("does not begin with http:// or https://"))
    if "@" in parts.netloc:
        raise AddressError(_("holds a user name or a password"))
    if not _HOST.match(host) and not _is_ipv6(host):
        raise AddressError(_("has no host name that can be asked"))
    if port == 0:
        raise AddressError(_("has no port that can be asked"))
    default = _DEFAULT_PORTS[parts.scheme]
    shown = _bracketed(host) if port in (None, default) else f"{_bracketed(host)}:{port}"
    text = f"{parts.scheme}://{shown}{path or '/'}{f'?{query}' if query else ''}"
    return Address(parts.scheme, host, port or default, text)


def allowed_hosts(manifest: Manifest, config: Mapping[str, object]) -> frozenset[str]:
    """The hosts that a source with these settings may speak to, as ``host`` or ``host:port``.

    A host name written in the manifest means https on port 443; with a port it means that port. An
    address in the settings (a ``config:`` host) allows its own host and port; one that begins with
    ``http://`` and names no port allows https there too, as such servers redirect to it. ``webcal``
    counts as https. Addresses that cannot be read are left out: asking them says what is wrong.
    ``config`` must have its secrets looked up, for an address may itself be one.
    """
    found = set()
    for host in manifest.hosts:
        if not host.startswith("config:"):
            found.add(_from_manifest(host.lower()))
    for text in manifest.configured_addresses(config):
        scheme, _, rest = text.strip().partition(":")
        try:
            address = read_address(f"https:{rest}" if scheme.lower() in _CALENDAR_SCHEMES else text)
        except AddressError:
            continue
        plain = address.scheme == "http" and address.port == _DEFAULT_PORTS["http"]
        found.add(_bracketed(address.host) if plain else address.place)
    return frozenset(found)


def configured_in(manifest: Manifest) -> str | None:
    """The setting that the addresses stand in: ``url``; of several the table that they share
    (``calendars``), or else the first; ``None`` if no setting holds one."""
    fields = [h.removeprefix("config:") for h in manifest.hosts if h.startswith("config:")]
    if len(fields) < 2:
        return fields[0] if fields else None
    tables = {field.rpartition(".")[0] for field in fields}
    return (tables.pop() if len(tables) == 1 else "") or fields[0]


def _from_manifest(host: str) -> str:
    if _is_ipv6(host.strip("[]")):
        return f"[{host.strip('[]')}]:443"
    return host if re.search(r":\d+\Z", host) else f"{host}:443"


def permits(allowed: frozenset[str], address: Address) -> bool:
    """Whether the list holds the address: ``host:port``, or ``host`` for its scheme's own port."""
    if address.place in allowed:
        return True
    return address.port == _DEFAULT_PORTS[address.scheme] and _bracketed(address.host) in allowed


def literal_ip(host: str) -> str | None:
    """``host`` if it is itself an IP address, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return None
    return host


def is_private(ip: str) -> bool:
    """Whether an IP address leads anywhere but to the public internet.

    Loopback, link-local, private and shared ranges, multicast, and IPv6 forms that carry such an IPv4
    address (mapped, 6to4, Teredo, NAT64). What cannot be read counts as private.
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            carried = ipaddress.IPv4Address(address.packed[-4:])
        if carried is not None:
            address = carried
    return not address.is_global or address.is_multicast or address.is_reserved


def names_private(host: str) -> bool:
    """Whether a host is private as it is written: ``localhost``, ``10.0.0.5``, ``::1``."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    ip = literal_ip(host)
    return ip is not None and is_private(ip)


def _is_ipv6(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return "%" not in host


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
