"""Who said what about a key: every layer that gives it, not the last one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from salesprep.settings.lines import key_lines
from salesprep.settings.model import Key, Layer, LayerKind, Settings


@dataclass(frozen=True, slots=True)
class Said:
    """What one layer gives for one key."""

    origin: str
    """A file or a variable."""
    layer: LayerKind
    line: int | None
    """In the file, counted from 1, where it can be told."""
    value: object = field(repr=False)
    """As it stands there; it may be a secret in the wrong place."""
    adapter: str | None = None
    """For a key of a source: the adapter that it was meant for."""


def history(settings: Settings) -> dict[Key, tuple[Said, ...]]:
    """Per key what the layers gave for it, first to last; keys that hold further keys are left out."""
    found: dict[Key, tuple[Said, ...]] = {}
    adapters: dict[str, str] = {}
    for layer in settings.layers:
        adapters |= dict(_adapters(layer))
        lines = key_lines(layer.text)
        for key, value in _ends(layer.table, ()):
            adapter = adapters.get(key[1]) if key[0] == "sources" and len(key) > 1 else None
            said = Said(str(layer.file), layer.kind, _line(lines, key), value, adapter)
            found[key] = (*found.get(key, ()), said)
    return found


def which_layer(settings: Settings, *key: str) -> Layer | None:
    """The last layer that says something of ``key`` or of a key in it; ``None`` if none does."""
    for layer in reversed(settings.layers):
        table: object = layer.table
        for name in key:
            table = table.get(name) if isinstance(table, Mapping) else None
        if table is not None:
            return layer
    return None


def locked_by(settings: Settings, *key: str) -> str | None:
    """The file that keeps later layers from setting ``key``; ``None`` if nobody locked it.

    It may have locked the key, a table around it, or one of the keys in it.
    """
    for lock, file in settings.locks.items():
        shorter = min(len(lock), len(key))
        if lock[:shorter] == key[:shorter]:
            return file
    return None


def _adapters(layer: Layer) -> Iterator[tuple[str, str]]:
    sources = layer.table.get("sources")
    for name, keys in sources.items() if isinstance(sources, Mapping) else ():
        if "adapter" in keys:
            yield name, keys["adapter"]


def _line(lines: Mapping[Key, int], key: Key) -> int | None:
    """Its own line, or that of the inline table or list that it stands in."""
    return next((lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in lines), None)


def _ends(table: Mapping[str, object], path: Key) -> Iterator[tuple[Key, object]]:
    for name, value in table.items():
        if isinstance(value, Mapping) and value:
            yield from _ends(value, (*path, name))
        else:
            yield (*path, name), value
