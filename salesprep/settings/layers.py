"""Layers: one settings file, or the environment, each checked by itself and then laid over the others.

A later layer wins and tables merge key by key; a list replaces a list. One exception: a layer that
gives a source another adapter replaces that source whole, since the keys of two adapters do not mix.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from salesprep.settings.model import SettingsError
from salesprep.settings.shape import SETTINGS, SOURCE, At, check_table

PREFIX = "SALESPREP_"
_POSITION = re.compile(r"\(at (line \d+, column \d+|end of document)\)\Z")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file or variable gives, checked."""

    file: Path | str
    """The path of the file, or the name of the environment variable."""
    table: Mapping[str, object]


@dataclass(slots=True)
class Merged:
    """All layers, laid over each other from the first to the last."""

    table: dict[str, object] = field(default_factory=dict)
    origins: dict[tuple[str, ...], Path | str] = field(default_factory=dict)
    """Who gave each key that holds no further keys."""
    source_files: dict[str, Path] = field(default_factory=dict)
    """Per source the last file that gave one of its adapter's keys, or that named it first."""

    def lay(self, layer: Layer) -> None:
        """Put ``layer`` over what is there."""
        sources = layer.table.get("sources")
        if isinstance(sources, dict):
            for name, keys in sources.items():
                self._make_room(name, keys)
                if isinstance(layer.file, Path) and (
                    name not in self.source_files or keys.keys() - SOURCE.keys
                ):
                    self.source_files[name] = layer.file
        self._merge(self.table, layer.table, (), layer.file)

    def origin(self, *path: str) -> Path | str | None:
        """Who gave the key at ``path``, or the nearest key around it, or one below it."""
        below = (file for known, file in self.origins.items() if known[: len(path)] == path)
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return self.origins[path[:length]]
        return next(below, None)

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
        self, over: dict[str, object], table: Mapping[str, object], path: tuple[str, ...], file: Path | str
    ) -> None:
        for key, value in table.items():
            here = (*path, key)
            if isinstance(value, dict):
                below = over.get(key)
                if not isinstance(below, dict):
                    self._forget(here)
                    below = over[key] = {}
                if not value:
                    self.origins.setdefault(here, file)
                self._merge(below, value, here, file)
            else:
                self._forget(here)
                over[key] = value
                self.origins[here] = file

    def _forget(self, path: tuple[str, ...]) -> None:
        for known in [p for p in self.origins if p[: len(path)] == path]:
            del self.origins[known]


def read_file(file: Path) -> Layer:
    """The layer in ``file``.

    Raises:
        SettingsError: not there, not readable, no TOML, or not of the shape of settings.
    """
    try:
        # utf-8-sig: editors on Windows put a mark in front that TOML does not know.
        text = file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise SettingsError(file, None, "there is no such file", "give the path of a settings file") from None
    except IsADirectoryError:
        raise SettingsError(file, None, "is a folder", "name the settings file in it") from None
    except UnicodeDecodeError:
        raise SettingsError(file, None, "is not UTF-8 text", "save it as UTF-8") from None
    except (OSError, ValueError) as error:
        why = f"cannot be read ({type(error).__name__})"
        raise SettingsError(file, None, why, "make it readable for yourself") from None
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise SettingsError(file, None, "is nested too deeply", "use fewer brackets in brackets") from None
    except ValueError as error:
        # ValueError: tomllib's own error is one, and so is a number of more than 4,300 digits.
        found = _POSITION.search(str(error))
        where = f" at {found[1]}" if found else ""
        raise SettingsError(
            file, None, f"is not valid TOML{where}", 'a line is KEY = VALUE; texts stand in "quotes"'
        ) from None
    return Layer(file, check_table(SETTINGS, table, At(file)))


def read_environment(environ: Mapping[str, str]) -> tuple[Layer, ...]:
    """One layer per variable ``SALESPREP_TABLE__KEY``; two underscores go one table down.

    Variables without two underscores (``SALESPREP_HOME``, a token that a secret refers to) are not
    settings. A value is read as TOML where it is such, else as a text.
    """
    return tuple(
        _variable(name, environ[name]) for name in sorted(environ) if name.startswith(PREFIX) and "__" in name
    )


def _variable(name: str, raw: str) -> Layer:
    path = name.removeprefix(PREFIX).lower().split("__")
    if not all(path):
        mend = "write it as SALESPREP_TABLE__KEY"
        raise SettingsError(name, None, "is no name of a setting", mend)
    table = {path[-1]: _parsed(raw)}
    for key in reversed(path[:-1]):
        table = {key: table}
    return Layer(name, check_table(SETTINGS, table, At(name, (), raw)))


def _parsed(raw: str) -> object:
    try:
        table = tomllib.loads(f"value = {raw}")
    except (ValueError, RecursionError):
        return raw
    # A line break in the variable could have begun a second key.
    return table["value"] if table.keys() == {"value"} else raw


def merge(layers: Iterable[Layer]) -> Merged:
    """All ``layers``, first to last."""
    merged = Merged()
    for layer in layers:
        merged.lay(layer)
    return merged
