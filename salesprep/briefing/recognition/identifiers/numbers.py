"""Registration numbers of organisations, folded to compare: VAT, chamber of commerce (KvK), LEI. Pure.

A number is one text, its sort first: ``vat NL 8034.56.789.B01``. With ``python-stdnum`` (the extra
``numbers``) one whose check digits are wrong is a typing error and tells nothing; without it all are compared
as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module

_NOT_OF_IT = re.compile(r"[\W_]+")
_KVK = re.compile(r"\d{7,8}")
_VAT = re.compile(r"[A-Z]{2}[0-9A-Z]{2,13}")
_LEI = re.compile(r"[0-9A-Z]{18}\d{2}")


@lru_cache(maxsize=8192)
def folded(number: str) -> str | None:
    """``vat NL803456789B01``; ``None`` if it is no number of its sort."""
    sort, _space, value = number.strip().partition(" ")
    sort, value = sort.casefold(), _NOT_OF_IT.sub("", value).upper()
    if not value:
        return None
    if sort == "kvk":
        # Seven digits where a table has taken the leading zero for nothing.
        return f"kvk {value.zfill(8)}" if _KVK.fullmatch(value) else None
    if sort == "vat":
        return f"vat {value}" if _VAT.fullmatch(value) and _checks("stdnum.eu.vat", value) else None
    if sort == "lei":
        return f"lei {value}" if _LEI.fullmatch(value) and _checks("stdnum.lei", value) else None
    return f"{sort} {value}"


def agreeing(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """The folded numbers that both have."""
    return frozenset(filter(None, map(folded, one))).intersection(map(folded, other))


def contrary(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """The folded numbers of ``other`` whose register knows ``one`` by another number only."""
    own = [n for n in map(folded, one) if n is not None]
    registers = {_register(n) for n in own}
    theirs = [n for n in map(folded, other) if n is not None]
    shared = {_register(n) for n in theirs if n in own}
    return frozenset(n for n in theirs if _register(n) in registers - shared)


def _register(folded_number: str) -> str:
    """Who gave it: an organisation has a VAT number in each country where it pays."""
    sort, _space, value = folded_number.partition(" ")
    return f"{sort} {value[:2]}" if sort == "vat" else sort


def _checks(module: str, value: str) -> bool:
    """Its check digits are right, as far as anybody here can tell."""
    check = _check(module)
    if check is None or (module == "stdnum.eu.vat" and not _in_the_union(value)):
        return True
    return check(value)


@lru_cache(maxsize=8)
def _check(module: str) -> Callable[[str], bool] | None:
    try:
        # Late: hundreds of modules stand beside it, and few customers have numbers.
        found: Callable[[str], bool] = import_module(module).is_valid
    except ImportError:
        return None
    return found


def _in_the_union(value: str) -> bool:
    from stdnum.eu.vat import MEMBER_STATES  # late, as above

    return value[:2].lower() in {"el", *MEMBER_STATES}
