"""``links.toml`` read, strictly: what is not as it should be says file, key and mend, never a value."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NoReturn

from salesprep.adapter import Kind
from salesprep.adapter.names import domain_of
from salesprep.adapter.words import _
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.model import Customer, Link
from salesprep.settings import SettingsError
from salesprep.settings.reading import toml_table

_CUSTOMER_KEYS = ("id", "name", "aliases", "domains", "link")
_LINK_KEYS = ("source", "kind", "native_id", "verdict", "by", "at", "how")


def read_links(path: Path) -> Links:
    """Read ``links.toml``; a file that is not there holds no links.

    Raises:
        SettingsError: no TOML, or a key missing, unknown, doubled or of the wrong form.
    """
    text = read_text(path)
    return Links() if text is None else parse_links(path, text)


def read_text(path: Path) -> str | None:
    """What stands in the file, its line ends as they are; ``None`` if it is not there.

    Raises:
        SettingsError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            path, None, _("cannot be read ({error})", error=type(error).__name__), _("mend the file")
        ) from None


def parse_links(path: Path, text: str) -> Links:
    """The links that ``text``, read from ``path``, holds.

    Raises:
        SettingsError: as :func:`read_links`.
    """
    top = _Table(path, "", toml_table(text, path), ("customer",))
    customers = tuple(_customer(entry) for entry in top.tables("customer", _CUSTOMER_KEYS))
    seen: set[str] = set()
    for number, customer in enumerate(customers, 1):
        if customer.id in seen:
            raise SettingsError(
                path, f"customer[{number}].id", _("is there twice"), _("give each its own id")
            )
        seen.add(customer.id)
    return Links(customers)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table with the keys that it may hold."""

    path: Path
    name: str
    values: Mapping[str, object]
    allowed: tuple[str, ...]

    def __post_init__(self) -> None:
        for key in self.values:
            if key not in self.allowed:
                near = difflib.get_close_matches(key, self.allowed, n=1)
                mend = (
                    _("did you mean {near}?", near=near[0])
                    if near
                    else _("take it out; known are {names}", names=", ".join(self.allowed))
                )
                raise SettingsError(self.path, self._key(key), _("is unknown"), mend)

    def _key(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def wrong(self, key: str, expected: str) -> NoReturn:
        what = _("is not what it should be") if key in self.values else _("is missing")
        raise SettingsError(self.path, self._key(key), what, _("write {expected}", expected=expected))

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, _("a text"))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, _("a list of texts"))
        return tuple(value)

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, _("tables such as [[{key}]]", key=self._key(key)))
        return [_Table(self.path, f"{self._key(key)}[{n}]", v, allowed) for n, v in enumerate(value, 1)]


def _customer(table: _Table) -> Customer:
    domains = []
    for written in table.texts("domains"):
        domain = domain_of(written)
        if domain is None:
            table.wrong("domains", _("domains such as vandijk.example"))
        domains.append(domain)
    return Customer(
        id=table.text("id").strip(),
        name=table.text("name").strip(),
        aliases=table.texts("aliases"),
        domains=tuple(domains),
        links=tuple(_link(entry) for entry in table.tables("link", _LINK_KEYS)),
    )


def _link(table: _Table) -> Link:
    verdict = table.text("verdict")
    if verdict not in ("is", "is_not"):
        table.wrong("verdict", _('"is" or "is_not"'))
    at = table.values.get("at")
    if not isinstance(at, datetime) or at.tzinfo is None:
        table.wrong("at", _("a time with its offset, such as 2026-11-23T12:00:00Z"))
    return Link(
        source=table.text("source"),
        native_id=table.text("native_id"),
        verdict=_VERDICTS[verdict],
        by=table.text("by"),
        at=at,
        how=table.text("how"),
        kind=_kind(table),
    )


def _kind(table: _Table) -> Kind:
    if "kind" not in table.values:
        return Kind.ACCOUNT
    try:
        return Kind(table.text("kind"))
    except ValueError:
        table.wrong("kind", _("one of {names}, or leave it out for an account", names=", ".join(Kind)))


_VERDICTS: dict[str, Literal["is", "is_not"]] = {"is": "is", "is_not": "is_not"}
