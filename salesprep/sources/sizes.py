"""About how many bytes a page takes, so that what is kept can be bounded."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from salesprep.adapter import Page, Record

_PAGE = 500
_RECORD = 1000
"""A record beside its texts."""
_PERSON = 300
_ITEM = 60

_texts: dict[type[Record], Callable[[Record], tuple[Any, ...]]] = {}


def size_of(page: Page[Record]) -> int:
    """An estimate: the lengths of all texts, and a fixed sum for each object."""
    return _PAGE + sum(map(_record, page.records))


def _record(record: Record) -> int:
    cls = type(record)
    if cls not in _texts:
        names = [field.name for field in dataclasses.fields(cls) if "str" in str(field.type)]
        _texts[cls] = attrgetter(*names)
    size = _RECORD
    for value in _texts[cls](record):
        if value:
            size += _text(value) if type(value) is str else _several(value)
    for person in record.people:
        size += _PERSON + len(person.name or "") + len(person.email or "")
    keys = record.keys
    return size + len(keys.organisation or "") + len(keys.hit or "") + _several(keys.emails + keys.domains)


def _text(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text)


def _several(value: Any) -> int:
    """A sentence, a tuple of texts, or a table of them."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return sum(_ITEM + _text(text) for text in value)
    return sum(2 * _ITEM + _text(key) + _text(text) for key, text in value.items())
