"""When two names or participants are one person's: for certain, or perhaps. Pure."""

from __future__ import annotations

from functools import lru_cache

from salesprep.adapter import Participant
from salesprep.adapter.names import fold


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """:func:`fold` of a person's name; the same few names are compared again and again."""
    return fold(name)


def could_be(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one person: the last word is equal and the first ones agree."""
    a, b = folded(one or "").split(), folded(other or "").split()
    if not a or not b or a[-1] != b[-1]:
        return False
    first, second = a[0], b[0]
    if len(a) == 1 or len(b) == 1:
        return True
    short = min(len(first), len(second))
    return first[:1] == second[:1] if short == 1 else first == second


def same_person(one: Participant, other: Participant) -> bool:
    """Whether two records name one person: by an equal address, else by an equal name where no two
    addresses speak against it."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    name = folded(one.name or "")
    return bool(name) and name == folded(other.name or "")


def maybe_same(one: Participant, other: Participant) -> bool:
    """Whether they may be one person; two addresses are no reason against it."""
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    return could_be(one.name, other.name)
