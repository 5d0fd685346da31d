"""The original of a record, opened in the browser or in the program that this machine has for its files.

Where that would be the wrong machine's, over SSH, the address is given to the user instead: as a link
that their terminal opens, and on their clipboard. No shell has a part in any of it.
"""

from __future__ import annotations

import os
import re
import shutil
import string
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from salesprep import machine
from salesprep.adapter.words import _, joined

if TYPE_CHECKING:
    from salesprep.adapter import Record
    from salesprep.tui.clipboard import Copied

_PATIENCE = 1.0
"""Seconds in which a program that cannot open something has said so; one that can may stay."""

_PROGRAMS = re.compile(
    r"\.(?:"
    r"app|appimage|bat|cmd|com|command|cpl|desktop|exe|hta|inf|jar|js|jse|lnk|msc|msi|msix|pif|pkg|"
    r"ps1|psm1|py|pyw|reg|run|scf|scpt|scr|settingcontent-ms|sh|terminal|tool|url|vb|vbe|vbs|webloc|"
    r"workflow|ws|wsf|wsh|xbap"
    r")\Z",
    re.IGNORECASE,
)
"""What some system runs when it is opened, instead of showing it; and files that only lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Openable:
    """Something that may be opened."""

    url: str
    """``http:``, ``https:`` or ``file:``, in ASCII, as terminals and programs want it."""
    path: Path | None = None
    """The file, if it is one, links followed."""

    @property
    def address(self) -> str:
        """What a person does something with: the path of a file, else the address."""
        return self.url if self.path is None else str(self.path)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is not opened, and why, in one sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What was done: ``opened`` by a program, or ``given`` to the user."""

    how: Literal["opened", "given"]
    said: str
    """One sentence for the user, no full stop."""
    target: Openable


def target(record: Record, files: Iterable[Path]) -> Openable | Refused:
    """The original of ``record``, if its source may lead there: to the web, or beneath ``files``, which
    the source's settings name (:meth:`salesprep.sources.Host.files`). Looks at the file, so it may wait.
    """
    from salesprep.sources.file_links import beneath, path_of
    from salesprep.sources.links import refusal

    url = record.url
    if not url:
        return Refused(record.no_url_reason or _("the source gives no address of it"))
    # The same question as when the record came in: meanwhile its file may have become a way out.
    reason = refusal(url, beneath(tuple(files)))
    if reason is not None:
        return Refused(reason)
    if url[:5].lower() != "file:":
        return Openable(_ascii(url))
    try:
        path = path_of(url).resolve()
        if not path.exists():
            return Refused(_("the file is no longer there"))
    except (OSError, RuntimeError, ValueError):
        return Refused(_("the file cannot be looked at"))
    if _is_program(path):
        return Refused(_("the file is a program or leads to one"))
    return Openable(path.as_uri(), path)


def _is_program(path: Path) -> bool:
    if _PROGRAMS.search(path.name):
        return True
    return not path.suffix and path.is_file() and os.access(path, os.X_OK)


async def open_original(
    record: Record,
    files: Iterable[Path],
    environ: Mapping[str, str],
    copy: Callable[[str], Awaitable[Copied]],
) -> Opened | Refused:
    """Open the original of ``record``; where that cannot be done from here ``copy`` its address."""
    from salesprep.sources.threads import DaemonPool, on_thread

    # A thread that nobody waits for at the end: a share that is gone, and a program that starts slowly.
    pool = DaemonPool("opening", 1)
    try:
        found = await on_thread(pool, lambda: target(record, files))
        if isinstance(found, Refused):
            return found
        far = machine.is_far(environ)
        if not far and await on_thread(pool, lambda: _start(found, environ)):
            if found.path is None:
                return Opened("opened", _("opened in the browser"), found)
            return Opened("opened", _("opened {file}", file=found.path.name), found)
    finally:
        pool.shutdown()
    copied = await copy(found.address)
    why = _("this is another machine than yours") if far else _("no program here opens it")
    return Opened("given", joined((why, copied.said)), found)


# -- programs -----------------------------------------------------------------------------------


def _start(found: Openable, environ: Mapping[str, str]) -> bool:
    """Have the system open it. Whether there was a program that did not fail at once."""
    if sys.platform == "win32":
        try:
            os.startfile(found.address)  # noqa: S606  no shell is what is wanted
        except OSError:
            return False
        return True
    return any(_runs(command, environ) for command in _commands(found, environ))


def _commands(found: Openable, environ: Mapping[str, str]) -> Iterable[list[str]]:
    """What opens it, the best first; an address begins with its scheme and a path with a slash, so that
    neither can be taken for an option."""
    if sys.platform == "darwin":
        yield ["open", found.address]
    elif machine.is_wsl(environ):
        yield ["wslview", found.address]
        if found.path is None:
            yield ["rundll32.exe", "url.dll,FileProtocolHandler", found.url]
    elif environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        # Without a screen of windows these would take a browser for the terminal, over this one.
        yield ["xdg-open", found.address]
        yield ["gio", "open", found.address]


def _runs(command: list[str], environ: Mapping[str, str]) -> bool:
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        return False
    try:
        process = subprocess.Popen(  # noqa: S603  a program of the system's, no shell
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        code = process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        # A browser that was not open yet. It outlives us; until then somebody has to take its last word.
        threading.Thread(target=process.wait, name="opened", daemon=True).start()
        return True
    # Through rundll32 nothing can be learned of how it went.
    return code == 0 or command[0] == "rundll32.exe"


def _ascii(url: str) -> str:
    """``url`` with all else than ASCII as ``%C3%A9``, as in links that terminals are given."""
    return quote(url, safe=string.printable)
