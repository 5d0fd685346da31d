"""What is known of the customer, growing from the accounts that the sources answer. Pure.

Grown anew from the start with every answer, so that the order in which sources answer decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from salesprep.adapter import Account, Person
from salesprep.adapter.names import fold_organisation, legal_form, variants
from salesprep.briefing.model import Customer, Found, Match
from salesprep.briefing.recognition.accounts import (
    Accounts,
    Key,
    contradiction,
    country,
    forms_of,
    is_one,
    judge,
    spellings,
)
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.briefing.recognition.group import relations
from salesprep.briefing.recognition.identifiers.comparing import told_by
from salesprep.briefing.recognition.origins import joined
from salesprep.briefing.recognition.ours import Ours, domains_of
from salesprep.briefing.recognition.titles import begins_with, contains_words
from salesprep.briefing.seed import Seed

Located = tuple[str, Account]
"""A source's name and its account."""

EMAILS = 200
"""So many addresses of persons are remembered, and looked up elsewhere, at most."""
ALIASES = 10
"""So many further names are looked up elsewhere, at most."""


@dataclass(frozen=True)
class Grown:
    """The customer as known now, how each account belongs to it, and who else could be meant."""

    customer: Customer
    named: bool
    matches: Mapping[Key, Match] = field(default_factory=dict)
    choices: tuple[Found, ...] = ()
    """Not empty: the name fits these accounts, and nothing tells which one is meant."""
    aliases: tuple[str, ...] = ()
    """The names that accounts which are the customer give for it, whatever it was called when asked for."""

    @property
    def known(self) -> bool:
        """Some account is the customer."""
        return any(m.outcome == "same" for m in self.matches.values())

    def ids_in(self, source: str) -> tuple[str, ...]:
        """This source's own ids of the customer."""
        return self._ids.get(source, ())

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The names to search by: also those that only an account knows ("formerly …"). Without them
        nobody would learn that another customer bears one of them too."""
        names = (self.customer.name, *self.customer.aliases, *self.aliases)
        return tuple(dict.fromkeys(v for name in names for v in variants(name)))

    @cached_property
    def _ids(self) -> Mapping[str, tuple[str, ...]]:
        ids: dict[str, tuple[str, ...]] = {}
        for source, native_id in self.customer.ids:
            ids[source] = (*ids.get(source, ()), native_id)
        return ids


def grow(
    start: Seed, accounts: Accounts, us: Ours, *, settled: bool, keepers: Collection[str] | None = None
) -> Grown:
    """The customer as far as ``accounts`` tell.

    ``settled``: no source can be expected to name a better account any more, so a name that only
    partly fits the single account there is may be taken for it. ``keepers``: the sources that keep
    customers as records of their own (by default all): whom a name means is theirs to tell, and an
    employer's name on a profile or in a page tells it only where they know none.
    """
    return _with_id(start, _grown(start, accounts, us, settled, keepers), accounts)


def _with_id(start: Seed, grown: Grown, accounts: Accounts) -> Grown:
    """``grown`` with an id that is the same however the user came here; and with what a pick decided."""
    matches, picked = grown.matches, start.picked
    if picked is not None and picked in matches:
        why = (*matches[picked].evidence, piece("picked"))
        matches = {**matches, picked: replace(matches[picked], evidence=why)}
    if start.by_visit is not None:
        meant = {key: matches[key] for key in start.customer.ids if key in matches and _is(matches, key)}
        told = {
            key: replace(match, evidence=(*match.evidence, start.by_visit))
            for key, match in meant.items()
            if match.how == "id"
        }
        matches = {**matches, **told}
    matches = _with_relations(matches, accounts)
    choices = tuple(replace(f, match=matches[f.source, f.record.id]) for f in grown.choices)
    own = {
        (source, a.id): a for source, seen in accounts.items() for a in seen if _is(matches, (source, a.id))
    }
    aliases = tuple(dict.fromkeys(name for a in own.values() for name in (a.title, *a.aliases)))[:ALIASES]
    grown = replace(grown, matches=matches, choices=choices, aliases=aliases)
    if start.remembered or not own:
        return grown
    return replace(grown, customer=replace(grown.customer, id=":".join(next(iter(own)))))


def _with_relations(matches: Mapping[Key, Match], accounts: Accounts) -> Mapping[Key, Match]:
    """``matches``, each account with what it is to others of its group."""
    related = {(s, i): r for s, seen in accounts.items() for i, r in relations(s, seen).items()}
    return {**matches, **{k: replace(matches[k], related=r) for k, r in related.items() if k in matches}}


def _is(matches: Mapping[Key, Match], key: Key) -> bool:
    return matches[key].outcome == "same"


def _grown(
    start: Seed, accounts: Accounts, us: Ours, settled: bool, keepers: Collection[str] | None
) -> Grown:
    if start.sure:
        return _settle(start, accounts, us)
    words = fold_organisation(start.customer.name)
    every = [(source, a) for source, seen in accounts.items() for a in seen]
    exact = _of_the_form([(s, a) for s, a in every if words in spellings(a)], start)
    exact = _kept(exact, keepers)
    if exact:
        return _by_name(start, accounts, us, exact)
    here = [(s, a) for s, a in every if start.domain in domains_of(a, us)] if start.domain else []
    if here:
        return _by_domain(start, accounts, us, _kept(here, keepers))
    partly = [(s, a) for s, a in every if any(contains_words(n, words.split()) for n in spellings(a))]
    partly = _kept(partly, keepers)
    if not partly or not words or not settled or start.named:
        return _undecided(start, accounts, us)
    fitting = next(((s, a) for s, a in partly if any(begins_with(n, words) for n in spellings(a))), None)
    if fitting is None or start.domain or any(_of_another_form(start, a) for _, a in partly):
        return _undecided(start, accounts, us, partly, named=True)
    source, only = fitting
    adopted = _called(replace(start.customer, ids=((source, only.id),)), source, only)
    grown = _settle(replace(start, customer=adopted, sure=True, named=True), accounts, us)
    if any(grown.matches[s, a.id].outcome != "same" for s, a in partly):
        return _undecided(start, accounts, us, partly)
    alike = piece("name", only.title, weight="some")
    why = Match("same", "name", (alike, piece("only_one", start.customer.name)))
    return replace(grown, matches={**grown.matches, (source, only.id): why})


def _by_name(start: Seed, accounts: Accounts, us: Ours, exact: Sequence[Located]) -> Grown:
    """The customer whose whole name was typed, if ``exact`` are one organisation."""
    own = _of_the_very_form(exact, start)
    if _conflict(own, us) or any(_of_another_form(start, a) for _, a in own):
        return _undecided(start, accounts, us, exact, named=True)
    by, titled = next(((s, a) for s, a in own if legal_form(a.title)), own[0])
    title = titled.title
    typed = start.customer.name
    # The legal form tells namesakes apart, also where only the user states it.
    told = fold_organisation(title) == fold_organisation(typed) and legal_form(typed) in (
        None,
        legal_form(title),
    )
    passed_over = {(s, a.id) for s, a in exact} - {(s, a.id) for s, a in own}
    meant = {(s, a.id): a for s, a in own if any(s == source for source, _ in passed_over)}
    customer = replace(start.customer, name=title, aliases=() if told else (typed,), ids=tuple(meant))
    if fold_organisation(title) != fold_organisation(typed):
        customer = _called(customer, by, titled)
    if start.domain:
        customer = replace(customer, domains=())  # it was a name
    grown = _settle(replace(start, customer=customer, named=True), accounts, us)
    if any(_is(grown.matches, key) for key in passed_over):
        return _undecided(start, accounts, us, exact, named=True)
    why = {key: Match("same", "name", (piece("name", a.title),)) for key, a in meant.items()}
    return replace(grown, matches={**grown.matches, **why})


def _by_domain(start: Seed, accounts: Accounts, us: Ours, here: Sequence[Located]) -> Grown:
    """The customer whose domain was typed, if in no source several share it."""
    if all(is_one(own, us) for own in _by_source(here)):
        return _settle(start, accounts, us)
    return _undecided(start, accounts, us, here)


def with_people(grown: Grown, people: Mapping[str, Sequence[Person]]) -> Grown:
    """``grown`` knowing the addresses of the persons that hang under the customer's accounts."""
    own: dict[str, Known] = {}
    others: set[str] = set()
    for source, persons in people.items():
        ids = frozenset(grown.ids_in(source))
        for person in persons:
            addresses = (*person.emails, *person.keys.emails)
            if person.keys.account_id in ids:
                for address in map(str.casefold, addresses):
                    own.setdefault(address, Known("email", address, source, person.id))
            elif person.keys.account_id is not None:
                others.update(a.casefold() for a in addresses)
    customer = grown.customer
    emails = tuple(dict.fromkeys((*customer.emails, *sorted(own.keys() - others))))[:EMAILS]
    told = (own[e] for e in emails if e in own and e not in customer.emails)
    return replace(grown, customer=replace(customer, emails=emails, known=joined(customer.known, told)))


