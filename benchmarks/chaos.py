"""What twenty hostile sources of fifty cost the other thirty, the interface, and the end of the program.

The storms are those of the tests (``tests/chaos``). Each is looked at several times in one session: what
hangs or spins after the first look is still there in the next ones.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import workspace
from benchmarks.report import Figure, Options, Table, percentile
from salesprep.settings import Source
from tests.chaos.storm import FOLDER, Storm, calm, storm

SOURCES, SHARE = 50, 0.4
STORMS, LOOKS = 50, 4
DEADLINE_S = 0.8
COMPARED = 5
TICK_S = 0.005
EXITS = 5


@dataclass(slots=True)
class Seen:
    """What came of all looks of one sort."""

    first: list[float] = field(default_factory=list)
    """Milliseconds that each healthy source came later than without the others, in the first look."""
    later: list[float] = field(default_factory=list)
    """The same in the looks after it."""
    lags: list[float] = field(default_factory=list)
    over: list[float] = field(default_factory=list)
    closing: list[float] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    """More than before, once all was closed."""
    tasks: list[int] = field(default_factory=list)
    guilty: Counter[str] = field(default_factory=Counter)
    """Milliseconds for which each source was named."""


def measure(options: Options) -> Sequence[Table]:
    """Storms, and the same weather with more healthy sources in place of the hostile ones."""
    count = 2 if options.quick else STORMS
    return asyncio.run(_measured(count, 1 if options.quick else EXITS))


async def _measured(storms: int, exits: int) -> Sequence[Table]:
    calm_days, waiting, stormy, blamed = Seen(), Seen(), Seen(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        await session(storm(0).alone, storm(0), home, Seen(), None)  # the imports
        before = threading.active_count()
        for seed in range(1, storms + 1):
            weather = storm(seed, SOURCES, SHARE)
            alone = await session(weather.alone, weather, home, Seen(), None)
            if seed % COMPARED == 1:
                await session(weather.without_offences, weather, home, calm_days, alone)
                await session(weather.waiting, weather, home, waiting, alone)
            await session(weather.sources, weather, home, stormy, alone)
            for name, late in stormy.guilty.items():
                blamed[weather.hostile[name].offence if name in weather.hostile else "healthy"] += round(late)
            stormy.guilty.clear()
        after = threading.active_count()
    exit_s = [_exit_s(seed) for seed in range(1, exits + 1)]
    hostile = round(SOURCES * SHARE)
    rows = [
        _row(f"{hostile} more healthy", calm_days),
        _row(f"{hostile} hostile, none computes", waiting),
        _row(f"{hostile} hostile", stormy),
    ]
    notes = [
        f"{storms} storms of {SOURCES} sources, {hostile} of them hostile, {LOOKS} looks at each, deadline"
        f" {DEADLINE_S} s; healthy ones take 20 to 300 ms; the first two rows of every {COMPARED}th storm",
        "later: when a healthy panel holds its answer, less when it does where the healthy are alone",
        "first: adapters and threads start; next: the same session, what hangs still hangs",
        f"lag: how late a timer of the asking loop comes, every {TICK_S * 1000:.0f} ms",
        "over by: a scan's end after its deadline, at most; answered: healthy panels of 30, at least",
        f"threads left: at most, a moment after a session was closed; {before} before all, {after} after",
        f"the program ended {max(exit_s) * 1000:.0f} ms after its scan at most, in {exits} runs",
    ]
    total = sum(blamed.values()) or 1
    named: list[Mapping[str, Figure]] = [
        {"offence": offence, "ms": late, "share %": 100 * late / total}
        for offence, late in blamed.most_common()
    ]
    return [
        Table("Chaos: 30 healthy sources beside 20 others", rows, notes),
        Table("Chaos: for whom the loop came late, as the host names it", named),
    ]


def _row(beside: str, seen: Seen) -> dict[str, Figure]:
    return {
        "beside": beside,
        "first p50 later ms": percentile(seen.first, 0.5),
        "first p95": percentile(seen.first, 0.95),
        "next p50 later ms": percentile(seen.later, 0.5),
        "next p95": percentile(seen.later, 0.95),
        "lag p99 ms": percentile(seen.lags, 0.99),
        "over by ms": max(seen.over),
        "answered": min(seen.answered),
        "close ms": max(seen.closing),
        "tasks left": max(seen.tasks),
        "threads left": max(seen.threads),
    }


async def session(
    sources: Mapping[str, Source],
    weather: Storm,
    home: Path,
    seen: Seen,
    alone: Sequence[Mapping[str, float]] | None,
) -> Sequence[Mapping[str, float]]:
    """Some looks with one host; when each healthy source had answered in each of them, in seconds."""
    threads, tasks = threading.active_count(), len(asyncio.all_tasks())
    host, settings = workspace.open_host(sources, home, FOLDER)
    ticking = asyncio.create_task(_tick(seen.lags))
    looks: list[Mapping[str, float]] = []
    for number in range(LOOKS):
        look = await workspace.look(host, settings, deadline_s=DEADLINE_S)
        looks.append({name: look.answered[name] for name in weather.healthy})
        seen.over.append((look.total - DEADLINE_S) * 1000)
        seen.answered.append(sum(look.states[name] == "fresh" for name in weather.healthy))
        if alone is not None:
            later = [(look.answered[name] - alone[number][name]) * 1000 for name in weather.healthy]
            (seen.later if number else seen.first).extend(later)
    seen.guilty.update({name: round(late) for name, late in host.lag.guilty.items()})
    ticking.cancel()
    began = time.perf_counter()
    await host.close()
    seen.closing.append((time.perf_counter() - began) * 1000)
    calm()
    await asyncio.sleep(0.1)
    seen.tasks.append(len(asyncio.all_tasks()) - tasks)
    seen.threads.append(threading.active_count() - threads)
    return looks


async def _tick(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        lags.append((time.perf_counter() - began - TICK_S) * 1000)


def _exit_s(seed: int) -> float:
    """Seconds from the end of a scan to the end of the program."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.chaos", str(seed)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).resolve().parents[1],
    )
    return time.time() - float(done.stdout)


async def _one(seed: int, home: Path) -> None:
    weather = storm(seed, SOURCES, SHARE)
    host, settings = workspace.open_host(weather.sources, home, FOLDER)
    await workspace.look(host, settings, deadline_s=DEADLINE_S)
    print(time.time(), flush=True)
    await host.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """One storm, and out: when its scan was over goes to standard output."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(_one(given.seed, Path(home)))


if __name__ == "__main__":
    main()
