"""How fast big LinkedIn exports are looked at, the first time and the second.

Each look is taken in a fresh interpreter with the same kept index, as starts of the program are; what is
measured is the source's own time (CPU) for finding the customer and fetching who is there, and what was
written where that is looked at. The floor is a bare read of the same CSV files by ``csv.reader``: the best of
three, in the same interpreter right before. All of it is CPU time of the process. What else the machine does
makes that dearer too, so a look is compared with the bare read beside it, and the middle of all pairs told.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.exports import CUSTOMER, write
from benchmarks.report import Figure, Options, Table

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = date(2026, 11, 21)
LOOKS = {
    "one export: people": ("Connections.csv",),
    "one export: people, messages": ("Connections.csv", "messages.csv"),
    "two exports: people": ("Connections.csv",),
}
"""And which files a look has to read."""


class _NoNetwork:
    async def get(self, url: str, **_: Any) -> Any:
        raise AssertionError("a benchmark of files asked the network")

    head = get


def look(name: str, folder: Path, store: Path) -> dict[str, Any]:
    """Ask the adapter once, in this process: seconds, those of a bare read, what was found, peak MB."""
    from adapters.linkedin_export.adapter import LinkedInExport
    from salesprep.adapter import Kind, Query, Request
    from salesprep.sources.tuning import tune

    tune()  # as the host does, before any source is asked
    config = LinkedInExport.Config(exports=[folder])
    log = logging.getLogger("benchmarks.export")
    deadline = time.monotonic() + 3600
    request = Request(lambda: NOW, deadline, _NoNetwork(), log, "me", store)
    adapter = LinkedInExport(config)
    bare = min(_bare_read(folder, LOOKS[name]) for _ in range(3))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = (CUSTOMER, CUSTOMER.removesuffix(" B.V."))
    began = time.process_time()
    accounts = adapter.find(Query(names=names), request)
    query = Query(names=names, ids=tuple(account.id for account in accounts.records[:1]))
    page = adapter.fetch(query, Kind.PERSON, None, request)
    if "messages.csv" in LOOKS[name]:
        page = adapter.fetch(query, Kind.ACTIVITY, None, request)
    return {
        "seconds": time.process_time() - began,
        "bare": bare,
        "total": page.total,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "before_mb": before / 1024,
    }


def _bare_read(folder: Path, files: Sequence[str]) -> float:
    began = time.process_time()
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            for name in files:
                with archive.open(name) as stream:
                    for _ in csv.reader(io.TextIOWrapper(stream, "utf-8", newline="")):
                        pass
    return time.process_time() - began


def in_fresh_interpreter(name: str, folder: Path, store: Path) -> dict[str, Any]:
    """:func:`look` as a start of the program would take it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.export", "--look", name, str(folder), str(store)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(options: Options) -> Sequence[Table]:
    """An export of 30,000 connections and 20,000 messages; all kinds of looks in turn."""
    people, messages, rounds = (3_000, 2_000, 1) if options.quick else (30_000, 20_000, 9)
    pairs: dict[str, list[_Pair]] = {name: [] for name in LOOKS}
    with tempfile.TemporaryDirectory() as scratch:
        for name in LOOKS:
            _fill(Path(scratch, name), name, people, messages)
        for n in range(rounds):
            for name, taken in pairs.items():
                store = Path(scratch, f"{name} {n}")
                store.mkdir(mode=0o700)
                first, second = (in_fresh_interpreter(name, Path(scratch, name), store) for _ in range(2))
                taken.append((first, second))
    rows = [_row(name, taken) for name, taken in pairs.items()]
    notes = [
        f"{people} connections and {messages} messages in each export",
        "bare read: csv.reader over the same files of the same zips, best of three in the same interpreter",
        f"ms: the best of {rounds}; of bare, of first: the middle of as many pairs",
        "the source's own CPU time for finding the customer and fetching a first page; every look in a"
        " fresh interpreter, the second with the index that the first one kept",
        "peak MB: of the whole process; with everything imported it begins at the figure before it",
    ]
    return [Table("LinkedIn export: a big one, twice", rows, notes)]


_Pair = tuple[dict[str, Any], dict[str, Any]]
"""A first look and the second."""


def _fill(folder: Path, name: str, people: int, messages: int) -> None:
    folder.mkdir()
    write(folder, DAY, people=people, messages=messages)
    if name.startswith("two"):
        write(folder, DAY - timedelta(days=34), people=people, messages=messages, moved=0.03)


def _row(name: str, pairs: Sequence[_Pair]) -> dict[str, Figure]:
    ratios = [first["seconds"] / first["bare"] for first, _ in pairs]
    return {
        "look": name,
        "bare ms": min(first["bare"] for first, _ in pairs) * 1000,
        "first ms": min(first["seconds"] for first, _ in pairs) * 1000,
        "of bare": statistics.median(ratios),
        "at most": max(ratios),
        "second ms": min(second["seconds"] for _, second in pairs) * 1000,
        "of first": statistics.median(second["seconds"] / first["seconds"] for first, second in pairs),
        "start MB": pairs[0][0]["before_mb"],
        "peak MB": pairs[0][0]["peak_mb"],
        "found": pairs[0][0]["total"],
    }


def main(argv: Sequence[str] | None = None) -> int:
    """One look, for :func:`in_fresh_interpreter`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("--look", nargs=3, required=True, metavar=("NAME", "FOLDER", "STORE"))
    name, folder, store = parser.parse_args(argv).look
    print(json.dumps(look(name, Path(folder), Path(store))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
