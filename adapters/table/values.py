"""Yes and no, lists, addresses and the few words that a field knows, in the languages of the house."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adapters.table.cells import text
from adapters.table.words import NO, NOBODY, OPEN, OWN_WORD_TOO, SHUT, WORDS, YES
from salesprep.adapter import Kind
from salesprep.adapter.names import fold
from salesprep.adapter.words import _


class Unreadable(Exception):
    """A cell that cannot be read. The text says why, without the value."""


_SEVERAL = re.compile(r"[;\n]")
_ADDRESS = re.compile(r"[^\s;,|<>\"()]+@[^\s;,|<>\"()]+\.[^\s;,|<>\"()]+")
_APART = re.compile(r"[;,\s|]+")


def flag(cell: str) -> bool | None:
    """Yes or no; ``None`` for nothing.

    Raises:
        Unreadable: something else.
    """
    word = fold(text(cell) or "") or (text(cell) or "")
    if word in ("", "-", "?"):
        return None
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unreadable(_("neither yes nor no"))


def is_open(cell: str) -> bool | None:
    """Whether something is open, told by yes or no or by the word for its state."""
    return _state(cell, OPEN, SHUT)


def is_done(cell: str) -> bool | None:
    """Whether something is done, told likewise."""
    return _state(cell, SHUT, OPEN)


def _state(cell: str, yes: Iterable[str], no: Iterable[str]) -> bool | None:
    word = fold(text(cell) or "")
    if word in yes:
        return True
    if word in no:
        return False
    try:
        return flag(cell)
    except Unreadable:
        return None  # a state of their own: it is told as the status


def word(kind: Kind, field: str, cell: str) -> str | None:
    """The word that ``field`` knows for what is written.

    Raises:
        Unreadable: the field takes certain words only, and this is none of them.
    """
    written = text(cell)
    if written is None:
        return None
    known = WORDS[kind, field]
    found = known.get(fold(written).replace(" ", "")) or known.get(fold(written).split(" ")[0])
    if found is not None:
        return found
    if (kind, field) in OWN_WORD_TOO:
        return written
    raise Unreadable(_("none of {names}", names=", ".join(dict.fromkeys(known.values()))))


def has_words(kind: Kind, field: str) -> bool:
    """Whether ``field`` takes certain words."""
    return (kind, field) in WORDS


def several(cell: str) -> tuple[str, ...]:
    """Texts with ``;`` or a line break between them."""
    return tuple(part for part in (piece.strip() for piece in _SEVERAL.split(text(cell) or "")) if part)


def emails(cell: str) -> tuple[str, ...]:
    """The mail addresses in a cell, as written."""
    written = text(cell)
    if written is None or "@" not in written:
        return ()
    return tuple(address.removeprefix("mailto:").rstrip(".") for address in _ADDRESS.findall(written))


def domains(cell: str) -> tuple[str, ...]:
    """Web addresses, domains or mail addresses in a cell, as written."""
    return tuple(part for part in _APART.split(text(cell) or "") if "." in part)


def people(cell: str) -> tuple[tuple[str | None, str | None], ...]:
    """Names and mail addresses of the persons in a cell: ``R. Smit <r.smit@vandijk.example>; K. Vos``."""
    found: list[tuple[str | None, str | None]] = []
    for part in several(cell):
        if fold(part) in NOBODY or part in NOBODY:
            continue
        if "@" not in part:
            found.append((part, None))
            continue
        addresses = emails(part)
        name = part.partition("<")[0].strip(' "') if "<" in part else ""
        if len(addresses) == 1:
            found.append((name or None, addresses[0]))
        else:
            found.extend((None, address) for address in addresses)
    return tuple(found)
