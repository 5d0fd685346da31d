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

CUSTOMER_KEYS = ("id", "name", "aliases", "domains", "link")
LINK_KEYS = ("source", "kind", "native_id", "verdict", "by", "at", "how", "on")
_OWN = "x_"
"""Keys that begin so are whoever wrote them: they mean nothing here, and stay."""


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
    top = Entry(path, "", toml_table(text, path), ("customer",))
    customers = tuple(read_customer(entry) for entry in top.tables("customer", CUSTOMER_KEYS))
    seen: set[str] = set()
    for number, customer in enumerate(customers, 1):
        if customer.id in seen:
            raise SettingsError(
                path, f"customer[{number}].id", _("is there twice"), _("give each its own id")
            )
        seen.add(customer.id)
    return Links(customers)


@dataclass(frozen=True, slots=True)
class Entry:
    """One table with the keys that it may hold; ``name`` is its place in the file, as messages tell it."""

    path: Path
    name: str
    values: Mapping[str, object]
    allowed: tuple[str, ...]

    def __post_init__(self) -> None:
        for key in self.values:
            if key not in self.allowed and not key.startswith(_OWN):
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
        """Refuse what stands under ``key``.

        Raises:
            SettingsError: always.
        """
        what = _("is not what it should be") if key in self.values else _("is missing")
        raise SettingsError(self.path, self._key(key), what, _("write {expected}", expected=expected))

    def text(self, key: str) -> str:
        """What stands under ``key``, which must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, _("a text"))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list under ``key``, or none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, _("a list of texts"))
        return tuple(value)

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[Entry]:
        """The tables under ``key``, or none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, _("tables such as [[{key}]]", key=self._key(key)))
        return [Entry(self.path, f"{self._key(key)}[{n}]", v, allowed) for n, v in enumerate(value, 1)]


def read_customer(table: Entry) -> Customer:
    """One customer with what was decided on it.

    Raises:
        SettingsError: as :func:`read_links`.
    """
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
        links=tuple(read_link(entry) for entry in table.tables("link", LINK_KEYS)),
    )


def read_link(table: Entry) -> Link:
    """One decision.

    Raises:
        SettingsError: as :func:`read_links`.
    """
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
        on=table.texts("on"),
    )


def _kind(table: Entry) -> Kind:
    if "kind" not in table.values:
        return Kind.ACCOUNT
    try:
        return Kind(table.text("kind"))
    except ValueError:
        table.wrong("kind", _("one of {names}, or leave it out for an account", names=", ".join(Kind)))


_VERDICTS: dict[str, Literal["is", "is_not"]] = {"is": "is", "is_not": "is_not"}
