"""The figures about finding one name among many: every way of looking finds what it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import names, names_data
from benchmarks.report import Options

FIGURES = {"build CPU s", "peak MB", "disk MB", "p50 ms", "p95 ms", "p95 CPU ms", "found", "by way"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three hundred made-up names."""
    names.write(tmp_path, names_data.names(300, None))
    return tmp_path


@pytest.mark.parametrize("step", ["table", "sql", "all", "trigrams"])
def test_each_way_finds_most_names(step: str, folder: Path) -> None:
    found = names.STEPS[step](folder, 40)
    assert found.keys() >= FIGURES
    assert found["found"] > 0.8


def test_so_does_an_export(folder: Path) -> None:
    read = names.STEPS["read-export"](folder, 0)
    assert read["build s"] > 0
    found = names.STEPS["export"](folder, 40)
    assert found.keys() >= FIGURES
    assert found["found"] > 0.8


def test_so_does_the_index_itself(folder: Path) -> None:
    built, looked = names.build(folder), names.look(folder, 40)
    assert built["disk MB"] > 0
    assert looked["found"] > 0.9
    assert looked["by way"]["as it is"] == 1


def test_all_of_them_are_told_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(step: str, folder: Path, count: int = 0) -> dict[str, object]:
        return names.STEPS[step](folder, min(count, 20))

    monkeypatch.setattr(names, "in_fresh_interpreter", here)
    monkeypatch.setattr(names_data, "names", lambda count, folder, made=names_data.names: made(300, folder))
    ways, written = names.measure(Options(quick=True))
    assert [row["by"] for row in ways.rows] == [
        "name_index",
        "through table",
        "through sql",
        "through linkedin_export",
        "rapidfuzz WRatio, all",
        "SQLite FTS5 trigram",
    ]
    assert {"found", "through table", "through sql"} < set(written.rows[0])
