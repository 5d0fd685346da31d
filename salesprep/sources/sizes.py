"""About how many bytes a page takes, so that what is kept can be bounded."""

from __future__ import annotations

import types
from typing import Any

_TEXT = 50
_TUPLE = 56
_OBJECT = 40
_ENTRY = 100
_OTHER = 32


def size_of(value: Any) -> int:
    """An estimate, from the lengths of texts and a fixed sum for each object."""
    cls = type(value)
    if cls is str:
        return _TEXT + (len(value) if value.isascii() else 2 * len(value))
    if cls is tuple:
        return _TUPLE + sum(map(size_of, value)) if value else 0
    if cls is dict or cls is types.MappingProxyType:
        return sum(_ENTRY + size_of(key) + size_of(inner) for key, inner in value.items())
    names = getattr(cls, "__dataclass_fields__", None)
    if not names:
        return _OTHER
    return _OBJECT + sum(
        8 if inner is None else 8 + size_of(inner) for inner in (getattr(value, name) for name in names)
    )
