"""Two names word by word: which words of the one stand for which of the other, and which are left over.

Words agree letter by letter, written as one, as an abbreviation, by their initials, or but for a letter.
The result is data; what it is worth is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from salesprep.adapter.forms import behind_form, without_forms
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.recognition.likeness.rarity import is_common, rarity
from salesprep.briefing.recognition.likeness.shares import without_share

How = Literal["equal", "glued", "short", "initials", "spelling"]

_STRENGTH: Mapping[How, float] = {
    "equal": 1.0,
    "glued": 0.95,
    "short": 0.85,
    "initials": 0.7,
    "spelling": 0.6,
}
"""How much of a word's weight counts if it is found so."""
_MERE = frozenset({"and", "co", "company", "of", "the"})
"""Words that come and go in the name of one and the same organisation."""
_MERE_RARITY = 1.0
_BEHIND = 0.15
"""So much less is told by what stands behind the legal form."""
_OTHER_FORM = 0.9
_LETTERS = 0.8
"""So alike are two words but for a letter (Damerau and Levenshtein, normalised)."""
_LONG = 5
"""Shorter words that differ by a letter are two words."""
_BEGUN = 3
"""So many letters of a word are an abbreviation of it."""
_PART = 0.75
"""Less than so much of a word abbreviates it: ``hansn`` is no abbreviation of ``hansen``."""
_ENDING = 2
"""What a rare word is contracted to has one of its last letters, or begins as it does for long: "neuroc"."""
_GLUED = 3
"""So many words may be written as one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the one name that stand for words of the other; ``rarity`` that of the fuller side."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    how: How
    rarity: float


@dataclass(frozen=True, slots=True)
class Left:
    """A word of one name that stands for none of the other."""

    word: str
    behind: bool
    """It stands behind the legal form: "Acme AG Deutschland"."""

    @property
    def rarity(self) -> float:
        """How much it tells."""
        whole = rarity(self.word) if is_telling(self.word) else min(_MERE_RARITY, rarity(self.word))
        return whole * _BEHIND if self.behind else whole


@dataclass(frozen=True)
class Likeness:
    """What two names have in common, and what not."""

    pairs: tuple[Pair, ...]
    ours_left: tuple[Left, ...]
    theirs_left: tuple[Left, ...]
    ours_form: str | None
    theirs_form: str | None

    @cached_property
    def score(self) -> float:
        """0 to 1: the share of what both names tell that they have in common, rare words counting more."""
        common = 2 * sum(p.rarity * _STRENGTH[p.how] for p in self.pairs)
        left = sum(one.rarity for one in (*self.ours_left, *self.theirs_left))
        whole = 2 * sum(p.rarity for p in self.pairs) + left
        share = common / whole if whole else 0.0
        return share * _OTHER_FORM if self.contradicts else share

    @property
    def rarest(self) -> float:
        """How much the rarest word tells that is the same in both."""
        return max((p.rarity for p in self.pairs if p.how in ("equal", "glued")), default=0.0)

    @property
    def telling(self) -> tuple[str, ...]:
        """Left-over words of either side that may make it another organisation."""
        return tuple(one.word for one in (*self.ours_left, *self.theirs_left) if is_telling(one.word))

    @property
    def shortened(self) -> bool:
        """All words are the same, but that common ones are abbreviated."""
        return all(
            p.how in ("equal", "glued") or (p.how == "short" and _is_abbreviated(p)) for p in self.pairs
        )

    @property
    def contradicts(self) -> bool:
        """Both state a legal form, and not the same."""
        forms = self.ours_form, self.theirs_form
        return None not in forms and forms[0] != forms[1]


def _is_abbreviated(pair: Pair) -> bool:
    short, whole = sorted((pair.ours[0], pair.theirs[0]), key=len)
    return is_common(whole) and 1 < len(short) < _PART * len(whole)


def is_telling(word: str) -> bool:
    """Whether a word that only one of two names has may make them two organisations."""
    if word in _MERE or _is_form(word):
        return False
    return is_common(word) or len(word) > 2


@lru_cache(maxsize=4096)
def _is_form(word: str) -> bool:
    """Whether this is the legal form itself, which stands somewhere inside the name."""
    return without_forms(["", word])[1] is not None


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to compare: its folded words in front of the legal form and behind it."""

    words: tuple[str, ...]
    front: int
    """So many of them stand in front."""
    form: str | None


@lru_cache(maxsize=65536)
def name_of(name: str) -> Name:
    """A name as it is written, ready to compare."""
    name = without_share(name)
    words, form = fold_organisation(name).split(), legal_form(name)
    if form is not None:
        return Name(tuple(words), len(words), form)
    front, inside, behind = behind_form(words)
    # What is told twice, "Acme SpA Acme Ord", is told once.
    more = [w for w in dict.fromkeys(behind) if not any(f.startswith(w) for f in front)]
    return Name((*front, *more), len(front), inside)


