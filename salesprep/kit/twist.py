"""JSON that is like another but for one thing: a field less, a field more, a null."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from salesprep.kit.sample import Played
from salesprep.kit.server import Asked, Reply, Twist, is_json

Path = tuple[str, ...]
"""Keys from the outside in; those of a list's entries follow the list's own."""
EXTRA = "salesprep_kit_extra"
Change = Callable[[object], object]


def paths(value: object, outer: Path = ()) -> Iterator[Path]:
    """The way to every field, that of all entries of a list once."""
    return iter(dict.fromkeys(_paths(value, outer)))


def _paths(value: object, outer: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*outer, key)
            yield from _paths(inner, (*outer, key))
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, outer)


def without(value: object, path: Path) -> object:
    """The same without the field, wherever the way leads."""
    return _at(value, path, lambda table, key: {k: v for k, v in table.items() if k != key})


def put(value: object, path: Path, new: object) -> object:
    """The same with another value in the field."""
    return _at(value, path, lambda table, key: {**table, key: new} if key in table else table)


def nothing_but_null(value: object, *, outermost: bool = True) -> object:
    """Every plain value null; tables and lists stay."""
    if isinstance(value, dict):
        return {key: nothing_but_null(inner, outermost=False) for key, inner in value.items()}
    if isinstance(value, list):
        return [nothing_but_null(item, outermost=False) for item in value]
    return value if outermost else None


def with_extra(value: object) -> object:
    """A field in every table that was never there."""
    if isinstance(value, dict):
        return {**{key: with_extra(inner) for key, inner in value.items()}, EXTRA: {"new": [1, None]}}
    if isinstance(value, list):
        return [with_extra(item) for item in value]
    return value


def _at(value: object, path: Path, change: Callable[[dict[str, object], str], object]) -> object:
    if isinstance(value, list):
        return [_at(item, path, change) for item in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) == 1:
        return change(value, path[0])
    return {**value, path[0]: _at(value[path[0]], path[1:], change)}


def changed(change: Change) -> Twist:
    """The happy answer, changed where it is JSON."""

    def twist(_: Asked, reply: Reply) -> Reply:
        if not is_json(reply.body):
            return reply
        return replace(reply, body=json.dumps(change(json.loads(reply.body))).encode())

    return twist


def all_paths(answers: Iterable[Played]) -> dict[Path, set[str]]:
    """Every field of the answers that are JSON, with the paths of the server that answer with it."""
    found: dict[Path, set[str]] = {}
    for played in answers:
        if is_json(played.body):
            for path in paths(json.loads(played.body)):
                found.setdefault(path, set()).add(played.path)
    return found
