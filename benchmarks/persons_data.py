"""Labelled persons of invented customers: for each phenomenon and language pairs that are one person, and
near ones that are two. Seeded: the same seed makes the same customers.

Each case is a customer with two or three sources; every record is labelled with whose it is. A case whose two
people nobody could tell apart (an initial, and no second person in sight) is labelled as two: it must not be
called one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks import persons_spelled as spelled
from benchmarks import persons_told as told
from benchmarks.persons_made import Case, Maker, Told
from benchmarks.persons_names import TONGUES

_PAIRS: dict[str, tuple[Callable[[Maker], list[Told]], Callable[[Maker], list[Told]]]] = {
    "profile": (told.profile_one, told.profile_two),
    "mail": (told.mail_one, told.mail_two),
    "phone": (told.phone_one, told.phone_two),
    "name": (told.name_one, told.name_two),
    "transliteration": (spelled.transliteration_one, spelled.transliteration_two),
    "nickname": (spelled.nickname_one, spelled.nickname_two),
    "married": (spelled.married_one, spelled.married_two),
    "particle": (spelled.particle_one, spelled.particle_two),
    "initials": (spelled.initials_one, spelled.initials_two),
    "order": (spelled.order_one, spelled.order_two),
}
PHENOMENA = tuple(_PAIRS)


def cases(seed: int, each: int) -> Iterator[Case]:
    """``each`` cases of one person and as many of two, for every phenomenon and language."""
    for phenomenon in PHENOMENA:
        one, two = _PAIRS[phenomenon]
        for tongue in TONGUES:
            rng = random.Random(f"{seed} {phenomenon} {tongue.code}")
            for make in (one, two):
                for _ in range(each):
                    maker = Maker(tongue, rng)
                    made = make(maker)
                    others = maker.bystanders(*(w for t in made for w in _words_of(t.name)))
                    yield Case(phenomenon, tongue.code, (*made, *others))


def _words_of(name: str) -> Iterator[str]:
    yield name
    for at, _ in enumerate(name):
        yield name[at:]
    yield name.partition(" ")[0]
