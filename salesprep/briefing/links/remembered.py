"""The remembered customers, and whom a name, a domain or an id of a source means by them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from salesprep.adapter import Kind, Meeting
from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.model import Customer


@dataclass(frozen=True, slots=True)
class Links:
    """The remembered customers, in the order of the file."""

    customers: tuple[Customer, ...] = ()

    def named(self, typed: str) -> Customer | None:
        """The customer that a user means by an id, a name or an alias; ``None`` if none or several."""
        return _only(self.called(typed))

    def called(self, typed: str) -> tuple[Customer, ...]:
        """All customers of this id, name or alias.

        An id wins over a name. Names compare folded; a legal form is no matter unless both state one.
        """
        for customer in self.customers:
            if customer.id == typed.strip():
                return (customer,)
        wanted, form = fold_organisation(typed), legal_form(typed)
        return tuple(
            c
            for c in self.customers
            if wanted
            and wanted in map(fold_organisation, (c.name, *c.aliases))
            and (form is None or form in (forms := _forms(c)) or not forms)
        )

    def at_domain(self, domain: str) -> Customer | None:
        """The customer whose domain this is; ``None`` if nobody's or several customers'."""
        return _only(c for c in self.customers if domain in c.domains)

    def of(self, source: str, native_id: str) -> Customer | None:
        """The customer that this account of a source was decided to be; ``None`` if none or several."""
        return _only(c for c in self.customers if (source, native_id) in _accounts(c, "is"))

    def of_meeting(self, source: str, meeting: Meeting) -> Customer | None:
        """The customer with whom a user said that this meeting is; ``None`` if none or several."""
        return _only(c for c in self.customers if _said_of(c, source, meeting) == {"is"})

    def all_of_meeting(self, source: str, meeting: Meeting) -> tuple[Customer, ...]:
        """All customers with whom a user said that this meeting is."""
        return tuple(c for c in self.customers if _said_of(c, source, meeting) == {"is"})

    def not_with(self, source: str, meeting: Meeting) -> tuple[Customer, ...]:
        """The customers with whom a user said that this meeting is not."""
        return tuple(c for c in self.customers if "is_not" in _said_of(c, source, meeting))

    def left_of(self, accounts: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Of several accounts that fit a name those that are left: a user has said of one whose it is, and
        of those taken away that they are not that customer. What is somebody else's stays."""
        rejected = {
            key
            for customer in self.customers
            if _accounts(customer, "is").intersection(accounts)
            for key in _accounts(customer, "is_not")
        }
        decided = {key for customer in self.customers for key in _accounts(customer, "is")}
        return tuple(key for key in accounts if key not in rejected - decided)

    def meant_by(self, typed: str, accounts: Collection[tuple[str, str]]) -> Customer | None:
        """The customer who is left of several accounts that fit the words ``typed``, since a user has said
        of all of them whether they are. Another legal form in the words means somebody else."""
        owners = [self.of(*key) for key in self.left_of(accounts)]
        first = owners[0] if owners else None
        if first is None or len(accounts) < 2 or any(owner is not first for owner in owners):
            return None
        form, forms = legal_form(typed), _forms(first)
        return first if form is None or form in forms or not forms else None

    def taken(self, customer: Customer) -> frozenset[tuple[str, str]]:
        """``(source, native id)`` of accounts that were decided to be another customer than this one."""
        own = {(k.source, k.native_id) for k in customer.links if k.kind is Kind.ACCOUNT}
        others = (key for c in self.customers if c.id != customer.id for key in _accounts(c, "is"))
        return frozenset(others) - own


def _accounts(customer: Customer, verdict: str) -> frozenset[tuple[str, str]]:
    accounts = (k for k in customer.links if k.kind is Kind.ACCOUNT)
    return frozenset((k.source, k.native_id) for k in accounts if k.verdict == verdict)


def _said_of(customer: Customer, source: str, meeting: Meeting) -> set[str]:
    ids = {meeting.id, meeting.series_id}
    links = (k for k in customer.links if k.kind is Kind.MEETING and k.source == source)
    return {k.verdict for k in links if k.native_id in ids}


def _forms(customer: Customer) -> frozenset[str]:
    return frozenset(f for n in (customer.name, *customer.aliases) if (f := legal_form(n)))


def _only(customers: Iterable[Customer]) -> Customer | None:
    fitting = list(customers)
    return fitting[0] if len(fitting) == 1 else None
