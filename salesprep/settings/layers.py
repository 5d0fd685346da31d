"""Layers laid over each other, and who gave what.

A later layer wins and tables merge key by key; a list replaces a list. One exception: a layer that
gives a source another adapter replaces that source whole, since the keys of two adapters do not mix.
What a layer has locked, no later one sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from salesprep.settings.locks import Locks
from salesprep.settings.model import Key, Layer
from salesprep.settings.shape import SOURCE


@dataclass(slots=True)
class Merged:
    """All layers, laid over each other from the first to the last."""

    table: dict[str, object] = field(default_factory=dict)
    origins: dict[Key, Path | str] = field(default_factory=dict)
    """Who gave each key that holds no further keys."""
    source_files: dict[str, Path] = field(default_factory=dict)
    """Per source the last file that gave one of its adapter's keys, or that named it first; once one of
    these keys is locked it stays, for a locked path must not start elsewhere."""
    locks: Locks = field(default_factory=Locks)

    def lay(self, layer: Layer) -> None:
        """Put ``layer`` over what is there.

        Raises:
            SettingsError: it sets what an earlier one has locked.
        """
        table = self.locks.admit(layer, self.table)
        sources = table.get("sources")
        if isinstance(sources, dict):
            for name, keys in sources.items():
                self._make_room(name, keys)
                if isinstance(layer.file, Path) and self._gives_place(name, keys):
                    self.source_files[name] = layer.file
        self._merge(self.table, table, (), layer.file)
        self.locks.add(layer)

    def origin(self, *path: str) -> Path | str | None:
        """Who gave the key at ``path``, or the nearest key around it, or one below it."""
        below = (file for known, file in self.origins.items() if known[: len(path)] == path)
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return self.origins[path[:length]]
        return next(below, None)

    def _gives_place(self, name: str, keys: Mapping[str, object]) -> bool:
        if name not in self.source_files:
            return True
        return bool(keys.keys() - SOURCE.keys) and not self.locks.holds_place_of(name)

    def _make_room(self, name: str, keys: Mapping[str, object]) -> None:
        mine = self.table.get("sources")
        before = mine.get(name) if isinstance(mine, dict) else None
        if not isinstance(mine, dict) or not isinstance(before, dict):
            return
        if "adapter" in before and keys.get("adapter", before["adapter"]) != before["adapter"]:
            del mine[name]
            self.source_files.pop(name, None)
            self._forget(("sources", name))

    def _merge(
        self, over: dict[str, object], table: Mapping[str, object], path: Key, file: Path | str
    ) -> None:
        for key, value in table.items():
            here = (*path, key)
            if isinstance(value, dict):
                below = over.get(key)
                if not isinstance(below, dict):
                    self._forget(here)
                    below = over[key] = {}
                    if not value:
                        self.origins[here] = file
                self._merge(below, value, here, file)
            else:
                self._forget(here)
                over[key] = value
                self.origins[here] = file

    def _forget(self, path: Key) -> None:
        for known in [p for p in self.origins if p[: len(path)] == path]:
            del self.origins[known]


def merge(layers: Iterable[Layer]) -> Merged:
    """All ``layers``, first to last."""
    merged = Merged()
    for layer in layers:
        merged.lay(layer)
    return merged
