"""The log, as far as it may leave: of each line when, how grave, from where, and of what sort. What a line
says in words stays, since libraries and adapters put into it what they like.
"""

from __future__ import annotations

import asyncio
import builtins
import re
import sqlite3
import zipfile
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import salesprep
from salesprep.adapter import errors
from salesprep.cli.doctor.admitted import Word, moment, one_of

MOST = 400
"""Lines, the last ones."""
_LONGEST = 2_000_000
_HEAD = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} (?P<level>[A-Z]+) (?P<room>[\w.]+):?", re.ASCII
)
_LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
_ROOMS = frozenset(
    {"salesprep", "salesprep.tui", "salesprep.sources", "asyncio", "py.warnings", "textual", "aiohttp"}
)
_SOURCE = "salesprep.source"
_PLACES = re.compile(r"(?P<file>(?:salesprep|adapters)/[\w/]+\.py)(?::|\", line )(?P<line>\d{1,6})", re.ASCII)
_NAMES = re.compile(r"\b[A-Z]\w{2,60}\b", re.ASCII)
_MOST_PLACES = 12
EVENTS: dict[str, str] = {
    "does not answer": "down",
    "is back": "back",
    "not back since": "stuck",
    "came back": "came-back",
    "returned more than one page holds": "too-long-a-page",
    "no folder for an index": "no-index",
    "no audit": "no-audit",
    "a thread ended unexpectedly": "thread-ended",
    "an error came where nobody could take it": "unraisable",
    "the interface stopped": "interface-stopped",
    "a worker stopped": "worker-stopped",
    "the terminal can no longer be read": "terminal-gone",
    "unexpected": "bug",
}
"""What our own sentences begin with, and what is told of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the log."""

    at: Word | None
    level: Word
    room: Word
    source: int | None
    """Which source's, by its number."""
    event: Word | None
    errors: tuple[Word, ...]
    """Types of errors that it names, of Python's own and of the contract's."""
    places: tuple[tuple[Word, int], ...]
    """Files of salesprep's own and the lines in them."""


def digest(files: Collection[Path], sources: Collection[str]) -> list[Line]:
    """The last events in ``files``, oldest first. ``sources``: their names, in the order of their numbers."""
    found: deque[Line] = deque(maxlen=MOST)
    numbers = {name: number for number, name in enumerate(sources, 1)}
    for file in files:
        for event in _events(_text(file)):
            found.append(_line(event, numbers))
    return list(found)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as log:
            return log.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _events(text: str) -> Iterator[str]:
    """Each with the lines beneath it, which are a traceback's."""
    event: list[str] = []
    for line in text.splitlines():
        if _HEAD.match(line) and event:
            yield "\n".join(event)
            event = []
        event.append(line)
    if event:
        yield "\n".join(event)


def _line(event: str, numbers: dict[str, int]) -> Line:
    head = _HEAD.match(event)
    room = head["room"] if head is not None else ""
    prefix, _dot, source = room.rpartition(".")
    if prefix == _SOURCE:
        room = _SOURCE
    said = event[head.end() :] if head is not None else event
    kind = next((name for phrase, name in EVENTS.items() if phrase in said), None)
    named = dict.fromkeys(_NAMES.findall(said))
    places = [
        (one_of(place["file"], _files()), int(place["line"]))
        for place in _PLACES.finditer(said.replace("\\", "/"))
        if place["file"] in _files()
    ]
    return Line(
        at=_at(head["at"]) if head is not None else None,
        level=one_of(head["level"] if head is not None else "", _LEVELS),
        room=one_of(room, {*_ROOMS, _SOURCE}),
        source=numbers.get(source) if prefix == _SOURCE else None,
        event=one_of(kind, EVENTS.values()) if kind is not None else None,
        errors=tuple(one_of(name, _error_names()) for name in named if name in _error_names()),
        places=tuple(places[-_MOST_PLACES:]),
    )


def _at(text: str) -> Word | None:
    try:
        return moment(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").astimezone())
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    """Every module of salesprep and of the adapters that come with it: ``salesprep/cli/look.py``."""
    root = Path(salesprep.__file__).parents[1]
    return frozenset(
        file.relative_to(root).as_posix()
        for package in ("salesprep", "adapters")
        for file in (root / package).rglob("*.py")
    )


@lru_cache(maxsize=1)
def _error_names() -> frozenset[str]:
    modules = (builtins, errors, sqlite3, asyncio, zipfile)
    return frozenset(
        name
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, BaseException)
    )
