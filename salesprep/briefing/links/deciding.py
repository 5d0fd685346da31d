"""What a decision of a user makes of the remembered links. Pure: from :class:`Links` to :class:`Links`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from salesprep.adapter import Kind
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.model import Customer, Link

OF_SEVERAL = frozenset({Kind.ACTIVITY, Kind.MEETING, Kind.DOCUMENT, Kind.POST})
"""Kinds that may well be about two customers; anything else belongs to one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision: this id is, or is not, the customer. ``how`` in a few words."""

    target: Target
    verdict: Literal["is", "is_not"]
    how: str
    on: tuple[str, ...] = ()
    """What was known of it (:mod:`salesprep.briefing.links.pieces`)."""


class TakenError(Exception):
    """A user said before that this is another customer."""

    def __init__(self, target: Target, customer: Customer) -> None:
        super().__init__(f"{target} is {customer.name}")
        self.target = target
        self.customer = customer


class NotRememberedError(Exception):
    """No customer of this id is remembered any more."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The links after a decision, and what it changed."""

    links: Links
    customer: Customer
    """As remembered now."""
    written: tuple[Link, ...] = ()
    unchanged: tuple[Link, ...] = ()
    """Was decided so before."""
    before: tuple[Link, ...] = ()
    """What stood in the place of those that were written."""
    moved: tuple[tuple[Customer, Link], ...] = ()
    """From whom a link was taken away."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The links after something was forgotten, and what that was."""

    links: Links
    customer: Customer
    """As remembered before."""
    removed: tuple[Link, ...] = ()
    missing: tuple[Target, ...] = ()
    """Nothing was decided about these."""
    gone: bool = False
    """Nothing of the customer is left."""


def decide(
    links: Links,
    customer: Customer,
    verdicts: Sequence[Verdict],
    *,
    by: str,
    at: datetime,
    move: bool = False,
) -> Decided:
    """Remember ``verdicts`` of ``customer``, who becomes a remembered one with its id and name if it is none.

    ``at`` is remembered to the second, in UTC. ``move``: what is another customer's is taken from it.

    Raises:
        TakenError: something that belongs to one customer alone is another's, and not ``move``.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    known = _remembered(links, customer)
    kept = list(links.customers)
    if known is None:
        known = Customer(free_id(links, customer.id, customer.name), customer.name)
        kept.append(known)
    place = next(n for n, each in enumerate(kept) if each.id == known.id)
    moved: list[tuple[Customer, Link]] = []
    for wish in verdicts:
        if wish.verdict == "is" and wish.target.kind not in OF_SEVERAL:
            for n, other in enumerate(kept):
                theirs = [k for k in other.links if decided_by(k) == wish.target and k.verdict == "is"]
                if n != place and theirs:
                    if not move:
                        raise TakenError(wish.target, other)
                    kept[n] = _without(other, {wish.target})
                    moved.append((other, theirs[-1]))
    known, written, unchanged, before = _with(known, verdicts, by, at)
    kept[place] = known
    remaining = Links(tuple(c for c in kept if c.id == known.id or _is_worth_keeping(c, links)))
    changed, known = _renamed(remaining, known)
    return Decided(changed, known, written, unchanged, before, tuple(moved))


def forget(links: Links, customer_id: str, targets: Collection[Target] = ()) -> Forgotten:
    """Forget what was decided about ``targets``; without any, forget the customer.

    A customer of whom nothing is left but id and name goes too.

    Raises:
        NotRememberedError: there is no customer of this id.
    """
    customer = next((c for c in links.customers if c.id == customer_id), None)
    if customer is None:
        raise NotRememberedError(customer_id)
    known = {decided_by(k) for k in customer.links}
    missing = tuple(t for t in dict.fromkeys(targets) if t not in known)
    wanted = set(targets) if targets else known
    left = _without(customer, wanted)
    removed = tuple(k for k in customer.links if decided_by(k) in wanted)
    gone = not targets or (bool(removed) and not (left.links or left.aliases or left.domains))
    kept = (left if c is customer else c for c in links.customers if not (gone and c is customer))
    return Forgotten(Links(tuple(kept)), customer, removed, missing, gone)


def _remembered(links: Links, customer: Customer) -> Customer | None:
    """By id; else by name, since somebody may have begun with this customer a moment ago."""
    by_id = tuple(c for c in links.customers if c.id == customer.id)
    if Links(by_id).named(customer.name) is not None:
        return by_id[0]
    return links.named(customer.name)


def _with(
    customer: Customer, verdicts: Iterable[Verdict], by: str, at: datetime
) -> tuple[Customer, tuple[Link, ...], tuple[Link, ...], tuple[Link, ...]]:
    kept = list(customer.links)
    written: list[Link] = []
    unchanged: list[Link] = []
    before: list[Link] = []
    for wish in verdicts:
        places = [n for n, link in enumerate(kept) if decided_by(link) == wish.target]
        told = all(set(wish.on) <= set(kept[n].on) for n in places)
        if places and told and all(kept[n].verdict == wish.verdict for n in places):
            unchanged.append(kept[places[-1]])
            continue
        target = wish.target
        link = Link(target.source, target.native_id, wish.verdict, by, at, wish.how, target.kind, wish.on)
        written.append(link)
        if places:
            before.append(kept[places[-1]])
            kept[places[-1]] = link
            for n in reversed(places[:-1]):
                del kept[n]
        else:
            kept.append(link)
    return replace(customer, links=tuple(kept)), tuple(written), tuple(unchanged), tuple(before)


def _without(customer: Customer, targets: Collection[Target]) -> Customer:
    return replace(customer, links=tuple(k for k in customer.links if decided_by(k) not in targets))


def _is_worth_keeping(customer: Customer, before: Links) -> bool:
    """What a move has emptied goes; what was empty before stands as its user wrote it."""
    return bool(customer.links or customer.aliases or customer.domains) or customer in before.customers


def _renamed(links: Links, customer: Customer) -> tuple[Links, Customer]:
    """An id such as ``crm:1042`` says that this account is the customer; when that is denied, the customer
    gets another id, so that the account's own customer can have it."""
    denied = {str(decided_by(k)) for k in customer.links if k.verdict == "is_not"}
    if customer.id not in denied:
        return links, customer
    rest = tuple(c for c in links.customers if c.id != customer.id)
    slug = "-".join(fold_organisation(customer.name).split())
    renamed = replace(customer, id=free_id(Links(rest), slug, customer.name))
    return Links((*rest, renamed)), renamed


def free_id(links: Links, wanted: str, name: str = "") -> str:
    """``wanted``, unless another customer has it."""
    taken = {c.id for c in links.customers}
    wanted = wanted.strip() or "customer"
    form = legal_form(name)
    choices = [wanted, *([f"{wanted}-{form}"] if form else [])]
    for choice in choices:
        if choice not in taken:
            return choice
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
