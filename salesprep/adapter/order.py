"""The order of accounts that were found: the likeliest first, so that a page cut short keeps them.

No recognition: which of them is the customer is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesprep.adapter.names import fold, fold_organisation

if TYPE_CHECKING:
    from salesprep.adapter.contract import Query
    from salesprep.adapter.records import Account

_THE_REST = 5
"""Accounts that have nothing whole in common with what is asked for."""


def likeliest_first(accounts: Iterable[Account], query: Query, alike: Iterable[str] = ()) -> list[Account]:
    """By asked id, then by domain or mail address, whole name, name without legal form, its beginning, rest.

    Of the rest, those whose ids are in ``alike`` come last, in its order: accounts that only sound like it,
    the nearest first, as :mod:`salesprep.adapter.name_index` tells them. Equally likely ones stay as given.
    """
    # Folded once, not for each account: a page may have been cut from thousands.
    names = {fold(name) for name in query.names} - {""}
    bare = {fold_organisation(name) for name in query.names} - {""}
    beginnings = tuple(bare)
    domains = {domain.casefold() for domain in query.domains}
    emails = {address.casefold() for address in query.emails}
    places = {native_id: place for place, native_id in enumerate(alike, start=1)}

    def distance(account: Account) -> int:
        if account.id in query.ids:
            return 0
        if not domains.isdisjoint(account.keys.domains):
            return 1
        if not emails.isdisjoint(map(str.casefold, account.keys.emails)):
            return 1
        written = (account.title, *account.aliases)
        if not names.isdisjoint(map(fold, written)):
            return 2
        if not bare.isdisjoint(map(fold_organisation, written)):
            return 3
        begins = fold(account.title).startswith(beginnings)
        return 4 if begins else _THE_REST + places.get(account.id, 0)

    return sorted(accounts, key=distance)
