"""How people are named in little room: ``R. Smit``, ``P. de Vries``, and whom that would confuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from salesprep.adapter import Participant
from salesprep.adapter.names import fold
from salesprep.briefing.ours import ours
from salesprep.settings import Us


class Names:
    """Short names for one screen. Two people who would share one are written out in full."""

    def __init__(self, everybody: Iterable[str] = ()) -> None:
        given: defaultdict[str, set[str]] = defaultdict(set)
        for name in set(everybody):
            short = initial_and_surname(name)
            if not _is_initial(name.split()[0] if name.split() else ""):
                given[fold(short)].add(fold(name))
        self._twins = frozenset(short for short, names in given.items() if len(names) > 1)

    def short(self, name: str) -> str:
        """``R. Smit``, or the whole name where another person here is an R. Smit too."""
        short = initial_and_surname(name)
        return name.strip() if fold(short) in self._twins else short

    def surname(self, name: str) -> str:
        """``Smit``, for a list of several; whole where :meth:`short` is whole."""
        short = self.short(name)
        first, _space, rest = short.partition(" ")
        return rest if rest and _is_initial(first) else short


def initial_and_surname(name: str) -> str:
    """``"Rob Smit"``, ``"Smit, Rob"`` and ``"ir. R. Smit"`` → ``"R. Smit"``.

    A name of one word, or in a script without capitals, stays as it is written; so does one with a
    comma that is not plainly "surname, first name".
    """
    words = _in_order(name).split()
    while len(words) > 2 and words[0].endswith(".") and words[0].count(".") == 1 and len(words[0]) > 2:
        words = words[1:]  # a title: "Dr.", "ir."
    if len(words) < 2 or "," in "".join(words) or not words[0][0].isupper():
        return " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1  # "de", "van der"
    first = words[0] if _is_initial(words[0]) else f"{words[0][0]}."
    return f"{first} {' '.join(words[start:])}"


def _in_order(name: str) -> str:
    surname, comma, given = name.partition(",")
    if not comma or "," in given or not given.strip():
        return name
    capitals = [word for word in surname.split() if word[0].isupper()]
    if len(capitals) == 1 and not any(_is_initial(word) for word in capitals):
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
