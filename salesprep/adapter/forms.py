"""Legal forms of organisations: which words of a folded name are one, and of which family.

The forms themselves are data, ``forms.txt``, made from ISO 20275 by ``make forms``; read when the first
name is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("forms.txt")

_WRITTEN_OUT, _LETTERS = 3, 2
"""A form of so many words, each of more than so many letters, is one in front of a name, too:
"Public Joint Stock Company Acme"."""

Places = Mapping[str, Sequence[tuple[list[str], str]]]
"""Forms with their families, the longest first, by the word that a name has to have for one to be there."""


def without_forms(words: list[str]) -> tuple[list[str], str | None]:
    """The words of a folded name without its legal forms, at least one of them; and the family of the form
    nearest to the name itself: ``nokia oyj abp`` is an ``oyj``. ``None`` if there is no form."""
    ends, fronts = forms()
    family: str | None = None
    while len(words) > 1 and words[-1] in ends:
        for form, name in ends[words[-1]]:
            if len(form) < len(words) and words[-len(form) :] == form:
                words, family = words[: -len(form)], name
                break
        else:
            break
    if len(words) > 1 and words[0] in fronts:
        for form, name in fronts[words[0]]:
            if len(form) < len(words) and words[: len(form)] == form:
                return words[len(form) :], family or name
    return words, family


def behind_form(words: list[str]) -> tuple[list[str], str | None, list[str]]:
    """The words in front of a legal form that stands inside a name, its family, and the words behind it:
    ``traumhaus | ag | inh on``. All words, ``None`` and nothing if there is no form inside."""
    ends, _ = forms()
    for last in range(1, len(words) - 1):
        for form, family in ends.get(words[last], ()):
            first = last + 1 - len(form)
            if first > 0 and words[first : last + 1] == form:
                return words[:first], family, words[last + 1 :]
    return words, None, []


@lru_cache(maxsize=1)
def forms() -> tuple[Places, Places]:
    """All forms: those at the end of a name by their last word, those in front of it by their first."""
    ends: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
    fronts: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        family, _, known = line.partition(": ")
        at_end, _, in_front = known.partition("> ")
        for form in _words(at_end):
            ends[form[-1]].append((form, family))
            if len(form) >= _WRITTEN_OUT and all(len(word) > _LETTERS for word in form):
                fronts[form[0]].append((form, family))
        for form in _words(in_front):
            fronts[form[0]].append((form, family))
    return _longest_first(ends), _longest_first(fronts)


def _words(listed: str) -> Iterable[list[str]]:
    return (words for form in listed.split(",") if (words := form.split()))


def _longest_first(by_word: Mapping[str, list[tuple[list[str], str]]]) -> Places:
    return {word: sorted(found, key=lambda one: -len(one[0])) for word, found in by_word.items()}
