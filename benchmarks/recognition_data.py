"""What recognition is measured on: companies, the spellings that are looked up, and names that distract.

A company is all rows of the pool with one website. Nothing here knows how anybody recognises one.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from salesprep.adapter.names import fold_organisation

VARIANTS = Path("companies/isin_name_variants.csv")
POOL = Path("companies/name_website_city.csv.gz")
REGISTER = Path("companies/gleif/gleif_100k.csv.gz")

Half = Literal["learn", "report"]

_QUICK_QUERIES = 6
"""Every sixth spelling in a quick run."""
_QUICK_REGISTER = 10
"""And every tenth name that distracts."""

_BRACKETS = re.compile(r"\([^)]*\)")

# Where the pool does not call a country as CLDR does.
_CALLED = {
    "Czech Republic": "CZ",
    "Hong Kong": "HK",
    "Ivory Coast": "CI",
    "Macau": "MO",
    "Macedonia": "MK",
    "Myanmar": "MM",
    "Netherlands Antilles": "AN",
    "Turkey": "TR",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation as one list has it."""

    name: str
    company: str
    """Which one it is in truth: rows of one company have the same."""
    website: str | None = None
    city: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    parent: int | None = None
    """The place of the parent's row in the same list."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is looked up, and what is known of whom it means."""

    row: Row
    names: tuple[str, ...]
    """What the pool calls the company."""
    renamed: bool
    unjudged: frozenset[int]
    """Rows that are neither right nor wrong: the register's entry of this very company."""

    @property
    def half(self) -> Half:
        """Companies are dealt out, not spellings: those of one company are all on one side."""
        return half(self.row.company)


@dataclass(frozen=True, slots=True)
class Data:
    """All that is measured on."""

    rows: tuple[Row, ...]
    """The pool, then the register."""
    pool: int
    """So many rows are of the pool."""
    spellings: tuple[Spelling, ...]
    left_out: int
    """Pairs of spellings whose company the pool does not hold."""


def missing(folder: Path) -> list[Path]:
    """The files that are needed and are not in ``folder``."""
    return [file for name in (VARIANTS, POOL, REGISTER) if not (file := folder / name).is_file()]


def read(folder: Path, *, quick: bool = False) -> Data:
    """The data of ``folder``.

    Raises:
        OSError: a file cannot be read.
        KeyError: a file lacks a column.
    """
    pool = [_pooled(line) for line in _lines(folder / POOL)]
    register = [
        Row(line["legal_name"], f"lei {line['lei']}", country=line["country"] or None)
        for line in _lines(folder / REGISTER)
    ][:: _QUICK_REGISTER if quick else 1]
    found, left_out = spellings(list(_lines(folder / VARIANTS)), pool, register)
    return Data((*pool, *register), len(pool), found[:: _QUICK_QUERIES if quick else 1], left_out)


def half(company: str) -> Half:
    """On which side a company is; the same on every machine."""
    return "learn" if hashlib.sha256(company.encode()).digest()[0] % 2 else "report"


def site(address: str) -> str:
    """A website's host, by which rows are one company: ``http://www.Acme.example/nl`` → ``acme.example``."""
    try:
        host = urlsplit(address.strip().lower()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def spellings(
    pairs: Sequence[Mapping[str, str]], pool: Sequence[Row], register: Sequence[Row]
) -> tuple[tuple[Spelling, ...], int]:
    """What is looked up: each spelling of a pair that the pool does not hold letter by letter.

    Whom a pair means is told by its website; without one by that of another pair of the same security, or
    by a name that the pool holds. Also: how many pairs mean nobody in the pool.
    """
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    by_name: dict[str, str] = {}
    for row in pool:
        rows[row.company].append(row)
        by_name.setdefault(row.name, row.company)
    of_security = {p["isin"]: c for p in pairs if (c := site(p["website"])) in rows}
    registered = _by_words(register, start=len(pool))
    found: dict[tuple[str, str], Spelling] = {}
    left_out = 0
    for pair in pairs:
        both = (pair["name_a"], pair["name_b"])
        known = next((by_name[n] for n in both if n in by_name), None)
        company = of_security.get(pair["isin"]) or known
        if company is None:
            left_out += 1
            continue
        own = rows[company]
        names = tuple(dict.fromkeys(r.name for r in own))
        told = next((r for r in own if r.name in both), own[0])
        for name in both:
            if name in names:
                continue
            entries = _entries((name, *both, *names), told.country, registered, register, len(pool))
            asked = Row(name, company, pair["website"] or told.website, told.city, told.country)
            found.setdefault((name, company), Spelling(asked, names, pair["kind"] == "rename", entries))
    return tuple(found.values()), left_out


def _by_words(rows: Iterable[Row], start: int) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows, start):
        found[_bare(row.name)].append(place)
    return found


def _bare(name: str) -> str:
    """``Glashuis AB (publ)`` → ``glashuis``: registers and lists differ in what they put in brackets."""
    return fold_organisation(_BRACKETS.sub(" ", name))


def _entries(
    names: Collection[str],
    country: str | None,
    registered: Mapping[str, Sequence[int]],
    register: Sequence[Row],
    start: int,
) -> frozenset[int]:
    """The register's own entry of a company: its name, legal form aside, in its country."""
    places = {place for name in names for place in registered.get(_bare(name), ())}
    return frozenset(p for p in places if register[p - start].country == country)


def _pooled(line: Mapping[str, str]) -> Row:
    company = site(line["website"]) or f"name {line['name']}"
    return Row(
        line["name"], company, line["website"] or None, line["city"] or None, _country(line["country"])
    )


@lru_cache(maxsize=512)
def _country(name: str) -> str | None:
    return _CALLED.get(name) or _countries().get(name)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    from babel import Locale

    codes = ((code, called) for code, called in Locale("en").territories.items() if len(code) == 2)
    return {called: code for code, called in codes if code.isalpha()}


def _lines(file: Path) -> Iterator[dict[str, str]]:
    if file.suffix == ".gz":
        with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)
    else:
        with file.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)
