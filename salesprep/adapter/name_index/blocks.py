"""By which pieces of its letters a name is found again, also where it is written otherwise.

A block is a number that stands for such a piece. Two spellings of one name have a block in common as
long as no more than a letter or two, a word, or the spaces between words are different. Pure; names come
folded, with or without their legal form.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from zlib import crc32

BLOCKS = 1 << 17
"""So many there are. Pieces that happen to share one cost a closer look, nothing more."""
PLACE = "I"
"""How arrays hold the place of a name: in four bytes."""

_LAST = BLOCKS - 1
_BEGIN, _END, _FRAME, _HEAD, _INITIALS, _WORN, _MARK = range(1, 8)
"""What a piece is of its name; the same letters as two of them are two blocks."""

_PIECE = 4
_SHORT_WORD = 5
"""One wrong letter may leave no four of so short a word together."""
_HEAD_LETTERS = 6
_FEWEST_INITIALS, _MOST_INITIALS = 3, 6
_LONGEST = 200
"""Letters of a name that count; nobody tells two names by what comes after."""


class Gathering:
    """Names by what they are made of; a word that many names have is worked out once for all of them."""

    def __init__(self, words: Words | None = None) -> None:
        """``words``: those that are known from other names."""
        self._known = Words() if words is None else words
        self._firsts: _Places = defaultdict(list)
        self._others: _Places = defaultdict(list)
        """Words behind the first."""
        self._heads: _Places = defaultdict(list)
        """Of names whose first word is no head by itself."""
        self._initials: _Places = defaultdict(list)
        self._marks: defaultdict[int, array[int]] = defaultdict(_no_places)
        """By block: hardly two names have one in common."""

    def add(self, names: Iterable[str], place: int = 0) -> None:
        """Folded names, the first of them at ``place`` and the others behind it."""
        # A million names come by, so that all is spelled out that has to be done for each.
        firsts, others, heads, initials = self._firsts, self._others, self._heads, self._initials
        for at, name in enumerate(names, place):
            words = name[:_LONGEST].split()
            if not words:
                continue
            first = words[0]
            if len(words) >= _FEWEST_INITIALS:
                initials[first[0] + words[1][0] + words[2][0]].append(at)
            if len(first) < _HEAD_LETTERS:
                heads["".join(words[:_HEAD_LETTERS])[:_HEAD_LETTERS]].append(at)
            firsts[first].append(at)
            del words[0]
            for word in words:
                others[word].append(at)

    def mark(self, place: int, marks: Iterable[str]) -> None:
        """What the name at a place is found by besides, letter by letter."""
        for mark in marks:
            self._marks[marked(mark)].append(place)

    def by_block(self) -> Iterator[tuple[int, array[int]]]:
        """Each block with the places of the names that have it. Where two words of a name have one block, its
        place comes twice."""
        found = defaultdict(_no_places, {block: places[:] for block, places in self._marks.items()})
        ways: tuple[tuple[_Places, Callable[[str], tuple[int, ...]]], ...] = (
            (self._firsts, self._known.first.__getitem__),
            (self._others, self._known.anywhere.__getitem__),
            (self._heads, _of_head),
            (self._initials, lambda initials: (_block(initials, _INITIALS),)),
        )
        for pieces, blocks_of in ways:
            for piece, places in pieces.items():
                if len(places) == 1:  # as most are
                    for block in blocks_of(piece):
                        found[block].append(places[0])
                    continue
                packed = array(PLACE, places)
                for block in blocks_of(piece):
                    found[block].extend(packed)
        for block in sorted(found):
            yield block, found[block]


_Places = defaultdict[str, list[int]]


def _no_places() -> array[int]:
    return array(PLACE)


def blocks_asked(name: str) -> set[int]:
    """The blocks under which a folded name is looked for: its own and, since people write initials for a
    name, those of its initials, or of a name that it is the initials of."""
    own = Gathering()
    own.add([name])
    found = {block for block, _ in own.by_block()}
    if may_be_initials(name):
        found.add(_block(name[:_FEWEST_INITIALS], _INITIALS))
    elif short := initials_of(name):
        found.update(_of_word(short))
    return found


def marked(mark: str) -> int:
    """The block of what is only found as it is: an id, a domain."""
    return _block(mark, _MARK)


def may_be_initials(name: str) -> bool:
    """Whether a folded name is so short that it may be the initials of another."""
    return " " not in name and _FEWEST_INITIALS <= len(name) <= _MOST_INITIALS


def initials_of(name: str) -> str:
    """``"international business machines"`` → ``"ibm"``; ``""`` for a name of one or two words."""
    words = name[:_LONGEST].split()
    return _initials(words[:_MOST_INITIALS]) if len(words) >= _FEWEST_INITIALS else ""


class Words:
    """The blocks of words and of first words, worked out once for each."""

    def __init__(self) -> None:
        self.anywhere = _Known(_of_word)
        self.first = _Known(_of_first)


class _Known(dict[str, tuple[int, ...]]):
    def __init__(self, blocks_of: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._blocks_of = blocks_of

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self[word] = self._blocks_of(word)
        return found


def _of_word(word: str) -> tuple[int, ...]:
    found = [_block(word[:_PIECE], _BEGIN)]
    if len(word) >= _PIECE:
        found.append(_block(word[-_PIECE:], _END))
    if _SHORT_WORD < len(word) < 2 * _PIECE:
        found.append(_block(word[:2] + word[-2:], _FRAME))
    return tuple(found)


def _of_first(word: str) -> tuple[int, ...]:
    """It tells the most: found if it is short and has a wrong letter, too."""
    found = _of_word(word)
    if len(word) >= _HEAD_LETTERS:
        found += _of_head(word[:_HEAD_LETTERS])
    return found + _worn(word) if len(word) <= _SHORT_WORD + 1 else found


def _of_head(head: str) -> tuple[int, ...]:
    return (_block(head, _HEAD),)


def _worn(word: str) -> tuple[int, ...]:
    """A short word, and what is left of it without one of its letters."""
    if len(word) < _SHORT_WORD - 2:
        return ()
    pieces = {word}
    if len(word) <= _SHORT_WORD:
        pieces.update([word[:at] + word[at + 1 :] for at in range(len(word))])
    return tuple([_block(piece, _WORN) for piece in pieces])


def _initials(words: Iterable[str]) -> str:
    return "".join([word[0] for word in words])


def _block(piece: str, sort: int) -> int:
    return crc32(piece.encode("utf-8", "replace"), sort) & _LAST
