"""The board in a terminal of 160 by 45: what it costs to paint, how soon it answers, how quiet it is.

All ratios are to a Textual app of one widget, measured in the same run.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import board_moves
from benchmarks.board_peers import installed
from benchmarks.board_programs import Program, programs, shown
from benchmarks.board_terminal import Terminal, environ
from benchmarks.report import Figure, Options, Table, percentile

ROUNDS = 9
_AFTER = 2.0
"""Seconds from the paint until the peak of memory is read."""
_SETTLED = 1.5
"""Seconds from the paint until it is measured what is written although nothing happens."""
_QUIET = 5.0


def measure(options: Options) -> Sequence[Table]:
    """Three tables: painting, answering, being quiet."""
    with tempfile.TemporaryDirectory() as folder:
        home = environ(Path(folder))
        peers = installed(Path(folder) / "peers") if options.peers else []
        return [
            painting([*programs(), *peers], home, 2 if options.quick else ROUNDS),
            answering(home, 1 if options.quick else 3),
            quiet(home, 1.0 if options.quick else _QUIET),
        ]


# -- painting -----------------------------------------------------------------------------------


def painting(programs: Sequence[Program], home: Mapping[str, str], rounds: int) -> Table:
    """The programs take turns, so that what slows the machine slows all of them."""
    wall: dict[str, list[float]] = {each.name: [] for each in programs}
    cpu: dict[str, list[float]] = {each.name: [] for each in programs}
    peak: dict[str, int] = {}
    for each in programs:  # which also writes the byte code
        with _run(each, home) as terminal:
            terminal.painted(each.markers)
            terminal.written(_AFTER)
            peak[each.name] = terminal.peak
    for _ in range(rounds):
        for each in programs:
            with _run(each, home) as terminal:
                wall[each.name].append(terminal.painted(each.markers))
                cpu[each.name].append(terminal.end().cpu)
    bare = programs[0].name
    rows: list[dict[str, Figure]] = [
        {
            "painted": each.name,
            "wall ms": statistics.median(wall[each.name]) * 1000,
            "cpu ms": statistics.median(cpu[each.name]) * 1000,
            "wall / bare": statistics.median(wall[each.name]) / statistics.median(wall[bare]),
            "cpu / bare": statistics.median(cpu[each.name]) / statistics.median(cpu[bare]),
            "peak MB": peak[each.name] / 1e6,
            "peak / bare": peak[each.name] / peak[bare],
        }
        for each in programs
    ]
    notes = [
        "from the start of the process until all of it is on the screen; cpu: of the program, until then",
        "the board beside bare, with the data: what the interface adds to reading and making the records",
        f"medians of {rounds} rounds, byte code and disk warm; peak: {_AFTER:.0f} s after the paint",
        *(f"{each.name}: {each.what}" for each in programs if each.what),
    ]
    return Table("Board: the first paint", rows, notes)


def _run(program: Program, home: Mapping[str, str]) -> Terminal:
    return Terminal(program.command, home, program.folder)


# -- answering ----------------------------------------------------------------------------------


def answering(home: Mapping[str, str], rounds: int) -> Table:
    """From an answer to its paint, and from a key to its paint while answers come."""
    rows: list[dict[str, Figure]] = []
    for every in (False, True):
        rows_are = "all 200 rows of a panel" if every else "rows as the board has them"
        answers = [took for _ in range(rounds) for took in board_moves.answers(home, every=every)]
        keys = [took for _ in range(rounds) for took in board_moves.keys(home, every=every)]
        rows += [
            _spread(f"answer to paint, {rows_are}", answers),
            _spread(f"key to paint, {rows_are}", keys),
        ]
    notes = [
        "answer: from where the screen takes it to its bytes; each adds ten records on top of a panel",
        "key: down, up or tab, every 40 ms while six sources answer in 20 steps each, until the cursor moves",
    ]
    return Table("Board: answers and keys", rows, notes)


def _spread(what: str, seconds: Sequence[float]) -> dict[str, Figure]:
    return {
        "from": what,
        "p50 ms": percentile(seconds, 0.5) * 1000,
        "p95 ms": percentile(seconds, 0.95) * 1000,
        "p99 ms": percentile(seconds, 0.99) * 1000,
        "most ms": max(seconds) * 1000,
        "measured": len(seconds),
    }


# -- being quiet --------------------------------------------------------------------------------


def quiet(home: Mapping[str, str], seconds: float) -> Table:
    """What is written while nothing happens."""
    rows: list[dict[str, Figure]] = []
    for name, program in (("idle", shown("whole")), ("one source has not answered", shown("hanging"))):
        with _run(program, home) as terminal:
            terminal.painted(program.markers)
            terminal.written(_SETTLED)
            began = time.monotonic()
            count = terminal.written(seconds)
            rows.append({"board": name, "bytes": count, "bytes / s": count / (time.monotonic() - began)})
    notes = [f"in {seconds:.0f} s, from {_SETTLED} s after the paint on; the clock stands still"]
    return Table("Board: what it writes while nothing happens", rows, notes)
