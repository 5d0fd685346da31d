"""One event, and all that is known around it when its customer is asked for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from salesprep.adapter import Kind, Meeting
from salesprep.briefing.events.record_links import Patterns, link_to, links_in
from salesprep.briefing.events.titled import Located
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition.accounts import Accounts, Key
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.visits.meetings import guests

NO_PERSONS: Mapping[str, Collection[Key]] = MappingProxyType({})
NO_PATTERNS: Mapping[str, Patterns] = MappingProxyType({})


@dataclass(frozen=True)
class Given:
    """What whose visit it is, is concluded from."""

    meeting: Meeting
    accounts: Accounts
    links: Links
    us: Ours
    persons: Mapping[str, Collection[Key]] = field(default_factory=lambda: NO_PERSONS)
    """By mail address the accounts under which a source keeps a person who has it."""
    keepers: Collection[str] | None = None
    """The sources that keep customers as records of their own; ``None``: all."""
    patterns: Mapping[str, Patterns] = field(default_factory=lambda: NO_PATTERNS)
    """What the addresses of a source's records look like."""

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The guests' domains; see :func:`guest_domains`."""
        return guest_domains(self.meeting, self.us)

    @cached_property
    def known_ids(self) -> frozenset[Key]:
        """The accounts under which sources keep the guests."""
        people = (p for p in guests(self.meeting, self.us) if p.email and p.status != "declined")
        return frozenset(key for p in people for key in self.persons.get((p.email or "").casefold(), ()))

    @cached_property
    def linked(self) -> Mapping[Key, str]:
        """The accounts to which the event has a link, and the link."""
        links = links_in(self.meeting)
        if not links:
            return {}
        found = {}
        for source, seen in self.accounts.items():
            patterns = self.patterns.get(source, ())
            for account in seen:
                link = link_to(account, links, patterns)
                if link is not None:
                    found[source, account.id] = link
        return found

    def located(self, keys: Collection[Key]) -> list[Located]:
        """The accounts with these ids, in the order of the screen."""
        return [(s, a) for s, seen in self.accounts.items() for a in seen if (s, a.id) in keys]


def guest_domains(meeting: Meeting, us: Ours) -> tuple[str, ...]:
    """The guests' domains, the one with most guests first; of equally many the organiser's."""
    counted: Counter[str] = Counter()
    for person in guests(meeting, us):
        if person.status != "declined" and person.email and (domain := us.outside(person.email)):
            counted[domain] += 1
    inviting = {d for p in _organisers(meeting) if (d := us.outside(p)) is not None}
    ordered: Sequence[str] = [domain for domain, _ in counted.most_common()]
    return tuple(sorted(ordered, key=lambda d: (-counted[d], d not in inviting)))


def _organisers(meeting: Meeting) -> list[str]:
    return [p.email for p in meeting.people if p.role == "organiser" and p.email]


def inviting(meeting: Meeting, domains: Collection[str], us: Ours) -> str | None:
    """The address of the organiser, if it is at one of ``domains``."""
    return next((a for a in _organisers(meeting) if us.outside(a) in domains), None)


def account_keys(customer: Customer) -> frozenset[Key]:
    """The accounts that are the customer: by what was found, and by what a user said."""
    said = {(k.source, k.native_id) for k in customer.links if k.kind is Kind.ACCOUNT and k.verdict == "is"}
    return frozenset(customer.ids) | said
