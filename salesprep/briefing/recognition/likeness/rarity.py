"""How much a word of an organisation's name tells: much where few names have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("words.txt")

RAREST = 10.0
"""Of a word that the list does not have: fewer than 40 of 399,000 names do."""
_NOISE = 1.0
"""Of what no list of words has and is too short to be one: a share's face value, a mark of an exchange."""
_NUMBER = 3.0
_SHORT = 2
"""Letters of such a word at most."""


def rarity(word: str) -> float:
    """The natural logarithm of how many names there are to one with this folded word; 10 at most."""
    known = _words().get(word)
    if known is not None:
        return known
    if word.isdigit():
        return _NUMBER
    return _NOISE if len(word) <= _SHORT else RAREST


def is_common(word: str) -> bool:
    """Whether the list has the word: it stands in the names of many organisations."""
    return word in _words()


@lru_cache(maxsize=1)
def _words() -> Mapping[str, float]:
    words: dict[str, float] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            rare, _, known = line.partition(": ")
            words.update(dict.fromkeys(known.split(), float(rare)))
    return words
