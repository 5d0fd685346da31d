"""Walks through records: their times, their texts, with the path to each."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from salesprep.adapter import Record


def times(record: Record) -> Iterator[tuple[str, date]]:
    """Every day and time of what the record tells; not when it was fetched."""
    for path, value in _leaves(record):
        if isinstance(value, date) and path != "fetched_at":
            yield path, value


def texts(record: Record) -> Iterator[tuple[str, str]]:
    """Every text in the record."""
    for path, value in _leaves(record):
        if isinstance(value, str):
            yield path, value


def moments(record: Record) -> Iterator[tuple[str, datetime]]:
    """Every time with its hour; not when it was fetched."""
    for path, value in times(record):
        if isinstance(value, datetime):
            yield path, value


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _leaves(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}")
    elif value is not None:
        yield path, value
