"""Which accounts the title of an event names, in whole or in part. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from salesprep.adapter import Account, Meeting
from salesprep.adapter.names import fold, fold_organisation, legal_form
from salesprep.briefing.events.places import (
    aside,
    common_place,
    has_place,
    is_place,
    named_places,
    town_words,
)
from salesprep.briefing.recognition.accounts import Accounts, contradiction, country, is_one, spellings
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.recognition.titles import contains_words, names_exactly, stands_in, telling_words

Located = tuple[str, Account]
"""A source's name and its account."""


def is_called(title: str, names: Iterable[str]) -> bool:
    """Whether the title gives the whole of one of the names."""
    return any(names_exactly(n, title, _forms((name,))) for name in names for n in folded((name,)))


def gives_name(meeting: Meeting, name: str, account: Account) -> bool:
    """Whether the title gives the whole of ``name``, a spelling of the account's, and nobody else's; beside
    it may stand where the account is: ``Acme (Eindhoven)``."""
    forms = _forms((account.title, *account.aliases))
    if names_exactly(name, meeting.title, forms):
        return True
    if " " in name or not stands_in(name, fold(meeting.title)):
        return False
    core, said = aside(meeting.title)
    return names_exactly(name, core, forms, town_words(account)) and is_place(said, meeting, account)


def named(meeting: Meeting, accounts: Accounts) -> list[Located]:
    """The accounts whose whole name the title gives, without those within a longer such name."""
    found = [
        (n, s, a)
        for s, seen in accounts.items()
        for a in seen
        for n in spellings(a)
        if gives_name(meeting, n, a)
    ]
    names = {n for n, _, _ in found}
    inner = {n for n in names if any(n != longer and stands_in(n, longer) for longer in names)}
    return list({(s, a.id): (s, a) for n, s, a in found if n not in inner}.values())


def partly_named(meeting: Meeting, accounts: Accounts) -> list[Located]:
    """The accounts of which the title gives a part and nothing else; those whose whole name it gives beside
    an aside that nobody can explain; and those whose name is given as its place."""
    words, (core, said) = telling_words(meeting.title), aside(meeting.title)
    places = folded(named_places(meeting))
    return [
        (s, a)
        for s, seen in accounts.items()
        for a in seen
        if (words and any(contains_words(n, words) for n in spellings(a)))
        or (said and any(names_exactly(n, core, _forms((a.title, *a.aliases))) for n in spellings(a)))
        or spellings(a) & places
    ]


def told_apart(meeting: Meeting, namesakes: Sequence[Located], us: Ours) -> list[Located]:
    """Those of several accounts of one name that are where the event is, if the others are elsewhere."""
    here = [(s, a) for s, a in namesakes if common_place(meeting, a) is not None]
    others = [a for s, a in namesakes if (s, a) not in here]
    if not here or not others or not all(map(has_place, others)) or not are_one(here, us):
        return []
    return here


def is_elsewhere(meeting: Meeting, located: Sequence[Located]) -> bool:
    """The meeting is in a country in which none of the accounts is, as far as they tell."""
    where = meeting.place.country if meeting.place is not None else None
    countries = {c for _, a in located if (c := country(a)) is not None}
    return where is not None and bool(countries) and where not in countries


def kept(located: list[Located], keepers: Collection[str] | None) -> list[Located]:
    """Those of the keepers, if there are any."""
    own = [(s, a) for s, a in located if keepers is None or s in keepers]
    return own or located


def by_source(located: Sequence[Located]) -> list[list[Account]]:
    """The accounts of each source."""
    return [[a for s, a in located if s == source] for source in dict.fromkeys(s for s, _ in located)]


def are_one(located: Sequence[Located], us: Ours) -> bool:
    """One organisation in each source, and the same in all, as far as they tell."""
    return all(is_one(of, us) for of in by_source(located)) and not any(
        contradiction(a, b, us) for (_, a), (_, b) in combinations(located, 2)
    )


def folded(names: Sequence[str]) -> frozenset[str]:
    """The names without legal forms, comparable."""
    return frozenset(f for n in names if (f := fold_organisation(n)))


def _forms(names: Sequence[str]) -> frozenset[str]:
    return frozenset(f for n in names if (f := legal_form(n)))
