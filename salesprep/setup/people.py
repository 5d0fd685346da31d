"""Who the user is, as the material tells it: the hint that most of it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.adapter.proposal import Me


def me_of(hints: Iterable[Me]) -> Me | None:
    """The one person most hints are about, or ``None`` if none names a mail address.

    An address at a public mail service counts only where there is no other. What a hint that names
    the same address says besides belongs to the same person. ``domains`` holds only what can be
    somebody's own.
    """
    given = [hint for hint in hints if hint.emails]
    votes = Counter(address for hint in given for address in set(hint.emails))
    order = [address for hint in given for address in hint.emails]
    if not votes:
        return None
    chosen = min(votes, key=lambda one: (is_free(one), -votes[one], order.index(one)))
    same = [hint for hint in given if chosen in hint.emails]
    emails = dict.fromkeys([chosen, *(address for hint in same for address in hint.emails)])
    domains = dict.fromkeys([*own_domains(chosen), *(d for hint in same for d in hint.domains)])
    return Me(
        name=next((hint.name for hint in same if hint.name), None),
        emails=tuple(emails),
        domains=tuple(domain for domain in domains if not is_free_mail(domain)),
    )


def is_free(address: str) -> bool:
    """Whether the address is at a public mail service."""
    domain = domain_of(address)
    return domain is None or is_free_mail(domain)


def own_domains(address: str) -> tuple[str, ...]:
    """The domain that is the company's own if ``address`` is; none at a public mail service."""
    domain = domain_of(address)
    return () if domain is None or is_free_mail(domain) else (domain,)
