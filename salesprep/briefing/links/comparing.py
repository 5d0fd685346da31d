"""What somebody else has decided, held against one's own decisions, and taken over. Pure.

One comparison for both: a file that is imported once, and a team's file that lies under one's own for good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from salesprep.adapter import Kind
from salesprep.adapter.names import fold_organisation
from salesprep.briefing.links.deciding import OF_SEVERAL, free_id
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.model import Customer, Link

State = Literal["new", "equal", "conflict"]
Place = tuple[str, Target]
"""Whose and what: their customer's id, and what was decided on."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One decision of theirs."""

    customer: Customer
    """Theirs."""
    link: Link
    state: State
    own: Link | None = None
    """One's own on the same; on a conflict the one that stands against it."""
    holder: Customer | None = None
    """On a conflict the own customer whose ``own`` is: another one than theirs where both claim it."""

    @property
    def place(self) -> Place:
        """What a choice between the two is made on."""
        return self.customer.id, decided_by(self.link)


@dataclass(frozen=True, slots=True)
class Named:
    """A customer who is new here, or has other names and domains that are."""

    customer: Customer
    """Theirs."""
    is_new: bool
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that they decided, held against one's own."""

    lines: tuple[Compared, ...] = ()
    named: tuple[Named, ...] = ()
    whose: Mapping[str, str] = field(default_factory=dict)
    """Of their customer's id the id here."""

    def of(self, state: State) -> tuple[Compared, ...]:
        """Those of one state."""
        return tuple(line for line in self.lines if line.state == state)


@dataclass(frozen=True, slots=True)
class Taken:
    """The links after theirs were taken over."""

    links: Links
    written: tuple[Compared, ...] = ()
    """What was taken over."""


def compare(own: Links, theirs: Links) -> Comparison:
    """Their decisions beside one's own: new ones, equal ones, and those that contradict."""
    here = _Own(own)
    whose = _whose(here, theirs)
    lines: list[Compared] = []
    named: list[Named] = []
    for customer in theirs.customers:
        known = here.by_id.get(whose[customer.id])
        said = {decided_by(k): k for k in known.links} if known is not None else {}
        lines += (_compared(customer, link, known, said, here) for link in customer.links)
        if (more := _named(customer, known, here)) is not None:
            named.append(more)
    return Comparison(tuple(lines), tuple(named), whose)


def take_over(own: Links, compared: Comparison, theirs: Collection[Place] = ()) -> Taken:
    """``own`` with what is new, and with their word where it contradicts in ``theirs``.

    A customer of theirs nothing of which is taken over does not come.
    """
    kept = {c.id: c for c in own.customers}
    written = tuple(
        line
        for line in compared.lines
        if line.state == "new" or (line.state == "conflict" and line.place in theirs)
    )
    named = {each.customer.id: each for each in compared.named}
    coming = {line.customer.id for line in written} | {
        each.customer.id for each in compared.named if not each.is_new or not each.customer.links
    }
    for line in written:
        if line.holder is not None and line.holder.id != compared.whose[line.customer.id]:
            holder = kept[line.holder.id]
            kept[holder.id] = _without(holder, decided_by(line.link))
    for their_id, own_id in compared.whose.items():
        if their_id not in coming:
            continue
        each = named.get(their_id)
        if each is not None:
            customer = kept.get(own_id, Customer(own_id, each.customer.name))
            kept[own_id] = replace(
                customer,
                aliases=(*customer.aliases, *each.aliases),
                domains=(*customer.domains, *each.domains),
            )
    for line in written:
        own_id = compared.whose[line.customer.id]
        kept[own_id] = _with(kept[own_id], line.link)
    before = {c.id: c for c in own.customers}
    # What a decision of theirs has emptied goes; what was empty before stands as its user wrote it.
    left = (c for c in kept.values() if c == before.get(c.id) or c.links or c.aliases or c.domains)
    return Taken(Links(tuple(left)), written)


def is_of_one(target: Target) -> bool:
    """Whether it can be one customer's only."""
    return target.kind not in OF_SEVERAL


