"""``adapter.toml``: what an adapter says of itself, read without importing any of it.

The manifest is the whole truth for the host: which kinds, look-ups and abilities there are, which
hosts may be spoken to, how it runs and how long an answer keeps. An unknown key is an error that
names the nearest right one.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from salesprep.adapter.records import Kind

CONTRACT = (1, 0)
"""The contract version of this salesprep: major, minor."""

Lookup = Literal["id", "domain", "name", "email", "handle"]
Ability = Literal["find", "fetch", "search", "upcoming", "recognise"]
Runs = Literal["async", "thread"]
AsksAs = Literal["user", "service", "none"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_DURATION = re.compile(r"([0-9]{1,9})\s*(s|m|h|d)\Z")
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\Z")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ManifestError(Exception):
    """A manifest that cannot be used; the text names file, key and mend."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One ``adapter.toml``. Durations are seconds."""

    name: str
    title: str
    version: str
    contract: tuple[int, int]
    class_name: str
    """The class in ``adapter.py``."""
    kinds: tuple[Kind, ...]
    """All that it can tell; see :meth:`kinds_of`."""
    lookups: frozenset[Lookup]
    abilities: frozenset[Ability]
    asks_as: AsksAs
    runs: Runs
    ttl: int
    """How long an answer counts as fresh."""
    keep_old: int
    """How long an old answer may be shown when no fresher one comes."""
    hosts: tuple[str, ...]
    """Host names, or ``config:FIELD`` (dotted; a list on the way is walked) for those in settings."""
    secrets: tuple[str, ...]
    """Dotted config fields that take ``env:`` or ``file:`` references only."""
    requires: tuple[str, ...]
    """Libraries beyond salesprep's own, as requirement strings."""
    calls_at_once: int
    """For ``runs = "thread"``: how many calls it bears at a time."""
    folder: Path
    kinds_in: str | None = None
    """The config table whose keys are the kinds that a source is set up to tell (``queries``)."""
    record_links: str | None = None
    """The config table that tells by kind what the web addresses of records look like (``links``); see
    :meth:`record_links_of`."""

    def kinds_of(self, config: Mapping[str, object]) -> tuple[Kind, ...]:
        """The kinds that a source with these settings is to be asked for."""
        table = config.get(self.kinds_in) if self.kinds_in is not None else None
        if not isinstance(table, Mapping):
            return self.kinds
        return tuple(kind for kind in self.kinds if kind.value in table)

    def record_links_of(self, config: Mapping[str, object]) -> tuple[tuple[Kind, str], ...]:
        """By kind the address of a record, with ``{id}`` and ``{account_id}`` where its ids stand: the
        value of the table's key, or of ``link`` in the table that is its value."""
        table = config.get(self.record_links) if self.record_links is not None else None
        found: list[tuple[Kind, str]] = []
        for kind in self.kinds:
            given = table.get(kind.value) if isinstance(table, Mapping) else None
            link = given.get("link") if isinstance(given, Mapping) else given
            if isinstance(link, str):
                found.append((kind, link))
        return tuple(found)

    def configured_addresses(self, config: Mapping[str, object]) -> tuple[str, ...]:
        """The addresses that this source's settings name in ``config:`` host fields."""
        found: list[str] = []
        for host in self.hosts:
            if host.startswith("config:"):
                found.extend(v for v in walk(config, host.removeprefix("config:")) if isinstance(v, str))
        return tuple(found)

    def is_remote(self, config: Mapping[str, object]) -> bool:
        """Whether these settings make it speak to another machine."""
        literal = any(not host.startswith("config:") for host in self.hosts)
        return literal or bool(self.configured_addresses(config))


def walk(table: object, dotted: str) -> Iterator[object]:
    """All values at ``dotted`` in nested tables; lists on the way are walked through."""
    if isinstance(table, list):
        for item in table:
            yield from walk(item, dotted)
        return
    if not dotted:
        yield table
        return
    head, _, rest = dotted.partition(".")
    if isinstance(table, Mapping) and head in table:
        yield from walk(table[head], rest)


_REQUIRED = ("name", "title", "version", "contract", "class", "kinds", "abilities", "asks_as")
_OPTIONAL = (
    "lookups",
    "runs",
    "ttl",
    "keep_old",
    "hosts",
    "secrets",
    "requires",
    "calls_at_once",
    "kinds_in",
    "record_links",
)


def read_manifest(path: Path) -> Manifest:
    """Read and check ``adapter.toml``.

    Raises:
        ManifestError: not there, no TOML, a key missing, unknown or of the wrong form.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError(f"{path}: not found; an adapter folder needs an adapter.toml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: cannot be read ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path}: is not valid TOML: {error}") from None
    for key in table:
        if key not in _REQUIRED and key not in _OPTIONAL:
            near = difflib.get_close_matches(key, [*_REQUIRED, *_OPTIONAL], n=1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise ManifestError(f'{path}: unknown key "{key}"{hint}')
    for key in _REQUIRED:
        if key not in table:
            raise ManifestError(f'{path}: key "{key}" is missing')
    reader = _Reader(path, table)
    name = reader.text("name")
    if not _NAME.match(name):
        raise reader.wrong("name", "small letters, digits and _, beginning with a letter")
    return Manifest(
        name=name,
        title=reader.text("title"),
        version=reader.text("version"),
        contract=reader.version("contract"),
        class_name=reader.text("class"),
        kinds=tuple(Kind(kind) for kind in reader.choices("kinds", [k.value for k in Kind])),
        lookups=cast("frozenset[Lookup]", frozenset(reader.choices("lookups", get_args(Lookup)))),
        abilities=cast("frozenset[Ability]", frozenset(reader.choices("abilities", get_args(Ability)))),
        asks_as=cast("AsksAs", reader.choice("asks_as", get_args(AsksAs))),
        runs=cast("Runs", reader.choice("runs", get_args(Runs), "async")),
        ttl=reader.duration("ttl", 300),
        keep_old=reader.duration("keep_old", 86400),
        hosts=reader.texts("hosts"),
        secrets=reader.texts("secrets"),
        requires=reader.texts("requires"),
        kinds_in=reader.text("kinds_in") if "kinds_in" in table else None,
        record_links=reader.text("record_links") if "record_links" in table else None,
        calls_at_once=reader.count("calls_at_once", 1),
        folder=path.parent,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    table: Mapping[str, object]

    def wrong(self, key: str, expected: str) -> ManifestError:
        return ManifestError(f'{self.path}: key "{key}" must be {expected}')

    def text(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(key, "one of " + ", ".join(allowed))
        return value

    def choices(self, key: str, allowed: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        values = self.texts(key)
        for value in values:
            if value not in allowed:
                raise self.wrong(key, "a list out of " + ", ".join(allowed))
        return values

    def version(self, key: str) -> tuple[int, int]:
        value = self.table[key]
        match = _VERSION.match(value) if isinstance(value, str) else None
        if match is None:
            raise self.wrong(key, 'a version such as "1.0"')
        return int(match[1]), int(match[2])

    def duration(self, key: str, default: int) -> int:
        if key not in self.table:
            return default
        value = self.table[key]
        match = _DURATION.match(value) if isinstance(value, str) else None
        if match is None:
            raise self.wrong(key, 'a time such as "30s", "5m", "2h" or "1d"')
        return int(match[1]) * _SECONDS[match[2]]

    def count(self, key: str, default: int) -> int:
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(key, "a whole number above 0")
        return value
