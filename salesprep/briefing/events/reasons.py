"""All that an event tells about one customer being at it, piece by piece. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from salesprep.briefing.events.given import Given, account_keys, inviting
from salesprep.briefing.events.places import common_place, named_places
from salesprep.briefing.events.titled import Located, folded, gives_name
from salesprep.briefing.model import Customer, Found, Involved, Match
from salesprep.briefing.recognition.accounts import spellings
from salesprep.briefing.recognition.evidence import Evidence, Known, piece
from salesprep.briefing.recognition.origins import Origins
from salesprep.briefing.visits.meetings import guests

_HEAVIEST_FIRST = ("proof", "strong", "some", "against", "rules_out")


def with_reasons(given: Given, involved: Involved) -> Involved:
    """``involved`` with all that tells so, the heaviest first; what decided is among it."""
    found = {(e.what, e.told): e for e in (*involved.evidence, *_reasons(given, involved.customer))}
    ordered = sorted(found.values(), key=lambda e: _HEAVIEST_FIRST.index(e.weight))
    return replace(involved, evidence=tuple(ordered))


def _reasons(given: Given, customer: Customer) -> Iterator[Evidence]:
    meeting, us = given.meeting, given.us
    keys, origins = account_keys(customer), Origins(customer)
    own = given.located(keys)
    yield from _of_links(given, own)
    for domain in given.domains:
        if domain in customer.domains:
            at = (p.email or "" for p in guests(meeting, us) if p.email and us.outside(p.email) == domain)
            yield origins.piece("domain", domain, here=next(at, ""))
    organiser = inviting(meeting, customer.domains, us)
    if organiser is not None:
        yield piece("organiser", organiser, origins.of("domain", us.outside(organiser) or ""))
    for person in guests(meeting, us):
        address = (person.email or "").casefold()
        known = sorted(keys.intersection(given.persons.get(address, ())))
        if known and us.outside(address) is None:
            yield piece("email", address, Known("email", address, *known[0]))
    for source, account in own:
        if any(gives_name(meeting, n, account) for n in spellings(account)):
            yield by_its_name((source, account))
    yield from _of_place(given, own)


def _of_links(given: Given, own: Iterable[Located]) -> Iterator[Evidence]:
    for source, account in own:
        if (link := given.linked.get((source, account.id))) is not None:
            yield piece("record_link", link, Known("id", account.id, source, account.id))


def _of_place(given: Given, own: Iterable[Located]) -> Iterator[Evidence]:
    places = folded(named_places(given.meeting))
    for source, account in own:
        if spellings(account) & places:
            yield piece("location", account.title, Known("name", account.title, source, account.id))
        if (where := common_place(given.meeting, account)) is not None:
            yield piece("place", where, Known("place", where, source, account.id))


def by_its_name(located: Located) -> Evidence:
    """The name of an account, and that this account told it."""
    source, account = located
    return piece("name", account.title, Known("name", account.title, source, account.id))


def candidates(given: Given, located: Iterable[Located]) -> tuple[Found, ...]:
    """Accounts that may be whom it is with, each with what speaks for it; those with more of it first."""
    found = []
    for one in located:
        linked, placed = tuple(_of_links(given, [one])), tuple(_of_place(given, [one]))
        # Where the place alone names it, the title does not.
        named = () if any(e.what == "location" for e in placed) else (by_its_name(one),)
        found.append(Found(*one, Match("maybe", "text", (*linked, *named, *placed))))
    return tuple(sorted(found, key=lambda f: -len(f.match.evidence)))
