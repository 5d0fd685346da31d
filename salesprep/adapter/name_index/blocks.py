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

_LAST = BLOCKS - 1
_BEGIN, _END, _FRAME, _HEAD, _INITIALS, _WORN, _MARK = range(1, 8)
"""What a piece is of its name; the same letters as two of them are two blocks."""

_PIECE = 4
_SHORT_WORD = 5
"""One wrong letter may leave no four of so short a word together."""
_HEAD_LETTERS = 6
_FEWEST_INITIALS, _MOST_INITIALS = 3, 6
_MANY = 1 << 16
_LONGEST = 200
"""Letters of a name that count; nobody tells two names by what comes after."""


class Gathering:
    """Names by what they are made of; a word that many names have is worked out once for all of them."""

    def __init__(self, words: Words | None = None) -> None:
        """``words``: those that are known from other names."""
        self._known = Words() if words is None else words
        self._words: _Places = defaultdict(list)
        self._firsts: _Places = defaultdict(list)
        self._heads: _Places = defaultdict(list)
        self._initials: _Places = defaultdict(list)
        self._marks: _Places = defaultdict(list)

    def add(self, place: int, name: str, marks: Iterable[str] = ()) -> None:
        """The folded name at a place (of two bytes), and what else it is found by, letter by letter."""
        for mark in marks:
            self._marks[mark].append(place)
        words = name[:_LONGEST].split()
        if not words:
            return
        first, by_word = words[0], self._words
        for word in words:
            by_word[word].append(place)
        head = first if len(first) >= _HEAD_LETTERS else "".join(words[:_HEAD_LETTERS])
        self._heads[head[:_HEAD_LETTERS]].append(place)
        if len(first) <= _SHORT_WORD + 1:
            self._firsts[first].append(place)
        if len(words) >= _FEWEST_INITIALS:
            # Spelled out, as are other things here: a million names come by.
            self._initials[words[0][0] + words[1][0] + words[2][0]].append(place)

    def by_block(self) -> Iterator[tuple[int, array[int]]]:
        """Each block with the places of the names that have it. Where two words of a name have one block, its
        place may come twice."""
        found: defaultdict[int, array[int]] = defaultdict(_no_places)
        ways: tuple[tuple[_Places, Callable[[str], tuple[int, ...]]], ...] = (
            (self._words, self._known.anywhere.__getitem__),
            (self._firsts, self._known.first.__getitem__),
            (self._heads, lambda head: (_block(head, _HEAD),)),
            (self._initials, lambda initials: (_block(initials, _INITIALS),)),
            (self._marks, lambda mark: (marked(mark),)),
        )
        for pieces, blocks_of in ways:
            for piece, places in pieces.items():
                if len(places) == 1:  # as most are
                    for block in blocks_of(piece):
                        found[block].append(places[0])
                    continue
                packed = array("H", places)
                for block in blocks_of(piece):
                    found[block].extend(packed)
        for block in sorted(found):
            all_places = found[block]
            # More than there are names could not be counted; fewer are not worth the time.
            yield block, all_places if len(all_places) < _MANY else array("H", set(all_places))


_Places = defaultdict[str, list[int]]


def _no_places() -> array[int]:
    return array("H")


def blocks_asked(name: str) -> set[int]:
    """The blocks under which a folded name is looked for: its own and, since people write initials for a
    name, those of its initials, or of a name that it is the initials of."""
    own = Gathering()
    own.add(0, name)
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
        self.first = _Known(_worn)
        """It tells the most: found if it is short and has a wrong letter, too."""


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
