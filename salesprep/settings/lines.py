"""On which line of a settings file each key stands, which tomllib does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from salesprep.settings.model import Key

_LONGEST = 300
"""Lines that one value may take; from a longer one on no lines are told."""


def key_lines(text: str) -> dict[Key, int]:
    """The line of each key that holds no further keys, counted from 1; ``text`` is valid TOML.

    Each heading or ``KEY = VALUE`` is read by itself, a value of several lines by adding lines until it
    is whole, so that tomllib alone decides what is a key.
    """
    found: dict[Key, int] = {}
    table: Key = ()
    for number, statement, read in _statements(text):
        keys = tuple(_ends(read, ()))
        if statement.lstrip(" \t").startswith("["):
            table = keys[0]
            found.setdefault(table, number)
        else:
            for key in keys:
                found.setdefault((*table, *key), number)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """The number of the first line of each, its text, and what it reads as by itself."""
    # Not splitlines(): that splits at letters, too, which TOML lets stand in a text.
    lines = text.replace("\r\n", "\n").split("\n")
    first = 0
    while first < len(lines):
        whole = None
        for last in range(first, min(len(lines), first + _LONGEST)):
            statement = "\n".join(lines[first : last + 1])
            whole = _read(statement)
            if whole is not None:
                if whole:
                    yield first + 1, statement, whole
                first = last + 1
                break
        if whole is None:
            return


def _read(statement: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(statement)
    except (ValueError, RecursionError):
        return None


def _ends(value: object, path: Key) -> Iterator[Key]:
    """The keys that hold no further keys."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from _ends(item, (*path, name))
    else:
        yield path
