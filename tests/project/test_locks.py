"""The locks: whoever installs gets the same files, from whichever registry they use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_HEAD = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")


def _pins(lock: Path) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := _HEAD.match(line):
            pins.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return pins


@pytest.fixture(params=["run", "test"])
def lock(request: pytest.FixtureRequest, root: Path) -> Path:
    return root / "requirements" / f"{request.param}.txt"


class TestALock:
    def test_names_no_host(self, lock: Path) -> None:
        text = lock.read_text(encoding="utf-8")
        for word in ("://", "--index-url", "--extra-index", "--find-links", "--trusted-host", " @ "):
            assert word not in text

    def test_holds_pins_and_hashes_and_nothing_else(self, lock: Path) -> None:
        assert _pins(lock)
        for line in lock.read_text(encoding="utf-8").splitlines():
            assert _HEAD.match(line) or re.match(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$", line), line

    def test_gives_every_pin_a_hash(self, lock: Path) -> None:
        lines = lock.read_text(encoding="utf-8").splitlines()
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if _HEAD.match(line):
                assert line.endswith("\\"), line
                assert "--hash=" in following, line


class TestTheLocksTogether:
    def test_the_second_holds_all_of_the_first_in_the_same_versions(self, root: Path) -> None:
        run, test = (_pins(root / "requirements" / f"{name}.txt") for name in ("run", "test"))
        assert {name: test.get(name) for name in run} == run

    def test_they_hold_what_pyproject_asks_for(self, root: Path, pyproject: dict[str, Any]) -> None:
        groups = pyproject["dependency-groups"]
        wanted = {
            "run": [*pyproject["project"]["dependencies"], *groups["build"]],
            "test": [r for r in groups["test"] if isinstance(r, str)],
        }
        for name, requirements in wanted.items():
            pins = _pins(root / "requirements" / f"{name}.txt")
            for text in requirements:
                requirement = Requirement(text)
                versions = pins.get(canonicalize_name(requirement.name), set())
                assert versions, f"{text} is not in requirements/{name}.txt: make lock"
                assert all(requirement.specifier.contains(v) for v in versions), f"{text}: make lock"

    def test_they_hold_the_builder_so_that_nothing_is_fetched_to_build(
        self, pyproject: dict[str, Any]
    ) -> None:
        assert pyproject["dependency-groups"]["build"] == pyproject["build-system"]["requires"]
