"""Whose visit it is: from the guests' domains, else from the title. Pure; the accounts come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from salesprep.adapter import Account, Meeting
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.accounts import Accounts, contradiction, country, is_one, spellings
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Found, Match
from salesprep.briefing.ours import Ours, domains_of
from salesprep.briefing.titles import contains_words, names_exactly, stands_in, telling_words
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
) -> Whose:
    """Whose visit this is. ``known_ids``: accounts under which a source keeps one of the guests.
    ``source``: the calendar's, so that what a user has said of this meeting counts for more than all else.
    """
    said = links.of_meeting(source, meeting)
    if said is not None:
        return Whose(said, f"a user said that {meeting.id} is")
    found = _judged(meeting, accounts, links, us, known_ids)
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


def _judged(
    meeting: Meeting, accounts: Accounts, links: Links, us: Ours, known_ids: frozenset[tuple[str, str]]
) -> Whose:
    domains = guest_domains(meeting, us)
    by_title = _by_title(meeting, accounts, links, us)
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
    if by_title.customer is not None or by_title.candidates:
        # The title says one thing and the guests come from elsewhere: a user decides.
        return Whose(candidates=by_title.candidates or _found(_named(meeting.title, accounts)))
    return answers[0]


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


def _by_title(meeting: Meeting, accounts: Accounts, links: Links, us: Ours) -> Whose:
    title = meeting.title
    remembered = [c for c in links.customers if _is_called(title, (c.name, *c.aliases))]
    if len(remembered) == 1:
        return Whose(remembered[0], f"name {remembered[0].name}")
    named = _named(title, accounts)
    if named:
        if _are_one(named, us) and not _is_elsewhere(meeting, named):
            return Whose(_customer(named, links, us), f"name {named[0][1].title}")
        return Whose(candidates=_found(named))
    words = telling_words(title)
    return Whose(
        candidates=_found(
            [
                (s, a)
                for s, seen in accounts.items()
                for a in seen
                if words and any(contains_words(n, words) for n in spellings(a))
            ]
        )
    )


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
