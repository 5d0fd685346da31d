"""The order of accounts found: likely ones first, so that a page cut short keeps them.

No recognition: which of them is the customer is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from salesprep.adapter import Account, Query
from salesprep.adapter.names import fold, fold_organisation


def nearest(accounts: Iterable[Account], query: Query) -> list[Account]:
    """By asked id, then by domain or address, whole name, name without legal form, its beginning."""
    names = {fold(name) for name in query.names}
    bare = {fold_organisation(name) for name in query.names} - {""}
    domains, emails = set(query.domains), {address.casefold() for address in query.emails}

    def distance(account: Account) -> int:
        if account.id in query.ids:
            return 0
        if not domains.isdisjoint(account.keys.domains) or not emails.isdisjoint(account.keys.emails):
            return 1
        written = (account.title, *account.aliases)
        if not names.isdisjoint(map(fold, written)):
            return 2
        if not bare.isdisjoint(map(fold_organisation, written)):
            return 3
        return 4 if any(fold(account.title).startswith(name) for name in bare) else 5

    return sorted(accounts, key=distance)
