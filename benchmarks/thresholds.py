"""Which thresholds of the verdict on names one half of the companies teaches, beside those that are built in.

Of all combinations that call nothing wrong ``same`` the strictest that finds nearly as many as the loosest of
them: where the data show no harm, they do not show that there is none either. Neither the spellings nor the
hard negatives are of the half that is reported of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import product
from statistics import fmean
from typing import NamedTuple

from benchmarks.recognition_contenders import Narrowed, account, customer
from benchmarks.recognition_data import Data, Row, Spelling, half, missing, read
from benchmarks.recognition_hard import Case, cases
from benchmarks.report import Figure, Options, Table
from benchmarks.side_by_side import side_by_side
from salesprep.adapter import Account
from salesprep.adapter.names import domain_of, fold_organisation, legal_form
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition import accounts as judging
from salesprep.briefing.recognition.likeness import verdict
from salesprep.briefing.recognition.likeness.accounts import Customers
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.recognition.recognise import Recogniser
from salesprep.settings import Us

EACH = 60
"""Hard negatives of every kind."""
SEED = 1
"""Others than those that are reported of."""
GIVEN_UP = 0.02
"""Of what can be found without a wrong one."""
_GIVEN_UP_BY_NAME = 0.1
"""Of what a name alone finds: these data hold few firms called "Delta" or "Phoenix", of which a country has
hundreds, and what is not ``same`` by its name is still a candidate, a key away."""
_FAR = 0.25
"""Names less alike than that are of nobody who could be meant, whatever the thresholds."""
_PLACES = 5
"""A candidate that stands farther down is as good as none."""
_SOURCE = "pool"

Cell = tuple[float, ...]
"""A value for each threshold."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Thresholds that are learnt together, from what is told."""

    told: str
    grid: Mapping[str, Sequence[float]]
    """The values of each, from the loosest."""
    given_up: float = GIVEN_UP
    """Such a share of what can be found safety may cost."""
    candidates: bool = False
    """What is to be found is a candidate among the first, not ``same``."""

    @property
    def website(self) -> bool:
        """Both sides tell theirs."""
        return "website" in self.told

    @property
    def place(self) -> bool:
        """Both sides tell theirs."""
        return "place" in self.told


def _steps(first: float, last: float, step: float) -> tuple[float, ...]:
    return tuple(round(first + step * n, 4) for n in range(round((last - first) / step) + 1))


