"""Whose visit it is: from the guests' domains, else from the title. Pure; the accounts come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from salesprep.adapter import Account, Meeting
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.accounts import Accounts, contradiction, country, is_one, spellings
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Found, Match
from salesprep.briefing.ours import Ours, domains_of, mail_addresses
from salesprep.briefing.titles import contains_words, names_exactly, spells, stands_in, telling_words
from salesprep.briefing.visits import guests


@dataclass(frozen=True, slots=True)
class Whose:
    """The customer and by what, or the accounts of which a user may choose, or nothing."""

    customer: Customer | None = None
    how: str | None = None
    candidates: tuple[Found, ...] = ()


NOBODYS = Whose()
Located = tuple[str, Account]
"""A source's name and its account."""


def guest_domains(meeting: Meeting, us: Ours) -> tuple[str, ...]:
    """The guests' domains, the one with most guests first."""
    counted = Counter(
        d for p in guests(meeting, us) if p.status != "declined" and p.email and (d := us.outside(p.email))
    )
    return tuple(domain for domain, _ in counted.most_common())


def whose(
    meeting: Meeting,
    accounts: Accounts,
    links: Links,
    us: Ours,
    *,
    known_ids: frozenset[tuple[str, str]],
    source: str = "",
    keepers: Collection[str] | None = None,
) -> Whose:
    """Whose visit this is. ``known_ids``: accounts under which a source keeps one of the guests.
    ``source``: the calendar's, so that what a user has said of this meeting counts for more than all else.
    ``keepers``: the sources that keep customers as records of their own (by default all): whom a title means
    is theirs to tell, as with a name that is typed.
    """
    said = links.of_meeting(source, meeting)
    if said is not None:
        return Whose(said, f"a user said that {meeting.id} is")
    found = _judged(meeting, accounts, links, us, known_ids, keepers)
    strangers = links.not_with(source, meeting)
    if found.customer is not None:
        return NOBODYS if found.customer.id in {c.id for c in strangers} else found
    left = links.left_of([(f.source, f.record.id) for f in found.candidates])
    return Whose(
        candidates=tuple(
            f
            for f in found.candidates
            if (f.source, f.record.id) in left and links.of(f.source, f.record.id) not in strangers
        )
    )


def only_name(meeting: Meeting, candidates: Sequence[Found], us: Ours) -> str | None:
    """The name of the one organisation that ``candidates`` are and that the title gives in full; in how many
    sources it is found does not matter. ``None``: the title leaves a choice."""
    located = [(f.source, f.record) for f in candidates if isinstance(f.record, Account)]
    accounts = {source: [a for s, a in located if s == source] for source, _ in located}
    named = _named(meeting.title, accounts)
    if not named or len(named) < len(candidates) or not _are_one(named, us):
        return None
    return None if _is_elsewhere(meeting, named) else named[0][1].title


def _judged(
    meeting: Meeting,
    accounts: Accounts,
    links: Links,
    us: Ours,
    known_ids: frozenset[tuple[str, str]],
    keepers: Collection[str] | None,
) -> Whose:
    domains = guest_domains(meeting, us)
    by_title = _by_title(meeting, accounts, links, us, keepers)
    if not domains:
        return by_title
    answers = [_at(domain, meeting.title, accounts, links, us, known_ids) for domain in domains]
    named = {*by_title.customer.ids} if by_title.customer is not None else set()
    # Two customers at one table: the one in the title, else the one with more guests.
    settled = [a for a in answers if a.customer is not None and (a.customer.ids or a.customer.links)]
    best = next((a for a in settled if a.customer and named.intersection(a.customer.ids)), None)
    if best is not None or settled:
        return best or settled[0]
    unclear = next((a for a in answers if a.candidates), None)
    if unclear is not None:
        return unclear
    spelled = _spelled(meeting, domains, by_title, accounts, links, us, keepers)
    if spelled is not None:
        return spelled
    # The title says one thing and the guests come from elsewhere: a user decides.
    doubtful = by_title.candidates or _found(_kept(_named(meeting.title, accounts), keepers))
    return Whose(candidates=doubtful) if doubtful else answers[0]


def _spelled(
    meeting: Meeting,
    domains: Sequence[str],
    by_title: Whose,
    accounts: Accounts,
    links: Links,
    us: Ours,
    keepers: Collection[str] | None,
) -> Whose | None:
    """No source that answered knows the guests' domain, but it is written as the customer whom the title
    names, or from the whole name of the only one whose name it gives a part of."""
    titled, how = by_title.customer, by_title.how
    if titled is not None:
        names = {n for _, a in _kept(_named(meeting.title, accounts), keepers) for n in spellings(a)}
        names.update(_folded((titled.name, *titled.aliases)))
        if not all(spells(domain, names) for domain in domains):
            return None
    else:
        part = [(f.source, f.record) for f in by_title.candidates if isinstance(f.record, Account)]
        part = [(s, a) for s, a in part if all(spells(d, spellings(a), whole=True) for d in domains)]
        if not part or not _are_one(part, us) or _is_elsewhere(meeting, part):
            return None
        titled, how = _known_as(_customer(part, links, us), keepers), f"name {part[0][1].title}"
        names = {n for _, a in part for n in spellings(a)}
    if titled.domains:
        return None
    theirs = (a for a in sorted(mail_addresses(meeting, us)) if us.outside(a) in (None, *domains))
    certain = tuple(domain for domain in domains if spells(domain, names, whole=True))
    return Whose(replace(titled, domains=certain, emails=(*titled.emails, *theirs)), how)


