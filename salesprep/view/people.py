"""How people are named: as the source writes them, and by the family name where there is little room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from salesprep.adapter import Participant
from salesprep.adapter.names import fold
from salesprep.briefing.recognition.ours import ours
from salesprep.settings import Us

_TITLES = frozenset(("dipl", "dhr", "dr", "drs", "ing", "ir", "mevr", "mr", "mrs", "ms", "mw", "prof"))
_PARTICLES = frozenset(
    ("af", "av", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "la", "las", "le", "les")
) | {"te", "ten", "ter", "van", "von", "zu"}


class Names:
    """Family names for one screen. Two people who would share one are written out in full."""

    def __init__(self, everybody: Iterable[str] = ()) -> None:
        initials: defaultdict[str, set[str]] = defaultdict(set)
        first_names: defaultdict[str, set[str]] = defaultdict(set)
        for name in set(everybody):
            family, folded, spelled_out = _compared(name)
            if folded == family:
                continue
            initials[family].add(folded[:1])
            if spelled_out:
                first_names[family].add(folded)
        self._twins = frozenset(
            family for family, seen in initials.items() if len(seen) > 1 or len(first_names[family]) > 1
        )

    def __eq__(self, other: object) -> bool:
        """Whether they tell every name alike."""
        return isinstance(other, Names) and self._twins == other._twins

    def __hash__(self) -> int:
        return hash(self._twins)

    def family(self, name: str) -> str:
        """``Smit``, for a narrow list; the whole name where another Smit is here too."""
        family = family_name(name)
        return name.strip() if fold(family) in self._twins else family


@lru_cache(maxsize=16384)
def _compared(name: str) -> tuple[str, str, bool]:
    """Family name, whole name, whether the first one is written out. Kept: every answer that comes brings the
    same names again, and a few more."""
    name = _in_order(name)
    return fold(family_name(name)), fold(name), not _is_initial(name.split()[0] if name.strip() else name)


def family_name(name: str) -> str:
    """``"Rob Smit"``, ``"Smit, Rob"`` and ``"ir. R. Smit"`` → ``"Smit"``; ``"Vera De Smet"`` → ``"De Smet"``.

    All after the first name and initials, as it is written. A name of one word, in a script without
    capitals, or in an order that is not plain, stays whole.
    """
    words = _in_order(name).split()
    while len(words) > 2 and words[0].endswith(".") and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    if len(words) < 2 or "," in "".join(words) or not words[0][0].isupper() or _shouts(words):
        return " ".join(words) if "," in name else name.strip()
    if words[0].casefold() in _PARTICLES:
        return name.strip()
    start = 1
    while start < len(words) - 1 and _is_initial(words[start]):
        start += 1
    return " ".join(words[start:])


def _shouts(words: list[str]) -> bool:
    """``SMIT Rob``: capitals mark the family name, and here it comes first."""
    return len(words[0]) > 2 and words[0].isupper() and "." not in words[0] and not words[-1].isupper()


def _in_order(name: str) -> str:
    surname, comma, given = name.partition(",")
    if not comma or "," in given or not given.strip():
        return name
    own = [word for word in surname.split() if word.casefold() not in _PARTICLES]
    if len(own) == 1 and not _is_initial(own[0]):
        return f"{given.strip()} {surname.strip()}"
    return name


def _is_initial(word: str) -> bool:
    """``R.``, ``J.P.`` or ``R``: nothing more could be shortened."""
    return len(word) == 1 or (word.endswith(".") and all(len(part) <= 2 for part in word.split(".")))


def is_user(person: Participant, us: Us) -> bool:
    """Whether this is the user."""
    return ours(us).is_user(person)


def is_ours(person: Participant, us: Us) -> bool:
    """Whether this is one of us, the user or a colleague."""
    return ours(us).has(person)


def written(person: Participant, us: Us) -> str:
    """The name as the source writes it, else a colleague's by the address, else the address."""
    if person.name or not person.email:
        return person.name or ""
    address = person.email.casefold()
    return next((c.name for c in us.colleagues if c.email.casefold() == address), person.email)
