"""What an adapter touches: files it opens, servers it speaks to, programs it starts.

Python tells it by audit events (PEP 578). A hook cannot be taken back, so there is one for the process,
which does nothing while nobody watches.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SORTS: Mapping[str, str] = {
    "open": "opens",
    "sqlite3.connect": "opens the database",
    "os.listdir": "lists",
    "os.scandir": "lists",
    "glob.glob": "lists",
    "os.mkdir": "makes the folder",
    "os.remove": "removes",
    "os.rename": "renames",
    "os.rmdir": "removes the folder",
    "shutil.rmtree": "removes the folder",
    "os.chmod": "changes the mode of",
    "os.truncate": "cuts",
    "os.utime": "changes the times of",
    "socket.connect": "connects to",
    "socket.getaddrinfo": "looks up the name",
    "socket.gethostbyname": "looks up the name",
    "subprocess.Popen": "starts the program",
    "os.system": "starts the program",
    "os.posix_spawn": "starts the program",
    "_thread.start_new_thread": "starts a thread",
}
_CHANGES = frozenset(
    ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "os.chmod", "os.truncate", "os.utime")
)
_NETWORK = frozenset(("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"))


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing that was touched."""

    event: str
    target: str
    writes: bool
    by_adapter: bool
    """Its own code did it, or had a library do it; not the import of a module."""

    @property
    def words(self) -> str:
        """``opens agenda.ics``."""
        return f"{self.verb} {self.target}".strip()

    @property
    def verb(self) -> str:
        """What is done to the target."""
        return "writes" if self.writes and self.event == "open" else _SORTS[self.event]

    @property
    def network(self) -> bool:
        """Whether it is about another machine."""
        return self.event in _NETWORK


@dataclass(slots=True)
class Watch:
    """What happened while it was on."""

    folder: str
    """Where the adapter's code lies, with a separator at its end."""
    touches: list[Touch] = field(default_factory=list)

    def own(self) -> list[Touch]:
        """What the adapter's code did, each thing once."""
        return list(dict.fromkeys(touch for touch in self.touches if touch.by_adapter))


_watching: list[Watch] = []
_hooked = False
_inside = threading.local()


@contextmanager
def watching(folder: Path) -> Iterator[Watch]:
    """Watch the adapter in ``folder``, in all threads."""
    global _hooked  # noqa: PLW0603 - there is one hook in a process
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    watch = Watch(str(folder) + os.sep)
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.remove(watch)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or event not in _SORTS or getattr(_inside, "busy", False):
        return
    _inside.busy = True
    try:
        if _is_nothing(event, arguments):
            return
        for watch in tuple(_watching):
            watch.touches.append(_touch(event, arguments, watch.folder))
    finally:
        _inside.busy = False


def _touch(event: str, arguments: tuple[Any, ...], folder: str) -> Touch:
    return Touch(event, _target(event, arguments), _writes(event, arguments), _by(folder))


def _target(event: str, arguments: tuple[Any, ...]) -> str:
    if event == "_thread.start_new_thread":
        return ""
    if event == "socket.connect":
        address = arguments[1]
        is_place = isinstance(address, tuple) and len(address) > 1
        return f"{address[0]}:{address[1]}" if is_place else os.fsdecode(address)
    first = arguments[0] if arguments else ""
    if isinstance(first, bytes | os.PathLike):
        return os.fsdecode(first)
    return str(first)


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event != "open":
        return event in _CHANGES
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITES)


def _is_nothing(event: str, arguments: tuple[Any, ...]) -> bool:
    """Code that is read, as for a traceback or for the docstrings of settings, is no I/O of an adapter's; a
    file that is open already was told of before."""
    if event == "open" and isinstance(arguments[0], int):
        return True
    return event == "open" and _target(event, arguments).endswith(".py") and not _writes(event, arguments)


def _by(folder: str) -> bool:
    """Whether code in ``folder`` is on the stack, nearer than any import of a module."""
    frame: FrameType | None = sys._getframe(3)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib"):
            return False
        if name.startswith(folder):
            return True
        frame = frame.f_back
    return False
