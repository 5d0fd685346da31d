"""OFFER: an open opportunity that ends soon, has ended, or has no next step."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.adapter import Kind, Opportunity
from salesprep.briefing.days import days_between
from salesprep.briefing.model import Found, Offer
from salesprep.briefing.signals.scene import Scene

AHEAD = 60
"""An offer that ends later than so many days from now, and has a next step, is left to the panel."""


def offers(scene: Scene) -> Iterator[Offer]:
    """Those that end first come first; without an end last."""
    found = [o for f in scene.records(Kind.OPPORTUNITY) if (o := _offer(f, scene)) is not None]
    yield from sorted(found, key=_urgency)


def _offer(found: Found, scene: Scene) -> Offer | None:
    deal = found.record
    if not isinstance(deal, Opportunity) or deal.status != "open":
        return None
    left = days_between(scene.now, deal.closes, scene.zone) if deal.closes is not None else None
    # "" says that the field is there and empty; None that this source has no such field.
    no_next_step = deal.next_step is not None and not deal.next_step.strip()
    if left is not None and left > AHEAD and not no_next_step:
        return None
    return Offer(evidence=(found,), opportunity=deal, days_left=left, no_next_step=no_next_step)


def _urgency(signal: Offer) -> tuple[bool, int, str]:
    return signal.days_left is None, signal.days_left or 0, signal.opportunity.id
