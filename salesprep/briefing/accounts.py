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
from salesprep.briefing.model import Customer, Match
from salesprep.briefing.ours import Ours, domains_of
from salesprep.briefing.titles import contains_words

Key = tuple[str, str]
"""``(source, native id)``."""

Accounts = Mapping[str, Sequence[Account]]
"""The accounts seen so far, by source, in the order of the screen."""

NO_ACCOUNTS: Accounts = MappingProxyType({})
OTHER = Match("other", "none")


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


def contradiction(one: Account, another: Account, us: Ours) -> str | None:
    """Why two accounts of one name cannot be one organisation, if something says so."""
    forms = legal_form(one.title), legal_form(another.title)
    if all(forms) and forms[0] != forms[1]:
        return f"another legal form: {forms[1]}"
    domains = domains_of(one, us), domains_of(another, us)
    if all(domains) and not domains[0] & domains[1]:
        return f"another domain: {min(domains[1])}"
    countries = country(one), country(another)
    if all(countries) and countries[0] != countries[1]:
        return f"another country: {countries[1]}"
    return None


def is_one(accounts: Sequence[Account], us: Ours) -> bool:
    """Whether accounts of one source are one organisation: a single one, or doubles.

    Doubles share a name and a domain, do not contradict each other, and neither is the parent of another.
    """
    return all(
        spellings(a) & spellings(b)
        and domains_of(a, us) & domains_of(b, us)
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
        self.found: dict[Key, Match] = {}

    def all(self, *, by_name: bool) -> dict[Key, Match]:
        for source, seen in self.accounts.items():
            self._decided(source, seen)
        for source, seen in self.accounts.items():
            self._related(source, seen)
        strangers = self._strangers()
        for source, seen in self.accounts.items():
            self._same_domain(source, seen, strangers)
        for source, seen in self.accounts.items():
            self._related(source, seen)
            self._same_name(source, seen, by_name=by_name)
            self._related(source, seen)
            for account in self._open(source, seen):
                self.found[source, account.id] = self._alike(account)
        return self.found

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
                self.found[key] = Match(
                    "same" if verdict == "is" else "other", "link", (f"account {account.id}",)
                )
            elif key in self.taken:
                self.found[key] = Match("other", "link", ("a user linked it to another customer",))
            elif key in self.ids:
                self.found[key] = Match("same", "id", (f"account {account.id}",))

    def _related(self, source: str, seen: Sequence[Account]) -> None:
        """Parents and subsidiaries of an account that is the customer are other customers."""
        if len(seen) < 2:
            return
        parents = {a.id: a.parent_id for a in seen}
        ours = {i for i in parents if self._is(source, i)}
        above = {p for i in ours for p in _line(i, parents)} - ours
        for account in self._open(source, seen):
            if account.id in above:
                self.found[source, account.id] = Match("other", "id", ("the parent of the customer",))
            elif ours.intersection(_line(account.id, parents)):
                self.found[source, account.id] = Match("other", "id", ("a subsidiary of the customer",))

    def _same_domain(self, source: str, seen: Sequence[Account], strangers: set[str]) -> None:
        """By an own domain, as long as it points at one account of the source alone."""
        undecided = self._open(source, seen) if self.domains else []
        fitting = [a for a in undecided if domains_of(a, self.us) & self.domains]
        if not fitting:
            return
        of_name = [a for a in fitting if spellings(a) & self.names]
        name_elsewhere = any(spellings(a) & self.names for a in undecided if a not in fitting)
        settled = any(self._is(source, a.id) for a in seen)
        of_form = [a for a in seen if spellings(a) & self.names and forms_of(a) & self.forms]
        for account in fitting:
            evidence = tuple(f"domain {d}" for d in sorted(domains_of(account, self.us) & self.domains))
            doubt: str | None = None
            if account in of_name:
                if not is_one(of_name, self.us):
                    doubt = "another account of this name has it too"
                elif of_form and account not in of_form and forms_of(account):
                    doubt = "another account here fits better"
            elif settled or of_name or name_elsewhere:
                doubt = "another account here fits better"
            elif len(fitting) > 1:
                doubt = "another account has this domain too"
            elif spellings(account) & strangers:
                doubt = "elsewhere this is another customer's name"
            outcome = (
                Match("same", "domain", evidence)
                if doubt is None
                else Match("maybe", "domain", (*evidence, doubt))
            )
            self.found[source, account.id] = outcome

    def _same_name(self, source: str, seen: Sequence[Account], *, by_name: bool) -> None:
        of_name = [a for a in seen if spellings(a) & self.names and not self._rejected((source, a.id))]
        undecided = self._open(source, of_name)
        namesakes = self._namesakes() if undecided else ()
        for account in undecided:
            evidence = (f"name {account.title}",)
            against = self._against(account)
            rivals = [a for a in of_name if a is account or self._could_be(account, a)]
            if not is_one(rivals, self.us) or any(self._could_be(account, other) for other in namesakes):
                against = (*against, "another account has this name too")
            if not by_name:
                against = (*against, "whom you mean is not settled yet")
            outcome = Match("maybe" if against else "same", "name", (*evidence, *against))
            self.found[source, account.id] = outcome

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

    def _against(self, account: Account) -> tuple[str, ...]:
        against = []
        forms, own, where = forms_of(account), domains_of(account, self.us), country(account)
        if forms and self.forms and not forms & self.forms:
            against.append(f"another legal form: {min(forms)}")
        if own and self.domains and not own & self.domains:
            against.append(f"another domain: {min(own)}")
        if where is not None and self.countries and where not in self.countries:
            against.append(f"another country: {where}")
        return tuple(against)

    def _alike(self, account: Account) -> Match:
        """A name that holds all words of the customer's, or the other way round, may be the customer."""
        for name in self.names or {fold_organisation(self.customer.name)}:
            for spelling in spellings(account):
                if contains_words(spelling, name.split()) or contains_words(name, spelling.split()):
                    return Match("maybe", "text", (f"name {account.title}", *self._against(account)))
        return OTHER


def _line(account_id: str, parents: Mapping[str, str | None]) -> set[str]:
    """The parents of an account, their parents, and so on; an endless line ends where it began."""
    seen: set[str] = set()
    above = parents.get(account_id)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return seen
