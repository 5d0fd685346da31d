"""How late healthy sources come beside a hostile one, against the same sources without it.

Each look has an interpreter of its own: what a hostile adapter leaves behind (a thread that spins, a
call that never ends) would weigh on the next one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import workspace
from benchmarks.report import Options, Table, percentile
from salesprep.adapter import Query
from salesprep.settings import Source
from salesprep.sources import Ask, Host

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "hostile"
CONTROL = "healthy"
"""One more healthy source: what the measurement itself scatters by."""
ALL_AT_ONCE = {"floods": {"page": 100_000}}
"""Adapters that are measured once more, with these settings."""
HEALTHY = 20
FASTEST_MS, SLOWEST_MS = 20.0, 500.0
DEADLINE_S = 1.5
ROUNDS = 5


def measure(options: Options) -> Sequence[Table]:
    """All hostile adapters of the tests, one after the other."""
    rounds = 1 if options.quick else ROUNDS
    rows = []
    for name, config in _cases():
        looks = [_in_own_interpreter(name, config) for _ in range(rounds)]
        without = [late for one in looks for late in one["without"]]
        beside = [late for one in looks for late in one["beside"]]
        rows.append(
            {
                "beside": name + (", all at once" if config else ""),
                "ended": looks[-1]["state"],
                "answered": min(one["answered"] for one in looks),
                "p50 without ms": percentile(without, 0.5),
                "p50 beside ms": percentile(beside, 0.5),
                "p95 without ms": percentile(without, 0.95),
                "p95 beside ms": percentile(beside, 0.95),
                "p95 later by ms": percentile(beside, 0.95) - percentile(without, 0.95),
                "over by ms": max(one["over"] for one in looks),
            }
        )
    notes = [
        f"{HEALTHY} healthy sources of {FASTEST_MS:.0f} to {SLOWEST_MS:.0f} ms; lateness: the time until a"
        f" panel holds its answer, less that delay; {rounds} rounds, each in a fresh interpreter",
        f"{CONTROL}: beside one more healthy source; by so much the measurement itself scatters",
        "answered: healthy sources that answered, in the worst round",
        f"over by: the scan's end after its deadline of {DEADLINE_S} s (negative: before it)",
    ]
    return [Table("Hostile: 20 healthy sources beside each", rows, notes)]


def _cases() -> Iterator[tuple[str, Mapping[str, object]]]:
    hostile = {folder.parent.name for folder in FOLDER.glob("*/adapter.toml")} - {CONTROL}
    for name in (CONTROL, *sorted(hostile)):
        yield name, {}
        if name in ALL_AT_ONCE:
            yield name, ALL_AT_ONCE[name]


def _in_own_interpreter(name: str, config: Mapping[str, object]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile", name, json.dumps(config)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).resolve().parents[1],
    )
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


async def beside_and_without(name: str, config: Mapping[str, object], home: Path) -> dict[str, Any]:
    """One look at the healthy sources alone, then one beside the hostile: milliseconds late, each of them."""
    delays = workspace.delays(HEALTHY, FASTEST_MS, SLOWEST_MS)
    healthy = workspace.simulated(delays)
    hostile = workspace.source("hostile", name, config)

    async def late(sources: Mapping[str, Source]) -> tuple[list[float], workspace.Look]:
        host, settings = workspace.open_host(sources, home, FOLDER)
        pressing = asyncio.create_task(_press(host))
        seen = await workspace.look(host, settings, deadline_s=DEADLINE_S)
        pressing.cancel()
        await asyncio.gather(pressing, return_exceptions=True)
        if "hostile" not in sources:
            await host.close()
        lateness = [seen.answered[name] * 1000 - delay for name, delay in zip(healthy, delays, strict=True)]
        return lateness, seen

    await late(healthy)  # the imports
    without, _ = await late(healthy)
    beside, seen = await late({"hostile": hostile, **healthy})
    return {
        "without": without,
        "beside": beside,
        "state": seen.states["hostile"],
        "answered": sum(seen.states[source] == "fresh" for source in healthy),
        "over": (seen.total - DEADLINE_S) * 1000,
    }


async def _press(host: Host) -> None:
    """Turn the hostile source's pages for as long as it has any, beyond those that a scan asks for."""
    info = host.infos.get("hostile")
    if info is None or info.manifest is None:
        return
    deadline = time.monotonic() + DEADLINE_S
    cursor: str | None = None
    while time.monotonic() < deadline:
        ask = Ask("fetch", Query(names=(workspace.CUSTOMER,)), info.manifest.kinds[0], cursor)
        answer = await host.ask("hostile", ask, deadline=deadline, fresh=True)
        cursor = answer.page.cursor if answer.page is not None else None
        if cursor is None:
            return


def main(arguments: Sequence[str] | None = None) -> None:
    """One look without and one beside the named adapter, as a line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("config", type=json.loads)
    given = parser.parse_args(arguments)
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory() as home:
        print(
            json.dumps(loop.run_until_complete(beside_and_without(given.name, given.config, Path(home)))),
            flush=True,
        )
    os._exit(0)  # what is stuck would hold a normal exit


if __name__ == "__main__":
    main()
