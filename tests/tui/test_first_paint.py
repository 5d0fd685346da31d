"""The frame is on the screen before anything is imported that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SETTINGS = Path(__file__).parents[2] / "settings.toml"
WATCHED = (
    "salesprep.view.",
    "salesprep.briefing",
    "salesprep.sources",
    "salesprep.adapter.records",
    "adapters",
    "pydantic",
    "aiohttp",
    "babel",
    "icalendar",
)
PAINTS = """
import asyncio, json, os, sys
from pathlib import Path
from salesprep.machine import dirs
from salesprep.settings import load, person_file
from salesprep.tui.app import Board

settings = load(os.environ, explicit=Path(sys.argv[1]), person=person_file(dirs(os.environ)))
seen = {}

def opening():
    seen["modules"] = sorted(sys.modules)
    seen["shown"] = board.screen.query_one("Footer").text
    raise RuntimeError("far enough")

board = Board(settings, opening, os.environ)

async def main():
    async with board.run_test(size=(80, 24)):
        while board.refusal is None:
            await asyncio.sleep(0.01)

asyncio.run(main())
print(json.dumps(seen))
"""


class TestTheFirstFrame:
    def test_is_painted_before_views_sources_and_their_libraries_are_imported(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", PAINTS, str(SETTINGS)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        seen = json.loads(done.stdout.splitlines()[-1])
        assert "? keys" in seen["shown"]
        imported = {name for name in seen["modules"] if name.startswith(WATCHED)}
        assert imported == {"salesprep.view.widths"}, "which imports nothing either"
