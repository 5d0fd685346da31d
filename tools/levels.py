"""The evidence for the adapters' levels: ``make levels`` writes salesprep/kit/levels.toml.

Runs the kit on each adapter's sample, and the tests in which an adapter is checked against a real
server. Which benchmark measures an adapter is said here; that it does is seen to by a test.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from salesprep import kit
from salesprep.adapter.manifest import read_manifest
from salesprep.kit.levels import FILE

ROOT = Path(__file__).resolve().parents[1]
LIVE = {
    "ics": ("radicale", "tests/adapters/ics/test_addresses.py::TestACalendarOnRadicale::test_passes_the_kit"),
    "sql": ("trytond", "tests/adapters/sql/test_tryton.py::TestARunningTryton::test_passes_the_kit"),
}
"""The distribution of the real server, and the test that runs ``check --live`` against it."""
BENCHMARKS = {
    "ics": "calendar",
    "linkedin_export": "export",
    "markdown_wiki": "wiki",
    "table": "table",
}
"""Which benchmark has the rows of an adapter."""
_HEAD = """# What the tests found of each adapter; `make levels` writes this file, a test compares.
# What follows from it, and what the levels mean: docs/adapters.md.
"""


def adapters() -> tuple[Path, ...]:
    """The folders of this distribution's adapters."""
    return tuple(sorted(manifest.parent for manifest in (ROOT / "adapters").glob("*/adapter.toml")))


def evidence() -> Iterator[str]:
    """The file, line by line."""
    yield from _HEAD.splitlines()
    for folder in adapters():
        manifest = read_manifest(folder / "adapter.toml")
        yield from ("", f"[{manifest.name}]", f"version = {json.dumps(manifest.version)}")
        yield f"offline = {str(kit.check(folder).ok).lower()}"
        if manifest.name in LIVE and _passes(LIVE[manifest.name][1]):
            yield f"live = {json.dumps(server(manifest.name))}"
        if manifest.name in BENCHMARKS:
            yield f"benchmark = {json.dumps(BENCHMARKS[manifest.name])}"


def server(name: str) -> str:
    """The real server that an adapter is checked against, with the minor version that is installed."""
    distribution = importlib.metadata.metadata(LIVE[name][0])
    major, minor, *_ = distribution["Version"].split(".")
    return f"{distribution['Name']} {major}.{minor}"


def _passes(test: str) -> bool:
    command = (sys.executable, "-m", "pytest", "-q", "-n", "0", test)
    return subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode == 0


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(evidence()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
