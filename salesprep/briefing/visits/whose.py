"""Whose visit it is: from links to records, the guests' domains and addresses, else from the title. Pure;
the accounts come in.

What is certain is the customer, what is not are candidates among whom the user chooses: a fact about the
wrong customer is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from salesprep.adapter import Account, Kind, Meeting
from salesprep.briefing.events.company import is_among_us
from salesprep.briefing.events.given import Given, account_keys
from salesprep.briefing.events.reasons import by_its_name, candidates, with_reasons
from salesprep.briefing.events.titled import (
    Located,
    are_one,
    by_source,
    folded,
    is_called,
    is_elsewhere,
    kept,
    named,
    partly_named,
    told_apart,
)
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Found, Involved
from salesprep.briefing.recognition.accounts import contradiction, country, is_one, spellings
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.briefing.recognition.origins import joined
from salesprep.briefing.recognition.ours import Ours, domains_of, mail_addresses
from salesprep.briefing.recognition.titles import spells

Copies = Sequence[tuple[str, Meeting]]
"""The event as several calendars have it, with the source of each."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The customers, the first being the one whose visit it is; or accounts of which a user may choose; or
    nothing."""

    customers: tuple[Involved, ...] = ()
    candidates: tuple[Found, ...] = ()
    about: bool = False
    """Nobody but us is there."""

    @property
    def customer(self) -> Customer | None:
        """Whose visit it is."""
        return self.customers[0].customer if self.customers else None


NOBODYS = Whose()
_UNIQUE = 20
"""Characters of an id that no other calendar gives by chance."""


def whose(given: Given, copies: Copies) -> Whose:
    """Whose visit this is. What a user has said of it, in any of its ``copies``, counts for more than all
    else; of somebody else's customers at the table nothing is said by that."""
    copies = (*copies, *_elsewhere(given.links, copies))
    said = _said(given.links, copies)
    found = _judged(given)
    denied = {c.id for source, meeting in copies for c in given.links.not_with(source, meeting)}
    if said:
        decided = [Involved(c, (piece("link", given.meeting.id),)) for c in said]
        # A guest's domain that nobody knows may be that of the one who is said.
        known = (i for i in found.customers if account_keys(i.customer) or i.customer.links)
        others = [i for i in known if not any(_same(given, i.customer, c) for c in said)]
        found = Whose(tuple(decided + [i for i in others if i.customer.id not in denied]))
        return replace(found, customers=tuple(with_reasons(given, each) for each in found.customers))
    if found.customers:
        left = sorted((i for i in found.customers if i.customer.id not in denied), key=lambda i: i.about)
        if not left or left[0].about:
            return NOBODYS
        theirs = given.located(account_keys(left[0].customer))
        among_us = is_among_us(given.meeting, given.us, (account for _, account in theirs))
        return Whose(tuple(with_reasons(given, each) for each in left), about=among_us)
    may_be = (f.record for f in found.candidates if isinstance(f.record, Account))
    if is_among_us(given.meeting, given.us, may_be):
        return NOBODYS
    open_ = given.links.left_of([(f.source, f.record.id) for f in found.candidates])
    strangers = [c for source, meeting in copies for c in given.links.not_with(source, meeting)]
    return Whose(
        candidates=tuple(
            f
            for f in found.candidates
            if (f.source, f.record.id) in open_ and given.links.of(f.source, f.record.id) not in strangers
        )
    )


def only_name(meeting: Meeting, candidates: Sequence[Found], us: Ours) -> str | None:
    """The name of the one organisation that ``candidates`` are and that the title gives in full; in how many
    sources it is found does not matter. ``None``: the title leaves a choice."""
    located = [(f.source, f.record) for f in candidates if isinstance(f.record, Account)]
    accounts = {source: [a for s, a in located if s == source] for source, _ in located}
    called = named(meeting, accounts)
    if not called or len(called) < len(candidates) or not are_one(called, us):
        return None
    return None if is_elsewhere(meeting, called) else called[0][1].title


def _elsewhere(links: Links, copies: Copies) -> Iterator[tuple[str, Meeting]]:
    """The same events under every source about which something was said: an event's id is the same wherever
    its calendar is read, also after that source was given another name."""
    sources = {k.source for c in links.customers for k in c.links if k.kind is Kind.MEETING}
    for source, meeting in copies:
        series = meeting.series_id or ""
        if "@" in series or len(series) >= _UNIQUE:
            yield from ((other, meeting) for other in sorted(sources - {source}))


