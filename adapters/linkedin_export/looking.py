"""Finding a customer among the organisations that the exports name.

All organisations are held as one folded text, in which a few words are looked up, unless an index of
their names has told where to look; only what that finds is compared as :mod:`salesprep.adapter.names`
does. Too much may be found: who the customer is, is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from adapters.linkedin_export.shelf import Shelf
from salesprep.adapter import Query
from salesprep.adapter.name_index import nearest
from salesprep.adapter.names import fold, fold_organisation, legal_form

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?(?!\w)")
_NOT_WORD = re.compile(r"[^\w\n]+")
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_BLANKS = re.compile(" {2,}")
_MOST_COMPARED = 200
"""Organisations that are compared exactly, of those that share a word with the customer."""
MOST_GROUPS = 50
_ALIKE = 5
"""How near a name is that is only written alike; see :func:`_nearness`."""


@dataclass(frozen=True, slots=True)
class Group:
    """One organisation in all the ways that members write it."""

    id: str
    title: str
    """The spelling that most of them use."""
    aliases: tuple[str, ...]
    numbers: tuple[int, ...]
    """Of its blocks."""


class Lines(NamedTuple):
    """Numbers of lines among which the customer may be."""

    near: Sequence[int]
    """Those with the names asked for, or nearly these."""
    like: Sequence[int]
    """Those that are written like a name asked for, the nearest first."""


class _Letters(dict[int, str]):
    """Folds one letter at a time, and remembers it."""

    def __missing__(self, code: int) -> str:
        # Between two letters, so that what separates words is kept.
        self[code] = folded = fold(f"x{chr(code)}x")[1:-1]
        return folded


_LETTERS = _Letters({ord(c): c for c in "\n.&+"})


def fold_lines(names: Sequence[str]) -> str:
    """Each name (without line breaks) as ``names.fold`` gives it, one on a line; all in one go."""
    text = "\n".join(names).lower()
    if not text.isascii():
        text = _FOREIGN.sub(lambda run: run[0].translate(_LETTERS), unicodedata.normalize("NFC", text))
    text = text.replace("&", " and ").replace("+", " and ")
    text = "\n".join([line if line.count(".") < 2 else _undotted(line) for line in text.split("\n")])
    text = text.translate(_SIGNS) if text.isascii() else _NOT_WORD.sub(" ", text.replace("_", " "))
    text = _BLANKS.sub(" ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _undotted(line: str) -> str:
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), line)


def find_groups(
    shelf: Shelf, query: Query, lines: Lines | None = None, *, alike: bool = False
) -> list[Group]:
    """The organisations that may be meant, best first: those asked for by id, then by name; with ``alike``
    then those whose name is like it, with a letter wrong or a space too many.

    ``lines``: those to compare, if something else has looked through all of them.
    """
    names = [fold_organisation(name) for name in query.names]
    near, like = lines if lines is not None else _looked_through(shelf, query, names, alike=alike)
    places = {number: place for place, number in enumerate(like)} if alike else {}
    ranked = []
    for group in _groups(shelf, dict.fromkeys((*near, *places))):
        rank = 0 if group.id in query.ids else _rank(name_in(group.id), names)
        if rank is not None:
            ranked.append((rank, len(group.title), group.id, group))
        elif found := [places[number] for number in group.numbers if number in places]:
            ranked.append((_ALIKE, min(found), group.id, group))
    return [group for *_, group in sorted(ranked, key=lambda one: one[:3])[:MOST_GROUPS]]


def _looked_through(shelf: Shelf, query: Query, names: Sequence[str], *, alike: bool) -> Lines:
    asked = [name for name in dict.fromkeys((*map(name_in, query.ids), *names)) if name]
    folded = shelf.text(len(shelf.keys))
    return Lines(_near(folded, asked), _like(folded, names) if alike else [])


def _like(folded: str, names: Sequence[str]) -> list[int]:
    """Numbers of the lines that are like one of the names, the nearest first."""
    wanted = [name for name in names if name]
    return [number for _, number in nearest(wanted, folded.split("\n"), MOST_GROUPS)] if wanted else []


def _rank(name: str, asked: Iterable[str]) -> int | None:
    """How near an organisation is to the nearest name asked for; ``None``: not at all."""
    ranks = [rank for other in asked if other and (rank := _nearness(name, other)) is not None]
    return min(ranks, default=None)


def _nearness(name: str, asked: str) -> int | None:
    if name == asked:
        return 1
    words, others = set(name.split()), set(asked.split())
    if others <= words:
        return 2 if name.startswith(f"{asked} ") else 3
    return 4 if words <= others else None


def _near(folded: str, asked: Sequence[str]) -> list[int]:
    """Numbers of the lines that hold all words of a name, or nothing but words of one."""
    wanted = [frozenset(name.split()) for name in asked]
    words = sorted({word for name in wanted for word in name})
    if not words:
        return []
    found: list[tuple[int, int, int]] = []
    exact = frozenset(asked)
    for number, line in _lines_with(folded, words):
        have = set(line.split())
        if line in exact:
            found.append((0, 0, number))
        elif any(name <= have for name in wanted):
            found.append((1, len(line), number))
        elif any(set(fold_organisation(line).split()) <= name for name in wanted):
            found.append((2, -len(line), number))
    found.sort()
    return [number for *_, number in found[:_MOST_COMPARED]]


def _lines_with(text: str, words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines in which one of ``words`` stands as a whole word, each once."""
    starts = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            after, go_on = at + len(word), at + 1
            if text[at - 1 : at] in " \n" and text[after : after + 1] in " \n":
                starts.add(text.rfind("\n", 0, at) + 1)
                go_on = text.find("\n", after)
            at = text.find(word, go_on) if go_on >= 0 else -1
    number = counted = 0
    for start in sorted(starts):
        number += text.count("\n", counted, start)
        counted = start
        end = text.find("\n", start)
        yield number, text[start : end if end >= 0 else len(text)]


def _groups(shelf: Shelf, numbers: Iterable[int]) -> list[Group]:
    """Spellings that differ in case, signs and legal form alone are one organisation; where they state
    different legal forms, each of these is one, and so is the one without."""
    by_name: dict[str, dict[str | None, list[int]]] = {}
    for number in numbers:
        company = shelf.keys[number]
        name = fold_organisation(company)
        if name:
            by_name.setdefault(name, {}).setdefault(legal_form(company), []).append(number)
    groups = []
    for name, forms in by_name.items():
        if len(forms.keys() - {None}) < 2:
            groups.append(_group(shelf, name, [number for of_form in forms.values() for number in of_form]))
        else:
            for form, of_form in forms.items():
                groups.append(_group(shelf, name if form is None else f"{name} ({form})", of_form))
    return groups


def _group(shelf: Shelf, id_: str, numbers: list[int]) -> Group:
    ordered = sorted(numbers, key=lambda number: (-shelf.size(number), number))
    spelled = list(dict.fromkeys(shelf.keys[number] for number in ordered))
    return Group(id_, spelled[0], tuple(spelled[1:]), tuple(ordered))


def name_in(id_: str) -> str:
    """The name in a group's id, without the legal form that may stand behind it."""
    return id_.partition(" (")[0]
