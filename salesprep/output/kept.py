"""The files that salesprep keeps, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from salesprep.machine import Dirs
from salesprep.output.listing import dump, table
from salesprep.settings import Us
from salesprep.view.lines import one_line, wrap
from salesprep.view.measures import file_size
from salesprep.view.words import _, _n, count, say

Folder = Literal["cache", "config", "elsewhere", "state"]
What = Literal[
    "audit",
    "figures",
    "history",
    "index",
    "links",
    "lock",
    "log",
    "note",
    "sample",
    "secret",
    "settings",
    "team",
    "trusted",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file."""

    folder: Folder
    path: Path
    what: What
    source: str | None
    """The one source that it holds something of; ``None``: of none."""
    size: int | None
    """Bytes; ``None``: it is no plain file, or cannot be looked at."""
    changed: datetime | None


_WHAT: dict[What, str] = {
    "audit": _("who was looked up"),
    "history": _("what you can take back"),
    "figures": _("how it answered"),
    "index": _("index"),
    "links": _("your decisions"),
    "lock": _("a lock, empty"),
    "log": _("log"),
    "note": _("your note"),
    "sample": _("example"),
    "secret": _("a secret address"),
    "settings": _("your settings"),
    "team": _("copy of the team's settings"),
    "trusted": _("folders you trust"),
    "unknown": _("UNKNOWN"),
}
_FOLDERS: dict[Folder, str] = {
    "cache": _("may be deleted at any time"),
    "config": _("your settings"),
    "elsewhere": _("where your settings say"),
    "state": _("yours; not to be had from any source"),
}


def kept_text(dirs: Dirs, files: Sequence[Kept], titles: Mapping[str, str], us: Us, columns: int) -> str:
    """Folder by folder, a line for each file: what it is, of which source, how large, where."""
    blocks = []
    for folder, about in _FOLDERS.items():
        here = [one for one in files if one.folder == folder]
        if not here:
            continue
        root = _roots(dirs).get(folder)
        heading = f"{root}: {say(us, about)}" if root else say(us, about)
        head = tuple(say(us, word) for word in (_("WHAT"), _("SOURCE"), _("SIZE"), _("FILE")))
        rows = [
            (
                say(us, _WHAT[one.what]),
                _source(one, titles, us),
                "" if one.size is None else file_size(one.size, us),
                str(one.path.relative_to(root) if root and one.path != root else one.path),
            )
            for one in here
        ]
        body = table(head, rows, columns, [""] * len(rows))
        blocks.append("\n".join(wrap(one_line(heading), columns)) + "\n" + body)
    blocks.append("\n".join(wrap(_told(files, us), columns)) + "\n")
    return "\n".join(blocks)


def kept_json(dirs: Dirs, files: Iterable[Kept]) -> str:
    """``salesprep.kept/1``."""
    return dump(
        "salesprep.kept/1",
        folders={folder: str(root) for folder, root in _roots(dirs).items()},
        files=[
            {
                "folder": one.folder,
                "path": str(one.path),
                "what": one.what,
                "source": one.source,
                "bytes": one.size,
                "changed": one.changed,
            }
            for one in files
        ],
    )


def _roots(dirs: Dirs) -> dict[Folder, Path]:
    return {"cache": dirs.cache, "config": dirs.config, "state": dirs.state}


def _source(one: Kept, titles: Mapping[str, str], us: Us) -> str:
    if one.source is None:
        return ""
    title = titles.get(one.source)
    return title if title is not None else say(us, _("{source}, no longer set up"), source=one.source)


def _told(files: Sequence[Kept], us: Us) -> str:
    sources = {one.source for one in files if one.source is not None}
    unknown = sum(one.what == "unknown" for one in files)
    if not files:
        return say(us, _("nothing is kept"))
    parts = [
        count(us, *_n("{n} file", "{n} files"), len(files)),
        count(
            us, *_n("{n} source, in files of its own", "{n} sources, each in files of its own"), len(sources)
        ),
        say(us, _("ids of several stand in your decisions only")),
    ]
    if unknown:
        parts.append(
            count(us, *_n("{n} that salesprep did not write", "{n} that salesprep did not write"), unknown)
        )
    return "; ".join(parts)
