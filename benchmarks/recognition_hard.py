"""Hard negatives, made from real names and a seed: organisations that look like a customer and are another.

Each case is a customer as somebody knows it and the accounts that one source has. What tells them apart is
in the case; where nothing does (two of one name), nothing may be said for certain either.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.recognition_data import Row
from salesprep.adapter.names import domain_of, fold, fold_organisation, legal_form, variants

SEED = 20261122

_FORMS = ("B.V.", "N.V.", "GmbH", "AG", "Ltd", "PLC", "S.A.", "SAS", "Inc.", "LLC", "AB", "S.p.A.", "A/S")
_DIVISIONS = """
    Nederland, Deutschland, France, UK, Belgium, Italia, Asia Pacific, Americas, Real Estate, Leasing,
    Finance, Services, Logistics, Energy, Retail, Digital, Research, International, Pension Fund, Foundation
"""
_DIVISION = tuple(d.strip() for d in _DIVISIONS.split(","))
_PLACES = (
    ("Eindhoven", "NL"),
    ("Zwolle", "NL"),
    ("Gent", "BE"),
    ("Bielefeld", "DE"),
    ("Kassel", "DE"),
    ("Lille", "FR"),
    ("Dijon", "FR"),
    ("Leeds", "GB"),
    ("Bristol", "GB"),
    ("Tampa", "US"),
    ("Boise", "US"),
    ("Malmö", "SE"),
    ("Bergamo", "IT"),
    ("Halifax", "CA"),
    ("Hobart", "AU"),
)
_NOBODYS = 20
"""A website of so many rows is no company's."""
_LETTERS = "abcdefghiklmnoprstuvw"


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody looks for ``customer``; one source has ``accounts``."""

    kind: str
    customer: Row
    accounts: tuple[Row, ...]

    @property
    def impostors(self) -> tuple[int, ...]:
        """The places of the accounts that are not the customer."""
        return tuple(n for n, a in enumerate(self.accounts) if a.company != self.customer.company)


def cases(rows: Sequence[Row], each: int, seed: int = SEED) -> tuple[Case, ...]:
    """``each`` cases of every kind, and as many as ``rows`` hold of those that are not made but found."""
    listed = Counter(row.company for row in rows)
    fitting = [row for row in rows if _fits(row) and listed[row.company] < _NOBODYS]
    if not fitting:
        return ()
    known = frozenset(fold_organisation(row.name) for row in rows)
    made: list[Case] = []
    for kind, make in _KINDS.items():
        # Each kind draws for itself, so that a new one changes none of the others.
        dice = random.Random(f"{seed} {kind}")
        drawn = dice.sample(fitting, each) if len(fitting) >= each else dice.choices(fitting, k=each)
        made += (Case(kind, *make(_customer(row), dice, known)) for row in drawn)
    real = {
        "real: one name": _same_name(rows),
        "real: one letter": _one_letter(rows),
        "real: one website of many": _one_website(rows),
    }
    for kind, pairs in real.items():
        chosen = sorted(pairs, key=lambda pair: (pair[0].name, pair[1].name, pair[0].company))
        random.Random(f"{seed} {kind}").shuffle(chosen)
        made += (Case(kind, one, (other,)) for one, other in chosen[:each])
    return tuple(made)


def _fits(row: Row) -> bool:
    """A name to make others of: ASCII letters, a word that can lose one, and what tells namesakes apart."""
    longest = max((len(w) for w in fold_organisation(row.name).split()), default=0)
    told = row.city and row.country and domain_of(row.website or "")
    bare = legal_form(_short(row.name)) is None
    return bool(told and bare and row.name.isascii() and longest > 4)


def _customer(row: Row) -> Row:
    return replace(row, company="the customer", parent=None)


def _short(name: str) -> str:
    """The name without its legal form, as it is written."""
    bare = fold_organisation(name)
    return next((v for v in variants(name) if fold(v) == bare), name)


def _other_form(name: str, dice: random.Random) -> str:
    form = legal_form(name)
    return f"{_short(name)} {dice.choice([f for f in _FORMS if legal_form(f'Acme {f}') != form])}"


def _other_place(row: Row, dice: random.Random, *, same_country: bool) -> tuple[str, str | None]:
    here = [p for p in _PLACES if (p[1] == row.country) is same_country and p[0] != row.city]
    return dice.choice(here) if here else ("Nieuwstad", row.country)


def _other_site(row: Row, word: str) -> str:
    domain = domain_of(row.website or "") or "acme.example"
    label, _, ending = domain.partition(".")
    return f"https://www.{label}-{word}.{ending}"


_Made = tuple[Row, tuple[Row, ...]]


def _another_site(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    city, country = _other_place(customer, dice, same_country=True)
    site = _other_site(customer, fold(city).replace(" ", ""))
    name = dice.choice((customer.name, _short(customer.name), customer.name.upper()))
    other = replace(customer, name=name, company="other", website=site, city=city, country=country)
    return customer, (other,)


def _another_place(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    city, country = _other_place(customer, dice, same_country=True)
    bare = replace(customer, website=None)
    return bare, (replace(bare, company="other", city=city, country=country),)


def _another_form(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    one = replace(customer, name=f"{_short(customer.name)} Ltd", website=None, city=None, country=None)
    return one, (replace(one, company="other", name=_other_form(one.name, dice)),)


def _two_of_one_name(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    city, country = _other_place(customer, dice, same_country=False)
    other = replace(
        customer, company="other", website=_other_site(customer, "online"), city=city, country=country
    )
    # The customer is not told by anything but its name, so that the first is no more it than the second.
    first = replace(customer, company="one of two")
    return Row(customer.name, customer.company), (first, other)


def _subsidiary(customer: Row, dice: random.Random) -> Row:
    name = f"{_short(customer.name)} {dice.choice(_DIVISION)} {dice.choice(_FORMS)}"
    return replace(customer, name=name, company="subsidiary")


def _with_own_site(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    own = _subsidiary(customer, dice)
    word = fold(own.name).split()[-2]
    return customer, (replace(own, website=_other_site(customer, word)),)


def _with_parents_site(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    return customer, (_subsidiary(customer, dice),)


def _by_name_alone(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    own = _subsidiary(customer, dice)
    return Row(customer.name, customer.company), (Row(own.name, own.company),)


def _told_by_parent(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    return customer, (customer, replace(_subsidiary(customer, dice), parent=0))


def _neighbour(name: str, dice: random.Random, known: frozenset[str]) -> str:
    """``name`` with one letter of a long word changed or left out, so that it is nobody's name."""
    words, own = name.split(), fold_organisation(name)
    long = [n for n, w in enumerate(words) if len(w) > 4 and w.isalpha() and fold(w) in own]
    place = dice.choice(long) if long else 0
    for _ in range(50):
        word = words[place]
        at = dice.randrange(1, len(word)) if len(word) > 1 else 0
        letter = dice.choice(_LETTERS)
        letter = letter.upper() if word.isupper() else letter
        changed = dice.choice((word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :]))
        made = " ".join([*words[:place], changed, *words[place + 1 :]])
        if fold_organisation(made) not in known:
            return made
    raise ValueError(f"every neighbour of {name} is a name already")


