"""Errors by kind: why a spelling was not recognised, and what a wrong company has in common with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from benchmarks.recognition_data import Row, Spelling
from salesprep.adapter.names import domain_of, fold_organisation

_LETTERS = 0.85
"""So alike are words with a letter or two between them."""


def missed(spelling: Spelling, namesakes: Collection[str]) -> str:
    """Why the right company is hard to see in the spelling. ``namesakes``: companies of the spelling's very
    words; the nearest of the company's names decides."""
    if spelling.renamed:
        return "renamed"
    asked = fold_organisation(spelling.row.name)
    called = max(map(fold_organisation, spelling.names), key=lambda n: likeness(asked, n))
    if asked == called:
        others = set(namesakes) - {spelling.row.company}
        return "others bear the name too" if others else "legal form alone"
    return difference(asked, called)


def wrong(spelling: Spelling, said: Row) -> str:
    """What the company that was wrongly said has in common with the spelling."""
    asked, name = fold_organisation(spelling.row.name), fold_organisation(said.name)
    own = domain_of(spelling.row.website or "")
    if asked == name:
        return "the very name" if said.country == spelling.row.country else "the very name, another country"
    if own is not None and own == domain_of(said.website or ""):
        return "one domain, another website"
    return difference(asked, name)


def difference(asked: str, called: str) -> str:
    """What lies between two folded names: words or letters."""
    ours, theirs = asked.split(), called.split()
    if "".join(ours) == "".join(theirs):
        return "written as one word"
    if sorted(ours) == sorted(theirs):
        return "words in another order"
    added = [w for w in ours if not any(_stands_for(w, t) for t in theirs)]
    left_out = [t for t in theirs if not any(_stands_for(w, t) for w in ours)]
    if added and left_out:
        return "letters" if likeness(asked, called) >= _LETTERS else "other words"
    words = "words added" if added else "words left out" if left_out else ""
    short = "" if all(w in theirs for w in ours if w not in added) else "words shortened"
    return ", ".join(part for part in (short, words) if part) or "words repeated"


def _stands_for(word: str, whole: str) -> bool:
    """``res`` for ``resources``, ``hldgs`` for ``holdings``: its letters in their order, from the first."""
    if not whole or word[:1] != whole[0]:
        return False
    letters = iter(whole)
    return all(letter in letters for letter in word) and (len(word) > 1 or len(whole) == 1)


def likeness(one: str, other: str) -> float:
    """0 to 1, as ``difflib`` measures it."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def nearest(spelling: Spelling, names: Sequence[str]) -> str:
    """The name that looks most like the spelling."""
    asked = fold_organisation(spelling.row.name)
    return max(names, key=lambda n: likeness(asked, fold_organisation(n)))
