"""Adapters to try the kit on: two that are as they should be, and copies of them that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from salesprep.kit import Report, Result, check

GOOD = Path(__file__).parent / "good"

Changed = Callable[..., Path]
Checked = Callable[..., Result]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """``changed("visits", ("adapter.py", "old", "new"), …)``: a copy of a good adapter with other words."""

    def change(name: str, *changes: tuple[str, str, str]) -> Path:
        folder = tmp_path / name
        shutil.copytree(GOOD / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file, old, new in changes:
            text = (folder / file).read_text(encoding="utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


@pytest.fixture
def checked() -> Checked:
    """``checked(folder, "ids-unique")``: the result of one check."""

    def look(folder: Path, name: str) -> Result:
        (result,) = check(folder, only=[name]).results
        return result

    return look


@pytest.fixture
def report_on() -> Callable[[str, Collection[str]], Report]:
    """``report_on("visits", only)``: the report on a good adapter."""

    def look(name: str, only: Collection[str] = ()) -> Report:
        return check(GOOD / name, only=only)

    return look
