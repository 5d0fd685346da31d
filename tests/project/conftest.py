"""The project's own files, as its tests look at them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_MADE = {"__pycache__", "build", "dist", "node_modules"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    """``pyproject.toml``."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def written_files() -> tuple[Path, ...]:
    """All files that somebody wrote: neither caches nor what is built or installed."""
    found: list[Path] = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [
            n
            for n in names
            if n not in _MADE and not n.endswith(".egg-info") and (n == ".ci" or not n.startswith("."))
        ]
        found.extend(Path(folder) / name for name in files)
    return tuple(sorted(found))
