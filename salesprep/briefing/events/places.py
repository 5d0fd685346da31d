"""Where an event and an account are told to be in one place: town or address. Pure.

A place alone makes nobody the customer: others meet in that town, and in that hotel. It tells accounts of
one name apart, and which words of a title are not part of a name.
"""

from __future__ import annotations

import re

from salesprep.adapter import Account, Meeting, Place
from salesprep.adapter.names import fold
from salesprep.briefing.recognition.titles import stands_in

_ASIDE = re.compile(r"\(([^()]*)\)|@\s*(.+)\Z")
"""What stands in brackets or behind an "at": a place or a remark, not a part of the name before it."""
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"[,;\n(]|\s[-–|]\s")
_PIECES = 3
_SITES = frozenset(["headquarters", "hoofdkantoor", "hoofdvestiging", "hq", "siege", "zentrale"])
"""The customer's own place, wherever it is (English, Dutch, German, French), folded."""


def aside(title: str) -> tuple[str, str]:
    """``title`` without what is put in brackets or behind ``@``, and that by itself."""
    said = " ".join(part for m in _ASIDE.finditer(title) for part in m.groups() if part)
    core = _ASIDE.sub(" ", title).strip()
    return (core, said) if core else (title, "")


def is_place(said: str, meeting: Meeting, account: Account) -> bool:
    """Whether the aside of a title tells nothing but a place of the account, or, of one whose place nobody
    knows, that of the event."""
    known = {*_SITES, *_words(account.place if has_place(account) else meeting.place)}
    return all(word in known or word.isdigit() for word in fold(said).split())


def common_place(meeting: Meeting, account: Account) -> str | None:
    """What both tell: the street with its number, else the town, as the account has it."""
    where = fold(" ".join((*_texts(meeting.place), aside(meeting.title)[1])))
    if not where or account.place is None:
        return None
    for part in (account.place.text or "").split(","):
        if _DIGIT.search(part) and " " in fold(part) and stands_in(fold(part), where):
            return part.strip()
    city = account.place.city
    return city if city and stands_in(fold(city), where) else None


def has_place(account: Account) -> bool:
    """Whether the source tells the account's town or address."""
    return bool(_texts(account.place))


def town_words(account: Account) -> frozenset[str]:
    """The folded words of the account's town, which may stand beside its name."""
    city = account.place.city if account.place is not None else None
    return frozenset(fold(city or "").split())


def named_places(meeting: Meeting) -> tuple[str, ...]:
    """The pieces of the event's place that may be an organisation's name: ``Acme B.V.`` of ``Acme B.V.,
    Industrieweg 4, Eindhoven``."""
    pieces = (piece.strip() for text in _texts(meeting.place) for piece in _BETWEEN.split(text))
    return tuple(p for p in dict.fromkeys(pieces) if p and "://" not in p and not _DIGIT.search(p))[:_PIECES]


def _words(place: Place | None) -> list[str]:
    return fold(" ".join(_texts(place))).split()


def _texts(place: Place | None) -> tuple[str, ...]:
    return tuple(text for text in (place.text, place.city) if text) if place is not None else ()
