"""What a likeness of names is worth, with what else is known of both: enough for a fact, or for a candidate.

A wrong customer's fact is the worst that can happen. So a word that only one of the names has keeps them
apart, whatever website they share (a subsidiary has its parent's); and a name alone proves something only
where it is rare and nobody else's comes near.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from salesprep.briefing.recognition.likeness.compare import Left, Likeness, is_telling
from salesprep.briefing.recognition.likeness.rarity import is_common, rarity

By = Literal["domain", "place", "name"]
"""What made a fact of a likeness."""

# The thresholds in capitals are what `python -m benchmarks thresholds` learns on one half of 358 spellings of
# listed companies; `python -m benchmarks recognition` tells of the other half.
DOMAIN_FROM = 0.85
"""So alike are names that back a shared website."""
PLACE_FROM = 0.8
"""So alike are names of one organisation in one town, ..."""
PLACE_AHEAD = 0.2
"""... and so far behind is the next."""
NAME_FROM = 0.9
"""So alike are names that prove something alone, ..."""
NAME_AHEAD = 0.15
"""... and so far behind is the next."""
RARE = 7.5
"""So rare is the rarest word of a name that proves something alone: "General Capital" has none."""
CANDIDATE_FROM = 0.4
"""So alike are names that may be meant for one organisation."""
_UNCOMMON = 5.3
"""A short word this rare is no country's and no trade's: "uk" is commoner, "on" and "ls" are not."""
_SHORT = 3
"""Letters of what is a mark and no word, as lists of shares have them behind a name: "O.N.", "DL -,01"."""
_DOMAIN, _TOWN, _OTHER_TOWN, _OTHER_COUNTRY = 0.5, 0.4, -0.2, -0.2
"""What else is known moves a candidate so far up or down."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of both beside their names: the same, another, or (``None``) not known of both."""

    domain: bool | None = None
    town: bool | None = None
    country: bool | None = None

    @property
    def against(self) -> bool:
        """Something is another's, and no website is the same."""
        return not self.domain and False in (self.domain, self.town, self.country)


NOTHING_BESIDE = Beside()


def strength(likeness: Likeness, beside: Beside) -> float:
    """How far up a candidate stands, and how far ahead it is of the next."""
    moved = _DOMAIN if beside.domain else 0.0
    if beside.town is not None:
        moved += _TOWN if beside.town else _OTHER_TOWN
    if beside.country is False:
        moved += _OTHER_COUNTRY
    return likeness.score + moved


def proven(likeness: Likeness, beside: Beside, ahead: float) -> By | None:
    """By what it is one organisation; ``None`` if that is not certain. ``ahead``: how much stronger it is
    than the next that is another."""
    if likeness.contradicts or beside.against:
        return None
    if likeness.theirs_left and _telling(likeness.theirs_left, marks=False):
        return None
    if _telling(likeness.ours_left, marks=bool(beside.domain or beside.town)):
        return None
    if beside.domain and likeness.score >= DOMAIN_FROM:
        return "domain"
    if beside.town:
        return "place" if likeness.score >= PLACE_FROM and ahead >= PLACE_AHEAD else None
    sure = likeness.score >= NAME_FROM and ahead >= NAME_AHEAD and is_rare(likeness)
    return "name" if sure and likeness.shortened else None


def is_rare(likeness: Likeness) -> bool:
    """Whether what is the same in both names is more than words that many have."""
    return likeness.rarest >= RARE


def _telling(left: Iterable[Left], *, marks: bool) -> bool:
    """Whether a left-over word may make it another organisation. ``marks``: those of lists do not count."""
    return any(is_telling(one.word) and not _is_mark(one, marks) for one in left)


def _is_mark(one: Left, marks: bool) -> bool:
    word = one.word
    if one.behind and not is_common(word):
        return True
    if not marks:
        return False
    if len(word) == 1 or any(c.isdigit() for c in word):
        return True
    return (len(word) <= _SHORT or one.behind) and not (is_common(word) and rarity(word) < _UNCOMMON)