class _Own:
    """One's own decisions, to be looked up in."""

    def __init__(self, own: Links) -> None:
        self.by_id = {c.id: c for c in own.customers}
        self.holders: dict[Target, tuple[Customer, Link]] = {}
        """Of what is one customer's only: whose it is."""
        self.at_account: dict[Target, list[Customer]] = {}
        self.at_domain: dict[str, list[Customer]] = {}
        for customer in own.customers:
            for link in customer.links:
                target = decided_by(link)
                if link.verdict == "is" and is_of_one(target):
                    self.holders.setdefault(target, (customer, link))
            for target in dict.fromkeys(_accounts(customer)):
                self.at_account.setdefault(target, []).append(customer)
            for domain in customer.domains:
                self.at_domain.setdefault(domain, []).append(customer)


def _compared(
    customer: Customer, link: Link, known: Customer | None, said: Mapping[Target, Link], own: _Own
) -> Compared:
    target = decided_by(link)
    stands = said.get(target)
    if stands is not None:
        same = stands.verdict == link.verdict
        return Compared(customer, link, "equal" if same else "conflict", stands, None if same else known)
    if link.verdict == "is" and target in own.holders:
        holder, held = own.holders[target]
        return Compared(customer, link, "conflict", held, holder)
    return Compared(customer, link, "new")


def _named(theirs: Customer, known: Customer | None, own: _Own) -> Named | None:
    """What is new of names and domains. A domain that another own customer has stays theirs alone."""
    start = known or Customer(theirs.id, theirs.name)
    folded = {fold_organisation(n) for n in (start.name, *start.aliases)}
    called = (theirs.name, *theirs.aliases)
    aliases = {f: n for n in called if (f := fold_organisation(n)) and f not in folded}
    new = (d for d in theirs.domains if d not in start.domains)
    domains = tuple(d for d in new if all(c is known for c in own.at_domain.get(d, ())))
    if known is not None and not aliases and not domains:
        return None
    return Named(theirs, known is None, tuple(aliases.values()), domains)


def _whose(own: _Own, theirs: Links) -> dict[str, str]:
    """Who of theirs is who of one's own. Nobody is joined by a name alone: two of one name are two."""
    whose: dict[str, str] = {}
    taken: set[str] = set()
    for customer in theirs.customers:
        known = _same(customer, own)
        if known is not None and known.id not in taken:
            whose[customer.id] = known.id
            taken.add(known.id)
    taken.update(own.by_id)
    for customer in theirs.customers:
        if customer.id not in whose:
            id = customer.id
            if id in taken:
                id = free_id(Links(tuple(Customer(each, "") for each in taken)), id, customer.name)
            whose[customer.id] = id
            taken.add(id)
    return whose


def _same(customer: Customer, own: _Own) -> Customer | None:
    """The own customer who is this one: of the same account, or of the same id with a name in common."""
    holders = {c.id: c for target in _accounts(customer) for c in own.at_account.get(target, ())}
    of_id = own.by_id.get(customer.id)
    if holders:
        if customer.id in holders:
            return of_id
        return next(iter(holders.values())) if len(holders) == 1 else None
    return of_id if of_id is not None and _folded(of_id) & _folded(customer) else None


def _accounts(customer: Customer) -> Iterator[Target]:
    return (decided_by(k) for k in customer.links if k.verdict == "is" and k.kind is Kind.ACCOUNT)


def _folded(customer: Customer) -> set[str]:
    return {f for n in (customer.name, *customer.aliases) if (f := fold_organisation(n))}


def _with(customer: Customer, link: Link) -> Customer:
    """In the place of what was decided on the same, else behind the others."""
    target = decided_by(link)
    if all(decided_by(k) != target for k in customer.links):
        return replace(customer, links=(*customer.links, link))
    links = tuple(link if decided_by(k) == target else k for k in customer.links)
    return replace(customer, links=tuple(dict.fromkeys(links)))


def _without(customer: Customer, target: Target) -> Customer:
    return replace(customer, links=tuple(k for k in customer.links if decided_by(k) != target))
