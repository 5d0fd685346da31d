"""Links to a source's own records in the text of an event: which account a link stands for.

A source's settings say what the web addresses of its records look like; where they do not, the addresses
that its own accounts carry do. What is found is an id to look up, and proof only once the source itself
has answered with that account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from salesprep.adapter import Account, Kind, Meeting

Patterns = Sequence[tuple[Kind, str]]
"""A kind and the address of its records, with ``{id}`` and ``{account_id}`` where their ids stand."""

MOST = 20
"""So many links of one event are looked at; an invitation with more is a newsletter."""

_LINK = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}*_»”’"
_PLACES = re.compile(r"(\{id\}|\{account_id\})")
_ID = r"(?P<id>[^/?#&=]+)"


def links_in(meeting: Meeting) -> tuple[str, ...]:
    """The web addresses in the description, the place, the title and the event's own, each once."""
    place = meeting.place.text if meeting.place is not None else None
    found: dict[str, None] = {}
    for text in (meeting.url, meeting.body, place, meeting.title):
        for match in _LINK.finditer(text or ""):
            found[_trimmed(match[0])] = None
    return tuple(found)[:MOST]


def _trimmed(link: str) -> str:
    """Without what the sentence put behind it; a bracket stays if its other half is in the link."""
    while link and link[-1] in _TRAILING and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link


def account_ids(links: Iterable[str], patterns: Patterns) -> tuple[str, ...]:
    """The account ids that the links hold if they are of these patterns."""
    found: dict[str, None] = {}
    for link in links:
        comparable = _comparable(link)
        for kind, pattern in patterns:
            expression = _expression(kind, pattern) if comparable else None
            match = expression.match(comparable) if expression is not None else None
            if match is not None and (native_id := unquote(match["id"]).strip()):
                found[native_id] = None
    return tuple(found)


def link_to(account: Account, links: Iterable[str], patterns: Patterns) -> str | None:
    """The link among ``links`` that stands for ``account``: of its own address, or with its id."""
    own = _comparable(account.url or "")
    for link in links:
        if own and _comparable(link) == own and "/" in own.rstrip("/"):
            return link
        if account.id in account_ids((link,), patterns):
            return link
    return None


def patterns_of(accounts: Iterable[Account]) -> Patterns:
    """What the addresses of a source's accounts have in common: each with its own id taken out."""
    made: dict[tuple[Kind, str], None] = {}
    for account in accounts:
        url, native_id = account.url or "", quote(account.id, safe="")
        if not native_id or "{" in url or not _LINK.fullmatch(url):
            continue
        host_ends = url.find("/", url.find("//") + 2)
        whole = re.compile(rf"(?<=[/=]){re.escape(native_id)}(?![^/?#&])")
        places = [m for m in whole.finditer(url) if host_ends >= 0 and m.start() > host_ends]
        if len(places) == 1:
            at = places[0]
            made[Kind.ACCOUNT, f"{url[: at.start()]}{{id}}{url[at.end() :]}"] = None
    return tuple(made)


@lru_cache(maxsize=4096)
def _comparable(link: str) -> str:
    """Host, path, query and fragment, without what does not tell two records apart; empty if it is no
    web address."""
    try:
        parts = urlsplit(link.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme.casefold() not in ("http", "https") or not host:
        return ""
    shown = f":{port}" if port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{shown}{parts.path.rstrip('/')}{query}{fragment}"


@lru_cache(maxsize=256)
def _expression(kind: Kind, pattern: str) -> re.Pattern[str] | None:
    """The pattern as an expression with the account's id in it; ``None``: it tells no account."""
    wanted = "{id}" if kind is Kind.ACCOUNT and "{id}" in pattern else "{account_id}"
    # Braces are not of an address: a word that no address holds stands for them while it is read.
    comparable = _comparable(pattern.replace("{id}", "0id0").replace("{account_id}", "0account0"))
    if wanted not in pattern or not comparable:
        return None
    comparable = comparable.replace("0id0", "{id}").replace("0account0", "{account_id}")
    parts = list(_split(comparable, wanted))
    return re.compile("".join(parts) + r"(?:[/?#&].*)?\Z", re.DOTALL) if parts.count(_ID) == 1 else None


def _split(pattern: str, wanted: str) -> Iterator[str]:
    named = False
    for part in _PLACES.split(pattern):
        if part == wanted and not named:
            named = True
            yield _ID
        elif _PLACES.fullmatch(part):
            yield r"[^/?#&=]+"
        elif part:
            yield re.escape(part)
