"""Which of the accounts seen so far are the customer. One pass over all sources, pure.

Accounts are judged together and not one by one: an equal name or domain proves something only where
no other account of that source has it too, and a subsidiary is told by its parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from salesprep.adapter import Account, Kind
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.model import Customer, Match, Outcome
from salesprep.briefing.recognition.evidence import Evidence, Known, What, piece
from salesprep.briefing.recognition.group import beneath
from salesprep.briefing.recognition.identifiers.comparing import beside as told_beside
from salesprep.briefing.recognition.identifiers.comparing import other_number, same_number
from salesprep.briefing.recognition.likeness.accounts import Customers, Resemblance, in_one_town
from salesprep.briefing.recognition.likeness.verdict import CANDIDATE_FROM, is_rare
from salesprep.briefing.recognition.origins import Origins
from salesprep.briefing.recognition.ours import Ours, domains_of
from salesprep.briefing.recognition.titles import contains_words

Key = tuple[str, str]
"""``(source, native id)``."""

Accounts = Mapping[str, Sequence[Account]]
"""The accounts seen so far, by source, in the order of the screen."""

NO_ACCOUNTS: Accounts = MappingProxyType({})
OTHER = Match("other", "none")
CANDIDATES = 8
"""So many accounts of a source are candidates by their names at most."""


def spellings(account: Account) -> frozenset[str]:
    """The folded names of an account, without legal forms."""
    return _folded((account.title, *account.aliases))


@lru_cache(maxsize=16384)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(n for n in map(fold_organisation, names) if n)


def forms_of(account: Account) -> frozenset[str]:
    """The legal forms that the names of an account state."""
    return frozenset(f for n in (account.title, *account.aliases) if (f := legal_form(n)))


def country(account: Account) -> str | None:
    """Where the account is, if the source tells."""
    return account.place.country if account.place is not None else None


def contradiction(one: Account, another: Account, us: Ours) -> Evidence | None:
    """Why two accounts of one name cannot be one organisation, if something says so."""
    forms = legal_form(one.title), legal_form(another.title)
    if forms[0] and forms[1] and forms[0] != forms[1]:
        return piece("other_form", forms[1])
    domains = domains_of(one, us), domains_of(another, us)
    if all(domains) and not domains[0] & domains[1]:
        return piece("other_domain", min(domains[1]))
    countries = country(one), country(another)
    if countries[0] and countries[1] and countries[0] != countries[1]:
        return piece("other_country", countries[1])
    return None


def is_one(accounts: Sequence[Account], us: Ours, *, by_town: bool = False) -> bool:
    """Whether accounts of one source are one organisation: a single one, or doubles.

    Doubles share a name and a domain (``by_town``: or a town), do not contradict each other, and neither is
    the parent of another.
    """
    return all(
        spellings(a) & spellings(b)
        and (domains_of(a, us) & domains_of(b, us) or (by_town and in_one_town(a, b)))
        and contradiction(a, b, us) is None
        and a.parent_id != b.id
        and b.parent_id != a.id
        for a, b in combinations(accounts, 2)
    )


def judge(
    customer: Customer,
    accounts: Accounts,
    us: Ours,
    *,
    named: bool = True,
    taken: frozenset[Key] = frozenset(),
    by_name: bool = True,
) -> dict[Key, Match]:
    """How each account belongs to ``customer``, by what is known of the customer now.

    ``by_name=False`` leaves an equal name at ``maybe``: whom the user means is not settled yet.
    """
    return _Judge(customer, accounts, us, named=named, taken=taken).all(by_name=by_name)


class _Judge:
    def __init__(
        self, customer: Customer, accounts: Accounts, us: Ours, *, named: bool, taken: frozenset[Key]
    ) -> None:
        self.customer, self.accounts, self.us, self.taken = customer, accounts, us, taken
        self.links = {(k.source, k.native_id): k.verdict for k in customer.links if k.kind is Kind.ACCOUNT}
        self.ids = frozenset(customer.ids)
        self.domains = frozenset(customer.domains) - us.domains
        called = (customer.name, *customer.aliases)
        self.names = frozenset(n for n in map(fold_organisation, called) if n) if named else frozenset()
        self.forms = frozenset(f for n in called if (f := legal_form(n))) if named else frozenset()
        self.countries = frozenset(customer.countries)
        self.towns = frozenset(town for town, _ in customer.places)
        self.origins = Origins(customer)
        self.held = Customers(customer, us)
        self.resembling: dict[Key, Resemblance] = {}
        self.found: dict[Key, Match] = {}

    def all(self, *, by_name: bool) -> dict[Key, Match]:
        for source, seen in self.accounts.items():
            self._decided(source, seen)
        for source, seen in self.accounts.items():
            self._related(source, seen)
        for source, seen in self.accounts.items():
            self._registered(source, seen)
        strangers = self._strangers()
        for source, seen in self.accounts.items():
            self._same_domain(source, seen, strangers)
        for source, seen in self.accounts.items():
            self._related(source, seen)
            self._same_name(source, seen, by_name=by_name)
            self._related(source, seen)
            if by_name and self.names:
                self._much_alike(source, seen)
                self._related(source, seen)
            self._alike(source, seen)
        return self.found

    def _resemblance(self, source: str, account: Account) -> Resemblance:
        known = self.resembling.get((source, account.id))
        if known is None:
            known = self.resembling[source, account.id] = self.held.resemblance(account)
        return known

    def _strangers(self) -> set[str]:
        """Names of other customers: of accounts that are not this one, and of those that stand beside
        the one that is."""
        settled = {source for (source, _), match in self.found.items() if match.outcome == "same"}
        others = {key for key, match in self.found.items() if match.outcome == "other"}
        return {
            name
            for source, seen in self.accounts.items()
            for a in seen
            if (source, a.id) in others or (source in settled and (source, a.id) not in self.found)
            for name in spellings(a)
        } - self.names

    def _open(self, source: str, seen: Iterable[Account]) -> list[Account]:
        return [a for a in seen if (source, a.id) not in self.found]

    def _is(self, source: str, account_id: str) -> bool:
        match = self.found.get((source, account_id))
        return match is not None and match.outcome == "same"

    def _decided(self, source: str, seen: Iterable[Account]) -> None:
        """By a user's link and by the source's own id."""
        for account in seen:
            key = (source, account.id)
            verdict = self.links.get(key)
            if verdict is not None:
                said = piece("id" if verdict == "is" else "other_id", account.id)
                self.found[key] = Match("same" if verdict == "is" else "other", "link", (said,))
            elif key in self.taken:
                self.found[key] = Match("other", "link", (piece("taken"),))
            elif key in self.ids:
                told = self.origins.piece("id", ":".join(key), account.id)
                self.found[key] = Match("same", "id", (told,))

    def _related(self, source: str, seen: Sequence[Account]) -> None:
        """Parents and subsidiaries of an account that is the customer are other customers."""
        if len(seen) < 2:
            return
        parents = {a.id: a.parent_id for a in seen}
        ours = {i for i in parents if self._is(source, i)}
        above = {p: i for i in sorted(ours) for p in _line(i, parents) if p not in ours}
        named = {a.id: a for a in seen}
        for account in self._open(source, seen):
            if account.id in above:
                child = named[above[account.id]]
                told = piece("parent", child.title, Known("id", child.id, source, child.id))
                self.found[source, account.id] = Match("other", "id", (told,))
            elif under := ours.intersection(_line(account.id, parents)):
                parent = named[min(under)]
                known = Known("id", parent.id, source, parent.id)
                told = piece(beneath(account, parent), parent.title, known)
                self.found[source, account.id] = Match("other", "id", (told,))

    def _registered(self, source: str, seen: Sequence[Account]) -> None:
        """By a registration number, which one organisation has alone; several of one number in one source
        are doubles, or a branch and its head office."""
        fitting = [(a, same) for a in self._open(source, seen) if (same := self._numbers_of(a))]
        one = is_one([a for a, _ in fitting], self.us)
        for account, same in fitting:
            against = self._against(account) if one else (*self._against(account), piece("shared_number"))
            outcome: Outcome = "same" if one else "maybe"
            self.found[source, account.id] = Match(outcome, "number", (*same, *against))

    def _numbers_of(self, account: Account) -> tuple[Evidence, ...]:
        return same_number(self.customer.known, account) if account.numbers else ()

    def _same_domain(self, source: str, seen: Sequence[Account], strangers: set[str]) -> None:
        """By an own domain, as long as it points at one account of the source alone."""
        undecided = self._open(source, seen) if self.domains else []
        fitting = [a for a in undecided if domains_of(a, self.us) & self.domains]
        if not fitting:
            return
        of_name = [a for a in fitting if spellings(a) & self.names]
        if not of_name and self.names:
            of_name = [a for a in fitting if self._resemblance(source, a).proven(None)]
        name_elsewhere = any(spellings(a) & self.names for a in undecided if a not in fitting)
        settled = any(self._is(source, a.id) for a in seen)
        of_form = [a for a in seen if spellings(a) & self.names and forms_of(a) & self.forms]
        for account in fitting:
            own = domains_of(account, self.us) & self.domains
            evidence = self.origins.domains(own, account, self.us)
            doubt: What | None = None
            if account in of_name:
                if not is_one(of_name, self.us):
                    doubt = "namesake_domain"
                elif of_form and account not in of_form and forms_of(account):
                    doubt = "better_here"
            elif settled or of_name or name_elsewhere:
                doubt = "better_here"
            elif len(fitting) > 1:
                doubt = "shared_domain"
            elif spellings(account) & strangers:
                doubt = "stranger"
            against = () if doubt is None else (piece(doubt),)
            if not against and self.names and account not in of_name:
                # A subsidiary has its parent's website; what is called otherwise may be one.
                against = (self.origins.against("other_name", account.title, "name", self.names),)
            by = self._strength(source, account)
            outcome: Outcome = "maybe" if against else "same"
            self.found[source, account.id] = Match(outcome, "domain", (*evidence, *against), strength=by)

    def _same_name(self, source: str, seen: Sequence[Account], *, by_name: bool) -> None:
        of_name = [a for a in seen if spellings(a) & self.names and not self._rejected((source, a.id))]
        undecided = self._open(source, of_name)
        namesakes = self._namesakes() if undecided else ()
        for account in undecided:
            beside = self._beside(account)
            evidence = (self._named(account), *beside)
            against = self._against(account)
            rivals = [a for a in of_name if a is account or self._could_be(account, a)]
            if self.held.beside(account).town:
                # Of those of the name the one in the customer's town is meant, if there is but one.
                rivals = [a for a in rivals if self.held.beside(a).town]
            if not is_one(rivals, self.us, by_town=True) or any(
                self._could_be(account, other) for other in namesakes
            ):
                against = (*against, piece("namesake"))
            held = self._resemblance(source, account)
            if not (held.beside.domain or beside or is_rare(held.likeness)):
                against = (*against, piece("common_name"))
            if not by_name:
                against = (*against, piece("not_settled"))
            outcome: Outcome = "maybe" if against else "same"
            by = held.strength
            self.found[source, account.id] = Match(outcome, "name", (*evidence, *against), strength=by)

    def _namesakes(self) -> tuple[Account, ...]:
        """Other customers of this name: accounts beside one that is the customer, by more than a name."""
        same = {key for key, match in self.found.items() if match.outcome == "same"}
        told = {source for source, account_id in same if self.found[source, account_id].how != "name"}
        return tuple(
            a
            for source in told
            for a in self.accounts.get(source, ())
            if (source, a.id) not in same and spellings(a) & self.names
        )

    def _could_be(self, account: Account, namesake: Account) -> bool:
        """Nothing but the name tells whose ``account`` is: it states no form that only the customer has."""
        forms = forms_of(account) & self.forms
        return not forms or not forms_of(namesake) or bool(forms & forms_of(namesake))

    def _rejected(self, key: Key) -> bool:
        match = self.found.get(key)
        return match is not None and match.outcome == "other" and match.how == "link"

    def _named(self, account: Account) -> Evidence:
        """The name that is the customer's too, as this account writes it."""
        names = (account.title, *account.aliases)
        theirs = next((n for n in names if fold_organisation(n) in self.names), account.title)
        here = theirs if theirs != account.title else ""
        return self.origins.piece("name", theirs, account.title, here=here)

    def _against(self, account: Account) -> tuple[Evidence, ...]:
        against = list(other_number(self.customer.known, account)) if account.numbers else []
        forms, own, where = forms_of(account), domains_of(account, self.us), country(account)
        if forms and self.forms and not forms & self.forms:
            against.append(self.origins.against("other_form", min(forms), "name", self.forms))
        if own and self.domains and not own & self.domains:
            against.append(self.origins.against("other_domain", min(own), "domain", self.domains))
        if where is not None and self.countries and where not in self.countries:
            against.append(self.origins.against("other_country", where, "country", self.countries))
        elif account.place is not None and account.place.city and self.held.beside(account).town is False:
            against.append(self.origins.against("other_place", account.place.city, "place", self.towns))
        return tuple(against)

    def _beside(self, account: Account) -> tuple[Evidence, ...]:
        """The town that the customer is in too, its postcode, and its phone number."""
        more = told_beside(self.customer.known, account)
        city = account.place.city if account.place is not None else None
        if city is None or not self.held.beside(account).town:
            return more
        return (self.origins.piece("place", city), *more)

    def _strength(self, source: str, account: Account) -> float:
        return self._resemblance(source, account).strength

    def _much_alike(self, source: str, seen: Sequence[Account]) -> None:
        """By a name that is another spelling of the customer's, where no other account comes near."""
        every = [(a, self._resemblance(source, a)) for a in seen if not self._rejected((source, a.id))]
        every.sort(key=lambda one: -one[1].strength)
        proven: dict[Key, Match] = {}
        for account in self._open(source, seen):
            held = self._resemblance(source, account)
            if held.proven(None) is None or self._against(account):
                continue
            others = (
                other
                for a, other in every
                if a is not account and not is_one((account, a), self.us, by_town=True)
            )
            if held.proven(next(others, None)) is None:
                continue
            name = self._alike_name(held)
            proven[source, account.id] = Match(
                "same", "name", (name, *self._beside(account)), strength=held.strength
            )
        self.found.update(proven)

    def _alike(self, source: str, seen: Sequence[Account]) -> None:
        """Accounts by the name of which they may be the customer, the strongest: the rest are others."""
        fitting: list[tuple[Account, Resemblance]] = []
        for account in self._open(source, seen):
            held = self._resemblance(source, account)
            self.found[source, account.id] = OTHER
            if held.likeness.score >= CANDIDATE_FROM or self._in_part(account):
                fitting.append((account, held))
        for account, held in sorted(fitting, key=lambda one: -one[1].strength)[:CANDIDATES]:
            evidence = (self._alike_name(held), *self._beside(account), *self._against(account))
            self.found[source, account.id] = Match("maybe", "text", evidence, strength=held.strength)

    def _alike_name(self, held: Resemblance) -> Evidence:
        known = self.origins.of("name", held.ours)
        return piece("variant", held.theirs, known, weight="some", instead=held.ours)

    def _in_part(self, account: Account) -> bool:
        """A name that holds all words of the customer's, or the other way round."""
        return any(
            contains_words(spelling, name.split()) or contains_words(name, spelling.split())
            for name in self.names or {fold_organisation(self.customer.name)} - {""}
            for spelling in spellings(account)
        )


def _line(account_id: str, parents: Mapping[str, str | None]) -> set[str]:
    """The parents of an account, their parents, and so on; an endless line ends where it began."""
    seen: set[str] = set()
    above = parents.get(account_id)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return seen
