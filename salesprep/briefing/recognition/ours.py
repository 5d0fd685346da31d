"""Who is one of us, and which domains say something about an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from salesprep.adapter import Account, Meeting, Participant, Person, Record
from salesprep.adapter.names import domain_of, fold, is_free_mail
from salesprep.settings import Us

_PLACES = """
    business.site facebook.com godaddysites.com goo.gl google.com instagram.com jimdo.com jimdosite.com
    linkedin.com linktr.ee microsoft.com odoo.com pinterest.com sharepoint.com squarespace.com tiktok.com
    twitter.com webnode.com webnode.nl weebly.com wixsite.com wordpress.com x.com xing.com youtube.com
"""
_EVERYBODYS = frozenset(_PLACES.split())
"""Where anybody has a page or a guest account: a "website" there names no organisation."""


NOWHERE: frozenset[str] = frozenset()


@lru_cache(maxsize=16384)
def organisation_domain(address: str) -> str | None:
    """The registrable domain of a mail or web address, if it belongs to one organisation alone."""
    domain = domain_of(address)
    if domain is None or is_free_mail(domain) or domain in _EVERYBODYS:
        return None
    return domain


@dataclass(frozen=True, slots=True)
class Ours:
    """``[us]`` made ready to compare with."""

    user_emails: frozenset[str]
    emails: frozenset[str]
    domains: frozenset[str]
    user_name: str
    names: frozenset[str]

    def is_user(self, participant: Participant) -> bool:
        """Whether this is the user; by name only where there is no address."""
        if participant.email:
            return participant.email.casefold() in self.user_emails
        return bool(participant.name and self.user_name) and fold(participant.name or "") == self.user_name

    def is_address(self, email: str) -> bool:
        """Whether this is the address of one of us."""
        address = email.casefold()
        if address in self.emails:
            return True
        # The list of public suffixes takes tens of milliseconds to read: only for what may be ours.
        if not any(domain in address for domain in self.domains) and "xn--" not in address:
            return False
        return organisation_domain(email) in self.domains

    def has(self, participant: Participant) -> bool:
        """Whether this is one of us: by address, else by name, else as the owner of a record."""
        if participant.email:
            return self.is_address(participant.email)
        return participant.role == "owner" or bool(participant.name and fold(participant.name) in self.names)

    def outside(self, address: str) -> str | None:
        """The domain of another organisation; ``None`` for our own, free mail and nonsense."""
        domain = organisation_domain(address)
        return None if domain in self.domains or self.is_address(address) else domain

    def outside_all(self, addresses: Iterable[str]) -> frozenset[str]:
        """:meth:`outside` of each, without ``None``."""
        return frozenset(d for a in addresses if (d := self.outside(a)) is not None)


@lru_cache(maxsize=16)
def ours(us: Us) -> Ours:
    """``us``, ready to compare with."""
    user = frozenset(e.casefold() for e in us.emails)
    return Ours(
        user_emails=user,
        emails=user | {c.email.casefold() for c in us.colleagues},
        domains=frozenset(d for name in us.domains if (d := organisation_domain(name)) is not None),
        user_name=fold(us.name or ""),
        names=frozenset(fold(n) for n in (us.name, *(c.name for c in us.colleagues)) if n),
    )


def domains_of(record: Record, us: Ours) -> frozenset[str]:
    """The domains of other organisations that the source gives for whom the record belongs to."""
    addresses = tellers(record)
    return us.outside_all(addresses) if addresses else NOWHERE


def tellers(record: Record) -> list[str]:
    """The web and mail addresses of a record that tell whom it belongs to."""
    addresses = [*record.keys.domains, *record.keys.emails]
    if isinstance(record, Person):
        addresses += record.emails
    elif isinstance(record, Account) and record.website:
        addresses.append(record.website)
    elif isinstance(record, Meeting):
        addresses += [p.email for p in record.people if p.email]
    return addresses


def mail_addresses(record: Record, us: Ours) -> frozenset[str]:
    """The mail addresses of others in the keys of a record, and at the table of a meeting."""
    addresses = [*record.keys.emails]
    if isinstance(record, Person):
        addresses += record.emails
    elif isinstance(record, Meeting):
        addresses += [p.email for p in record.people if p.email]
    return frozenset(a.casefold() for a in addresses if "@" in a and not us.is_address(a))
