"""``locked = ["us.domains", "sources.crm"]``: what a layer keeps later layers from setting.

A lock on a table locks all that is in it. Who sets the very same value again changes nothing and is let
through; that setting is then left out, so that a relative path keeps starting where the lock's file lies.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from salesprep.adapter.words import _
from salesprep.settings.model import Key, Layer, SettingsError
from salesprep.settings.shape import NOT_LOCKED, SETTINGS, SOURCE, Named, Node, Table, dotted, near

_NOTHING = object()


def read_locks(written: Iterable[str], file: Path | str) -> tuple[Key, ...]:
    """The keys that ``locked`` names, each split at its dots.

    Raises:
        SettingsError: one of them is no setting; a lock that is misspelt would lock nothing.
    """
    return tuple(_read(one, file, number) for number, one in enumerate(written, 1))


def _read(written: str, file: Path | str, number: int) -> Key:
    place = f"locked[{number}]"
    key = _split(written)
    if not key:
        raise SettingsError(file, place, _("is no key"), _('write it as "us.domains"'))
    node: Node = SETTINGS
    for depth, name in enumerate(key):
        if isinstance(node, Named):
            node = node.each
            continue
        known = {one: below for one, below in _keys(node).items() if depth or one not in NOT_LOCKED}
        if name in known:
            node = known[name]
        elif isinstance(node, Table) and node.others:
            break
        else:
            hint = near(name, known)
            right = dotted((*key[:depth], hint)) if hint else ""
            mend = (
                _('did you mean "{right}"?', right=right)
                if hint
                else _("known here: {names}", names=", ".join(sorted(known)) or _("none"))
            )
            raise SettingsError(file, place, _("names no setting"), mend)
    return key


def _keys(node: Node) -> Mapping[str, Node]:
    return node.keys if isinstance(node, Table) else {}


def _split(written: str) -> Key:
    """As TOML reads a dotted key; empty if it is none."""
    if any(sign in written for sign in "=#[\n"):
        return ()
    try:
        table: object = tomllib.loads(f"{written} = 0")
    except (ValueError, RecursionError):
        return ()
    key: list[str] = []
    while isinstance(table, dict):
        if len(table) != 1:
            return ()
        ((name, table),) = table.items()
        key.append(name)
    return tuple(key) if table == 0 else ()


@dataclass(slots=True)
class Locks:
    """The locks of the layers so far, each with the file that set it first."""

    files: dict[Key, Path | str] = field(default_factory=dict)

    def add(self, layer: Layer) -> None:
        """From now on what ``layer`` locks cannot be set."""
        for key in layer.locks:
            self.files.setdefault(key, layer.file)

    def admit(self, layer: Layer, before: Mapping[str, object]) -> dict[str, object]:
        """What ``layer`` may lay over ``before``: all but what is locked and says the same.

        Raises:
            SettingsError: it sets a locked key to something else.
        """
        if not self.files or layer.kind == "sample":
            # The sample is nobody's wish: it stands in where no layer names a source.
            return dict(layer.table)
        return self._admit(layer, layer.table, (), before)

    def holds_place_of(self, source: str) -> bool:
        """Whether a key of this source's adapter is locked, so that the folder where its paths start is
        not to be moved."""
        return any(
            _starts(key, ("sources",)) and key[1:2] in ((), (source,)) and key[2:3] not in _OWN
            for key in self.files
        )

    def over(self, key: Key) -> Key | None:
        """The lock on ``key`` or on a table around it."""
        return next((key[:n] for n in range(1, len(key) + 1) if key[:n] in self.files), None)

    def _within(self, key: Key) -> Key | None:
        """A lock on something inside the table ``key``."""
        return next((lock for lock in self.files if len(lock) > len(key) and _starts(lock, key)), None)

    def _admit(
        self, layer: Layer, table: Mapping[str, object], path: Key, before: object
    ) -> dict[str, object]:
        self._keeps_adapter(layer, table, path, before)
        admitted: dict[str, object] = {}
        for name, value in table.items():
            here = (*path, name)
            old = before.get(name, _NOTHING) if isinstance(before, Mapping) else _NOTHING
            over, within = self.over(here), self._within(here)
            if isinstance(value, dict) and (value or old is _NOTHING or isinstance(old, dict)):
                below = self._admit(layer, value, here, old)
                if below or not (value or over):
                    admitted[name] = below
            elif over and not _same(old, value):
                raise self._refusal(layer, here, over)
            elif within and not over:
                raise self._refusal(layer, here, within)
            elif not over:
                admitted[name] = value
        return admitted

    def _keeps_adapter(self, layer: Layer, table: Mapping[str, object], path: Key, before: object) -> None:
        """Another adapter takes the place of the whole source, of what is locked in it too."""
        if len(path) != 2 or path[0] != "sources" or not isinstance(before, Mapping):
            return
        within = self._within(path)
        if within and "adapter" in before and table.get("adapter", before["adapter"]) != before["adapter"]:
            raise self._refusal(layer, (*path, "adapter"), within)

    def _refusal(self, layer: Layer, key: Key, lock: Key) -> SettingsError:
        what = _("is locked by {file}", file=self.files[lock])
        if lock != key:
            what = _("is locked by {file}, which locks {key}", file=self.files[lock], key=dotted(lock))
        mend = _("unset the variable") if layer.kind == "variable" else _("take it out of this file")
        return SettingsError(layer.file, dotted(key), what, _("{mend}, or ask whoever locked it", mend=mend))


_OWN = {(name,) for name in SOURCE.keys}


def _starts(key: Key, start: Key) -> bool:
    return key[: len(start)] == start


def _same(one: object, other: object) -> bool:
    """Whether two values say the same; ``true`` is not ``1``."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return one == other