def _known_as(customer: Customer, keepers: Collection[str] | None) -> Customer:
    """Of a customer whom no source keeps, nothing but the name is known: others may bear it too, and the
    source that would tell them apart may only not have answered."""
    if keepers is None or customer.links or any(source in keepers for source, _ in customer.ids):
        return customer
    return replace(customer, ids=())


def _at(
    domain: str,
    title: str,
    accounts: Accounts,
    links: Links,
    us: Ours,
    known_ids: frozenset[tuple[str, str]],
) -> Whose:
    how = f"domain {domain}"
    remembered = links.at_domain(domain)
    if remembered is not None:
        return Whose(remembered, how)
    here = [(s, a) for s, seen in accounts.items() for a in seen if domain in domains_of(a, us)]
    if not here:
        # Nobody keeps an account: whoever has this domain is the customer all the same.
        return Whose(Customer(id=domain, name=domain, domains=(domain,)), how)
    of_guests = [(s, a) for s, a in here if (s, a.id) in known_ids]
    of_title = [(s, a) for s, a in _named(title, accounts) if (s, a) in here]
    if of_guests and of_title and not any(one in of_title for one in of_guests):
        return Whose(candidates=_found(here))
    for choice in (here, of_guests, of_title):
        if choice and all(is_one(of, us) for of in _by_source(choice)):
            return Whose(_customer(choice, links, us, domain), how)
    return Whose(candidates=_found(here))


def _by_title(
    meeting: Meeting, accounts: Accounts, links: Links, us: Ours, keepers: Collection[str] | None
) -> Whose:
    title = meeting.title
    remembered = [c for c in links.customers if _is_called(title, (c.name, *c.aliases))]
    if len(remembered) == 1:
        return Whose(remembered[0], f"name {remembered[0].name}")
    named = _kept(_named(title, accounts), keepers)
    if named:
        if _are_one(named, us) and not _is_elsewhere(meeting, named):
            customer = _known_as(_customer(named, links, us), keepers)
            return Whose(customer, f"name {named[0][1].title}")
        return Whose(candidates=_found(named))
    words = telling_words(title)
    partly = [
        (s, a)
        for s, seen in accounts.items()
        for a in seen
        if words and any(contains_words(n, words) for n in spellings(a))
    ]
    return Whose(candidates=_found(_kept(partly, keepers)))


def _kept(located: list[Located], keepers: Collection[str] | None) -> list[Located]:
    """Those of the keepers, if there are any."""
    kept = [(s, a) for s, a in located if keepers is None or s in keepers]
    return kept or located


def _is_elsewhere(meeting: Meeting, located: Sequence[Located]) -> bool:
    """The meeting is in a country in which none of the accounts is, as far as they tell."""
    where = meeting.place.country if meeting.place is not None else None
    countries = {c for _, a in located if (c := country(a)) is not None}
    return where is not None and bool(countries) and where not in countries


def _is_called(title: str, names: Iterable[str]) -> bool:
    return any(names_exactly(n, title, _forms((name,))) for name in names for n in _folded((name,)))


def _named(title: str, accounts: Accounts) -> list[Located]:
    """The accounts whose whole name the title gives, without those within a longer such name."""
    found = [
        (n, s, a)
        for s, seen in accounts.items()
        for a in seen
        for n in spellings(a)
        if names_exactly(n, title, _forms((a.title, *a.aliases)))
    ]
    names = {n for n, _, _ in found}
    inner = {n for n in names if any(n != longer and stands_in(n, longer) for longer in names)}
    return list({(s, a.id): (s, a) for n, s, a in found if n not in inner}.values())


def _forms(names: Sequence[str]) -> frozenset[str]:
    return frozenset(f for n in names if (f := legal_form(n)))


def _folded(names: Sequence[str]) -> frozenset[str]:
    return frozenset(folded for n in names if (folded := fold_organisation(n)))


def _by_source(located: Sequence[Located]) -> list[list[Account]]:
    return [[a for s, a in located if s == source] for source in dict.fromkeys(s for s, _ in located)]


def _are_one(located: Sequence[Located], us: Ours) -> bool:
    """One organisation in each source, and the same in all, as far as they tell."""
    return all(is_one(of, us) for of in _by_source(located)) and not any(
        contradiction(a, b, us) for (_, a), (_, b) in combinations(located, 2)
    )


def _customer(located: Sequence[Located], links: Links, us: Ours, domain: str | None = None) -> Customer:
    for source, account in located:
        remembered = links.of(source, account.id)
        if remembered is not None:
            return remembered
    source, account = located[0]
    domains = [domain] if domain is not None else []
    for _, each in located:
        domains += sorted(domains_of(each, us))
    return Customer(
        id=f"{source}:{account.id}",
        name=account.title,
        domains=tuple(dict.fromkeys(domains)),
        ids=tuple((s, a.id) for s, a in located),
        countries=tuple(dict.fromkeys(c for _, a in located if (c := country(a)) is not None)),
    )


def _found(located: Iterable[Located]) -> tuple[Found, ...]:
    return tuple(Found(s, a, Match("maybe", "text", (f"name {a.title}",))) for s, a in located)
