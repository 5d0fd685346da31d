"""What somebody rejected is a candidate again once something speaks for it that did not then. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from salesprep.briefing.links.pieces import news
from salesprep.briefing.model import Customer, Link, Match
from salesprep.briefing.recognition.evidence import Evidence, piece


class Before(NamedTuple):
    """An earlier rejection, as a piece of evidence tells it."""

    at: datetime
    by: str
    since: tuple[str, ...]
    """What is new."""


def without_rejections(customer: Customer) -> Customer:
    """``customer`` as if nothing had been rejected that may come back."""
    return replace(customer, links=tuple(k for k in customer.links if not may_come_back(k)))


def may_come_back(link: Link) -> bool:
    """Whether it is known on what it was rejected."""
    return link.verdict == "is_not" and bool(link.on)


def came_back(link: Link, anew: Match) -> Match | None:
    """What ``link`` rejected as the candidate that it is ``anew``, without it; ``None``: it stays away."""
    if not may_come_back(link) or anew.outcome == "other":
        return None
    new = news(anew.evidence, link.on)
    if not new:
        return None
    since = "\n".join(dict.fromkeys(each.told for each in new))
    told = piece("rejected_before", f"{link.at.isoformat()} {link.by}", here=since)
    return Match("maybe", anew.how, (*anew.evidence, told))


def read_before(evidence: Evidence) -> Before:
    """What a piece ``rejected_before`` tells."""
    at, _space, by = evidence.told.partition(" ")
    return Before(datetime.fromisoformat(at), by, tuple(evidence.here.split("\n")))
