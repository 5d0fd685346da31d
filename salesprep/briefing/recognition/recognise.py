"""Whether a record belongs to the customer: ``same``, ``maybe`` or ``other``, and by what.

The one place that decides it. A wrong customer's fact is the worst that can happen, so whatever is
not certain is ``maybe``: a candidate for the user to confirm. Pure; the accounts that have been seen
so far come in, because a name or a domain proves nothing where two accounts share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from salesprep.adapter import Account, Keys, Kind, Meeting, Person, Record
from salesprep.adapter.names import fold, fold_organisation, legal_form
from salesprep.briefing.events.record_links import link_to, links_in, patterns_of
from salesprep.briefing.events.titled import gives_name
from salesprep.briefing.links.again import came_back, may_come_back, without_rejections
from salesprep.briefing.model import Customer, Link, Match
from salesprep.briefing.recognition.accounts import NO_ACCOUNTS, OTHER, Accounts, Key, judge, spellings
from salesprep.briefing.recognition.evidence import Evidence, Known, What, piece
from salesprep.briefing.recognition.origins import Origins
from salesprep.briefing.recognition.ours import domains_of, mail_addresses, ours
from salesprep.briefing.recognition.titles import contains_words, names_exactly, stands_in, telling_words
from salesprep.settings import Us

NO_TAKEN: frozenset[Key] = frozenset()
_NO_MATCHES: Mapping[Key, Match] = MappingProxyType({})
_TELLS_MORE = (Account, Meeting, Person)
"""Kinds that are not recognised by their keys alone."""


def recognise(
    customer: Customer,
    record: Record,
    source: str,
    *,
    us: Us,
    accounts: Accounts = NO_ACCOUNTS,
    named: bool = True,
    taken: frozenset[Key] = NO_TAKEN,
) -> Match:
    """How ``record`` of ``source`` belongs to ``customer``, given the ``accounts`` seen so far.

    ``named``: the customer's name is the organisation's whole name, not just words somebody typed.
    ``taken``: account ids that a user linked to another customer.
    """
    return Recogniser(customer, us, accounts, named=named, taken=taken).match(record, source)


class Recogniser:
    """:func:`recognise` for many records: what is known of the customer is made ready once."""

    def __init__(
        self,
        customer: Customer,
        us: Us,
        accounts: Accounts = NO_ACCOUNTS,
        *,
        named: bool = True,
        taken: frozenset[Key] = NO_TAKEN,
        matches: Mapping[Key, Match] = _NO_MATCHES,
        looked_up: bool = True,
    ) -> None:
        """``matches``: accounts that are judged already. ``looked_up=False``: not every source of accounts
        could be asked, so that nobody can say that there is none."""
        self.customer = customer
        self._us = ours(us)
        self._judge = partial(judge, customer, us=self._us, named=named, taken=taken)
        self._unrejected = partial(judge, without_rejections(customer), us=self._us, named=named, taken=taken)
        self._anew: Mapping[Key, Match] | None = None
        self._accounts = accounts
        self._matches = {**self._judge(accounts), **matches}
        self._ids = frozenset(customer.ids)
        self._linked = {(k.source, k.kind, k.native_id): k for k in customer.links}
        self._taken = taken
        self._sources_with_ids = frozenset(source for source, _ in self._ids) | {
            source for (source, native_id), m in self._matches.items() if m.outcome == "same"
        }
        self._domains = frozenset(customer.domains) - self._us.domains
        self._emails = frozenset(e.casefold() for e in customer.emails)
        self._no_account: What = "no_account" if looked_up else "not_looked_up"
        own = [
            (source, account)
            for source, seen in accounts.items()
            for account in seen
            if self._matches[source, account.id].outcome == "same"
        ]
        called = [customer.name, *customer.aliases, *(n for _, a in own for n in (a.title, *a.aliases))]
        told = (Known("name", n, s, a.id) for s, a in own for n in (a.title, *a.aliases))
        self._origins = Origins(customer, told)
        self._words = frozenset(n for n in map(fold_organisation, called) if n)
        self._names = self._words if named else frozenset()
        self._forms = frozenset(f for n in called if (f := legal_form(n)))
        self._countries = frozenset(customer.countries)
        strangers = [
            (source, account)
            for source, seen in accounts.items()
            for account in seen
            if self._matches[source, account.id].outcome != "same"
        ]
        self._own = own
        self._shared = self._domains.intersection(d for _, a in strangers for d in domains_of(a, self._us))
        self._strangers = frozenset(name for _, account in strangers for name in spellings(account))
        self._by_keys: dict[tuple[str, Keys], Match] = {}

    def match(self, record: Record, source: str) -> Match:
        """As :func:`recognise`."""
        link = self._link(record, source) if self._linked else None
        if link is not None:
            return self._again(link, record, source) or _decided(link, record)
        if isinstance(record, _TELLS_MORE):
            return self._judged(record, source)
        # Of most kinds the keys alone decide, and hundreds of records of a source have the same.
        known = self._by_keys.get((source, record.keys))
        if known is None:
            known = self._by_keys[source, record.keys] = self._judged(record, source)
        return known

    def _judged(self, record: Record, source: str) -> Match:
        if isinstance(record, Account):
            known = self._matches.get((source, record.id))
            if known is None:
                others = [*self._accounts.get(source, ()), record]
                known = self._judge({**self._accounts, source: others})[source, record.id]
            return known
        if record.keys.account_id is not None:
            hung = self._account((source, record.keys.account_id))
            if hung is not None:
                return hung
        by_domain = self._by_domain(record)
        if by_domain is None and isinstance(record, Meeting):
            by_domain = self._by_record_link(record)
        return by_domain or self._by_name(record, source) or self._by_text(record)

    def _link(self, record: Record, source: str) -> Link | None:
        link = self._linked.get((source, record.kind, record.id))
        if link is None and isinstance(record, Meeting) and record.series_id is not None:
            # A user decides on a series and on its copies in several calendars at once.
            link = self._linked.get((source, record.kind, record.series_id))
        return link

    def _again(self, link: Link, record: Record, source: str) -> Match | None:
        """As a candidate, where something speaks for it that did not when it was rejected."""
        if not may_come_back(link):
            return None
        if not isinstance(record, Account):
            return came_back(link, self._judged(record, source))
        if self._anew is None:
            self._anew = self._unrejected(self._accounts)
        anew = self._anew.get((source, record.id))
        if anew is None:
            others = [*self._accounts.get(source, ()), record]
            anew = self._unrejected({**self._accounts, source: others})[source, record.id]
        return came_back(link, anew)

    def _account(self, key: Key) -> Match | None:
        """By the account that the record hangs under; ``None`` if that account is not known."""
        source, native_id = key
        evidence = (piece("id", native_id, Known("id", native_id, source, native_id)),)
        elsewhere = (piece("other_id", native_id, Known("id", native_id, source, native_id)),)
        linked = self._linked.get((source, Kind.ACCOUNT, native_id))
        if linked is not None:
            is_it = linked.verdict == "is"
            said = (piece("id", native_id),) if is_it else (piece("other_id", native_id),)
            return Match("same" if is_it else "other", "link", said)
        if key in self._taken:
            return Match("other", "link", elsewhere)
        match = self._matches.get(key)
        if key in self._ids:
            why = _of_the_account(match) if match is not None and match.outcome == "same" else ()
            return Match("same", "id", tuple(dict.fromkeys((*evidence, *why))))
        if match is not None:
            return Match(match.outcome, "id", tuple(dict.fromkeys((*evidence, *match.evidence))))
        if source in self._sources_with_ids:
            return Match("other", "id", elsewhere)
        return None

    def _by_domain(self, record: Record) -> Match | None:
        domains = domains_of(record, self._us)
        own = domains & self._domains
        if own:
            evidence = self._origins.domains(own, record, self._us)
            organisation = fold_organisation(record.keys.organisation or "")
            if organisation in self._strangers - self._names:
                elsewhere = piece("other_name", record.keys.organisation or "")
                return Match("maybe", "domain", (*evidence, elsewhere))
            if own - self._shared:
                return Match("same", "domain", evidence)
            known = mail_addresses(record, self._us) & self._emails
            if known:
                return Match("same", "domain", (*evidence, self._origins.piece("email", min(known))))
            return Match("maybe", "domain", (*evidence, piece("shared_domain")))
        return None

    def _by_record_link(self, meeting: Meeting) -> Match | None:
        """By a link to an account of the customer; beside guests of others it may only be about it."""
        links = links_in(meeting)
        of = {(s, a.id): link for s, a in self._own if (link := link_to(a, links, patterns_of((a,))))}
        if not of:
            return None
        source, account = next((s, a) for s, a in self._own if (s, a.id) in of)
        link = of[source, account.id]
        evidence = (piece("record_link", link, Known("id", account.id, source, account.id)),)
        foreign = domains_of(meeting, self._us)
        if foreign:
            return Match("maybe", "id", (*evidence, piece("other_guest", min(foreign))))
        own = {(s, a.id) for s, a in self._own}
        others = ((s, a) for s, seen in self._accounts.items() for a in seen if (s, a.id) not in own)
        linked = next((a for _, a in others if link_to(a, links, patterns_of((a,)))), None)
        if linked is not None:
            return Match("maybe", "id", (*evidence, piece("other_name", linked.title)))
        return Match("same", "id", evidence)

    def _by_name(self, record: Record, source: str) -> Match | None:
        organisation = record.keys.organisation
        if organisation is not None:
            return self._organisation(organisation, record, source)
        if isinstance(record, Meeting) and record.visibility != "busy":
            return self._title(record)
        return None

    def _organisation(self, organisation: str, record: Record, source: str) -> Match | None:
        folded = fold_organisation(organisation)
        if folded not in self._words:
            return None
        evidence = [self._origins.piece("name", organisation)]
        against = [] if folded in self._names else [piece(self._no_account)]
        same_name = [a for a in self._accounts.get(source, ()) if folded in spellings(a)]
        decided = {(m.outcome, m.how) for a in same_name if (m := self._matches[source, a.id])}
        if decided in ({("same", "link")}, {("other", "link")}):
            # A user has said of all that this source calls so whose they are.
            return Match("same" if ("same", "link") in decided else "other", "link", tuple(evidence))
        if len(same_name) != 1 or self._matches[source, same_name[0].id].outcome != "same":
            against.append(piece("not_told_apart"))
        if any(
            folded in spellings(a) and self._matches[where, a.id].outcome != "same"
            for where, seen in self._accounts.items()
            for a in seen
        ):
            against.append(piece("namesake"))
        form = legal_form(organisation)
        if form is not None and self._forms and form not in self._forms:
            against.append(self._origins.against("other_form", form, "name", self._forms))
        foreign = domains_of(record, self._us)
        if foreign and self._domains:
            against.append(self._origins.against("other_domain", min(foreign), "domain", self._domains))
        return Match("maybe" if against else "same", "name", (*evidence, *against))

    def _title(self, meeting: Meeting) -> Match | None:
        title = fold(meeting.title)
        named = [n for n in self._words if stands_in(n, title)]
        if not named:
            return self._in_part(meeting)
        longest = max(named, key=len)
        evidence = (self._origins.piece("name", longest),)
        if not self._names:
            return Match("maybe", "text", (*evidence, piece(self._no_account)))
        for stranger in self._strangers:
            if stranger not in self._names and stands_in(longest, stranger) and stands_in(stranger, title):
                return Match("other", "name", (piece("other_name", stranger),))
        if longest in self._strangers:
            return Match("maybe", "name", (*evidence, piece("namesake")))
        known = mail_addresses(meeting, self._us) & self._emails
        foreign = domains_of(meeting, self._us) - self._us.outside_all(known)
        if foreign:
            return Match("maybe", "name", (*evidence, piece("other_guest", min(foreign))))
        exact = any(names_exactly(n, meeting.title, self._forms) for n in named) or any(
            gives_name(meeting, n, a) for _, a in self._own for n in spellings(a)
        )
        country = meeting.place.country if meeting.place is not None else None
        if country and self._countries and country not in self._countries:
            return Match(
                "maybe",
                "name",
                (*evidence, self._origins.against("other_country", country, "country", self._countries)),
            )
        return Match("same", "name", evidence) if exact else Match("maybe", "text", evidence)

    def _in_part(self, meeting: Meeting) -> Match | None:
        """A title that tells nothing but a part of the customer's name, with nobody from elsewhere."""
        words = telling_words(meeting.title)
        if not words or not any(contains_words(n, words) for n in self._words):
            return None
        if domains_of(meeting, self._us):
            return None
        if any(names_exactly(n, meeting.title, ()) for n in self._strangers - self._names):
            return None
        return Match("maybe", "text", (piece("words", " ".join(words)),))

    def _by_text(self, record: Record) -> Match:
        if self._domains and self._us.outside_all(record.keys.domains):
            return OTHER
        known = mail_addresses(record, self._us) & self._emails
        if known:
            return Match("maybe", "text", (self._origins.piece("email", min(known)),))
        if record.keys.hit is not None:
            return Match("maybe", "text", (piece("hit", record.keys.hit),))
        return OTHER


def _decided(link: Link, record: Record) -> Match:
    if link.verdict == "is":
        return Match("same", "link", (piece("link", record.id),))
    return Match("other", "link", (piece("rejected", record.id),))


def _of_the_account(match: Match) -> tuple[Evidence, ...]:
    """What made an account the customer, without its own id: what hangs under it names that already."""
    return tuple(each for each in match.evidence if each.what != "id")
