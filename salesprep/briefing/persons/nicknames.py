"""Which given names stand for one another: ``Bob`` for ``Robert``, ``Kees`` for ``Cornelis``. Pure but for
reading two lists, once, when the first two names differ.

``nicknames_en.txt`` is made from a registry package by ``tools/nicknames.py``; ``nicknames_more.txt`` is kept
by hand, for the languages that no kept-up package has.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal

from salesprep.briefing.persons.spelling import is_latin, latin, sounds

Known = Literal["sure", "perhaps"]


def stand_for_one(one: str, other: str) -> Known | None:
    """Whether one of two given names is short for the other: for certain, perhaps, or as far as is known not.

    Two short forms of one name (``Bob`` and ``Rob``) may be of one person.
    """
    known, by_sound = _lists()
    a, b = (_listed(n, by_sound) for n in (one, other))
    if a == b:
        return "sure"
    told = {known.get((a, b)), known.get((b, a))} - {None}
    if told:
        return "sure" if "sure" in told else "perhaps"
    return "perhaps" if _formal().get(a, frozenset()) & _formal().get(b, frozenset()) else None


@lru_cache(maxsize=16384)
def is_given(word: str) -> bool:
    """Whether this is known as a given name; many are not."""
    return latin(word) in _all()


def _listed(name: str, by_sound: dict[str, str]) -> str:
    """The name as the lists have it, where that is in another alphabet."""
    plain = latin(name)
    if is_latin(name) or plain in _all():
        return plain
    return next((by_sound[heard] for heard in sorted(sounds(name)) if heard in by_sound), plain)


def begins(name: str, letter: str) -> bool:
    """Whether somebody of this given name may sign with that letter: ``Bill`` with ``w``."""
    return any(formal.startswith(letter) for formal in _formal().get(latin(name), ()))


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[tuple[str, str], Known], dict[str, str]]:
    """Pairs of a name and its short form; and, for names in other alphabets, how the list has each sound."""
    pairs: dict[tuple[str, str], Known] = {}
    by_sound: dict[str, str] = {}
    for file in ("nicknames_en.txt", "nicknames_more.txt"):
        for line in (files(__package__) / file).read_text(encoding="utf-8").splitlines():
            formal, _, shorts = line.partition("#")[0].partition(":")
            formal = formal.strip()
            for short in shorts.split():
                known: Known = "perhaps" if short.startswith("?") else "sure"
                pair = latin(formal), latin(short.lstrip("?"))
                pairs[pair] = known  # what our own list says, which comes last, goes before the package's
                for word in (formal, short.lstrip("?")):
                    if file == "nicknames_more.txt":
                        by_sound.update(
                            {heard: latin(word) for heard in sounds(word) if heard not in by_sound}
                        )
    return pairs, by_sound


@lru_cache(maxsize=1)
def _formal() -> dict[str, frozenset[str]]:
    """Of each short form the names that it surely stands for."""
    found: dict[str, set[str]] = {}
    for (formal, short), known in _lists()[0].items():
        if known == "sure":
            found.setdefault(short, set()).add(formal)
    return {short: frozenset(formals) for short, formals in found.items()}


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset(name for pair in _lists()[0] for name in pair)
