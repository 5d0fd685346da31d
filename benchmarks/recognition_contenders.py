"""Who recognises: salesprep as it is today, by its own code, and what people would reach for instead."""

from __future__ import annotations

import importlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Literal, Protocol

from benchmarks.recognition_data import Row
from benchmarks.recognition_hard import Case
from salesprep.adapter import Account, Place
from salesprep.adapter.names import domain_of, fold, fold_organisation
from salesprep.briefing.model import Customer, Outcome
from salesprep.briefing.ours import organisation_domain
from salesprep.briefing.recognise import Recogniser
from salesprep.settings import Us

GROUP = "recognition"
"""The dependency group with the peers."""
MOST = 50
"""So many rows are taken of a peer's list."""

EVERYTHING = "salesprep: name + website + place"
"""The one of salesprep's that is told all."""

_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_SOURCE = "pool"
_SCORES: dict[Outcome, float] = {"same": 2.0, "maybe": 1.0, "other": 0.0}
SAME = _SCORES["same"]
"""What salesprep's own ``same`` is on the curve."""

Found = list[tuple[int, float]]
"""Rows with scores, the best first."""


class Contender(Protocol):
    """Whoever takes part."""

    name: str
    same: float | None
    """The score from which it says ``same`` itself; ``None``: that is to be learnt."""
    precision: float
    """What its ``same`` has to keep."""

    def find(self, row: Row) -> Found:
        """Which rows may be this one."""

    def decide(self, case: Case, same: float) -> list[Outcome]:
        """What it says of each account of a case."""


def account(number: int, row: Row, *, website: bool, place: bool) -> Account:
    """A row as a source would tell it."""
    return Account(
        id=str(number),
        title=row.name,
        website=row.website if website else None,
        place=Place(city=row.city, country=row.country) if place and (row.city or row.country) else None,
        parent_id=None if row.parent is None else str(row.parent),
        fetched_at=_NOW,
        no_url_reason="a benchmark",
    )


def customer(row: Row, *, website: bool, place: bool) -> Customer:
    """A row as what is known of the customer."""
    domain = organisation_domain(row.website) if website and row.website else None
    return Customer(
        id="customer",
        name=row.name,
        domains=(domain,) if domain else (),
        countries=(row.country,) if place and row.country else (),
    )


class Narrowed:
    """The rows that salesprep may call anything but ``other``, as an adapter narrows; nothing is lost.

    By words (each begins one of the other name's) or by domain; of 130,000 names few are left.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._words = [frozenset(fold_organisation(row.name).split()) for row in rows]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                postings[word].append(number)
        self._postings = dict(postings)
        self._sorted = sorted(postings)
        told: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for key in (_domain(row), _town(row)):
                if key is not None:
                    told[key].append(number)
        self._told = dict(told)

    def of(self, name: str, domain: str | None) -> list[int]:
        """The places of the rows, in their order."""
        words = fold_organisation(name).split()
        found = set(self.at(domain))
        holding = [self._beginning(word) for word in words]
        found |= set.intersection(*holding) if holding else set()
        beginnings = {word[:n] for word in words for n in range(1, len(word) + 1)}
        for beginning in beginnings:
            found.update(n for n in self._postings.get(beginning, ()) if self._words[n] <= beginnings)
        return sorted(found)

    def at(self, told: str | None) -> Sequence[int]:
        """The places of the rows of one domain or one town."""
        return self._told.get(told, ()) if told is not None else ()

    def _beginning(self, word: str) -> set[int]:
        start = bisect_left(self._sorted, word)
        end = bisect_left(self._sorted, f"{word}\U0010ffff")
        return {n for known in self._sorted[start:end] for n in self._postings[known]}


class Salesprep:
    """``salesprep.briefing.recognise``, told the name and, if wanted, website or place of both sides."""

    same: float | None = SAME

    def __init__(self, narrowed: Narrowed, *, website: bool = False, place: bool = False) -> None:
        told = [word for word, wanted in (("website", website), ("place", place)) if wanted]
        self.name = f"salesprep: {' + '.join(['name', *told])}"
        self.precision = 0.999 if told else 0.995
        self._narrowed, self._website, self._place = narrowed, website, place

    def find(self, row: Row) -> Found:
        known = self._customer(row)
        numbers = self._narrowed.of(row.name, next(iter(known.domains), None))
        accounts = [self._account(n, self._narrowed.rows[n]) for n in numbers]
        outcomes = _outcomes(known, accounts)
        scores = [(n, _SCORES[o]) for n, o in zip(numbers, outcomes, strict=True) if o != "other"]
        return sorted(scores, key=lambda one: -one[1])

    def decide(self, case: Case, same: float) -> list[Outcome]:
        accounts = [self._account(n, row) for n, row in enumerate(case.accounts)]
        return _outcomes(self._customer(case.customer), accounts)

    def _customer(self, row: Row) -> Customer:
        return customer(row, website=self._website, place=self._place)

    def _account(self, number: int, row: Row) -> Account:
        return account(number, row, website=self._website, place=self._place)


def _outcomes(known: Customer, accounts: Sequence[Account]) -> list[Outcome]:
    recogniser = Recogniser(known, Us(), {_SOURCE: accounts})
    return [recogniser.match(a, _SOURCE).outcome for a in accounts]


class Peer:
    """A scorer of two strings over normalised names, 0 to 100; the lowest precise threshold is learnt."""

    same: float | None = None
    precision = 0.995

    def __init__(
        self,
        name: str,
        normalise: Callable[[str], str],
        scorer: Callable[..., float],
        extract: Callable[..., Iterable[tuple[str, float, int]]],
        normalised: Sequence[str],
    ) -> None:
        """``normalised``: the names of all rows."""
        self.name, self._normalise, self._scorer = name, normalise, scorer
        self._extract, self._normalised = extract, normalised

    def find(self, row: Row) -> Found:
        asked = self._normalise(row.name)
        found = self._extract(asked, self._normalised, scorer=self._scorer, limit=MOST)
        return [(number, score) for _, score, number in found]

    def decide(self, case: Case, same: float) -> list[Outcome]:
        return ["same" if score >= same else "other" for score in self.scores(case)]

    def scores(self, case: Case) -> list[float]:
        """Of each account of a case."""
        asked = self._normalise(case.customer.name)
        return [self._scorer(asked, self._normalise(row.name)) for row in case.accounts]


class Told:
    """A peer that is told websites or places too: a row with the same one stands above all others."""

    same: float | None = None
    precision = 0.999

    def __init__(self, peer: Peer, narrowed: Narrowed, what: Literal["website", "place"]) -> None:
        self.name, self._peer, self._narrowed = f"{peer.name}, equal {what} first", peer, narrowed
        self._key = _domain if what == "website" else _town

    def find(self, row: Row) -> Found:
        here = self._narrowed.at(self._key(row))
        of_these = Case("", row, tuple(self._narrowed.rows[n] for n in here))
        found = {**dict(self._peer.find(row)), **dict(zip(here, self._scores(of_these), strict=True))}
        return sorted(found.items(), key=lambda one: -one[1])[:MOST]

    def decide(self, case: Case, same: float) -> list[Outcome]:
        return ["same" if score >= same else "other" for score in self._scores(case)]

    def _scores(self, case: Case) -> list[float]:
        """The peer's, and 100 more for the same website or place."""
        key = self._key(case.customer)
        equal = [key is not None and self._key(row) == key for row in case.accounts]
        return [s + 100.0 * e for s, e in zip(self._peer.scores(case), equal, strict=True)]