def _said(links: Links, copies: Copies) -> list[Customer]:
    """With whom a user said that it is: those of all copies, each once."""
    said = (c for source, meeting in copies for c in links.all_of_meeting(source, meeting))
    return list({c.id: c for c in said}.values())


def _judged(given: Given) -> Whose:
    titled = _by_title(given)
    answers = [_at(given, domain) for domain in given.domains]
    settled = _united(given, (c for a in answers if (c := a.customer) is not None and account_keys(c)))
    linked = _united(given, (_customer(given, [one]) for one in given.located(given.linked)))
    if settled:
        return _at_table(given, settled, linked, titled)
    unclear = next((a.candidates for a in answers if a.candidates), ())
    if len(linked) == 1 and not unclear:
        return Whose((Involved(linked[0]),))
    if linked:
        # Several records are linked, or one that is not of the guests' domain: a user decides.
        wanted = {*given.linked, *((f.source, f.record.id) for f in unclear)}
        return Whose(candidates=candidates(given, given.located(wanted)))
    if unclear:
        return Whose(candidates=unclear)
    if not answers:
        return _by_address(given, titled) or titled
    spelled = _spelled(given, titled)
    if spelled is not None:
        return spelled
    # The title says one thing and the guests come from elsewhere: a user decides.
    doubtful = titled.candidates or candidates(
        given, kept(named(given.meeting, given.accounts), given.keepers)
    )
    if doubtful:
        return Whose(candidates=doubtful)
    return Whose(tuple(i for a in answers for i in a.customers))


def _at_table(given: Given, settled: list[Customer], linked: list[Customer], titled: Whose) -> Whose:
    """All customers that have a guest; who is only named or linked is spoken about. The visit is the one's
    who is named or linked too, else the one's with more guests."""
    named_too = [*linked, *([titled.customer] if titled.customer is not None else [])]

    def is_named(customer: Customer) -> bool:
        return any(_same(given, customer, other) for other in named_too)

    ordered = sorted(settled, key=lambda c: not is_named(c))
    table = [Involved(c) for c in ordered]
    for other in _united(given, named_too):
        if not any(_same(given, other, c) for c in ordered):
            table.append(Involved(other, about=True))
    return Whose(tuple(table))


def _united(given: Given, customers: Iterable[Customer]) -> list[Customer]:
    """Each customer once, with what is known of it by each of its domains."""
    kept_: list[Customer] = []
    for customer in customers:
        for n, before in enumerate(kept_):
            if _same(given, before, customer):
                kept_[n] = replace(
                    before,
                    domains=tuple(dict.fromkeys((*before.domains, *customer.domains))),
                    ids=tuple(dict.fromkeys((*before.ids, *customer.ids))),
                    known=joined(before.known, customer.known),
                )
                break
        else:
            kept_.append(customer)
    return kept_


def _same(given: Given, one: Customer, other: Customer) -> bool:
    """One organisation: by its id, by an account, or by accounts of one name that nothing tells apart."""
    ours, theirs = account_keys(one), account_keys(other)
    if one.id == other.id or ours & theirs:
        return True
    return any(
        s != t and spellings(a) & spellings(b) and contradiction(a, b, given.us) is None
        for s, a in given.located(ours)
        for t, b in given.located(theirs)
    )


def _at(given: Given, domain: str) -> Whose:
    """Whom the guests of this domain are of."""
    remembered = given.links.at_domain(domain)
    if remembered is not None:
        return Whose((Involved(remembered, (piece("domain", domain),)),))
    here = [(s, a) for s, seen in given.accounts.items() for a in seen if domain in domains_of(a, given.us)]
    if not here:
        # Nobody keeps an account: whoever has this domain is the customer all the same.
        unknown = Customer(id=domain, name=domain, domains=(domain,))
        return Whose((Involved(unknown, (piece("domain", domain),)),))
    of_title = [one for one in named(given.meeting, given.accounts) if one in here]
    of_guests = [(s, a) for s, a in here if (s, a.id) in given.known_ids]
    of_links = [(s, a) for s, a in here if (s, a.id) in given.linked]
    told = [choice for choice in (of_links, of_guests, of_title) if choice]
    at_odds = any(not any(one in b for one in a) for a in told for b in told)
    for choice in (here, *(() if at_odds else told)):
        if all(is_one(of, given.us) for of in by_source(choice)):
            return Whose((Involved(_customer(given, choice, domain)),))
    return Whose(candidates=candidates(given, here))


