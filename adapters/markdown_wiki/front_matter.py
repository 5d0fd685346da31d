"""What a page says of itself: the block of YAML (``---``) or TOML (``+++``) at its beginning.

Every value of YAML is taken as the text that stands there: no tags, no types, no merging, so that "no"
is a name and nothing in a block can build anything but texts, lists and tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from email.utils import parseaddr
from typing import Any

from salesprep.adapter.names import domain_of
from salesprep.adapter.words import _

LARGEST = 16 * 1024  # as TOO_LARGE says
"""Characters of a block: parsing takes 0.1 ms for a usual one, and grows with its length."""
_MOST = 50
"""Values of one key."""
_LONGEST = 300
"""Characters of one value."""

NOT_CLOSED = _("front matter that does not end")
TOO_LARGE = _("front matter of more than 16 KB")
NOT_READABLE = _("front matter that cannot be read")

_BLOCK = re.compile(r"(---|\+\+\+)[ \t]*\n")
_END = {"---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M), "+++": re.compile(r"^\+\+\+[ \t]*$", re.M)}
_KEY = re.compile(r"[\w\"'][^\n:=]{0,60}[:=]")
_NESTED = re.compile(r"(?:[\[{][ \t]*){30}|(?:[-?:][ \t]+){30}")
"""Deeper than any page needs, and a way to exhaust a parser."""

_NO_NAME = frozenset({"true", "false", "yes", "no", "ja", "nee", "none", "null", "n/a", "nvt", "tbd"})
_DOMAIN_KEYS = ("domain", "domains", "website", "websites")
_AUTHOR_KEYS = ("author", "authors")
_WRITTEN_KEYS = ("date", "created")
_UPDATED_KEYS = ("updated", "modified", "lastmod")
_TAG_KEYS = ("tags", "aliases", "keywords")


@dataclass(slots=True)
class Facts:
    """What is known of a page without its text."""

    title: str | None = None
    customers: list[str] = field(default_factory=list)
    """Organisations that the page names as its customer, as written."""
    domains: list[str] = field(default_factory=list)
    """Registrable domains."""
    authors: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Name and mail address."""
    at: str | None = None
    """When it was written: a day, or a time that may lack its zone; ISO 8601."""
    updated: str | None = None
    version: str | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)


def read(text: str, customer_keys: tuple[str, ...]) -> tuple[Facts, str, str | None]:
    """The facts of a page, its text without the block, and what is wrong with the block."""
    opened = _BLOCK.match(text)
    if opened is None:
        return Facts(), text, None
    start = opened.end()
    closed = _END[opened[1]].search(text, start, start + LARGEST)
    if closed is None:
        if _KEY.match(text, start) is None:  # a line across the page, and no block
            return Facts(), text, None
        long = _END[opened[1]].search(text, start) is not None
        return Facts(), text, TOO_LARGE if long else NOT_CLOSED
    block, rest = text[start : closed.start()], text[closed.end() :]
    try:
        table = _yaml(block) if opened[1] == "---" else tomllib.loads(block)
    except _Unreadable:
        return Facts(), rest, NOT_READABLE
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return Facts(), rest, NOT_READABLE
    if not isinstance(table, Mapping):  # text between two lines across the page
        return Facts(), (rest if table is None else text), None
    return _facts(table, customer_keys), rest, None


class _Unreadable(Exception):
    """Not YAML, or more deeply nested than a page needs."""


def _yaml(block: str) -> object:
    if _NESTED.search(block):
        raise _Unreadable
    import yaml  # 12 ms, and only where a page is new

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        # The base loader builds texts, lists and tables; an alias is the same object once more.
        return yaml.load(block, Loader=loader)  # noqa: S506
    except yaml.YAMLError:
        raise _Unreadable from None


def _facts(table: Mapping[Any, Any], customer_keys: tuple[str, ...]) -> Facts:
    by_key = {key.strip().casefold(): value for key, value in table.items() if isinstance(key, str)}

    def texts(*keys: str) -> list[str]:
        here = [by_key[key] for key in keys if key in by_key]
        return list(dict.fromkeys(text for value in here for text in _texts(value))) if here else []

    def first(*keys: str) -> str | None:
        return next(iter(texts(*keys)), None)

    websites = (domain_of(text) for text in texts(*_DOMAIN_KEYS))
    customers = (_unlinked(text) for text in texts(*customer_keys))
    return Facts(
        title=first("title"),
        customers=[name for name in customers if name.casefold() not in _NO_NAME and _has_letters(name)],
        domains=list(dict.fromkeys(domain for domain in websites if domain is not None)),
        authors=[author for key in _AUTHOR_KEYS for author in _authors(by_key.get(key))],
        at=next((when for key in _WRITTEN_KEYS if (when := _when(by_key.get(key)))), None),
        updated=next((when for key in _UPDATED_KEYS if (when := _when(by_key.get(key)))), None),
        version=first("version"),
        language=first("lang", "language"),
        tags=texts(*_TAG_KEYS),
    )


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """The texts of a value or of a list of values; ``[[Van Dijk]]`` without quotes is a list in a list."""
    if isinstance(value, list):
        for item in value[:_MOST] if depth < 2 else ():
            yield from _texts(item, depth + 1)
    elif isinstance(value, str | int | float | date | datetime) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if text and len(text) <= _LONGEST:
            yield text


def _unlinked(text: str) -> str:
    """``[[Van Dijk|VD]]`` → ``Van Dijk``: a link to the customer's page names the customer."""
    if text.startswith("[[") and text.endswith("]]"):
        text = text[2:-2].partition("|")[0].partition("#")[0].rpartition("/")[2]
    return text.strip()


def _has_letters(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _authors(value: object) -> Iterator[tuple[str | None, str | None]]:
    for one in value[:_MOST] if isinstance(value, list) else (value,):
        if isinstance(one, Mapping):
            name, mail = (next(_texts(one.get(key)), None) for key in ("name", "email"))
            if name or mail:
                yield name, mail
            continue
        for text in _texts(one):
            name, mail = parseaddr(text) if "@" in text else (_unlinked(text), "")
            if name or "@" in mail:
                yield name or None, mail if "@" in mail else None


def _when(value: object) -> str | None:
    """A day or a time as ISO 8601, if it is written so; any other way is not guessed at."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str) or isinstance(value, time):
        return None
    text = value.strip()
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text).isoformat()
        except ValueError:
            continue
    return None
