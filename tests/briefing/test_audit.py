"""One line for each look-up: readable by the user, by nobody else, and without content."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from salesprep.briefing import audit
from salesprep.briefing.model import Customer

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

CUSTOMER = Customer(id="vd", name="Bäckerei \n 'Öz'", emails=("r.smit@vandijk.example",))


def _append(path: Path, make: Make, count: int = 3) -> None:
    audit.append(path, when=make.now, customer=CUSTOMER, sources=("crm", "calendar"), counts={"crm": count})


class TestTheAudit:
    def test_a_line_says_when_whom_which_sources_and_how_many(self, tmp_path: Path, make: Make) -> None:
        path = tmp_path / "state" / "audit.jsonl"
        _append(path, make)
        assert json.loads(path.read_text(encoding="utf-8")) == {
            "when": "2026-11-23T12:21:00Z",
            "customer": {"id": "vd", "name": "Bäckerei \n 'Öz'"},
            "sources": ["crm", "calendar"],
            "counts": {"crm": 3},
        }

    def test_the_user_alone_can_read_it(self, tmp_path: Path, make: Make) -> None:
        path = tmp_path / "state" / "audit.jsonl"
        _append(path, make)
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_lines_written_at_once_do_not_mix(self, tmp_path: Path, make: Make) -> None:
        path = tmp_path / "audit.jsonl"
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: _append(path, make, n), range(200)))
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert sorted(line["counts"]["crm"] for line in lines) == list(range(200))

    async def test_the_counts_of_a_briefing_are_its_facts(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(make.activity("a"), make.activity("other", "2"))
        briefing = await stage.briefing("Van Dijk Machinebouw")
        assert audit.counts(briefing) == {"crm": 2, "calendar": 0}
