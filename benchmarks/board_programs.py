"""What is painted, and by which text on the screen it is known that all of it is."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.board_bare import MARKER
from benchmarks.board_briefing import SOURCES, marker
from benchmarks.board_panels import NAMES, first

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Program:
    """Something to run in a terminal."""

    name: str
    command: tuple[str, ...]
    markers: tuple[bytes, ...]
    """Bytes that are written when it is painted; when all are there, all of it is."""
    what: str = ""
    """For who reads the figures."""
    folder: Path = ROOT


def shown(case: str, *options: str, name: str = "", what: str = "") -> Program:
    """The board in a case of ``benchmarks.board_shown``; painted when each panel has its first row."""
    from benchmarks.board_shown import HANGING  # late: whoever measures something else needs no interface

    answering = (source for source in SOURCES if case != "hanging" or source != HANGING)
    rows = tuple(marker(source, 0).encode() for source in answering)
    return Program(name or case, (sys.executable, "-m", "benchmarks.board_shown", case, *options), rows, what)


_BARE = (sys.executable, "-m", "benchmarks.board_bare")


def programs() -> list[Program]:
    """The yardstick first."""
    return [
        Program("bare", _BARE, (MARKER.encode(),), "a Textual app of one line"),
        Program(
            "bare, with the data",
            (*_BARE, "--data"),
            (MARKER.encode(),),
            "the same, which has made the board's briefing and imported what draws it",
        ),
        Program(
            "panels",
            (sys.executable, "-m", "benchmarks.board_panels"),
            tuple(map(first, NAMES)),
            "six panels of 200 lines that are there already: widgets, style sheet and theme alone",
        ),
        Program(
            "first frame",
            (sys.executable, "-m", "salesprep", "--settings", "settings.toml"),
            (b"keys",),  # of "? keys", at the right end of the last line
            "salesprep from the shell until its frame is there; the peak is that of the day with its sources",
        ),
        shown("whole", name="board", what="six panels of 200 records from memory, with the rows of a board"),
        shown("whole", "--every", name="board, every row", what="the same with all 200 rows of each drawn"),
    ]
