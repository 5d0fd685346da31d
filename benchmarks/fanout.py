"""How long many sources at once take, against the slowest of them alone."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import workspace
from benchmarks.report import Figure, Options, Table

COUNTS = (10, 50, 200)
FASTEST_MS, SLOWEST_MS = 20.0, 500.0
ROUNDS = 5
WAYS = {"simulated": "asked once", "simulated_account": "find, then fetch"}


def measure(options: Options) -> Sequence[Table]:
    """One source alone and many together take turns, and the medians are compared.

    Each host is asked twice: ``first`` starts its threads and loads its adapters, ``next`` is another look in
    the same session, past the cache.
    """
    rounds = 2 if options.quick else ROUNDS
    rows: list[dict[str, Figure]] = []
    with tempfile.TemporaryDirectory() as home:
        looks(1, "simulated", Path(home))  # the imports, once for all
        for adapter, way in WAYS.items():
            for count in COUNTS:
                alone, together = [], []
                for _ in range(rounds):
                    alone.append(looks(1, adapter, Path(home)))
                    together.append(looks(count, adapter, Path(home)))
                floor = [statistics.median(times) for times in zip(*alone, strict=True)]
                total = [statistics.median(times) for times in zip(*together, strict=True)]
                rows.append(
                    {
                        "sources": count,
                        "each": way,
                        "slowest alone ms": floor[1] * 1000,
                        "next look ms": total[1] * 1000,
                        "next / alone": total[1] / floor[1],
                        "first look ms": total[0] * 1000,
                        "first / alone": total[0] / floor[0],
                    }
                )
    notes = [
        f"sources of {FASTEST_MS:.0f} to {SLOWEST_MS:.0f} ms, 10 records each, medians of {rounds} rounds",
        "first look: threads and adapters start; next look: the same session, nothing out of the cache",
    ]
    return [Table("Fan-out: a whole briefing over many sources", rows, notes)]


def looks(count: int, adapter: str, home: Path) -> tuple[float, float]:
    """Seconds that a briefing over ``count`` sources takes, the first and the next one of a host."""
    return asyncio.run(_timed(count, adapter, home))


async def _timed(count: int, adapter: str, home: Path) -> tuple[float, float]:
    sources = workspace.simulated(workspace.delays(count, FASTEST_MS, SLOWEST_MS), adapter)
    host, settings = workspace.open_host(sources, home)
    seen = [await workspace.look(host, settings, deadline_s=8.0) for _ in range(2)]
    await host.close()
    for states in (look.states.values() for look in seen):
        if wrong := [state for state in states if state != "fresh"]:
            raise RuntimeError(f"{len(wrong)} of {count} sources did not answer: {wrong[0]}")
    return seen[0].total, seen[1].total
