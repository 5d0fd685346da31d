"""The first paint does not pay for what only sources need."""

from __future__ import annotations

import subprocess
import sys

LATE = ("pydantic", "aiohttp", "textual", "importlib.metadata", "adapters")


def test_the_host_brings_in_nothing_that_can_wait() -> None:
    program = "import sys, salesprep.sources; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "salesprep.sources.host" in loaded
    assert not loaded.intersection(LATE)
