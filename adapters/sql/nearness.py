"""The order of accounts found: likely ones first, so that a page cut short keeps them.

No recognition: which of them is the customer is decided elsewhere.
"""

from __future__ import annotations

from salesprep.adapter import Account, Query
from salesprep.adapter.names import fold, fold_organisation

THE_REST = 5
"""Accounts that have nothing whole in common with what is asked for."""


def nearness(account: Account, query: Query) -> int:
    """0 for an asked id, then by domain, whole name, name without legal form, its beginning, the rest."""
    if account.id in query.ids:
        return 0
    if not set(query.domains).isdisjoint(account.keys.domains):
        return 1
    if not set(query.emails).isdisjoint(account.keys.emails):
        return 1
    written = [account.title, *account.aliases]
    if not {fold(name) for name in written}.isdisjoint(map(fold, query.names)):
        return 2
    asked = [fold_organisation(name) for name in query.names]
    if any(fold_organisation(name) in asked for name in written):
        return 3
    if any(fold(account.title).startswith(name) for name in asked if name):
        return 4
    return THE_REST
