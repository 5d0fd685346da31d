"""From what was typed to places: a file, a folder and what lies directly in it, an address."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salesprep.adapter.errors import ConfigInvalid, Failure, Unavailable
from salesprep.adapter.words import _
from salesprep.setup.model import Place, SetupError, Trouble

HEAD = 64 * 1024
"""Bytes of a file that every adapter gets to see."""
MOST_ENTRIES = 200
"""Of a folder, the newest."""
_MOST_LISTED = 20_000
_ADDRESS = re.compile(r"(https?|webcals?)://", re.IGNORECASE)
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".temp")
_NOBODYS = frozenset({"desktop.ini", "thumbs.db"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def place_of(text: str, here: Path | None = None) -> Place:
    """The place that ``text`` names; a path starts at ``here`` or the current folder.

    Quotes around it and backslashes before its spaces are what terminals make of a file that is
    dropped onto them.

    Raises:
        SetupError: nothing is there, or nothing that could be read.
    """
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if _ADDRESS.match(text):
        return Place(url=_address(text))
    path = _existing(text, here or Path.cwd())
    if path is None and "\\ " in text:
        path = _existing(text.replace("\\ ", " "), here or Path.cwd())
    if path is None:
        raise SetupError(
            _("{text} is not there", text=text), _("give a file, a folder or the address of a calendar")
        )
    if not _readable_kind(path):
        raise SetupError(_("{text} is neither a file nor a folder", text=text), _("give one of these"))
    return Place(path=path)


def _existing(text: str, here: Path) -> Path | None:
    try:
        path = here / Path(text).expanduser()
        return path.resolve(strict=True) if text and "\0" not in text else None
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, or a home that nobody has
        return None


def _readable_kind(path: Path) -> bool:
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _address(text: str) -> str:
    """``webcal`` is https, but for this machine itself, where nobody has a certificate."""
    from urllib.parse import urlsplit

    scheme, _, rest = text.partition("://")
    if scheme.lower() not in ("http", "https"):
        try:
            host = urlsplit(f"https://{rest}").hostname
        except ValueError:
            host = None
        scheme = "http" if host in _LOOPBACK and scheme.lower() == "webcal" else "https"
    return f"{scheme.lower()}://{rest}"


def head_of(path: Path) -> bytes:
    """The beginning of a file; nothing of a folder.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_dir():
        return b""
    with path.open("rb") as file:
        return file.read(HEAD)


@dataclass(frozen=True, slots=True)
class Entries:
    """What lies in a folder."""

    paths: tuple[Path, ...]
    """Files and folders, newest first, links resolved."""
    troubles: tuple[Trouble, ...] = ()
    beyond: int = 0
    """How many older ones are left out."""


def entries_of(folder: Path) -> Entries:
    """Files and folders directly in ``folder``, without hidden ones and downloads that are not done."""
    found: dict[Path, float] = {}
    troubles: list[Trouble] = []
    try:
        names = list(_names(folder))
    except OSError as error:
        return Entries((), (Trouble(folder.name or str(folder), unreadable(error)),))
    for name in names:
        try:
            path = (folder / name).resolve(strict=True)
            status = path.stat()
        except (FileNotFoundError, RuntimeError):
            continue  # gone again, or a link to nothing or to itself
        except OSError as error:
            troubles.append(Trouble(name, unreadable(error)))
            continue
        if stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_size):
            found[path] = max(status.st_mtime, found.get(path, 0.0))
    paths = sorted(found, key=lambda path: (-found[path], str(path)))
    return Entries(tuple(paths[:MOST_ENTRIES]), tuple(troubles), max(0, len(paths) - MOST_ENTRIES))


def _names(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _MOST_LISTED:
                return
            name = entry.name
            # "~$": what an office program lays beside a file that is open.
            if name.startswith((".", "~$")) or name.lower() in _NOBODYS:
                continue
            if not name.lower().endswith(_UNFINISHED):
                yield name


def unreadable(error: OSError) -> Failure:
    """Why a file or folder cannot be read."""
    if isinstance(error, PermissionError):
        return ConfigInvalid(_("may not be read"), mend=_("give yourself the right to read it")).failure()
    if isinstance(error, FileNotFoundError):
        return ConfigInvalid(_("is not there any more"), mend=_("look where it went")).failure()
    what = _("cannot be read ({error})", error=type(error).__name__)
    return Unavailable(what, mend=_("see whether its disk is there")).failure()
