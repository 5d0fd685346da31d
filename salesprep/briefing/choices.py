"""What a user can decide about one customer: everything that may be theirs, over all sources, each once.

What hangs under an account that may be the customer is not asked about by itself, nor is each instance of a
series: the account decides on the one, the series on the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from salesprep.adapter import Kind
from salesprep.briefing.links import Target, Verdict, target_of
from salesprep.briefing.links.pieces import pieces
from salesprep.briefing.model import Customer, Found, Panel
from salesprep.briefing.told import failures_of

_NOTHING: Mapping[Kind, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to decide."""

    target: Target
    found: Found
    """The record; of a series the first instance seen."""
    times: int = 1
    """So many instances of a series."""
    under: Mapping[Kind, int] = field(default_factory=lambda: _NOTHING)
    """What hangs under an account, by kind."""


def undecided(panels: Iterable[Panel]) -> tuple[Choice, ...]:
    """All candidates of a briefing, in the order of the screen; of a source its accounts first."""
    every: list[Found] = []
    for panel in panels:
        every += panel.candidates
        every += (found for section in panel.sections for found in section.candidates)
    return choices(every)


def picked(panels: Iterable[Panel]) -> tuple[Choice, ...]:
    """The accounts that the user picked for this one briefing: to be remembered, or not."""
    accounts = (section for panel in panels if (section := panel.section(Kind.ACCOUNT)) is not None)
    return choices(f for section in accounts for f in section.records if _is_picked(f))


def _is_picked(found: Found) -> bool:
    return any(piece.what == "picked" for piece in found.match.evidence)


def decision(target: Target, *, theirs: bool, found: Found | None = None) -> Verdict:
    """What somebody said of one thing on a list of such, where it stood as ``found``."""
    said: Literal["is", "is_not"] = "is" if theirs else "is_not"
    on = pieces(found, said) if found is not None else ()
    return Verdict(target, said, "picked" if theirs else "rejected by user", on)


def unsettled(
    customer: Customer, panels: Iterable[Panel], *, known: bool
) -> Literal["unknown", "unanswered"] | None:
    """Why nothing can be remembered of ``customer``: nobody has heard of them, or those who could have did
    not answer, and words that are only a part of a name would be remembered as the whole. ``None``: it can.
    """
    if customer.ids or customer.links:
        return None
    if not known:
        return "unknown"
    return "unanswered" if any(map(failures_of, panels)) else None


def choices(founds: Iterable[Found]) -> tuple[Choice, ...]:
    """What is to be decided about ``founds``."""
    once = {(f.source, f.record.kind, f.record.id): f for f in founds}.values()
    accounts = {(f.source, f.record.id) for f in once if f.record.kind is Kind.ACCOUNT}
    first: dict[Target, Found] = {}
    times: Counter[Target] = Counter()
    under: dict[Target, Counter[Kind]] = {}
    for found in sorted(once, key=lambda f: f.record.kind is not Kind.ACCOUNT):
        above = (found.source, found.record.keys.account_id or "")
        if found.record.kind is not Kind.ACCOUNT and above in accounts:
            under.setdefault(Target(*above), Counter())[found.record.kind] += 1
            continue
        target = target_of(found.source, found.record)
        first.setdefault(target, found)
        times[target] += 1
    order = {source: number for number, source in enumerate(dict.fromkeys(f.source for f in once))}
    return tuple(
        Choice(target, found, times[target], under.get(target, _NOTHING))
        for target, found in sorted(first.items(), key=lambda item: order[item[0].source])
    )
