"""Which accounts belong to one group, as their source tells: shown beside an account, never followed.

A parent, its subsidiaries and its branches stay customers of their own. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from salesprep.adapter import Account
from salesprep.adapter.names import fold_organisation

Relation = Literal["parent", "subsidiary", "branch"]
"""What an account is to the other; ``branch``: it hangs under an account whose name it bears."""


@dataclass(frozen=True, slots=True)
class Related:
    """An account ``is a subsidiary of`` another one of its source."""

    relation: Relation
    name: str
    """Of the other; empty where only its id is known."""
    source: str
    native_id: str


def relations(source: str, accounts: Iterable[Account]) -> Mapping[str, tuple[Related, ...]]:
    """By native id what each account of ``source`` is to others: first under whom it hangs, then who hangs
    under it. Accounts that are alone are left out; one that is its own parent is so by mistake."""
    seen = {account.id: account for account in accounts}
    above: dict[str, tuple[Related, ...]] = {}
    below: dict[str, list[Related]] = {}
    for account in seen.values():
        if account.parent_id is None or account.parent_id == account.id:
            continue
        parent = seen.get(account.parent_id)
        relation: Relation = "subsidiary" if parent is None else beneath(account, parent)
        name = parent.title if parent is not None else ""
        above[account.id] = (Related(relation, name, source, account.parent_id),)
        below.setdefault(account.parent_id, []).append(Related("parent", account.title, source, account.id))
    return {i: found for i in seen if (found := (*above.get(i, ()), *below.get(i, ())))}


def beneath(account: Account, parent: Account) -> Literal["subsidiary", "branch"]:
    """What ``account``, which hangs under ``parent``, is to it."""
    names = {fold_organisation(n) for n in (parent.title, *parent.aliases)} - {""}
    return "branch" if fold_organisation(account.title) in names else "subsidiary"
