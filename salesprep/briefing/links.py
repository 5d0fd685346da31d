"""``links.toml``: what a user has decided about ids of sources. Read here, strictly; nothing else is
remembered about a customer across sources.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NoReturn

from salesprep.adapter.names import domain_of, fold, fold_organisation, legal_form
from salesprep.briefing.model import Customer, Link
from salesprep.settings import SettingsError

_CUSTOMER_KEYS = ("id", "name", "aliases", "domains", "link")
_LINK_KEYS = ("source", "native_id", "verdict", "by", "at", "how")


@dataclass(frozen=True, slots=True)
class Links:
    """The remembered customers, in the order of the file."""

    customers: tuple[Customer, ...] = ()

    def named(self, typed: str) -> Customer | None:
        """The customer that a user means by an id, a name or an alias; ``None`` if none or several.

        An id wins over a name. Names compare folded; a legal form is no matter unless both state one.
        """
        for customer in self.customers:
            if customer.id == typed.strip():
                return customer
        wanted, form = fold_organisation(typed), legal_form(typed)
        return _only(
            c
            for c in self.customers
            if wanted
            and wanted in map(fold_organisation, (c.name, *c.aliases))
            and (form is None or form in (forms := _forms(c)) or not forms)
        )

    def at_domain(self, domain: str) -> Customer | None:
        """The customer whose domain this is; ``None`` if nobody's or several customers'."""
        return _only(c for c in self.customers if domain in c.domains)

    def of(self, source: str, native_id: str) -> Customer | None:
        """The customer that this id of a source was decided to be; ``None`` if none or several."""
        return _only(
            c
            for c in self.customers
            if any(k.source == source and k.native_id == native_id and k.verdict == "is" for k in c.links)
        )

    def in_words(self, text: str) -> tuple[Customer, ...]:
        """The customers whose whole name or alias stands in ``text``."""
        within = f" {fold(text)} "
        return tuple(
            c
            for c in self.customers
            if any(f" {n} " in within for n in map(fold_organisation, (c.name, *c.aliases)) if n)
        )

    def taken(self, customer: Customer) -> frozenset[tuple[str, str]]:
        """``(source, native id)`` that were decided to be another customer than this one."""
        own = {(k.source, k.native_id) for k in customer.links}
        others = (k for c in self.customers if c.id != customer.id for k in c.links if k.verdict == "is")
        return frozenset((k.source, k.native_id) for k in others) - own


def _forms(customer: Customer) -> frozenset[str]:
    return frozenset(f for n in (customer.name, *customer.aliases) if (f := legal_form(n)))


def _only(customers: Iterable[Customer]) -> Customer | None:
    fitting = list(customers)
    return fitting[0] if len(fitting) == 1 else None


def read_links(path: Path) -> Links:
    """Read ``links.toml``; a file that is not there holds no links.

    Raises:
        SettingsError: no TOML, or a key missing, unknown, doubled or of the wrong form.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Links()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, None, f"cannot be read ({type(error).__name__})", "mend the file") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, None, f"is not valid TOML: {_place(error)}", "mend that line") from None
    top = _Table(path, "", table, ("customer",))
    customers = tuple(_customer(entry) for entry in top.tables("customer", _CUSTOMER_KEYS))
    seen: set[str] = set()
    for number, customer in enumerate(customers, 1):
        if customer.id in seen:
            raise SettingsError(path, f"customer[{number}].id", "is there twice", "give each its own id")
        seen.add(customer.id)
    return Links(customers)


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where it breaks ("at line 3, column 5"), without what stands there."""
    _, found, place = str(error).rpartition("(at ")
    return f"at {place.rstrip(')')}" if found else "somewhere"


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
                    f"did you mean {near[0]}?"
                    if near
                    else f"take it out; known are {', '.join(self.allowed)}"
                )
                raise SettingsError(self.path, self._key(key), "is unknown", mend)

    def _key(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def wrong(self, key: str, expected: str) -> NoReturn:
        what = "is not what it should be" if key in self.values else "is missing"
        raise SettingsError(self.path, self._key(key), what, f"write {expected}")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, "a list of texts")
        return tuple(value)

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, f"[[{self._key(key)}]] tables")
        return [_Table(self.path, f"{self._key(key)}[{n}]", v, allowed) for n, v in enumerate(value, 1)]


def _customer(table: _Table) -> Customer:
    domains = []
    for written in table.texts("domains"):
        domain = domain_of(written)
        if domain is None:
            table.wrong("domains", "domains such as vandijk.example")
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
        table.wrong("verdict", '"is" or "is_not"')
    at = table.values.get("at")
    if not isinstance(at, datetime) or at.tzinfo is None:
        table.wrong("at", "a time with its offset, such as 2026-11-23T12:00:00Z")
    return Link(
        source=table.text("source"),
        native_id=table.text("native_id"),
        verdict=_VERDICTS[verdict],
        by=table.text("by"),
        at=at,
        how=table.text("how"),
    )


_VERDICTS: dict[str, Literal["is", "is_not"]] = {"is": "is", "is_not": "is_not"}
