"""Which records of one customer's persons are one person's: nobody else there could be meant by a name. Pure.

Addresses, numbers and profiles come first, then names that are written alike, then names in two ways of
writing. What would put two people on one line is not joined; it is told as ``maybe``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from salesprep.briefing.persons import traces
from salesprep.briefing.persons.fit import fit
from salesprep.briefing.persons.match import Because, By, Known, Verdict, match
from salesprep.briefing.persons.parts import Name, read, turned
from salesprep.briefing.persons.spelling import sounds, spellings

_ORDER: dict[By | None, int] = {"profile": 0, "mail": 1, "phone": 2, "name": 3, None: 4}


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a record stands on its line: with which other record of it, and by what."""

    to: int
    why: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records of different lines that may be one person's."""

    one: int
    other: int
    why: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Records by their number in what was given: those of one person together, in the order of the first."""

    groups: tuple[tuple[int, ...], ...]
    joined: Mapping[int, Joined]
    """Of each record but the first of its group."""
    doubts: tuple[Doubt, ...]


@lru_cache(maxsize=8)
def together(people: tuple[Known, ...]) -> Together:
    """The persons among records that all belong to one customer. Kept: each snapshot of a briefing asks it
    again."""
    room = _Room(people)
    for one, other in room.by_strength():
        room.join(one, other)
    return room.told()


def whom(
    somebody: Known, people: Sequence[Known], groups: Iterable[Sequence[int]]
) -> dict[int, Verdict] | None:
    """The one group that somebody (a guest, say) surely belongs to: its records, each with its verdict; those
    that are theirs by another record of the group only may have one that says ``other``.

    ``None``: nobody, or more than one could be meant.
    """
    shared = shared_traces((*people, somebody))
    fitting: list[tuple[int, dict[int, Verdict]]] = []
    doubtful = 0
    for group in groups:
        found = {n: match(somebody, people[n], shared) for n in group}
        if any(v.cannot_be for v in found.values()):
            continue
        same = [v for v in found.values() if v.outcome == "same"]
        if same:
            fitting.append((min(_ORDER[v.by] for v in same), found))
        elif any(v.outcome == "maybe" for v in found.values()):
            doubtful += 1
    if not fitting:
        return None
    best = min(order for order, _ in fitting)
    chosen = [found for order, found in fitting if order == best]
    if len(chosen) > 1:
        return None
    if best == _ORDER["name"] and doubtful and not any(_is_whole(v) for v in chosen[0].values()):
        return None
    return chosen[0]


def shared_traces(people: Sequence[Known]) -> frozenset[str]:
    """Addresses, numbers and profiles that lead to several people, so to none: one source gives an address or
    a profile to names that cannot be one person's, or any two sources a number."""
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in people:
        for trace in (*person.mails, *person.profiles):
            holders[person.source, trace].append(person.name)
        for phone in person.phones:
            holders["", traces.ending(phone)].append(person.name)
    several = {key for key, names in holders.items() if _are_several(names)}
    phones = {p for person in people for p in person.phones if ("", traces.ending(p)) in several}
    return frozenset(trace for source, trace in several if source) | phones


def _are_several(names: Sequence[str]) -> bool:
    different = [name for name in dict.fromkeys(names) if name]
    return any(fit(a, b).level in ("none", "against") for a, b in combinations(different[:8], 2))


def _is_whole(verdict: Verdict) -> bool:
    """The names are written alike, the given name with them: one that fits in part is somebody else's."""
    return verdict.fit.level == "equal" and verdict.fit.given_agree


