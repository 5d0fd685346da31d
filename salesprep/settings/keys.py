"""How keys are written in ``[keys]``, and for which actions. No terminal library is needed to read it:
what a terminal sends when such a key is pressed is the interface's to know.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator

ACTIONS = (
    *("help", "palette", "theme", "quit", "back", "find", "copy", "copy_panel", "copy_briefing"),
    *("ask_again", "ask_all_again", "open", "sources", "decide", "zoom", "contacts", "people", "person"),
    *("why", "note", "older", "next_panel", "previous_panel"),
    *("yes", "no", "open_again", "write", "remember", "undo", "check"),
    *(f"panel_{number}" for number in range(1, 10)),
    *("up", "down", "page_up", "page_down", "first", "last"),
)
"""What can be given other keys. These names are kept: settings files hold them."""

NAMED = (
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert", "comma"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 13)),
)
"""Keys that are called by name; every other one is the character that it writes."""
_MODIFIERS = ("alt", "ctrl", "shift")
"""In the order in which they are written."""
_SENT_AS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape"}
"""A terminal sends the same for both, so that the first is never seen."""
_NEAR = 0.5
"""How alike a name must be to be offered: they are short, two letters of four are a slip."""
_ALIKE = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
"""What people call keys elsewhere."""
_LONGEST = 40


def read_keys(written: object) -> tuple[str, ...] | None:
    """The keys of one action: ``"o,enter"`` or ``["o", "enter"]``; ``None`` if it cannot be read as such.

    An empty list takes all keys away. Names come back in small letters and a comma as ``comma``.
    """
    parts = _parts(written)
    keys = None if parts is None else [_key(part) for part in parts]
    if keys is None or not all(keys):
        return None
    return tuple(dict.fromkeys(key for key in keys if key))


def nearest_key(written: object) -> str | None:
    """The right key that somebody most likely meant by the first wrong one; nothing else of what was
    written comes back."""
    wrong = next((part for part in _parts(written) or () if _key(part) is None), None)
    return _nearest(wrong.strip()) if wrong is not None else None


def _parts(written: object) -> list[str] | None:
    if isinstance(written, str):
        return [written] if written.strip() == "," else written.split(",")
    if isinstance(written, list) and all(isinstance(one, str) for one in written):
        return list(written)
    return None


def _key(part: str) -> str | None:
    """One key as it is kept; ``None`` if it is none."""
    part = part.strip()
    modifiers, base = _split(part)
    if base == ",":
        base = "comma"
    if len(base) > 1:
        base = base.lower()
        if base not in NAMED:
            return None
    elif not _writes(base) or (modifiers and not base.isascii()) or modifiers == ["shift"]:
        return None
    elif "ctrl" in modifiers or "shift" in modifiers:
        base = base.lower()
    if len(set(modifiers)) < len(modifiers) or not set(modifiers) <= set(_MODIFIERS):
        return None
    key = "+".join([*sorted(modifiers), base])
    return None if key in _SENT_AS else key


def _split(part: str) -> tuple[list[str], str]:
    """``ctrl+p`` as its modifiers and the key; of ``ctrl++`` that is a plus."""
    before, plus, base = part.rpartition("+")
    if plus and not base:
        before, base = before.removesuffix("+"), "+"
        return (before.lower().split("+") if before else []), base
    return (before.lower().split("+") if plus else []), base


def _writes(character: str) -> bool:
    if len(character) != 1 or not character.isprintable() or character.isspace():
        return False
    return not unicodedata.category(character).startswith("M")  # which stands on another character


def _nearest(wrong: str) -> str | None:
    if len(wrong) > _LONGEST:
        return None
    modifiers, base = _split(wrong)
    if modifiers == ["shift"] and _writes(base) and base.upper() != base:
        return base.upper()
    sent = _SENT_AS.get("+".join([*sorted(modifiers), base.lower()]))
    if sent is not None:
        return sent
    base = _ALIKE.get(base.lower(), base)
    modifiers = [found for one in modifiers if (found := _likest(one, _MODIFIERS))]
    right = "+".join([*sorted(set(modifiers)), *_likest_base(base)])
    return _key(right) if right else None


def _likest_base(base: str) -> Iterator[str]:
    found = base if _writes(base) else _likest(base, NAMED)
    if found:
        yield found


def _likest(word: str, choices: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(word.lower(), tuple(choices), n=1, cutoff=_NEAR)
    return found[0] if found else None