def _undecided(
    start: Seed,
    accounts: Accounts,
    us: Ours,
    choices: Sequence[Located] = (),
    *,
    named: bool = False,
) -> Grown:
    matches = judge(start.customer, accounts, us, named=named, by_name=False)
    found = tuple(Found(source, account, matches[source, account.id]) for source, account in choices)
    return Grown(start.customer, start.named, matches, found)


def _kept(fitting: list[Located], keepers: Collection[str] | None) -> list[Located]:
    """Those of the keepers, if there are any."""
    kept = [(s, a) for s, a in fitting if keepers is None or s in keepers]
    return kept or fitting


def _of_the_form(exact: list[Located], start: Seed) -> list[Located]:
    """Without accounts that state another legal form, where one states the form that was typed."""
    form = legal_form(start.customer.name)
    if form is None or not any(form in forms_of(a) for _, a in exact):
        return exact
    return [(s, a) for s, a in exact if not _of_another_form(start, a)]


def _of_the_very_form(exact: Sequence[Located], start: Seed) -> Sequence[Located]:
    """Of a source in which an account is called just as was typed, legal form and all, those that are: who
    writes the form does not mean the one that states none."""
    words, form = fold_organisation(start.customer.name), legal_form(start.customer.name)
    if form is None:
        return exact
    called = {
        (s, a.id)
        for s, a in exact
        if any((fold_organisation(n), legal_form(n)) == (words, form) for n in (a.title, *a.aliases))
    }
    sources = {source for source, _ in called}
    return [(s, a) for s, a in exact if s not in sources or (s, a.id) in called]


