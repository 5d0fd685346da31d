"""``sources kept``: every file in salesprep's folders, and whose it is. What is not known is not hidden."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import SAMPLE, read_unchecked
from salesprep.machine import Dirs
from salesprep.output import kept as listing
from salesprep.output.kept import Folder, Kept, What
from salesprep.settings import Settings

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

_IN_STATE: Mapping[str, What] = {
    "audit.jsonl": "audit",
    "links.toml": "links",
    ".links.toml.lock": "lock",
    "undo.jsonl": "history",
    ".undo.jsonl.lock": "lock",
    "log": "log",
    "log.1": "log",
    "trusted.json": "trusted",
    "team.toml": "team",
}


def kept(common: Common) -> Exit:
    """List them; nothing is opened, and no source is asked."""
    settings, dirs, _catalogue = read_unchecked(common.settings, os.environ)
    found = sorted(files(dirs, settings), key=lambda one: (one.folder, one.path))
    titles = {source.name: source.title for source in settings.sources.values()}
    if common.format == "json":
        show(listing.kept_json(dirs, found))
    else:
        show(listing.kept_text(dirs, found, titles, settings.us, standard_output(os.environ).width))
    return Exit.DONE


def files(dirs: Dirs, settings: Settings) -> Iterator[Kept]:
    """Every file beneath the three folders, and the file of decisions if it lies elsewhere."""
    named = settings.links_file
    elsewhere: dict[Path, What] = {named: "links", _lock_of(named): "lock"} if named is not None else {}
    roots: dict[Folder, Path] = {"cache": dirs.cache, "state": dirs.state, "config": dirs.config}
    seen: set[Path] = set()
    for folder, root in roots.items():
        for path in _walk(root):
            what, source = _whose(folder, path.relative_to(root), settings)
            if path not in seen:
                seen.add(path)
                yield _kept(folder, path, elsewhere.get(path, what), source)
    for path, what in elsewhere.items():
        if path not in seen and path.exists():
            yield _kept("elsewhere", path, what, None)


def _walk(root: Path) -> Iterator[Path]:
    """Files, links and whatever else; a symbolic link is listed and not followed, a folder that cannot be
    looked into is listed itself."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield root
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _whose(folder: Folder, path: PurePath, settings: Settings) -> tuple[What, str | None]:
    match (folder, path.parts):
        case "cache", ("index", source, _, *_):
            return "index", source
        case "cache", ("sample", _, *rest):
            return "sample", _reader("/".join(rest), settings)
        case "config", ("secrets", name):
            return "secret", _reads_secret(name, settings)
        case "state", ("figures", name):
            return "figures", name.removesuffix(".1").removesuffix(".jsonl")
        case "state", ("notes", name) if name.endswith(".md"):
            return "note", None
        case "state", (name,) if name in _IN_STATE:
            return _IN_STATE[name], None
        case "config", ("settings.toml",):
            return "settings", None
    return "unknown", None


def _reader(path: str, settings: Settings) -> str | None:
    """The source whose settings name this path in the example workspace, or a folder above it."""
    for source in settings.sources.values():
        for text in _texts(source.config):
            beneath = text.removeprefix(SAMPLE)
            if beneath != text and (path == beneath or path.startswith(f"{beneath.rstrip('/')}/")):
                return source.name
    return None


def _reads_secret(name: str, settings: Settings) -> str | None:
    """The source whose settings refer to the file of this name."""
    for source in settings.sources.values():
        if any(t.startswith("file:") and PurePath(t).name == name for t in _texts(source.config)):
            return source.name
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _lock_of(file: Path) -> Path:
    return file.with_name(f".{file.name}.lock")


def _kept(folder: Folder, path: Path, what: What, source: str | None) -> Kept:
    try:
        found = path.lstat()
    except OSError:
        return Kept(folder, path, what, source, None, None)
    size = found.st_size if stat.S_ISREG(found.st_mode) else None
    return Kept(folder, path, what, source, size, datetime.fromtimestamp(found.st_mtime, UTC))
