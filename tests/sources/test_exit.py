"""The user closes salesprep: nothing that hangs holds it open."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

HOSTILE = Path(__file__).parent.parent / "hostile"
HANGING = ("sleeps", "sleeps_thread", "ignores_cancel", "blocks_loop", "spins")

PROGRAM = """
import asyncio, os, sys, time
from datetime import UTC, datetime
from pathlib import Path
from salesprep.adapter import Kind, Query
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Ask, Host

home, hostile, how, *names = sys.argv[1:]
home = Path(home)

async def main():
    sources = {
        name: Source(name, name, name, {"seconds": 60.0}, home / "settings.toml") for name in names
    }
    dirs = Dirs(home, home, home)
    settings = Settings(Us(), sources, adapter_folders=(Path(hostile),))
    host = Host(settings, now=lambda: datetime.now(UTC), dirs=dirs)
    ask = Ask("fetch", Query(names=("x",)), Kind.ACTIVITY)
    deadline = time.monotonic() + 1.5
    answers = await asyncio.gather(*(host.ask(name, ask, deadline=deadline) for name in names))
    print(*(answer.state for answer in answers))
    await host.close()
    print(*host.stuck)
    print("closed", time.time(), flush=True)

asyncio.run(main())
if how == "at once":
    os._exit(0)
"""


class TestProgramEnds:
    @pytest.mark.parametrize("how", ["at once", "by itself"])
    def test_with_every_sort_of_hanging_source(self, tmp_path: Path, how: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path), str(HOSTILE), how, *HANGING],
            capture_output=True,
            text=True,
            timeout=50,  # the sources hang for 60 s
            check=True,
        )
        states, stuck, closed = done.stdout.splitlines()
        assert states.split() == ["failed"] * len(HANGING)
        assert set(stuck.split()) == set(HANGING) - {"sleeps"}
        assert time.time() - float(closed.split()[1]) < 10
        assert "4711" not in done.stderr
        if how == "at once":
            assert done.stderr == ""
