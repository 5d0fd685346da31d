"""What a settings file could do to whoever reads it: run code, ask addresses, read files, use secrets.
Told before a folder is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from salesprep.settings.model import Layer
from salesprep.settings.secrets import is_reference, shown_keys
from salesprep.settings.shape import SOURCE, dotted

if TYPE_CHECKING:
    from salesprep.adapter.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that would be asked."""

    name: str
    adapter: str
    keys: tuple[tuple[str, object], ...]
    """What it is told, by dotted keys: addresses, files; as it may be shown."""


@dataclass(frozen=True, slots=True)
class Powers:
    """All of it."""

    sources: tuple[Asked, ...] = ()
    other_keys: tuple[str, ...] = ()
    """What else it would set: dotted keys."""
    locks: tuple[str, ...] = ()
    links_file: Path | None = None
    """The file in which decisions on customers would be looked for."""
    links_team: Path | None = None
    """The file from which decisions of others would be taken."""
    secrets: tuple[tuple[str, str], ...] = ()
    """Dotted key and reference of each secret that would be handed to an adapter."""
    adapter_folders: tuple[Path, ...] = ()
    """Folders from which code would be run."""


def adapter_folders(layer: Layer) -> tuple[Path, ...]:
    """The folders of adapters that ``layer`` names."""
    adapters = cast("Mapping[str, list[str]]", layer.table.get("adapters", {}))
    return tuple(_path(layer, written) for written in adapters.get("folders", ()))


def powers(layer: Layer, manifests: Mapping[str, Manifest], before: Mapping[str, str]) -> Powers:
    """What ``layer`` could do.

    ``manifests`` are those of the adapters that there would be, by name; ``before`` has the adapter of
    each source that there is without this layer, which may give it other keys.
    """
    sources = cast("Mapping[str, Mapping[str, object]]", layer.table.get("sources", {}))
    links = cast("Mapping[str, str]", layer.table.get("links", {}))
    others = {key: value for key, value in layer.table.items() if key not in ("sources", "adapters", "links")}
    return Powers(
        sources=tuple(
            _asked(name, str(keys.get("adapter", before.get(name, ""))), keys, manifests)
            for name, keys in sources.items()
        ),
        other_keys=tuple(dict.fromkeys(dotted(key).partition("[")[0] for key, _value in _ends(others, ()))),
        locks=tuple(map(dotted, layer.locks)),
        links_file=_path(layer, links["file"]) if "file" in links else None,
        links_team=_path(layer, links["team"]) if "team" in links else None,
        secrets=tuple(
            (dotted(("sources", *key)), value)
            for key, value in _ends(sources, ())
            if isinstance(value, str) and is_reference(value)
        ),
        adapter_folders=adapter_folders(layer),
    )


def _asked(name: str, adapter: str, keys: Mapping[str, object], manifests: Mapping[str, Manifest]) -> Asked:
    config = {key: value for key, value in keys.items() if key not in SOURCE.keys}
    shown = shown_keys(config, manifests.get(adapter))
    told = ((dotted(key), value) for key, value in _ends(shown, ()))
    return Asked(name, adapter, tuple((key, value) for key, value in told if not is_reference(value)))


def _path(layer: Layer, written: str) -> Path:
    try:
        return Path(layer.file).parent / Path(written).expanduser()
    except RuntimeError:  # of a home that is not known: it will be refused when it is read
        return Path(layer.file).parent / written


def _ends(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Each value with its key, entries of lists counted from 1."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from _ends(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _ends(item, (*path[:-1], f"{path[-1]}[{number}]"))
    else:
        yield path, value
