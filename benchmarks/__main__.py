"""``python -m benchmarks [--quick] [--json FILE] [--data FOLDER] [--peers] [NAME...]``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol, cast

from benchmarks.report import Options, Table, machine

MODULES = {
    "fanout": "fanout",
    "hostile": "hostile",
    "chaos": "chaos",
    "discovery": "discovery",
    "start": "start",
    "calendar": "calendar_tables",
    "contacts": "contacts",
    "wiki": "wiki",
    "table": "table",
    "export": "export",
    "board": "board",
    "recognition": "recognition",
    "thresholds": "thresholds",
    "persons": "persons",
    "names": "names",
}
"""Which module of this package measures what."""


class Benchmark(Protocol):
    """What each module offers."""

    __doc__: str | None

    def measure(self, options: Options) -> Sequence[Table]: ...


def benchmark(name: str) -> Benchmark:
    """The module that measures ``name``; imported when it is its turn, so that none weighs on another."""
    return cast("Benchmark", importlib.import_module(f"benchmarks.{MODULES[name]}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was named, or all; a table on standard output, all figures as JSON if wanted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure salesprep.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODULES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller cases; not to quote from")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="real files to read as well")
    parser.add_argument("--peers", action="store_true", help="other programs beside the board; installs them")
    given = parser.parse_args(arguments)
    if wrong := [name for name in given.names if name not in MODULES]:
        parser.error(f"no benchmark called {wrong[0]}; there are {', '.join(MODULES)}")

    options = Options(quick=given.quick, data=given.data, peers=given.peers)
    results: dict[str, list[dict[str, object]]] = {}
    print(", ".join(f"{key} {value}" for key, value in machine().items()))
    for name in given.names or MODULES:
        print(f"{name} …", file=sys.stderr)
        tables = benchmark(name).measure(options)
        results[name] = [asdict(table) for table in tables]
        for table in tables:
            print("", *table.lines(), sep="\n", flush=True)
    if given.json is not None:
        document = {
            "schema": "salesprep.benchmarks/1",
            "quick": options.quick,
            "machine": machine(),
            "results": results,
        }
        given.json.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
