"""Whether what was confirmed is still what it was: the account of a link may be gone, or its id may mean
somebody else by now. Pure; whoever calls has asked the source, and a source that failed proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from salesprep.adapter import Account, Kind
from salesprep.adapter.names import fold_organisation
from salesprep.briefing.links.pieces import domains, names, values
from salesprep.briefing.links.target import decided_by
from salesprep.briefing.model import Customer, Flag, Link


def confirmed(customer: Customer, source: str | None = None) -> tuple[Link, ...]:
    """The accounts that are the customer by somebody's word; of one ``source`` or of all."""
    return tuple(
        k
        for k in customer.links
        if k.verdict == "is" and k.kind is Kind.ACCOUNT and source in (None, k.source)
    )


def flag(customer: Customer, link: Link, accounts: Iterable[Account], *, gone: bool) -> Flag | None:
    """What is the matter with ``link``; ``None``: nothing that could be told.

    ``accounts``: what its source knows of that id and of the customer. ``gone``: it was asked for the id,
    answered soundly, and has none.
    """
    seen = tuple(accounts)
    if gone:
        like = {a.id for a in seen if _is_like(a, link)} - {link.native_id}
        now = f"{link.source}:{like.pop()}" if len(like) == 1 else ""
        return Flag(customer.id, str(decided_by(link)), "gone", _called(link), now)
    account = next((a for a in seen if a.id == link.native_id), None)
    if account is None or not link.on or _is_like(account, link):
        return None
    now = ", ".join((*names(account)[:1], *domains(account)[:1]))
    return Flag(customer.id, str(decided_by(link)), "moved", _called(link), now)


def _is_like(account: Account, link: Link) -> bool:
    """It has a name or a domain that it had when it was confirmed."""
    then = {fold_organisation(n) or n for n in values(link.on, "name")}
    return not then.isdisjoint(fold_organisation(n) or n for n in names(account)) or not set(
        values(link.on, "domain")
    ).isdisjoint(domains(account))


def _called(link: Link) -> str:
    return ", ".join((*values(link.on, "name")[:1], *values(link.on, "domain")[:1]))