LESSONS = (
    Lesson("name + website", {"DOMAIN_FROM": _steps(0.1, 0.9, 0.05)}),
    Lesson("name + place", {"PLACE_FROM": _steps(0.3, 0.8, 0.05), "PLACE_AHEAD": _steps(0.0, 0.2, 0.05)}),
    Lesson(
        "name",
        {
            "NAME_FROM": _steps(0.6, 0.95, 0.05),
            "NAME_AHEAD": _steps(0.05, 0.3, 0.05),
            # Beyond, no family name that many have would do: "Van Dijk Transport" told twice is one firm.
            "RARE": _steps(4.5, 7.5, 1.0),
        },
        _GIVEN_UP_BY_NAME,
    ),
    Lesson("name", {"CANDIDATE_FROM": _steps(0.1, 0.8, 0.05)}, 0.0, candidates=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One look-up: a customer, the accounts that come near, and which of them are it."""

    customer: Customer
    accounts: tuple[Account, ...]
    right: frozenset[str]
    unjudged: frozenset[str]
    found: bool
    """Whether it counts how many are found, or only how many are wrong."""


class Count(NamedTuple):
    """What one combination leads to."""

    right: int
    wrong: int


def measure(options: Options) -> Sequence[Table]:
    """Every combination of every lesson."""
    if options.data is None or missing(options.data):
        return [Table("Thresholds: nothing was learnt", [], ["  needs --data FOLDER with companies/ in it"])]
    data = read(options.data, quick=options.quick)
    narrowed = Narrowed(data.rows)
    rows: list[dict[str, Figure]] = []
    for lesson in LESSONS:
        names = tuple(lesson.grid)
        cells = list(product(*lesson.grid.values()))
        asked = _asked(lesson, data, narrowed, EACH // 10 if options.quick else EACH)
        counts = dict(
            zip(cells, side_by_side(partial(_count, names, asked, lesson.candidates), cells), strict=True)
        )
        chosen = strictest(counts, [tuple(values) for values in lesson.grid.values()], lesson.given_up)
        built_in = tuple(getattr(verdict, name) for name in names)
        now = _count(names, asked, lesson.candidates, built_in)
        best = counts[chosen]
        most = max(count.right for count in counts.values() if count.wrong == best.wrong)
        for place, name in enumerate(names):
            rows.append(
                {
                    "threshold": name,
                    "told": lesson.told,
                    "learnt": f"{chosen[place]:g}",
                    "tried": f"{lesson.grid[name][0]:g} to {lesson.grid[name][-1]:g}",
                    "most right": most,
                    "right": best.right,
                    "wrong": best.wrong,
                    "built in": f"{built_in[place]:g}",
                    "right then": now.right,
                    "wrong then": now.wrong,
                }
            )
    learning = sum(spelling.half == "learn" for spelling in data.spellings)
    notes = [
        f"right: of {learning} spellings of the half that is learnt from; wrong: of those and of"
        f" {EACH // 10 if options.quick else EACH} hard negatives of a kind, made of that half, but for those"
        " that nothing of what is told tells apart",
        f"most right: of all that are tried with so few wrong; {GIVEN_UP:.0%} of it is given up for"
        f" safety, by the name alone {_GIVEN_UP_BY_NAME:.0%}",
        f"CANDIDATE_FROM: right is who stands among the first {_PLACES}; nothing is wrong with others there",
    ]
    return [Table("Thresholds: learnt on one half", rows, notes)]


def strictest(counts: Mapping[Cell, Count], grid: Sequence[Cell], given_up: float) -> Cell:
    """Of the combinations with the fewest wrong the strictest one that finds nearly as many as any of them:
    ``given_up`` is the share of these that safety may cost."""
    fewest = min(count.wrong for count in counts.values())
    harmless = {cell: count.right for cell, count in counts.items() if count.wrong == fewest}
    enough = max(harmless.values()) * (1 - given_up)

    def how_strict(cell: Cell) -> float:
        return fmean(values.index(x) / max(1, len(values) - 1) for values, x in zip(grid, cell, strict=True))

    return max(
        (cell for cell, right in harmless.items() if right >= enough),
        key=lambda cell: (round(how_strict(cell), 9), harmless[cell], cell),
    )


def _asked(lesson: Lesson, data: Data, narrowed: Narrowed, each: int) -> list[Asked]:
    learnt = (spelling for spelling in data.spellings if spelling.half == "learn")
    found = [_looked_up(lesson, spelling, narrowed) for spelling in learnt]
    if lesson.candidates:
        return found
    learnt_from = [row for row in data.rows[: data.pool] if half(row.company) == "learn"]
    for case in cases(learnt_from, each, SEED):
        if not is_told_apart(lesson, case):
            continue
        rows = list(enumerate(case.accounts))
        impostors = {str(n) for n in case.impostors}
        found.append(
            Asked(
                _customer(lesson, case.customer),
                tuple(_account(lesson, n, row) for n, row in rows),
                frozenset(str(n) for n, _ in rows) - impostors,
                frozenset(),
                found=False,
            )
        )
    return found


def is_told_apart(lesson: Lesson, case: Case) -> bool:
    """Whether something that is told says that every impostor is another: of two that are alike in all of it
    nothing can be learnt."""
    ours = case.customer
    return all(
        theirs.parent is not None
        or _differ(fold_organisation(ours.name), fold_organisation(theirs.name))
        or _differ(legal_form(ours.name), legal_form(theirs.name))
        or (lesson.website and _differ(domain_of(ours.website or ""), domain_of(theirs.website or "")))
        or (lesson.place and (_differ(ours.city, theirs.city) or _differ(ours.country, theirs.country)))
        for theirs in (case.accounts[n] for n in case.impostors)
    )


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _looked_up(lesson: Lesson, spelling: Spelling, narrowed: Narrowed) -> Asked:
    known = _customer(lesson, spelling.row)
    held = Customers(known, ours(Us()))
    near: list[Account] = []
    for number in narrowed.of(spelling.row.name, next(iter(known.domains), None)):
        one = _account(lesson, number, narrowed.rows[number])
        seen = held.resemblance(one)
        if seen.likeness.score >= _FAR or seen.beside.domain or seen.beside.town:
            near.append(one)
    company = spelling.row.company
    return Asked(
        known,
        tuple(near),
        frozenset(one.id for one in near if narrowed.rows[int(one.id)].company == company),
        frozenset(map(str, spelling.unjudged)),
        found=True,
    )


def _customer(lesson: Lesson, row: Row) -> Customer:
    return customer(row, website=lesson.website, place=lesson.place)


def _account(lesson: Lesson, number: int, row: Row) -> Account:
    return account(number, row, website=lesson.website, place=lesson.place)


def _count(names: Sequence[str], asked: Sequence[Asked], candidates: bool, cell: Cell) -> Count:
    """What these values lead to."""
    right = wrong = 0
    with _set(dict(zip(names, cell, strict=True))):
        for one in asked:
            recogniser = Recogniser(one.customer, Us(), {_SOURCE: one.accounts})
            matches = [(each.id, recogniser.match(each, _SOURCE)) for each in one.accounts]
            if candidates:
                up = sorted((m for m in matches if m[1].outcome != "other"), key=lambda m: -m[1].strength)
                first = [i for i, _ in up if i not in one.unjudged][:_PLACES]
                right += bool(one.right.intersection(first))
                continue
            same = {i for i, match in matches if match.outcome == "same"} - one.unjudged
            right += one.found and bool(same & one.right)
            wrong += bool(same - one.right)
    return Count(right, wrong)


@contextmanager
def _set(values: Mapping[str, float]) -> Iterator[None]:
    """Judge by these values for the time being."""
    places = [(module, name) for module in (verdict, judging) for name in values if hasattr(module, name)]
    before = [getattr(module, name) for module, name in places]
    for module, name in places:
        setattr(module, name, values[name])
    try:
        yield
    finally:
        for (module, name), value in zip(places, before, strict=True):
            setattr(module, name, value)
