"""Of which kind the records of a table are: what its columns are about, weighed against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.table import evidence
from adapters.table.cells import text
from adapters.table.dates import has_time
from salesprep.adapter import Kind
from salesprep.adapter.names import fold, legal_form

_UNIQUE = 0.97
"""Of the filled cells of a column must differ for it to number the rows."""
_MOST = 0.6
"""Of the cells that make a column one of a sort."""
_CODE = re.compile(r"[A-Za-z]{0,5}[-/. ]?\d[\w./-]*\Z", re.ASCII)
_FIRMS = 0.1
"""Of the names with a legal form are enough: no person has one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of those that mean something."""

    place: int
    """From 0."""
    concept: str
    thing: str | None
    """The thing that the header names."""
    cells: Sequence[str]
    """What stands in it, without what is empty."""


def ranked(columns: Sequence[Column]) -> list[tuple[Kind, int]]:
    """The kinds that the table may hold with their points, the likeliest first; each column of a meaning
    of its own, in the order of the table."""
    points: Counter[Kind] = Counter()
    known = {column.concept: column for column in columns}
    for kind, of in evidence.POINTS.items():
        points[kind] += sum(of.get(concept, 0) for concept in known)
    _things(columns, points)
    _customers(known, points)
    _names(known, points)
    _words(known, points)
    start = known.get("start")
    if start is not None and _share([has_time(cell) for cell in start.cells]) >= _MOST:
        points[Kind.MEETING] += evidence.TIMES_OF_DAY
    order = list(evidence.POINTS)
    return sorted(points.items(), key=lambda one: (-one[1], order.index(one[0])))


def told(kinds: Sequence[tuple[Kind, int]]) -> bool:
    """Whether the first of :func:`ranked` kinds is the one, and not just the likeliest."""
    (_first, most), (_second, next_) = kinds[:2]
    return most >= evidence.ENOUGH and most - next_ >= evidence.AHEAD


def are_unique(cells: Sequence[str]) -> bool:
    """Whether (nearly) no two cells are the same."""
    return bool(cells) and len(set(cells)) >= _UNIQUE * len(cells)


def are_codes(cells: Sequence[str]) -> bool:
    """Whether these are numbers of something, as ``1042``, ``T-17`` or ``F2026/31``."""
    return _share([_CODE.match(text(cell) or "") is not None for cell in cells]) >= 0.8


def are_firms(names: Sequence[str]) -> bool:
    """Whether these are names of organisations: some have legal forms."""
    return _share([legal_form(text(name) or "") is not None for name in names]) > _FIRMS


def _things(columns: Sequence[Column], points: Counter[Kind]) -> None:
    """Numbers of things, and what headers say to be a thing's."""
    own = False
    for column in columns:
        kind = evidence.THINGS.get(column.thing or "")
        if kind is None or column.concept == column.thing:
            continue
        if column.concept != f"{column.thing}_number":
            points[kind] += evidence.OF_A_THING
        elif not own and are_unique(column.cells):
            # The first is the row's own; those behind it are what the row refers to.
            own = True
            points[kind] += evidence.OWN_NUMBER
        else:
            points[kind] += evidence.OTHER_NUMBER


def _customers(known: Mapping[str, Column], points: Counter[Kind]) -> None:
    column = known.get("customer_number") or known.get("company")
    if column is None:
        return
    if are_unique(column.cells):
        points[Kind.ACCOUNT] += evidence.ONE_EACH
    elif len(set(column.cells)) < _MOST * len(column.cells):
        points[Kind.ACCOUNT] += evidence.MANY_EACH


def _names(known: Mapping[str, Column], points: Counter[Kind]) -> None:
    names = known.get("name")
    if names is None:
        return
    if "company" in known:
        points[Kind.PERSON] += evidence.NAME_AND_COMPANY
    else:
        points[Kind.ACCOUNT] += evidence.NAME_ALONE
        if are_firms(names.cells):
            points[Kind.ACCOUNT] += evidence.FIRMS
            return
    if _share([" " in (text(name) or "") for name in names.cells]) >= _MOST:
        points[Kind.PERSON] += evidence.FULL_NAMES


def _words(known: Mapping[str, Column], points: Counter[Kind]) -> None:
    for concept in ("status", "stage", "type"):
        column = known.get(concept)
        words = {fold(text(cell) or "").partition(" ")[0] for cell in column.cells} if column else set()
        for kind in {evidence.TELLING[word] for word in words & evidence.TELLING.keys()}:
            points[kind] += evidence.WORDS


def _share(are: Sequence[bool]) -> float:
    return sum(are) / len(are) if are else 0.0
