"""What a header says: one of the words that people use, or one made of them, such as ``Offertenr``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.table.header import key_of
from adapters.table.synonyms import BEFORE, BEHIND, BETWEEN_WORDS, CONCEPTS, STEMS

_LINKS = ("", "s", "n", "en", "es", "e")
"""Letters by which Dutch and German join two words: ``Auftrag-s-nr``."""
_SHORTEST = 4
"""Letters of a thing that may be written in one word with what it has: ``dealnr``, but not ``asnr``."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is about."""

    concept: str
    """``date``; of what numbers a thing ``order_number``."""
    thing: str | None = None
    """The thing whose it is, if the header names one: of ``Orderdatum`` the order."""


def meaning_of(label: str) -> Meaning | None:
    """The meaning of a header; ``None``: it is none that is known."""
    for key in dict.fromkeys(_spellings(label)):
        concept = CONCEPTS.get(key)
        if concept is not None:
            return Meaning(concept, concept if concept in STEMS.values() else None)
        made = _made(key)
        if made is not None:
            return made
    return None


def number_of(thing: str) -> str:
    """What the column is about that numbers these things."""
    return "customer_number" if thing == "company" else f"{thing}_number"


def _spellings(label: str) -> Iterator[str]:
    """The header as it is, without what stands in brackets, and without what changes nothing."""
    for key in (key_of(label), key_of(label.partition("(")[0])):
        yield key
        words = key.split()
        while len(words) > 1 and words[-1] in BEHIND:
            words.pop()
            yield " ".join(words)
        while len(words) > 1 and words[0] in BEFORE:
            words.pop(0)
            yield " ".join(words)


def _made(key: str) -> Meaning | None:
    """Of a thing and what it has: ``account id``, ``offertenr``, ``datum factuur``."""
    words = key.split()
    for at in range(1, len(words)):
        first, rest = words[:at], words[at:]
        found = _of(" ".join(first), " ".join(rest))
        if found is not None:
            return found
        while rest and rest[0] in BETWEEN_WORDS:
            rest = rest[1:]
        found = _of(" ".join(rest), " ".join(first))
        if found is not None:
            return found
    return _in_one_word(words[0], words[1:]) if words else None


def _of(thing: str, had: str) -> Meaning | None:
    """``had`` by a ``thing``, if both are known."""
    concept = CONCEPTS.get(had)
    named = _stem(thing)
    if named is None or concept is None or concept in STEMS.values():
        return None
    if concept == "number":
        return Meaning(number_of(named), named)
    return Meaning(named if concept == "name" else concept, named)


def _stem(written: str) -> str | None:
    """The thing that a word means, in the form in which it stands before another one too."""
    for link in _LINKS:
        if written.endswith(link) and (found := STEMS.get(written.removesuffix(link))) is not None:
            return found
    return None


def _in_one_word(word: str, more: list[str]) -> Meaning | None:
    """``relatienr``, ``kundennummer``, ``orderdatum``; the longest thing that it begins with."""
    for at in range(len(word) - 1, _SHORTEST - 1, -1):
        rest = " ".join([word[at:], *more])
        found = _of(word[:at], rest)
        if found is not None:
            return found
    return None
