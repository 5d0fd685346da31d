"""The measurements can be taken, and their figures read by people and programs; none is judged here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import chaos, discovery, fanout, hostile
from benchmarks.report import Options, Table, percentile
from tests.chaos.storm import storm


class _Fixed:
    """Stands for a benchmark, as none of them is quick."""

    __doc__ = "Fixed figures."

    def measure(self, options: Options) -> Sequence[Table]:
        """One row."""
        return [Table("Fixed", [{"what": "pass", "ms": 1.25, "runs": 1 if options.quick else 9}], ["a note"])]


class TestWhoMeasures:
    def test_reads_a_table_and_gets_all_figures_as_json(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(program, "benchmark", lambda name: _Fixed())
        file = tmp_path / "figures.json"
        assert program.main(["--quick", "--json", str(file), "start"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[2:] == ["Fixed", "  what    ms  runs", "  pass  1.25     1", "  a note"]
        document = json.loads(file.read_text(encoding="utf-8"))
        assert document["results"]["start"][0]["rows"] == [{"what": "pass", "ms": 1.25, "runs": 1}]
        assert document["quick"] is True
        assert document["machine"]["cores"] >= 1

    def test_is_told_which_benchmarks_there_are(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            program.main(["fan"])
        assert ", ".join(program.MODULES) in capsys.readouterr().err

    def test_finds_each_of_them(self) -> None:
        assert all(callable(program.benchmark(name).measure) for name in program.MODULES)

    @pytest.mark.parametrize(("share", "expected"), [(0.5, 10.0), (0.95, 19.0), (1.0, 20.0)])
    def test_gets_percentiles_that_were_measured(self, share: float, expected: float) -> None:
        assert percentile([float(n) for n in range(20, 0, -1)], share) == expected


class TestTheSimulatedSources:
    @pytest.mark.parametrize("adapter", fanout.WAYS)
    def test_all_answer_a_briefing_and_the_next(self, adapter: str, tmp_path: Path) -> None:
        assert all(seconds > 0 for seconds in fanout.looks(3, adapter, tmp_path))

    def test_all_answer_beside_a_hostile_one(self, tmp_path: Path) -> None:
        seen = asyncio.run(hostile.beside_and_without("raises_on_import", {}, tmp_path))
        assert seen["answered"] == hostile.HEALTHY
        assert seen["state"] == "failed"
        assert len(seen["without"]) == len(seen["beside"]) == hostile.HEALTHY


class TestAStorm:
    def test_is_looked_at_beside_the_same_sources_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chaos, "LOOKS", 2)
        weather, seen = storm(1, 15, most_ms=30.0), chaos.Seen()

        async def both() -> None:
            alone = await chaos.session(weather.alone, weather, tmp_path, chaos.Seen(), None)
            await chaos.session(weather.sources, weather, tmp_path, seen, alone)

        asyncio.run(both())
        assert seen.answered == [9, 9]
        assert len(seen.first) == len(seen.later) == 9
        assert (seen.tasks, len(seen.closing), len(seen.over)) == ([0], 1, 2)


class TestDiscovery:
    def test_finds_all_and_imports_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(discovery, "COUNT", 5)
        (table,) = discovery.measure(Options(quick=True))
        none, installed, both = (row["found"] for row in table.rows)
        assert (installed, both) == (int(none) + 5, int(none) + 10)
        assert [row["imported"] for row in table.rows] == [0, 0, 0]
