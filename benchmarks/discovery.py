"""How long it takes to know which adapters there are, before any of them is imported."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Figure, Options, Table
from salesprep.sources import find_adapters

COUNT = 50
ROUNDS = 20
PACKAGE = "benchmark_adapter"
"""How the packages of the adapters begin: none of them may be imported."""

_MANIFEST = """
name = "{name}"
title = "Adapter {name}"
version = "1.0.0"
contract = "1.0"
class = "Never"
kinds = ["activity", "ticket", "person"]
lookups = ["id", "domain", "name"]
abilities = ["find", "fetch", "search"]
asks_as = "service"
ttl = "5m"
hosts = ["config:base_url"]
secrets = ["token"]
"""


def measure(options: Options) -> Sequence[Table]:
    """Installed as distributions, and as folders of one's own; beside what this installation has."""
    rounds = 3 if options.quick else ROUNDS
    with tempfile.TemporaryDirectory() as given:
        site, own = Path(given, "site"), Path(given, "own")
        for number in range(COUNT):
            _install(site, f"installed{number}")
            _write(own / f"own{number}", f"own{number}")
        rows = [_row("none added", (), rounds)]
        sys.path.insert(0, str(site))
        try:
            rows.append(_row(f"{COUNT} installed", (), rounds))
            rows.append(_row(f"{COUNT} installed, {COUNT} folders", (own,), rounds))
        finally:
            sys.path.remove(str(site))
    notes = [f"medians of {rounds} rounds in one process, warm disk; imported: modules of theirs, afterwards"]
    return [Table("Discovery: which adapters there are", rows, notes)]


def _row(what: str, folders: tuple[Path, ...], rounds: int) -> dict[str, Figure]:
    times: list[float] = []
    found = 0
    for _ in range(rounds):
        began = time.perf_counter()
        found = len(find_adapters(folders).installed)
        times.append((time.perf_counter() - began) * 1000)
    imported = sum(name.startswith(PACKAGE) for name in sys.modules)
    return {
        "adapters": what,
        "found": found,
        "median ms": statistics.median(times),
        "worst ms": max(times),
        "imported": imported,
    }


def _install(site: Path, name: str) -> None:
    package = f"{PACKAGE}_{name}"
    _write(site / package, name)
    info = site / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(f"[salesprep.adapters]\n{name} = {package}\n", encoding="utf-8")


def _write(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    (folder / "adapter.toml").write_text(_MANIFEST.format(name=name), encoding="utf-8")
    (folder / "adapter.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
