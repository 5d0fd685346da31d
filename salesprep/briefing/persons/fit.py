"""What two names of persons have in common, and in which way: never how much. Pure, symmetric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from salesprep.adapter.names import fold
from salesprep.briefing.persons.nicknames import begins, is_given, stand_for_one
from salesprep.briefing.persons.parts import (
    Family,
    Given,
    Name,
    particles_fit,
    read,
    turned,
)
from salesprep.briefing.persons.spelling import is_comparable, is_latin, latin, plain, sounds, spellings

Level = Literal["equal", "variant", "part", "unknown", "none", "against"]
"""``equal``: written alike; ``variant``: one name in two ways of writing; ``part``: what both tell agrees,
and may be two people's; ``unknown``: two scripts that cannot be compared; ``none``: other names; ``against``:
one family name and other given names, or another generation."""

Way = Literal[
    "spelling",
    "alphabet",
    "order",
    "nickname",
    "married",
    "particle",
    "initials",
    "part",
    "given",
    "generation",
]
"""In which way two names differ that fit, or why they do not."""

_RANK: dict[Level, int] = {"equal": 3, "variant": 2, "part": 1, "unknown": 0, "none": 0, "against": -1}


@dataclass(frozen=True, slots=True)
class Fit:
    """How two names fit."""

    level: Level
    ways: frozenset[Way] = frozenset()
    given_agree: bool = False
    """The given names agree and are written out, no initials; whatever became of the family names."""

    @property
    def rank(self) -> int:
        """To compare two fits of one pair: the more is told, the higher."""
        return _RANK[self.level]


NO_FIT = Fit("none")
"""Other names."""
_SHORTEST = 3
"""Letters of a short form."""


def fit(one: str, other: str) -> Fit:
    """How two names fit; the same whichever comes first."""
    return _fit(one, other) if one <= other else _fit(other, one)


@lru_cache(maxsize=65536)
def _fit(one: str, other: str) -> Fit:
    first, second = fold(one), fold(other)
    if not first or not second:
        return NO_FIT
    if not (is_comparable(one) and is_comparable(other)) and is_latin(one) != is_latin(other):
        return Fit("unknown")
    a, b = read(one), read(other)
    if first == second:
        if _told_otherwise(a, b):
            return Fit("part", _ways("order"))
        whole = bool(a.given) or not is_comparable(one)
        written = not any(g.is_initial for g in a.given)
        return Fit("equal", given_agree=written) if whole else Fit("part", _ways("part"))
    found = _compared(a, b)
    for x, y, open_ in _other_readings(a, b):
        again = _compared(x, y)
        if again.rank > max(found.rank, 0):
            # Which of two plain words is the family name is a guess, where nothing else tells it.
            again = Fit("part" if open_ else again.level, again.ways | _ways("order"), again.given_agree)
            if again.rank > max(found.rank, 0):
                found = again
    return found


def _ways(*ways: Way) -> frozenset[Way]:
    return frozenset(ways)


def _other_readings(a: Name, b: Name) -> list[tuple[Name, Name, bool]]:
    """One of the two with given and family name the other way round, and whether that is mere guessing."""
    found = []
    if (x := turned(a)) is not None:
        found.append((x, b, not (b.order_told and _ends_with_given(a))))
    if (y := turned(b)) is not None:
        found.append((a, y, not (a.order_told and _ends_with_given(b))))
    return found


def _told_otherwise(a: Name, b: Name) -> bool:
    """The same words, but one tells the family name and the other is another's by how it reads:
    ``Martin, Thomas`` and ``Martin Thomas``."""
    if not (a.order_told or b.order_told) or _joined(a.given) == _joined(b.given):
        return False
    return (a.order_told and b.order_told) or not _ends_with_given(b if a.order_told else a)


def _ends_with_given(name: Name) -> bool:
    """Its words alone say that the family name comes first: ``Smit Rob``, not ``Thomas Martin``."""
    if not name.given or not name.families:
        return False
    return is_given(name.families[-1].text) and not is_given(name.given[0].text)


def _compared(a: Name, b: Name) -> Fit:
    family = _families(a, b)
    given = max((_given(x, y) for x in _called(a) for y in _called(b)), key=lambda f: f.rank)
    agree = given.given_agree
    if family is None:
        return Fit("none", given.ways if given.level == "against" else frozenset(), agree)
    if a.generation and b.generation and a.generation != b.generation:
        return Fit("against", _ways("generation"))
    if given.level == "against":
        return given
    if a.generation != b.generation and given.level == "equal":
        given = Fit("variant", given.ways | _ways("generation"), agree)
    least: Level = min(family.level, given.level, key=_RANK.__getitem__)
    if family.level == "variant" and _one_letter(a) and _one_letter(b):
        # "A. Smit" and "A. Smit-Vos": one letter is too little for a family name that is not the same.
        least = "part"
    return Fit(least, family.ways | given.ways, agree)


def _one_letter(name: Name) -> bool:
    return len(name.given) == 1 and name.given[0].is_initial


def _called(name: Name) -> list[tuple[Given, ...]]:
    """The given names; and the one that somebody is called by, if that is told too."""
    ways = [name.given]
    if name.called is not None:
        ways.append((Given(name.called),))
    if len(name.given) > 1 and name.given[0].is_initial and not name.given[1].is_initial:
        # "J. Edgar": called by the second name. "M. Jérôme": "M." is no initial in French.
        ways.append(name.given[1:])
    return ways


# -- family names ---------------------------------------------------------------------------------


def _families(a: Name, b: Name) -> Fit | None:
    """``None``: they have none in common."""
    ours, theirs = (*a.families, *a.born), (*b.families, *b.born)
    shared = [(x, y, f) for x in ours for y in theirs if (f := _one_family(x, y)) is not None]
    if not shared:
        return None
    ways = frozenset(way for *_, f in shared for way in f.ways)
    least: Level = min((f.level for *_, f in shared), key=_RANK.__getitem__)
    of_a, of_b = {x for x, *_ in shared}, {y for _, y, _ in shared}
    if len(a.families) == len(b.families) == 1 and a.families[0] in of_a and b.families[0] in of_b:
        births_differ = bool(a.born and b.born) and not set(a.born) & of_a
        return Fit("part", ways | _ways("married")) if births_differ else Fit(least, ways)
    if set(a.families) <= of_a or set(b.families) <= of_b:
        in_line = len(a.families) == len(b.families) and all(
            _one_family(x, y) for x, y in zip(a.families, b.families, strict=True)
        )
        if in_line:
            return Fit(least, ways)
        return Fit("part" if least == "part" else "variant", ways | _ways("married"))
    return Fit("part", ways | _ways("married"))


def _one_family(x: Family, y: Family) -> Fit | None:
    word = _word(x.text, y.text)
    if word is None:
        return Fit("variant", _ways("particle")) if x.together == y.together else None
    if particles_fit(x.particle, y.particle):
        return word if x.particle == y.particle else Fit(_no_better(word), word.ways | _ways("particle"))
    if not x.particle or not y.particle:
        return Fit(_no_better(word), word.ways | _ways("particle"))
    return Fit("part", word.ways | _ways("particle"))


def _no_better(found: Fit) -> Level:
    return "variant" if found.level == "equal" else found.level


def _word(one: str, other: str) -> Fit | None:
    """Whether two words are one: as written, in other spellings, or in another alphabet."""
    if not (is_comparable(one) and is_comparable(other)):
        return Fit("equal") if plain(one) == plain(other) else None
    if latin(one) == latin(other) and is_latin(one) == is_latin(other):
        return Fit("equal")
    if spellings(one) & spellings(other):
        return Fit("variant", _ways("spelling" if is_latin(one) == is_latin(other) else "alphabet"))
    if any(len(heard) > 1 for heard in sounds(one) & sounds(other)):
        if is_latin(one) != is_latin(other):
            return Fit("variant", _ways("alphabet"))
        return Fit("part", _ways("spelling"))
    return None


# -- given names ----------------------------------------------------------------------------------


def _given(ours: Sequence[Given], theirs: Sequence[Given]) -> Fit:
    if not ours or not theirs:
        return Fit("part", _ways("part"))
    if _joined(ours) == _joined(theirs):
        short = any(g.is_initial for g in ours)
        return Fit("variant" if short else "equal", _ways("initials") if short else frozenset(), not short)
    least: Level = "equal"
    ways: set[Way] = set()
    for x, y in zip(ours, theirs, strict=False):
        each = _one_given(x, y)
        if each is None:
            return _second_name(ours, theirs)
        least = min(least, each.level, key=_RANK.__getitem__)
        ways |= each.ways
    both_written = not (ours[0].is_initial or theirs[0].is_initial)
    rest = (ours if len(ours) > len(theirs) else theirs)[min(len(ours), len(theirs)) :]
    if any(not g.is_initial for g in rest):
        # "Jan" and "Jan Willem", "Jean" and "Jean-Pierre" may be two people.
        least, ways = min(least, "part", key=_RANK.__getitem__), ways | {"part"}
    elif rest:
        least, ways = (
            min(least, "variant", key=_RANK.__getitem__),
            ways | {"initials"},
        )
    if not both_written and not (len(ours) == len(theirs) > 1):
        least = min(least, "part", key=_RANK.__getitem__)
    return Fit(least, frozenset(ways), both_written)


def _joined(given: Sequence[Given]) -> str:
    return "".join(plain(g.text) for g in given)


def _one_given(x: Given, y: Given) -> Fit | None:
    """``None``: they contradict each other."""
    if x.is_initial or y.is_initial:
        return _initial(x, y)
    word = _word(x.text, y.text)
    if (word is not None and word.level != "part") or not (is_comparable(x.text) and is_comparable(y.text)):
        return word
    known = stand_for_one(x.text, y.text) or _begun_alike(x.text, y.text)
    if known is not None:
        return Fit("variant" if known == "sure" else "part", _ways("nickname"))
    return word


def _begun_alike(one: str, other: str) -> Literal["perhaps"] | None:
    """One is the beginning of the other: short for it, as far as anybody knows, or another name."""
    short, long = sorted((latin(one), latin(other)), key=len)
    return "perhaps" if len(short) >= _SHORTEST and long.startswith(short) else None


def _initial(x: Given, y: Given) -> Fit | None:
    short, long = (x, y) if x.is_initial else (y, x)
    letter = plain(short.text)[:1]
    if plain(long.text)[:1] == letter:
        return Fit("variant", _ways("initials"))
    if not long.is_initial and begins(long.text, letter):
        return Fit("part", _ways("initials", "nickname"))
    if not (is_latin(short.text) and is_latin(long.text)) and _begins(short.text) & _begins(long.text):
        return Fit("part", _ways("initials", "alphabet"))
    return None


def _begins(word: str) -> frozenset[str]:
    return frozenset(heard[:1] for heard in sounds(word))


def _second_name(ours: Sequence[Given], theirs: Sequence[Given]) -> Fit:
    """``Jan Willem`` who is called ``Willem``; else two people."""
    for some, others in ((ours, theirs), (theirs, ours)):
        if len(others) == 1 and not others[0].is_initial:
            for each in some[1:]:
                found = _one_given(each, others[0])
                if found is not None and not each.is_initial:
                    return Fit("part", found.ways | _ways("part"))
    return Fit("against", _ways("given"))