def _domain(row: Row) -> str | None:
    return domain_of(row.website) if row.website else None


def _town(row: Row) -> str | None:
    return f"{fold(row.city)}, {row.country}" if row.city and row.country else None


class MissingPeersError(Exception):
    """Packages of the dependency group that are not installed."""


def salespreps(narrowed: Narrowed) -> list[Salesprep]:
    """salesprep, told ever more."""
    told = ((False, False), (True, False), (False, True), (True, True))
    return [Salesprep(narrowed, website=website, place=place) for website, place in told]


def peers(narrowed: Narrowed) -> list[Peer | Told]:
    """The others.

    Raises:
        MissingPeersError: naming the packages to install.
    """
    fuzzy, fuzz, process, cleanco, org_types = _needed(
        "rapidfuzz", "rapidfuzz.fuzz", "rapidfuzz.process", "cleanco", "rigour.names.org_types"
    )
    plain: Callable[[str], str] = fuzzy.utils.default_process

    def by_cleanco(name: str) -> str:
        return plain(cleanco.basename(name)) or plain(name)

    def by_rigour(name: str) -> str:
        # Its table is of names in small letters with single spaces.
        small = " ".join(name.casefold().split())
        return plain(org_types.remove_org_types(small)) or plain(small)

    ways = {"rapidfuzz": plain, "cleanco": by_cleanco, "rigour": by_rigour}
    normalised = {name: [way(row.name) for row in narrowed.rows] for name, way in ways.items()}
    entries = (
        ("rapidfuzz", "ratio"),
        ("rapidfuzz", "WRatio"),
        ("rapidfuzz", "token_set_ratio"),
        ("cleanco", "WRatio"),
        ("rigour", "ratio"),
        ("rigour", "WRatio"),
    )
    made = [
        Peer(
            f"{name} {scorer}" if name == "rapidfuzz" else f"{name} + {scorer}",
            ways[name],
            getattr(fuzz, scorer),
            process.extract,
            normalised[name],
        )
        for name, scorer in entries
    ]
    best = next(peer for peer in made if peer.name == "rigour + ratio")
    return [*made, Told(best, narrowed, "website"), Told(best, narrowed, "place")]


def versions() -> str:
    """Which peers took part."""
    return ", ".join(f"{name} {version(name)}" for name in ("rapidfuzz", "cleanco", "rigour"))


def _needed(*names: str) -> list[Any]:
    found, absent = [], []
    for name in names:
        try:
            found.append(importlib.import_module(name))
        except ModuleNotFoundError:
            absent.append(name.partition(".")[0])
    if absent:
        raise MissingPeersError(", ".join(dict.fromkeys(absent)))
    return found
