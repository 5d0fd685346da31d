"""Whether two records are one person: precision and recall on labelled customers, by phenomenon, by language.

The customers are made (:mod:`benchmarks.persons_data`), not real ones: the figures tell what kinds of
spelling are seen through and which traps are walked into, not how many of your customers' people are found.
Peers look at the names of the pair alone, as they are made to.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.persons_data import PHENOMENA, cases
from benchmarks.persons_made import Case
from benchmarks.persons_names import TONGUES
from benchmarks.report import Figure, Options, Table
from salesprep.briefing.persons.spelling import latin
from salesprep.briefing.persons.together import together

SEED = 20261122
"""Not the one that the matching was looked at with (1)."""
EACH = 60
THRESHOLDS = (85, 90, 95)
_SHOWN = 12
"""Errors that are listed."""

Judge = Callable[[Case], str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Two people on one line."""

    case: Case
    one: str
    other: str


def measure(options: Options) -> Sequence[Table]:
    """By phenomenon, by language, and beside what others make of the pairs' names."""
    made = list(cases(SEED, 10 if options.quick else EACH))
    began = time.process_time()
    judged = [(case, *judge(case)) for case in made]
    took = time.process_time() - began
    wrong = [w for *_, errors in judged for w in errors]
    notes = [
        f"{len(made):,} made customers of 4 to 13 records, half of them with near misses; seed {SEED}",
        f"{took / len(made) * 1e6:.0f} µs of processor time for a customer",
        "precision: of the pairs put on one line, bystanders left out; maybe: shown as such, never joined",
        *(f"wrong: {w.case.phenomenon} {w.case.language}: {w.one} / {w.other}" for w in wrong[:_SHOWN]),
    ]
    codes = [tongue.code for tongue in TONGUES]
    by_phenomenon = [_row("phenomenon", p, [j for j in judged if j[0].phenomenon == p]) for p in PHENOMENA]
    by_language = [_row("language", c, [j for j in judged if j[0].language == c]) for c in codes]
    return [
        Table("Persons: the same one in several sources", by_phenomenon, notes),
        Table("Persons: by language of the name", by_language),
        Table("Persons: peers, by the names of the pair alone", list(_peers(made)), [
            "only pairs that nothing but the name tells of: no profile, address or number",
        ]),
    ]  # fmt: skip


def judge(case: Case) -> tuple[str, list[str], list[Wrong]]:
    """What the pair is to each other; the pairs that are rightly on one line, and the wrong ones: those of
    bystanders alone do not count, for they are easy."""
    told = together(tuple(t.known() for t in case.told))
    line = {n: number for number, group in enumerate(told.groups) for n in group}
    right, wrong = [], []
    for group in told.groups:
        for at, a in enumerate(group):
            for b in group[at + 1 :]:
                one, other = case.told[a], case.told[b]
                if one.is_bystander and other.is_bystander and one.person == other.person:
                    continue
                if one.person == other.person:
                    right.append(one.name)
                else:
                    wrong.append(Wrong(case, one.name, other.name))
    if line[0] == line[1]:
        return "same", right, wrong
    doubted = any({d.one, d.other} == {0, 1} for d in told.doubts)
    return ("maybe" if doubted else "other"), right, wrong


def _row(
    column: str, name: str, judged: Sequence[tuple[Case, str, list[str], list[Wrong]]]
) -> dict[str, Figure]:
    right = sum(len(r) for _, _, r, _ in judged)
    wrong = sum(len(w) for *_, w in judged)
    outcomes = Counter(outcome for case, outcome, *_ in judged if case.one_person)
    pairs = sum(outcomes.values())
    return {
        column: name,
        "pairs": len(judged),
        "wrong": wrong,
        "precision %": 100 * right / (right + wrong) if right + wrong else 100.0,
        "same %": 100 * outcomes["same"] / pairs if pairs else 0.0,
        "same or maybe %": 100 * (outcomes["same"] + outcomes["maybe"]) / pairs if pairs else 0.0,
    }


def _peers(made: Sequence[Case]) -> Iterator[dict[str, Figure]]:
    by_name = [c for c in made if c.phenomenon not in ("profile", "mail", "phone")]
    for name, same in _contenders():
        told: defaultdict[bool, Counter[bool]] = defaultdict(Counter)
        for case in by_name:
            told[case.one_person][same(case)] += 1
        right, wrong = told[True][True], told[False][True]
        yield {
            "how": name,
            "pairs": len(by_name),
            "wrong": wrong,
            "precision %": 100 * right / (right + wrong) if right + wrong else 100.0,
            "same %": 100 * right / sum(told[True].values()),
        }


def _contenders() -> Iterator[tuple[str, Callable[[Case], bool]]]:
    yield "salesprep", lambda case: judge(case)[0] == "same"
    from rapidfuzz.fuzz import token_sort_ratio

    for least in THRESHOLDS:
        yield (
            f"rapidfuzz token_sort, folded, from {least}",
            lambda case, least=least: token_sort_ratio(*_names(case)) >= least,  # type: ignore[misc]
        )
    try:
        from nameparser import HumanName
    except ImportError:
        return

    def parsed(case: Case) -> bool:
        one, other = map(HumanName, _names(case))
        return (one.first, one.last) == (other.first, other.last)

    yield "nameparser, first and last name, folded", parsed


def _names(case: Case) -> tuple[str, str]:
    # The comma tells nameparser the order, so it is kept.
    one, other = (", ".join(latin(part) for part in told.name.split(",")) for told in case.told[:2])
    return one, other
