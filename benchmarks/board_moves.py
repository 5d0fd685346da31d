"""How soon the board answers: a source's answer or a key, until its bytes are there."""

from __future__ import annotations

import os
import re
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, cycle, islice

from benchmarks.board_briefing import SOURCES, marker
from benchmarks.board_programs import ROOT, shown
from benchmarks.board_terminal import Read, Terminal

_DOWN, _UP, _TAB = b"\x1b[B", b"\x1b[A", b"\t"
_APART = 0.04
"""Seconds from one key to the next."""
_PRESSED = 150
_BEFORE = 0.6
"""Seconds from the paint of the first rows until the first key."""
_AT_LAST = 2.0
"""Seconds in which what is still due is painted."""
# The cursor's mark, and in the same row the word by which its record is known. Colours may stand between
# them, but nothing that moves to another place of the screen.
_CURSOR = re.compile(rb"\xe2\x80\xba(?:\x1b\[[0-9;]*m|[^\x1b\xe2]|\xe2(?!\x80\xba)){0,200}?([A-F]-\d{3})")
_LONGEST = 2000
"""Bytes of a row with all its colours."""


def answers(environ: Mapping[str, str], *, every: bool) -> list[float]:
    """Seconds from each answer until its row is painted, on top of its panel."""
    inside, outside = os.pipe()
    try:
        program = shown("answers", "--notes", str(outside), *_rows(every=every))
        with Terminal(program.command, environ, ROOT, keep=(outside,)) as terminal:
            reads = list(terminal.reads(until=program.markers))
    finally:
        os.close(outside)
    with os.fdopen(inside, "rb") as notes:
        noted = [line.split() for line in notes]
    # The first ones find an empty board: they are part of its first paint.
    return list(waits(Painted(reads), [(word, float(when)) for word, when in noted[len(SOURCES) :]]))


def waits(painted: Painted, taken: Sequence[tuple[bytes, float]]) -> Iterator[float]:
    """Seconds from when each word was taken until it was painted; one that was not, since the next of its
    source was there already, until that one was."""
    following: dict[bytes, float] = {}
    for word, when in reversed(taken):
        seen = painted.when(word)
        source = word[:1]
        following[source] = seen if seen is not None else following[source]
        yield following[source] - when


def keys(environ: Mapping[str, str], *, every: bool) -> list[float]:
    """Seconds from each key until the cursor is painted where it leads, while answers come."""
    program = shown("keys", *_rows(every=every))
    sent: list[float] = []
    cursor = Cursor(marker(next(iter(SOURCES)), 0), islice(leads(), _PRESSED))
    with Terminal(program.command, environ, ROOT) as terminal:
        terminal.painted(program.markers)
        terminal.written(_BEFORE)
        due = time.monotonic()
        for key in islice(cycle((_DOWN, _UP, _TAB)), _PRESSED):
            sent.append(terminal.send(key))
            due += _APART
            while (read := terminal.read(due)) is not None:
                cursor.see(read, len(sent))
        until = time.monotonic() + _AT_LAST
        while cursor.due and (read := terminal.read(until)) is not None:
            cursor.see(read, len(sent))
    if cursor.due:
        raise RuntimeError(f"{cursor.due} of {_PRESSED} keys were never answered")
    return [seen - at for seen, at in zip(cursor.seen, sent, strict=True)]


def _rows(*, every: bool) -> tuple[str, ...]:
    return ("--every",) if every else ()


def leads() -> Iterator[str]:
    """The record that the cursor is on after each of the keys down, up, tab, and so on."""
    sources = tuple(SOURCES)
    for here, following in zip(cycle(sources), islice(cycle(sources), 1, None)):
        yield from (marker(here, 1), marker(here, 0), marker(following, 0))


class Painted:
    """All that was painted, to look up when."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self._bytes = b"".join(read.painted for read in reads)
        self._ends = list(accumulate(len(read.painted) for read in reads))
        self._moments = [read.when for read in reads]

    def when(self, word: bytes) -> float | None:
        """When ``word`` was there for the first time; ``None``: it never was."""
        at = self._bytes.find(word)
        return self._moments[bisect_left(self._ends, at + len(word))] if at >= 0 else None


class Cursor:
    """Follows the cursor from record to record.

    A key is answered when the cursor is painted where it leads, or where a later one leads: what two keys
    did between two paints is not seen apart.
    """

    def __init__(self, at: str, wanted: Iterable[str]) -> None:
        """``at``: where it is before the first key. ``wanted``: where each key leads."""
        self._wanted = [word.encode() for word in wanted]
        self._at = at.encode()
        self._rest = b""
        self.seen: list[float] = []
        """When each key was answered."""

    @property
    def due(self) -> int:
        """How many keys are not answered yet, of all that will be pressed."""
        return len(self._wanted) - len(self.seen)

    def see(self, read: Read, pressed: int) -> None:
        """Take what was painted after so many keys were pressed."""
        text = self._rest + read.painted
        end = 0
        for found in _CURSOR.finditer(text):
            end = found.end()
            if found[1] != self._at:
                self._at = found[1]
                self._answered(read.when, self._wanted[len(self.seen) : pressed])
        self._rest = text[max(end, len(text) - _LONGEST) :]

    def _answered(self, when: float, open_: Sequence[bytes]) -> None:
        if self._at in open_:
            self.seen += [when] * (open_.index(self._at) + 1)
