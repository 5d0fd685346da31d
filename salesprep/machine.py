"""This machine: its folders and the few calls that differ between POSIX and Windows.

The only module that may use POSIX-only calls.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dirs:
    """Where things lie; nothing is written elsewhere."""

    cache: Path
    """``index/<source>/<identity>/``, ``sample/``: may be deleted at any time."""
    state: Path
    """``links.toml``, ``audit.jsonl``, ``log``."""
    config: Path
    """The user's ``settings.toml``."""


def dirs(environ: Mapping[str, str] = os.environ) -> Dirs:
    """The platform's own folders; ``SALESPREP_HOME`` moves all of them beneath one."""
    home = environ.get("SALESPREP_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Dirs(root / "cache", root / "state", root / "config")
    import platformdirs

    own = platformdirs.PlatformDirs("salesprep", appauthor=False)
    return Dirs(own.user_cache_path, own.user_state_path, own.user_config_path)


def private_folder(path: Path) -> Path:
    """Make ``path`` with its parents, readable by the user alone, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        path.chmod(0o700)
    return path


def is_private(path: Path) -> bool:
    """Whether nobody but its owner can read the file; always so on Windows, where ACLs decide."""
    if sys.platform == "win32":
        return True
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


def zone_name(environ: Mapping[str, str] = os.environ) -> str:
    """The zone that this machine keeps its time in (``Europe/Amsterdam``); ``UTC`` if it does not say.

    Taken from ``TZ``, else from where ``/etc/localtime`` points; Windows has no such name to give.
    """
    import zoneinfo

    named = environ.get("TZ", "").removeprefix(":")
    if not named and sys.platform != "win32":
        try:
            named = os.readlink("/etc/localtime").rpartition("zoneinfo/")[2]  # noqa: PTH115  resolve() would follow on
        except OSError:
            named = ""
    try:
        return zoneinfo.ZoneInfo(named).key if named else "UTC"
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def shows_colours() -> bool:
    """Whether the terminal on standard output understands colour codes; asks Windows to."""
    if sys.platform != "win32":
        return True
    import ctypes

    console = ctypes.windll.kernel32
    screen = console.GetStdHandle(-11)
    mode = ctypes.c_ulong()
    if not console.GetConsoleMode(screen, ctypes.byref(mode)):
        return False
    return bool(console.SetConsoleMode(screen, mode.value | 4))  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
