"""How fast a big calendar is read, the first time and the second, and what becomes of calendars that
nobody here made (``--data DIR``).

Each look is taken in a fresh interpreter with the same kept index, as two starts of the program are;
what is measured is the source's own time, with the libraries that the look itself brings in. The floor
is a raw read of the file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.calendar_file import CUSTOMER, CUSTOMER_DOMAIN, write

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
LOOKS = ("fetch", "upcoming")
_FAR = timedelta(days=365 * 60)


class _NoNetwork:
    async def get(self, url: str, **_: Any) -> Any:
        raise AssertionError("a benchmark of files asked the network")

    head = get


def look(what: str, path: Path, store: Path | None, *, whole: bool = False) -> dict[str, Any]:
    """Ask the adapter once, in this process. ``whole``: 120 years instead of 14 days.

    Returns seconds (and those for loading adapter and settings before), records, total, refused
    (why → count) and the peak memory of this process in MB.
    """
    began = time.perf_counter()
    from adapters.ics.adapter import Calendars
    from salesprep.adapter import Kind, Query, Request, Window

    config = Calendars.Config.model_validate({"calendars": [{"path": str(path)}]})
    log = logging.getLogger("benchmarks.calendar")
    deadline = time.monotonic() + 3600
    request = Request(lambda: NOW, deadline, _NoNetwork(), log, "me", store)
    adapter = Calendars(config)
    window = Window(NOW - _FAR, NOW + _FAR) if whole else Window(NOW, NOW + timedelta(days=14))

    async def ask() -> Any:
        if what == "upcoming":
            return await adapter.upcoming(window, None, request)
        query = Query(names=(CUSTOMER, CUSTOMER.removesuffix(" B.V.")), domains=(CUSTOMER_DOMAIN,))
        return await adapter.fetch(query, Kind.MEETING, None, request)

    ready = time.perf_counter()
    page = asyncio.run(ask())
    return {
        "loading": ready - began,
        "seconds": time.perf_counter() - ready,
        "records": len(page.records),
        "total": page.total,
        "refused": {refusal.why: refusal.count for refusal in page.refused},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_fresh_interpreter(what: str, path: Path, store: Path) -> dict[str, Any]:
    """:func:`look` as a start of the program would take it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.calendar", "--look", what, str(path), str(store)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(*, events: int = 20_000, series: int = 2_000, rounds: int = 3) -> dict[str, Any]:
    """The big calendar: raw read, each look the first and the second time (the best of ``rounds``)."""
    figures: dict[str, Any] = {"events": events, "series": series}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big.ics")
        write(path, NOW.date(), events=events, series=series)
        figures["megabytes"] = path.stat().st_size / 1e6
        figures["raw_read"] = min(_raw_read(path) for _ in range(rounds))
        for what in LOOKS:
            taken = []
            for n in range(rounds):
                store = Path(folder, f"{what}{n}")
                store.mkdir(mode=0o700)
                taken.append([in_fresh_interpreter(what, path, store) for _ in range(2)])
            first = min((pair[0] for pair in taken), key=lambda one: one["seconds"])
            second = min((pair[1] for pair in taken), key=lambda one: one["seconds"])
            figures[what] = {"first": first, "second": second, "ratio": second["seconds"] / first["seconds"]}
    return figures


def _raw_read(path: Path) -> float:
    began = time.perf_counter()
    path.read_bytes()
    return time.perf_counter() - began


def over(folder: Path) -> dict[str, Any]:
    """Every ``*.ics`` below ``folder``: instances in 120 years, refused and why, crashes."""
    figures: dict[str, Any] = {"files": 0, "instances": 0, "refused": {}, "not_read": {}, "crashed": []}
    from salesprep.adapter import SourceError

    for path in sorted(folder.rglob("*.ics")):
        figures["files"] += 1
        try:
            found = look("upcoming", path, None, whole=True)
            look("fetch", path, None)
        except SourceError as error:
            why = error.what.replace(str(path), "the file")
            figures["not_read"][why] = figures["not_read"].get(why, 0) + 1
        except Exception as error:  # what this benchmark is for
            figures["crashed"].append(f"{path.name}: {type(error).__name__}: {error}")
        else:
            figures["instances"] += found["total"]
            for why, count in found["refused"].items():
                figures["refused"][why] = figures["refused"].get(why, 0) + count
    return figures


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    lines = []
    if "raw_read" in figures:
        lines.append(
            f"calendar of {figures['events']} events, {figures['series']} endless series, "
            f"{figures['megabytes']:.1f} MB; raw read {figures['raw_read'] * 1000:.1f} ms"
        )
        lines.append(f"{'look':<10}{'first s':>10}{'second s':>10}{'ratio':>8}{'peak MB':>9}{'found':>8}")
        for what in LOOKS:
            first, second = figures[what]["first"], figures[what]["second"]
            lines.append(
                f"{what:<10}{first['seconds']:>10.3f}{second['seconds']:>10.3f}{figures[what]['ratio']:>8.3f}"
                f"{first['peak_mb']:>9.0f}{first['total']:>8}"
            )
    if "data" in figures:
        data = figures["data"]
        lines.append(
            f"{data['files']} files: {data['instances']} instances read, {len(data['crashed'])} crashes"
        )
        for name in ("refused", "not_read"):
            lines += [f"  {name.replace('_', ' ')} {count:>4}  {why}" for why, count in data[name].items()]
        lines += [f"  CRASH {line}" for line in data["crashed"]]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 1 if anything crashed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calendar", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="also read every *.ics below DIR")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--series", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="figures as JSON instead of a table")
    parser.add_argument("--look", nargs=3, metavar=("WHAT", "FILE", "STORE"), help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.look:
        what, path, store = options.look
        print(json.dumps(look(what, Path(path), Path(store))))
        return 0
    figures = measure(events=options.events, series=options.series, rounds=options.rounds)
    if options.data is not None:
        figures["data"] = over(options.data)
    print(json.dumps(figures, indent=2) if options.json else table(figures))
    return 1 if figures.get("data", {}).get("crashed") else 0


if __name__ == "__main__":
    sys.exit(main())