def _one_letter_other_site(customer: Row, dice: random.Random, known: frozenset[str]) -> _Made:
    name = _neighbour(customer.name, dice, known)
    city, country = _other_place(customer, dice, same_country=False)
    label = fold_organisation(name).replace(" ", "-")
    site = f"https://www.{label}.example"
    return customer, (Row(name, "other", site, city, country),)


def _one_letter_name_alone(customer: Row, dice: random.Random, known: frozenset[str]) -> _Made:
    return Row(customer.name, customer.company), (Row(_neighbour(customer.name, dice, known), "other"),)


def _two_countries(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    city, country = _other_place(customer, dice, same_country=False)
    bare = replace(customer, website=None)
    return bare, (replace(bare, company="other", city=city, country=country),)


def _two_countries_two_sites(customer: Row, dice: random.Random, _: frozenset[str]) -> _Made:
    city, country = _other_place(customer, dice, same_country=False)
    domain = domain_of(customer.website or "") or "acme.example"
    ending = dice.choice([e for e in ("nl", "de", "fr", "co.uk", "se") if not domain.endswith(f".{e}")])
    site = f"https://{domain.partition('.')[0]}.{ending}"
    return customer, (replace(customer, company="other", website=site, city=city, country=country),)


_KINDS: Mapping[str, Callable[[Row, random.Random, frozenset[str]], _Made]] = {
    "namesake: other website": _another_site,
    "namesake: other place": _another_place,
    "namesake: other legal form": _another_form,
    "two of one name": _two_of_one_name,
    "subsidiary: own website": _with_own_site,
    "subsidiary: parent's website": _with_parents_site,
    "subsidiary: name alone": _by_name_alone,
    "subsidiary: told by parent": _told_by_parent,
    "one letter: other website": _one_letter_other_site,
    "one letter: name alone": _one_letter_name_alone,
    "two countries: no website": _two_countries,
    "two countries: two websites": _two_countries_two_sites,
}


def _apart(one: Row, other: Row) -> bool:
    """Whether two rows of a list are surely two organisations: other website, and in another country."""
    domains = domain_of(one.website or ""), domain_of(other.website or "")
    return (
        one.company != other.company
        and all(domains)
        and domains[0] != domains[1]
        and bool(one.country and other.country)
        and one.country != other.country
    )


def _same_name(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    of_name: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_name[fold_organisation(row.name)].append(row)
    for several in of_name.values():
        for n, one in enumerate(several):
            yield from ((one, other) for other in several[n + 1 :] if _apart(one, other))


def _one_letter(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows whose names differ by one letter: they are equal once each has lost the same one."""
    called: dict[str, Row] = {}
    for row in rows:
        name = fold_organisation(row.name)
        if len(name) > 4:
            called.setdefault(name, row)
    changed: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for name in called:
        for at in range(len(name)):
            without = name[:at] + name[at + 1 :]
            changed[at, without].append(name)
            if without in called and _apart(called[name], called[without]):
                yield called[name], called[without]
    for names in changed.values():
        for n, one in enumerate(names):
            others = (o for o in names[n + 1 :] if len(o) == len(one) and _apart(called[one], called[o]))
            yield from ((called[one], called[o]) for o in others)


def _one_website(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows of a website that a list gives for so many companies that it is nobody's own: neighbours of it
    without a word in common, in two countries."""
    at: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        at[row.company].append(row)
    for company, several in at.items():
        if len(several) < _NOBODYS:
            continue
        for one, other in pairwise(several):
            words = set(fold_organisation(one.name).split()) & set(fold_organisation(other.name).split())
            if not words and one.country and other.country and one.country != other.country:
                yield one, replace(other, company=f"{company}, another")
