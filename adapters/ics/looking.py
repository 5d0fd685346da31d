"""Finding a customer in calendars: a quick pass over raw text, and the exact word on what it finds.

The quick pass must miss nothing that the exact one would take, and may take too much. It compares as
:func:`salesprep.adapter.names.fold` does, but works on megabytes: only what is not ASCII is folded
letter by letter.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from adapters.ics.blocks import BETWEEN
from adapters.ics.events import Detail
from salesprep.adapter import Query
from salesprep.adapter.names import fold

_BETWEEN = BETWEEN.decode()
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"\w+")
_DOTTED_UP_TO = 5
"""A word this short may stand in a text as "K.P.N.", which folding draws together."""


class _Letters(dict[int, str]):
    """Folds one letter at a time, and remembers it."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFKD", chr(code))
        # Between two letters, so that what separates words is kept; points are left to the spellings.
        self[code] = folded = bare if "." in bare else fold(f"x{chr(code)}x")[1:-1]
        return folded


_LETTERS = _Letters()


def flatten(text: str) -> str:
    """Lower case without accents; what separates words stays as it is."""
    if "\\" in text:  # a backslash and a line's end, as values write them
        text = text.replace("\\\\", " ").replace("\\n", " ").replace("\\N", " ")
    if text.isascii():
        return text.lower()
    folded = _FOREIGN.sub(lambda run: run[0].translate(_LETTERS), text)
    return folded.lower()


@dataclass(frozen=True, slots=True)
class _Needle:
    """Words that must all stand in an event; each in any of its spellings. Looked for by the first."""

    words: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str] | None = None
    """Of a domain or address: what the place found must look like."""


class Wanted:
    """One customer's keys, ready to look by."""

    def __init__(self, query: Query) -> None:
        self.domains = frozenset(domain.lower() for domain in query.domains)
        self.emails = frozenset(email.lower() for email in query.emails)
        self.names = tuple(name for name in query.names if set(fold(name).split()) - {"and"})
        exact = [*sorted(self.domains), *sorted(self.emails)]
        self._exact = [(text, _whole(text)) for text in exact]
        self._needles = [_Needle(((plain,),), _whole(plain)) for plain in map(flatten, exact)]
        self._needles += [_name_needle(name) for name in dict.fromkeys(map(fold, self.names))]
        self.digest = hashlib.sha256(
            "\n".join([*exact, "", *sorted(set(map(fold, self.names)))]).encode()
        ).hexdigest()

    def places(self, piece: str) -> set[int]:
        """Numbers of the events in a piece of raw text that may be meant."""
        plain = flatten(piece)
        found: set[int] = set()
        for needle in self._needles:
            for spelling in needle.words[0]:
                found |= _hits(plain, spelling, needle)
        return found

    def hit(self, detail: Detail) -> tuple[bool, str | None]:
        """Whether an event is with this customer, and the words if only its free text says so."""
        if detail["busy"]:
            return False, None
        if not self.domains.isdisjoint(detail["domains"]) or not self.emails.isdisjoint(detail["emails"]):
            return True, None
        # A customer known by a deeper domain than the registrable one ("shop.firm.example").
        if any(mail.endswith((f"@{name}", f".{name}")) for mail in detail["emails"] for name in self.domains):
            return True, None
        people = (human["name"] for human in detail["people"])
        texts = [detail["title"], detail["place"], detail["body"], detail["url"], *people]
        texts.append(detail["fields"].get("contact"))
        for text in texts:
            if text and (words := self._in_text(text)):
                return True, words
        return False, None

    def _in_text(self, text: str) -> str | None:
        for key, pattern in self._exact:
            if key in text.lower() and pattern.search(text.lower()):
                return key
        folded = f" {_fold(text)} "
        for name in self.names:
            if f" {fold(name)} " in folded:
                return _as_written(text, fold(name)) or name
        return None


def _fold(text: str) -> str:
    # Without the cache of ``fold``: it would hold thousands of descriptions in memory.
    return fold.__wrapped__(text)


def _whole(text: str) -> re.Pattern[str]:
    """A domain or address that does not go on to either side: not "notfirm.example" or "firm.example.com"."""
    return re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-]|\.\w)")


def _name_needle(folded: str) -> _Needle:
    # "and" may stand in the text as "&" or "+".
    words = sorted((word for word in folded.lower().split() if word != "and"), key=len, reverse=True)
    return _Needle(tuple(map(_spellings, words)))


def _spellings(word: str) -> tuple[str, ...]:
    if 1 < len(word) <= _DOTTED_UP_TO:
        return word, ".".join(word)
    return (word,)


def _hits(plain: str, spelling: str, needle: _Needle) -> set[int]:
    found: set[int] = set()
    number = counted = 0
    at = plain.find(spelling)
    while at >= 0:
        number += plain.count(_BETWEEN, counted, at)
        counted = at
        end = plain.find(_BETWEEN, at)
        end = end if end >= 0 else len(plain)
        if needle.pattern is not None:
            fits = needle.pattern.match(plain, at) is not None
        else:
            fits = _stands_alone(plain, at, len(spelling)) and all(
                any(_is_in(plain, one, at, end) for one in other) for other in needle.words[1:]
            )
        if fits:
            found.add(number)
        # One place in an event is enough.
        at = plain.find(spelling, end if fits else at + 1)
    return found


def _is_in(plain: str, word: str, near: int, end: int) -> bool:
    at = plain.find(word, plain.rfind(_BETWEEN, 0, near) + 1, end)
    while at >= 0:
        if _stands_alone(plain, at, len(word)):
            return True
        at = plain.find(word, at + 1, end)
    return False


def _stands_alone(plain: str, at: int, length: int) -> bool:
    return not (plain[at - 1 : at].isalnum() or plain[at + length : at + length + 1].isalnum())


def _as_written(text: str, folded: str) -> str | None:
    """The stretch of ``text`` that folds to ``folded``, in its own spelling."""
    words = list(_WORD.finditer(text))
    start = folded[0]
    for n, word in enumerate(words):
        if not _fold(word[0]).startswith(start):
            continue
        for last in words[n : n + 2 * len(folded.split()) + 12]:
            if _fold(text[word.start() : last.end()]) == folded:
                end = last.end()
                return text[
                    word.start() : end + (text[end : end + 1] == "." and "." in text[word.start() : end])
                ]
    return None
