"""Decisions as a file for a team: TOML with one customer or one decision a line, sorted.

Made to lie in git. A line says all by itself, so that two branches which decide on different things merge,
with ``merge=union`` even where their lines touch; nothing in it changes without a decision; and a line that
is wrong costs only itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from typing import TypeVar

from salesprep.adapter import Kind
from salesprep.adapter.words import _
from salesprep.briefing.links.comparing import is_of_one
from salesprep.briefing.links.reading import (
    CUSTOMER_KEYS,
    LINK_KEYS,
    Entry,
    read_customer,
    read_link,
    read_text,
)
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.model import Customer, Link
from salesprep.settings import SettingsError
from salesprep.settings.reading import toml_table

T = TypeVar("T")
SCHEMA = "salesprep.shared-links/1"
HEADING = """\
# Who is who, one decision a line, sorted: "salesprep link export" writes it, "link import" reads it.
# With "{name} merge=union" in .gitattributes two branches keep the lines of both.
"""
_MARKER = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?\Z|={7}\Z")
_OF_FRAME = re.compile(r"(?:schema\s*=.*|customers\s*=\s*\[|decisions\s*=\s*\[|\]|)\s*(?:#.*)?\Z")
_FEW = tuple(key for key in CUSTOMER_KEYS if key != "link")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two lines of one file of which only one can hold: what a merge leaves when both branches decided."""

    where: tuple[str, ...]
    """``line 12``."""
    said: tuple[tuple[Customer, Link], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What such a file holds."""

    links: Links
    problems: tuple[SettingsError, ...] = ()
    """Lines that are left out, each with what is wrong with it."""
    contradictions: tuple[Contradiction, ...] = ()
    """Lines that are left out, since they say different things of one id."""


def shared_text(links: Links, name: str, called: Callable[[str], str] = lambda by: by) -> str:
    """The file called ``name`` that says ``links``. ``called``: how the team knows whoever decided."""
    customers = sorted(links.customers, key=lambda c: c.id)
    decisions = sorted(
        ((c.id, decided_by(k), k) for c in customers for k in c.links),
        key=lambda line: (line[0], line[1].source, line[1].kind.value, line[1].native_id),
    )
    rows = [HEADING.format(name=name).rstrip("\n"), f"schema = {_text(SCHEMA)}", ""]
    rows += ["customers = [", *map(_customer_line, customers), "]", ""]
    rows += ["decisions = [", *(_decision_line(id, link, called) for id, _t, link in decisions), "]"]
    return "\n".join(rows) + "\n"


def read_shared(path: Path) -> Shared | None:
    """What the file holds, be it one decision a line or a ``links.toml``; ``None`` if there is none.

    Raises:
        SettingsError: it cannot be read at all, or git has left its marks of a conflict in it.
    """
    text = read_text(path)
    return None if text is None else parse_shared(path, text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))


def parse_shared(path: Path, text: str) -> Shared:
    """As :func:`read_shared`, of ``text``."""
    rows = [row.rstrip("\r") for row in text.split("\n")]
    for number, row in enumerate(rows, 1):
        if _MARKER.match(row):
            what = _("git's marks of a conflict stand there, from line {line} on", line=str(number))
            mend = _(
                "take the marks out: of one decision keep one line, of two decisions both; then try again"
            )
            raise SettingsError(path, None, what, mend)
    reading = _Reading(path)
    try:
        table = toml_table(text, path)
    except SettingsError:
        if not any(re.match(r"(?:customers|decisions)\s*=\s*\[\s*(?:#.*)?\Z", row) for row in rows):
            raise
        reading.lines(rows)
    else:
        reading.table(table, [f"line {n}" for n, row in enumerate(rows, 1) if row.lstrip().startswith("{")])
    return reading.shared()


def lost_by(there: Shared, links: Links) -> tuple[Target, ...]:
    """What the file decides on that ``links`` do not, so that writing them would lose it."""
    kept = {decided_by(k) for c in links.customers for k in c.links}
    held = [k for c in there.links.customers for k in c.links]
    held += [link for each in there.contradictions for _customer, link in each.said]
    return tuple(t for t in dict.fromkeys(map(decided_by, held)) if t not in kept)


def _customer_line(customer: Customer) -> str:
    more = {"aliases": customer.aliases, "domains": customer.domains}
    parts = [f"id = {_text(customer.id)}", f"name = {_text(customer.name)}"]
    parts += [f"{key} = {_texts(value)}" for key, value in more.items() if value]
    return _line(parts)


def _decision_line(customer_id: str, link: Link, called: Callable[[str], str]) -> str:
    at = link.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind = [] if link.kind is Kind.ACCOUNT else [f"kind = {_text(link.kind.value)}"]
    return _line(
        [
            f"customer = {_text(customer_id)}",
            f"source = {_text(link.source)}",
            *kind,
            f"native_id = {_text(link.native_id)}",
            f"verdict = {_text(link.verdict)}",
            f"by = {_text(called(link.by))}",
            f"at = {at}",
            f"how = {_text(link.how)}",
            *([f"on = {_texts(link.on)}"] if link.on else []),
        ]
    )


def _line(parts: Iterable[str]) -> str:
    return f"  {{ {', '.join(parts)} }},"


def _text(text: str) -> str:
    # What JSON escapes TOML reads; but TOML wants DEL escaped too, and no letter may end a line.
    written = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\x7f\x85\u2028\u2029" else c for c in written)


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


@dataclass(slots=True)
class _Reading:
    """Gathers what is right in a file, and what is wrong."""

    path: Path
    customers: dict[str, Customer] = field(default_factory=dict)
    said: list[tuple[str, str, Link]] = field(default_factory=list)
    """Where, whose, what."""
    problems: list[SettingsError] = field(default_factory=list)

    def lines(self, rows: list[str]) -> None:
        """One after the other."""
        for number, row in enumerate(rows, 1):
            if _OF_FRAME.match(row.strip()):
                continue
            where = f"line {number}"
            values = _one(row)
            if values is None:
                what, mend = _("is not understood"), _("mend the line, or take it out")
                self.problems.append(SettingsError(self.path, where, what, mend))
            elif "customer" in values or "verdict" in values:
                self.decision(where, values)
            else:
                self.customer(where, values)

    def table(self, table: dict[str, object], places: list[str]) -> None:
        """A file without a mistake in its form, a ``links.toml`` among them. ``places``: the lines on which
        a table begins; they tell where each is, if it is one a line."""
        top = Entry(self.path, "", table, ("schema", "customers", "decisions", "customer"))
        takes = {"customers": self.customer, "decisions": self.decision, "customer": self.whole}
        entries: list[tuple[str, str, dict[str, object]]] = []
        for key in top.values:
            values = top.values[key] if key in takes else []
            if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
                top.wrong(key, _("a list of tables"))
            entries += ((key, f"{key}[{number}]", value) for number, value in enumerate(values, 1))
        if len(places) != len(entries):
            places = [place for _key, place, _value in entries]
        for (key, _place, value), where in zip(entries, places, strict=True):
            takes[key](where, value)

    def customer(self, where: str, values: dict[str, object]) -> None:
        """One customer without decisions; the first of an id counts."""
        with_it = self._tried(lambda: read_customer(Entry(self.path, where, values, _FEW)))
        if with_it is None:
            return
        known = self.customers.setdefault(with_it.id, with_it)
        if known is not with_it and known != with_it:
            aliases = dict.fromkeys((*known.aliases, *with_it.aliases))
            domains = dict.fromkeys((*known.domains, *with_it.domains))
            self.customers[known.id] = replace(known, aliases=tuple(aliases), domains=tuple(domains))

    def whole(self, where: str, values: dict[str, object]) -> None:
        """A ``[[customer]]`` with its ``[[customer.link]]`` tables."""
        links = values.get("link", [])
        self.customer(where, {key: value for key, value in values.items() if key != "link"})
        for number, link in enumerate(links if isinstance(links, list) else [], 1):
            if isinstance(link, dict):
                self.decision(f"{where}.link[{number}]", {"customer": values.get("id"), **link})

    def decision(self, where: str, values: dict[str, object]) -> None:
        """One decision."""
        allowed = ("customer", *LINK_KEYS)

        def both() -> tuple[str, Link]:
            entry = Entry(self.path, where, values, allowed)
            return entry.text("customer").strip(), read_link(entry)

        read = self._tried(both)
        if read is not None:
            self.said.append((where, *read))

    def shared(self) -> Shared:
        """All of it."""
        links: dict[str, dict[Target, Link]] = {id: {} for id in self.customers}
        known = []
        for where, id, link in self.said:
            if id in self.customers:
                known.append((where, id, link))
                continue
            what = _("is about a customer who is not in the list of customers")
            self.problems.append(SettingsError(self.path, where, what, _("add the customer's line")))
        contradictions = tuple(self._contradictions(known))
        out = {where for each in contradictions for where in each.where}
        for where, id, link in known:
            before = links[id].get(decided_by(link))
            if where not in out and (before is None or before.at < link.at):
                links[id][decided_by(link)] = link
        customers = (replace(c, links=tuple(links[c.id].values())) for c in self.customers.values())
        return Shared(Links(tuple(customers)), tuple(self.problems), contradictions)

    def _contradictions(self, known: list[tuple[str, str, Link]]) -> Iterator[Contradiction]:
        of: dict[tuple[str | None, Target], list[tuple[str, str, Link]]] = {}
        for where, id, link in known:
            target = decided_by(link)
            of.setdefault((id, target), []).append((where, id, link))
            if link.verdict == "is" and is_of_one(target):
                of.setdefault((None, target), []).append((where, id, link))
        told: set[str] = set()
        for (whose, _target), lines in of.items():
            differ = {link.verdict if whose is not None else id for _w, id, link in lines}
            if len(differ) > 1 and not told.issuperset(where for where, _i, _l in lines):
                told.update(where for where, _i, _l in lines)
                said = tuple((self.customers[i], link) for _w, i, link in lines)
                yield Contradiction(tuple(where for where, _i, _l in lines), said)

    def _tried(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except SettingsError as error:
            self.problems.append(error)
            return None


def _one(row: str) -> dict[str, object] | None:
    """The table on a line of its own, such as ``{ … },``; ``None``: it is none."""
    row = row.strip()
    if not row.startswith("{"):
        return None
    try:
        # The comma may have a comment behind it, so the line is read as a list of one.
        values = toml_table(f"x = [\n{row}\n]", Path())["x"]
    except SettingsError:
        return None
    return (
        values[0] if isinstance(values, list) and len(values) == 1 and isinstance(values[0], dict) else None
    )
