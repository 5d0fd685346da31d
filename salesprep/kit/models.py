"""What can be read off an adapter's ``Config`` without making one."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretBytes, SecretStr

_SECRETIVE = re.compile(r"(?:\A|_)(?:token|password|passwd|passphrase|secret|api_?key)\Z", re.IGNORECASE)


def fields(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, object]]:
    """Every field with its annotation, by its dotted name; nested tables and lists of tables, too."""
    for name, field in model.model_fields.items():
        dotted = f"{path}.{name}" if path else name
        yield dotted, field.annotation
        for inner in types_in(field.annotation):
            if _is_model(inner) and not _is_within(inner, model):
                yield from fields(inner, dotted)


def nested(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """The model and those of its tables, by their dotted names."""
    yield path, model
    for name, field in model.model_fields.items():
        for inner in types_in(field.annotation):
            if _is_model(inner) and not _is_within(inner, model):
                yield from nested(inner, f"{path}.{name}" if path else name)


def types_in(annotation: object) -> Iterator[Any]:
    """The plain types that an annotation is made of."""
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) is typing.Literal:
        yield annotation
    for inner in arguments:
        yield from types_in(inner)


def is_secret(annotation: object) -> bool:
    """Whether it hides what it holds."""
    return any(
        isinstance(one, type) and issubclass(one, SecretStr | SecretBytes) for one in types_in(annotation)
    )


def is_path(annotation: object) -> bool:
    """Whether it names files or folders."""
    return any(isinstance(one, type) and issubclass(one, Path) for one in types_in(annotation))


def looks_secret(dotted: str) -> bool:
    """Whether a field of this name will hold a secret."""
    return _SECRETIVE.search(dotted.rpartition(".")[2]) is not None


def with_value(table: Mapping[str, object], dotted: str, value: object) -> dict[str, object] | None:
    """``table`` with ``value`` at ``dotted``; of lists on the way the first entry. ``None``: the table
    that it belongs to is not there."""
    head, _, rest = dotted.partition(".")
    if not rest:
        return {**table, head: value}
    inner = table.get(head)
    if isinstance(inner, list) and inner and isinstance(inner[0], dict):
        changed = with_value(inner[0], rest, value)
        return None if changed is None else {**table, head: [changed, *inner[1:]]}
    if isinstance(inner, Mapping):
        changed = with_value(inner, rest, value)
        return None if changed is None else {**table, head: changed}
    return None


def _is_model(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, BaseModel)


def _is_within(one: type[BaseModel], model: type[BaseModel]) -> bool:
    """A model that holds itself is walked once."""
    return one is model
