"""When two names or participants are one person's: for certain, or perhaps. Pure."""

from __future__ import annotations

from functools import lru_cache

from salesprep.adapter import Participant
from salesprep.adapter.names import fold
from salesprep.briefing.persons.fit import fit


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """:func:`fold` of a person's name; the same few names are compared again and again."""
    return fold(name)


def could_be(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one person: in other letters, shortened, with a partner's name, in part."""
    if not one or not other:
        return False
    return folded(one) == folded(other) != "" or fit(one, other).rank > 0


def speaks_against(one: str | None, other: str | None) -> bool:
    """Whether two names cannot be one person's; of names in scripts that cannot be compared nobody knows."""
    return bool(one and other) and fit(one or "", other or "").level in ("none", "against")


def same_person(one: Participant, other: Participant) -> bool:
    """Whether two records name one person: by an equal address, else by an equal name where no two
    addresses speak against it."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    if not one.name or not other.name:
        return False
    return folded(one.name) == folded(other.name) != "" or fit(one.name, other.name).level == "equal"


def maybe_same(one: Participant, other: Participant) -> bool:
    """Whether they may be one person; two addresses are no reason against it."""
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    return could_be(one.name, other.name)