@lru_cache(maxsize=65536)
def compare(ours: str, theirs: str) -> Likeness:
    """What two names, as they are written, have in common."""
    return _Aligned(name_of(ours), name_of(theirs)).told()


class _Aligned:
    """The words of two names, taken off pair by pair, the surest first."""

    def __init__(self, ours: Name, theirs: Name) -> None:
        self.names = ours, theirs
        self.ours: list[str | None] = list(ours.words)
        self.theirs: list[str | None] = list(theirs.words)
        self.pairs: list[Pair] = []
        self._equal()
        if any(self.ours) and any(self.theirs):
            self._glued()
            self._one_by_one("short", _shortens)
            self._initials()
            self._one_by_one("spelling", _but_for_a_letter)

    def told(self) -> Likeness:
        ours, theirs = self.names
        left = (
            tuple(Left(w, n >= name.front) for n, w in enumerate(side) if w is not None)
            for name, side in ((ours, self.ours), (theirs, self.theirs))
        )
        ours_left, theirs_left = left
        return Likeness(tuple(self.pairs), ours_left, theirs_left, ours.form, theirs.form)

    def _take(self, ours: range, theirs: range, how: How, weight: float) -> None:
        if ours[0] >= self.names[0].front and theirs[0] >= self.names[1].front:
            weight *= _BEHIND
        mine = tuple(w for n in ours if (w := self.ours[n]) is not None)
        yours = tuple(w for n in theirs if (w := self.theirs[n]) is not None)
        self.pairs.append(Pair(mine, yours, how, weight))
        for n in ours:
            self.ours[n] = None
        for n in theirs:
            self.theirs[n] = None

    def _equal(self) -> None:
        for n, word in enumerate(self.ours):
            if word is not None and word in self.theirs:
                at = self.theirs.index(word)
                self._take(range(n, n + 1), range(at, at + 1), "equal", rarity(word))

    def _glued(self) -> None:
        for here, there, mine in ((self.ours, self.theirs, True), (self.theirs, self.ours, False)):
            for run in list(_runs(here)):
                joined = "".join(w for n in run if (w := here[n]) is not None)
                if len(joined) > _BEGUN and joined in there and all(here[n] is not None for n in run):
                    at = there.index(joined)
                    weight = max(rarity(joined), *(rarity(here[n] or "") for n in run))
                    one = range(at, at + 1)
                    self._take(run if mine else one, one if mine else run, "glued", weight)

    def _initials(self) -> None:
        for here, there, mine in ((self.ours, self.theirs, True), (self.theirs, self.ours, False)):
            for n, word in enumerate(here):
                if word is None or not 2 <= len(word) <= _LONG or not word.isalpha():
                    continue
                for start in range(len(there) - len(word) + 1):
                    run = range(start, start + len(word))
                    if all((there[at] or " ")[0] == letter for at, letter in zip(run, word, strict=True)):
                        weight = sum(rarity(there[at] or "") for at in run)
                        one = range(n, n + 1)
                        self._take(one if mine else run, run if mine else one, "initials", weight)
                        break

    def _one_by_one(self, how: How, fits: Callable[[str, str], bool]) -> None:
        for n, word in enumerate(self.ours):
            if word is None:
                continue
            for at, other in enumerate(self.theirs):
                if other is not None and fits(word, other):
                    # An abbreviation tells as much as the word that it stands for.
                    weight = rarity(max(word, other, key=len))
                    self._take(range(n, n + 1), range(at, at + 1), how, weight)
                    break


def _runs(words: Sequence[str | None]) -> Iterator[range]:
    """Neighbouring words, the most first."""
    for length in range(min(_GLUED, len(words)), 1, -1):
        for start in range(len(words) - length + 1):
            if None not in words[start : start + length]:
                yield range(start, start + length)


def _shortens(one: str, other: str) -> bool:
    """``res`` for ``resources``, ``intl`` for ``international``: its letters in order, from the first."""
    short, whole = sorted((one, other), key=len)
    if short[0] != whole[0] or len(short) == len(whole) or not short.isalpha():
        return False
    if whole.startswith(short):
        return len(short) >= _BEGUN or is_common(whole)
    if len(short) >= _PART * len(whole) or len(short) < _BEGUN + (not is_common(whole)):
        return False
    if not (is_common(whole) or whole.startswith(short[:_LONG]) or short[-1] in whole[-_ENDING:]):
        return False  # "novo" is another name than "novagold"
    letters = iter(whole)
    return all(letter in letters for letter in short)


def _but_for_a_letter(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LONG or not (one.isalpha() and other.isalpha()):
        return False
    from rapidfuzz.distance import OSA  # 8 ms: only where two words are nearly the same

    return OSA.normalized_similarity(one, other) >= _LETTERS
