"""Whom somebody may have meant whose words no source knows: the names nearest to them.

Sources narrow what they tell, so each is asked for ever smaller pieces of the words until something near
comes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from salesprep.adapter import Account, Query
from salesprep.adapter.names import fold_organisation
from salesprep.briefing.calls import Asked
from salesprep.briefing.links import Links
from salesprep.sources.answers import Ask, SourceInfo

MOST = 3
"""So many names are told at most."""
NEAR = 0.75
"""As ``difflib`` measures it: one wrong letter in a word of four."""
_LONGEST = 80
"""Letters that are compared; the measure takes the square of them."""
_SHORTEST = 3
"""A piece of fewer letters stands in half of all names."""
_PIECES = 12


async def nearest(
    name: str, host: Asked, *, links: Links, seconds: float, only: Collection[str] = ()
) -> tuple[str, ...]:
    """The names nearest to ``name`` of what is remembered and of what the sources, or ``only`` these, know;
    the nearest first, as they are written. Takes ``seconds`` at most."""
    words = fold_organisation(name)[:_LONGEST]
    if not words:
        return ()
    deadline = time.monotonic() + seconds
    asked = [i for i in host.infos.values() if _finds_by_name(i) and (not only or i.name in only)]
    known = [n for customer in links.customers for n in (customer.name, *customer.aliases)]
    for pieces in _ever_smaller(words.split()):
        if pieces and time.monotonic() < deadline:
            ask = Ask("find", Query(names=tuple(pieces[:_PIECES])))
            for answer in await asyncio.gather(*(host.ask(i.name, ask, deadline=deadline) for i in asked)):
                for record in answer.page.records if answer.page is not None else ():
                    if isinstance(record, Account):
                        known += (record.title, *record.aliases)
        near = _near(words, known)
        if near:
            return near
    return ()


def _finds_by_name(info: SourceInfo) -> bool:
    manifest = info.manifest
    usable = manifest is not None and info.problem is None
    return usable and manifest is not None and "find" in manifest.abilities and "name" in manifest.lookups


def _ever_smaller(words: Sequence[str]) -> Iterator[list[str]]:
    """What to look for, the most telling first: all words but one, and all that stand before a letter that
    may be wrong; each word; the halves of each word."""
    several = len(words) > 1
    without = [" ".join([*words[:n], *words[n + 1 :]]) for n in range(len(words))] if several else []
    before = [" ".join([*words[:n], half]) for n in range(len(words)) if (half := _halves(words[n])[0])]
    yield [piece for piece in dict.fromkeys((*without, *before)) if len(piece) >= _SHORTEST]
    yield sorted((w for w in set(words) if several and len(w) >= _SHORTEST), key=len, reverse=True)
    yield [half for word in words for half in _halves(word) if half]


def _halves(word: str) -> tuple[str, str]:
    middle = max(len(word) // 2, _SHORTEST)
    return (word[:middle], word[-middle:]) if middle < len(word) else ("", "")


def _near(words: str, names: Iterable[str]) -> tuple[str, ...]:
    likeness: dict[str, tuple[float, str]] = {}
    for name in names:
        folded = fold_organisation(name)
        found = _likeness(words, folded[:_LONGEST])
        if found >= NEAR:
            likeness.setdefault(folded, (found, name))
    best = sorted(likeness.values(), key=lambda one: -one[0])
    return tuple(name for _, name in best[:MOST])


def _likeness(words: str, name: str) -> float:
    """Of the whole name, or of as many words in it: people type the part that they remember."""
    own, count = name.split(), len(words.split())
    parts = {" ".join(own[n : n + count]) for n in range(len(own) - count + 1)}
    return max((SequenceMatcher(None, part, words).ratio() for part in {name, *parts}), default=0.0)
