"""Which pages there are: a walk through the folder that opens nothing and follows no link.

It is taken at every look, so that it has to be cheap: one list of each folder and one ``stat`` of each
page, some 25 ms for 5,000 pages.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import ConfigInvalid, PermissionDenied, SourceError, Unavailable
from salesprep.adapter.words import _

MOST_PAGES = 100_000
DEEPEST = 40
"""Folders within folders: a file system may be mounted in itself."""

A_LINK = _("a link, which is not followed")
CLOSED_FOLDER = _("a folder that may not be read")
LOST_FOLDER = _("a folder that cannot be read now")
TOO_DEEP = _("more than {n} folders within each other", n=DEEPEST)
TOO_MANY = _("more than {n} pages", n=MOST_PAGES)


class Found(NamedTuple):
    """A page and the state of its file."""

    name: str
    """From the folder on, with ``/``; as the system gives it, so that it may hold lone surrogates."""
    size: int
    mtime_ns: int
    inode: int


@dataclass(slots=True)
class Walk:
    """What was seen."""

    pages: list[Found] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Why, and which."""
    lost: list[str] = field(default_factory=list)
    """Folders of which nobody knows what is in them now; each ends with ``/``."""
    whole: bool = True
    """The time was enough."""


def walk(config: WikiConfig, left: Callable[[], float]) -> Walk:
    """Every page beneath the folder, in no order; stops when ``left`` says that the time is over.

    Raises:
        ConfigInvalid, PermissionDenied, Unavailable: the folder itself cannot be listed.
    """
    seen = Walk()
    root = os.fspath(config.folder)
    excluded = _excluder(config.exclude)
    todo = [("", 0)]
    while todo:
        if left() <= 0:
            seen.whole = False
            break
        place, depth = todo.pop()
        try:
            with os.scandir(os.path.join(root, place) if place else root) as entries:  # noqa: PTH118
                _list(entries, place, depth, config.extensions, excluded, seen, todo)
        except OSError as error:
            if not place:
                raise _no_folder(config, error) from None
            if isinstance(error, PermissionError):
                seen.left_out.append((CLOSED_FOLDER, place))
            elif not isinstance(error, FileNotFoundError | NotADirectoryError):  # gone since it was listed
                seen.left_out.append((LOST_FOLDER, place))
                seen.lost.append(place)
    return seen


def _list(
    entries: os._ScandirIterator[str],
    place: str,
    depth: int,
    extensions: tuple[str, ...],
    excluded: Callable[[str, str], bool] | None,
    seen: Walk,
    todo: list[tuple[str, int]],
) -> None:
    pages, is_regular = seen.pages, stat.S_ISREG
    for entry in entries:
        file = entry.name
        if file[0] == ".":
            continue
        is_page = file.lower().endswith(extensions)
        name = place + file
        if excluded is not None and excluded(name, file):
            continue
        if entry.is_symlink():
            if is_page or _leads_to_folder(entry):
                seen.left_out.append((A_LINK, name))
        elif entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST:
                todo.append((name + "/", depth + 1))
            else:
                seen.left_out.append((TOO_DEEP, name))
        elif is_page:
            try:
                state = entry.stat(follow_symlinks=False)
            except OSError:  # gone since it was listed
                continue
            if not is_regular(state.st_mode):
                continue
            if len(pages) < MOST_PAGES:
                pages.append(Found(name, state.st_size, state.st_mtime_ns, state.st_ino))
            else:
                seen.left_out.append((TOO_MANY, name))


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return True


def _excluder(globs: tuple[str, ...]) -> Callable[[str, str], bool] | None:
    if not globs:
        return None
    pattern = re.compile("|".join(fnmatch.translate(one.strip("/").casefold()) for one in globs))

    def excluded(name: str, file: str) -> bool:
        return pattern.match(name.casefold()) is not None or pattern.match(file.casefold()) is not None

    return excluded


def _no_folder(config: WikiConfig, error: OSError) -> SourceError:
    name = config.folder.name or str(config.folder)
    if isinstance(error, FileNotFoundError):
        # Without a field: the setting may well be right and the folder be gone.
        return ConfigInvalid(
            _("the folder {name} is not there", name=name),
            mend=_('bring it back, or correct the setting "folder"'),
        )
    if isinstance(error, NotADirectoryError):
        return ConfigInvalid(_("{name} is no folder", name=name), mend=_('correct the setting "folder"'))
    if isinstance(error, PermissionError):
        return PermissionDenied(
            _("the folder {name} may not be read", name=name), mend=_("give this user the right to read it")
        )
    return Unavailable(
        _("the folder {name} cannot be read ({error})", name=name, error=type(error).__name__),
        mend=_("check the drive it is on"),
    )
