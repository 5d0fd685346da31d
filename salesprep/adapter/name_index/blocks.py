"""By which pieces of its letters a name is found again, also where it is written otherwise.

A block is a number that stands for such a piece. Two spellings of one name have a block in common as
long as no more than a letter or two, a word, or the spaces between words are different. Pure; names come
folded, with or without their legal form.
"""

from __future__ import annotations

from collections.abc import Iterable
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
_LONGEST = 200
"""Letters of a name that count; nobody tells two names by what comes after."""


class Blocks:
    """Makes the blocks of many names: what it has worked out for a word it remembers."""

    def __init__(self) -> None:
        self._words = _Words()
        self._worn = _Worn()

    def of(self, name: str) -> set[int]:
        """The blocks under which a folded name is kept."""
        words = name[:_LONGEST].split()
        if not words:
            return set()
        first, known = words[0], self._words
        head = (first if len(first) >= _HEAD_LETTERS else "".join(words[:_HEAD_LETTERS]))[:_HEAD_LETTERS]
        # Hashed here and not by ``_block``: a million names come by.
        found = {crc32(head.encode("utf-8", "replace"), _HEAD) & _LAST, *known[first]}
        if len(first) <= _SHORT_WORD + 1:
            found.update(self._worn[first])
        if len(words) >= _FEWEST_INITIALS:
            initials = words[0][0] + words[1][0] + words[2][0]
            found.add(crc32(initials.encode("utf-8", "replace"), _INITIALS) & _LAST)
        for word in words[1:]:
            found.update(known[word])
        return found


def blocks_asked(name: str) -> set[int]:
    """The blocks under which a folded name is looked for: its own and, since people write initials for a
    name, those of its initials, or of a name that it is the initials of."""
    found = Blocks().of(name)
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


class _Words(dict[str, tuple[int, ...]]):
    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self[word] = _of_word(word)
        return found


class _Worn(dict[str, tuple[int, ...]]):
    """Of first words, which tell the most: a wrong letter in one is found even where it is short."""

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self[word] = _worn(word)
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
