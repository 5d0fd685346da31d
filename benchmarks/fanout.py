"""How long many sources at once take, against the slowest of them alone."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import workspace
from benchmarks.report import Options, Table

COUNTS = (10, 50, 200)
FASTEST_MS, SLOWEST_MS = 20.0, 500.0
ROUNDS = 5


def measure(options: Options) -> Sequence[Table]:
    """Both looks start with nothing running; they alternate, and the medians are compared."""
    rounds = 2 if options.quick else ROUNDS
    with tempfile.TemporaryDirectory() as home:
        look(1, Path(home))  # the imports, once for all
        rows = []
        for count in COUNTS:
            alone: list[float] = []
            together: list[float] = []
            for _ in range(rounds):
                alone.append(look(1, Path(home)))
                together.append(look(count, Path(home)))
            slowest, total = statistics.median(alone), statistics.median(together)
            rows.append(
                {
                    "sources": count,
                    "slowest alone ms": slowest * 1000,
                    "all ms": total * 1000,
                    "all / slowest": total / slowest,
                    "worst round": max(t / a for t, a in zip(together, alone, strict=True)),
                }
            )
    note = f"sources of {FASTEST_MS:.0f} to {SLOWEST_MS:.0f} ms, 10 records each, medians of {rounds} rounds"
    return [Table("Fan-out: a whole briefing over many sources", rows, [note])]


def look(count: int, home: Path) -> float:
    """Seconds that a briefing over ``count`` sources takes, from a host that has asked nobody yet."""
    return asyncio.run(_timed(count, home))


async def _timed(count: int, home: Path) -> float:
    host, settings = workspace.open_host(
        workspace.simulated(workspace.delays(count, FASTEST_MS, SLOWEST_MS)), home
    )
    seen = await workspace.look(host, settings, deadline_s=8.0)
    await host.close()
    if wrong := [state for state in seen.states.values() if state != "fresh"]:
        raise RuntimeError(f"{len(wrong)} of {count} sources did not answer: {wrong[0]}")
    return seen.total
