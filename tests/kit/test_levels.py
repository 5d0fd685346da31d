"""The levels that ``adapter list`` shows: each stands on a test that is run, and no more is claimed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import MODULES
from salesprep.adapter.manifest import Ability, Lookup, Manifest, read_manifest
from salesprep.kit.levels import Evidence, lacks, level, level_of, read_levels
from salesprep.sources import Installed, find_adapters
from tools import levels as tool

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {folder.name: folder for folder in tool.adapters()}
EVIDENCE = read_levels()


@pytest.fixture
def manifest() -> Manifest:
    """Of an adapter that can do all."""
    own = read_manifest(FOLDERS["table"] / "adapter.toml")
    return replace(
        own, version="1.0", lookups=frozenset({"domain"}), abilities=frozenset({"fetch", "search"})
    )


class TestTheEvidence:
    def test_is_on_every_adapter_that_is_shipped_and_on_its_version(self) -> None:
        versions = {name: read_manifest(folder / "adapter.toml").version for name, folder in FOLDERS.items()}

        assert {name: one.version for name, one in EVIDENCE.items()} == versions, "make levels"

    @pytest.mark.parametrize("name", FOLDERS)
    def test_of_the_kit_is_that_of_a_test_that_runs_it_and_may_not_fail(self, name: str) -> None:
        runs = (ROOT / "tests" / "kit" / "test_report.py").read_text(encoding="utf-8")

        assert EVIDENCE[name].offline
        assert f'"{name}"' in next(line for line in runs.splitlines() if line.startswith("SHIPPED = "))

    @pytest.mark.parametrize("name", FOLDERS)
    def test_of_a_real_server_names_one_that_a_test_starts(self, name: str) -> None:
        claimed = EVIDENCE[name].live

        assert (claimed is not None) == (name in tool.LIVE)
        if claimed is not None:
            file, group, test = tool.LIVE[name][1].split("::")
            text = (ROOT / file).read_text(encoding="utf-8")
            body = text.split(f"class {group}:")[1].split("\nclass ")[0]
            assert f"def {test}(" in body
            assert claimed == tool.server(name), "make levels"

    @pytest.mark.parametrize("name", FOLDERS)
    def test_of_a_benchmark_names_one_that_reads_with_that_adapter(self, name: str) -> None:
        claimed = EVIDENCE[name].benchmark

        assert claimed == tool.BENCHMARKS.get(name)
        if claimed is not None:
            assert claimed in MODULES
            asks = re.compile(rf"from adapters\.{name}\.adapter import")
            files = (ROOT / "benchmarks").glob(f"{claimed}*.py")
            assert any(asks.search(file.read_text(encoding="utf-8")) for file in files)


class TestALevel:
    @pytest.mark.parametrize(
        ("live", "benchmark", "lookups", "abilities", "expected"),
        [
            ("Server 1.0", "row", ("domain",), ("fetch", "search"), "gold"),
            ("Server 1.0", None, ("domain",), ("fetch", "search"), "silver"),
            ("Server 1.0", "row", ("name",), ("fetch", "search"), "silver"),
            ("Server 1.0", "row", ("domain",), ("fetch",), "silver"),
            (None, "row", ("domain",), ("fetch", "search"), "bronze"),
            (None, None, ("name",), ("fetch",), "bronze"),
        ],
    )
    def test_is_as_high_as_all_that_it_takes_is_there(
        self,
        manifest: Manifest,
        live: str,
        benchmark: str,
        lookups: tuple[Lookup, ...],
        abilities: tuple[Ability, ...],
        expected: str,
    ) -> None:
        one = replace(manifest, lookups=frozenset(lookups), abilities=frozenset(abilities))

        assert level(one, Evidence("1.0", True, live, benchmark)) == expected

    def test_is_none_where_the_kit_failed_whatever_else_is_there(self, manifest: Manifest) -> None:
        assert level(manifest, Evidence("1.0", False, "Server 1.0", "row")) == "none"

    def test_is_none_for_a_version_that_was_not_tried(self, manifest: Manifest) -> None:
        evidence = Evidence("1.1", True, "Server 1.0", "row")

        assert level(manifest, evidence) == "none"
        assert lacks(manifest, evidence) == {"offline"}

    def test_is_not_lent_to_another_adapter_of_that_name(self, manifest: Manifest) -> None:
        evidence = {"table": Evidence("1.0", True)}

        assert level_of(Installed(manifest, "adapters.table"), evidence) == "bronze"
        assert level_of(Installed(manifest, "acme.table"), evidence) == "none"
        assert level_of(Installed(manifest, None), evidence) == "none"

    def test_is_shown_for_all_that_are_shipped(self) -> None:
        installed = find_adapters(()).installed

        assert {level_of(installed[name], EVIDENCE) for name in FOLDERS} <= {"bronze", "silver", "gold"}
