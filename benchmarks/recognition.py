"""How well a customer is recognised by the spellings that real lists give it, and how often wrongly.

Each spelling of a listed company is looked up among the names of all listed companies and those of a
register. Thresholds are learnt on one half of the companies and everything is told of the other half.
``same`` is said of a company, once a spelling, however many rows the company has. Then: whatever is said of
hard negatives, organisations made to look like a customer.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isinf

from benchmarks import recognition_errors as errors
from benchmarks.recognition_contenders import (
    EVERYTHING,
    GROUP,
    Contender,
    MissingPeersError,
    Narrowed,
    peers,
    salespreps,
    versions,
)
from benchmarks.recognition_data import Data, Half, Spelling, half, missing, read
from benchmarks.recognition_figures import (
    Answered,
    at_least,
    curve,
    found_within,
    judged,
    learnt,
    precision_at,
    ranked,
)
from benchmarks.recognition_hard import SEED, Case, cases
from benchmarks.report import Figure, Options, Table
from benchmarks.side_by_side import side_by_side
from salesprep.adapter.names import fold_organisation

EACH = 200
"""Hard negatives of every kind."""
RECALLS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where the curve is told."""
SAMPLE = 3
"""Errors of a kind that are shown."""


Answers = Mapping[Half, Sequence[tuple[Spelling, Answered]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one contender."""

    contender: Contender
    same: float
    """The threshold of ``same``: its own, or learnt."""
    answers: Answers
    seconds: float
    """CPU time of all look-ups."""

    @property
    def reported(self) -> list[Answered]:
        """The half that is told of."""
        return [answer for _, answer in self.answers["report"]]


def measure(options: Options) -> Sequence[Table]:
    """Everybody on the data of ``--data``, peers too where they are installed."""
    if options.data is None or missing(options.data):
        absent = ", ".join(map(str, missing(options.data))) if options.data is not None else ""
        why = f"not there: {absent}" if absent else "needs --data FOLDER with companies/ in it"
        return [Table("Recognition: nothing was measured", [], [f"  {why}"])]
    data = read(options.data, quick=options.quick)
    narrowed = Narrowed(data.rows)
    contenders: list[Contender] = [*salespreps(narrowed)]
    try:
        contenders += peers(narrowed)
        others = versions()
    except MissingPeersError as absent:
        others = f"no peers: {absent} missing; pip install --group {GROUP}"
    outcomes = [
        Outcome(contender, *found)
        for contender, found in zip(contenders, side_by_side(partial(look_up, data), contenders), strict=True)
    ]
    of_reported = [row for row in data.rows[: data.pool] if half(row.company) == "report"]
    hard = cases(of_reported, EACH // 10 if options.quick else EACH)
    return [
        found_table(outcomes, data, others),
        curve_table(outcomes),
        *error_tables(outcomes, data),
        hard_table(outcomes, hard),
        hard_sample(outcomes, hard),
    ]


def look_up(data: Data, contender: Contender) -> tuple[float, Answers, float]:
    """Let one contender look up every spelling: its threshold of ``same``, the answers, CPU seconds."""
    print(f"  {contender.name} …", file=sys.stderr)
    companies = [row.company for row in data.rows]
    answers: dict[Half, list[tuple[Spelling, Answered]]] = {"learn": [], "report": []}
    seconds = 0.0
    for spelling in data.spellings:
        began = time.process_time()
        found = contender.find(spelling.row)
        seconds += time.process_time() - began
        answer = Answered(spelling.row.company, ranked(found, companies, spelling.unjudged))
        answers[spelling.half].append((spelling, answer))
    same = contender.same
    if same is None:
        same = learnt([answer for _, answer in answers["learn"]], contender.precision)
    return same, answers, seconds


def found_table(outcomes: Sequence[Outcome], data: Data, others: str) -> Table:
    """What is said at the threshold of ``same``, and how far up the right company stands."""
    rows: list[dict[str, Figure]] = []
    for each in outcomes:
        at = judged(each.reported, each.same)
        rows.append(
            {
                "who": each.contender.name,
                "same from": "never" if isinf(each.same) else f"{each.same:.1f}",
                "same, right": at.right,
                "same, wrong": at.wrong,
                "precision": f"{at.precision:.4f}",
                "proven": f"{at_least(at.right, at.right + at.wrong):.3f}",
                "recall": f"{at.recall:.3f}",
                "recall@1": f"{found_within(each.reported, 1):.3f}",
                "recall@5": f"{found_within(each.reported, 5):.3f}",
                "CPU ms": each.seconds * 1000 / max(1, len(data.spellings)),
            }
        )
    learning = sum(s.half == "learn" for s in data.spellings)
    notes = [
        f"{len(data.spellings)} spellings of listed companies among {data.pool:,} names of such, with"
        f" {len(data.rows) - data.pool:,} of a register that distract; {data.left_out} pairs of nobody left"
        " out",
        f"thresholds learnt on {learning} (precision 0.995 by name alone, else 0.999), all of this told of"
        f" {len(data.spellings) - learning}; both spellings of a company are on one side",
        "same, wrong: of a company that it is not; precision: of what is called same; proven: what that shows"
        " at 95 % (Wilson)",
        "recall: the right company is called same; @1, @5: stands among the first",
        "rows of one website are one company; a register's entry of that name in that country is not judged",
        "name: neither side tells more. website: both tell theirs (the pair's, the pool's), place: that of"
        " the pool's row",
        others,
    ]
    return Table("Recognition: listed companies by other spellings", rows, notes)


def curve_table(outcomes: Sequence[Outcome]) -> Table:
    """The precision that is left where so much is to be found."""
    rows: list[dict[str, Figure]] = []
    for each in outcomes:
        points = curve(each.reported)
        at = {f"recall {r}": f"{precision_at(points, r):.3f}" for r in RECALLS}
        rows.append({"who": each.contender.name, **at})
    notes = ["the best precision with at least that recall, whatever the threshold; 0: it is never reached"]
    return Table("Recognition: precision along recall", rows, notes)


def error_tables(outcomes: Sequence[Outcome], data: Data) -> Sequence[Table]:
    """Errors of the reported half, counted by kind, and some of each kind that salesprep makes."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sample: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    first = {row.company: row for row in reversed(data.rows)}
    namesakes: defaultdict[str, set[str]] = defaultdict(set)
    for row in data.rows:
        namesakes[fold_organisation(row.name)].add(row.company)
    for each in outcomes:
        who = each.contender.name
        for spelling, answer in each.answers["report"]:
            said = answer.said(each.same)
            bearers = namesakes[fold_organisation(spelling.row.name)]
            happened = [
                ("wrong same", errors.wrong(spelling, first[company]), first[company].name)
                for company in said
                if company != answer.company
            ]
            if answer.company not in said:
                happened.append(("not same", errors.missed(spelling, bearers), ""))
            if not answer.within(5):
                leader = first[answer.ranked[0][0]].name if answer.ranked else "nothing"
                happened.append(("not in five", errors.missed(spelling, bearers), leader))
            for what, kind, instead in happened:
                counts[what, kind][who] += 1
                if who.startswith("salesprep") and counts[what, kind][who] <= SAMPLE:
                    called = errors.nearest(spelling, spelling.names)
                    sample[what, kind, spelling.row.name, called, instead].append(
                        who.removeprefix("salesprep: ")
                    )
    names = [each.contender.name for each in outcomes]
    short = {name: str(n) for n, name in enumerate(names, 1)}
    rows: list[dict[str, Figure]] = [
        {"what": what, "kind": kind, **{short[name]: counted[name] for name in names}}
        for (what, kind), counted in sorted(counts.items(), key=lambda one: (one[0][0], -one[1].total()))
    ]
    notes = [", ".join(f"{n}: {name}" for name, n in short.items())]
    columns = ("what", "kind", "asked", "right", "instead")
    shown = [
        {**dict(zip(columns, error, strict=True)), "told": "; ".join(told)}
        for error, told in sorted(sample.items())
    ]
    return [
        Table("Recognition: errors by kind", rows, notes),
        Table(f"Recognition: some errors of salesprep, {SAMPLE} of a kind at most", shown),
    ]


def hard_table(outcomes: Sequence[Outcome], hard: Sequence[Case]) -> Table:
    """How many hard negatives are called ``same``, by kind; and how often the customer beside one is."""
    kinds = tuple(dict.fromkeys(case.kind for case in hard))
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    totals: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for each in outcomes:
        who = each.contender.name
        for case in hard:
            said = each.contender.decide(case, each.same)
            # One case is one error, however many of its accounts are taken for the customer.
            wrong = any(said[n] == "same" for n in case.impostors)
            counted[case.kind][who] += wrong
            totals[who] += wrong
            beside[who] += "same" in said and not wrong
    names = [each.contender.name for each in outcomes]
    short = {name: str(n) for n, name in enumerate(names, 1)}
    of_kind = Counter(case.kind for case in hard)

    def row(what: str, cases: int, figures: Mapping[str, int]) -> dict[str, Figure]:
        return {"kind": what, "cases": cases, **{short[name]: figures[name] for name in names}}

    rows = [row(kind, of_kind[kind], counted[kind]) for kind in kinds]
    rows.append(row("wrong same in all", len(hard), totals))
    own = sum(len(case.impostors) < len(case.accounts) for case in hard)
    rows.append(row("(the customer beside it: same)", own, beside))
    notes = [
        ", ".join(f"{n}: {name}" for name, n in short.items()),
        f"made of the reported half of the pool with seed {SEED}; a peer's same is its threshold learnt"
        " above, and one that never says same is never wrong",
        "what a contender is not told cannot tell namesakes apart: of those by place alone salesprep can say"
        " nothing without place, and peers compare names",
    ]
    return Table("Recognition: hard negatives that are called same", rows, notes)


def hard_sample(outcomes: Sequence[Outcome], hard: Sequence[Case]) -> Table:
    """Some of the hard negatives that salesprep calls ``same`` though it is told everything."""
    everything = [e for e in outcomes if e.contender.name == EVERYTHING]
    shown: Counter[str] = Counter()
    rows: list[dict[str, Figure]] = []
    for each in everything:
        for case in hard:
            said = each.contender.decide(case, each.same)
            taken = [n for n in case.impostors if said[n] == "same"]
            if taken and shown[case.kind] < SAMPLE:
                shown[case.kind] += 1
                other = case.accounts[taken[0]]
                about = [case.customer.website, case.customer.city, case.customer.country]
                beside = [other.website, other.city, other.country]
                rows.append(
                    {
                        "kind": case.kind,
                        "customer": case.customer.name,
                        "known": ", ".join(a for a in about if a),
                        "taken for it": other.name,
                        "of": ", ".join(b for b in beside if b),
                    }
                )
    return Table("Recognition: hard negatives that salesprep calls same, told everything", rows)
