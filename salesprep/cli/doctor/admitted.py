"""What may leave this machine in a bundle: numbers, and words out of closed lists. Nothing else can be
written, because nothing else is a :class:`Word` and :func:`plain` takes no other text.

A word is made here alone, of something that the code itself knows: a member of a list, a version, a moment,
a sentence of the catalogue without what was filled into it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import isfinite

from salesprep import words
from salesprep.adapter.words import Message


class Word(str):
    """A text that is known to hold nothing of a user, a customer or a machine's owner."""

    __slots__ = ()


OTHER = Word("other")
"""Stands for whatever is in no list."""
BLANK = "…"
"""Stands in a sentence for what was filled in."""

_VERSION = re.compile(r"(\d{1,6}(?:\.\d{1,6}){0,4})(?:[-._]?(?:a|b|rc|dev|post)\.?\d{0,6})?", re.ASCII)
_SAYS = re.compile(r"[^\W_]")
_PLACE = re.compile(r"\{[a-z_0-9]+\}")


def one_of(text: object, known: Collection[str]) -> Word:
    """``text`` if the list has it, else ``other``."""
    return Word(text) if isinstance(text, str) and text in known else OTHER


def version(text: str | None) -> Word | None:
    """A version's numbers and what stage it is in; of anything else the numbers that it begins with."""
    if text is None:
        return None
    found = _VERSION.match(text)
    if found is None:
        return OTHER
    return Word(text if found.end() == len(text) else found[1])


def moment(at: datetime | None) -> Word | None:
    """In UTC, to the second."""
    return None if at is None else Word(at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def sentence(text: str | None) -> Word | None:
    """The sentence of salesprep's own that ``text`` was made of, with an ellipsis for each value.

    A text that no catalogue knows is somebody else's: only the ellipsis is left of it.
    """
    if not text:
        return None
    if not isinstance(text, Message) or not _is_ours(text.forms):
        return Word(BLANK)
    within = {
        name: sentence(value) if isinstance(value, Message) else BLANK for name, value in text.values.items()
    }
    form = text.forms[-1]
    if not text.values:
        return Word(form)
    return Word(_PLACE.sub(lambda found: str(within.get(found[0].strip("{}"), BLANK)), form))


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in words.FOLDER.iterdir() if folder.is_dir()))


def _is_ours(forms: tuple[str, ...]) -> bool:
    """Whether a catalogue that comes with salesprep has a translation of it, or it says nothing itself."""
    if not any(_SAYS.search(_PLACE.sub("", form)) for form in forms):
        return True
    for language in _languages():
        known = words.catalogue(language)
        if len(forms) == 1 and known.gettext(forms[0]) != forms[0]:
            return True
        if len(forms) > 1 and known.ngettext(forms[0], forms[1], 2) != forms[1]:
            return True
    return False


def plain(value: object) -> object:
    """``value`` in JSON's own types; dataclasses as objects of their fields.

    Raises:
        TypeError: there is something in it that may not leave.
    """
    if value is None or type(value) is bool or type(value) is int:
        return value
    if type(value) is float:
        return round(value, 3) if isfinite(value) else None
    if type(value) is Word:
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"a {type(value).__name__} does not go into a bundle")


def _key(key: object) -> str:
    if type(key) is not Word:
        raise TypeError(f"a {type(key).__name__} does not go into a bundle")
    return str(key)
