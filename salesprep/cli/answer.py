"""One line of answer to a numbered list: ``1 3 yes, 2 no, rest later``. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from salesprep.adapter.words import _, _n

Said = Literal["yes", "no", "later"]

WORDS: Mapping[str, Said] = {
    "yes": "yes", "y": "yes", "no": "no", "n": "no", "later": "later", "l": "later",
}  # fmt: skip
ALL = frozenset({"all"})
REST = frozenset({"rest", "others"})
_NUMBERS = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


class NotUnderstoodError(Exception):
    """A part of an answer says nothing, or something else than another part; ``sentence`` tells which."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_answer(text: str, most: int, words: Mapping[str, Said] = WORDS) -> dict[int, Said]:
    """What is said of each of the numbers 1 to ``most``; one that is not named is not in the answer.

    A verdict stands behind its numbers or before them. Numbers alone are a yes; a verdict alone is enough
    where there is one thing to decide. ``words`` are the verdicts, folded, in the user's language too.

    Raises:
        NotUnderstoodError: a word that is none of these, a number that is not there, or two verdicts on
            one number.
    """
    said: dict[int, Said] = {}
    rest: Said | None = None
    clauses = [clause.split() for clause in re.split(r"[,;]", text.casefold()) if clause.strip()]
    alone = not any(word in words for clause in clauses for word in clause)
    for clause in clauses:
        for numbers, verdict in _parts(clause, words, alone):
            if not numbers and most > 1:
                raise _unknown(verdict)
            for number in numbers or ["1"]:
                if number in REST:
                    rest = _agreed(rest, verdict, number)
                    continue
                for each in _numbers(number, most):
                    said[each] = _agreed(said.get(each), verdict, number)
    if rest is not None:
        said = {**dict.fromkeys(range(1, most + 1), rest), **said}
    return said


def _parts(clause: list[str], words: Mapping[str, Said], alone: bool) -> list[tuple[list[str], Said]]:
    """Runs of numbers with their verdict."""
    parts: list[tuple[list[str], Said]] = []
    if clause[0] in words:
        for word in clause:
            if word in words:
                parts.append(([], words[word]))
            else:
                parts[-1][0].append(word)
        return parts
    run: list[str] = []
    for word in clause:
        if word in words:
            if not run:
                raise _unknown(word)
            parts.append((run, words[word]))
            run = []
        else:
            run.append(word)
    if run:
        if not alone:
            raise _unknown(" ".join(run))
        parts.append((run, "yes"))
    return parts


def _numbers(word: str, most: int) -> range:
    if word in ALL:
        return range(1, most + 1)
    found = _NUMBERS.fullmatch(word)
    first = int(found[1]) if found else 1
    last = int(found[2]) if found and found[2] else first
    if found is None or first > last:
        raise _unknown(word)
    if not 1 <= first <= last <= most:
        sentence = _n(
            "there is no {part} here: 1 is the only number",
            "there is no {part} here: the numbers are 1 to {n}",
        )
        raise NotUnderstoodError(sentence.of(most, part=word))
    return range(first, last + 1)


def _agreed(before: Said | None, verdict: Said, word: str) -> Said:
    if before not in (None, verdict):
        raise NotUnderstoodError(_('"{part}" has two answers: give it one', part=word))
    return verdict


def _unknown(part: str) -> NotUnderstoodError:
    sentence = _('"{part}" is not understood: numbers of the list, then yes, no or later', part=part)
    return NotUnderstoodError(sentence)
