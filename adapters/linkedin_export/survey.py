"""Where the exports of a source lie, and in which state: without opening any of them.

What is found here decides whether the kept index is still good.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.linkedin_export.archive import csv_files, key
from salesprep.adapter import ConfigInvalid, SourceError, Unavailable
from salesprep.adapter.words import _

DEEPEST = 3
"""Folders within folders that are looked into for exports."""
MOST = 1_000
"""Zips and folders of exports below one folder; further ones are not looked at, which is said."""
_AN_EXPORT = frozenset({"connections", "messages"})
"""A folder with one of these files is an export itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder that is an export, or may be one."""

    path: Path
    state: str
    """Another one: something in it was written."""
    named: bool
    """The settings name it; it was not just found in a folder that they name."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An export that cannot be read."""

    shown: str
    error: SourceError
    path: Path | None = None


def survey(paths: Iterable[Path]) -> tuple[list[Place], list[Trouble]]:
    """All places below ``paths``, each once, and what is wrong with ``paths`` themselves."""
    places: dict[Path, Place] = {}
    troubles: list[Trouble] = []
    for path in paths:
        try:
            for place in _at(path):
                places.setdefault(place.path.resolve(), place)
        except OSError as error:
            troubles.append(Trouble(path.name or str(path), unreadable(path, error), path))
    return list(places.values()), troubles


def _at(path: Path) -> Iterator[Place]:
    status = path.stat()
    if not stat.S_ISDIR(status.st_mode):
        yield Place(path, _state(status), named=True)
        return
    own = _folder(path, named=True)
    if own is not None:
        yield own
        return
    found = 0
    for place in _below(path, 1):
        if found == MOST:
            raise _TooMany
        found += 1
        yield place
    if not found:
        if not csv_files(path):
            raise _NothingThere
        # Perhaps the connections are in it under another name.
        yield _place(path, named=True)


def _below(folder: Path, depth: int) -> Iterator[Place]:
    with os.scandir(folder) as entries:
        listed = sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
    for one in listed:
        try:
            if one.is_file(follow_symlinks=False) and one.name.lower().endswith(".zip"):
                yield Place(Path(one.path), _state(one.stat()), named=False)
            elif one.is_dir(follow_symlinks=False):
                own = _folder(Path(one.path), named=False)
                if own is not None:
                    yield own
                elif depth < DEEPEST:
                    yield from _below(Path(one.path), depth + 1)
        except OSError:
            continue  # a neighbour that is closed to us, or gone again


def _folder(path: Path, *, named: bool) -> Place | None:
    """The folder as an export, if it holds one."""
    if not _AN_EXPORT.intersection(key(one.name) for one in csv_files(path)):
        return None
    return _place(path, named=named)


def _place(path: Path, *, named: bool) -> Place:
    states = (f"{one.name}={_state(one.stat())}" for one in csv_files(path))
    return Place(path, "/".join(states), named)


def _state(status: os.stat_result) -> str:
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ino}"


class _NothingThere(OSError):
    """A folder in which nothing looks like an export."""


class _TooMany(OSError):
    """A folder of which only a part was looked at."""


def unreadable(path: Path, error: OSError) -> SourceError:
    """What is wrong with a path of the settings."""
    shown = path.name or str(path)
    if isinstance(error, _NothingThere):
        return ConfigInvalid(
            _("{name} holds no LinkedIn export", name=shown), mend=_("put the file from LinkedIn into it")
        )
    if isinstance(error, _TooMany):
        return ConfigInvalid(
            _("only the first {n} zips and folders in {name} were looked at", n=MOST, name=shown),
            mend=_("put the files from LinkedIn into a folder of their own"),
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ConfigInvalid(
            _("{name} is not there", name=shown), mend=_('bring it back, or correct the setting "exports"')
        )
    if isinstance(error, PermissionError):
        return ConfigInvalid(
            _("{name} may not be read", name=shown), mend=_("give yourself the right to read it")
        )
    return Unavailable(
        _("{name} cannot be read ({error})", name=shown, error=type(error).__name__),
        mend=_("see whether its disk is there"),
    )
