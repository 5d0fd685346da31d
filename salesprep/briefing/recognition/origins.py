"""Where each thing that is known of the customer came from. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from salesprep.adapter import Record
from salesprep.adapter.names import fold_organisation
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition.evidence import Evidence, Fact, Known, What, piece
from salesprep.briefing.recognition.ours import Ours, tellers


class Origins:
    """What told each name, domain, address and number of one customer; the first that did counts."""

    def __init__(self, customer: Customer, more: Iterable[Known] = ()) -> None:
        """``more``: what is known besides, such as the further names of the customer's own accounts."""
        first: dict[tuple[Fact, str], Known] = {}
        for known in (*customer.known, *more):
            first.setdefault((known.what, _folded(known.what, known.value)), known)
        self._first = first

    def of(self, what: Fact, value: str) -> Known | None:
        """What told that the customer's ``what`` is ``value``; ``None``: the user."""
        return self._first.get((what, _folded(what, value)))

    def piece(self, what: Fact, value: str, told: str | None = None, *, here: str = "") -> Evidence:
        """``value`` is the customer's; ``told`` is how a person reads it, if otherwise."""
        return piece(what, value if told is None else told, self.of(what, value), here=here)

    def domains(self, domains: Iterable[str], record: Record, us: Ours) -> tuple[Evidence, ...]:
        """A piece for each of ``domains`` that ``record`` tells too, with what of it tells so."""
        return tuple(self._domain(domain, record, us) for domain in sorted(domains))

    def _domain(self, domain: str, record: Record, us: Ours) -> Evidence:
        told = [t for t in tellers(record) if us.outside(t) == domain]
        web = next((t for t in told if "@" not in t), None)
        what: What = "domain" if web is not None else "mail_domain"
        here = web or told[0]
        return piece(what, domain, self.of("domain", domain), here="" if here == domain else here)

    def against(self, what: What, told: str, fact: Fact, own: Collection[str]) -> Evidence:
        """``told`` by a record, where ``own`` is what is known of the customer."""
        instead = min(own, default="")
        return piece(what, told, self.of(fact, instead), instead=instead)


def joined(known: Iterable[Known], more: Iterable[Known]) -> tuple[Known, ...]:
    """Both, each thing as it was told first."""
    first: dict[tuple[Fact, str], Known] = {}
    for each in (*known, *more):
        first.setdefault((each.what, _folded(each.what, each.value)), each)
    return tuple(first.values())


def _folded(what: Fact, value: str) -> str:
    return fold_organisation(value) if what == "name" else value