def _by_address(given: Given, titled: Whose) -> Whose | None:
    """Guests whose addresses tell no organisation, but are kept under the accounts of one."""
    theirs = given.located(given.known_ids)
    if not theirs:
        return None
    customers = _united(given, (_customer(given, [one]) for one in theirs))
    if len(customers) > 1 or not are_one(theirs, given.us):
        return Whose(candidates=candidates(given, theirs))
    if titled.customer is not None and not _same(given, titled.customer, customers[0]):
        both = {*account_keys(titled.customer), *given.known_ids}
        return Whose(candidates=candidates(given, given.located(both)))
    return Whose((Involved(customers[0]),))


def _spelled(given: Given, titled: Whose) -> Whose | None:
    """No source that answered knows the guests' domain, but it is written as the customer whom the title
    names, or from the whole name of the only one whose name it gives a part of."""
    meeting, us, keepers, domains = given.meeting, given.us, given.keepers, given.domains
    customer = titled.customer
    why = titled.customers[0].evidence if titled.customers else ()
    if customer is not None:
        names = {n for _, a in kept(named(meeting, given.accounts), keepers) for n in spellings(a)}
        names.update(folded((customer.name, *customer.aliases)))
        if not all(spells(domain, names) for domain in domains):
            return None
    else:
        by_name = (f for f in titled.candidates if any(e.what == "name" for e in f.match.evidence))
        part = [(f.source, f.record) for f in by_name if isinstance(f.record, Account)]
        part = [(s, a) for s, a in part if all(spells(d, spellings(a), whole=True) for d in domains)]
        if not part or not are_one(part, us) or is_elsewhere(meeting, part):
            return None
        customer, why = _known_as(given, _customer(given, part)), (by_its_name(part[0]),)
        names = {n for _, a in part for n in spellings(a)}
    if customer.domains:
        return None
    theirs = (a for a in sorted(mail_addresses(meeting, us)) if us.outside(a) in (None, *domains))
    certain = tuple(domain for domain in domains if spells(domain, names, whole=True))
    return Whose((Involved(replace(customer, domains=certain, emails=(*customer.emails, *theirs)), why),))


def _known_as(given: Given, customer: Customer) -> Customer:
    """Of a customer whom no source keeps, nothing but the name is known: others may bear it too, and the
    source that would tell them apart may only not have answered."""
    keepers = given.keepers
    if keepers is None or customer.links or any(source in keepers for source, _ in customer.ids):
        return customer
    return replace(customer, ids=())


def _by_title(given: Given) -> Whose:
    meeting, us = given.meeting, given.us
    remembered = [c for c in given.links.customers if is_called(meeting.title, (c.name, *c.aliases))]
    if len(remembered) == 1:
        return Whose((Involved(remembered[0], (piece("name", remembered[0].name),)),))
    called = kept(named(meeting, given.accounts), given.keepers)
    if called and not is_elsewhere(meeting, called):
        one = called if are_one(called, us) else told_apart(meeting, called, us)
        if one:
            customer = _known_as(given, _customer(given, one))
            return Whose((Involved(customer, (by_its_name(one[0]),)),))
    partly = called or kept(partly_named(meeting, given.accounts), given.keepers)
    return Whose(candidates=candidates(given, partly))


def _customer(given: Given, located: Sequence[Located], domain: str | None = None) -> Customer:
    for source, account in located:
        remembered = given.links.of(source, account.id)
        if remembered is not None:
            return remembered
    source, account = located[0]
    told = list(_told_by(located, given.us))
    domains = [domain] if domain is not None else []
    domains += (known.value for known in told if known.what == "domain")
    return Customer(
        id=f"{source}:{account.id}",
        name=account.title,
        domains=tuple(dict.fromkeys(domains)),
        ids=tuple((s, a.id) for s, a in located),
        countries=tuple(dict.fromkeys(c for _, a in located if (c := country(a)) is not None)),
        known=joined((), told),
    )


def _told_by(located: Sequence[Located], us: Ours) -> Iterator[Known]:
    source, account = located[0]
    yield Known("name", account.title, source, account.id)
    for where, each in located:
        yield from (Known("domain", d, where, each.id) for d in sorted(domains_of(each, us)))