class _Room:
    """The records, as they come together."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.people = people
        self.shared = shared_traces(people)
        self.verdicts = {
            pair: match(people[pair[0]], people[pair[1]], self.shared) for pair in _pairs(people)
        }
        self.group = {n: [n] for n in range(len(people))}
        self.joined: dict[int, Joined] = {}
        self.near: defaultdict[int, list[int]] = defaultdict(list)
        for (one, other), verdict in self.verdicts.items():
            if verdict.fit.rank > 0:
                self.near[one].append(other)
                self.near[other].append(one)

    def verdict(self, one: int, other: int) -> Verdict:
        """What two of them are to each other; symmetric."""
        pair = (one, other) if one < other else (other, one)
        found = self.verdicts.get(pair)
        if found is None:
            found = self.verdicts[pair] = match(self.people[pair[0]], self.people[pair[1]], self.shared)
        return found

    def by_strength(self) -> list[tuple[int, int]]:
        """The pairs that are one person's, the surest first."""
        sure = [(pair, v) for pair, v in self.verdicts.items() if v.outcome == "same"]
        return [pair for pair, v in sorted(sure, key=lambda e: (_ORDER[e[1].by], -e[1].fit.rank, e[0]))]

    def join(self, one: int, other: int) -> None:
        """Put two groups together, unless that would put two people on one line."""
        first, second = self.group[one], self.group[other]
        if first is second:
            return
        verdict = self.verdict(one, other)
        by_name = verdict.by == "name"
        if by_name and self._could_be_somebody_else(one, other, verdict):
            return
        for a in first:
            for b in second:
                found = self.verdict(a, b)
                twice = self.people[a].source == self.people[b].source
                if found.cannot_be and not (twice and not by_name and found.fit.rank > 0):
                    return
        self._why(first, second, one, other, verdict)
        kept = sorted((*first, *second))
        for n in kept:
            self.group[n] = kept

    def _why(self, first: list[int], second: list[int], one: int, other: int, verdict: Verdict) -> None:
        """Each record points to the one that it was put beside; the first of a line to none."""
        if first[0] > second[0]:
            one, other = other, one
        # The later line hangs on the earlier one by ``other``: from there to its own first all turn round.
        new: Joined | None = Joined(one, verdict.why)
        at = other
        while new is not None:
            before = self.joined.get(at)
            self.joined[at] = new
            new = Joined(at, before.why) if before is not None else None
            at = before.to if before is not None else at

    def _could_be_somebody_else(self, one: int, other: int, verdict: Verdict) -> bool:
        least = 3 if _is_whole(verdict) else 1
        rivals = {one, other} | {
            n for each in (one, other) for n in self.near[each] if self.verdict(each, n).fit.rank >= least
        }
        return any(self._are_two(a, b) for a, b in combinations(sorted(rivals), 2))

    def _are_two(self, one: int, other: int) -> bool:
        if self.group[one] is self.group[other]:
            return False
        verdict = self.verdict(one, other)
        return verdict.outcome == "other" or any(b.what == "other_mail" for b in verdict.why)

    def told(self) -> Together:
        """What came of it."""
        groups = tuple(tuple(self.group[n]) for n in range(len(self.people)) if self.group[n][0] == n)
        doubts = []
        for (one, other), verdict in sorted(self.verdicts.items()):
            if self.group[one] is self.group[other] or verdict.outcome == "other":
                continue
            unsure = verdict.outcome == "same"
            doubts.append(
                Doubt(one, other, (*verdict.why, Because("somebody_else")) if unsure else verdict.why)
            )
        return Together(groups, self.joined, tuple(doubts))


def _pairs(people: Sequence[Known]) -> Iterator[tuple[int, int]]:
    """Those that have something in common, so that not everybody is compared with everybody."""
    direct: defaultdict[str, list[int]] = defaultdict(list)
    swapped: defaultdict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        name = read(person.name)
        keys = {*_keys(name), *person.mails, *person.profiles, *map(traces.ending, person.phones)}
        for key in keys:
            direct[key].append(number)
        if (other_way := turned(name)) is not None:
            for key in set(_keys(other_way)) - keys:
                swapped[key].append(number)
    found = {pair for numbers in direct.values() for pair in combinations(numbers, 2)}
    for key, numbers in swapped.items():
        found |= {(min(a, b), max(a, b)) for a in numbers for b in direct.get(key, ()) if a != b}
    return iter(sorted(found))


def _keys(name: Name) -> Iterator[str]:
    for family in (*name.families, *name.born):
        yield from (f"/{spelled}" for spelled in spellings(family.text))
        yield f"/{family.together}"
        yield from (f"~{heard}" for heard in sounds(family.text))
