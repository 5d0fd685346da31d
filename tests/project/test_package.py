"""What is installed: the wheel holds all that is read at run time, the adapters are whole."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter.manifest import read_manifest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> frozenset[str]:
    """The names in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return frozenset(archive.namelist())


class TestTheWheel:
    def test_holds_the_sample_settings(self, wheel: frozenset[str]) -> None:
        assert "salesprep/sample/settings.toml" in wheel

    def test_holds_the_schemas(self, wheel: frozenset[str]) -> None:
        assert any(re.fullmatch(r"salesprep/output/schemas/[^/]+\.json", name) for name in wheel)

    def test_says_that_it_is_typed(self, wheel: frozenset[str]) -> None:
        assert {"salesprep/py.typed", "adapters/py.typed"} <= wheel

    def test_holds_every_file_of_both_packages(self, wheel: frozenset[str], root: Path) -> None:
        files = {
            file.relative_to(root).as_posix()
            for package in ("salesprep", "adapters")
            for file in (root / package).rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
        assert files - wheel == set()

    def test_brings_no_other_package_and_the_licence(self, wheel: frozenset[str]) -> None:
        tops = {name.partition("/")[0] for name in wheel}
        assert {t for t in tops if not t.endswith(".dist-info")} == {"salesprep", "adapters"}
        assert any(name.endswith("/licenses/LICENSE") for name in wheel)


class TestEachAdapter:
    @pytest.fixture
    def folders(self, root: Path, pyproject: dict[str, Any]) -> dict[str, Path]:
        """By the name of its entry point."""
        entries = pyproject["project"]["entry-points"]["salesprep.adapters"]
        return {name: root.joinpath(*value.split(".")) for name, value in entries.items()}

    def test_has_a_manifest_under_the_name_it_is_found_by(self, folders: dict[str, Path]) -> None:
        assert {name: read_manifest(f / "adapter.toml").name for name, f in folders.items()} == {
            name: name for name in folders
        }

    def test_has_its_code_a_page_and_a_sample(self, folders: dict[str, Path]) -> None:
        for folder in folders.values():
            assert (folder / "adapter.py").is_file()
            assert (folder / "README.md").is_file()
            assert any((folder / "sample").iterdir())

    def test_is_an_entry_point(self, folders: dict[str, Path], root: Path) -> None:
        assert {f.parent for f in (root / "adapters").glob("*/adapter.toml")} == set(folders.values())
