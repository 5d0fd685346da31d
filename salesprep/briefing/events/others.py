"""Who else is at a visit: further customers, and guests of organisations that nobody knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter import Account
from salesprep.briefing.events.company import is_among_us
from salesprep.briefing.events.given import guest_domains
from salesprep.briefing.model import Found, Visit
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.visits.meetings import meeting_of


def others_there(visit: Visit, us: Ours) -> tuple[str, ...]:
    """The names of the other customers at the table, then the domains of which no more is known.

    Where no domain of the visit's own customer is known, any of them may be its own.
    """
    if visit.customer is None:
        return ()
    there = [each.customer for each in visit.also if not each.about]
    known = {d for customer in (visit.customer, *there) for d in customer.domains}
    domains = guest_domains(visit.meeting, us) if visit.customer.domains else ()
    return (*(customer.name for customer in there), *(d for d in domains if d not in known))


def is_anothers(email: str | None, visit: Visit, us: Ours) -> bool:
    """Whether this guest is of another customer at the table: nothing is known here of whom they met."""
    if not email or visit.customer is None:
        return False
    theirs = {d for each in visit.also if not each.about for d in each.customer.domains}
    return us.outside(email) in theirs - {*visit.customer.domains}


def with_them(found: Iterable[Found], us: Ours, accounts: Sequence[Account]) -> tuple[Found, ...]:
    """Without meetings of ours about the customer, who has these accounts, unless a user has said that one
    is with them."""
    return tuple(
        f
        for f in found
        if (m := meeting_of(f)) is None or f.match.how == "link" or not is_among_us(m, us, accounts)
    )
