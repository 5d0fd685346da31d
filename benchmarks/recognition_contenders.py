"""Who recognises: salesprep as it is today, by its own code, and what people would reach for instead."""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from math import log
from typing import Any, Literal, Protocol

from benchmarks.recognition_data import Row
from benchmarks.recognition_hard import Case
from salesprep.adapter import Account, Place
from salesprep.adapter.names import domain_of, fold, fold_organisation
from salesprep.briefing.model import Customer, Match, Outcome
from salesprep.briefing.recognition.ours import organisation_domain
from salesprep.briefing.recognition.recognise import Recogniser
from salesprep.settings import Us

GROUP = "recognition"
"""The dependency group with the peers."""
MOST = 50
"""So many rows are taken of a peer's list."""

_SOONER = 85.0
"""From this score on ``WRatio`` mostly has so many."""

NARROWED = 300
"""So many names a source tells of at most."""
_COMMON, _SHARE = 100, 6
"""What more than a sixth of all names have narrows nothing."""
_BEGINNING, _HEAD = 3, 6
"""Letters of a word, and of all words as one."""
_STRONGEST = 2.0

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
        places=((row.city, row.country),) if place and row.city else (),
    )


class Narrowed:
    """The rows that a source would tell of when asked for a name: by the beginnings of their words, the rarer
    the better, or by domain; of 130,000 names few hundred are left."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for piece in _pieces(row.name):
                postings[piece].append(number)
        self._postings = dict(postings)
        told: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for key in (_domain(row), _town(row)):
                if key is not None:
                    told[key].append(number)
        self._told = dict(told)

    def of(self, name: str, domain: str | None) -> list[int]:
        """The places of the rows, in their order."""
        found: Counter[int] = Counter()
        for piece in _pieces(name):
            holding = self._postings.get(piece, ())
            if len(holding) <= max(_COMMON, len(self.rows) // _SHARE):
                rarity = log(1 + len(self.rows) / len(holding)) if holding else 0.0
                found.update(dict.fromkeys(holding, rarity))
        return sorted({*self.at(domain), *(number for number, _ in found.most_common(NARROWED))})

    def at(self, told: str | None) -> Sequence[int]:
        """The places of the rows of one domain or one town."""
        return self._told.get(told, ()) if told is not None else ()


def _pieces(name: str) -> set[str]:
    """Words, what they begin with, and what all of them begin with as one."""
    words = fold_organisation(name).split()
    return {*words, *(f"{word[:_BEGINNING]}*" for word in words), f"{''.join(words)[:_HEAD]}+"}


class Salesprep:
    """``briefing.recognition.recognise``, told the name and, if wanted, website or place of both sides."""

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
        matches = _matches(known, accounts)
        scores = [(n, _score(m)) for n, m in zip(numbers, matches, strict=True) if m.outcome != "other"]
        return sorted(scores, key=lambda one: -one[1])

    def decide(self, case: Case, same: float) -> list[Outcome]:
        accounts = [self._account(n, row) for n, row in enumerate(case.accounts)]
        return [match.outcome for match in _matches(self._customer(case.customer), accounts)]

    def _customer(self, row: Row) -> Customer:
        return customer(row, website=self._website, place=self._place)

    def _account(self, number: int, row: Row) -> Account:
        return account(number, row, website=self._website, place=self._place)


def _matches(known: Customer, accounts: Sequence[Account]) -> list[Match]:
    recogniser = Recogniser(known, Us(), {_SOURCE: accounts})
    return [recogniser.match(a, _SOURCE) for a in accounts]


def _score(match: Match) -> float:
    """Whatever is certain stands above whatever is not, and the stronger above the weaker."""
    return _SCORES[match.outcome] + min(max(match.strength, 0.0), _STRONGEST) / (2 * _STRONGEST)


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
        sooner: float | None = None,
    ) -> None:
        """``normalised``: the names of all rows. ``sooner``: a score from which there mostly are names
        enough; a scorer that may leave out all below it is done in half the time."""
        self.name, self._normalise, self._scorer = name, normalise, scorer
        self._extract, self._normalised, self._sooner = extract, normalised, sooner

    def find(self, row: Row) -> Found:
        asked = self._normalise(row.name)
        found = self._from(asked, self._sooner)
        if self._sooner is not None and len(found) < MOST:
            found = self._from(asked, None)
        return found

    def _from(self, asked: str, least: float | None) -> Found:
        found = self._extract(asked, self._normalised, scorer=self._scorer, limit=MOST, score_cutoff=least)
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
            _SOONER if scorer == "WRatio" else None,
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