def _of_another_form(start: Seed, account: Account) -> bool:
    """The legal form that was typed contradicts those that the account states."""
    form, forms = legal_form(start.customer.name), forms_of(account)
    return form is not None and bool(forms) and form not in forms


def _conflict(exact: Sequence[Located], us: Ours) -> bool:
    """Whether accounts of the very name are more than one organisation."""
    if not all(is_one(accounts, us) for accounts in _by_source(exact)):
        return True
    # Most accounts say the same; one of each kind is enough to compare.
    kinds = {(legal_form(a.title), domains_of(a, us), country(a)): a for _, a in exact}
    return any(contradiction(a, b, us) is not None for a, b in combinations(kinds.values(), 2))


def _by_source(located: Sequence[Located]) -> list[list[Account]]:
    return [[a for s, a in located if s == source] for source in dict.fromkeys(s for s, _ in located)]


def _settle(start: Seed, accounts: Accounts, us: Ours) -> Grown:
    """Learn from the accounts that are the customer, until nothing new comes of it.

    Names are looked at only when ids and domains tell no more, so that what is certain is known
    before what is less so.
    """
    customer, named = start.customer, start.named
    first: dict[Key, Match] = {}
    by_name = False
    while True:
        matches = judge(customer, accounts, us, named=named, taken=start.taken, by_name=by_name)
        for key, match in matches.items():
            if match.outcome == "same":
                first.setdefault(key, match)
        before = customer
        customer = _learn(customer, accounts, first, us)
        if not named and first:
            customer, named = _called(customer, *_titled(accounts, first)), True
        if customer == before and customer.known == before.known:
            if by_name:
                return Grown(customer, named, {**matches, **first})
            by_name = True


def _learn(customer: Customer, accounts: Accounts, same: Mapping[Key, Match], us: Ours) -> Customer:
    ids, domains, countries = [*customer.ids], [*customer.domains], [*customer.countries]
    places = [*customer.places]
    # Whoever is this customer by an id is called as that account is, whatever the user says for it.
    names = {fold_organisation(n) for n in (customer.name, *customer.aliases)}
    decided = [(key, a) for key, a in _of(accounts, same) if same[key].how in ("id", "link")]
    titles: dict[str, Key] = {}
    for key, account in decided:
        if fold_organisation(account.title) not in names:
            titles.setdefault(account.title, key)
    told = [Known("name", title, *key) for title, key in titles.items()]
    for key, account in _of(accounts, same):
        ids.append(key)
        own, where = sorted(domains_of(account, us)), country(account)
        domains += own
        countries += [where] if where is not None else []
        told += (Known("domain", d, *key) for d in own if d not in customer.domains)
        if where is not None and where not in customer.countries:
            told.append(Known("country", where, *key))
        if account.place is not None and account.place.city:
            places.append((account.place.city, where))
            told.append(Known("place", account.place.city, *key))
        told += told_by(key[0], account)
    return replace(
        customer,
        aliases=(*customer.aliases, *titles),
        ids=tuple(dict.fromkeys(ids)),
        domains=tuple(dict.fromkeys(domains)),
        countries=tuple(dict.fromkeys(countries)),
        places=tuple(dict.fromkeys(places)),
        known=joined(customer.known, told),
    )


def _of(accounts: Accounts, same: Mapping[Key, Match]) -> Iterator[tuple[Key, Account]]:
    every = (((source, a.id), a) for source, seen in accounts.items() for a in seen)
    return ((key, account) for key, account in every if key in same)


def _titled(accounts: Accounts, same: Mapping[Key, Match]) -> Located:
    """Which account gives the written name: the first that was decided on, else the first that fits."""
    source, account = min(
        (((source, a) for (source, _), a in _of(accounts, same))),
        key=lambda located: same[located[0], located[1].id].how == "domain",
    )
    return source, account


def _called(customer: Customer, source: str, account: Account) -> Customer:
    """``customer``, by the name that ``account`` has for it."""
    known = Known("name", account.title, source, account.id)
    return replace(customer, name=account.title, known=joined(customer.known, (known,)))
