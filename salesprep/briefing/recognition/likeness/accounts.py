"""An account beside the customer: which of their names are most alike, and what else both tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesprep.adapter import Account
from salesprep.adapter.names import fold
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition.likeness.compare import Likeness, compare
from salesprep.briefing.recognition.likeness.verdict import NOTHING_BESIDE, Beside, By, proven, strength
from salesprep.briefing.recognition.ours import Ours, domains_of


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How an account resembles the customer."""

    ours: str
    """The name of the customer that it resembles most, …"""
    theirs: str
    """… and its own that does so, both as they are written."""
    likeness: Likeness
    beside: Beside

    @property
    def strength(self) -> float:
        """How far up it stands among others."""
        return strength(self.likeness, self.beside)

    def proven(self, other: Resemblance | None) -> By | None:
        """By what it is the customer, if that is certain. ``other``: the strongest that may be it instead."""
        ahead = self.strength - (other.strength if other is not None else 0.0)
        return proven(self.likeness, self.beside, ahead)


class Customers:
    """What is known of one customer, ready to hold accounts beside."""

    def __init__(self, customer: Customer, us: Ours) -> None:
        self._names = tuple(dict.fromkeys((customer.name, *customer.aliases)))
        self._domains = frozenset(customer.domains) - us.domains
        self._countries = frozenset(customer.countries)
        self._towns = towns(customer.places)
        self._us = us

    def beside(self, account: Account) -> Beside:
        """What the customer and ``account`` have in common beside their names."""
        own = domains_of(account, self._us)
        place = account.place
        if place is None and not own:
            return NOTHING_BESIDE
        domain = bool(own & self._domains) if own and self._domains else None
        country = town = None
        if place is not None and place.country and self._countries:
            country = place.country in self._countries
        if place is not None and place.city and self._towns and fold(place.city):
            town = any(is_town(place.city, place.country, known) for known in self._towns)
        return Beside(domain, town, country)

    def resemblance(self, account: Account) -> Resemblance:
        """How ``account`` resembles the customer; of several names those count that are most alike."""
        beside = self.beside(account)
        pairs = ((ours, theirs) for ours in self._names for theirs in (account.title, *account.aliases))
        found = (Resemblance(ours, theirs, compare(ours, theirs), beside) for ours, theirs in pairs)
        return max(found, key=lambda one: one.likeness.score)


def in_one_town(one: Account, other: Account) -> bool:
    """Whether both tell the same town."""
    if one.place is None or other.place is None or not (one.place.city and other.place.city):
        return False
    known = towns([(other.place.city, other.place.country)])
    return any(is_town(one.place.city, one.place.country, town) for town in known)


Town = tuple[str, str | None]
"""Folded, and its country if that is known."""


def towns(places: Sequence[tuple[str, str | None]]) -> frozenset[Town]:
    """Towns with their countries, ready to compare."""
    return frozenset((folded, country) for city, country in places if (folded := fold(city)))


def is_town(city: str, country: str | None, known: Town) -> bool:
    """Whether this is that town: there is a Halle in two countries."""
    countries = {country, known[1]} - {None}
    return fold(city) == known[0] and len(countries) < 2
