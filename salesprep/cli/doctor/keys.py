"""Names of keys in settings that the code itself knows, so that they say nothing of who wrote them."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from salesprep.settings.shape import SETTINGS, Named, Node, Table

_DEEPEST = 4


@lru_cache(maxsize=1)
def known_core_keys() -> frozenset[str]:
    """All of the core's, dotted; what is below ``sources`` is the adapters'."""
    return frozenset(_shape(SETTINGS, ""))


def _shape(node: Node, path: str) -> Iterator[str]:
    if isinstance(node, Table):
        for key, below in node.keys.items():
            if not isinstance(below, Named):
                yield from _shape(below, f"{path}.{key}" if path else key)
    elif path:
        yield path


def core_keys(table: Mapping[str, object], path: str = "") -> list[str]:
    """Those of the core that a layer gives, dotted."""
    found: list[str] = []
    known = known_core_keys()
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        if dotted in known:
            found.append(dotted)
        elif isinstance(value, Mapping) and key != "sources":
            found += core_keys(value, dotted)
    return found


def source_keys(config: Mapping[str, object], model: type[Any] | None) -> tuple[frozenset[str], list[str]]:
    """The keys that an adapter's model knows, and those that a source gives, dotted, each once.

    Keys that the user chose (a name of a column, say) are among the latter only.
    """
    known = frozenset(_fields(model, "", 0)) if model is not None else frozenset()
    return known, list(dict.fromkeys(_given(config, "", known)))


def _given(table: Mapping[str, object], path: str, known: frozenset[str]) -> Iterator[str]:
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        tables = value if isinstance(value, list) else [value]
        below = [one for one in tables if isinstance(one, Mapping)]
        if dotted in known and any(name.startswith(f"{dotted}.") for name in known) and below:
            for one in below:
                yield from _given(one, dotted, known)
        else:
            yield dotted


def _fields(model: type[Any], path: str, depth: int) -> Iterator[str]:
    for name, field in getattr(model, "model_fields", {}).items():
        dotted = f"{path}.{field.alias or name}" if path else str(field.alias or name)
        yield dotted
        for below in _models(field.annotation):
            if depth < _DEEPEST:
                yield from _fields(below, dotted, depth + 1)


def _models(hint: object) -> Iterator[type[Any]]:
    """The models in an annotation such as ``list[Calendar] | None``, not those of tables whose keys the user
    chooses."""
    if isinstance(hint, type) and hasattr(hint, "model_fields"):
        yield hint
    elif not (isinstance(origin := typing.get_origin(hint), type) and issubclass(origin, Mapping)):
        for argument in typing.get_args(hint):
            yield from _models(argument)
