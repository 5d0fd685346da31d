"""The arithmetic of recognition: precision, recall, thresholds and the curve between them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of looking up one spelling."""

    company: str
    """Whom it means."""
    ranked: tuple[tuple[str, float], ...]
    """``(company, score)``, the best first, each company once."""

    def said(self, threshold: float) -> list[str]:
        """The companies that are said to be it."""
        return [company for company, score in self.ranked if score >= threshold]

    def within(self, places: int) -> bool:
        """Whether the right one is among the first so many."""
        return self.company in [company for company, _ in self.ranked[:places]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said at one threshold, counted: of a spelling a company is said once, whatever rows it has."""

    right: int
    wrong: int
    asked: int

    @property
    def precision(self) -> float:
        """Of all that is said so much is right; 1 where nothing is said."""
        said = self.right + self.wrong
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        """Of so many spellings the right company is said."""
        return self.right / self.asked if self.asked else 0.0


def ranked(
    found: Iterable[tuple[int, float]], companies: Sequence[str], unjudged: Collection[int] = ()
) -> tuple[tuple[str, float], ...]:
    """Rows with scores, as companies: each with its best score, the best first, else as they came."""
    best: dict[str, float] = {}
    for row, score in found:
        if row not in unjudged:
            best[companies[row]] = max(score, best.get(companies[row], -inf))
    return tuple(sorted(best.items(), key=lambda one: -one[1]))


def judged(answers: Collection[Answered], threshold: float) -> Judged:
    """What is said at ``threshold``."""
    right = wrong = 0
    for answer in answers:
        said = answer.said(threshold)
        hit = answer.company in said
        right += hit
        wrong += len(said) - hit
    return Judged(right, wrong, len(answers))


def found_within(answers: Collection[Answered], places: int) -> float:
    """recall@``places``."""
    return sum(a.within(places) for a in answers) / len(answers) if answers else 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold of the curve."""

    threshold: float
    precision: float
    recall: float


def curve(answers: Collection[Answered]) -> tuple[Point, ...]:
    """All thresholds at which something changes, from the strictest."""
    right: Counter[float] = Counter()
    wrong: Counter[float] = Counter()
    for answer in answers:
        for company, score in answer.ranked:
            (right if company == answer.company else wrong)[score] += 1
    points = []
    so_right = so_wrong = 0
    for threshold in sorted({*right, *wrong}, reverse=True):
        so_right += right[threshold]
        so_wrong += wrong[threshold]
        at = Judged(so_right, so_wrong, len(answers))
        points.append(Point(threshold, at.precision, at.recall))
    return tuple(points)


def learnt(answers: Collection[Answered], precision: float) -> float:
    """The lowest threshold with at least this ``precision``; infinite where there is none."""
    enough = [p.threshold for p in curve(answers) if p.precision >= precision and p.recall > 0]
    return min(enough, default=inf)


def precision_at(points: Iterable[Point], recall: float) -> float:
    """The best precision at which at least so much is found; 0 where so much is never found."""
    return max((p.precision for p in points if p.recall >= recall), default=0.0)


def at_least(right: int, asked: int, z: float = 1.96) -> float:
    """What a share of ``right`` of ``asked`` proves: the lower end of Wilson's interval, 95 % by default."""
    if not asked:
        return 0.0
    share = right / asked
    middle = share + z * z / (2 * asked)
    spread = z * sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked))
    return max(0.0, (middle - spread) / (1 + z * z / asked))
