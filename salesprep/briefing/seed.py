"""Whom a briefing is asked for, before any source has answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from salesprep.adapter import Kind
from salesprep.adapter.names import fold, fold_organisation, legal_form, variants
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Found, Visit
from salesprep.briefing.recognition.accounts import Key
from salesprep.briefing.recognition.evidence import Evidence, Known
from salesprep.briefing.recognition.origins import joined
from salesprep.briefing.recognition.ours import Ours, domains_of, mail_addresses
from salesprep.briefing.recognition.titles import contains_words, stands_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seed:
    """Where a briefing starts."""

    customer: Customer
    sure: bool = False
    """A link, a pick or a visit has decided who it is; else it is words that somebody typed."""
    named: bool = False
    """``customer.name`` is the organisation's whole name."""
    taken: frozenset[Key] = frozenset()
    """Account ids that a user linked to other customers."""
    remembered: bool = False
    """``customer.id`` is that of ``links.toml``."""
    picked: Key | None = None
    """The account that the user picked, if no link tells whose it is."""
    domain: str | None = None
    """The words that somebody typed are this domain, unless they are a name."""
    by_visit: Evidence | None = None
    """By what the accounts of ``customer.ids`` are whom the visit is with."""


def typed(name: str) -> Seed:
    """Words that somebody typed."""
    words = " ".join(name.split())
    return Seed(Customer(id="-".join(fold_organisation(words).split()) or words, name=words))


def typed_domain(name: str, us: Ours) -> str | None:
    """The domain of another organisation that ``name`` is, or is an address at: ``www.vandijk.example``."""
    words = name.strip()
    return us.outside(words) if "." in words and not any(map(str.isspace, words)) else None


def linked(customer: Customer, links: Links) -> Seed:
    """A remembered customer, with the ids that were decided to be it."""
    accounts = (k for k in customer.links if k.kind is Kind.ACCOUNT)
    ids = tuple((k.source, k.native_id) for k in accounts if k.verdict == "is")
    return Seed(
        replace(customer, ids=ids), sure=True, named=True, taken=links.taken(customer), remembered=True
    )


def seed(name: str, links: Links, *, pick: str | None = None, visit: Visit | None = None, us: Ours) -> Seed:
    """Where a briefing starts: a pick before a visit's customer, before a link, before a domain, before
    plain words.

    Raises:
        ValueError: ``pick`` is not of the form ``source:id``.
    """
    if pick is not None:
        source, colon, native_id = pick.partition(":")
        if not (source and colon and native_id):
            raise ValueError("a pick is written source:id, such as crm:1042")
        remembered = links.of(source, native_id)
        if remembered is not None:
            return linked(remembered, links)
        words, key = typed(name or pick), (source, native_id)
        return replace(words, customer=replace(words.customer, id=pick, ids=(key,)), sure=True, picked=key)
    if visit is not None and visit.customer is not None:
        return _of_visit(visit, visit.customer, links, us)
    domain = typed_domain(name, us)
    remembered = links.named(name) or (links.at_domain(domain) if domain is not None else None)
    if remembered is not None:
        return linked(remembered, links)
    if domain is None:
        return typed(name)
    called = name.strip() if name.strip().casefold() == domain else domain
    return Seed(Customer(id=domain, name=called, domains=(domain,)), domain=domain)


def may_be_picked(pick: str, visit: Visit, links: Links) -> bool:
    """Whether ``pick`` is the customer of ``visit``, or among those who may be."""
    source, _, native_id = pick.partition(":")
    own = {(f.source, f.record.id) for f in visit.candidates}
    if visit.customer is not None:
        remembered = links.of(source, native_id)
        if remembered is not None and remembered.id == visit.customer.id:
            return True
        own.update(visit.customer.ids)
    return (source, native_id) in own


def with_picked(visit: Visit, pick: str, links: Links) -> Visit | None:
    """``visit`` as it is for the picked account, if that is one of its customers, or one of those it may be
    with, who then is."""
    source, _, native_id = pick.partition(":")
    remembered = links.of(source, native_id)
    if visit.customer is not None:
        for one in visit.each:
            customer = one.customer or visit.customer
            own = (source, native_id) in customer.ids
            if remembered.id == customer.id if remembered is not None else own:
                return one
        return None
    for found in visit.candidates:
        if (found.source, found.record.id) == (source, native_id):
            customer = remembered or customer_of(found)
            return replace(visit, customer=customer, candidates=(), reasons=found.match.evidence)
    return None


def customer_of(found: Found) -> Customer:
    """The customer that this account is, as long as nobody has decided whose it is."""
    key = (found.source, found.record.id)
    called = Known("name", found.record.title, *key)
    return Customer(":".join(key), found.record.title, ids=(key,), known=(called,))


def may_be_called(customer: Customer, words: str, us: Ours) -> bool:
    """Whether somebody who typed ``words`` may mean this customer: one of its names, a part of one or more
    than one, its id or its domain. A legal form is no matter."""
    wanted, domain = fold_organisation(words), typed_domain(words, us)
    if words.strip() == customer.id or domain in customer.domains:
        return True
    names = map(fold_organisation, (customer.name, *customer.aliases))
    return any(contains_words(n, wanted.split()) or contains_words(wanted, n.split()) for n in names if n)


def _of_visit(visit: Visit, customer: Customer, links: Links, us: Ours) -> Seed:
    remembered = next((c for c in links.customers if c.id == customer.id), None)
    start = linked(remembered, links) if remembered is not None else Seed(customer, sure=True)
    own = frozenset(customer.domains)
    addresses = mail_addresses(visit.meeting, us)
    if domains_of(visit.meeting, us) - own:
        # Two customers at one table: whose guest somebody with free mail is, nobody knows.
        addresses = frozenset(a for a in addresses if us.outside(a) in own)
    customer = replace(customer, known=joined(customer.known, _told_by(visit, customer, addresses, us)))
    known = start.customer
    emails = _joined(known.emails, customer.emails, tuple(sorted(addresses)))
    if not (start.remembered or customer.ids or customer.name in customer.domains):
        # Nothing but the name in the title is known: a source that knows two of that name may answer now.
        name = customer.name
        if not stands_in(fold(name), fold(visit.meeting.title)):
            name = variants(name)[-1] if legal_form(name) else name
        return Seed(replace(customer, name=name, emails=emails), named=True)
    grown = replace(
        known,
        domains=_joined(known.domains, customer.domains),
        ids=_joined(known.ids, customer.ids),
        emails=emails,
        known=joined(known.known, customer.known),
    )
    why = replace(visit.why, source=visit.source, record=visit.meeting.id) if visit.why is not None else None
    return replace(
        start, customer=grown, by_visit=why, named=start.named or customer.name not in customer.domains
    )


def _told_by(visit: Visit, customer: Customer, addresses: Iterable[str], us: Ours) -> Iterator[Known]:
    """What the invitation itself tells of its customer."""
    key = (visit.source, visit.meeting.id)
    yield from (Known("email", address, *key) for address in sorted(addresses))
    guests = domains_of(visit.meeting, us).intersection(customer.domains)
    yield from (Known("domain", domain, *key) for domain in sorted(guests))
    yield from (Known("id", f"{source}:{native_id}", *key) for source, native_id in customer.ids)


def _joined(*parts: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))
