"""How long ``salesprep brief --offline`` takes from the shell, against an interpreter that does nothing."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Figure, Options, Table

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-c", "pass")
SALESPREP = (sys.executable, "-m", "salesprep")
BRIEF = (*SALESPREP, "brief", "--offline", "--settings", "settings.toml")
ROUNDS = 15
_IMPORT = re.compile(r"^import time: +(\d+) \| +(\d+) \|", re.M)


def measure(options: Options) -> Sequence[Table]:
    """The commands take turns, so that what slows the machine slows all of them."""
    commands = {
        "python -c pass": PYTHON,
        "salesprep --version": (*SALESPREP, "--version"),
        "salesprep brief --offline": BRIEF,
    }
    rounds = 3 if options.quick else ROUNDS
    wall: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as home:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("SALESPREP_")}
        environ["SALESPREP_HOME"] = home
        # An installed program has its byte code, whatever the shell that measures says.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        environ["PYTHONPYCACHEPREFIX"] = f"{home}/bytecode"
        _run(BRIEF, environ)  # lays out the sample and writes byte code
        for _ in range(rounds):
            for name, command in commands.items():
                took, used = _timed(command, environ)
                wall[name].append(took)
                cpu[name].append(used)
        importing = _importing(environ)
    floor = statistics.median(wall["python -c pass"])
    rows: list[dict[str, Figure]] = [
        {
            "command": name,
            "wall ms": statistics.median(wall[name]) * 1000,
            "cpu ms": statistics.median(cpu[name]) * 1000,
            "wall / floor": statistics.median(wall[name]) / floor,
        }
        for name in commands
    ]
    notes = [
        f"medians of {rounds} rounds, on the sample workspace, warm disk",
        f"{importing * 100:.0f} % of a brief is spent in imports (one run with -X importtime, which takes"
        " time itself; imports on different threads overlap)",
    ]
    return [Table("Start", rows, notes)]


def _run(command: Sequence[str], environ: dict[str, str]) -> str:
    """Standard error of a command; one that fails in part still counts."""
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stderr


def _timed(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float]:
    """Seconds on the wall, and of the child's processor time."""
    before = os.times()
    began = time.perf_counter()
    _run(command, environ)
    took = time.perf_counter() - began
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return took, used


def _importing(environ: dict[str, str]) -> float:
    """The share of a brief that goes into imports, those of the interpreter itself included."""
    command = (BRIEF[0], "-X", "importtime", *BRIEF[1:])
    began = time.perf_counter()
    traced = _run(command, environ)
    took = time.perf_counter() - began
    return sum(int(own) for own, _ in _IMPORT.findall(traced)) / 1e6 / took
