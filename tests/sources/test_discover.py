"""An admin adds adapters: found without running any of them; what cannot be used is one line each."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from salesprep.sources import Catalog, find_adapters
from salesprep.sources.discover import GROUP

MANIFEST = """
name = "{name}"
title = "Wiki"
version = "1.0.0"
contract = "{contract}"
class = "Wiki"
kinds = ["document"]
abilities = ["fetch"]
asks_as = "none"
"""
BOMB = "raise SystemExit('imported')\n"


def adapter(folder: Path, name: str, contract: str = "1.0") -> Path:
    folder.mkdir(parents=True)
    (folder / "adapter.toml").write_text(MANIFEST.format(name=name, contract=contract))
    (folder / "adapter.py").write_text(BOMB)
    return folder


def distribution(site: Path, name: str, points: str) -> None:
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text(points)


class TestInstalledAdapters:
    def test_are_the_entry_points_that_python_knows(self) -> None:
        catalog = find_adapters(())
        known = {point.name for point in importlib.metadata.entry_points(group=GROUP)}
        assert known >= {"ics", "sql"}
        assert known == {*catalog.installed, *(line.name for line in catalog.broken)}

    def test_of_another_distribution_are_found_and_not_imported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "acme_adapters").mkdir()
        (tmp_path / "acme_adapters" / "__init__.py").write_text(BOMB)
        adapter(tmp_path / "acme_adapters" / "wiki", "wiki")
        (tmp_path / "acme_adapters" / "wiki" / "__init__.py").write_text(BOMB)
        points = f"[console_scripts]\nx = y:z\n[{GROUP}]\n# ours\nwiki = acme_adapters.wiki\n"
        distribution(tmp_path, "acme", points)
        monkeypatch.syspath_prepend(tmp_path)
        before = set(sys.modules)
        found = find_adapters(()).installed["wiki"]
        assert found.package == "acme_adapters.wiki"
        assert found.manifest.folder == tmp_path / "acme_adapters" / "wiki"
        assert not {name for name in set(sys.modules) - before if name.startswith("acme")}

    def test_in_a_namespace_package_are_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        adapter(tmp_path / "acme_space" / "inner" / "wiki", "wiki")
        distribution(tmp_path, "acme", f"[{GROUP}]\nwiki = acme_space.inner.wiki\n")
        monkeypatch.syspath_prepend(tmp_path)
        assert find_adapters(()).installed["wiki"].where == str(tmp_path / "acme_space" / "inner" / "wiki")

    def test_whose_package_is_gone_are_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        distribution(tmp_path, "acme", f"[{GROUP}]\nwiki = acme_gone.wiki\n")
        monkeypatch.syspath_prepend(tmp_path)
        (line,) = (line for line in find_adapters(()).broken if line.name == "wiki")
        assert "acme_gone.wiki, which is not there" in line.failure.what

    def test_named_unlike_their_manifest_are_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        adapter(tmp_path / "acme_named", "wiki")
        distribution(tmp_path, "acme", f"[{GROUP}]\nwikis = acme_named\n")
        monkeypatch.syspath_prepend(tmp_path)
        catalog = find_adapters(())
        assert "wiki" not in catalog.installed
        (line,) = (line for line in catalog.broken if line.name == "wikis")
        assert line.failure.what == 'the entry point is named "wikis" and its manifest "wiki"'

    def test_fifty_are_found_and_none_is_imported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(50):
            folder = adapter(tmp_path / f"acme_{number}" / "inner", f"wiki{number}")
            (folder / "__init__.py").write_text(BOMB)
            (folder.parent / "__init__.py").write_text(BOMB)
            distribution(tmp_path, f"acme_{number}", f"[{GROUP}]\nwiki{number} = acme_{number}.inner\n")
        monkeypatch.syspath_prepend(tmp_path)
        before = set(sys.modules)
        found = find_adapters(()).installed
        assert {found[f"wiki{number}"].package for number in range(50)} == {
            f"acme_{number}.inner" for number in range(50)
        }
        assert not [name for name in set(sys.modules) - before if "acme" in name or "wiki" in name]


class TestAnAdapterThatNeedsLibraries:
    def needing(self, tmp_path: Path, *requirements: str) -> Catalog:
        folder = adapter(tmp_path / "own" / "wiki", "wiki")
        manifest = folder / "adapter.toml"
        manifest.write_text(manifest.read_text() + f"requires = {list(requirements)}\n")
        catalog = find_adapters([tmp_path / "own"])
        assert "wiki" in catalog.installed
        return catalog

    @pytest.mark.parametrize(
        "there", ["click", "PyYAML>=6", "ruamel_yaml ~= 0.1", "Ruamel.Yaml[x]", "gone ; sys_platform == 'x'"]
    )
    def test_that_are_there_is_no_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
    ) -> None:
        distribution(tmp_path, "ruamel.yaml", "")
        monkeypatch.syspath_prepend(tmp_path)
        assert self.needing(tmp_path, there).lacking == ()

    def test_that_are_not_is_one_line(self, tmp_path: Path) -> None:
        (line,) = self.needing(tmp_path, "click", "nobody-wrote-this>=2", "nor_this").lacking
        assert (line.name, line.where) == ("wiki", str(tmp_path / "own" / "wiki"))
        what = "wiki needs the libraries nobody-wrote-this, nor_this, which are not installed"
        assert line.failure.what == what
        assert line.failure.mend == 'install it beside salesprep: "nobody-wrote-this>=2" "nor_this"'


class TestFoldersOfOnesOwn:
    def test_fifty_are_found_and_none_is_imported(self, tmp_path: Path) -> None:
        for number in range(50):
            adapter(tmp_path / f"folder{number}", f"wiki{number}")
        before = set(sys.modules)
        catalog = find_adapters([tmp_path])
        assert {f"wiki{number}" for number in range(50)} <= set(catalog.installed)
        assert isinstance(catalog.installed, MappingProxyType)
        assert catalog.installed["wiki7"].package is None
        assert not [name for name in set(sys.modules) - before if "wiki" in name]

    def test_two_of_one_name_are_one_line_and_the_first_counts(self, tmp_path: Path) -> None:
        first, second = adapter(tmp_path / "a", "wiki"), adapter(tmp_path / "b", "wiki")
        catalog = find_adapters([tmp_path])
        assert catalog.installed["wiki"].manifest.folder == first
        (line,) = (line for line in catalog.broken if line.name == "wiki")
        assert line.where == str(second)
        assert str(first) in line.failure.what

    def test_cannot_replace_an_installed_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        installed = adapter(tmp_path / "site" / "acme_first", "wiki")
        distribution(tmp_path / "site", "acme", f"[{GROUP}]\nwiki = acme_first\n")
        monkeypatch.syspath_prepend(tmp_path / "site")
        own = adapter(tmp_path / "own" / "a", "wiki")
        catalog = find_adapters([tmp_path / "own"])
        assert catalog.installed["wiki"].manifest.folder == installed
        assert [line.where for line in catalog.broken if line.name == "wiki"] == [str(own)]

    @pytest.mark.parametrize(
        ("contract", "mend"),
        [("2.0", "update salesprep"), ("1.9", "update salesprep"), ("0.9", "update the adapter")],
    )
    def test_for_another_contract_are_one_line(self, tmp_path: Path, contract: str, mend: str) -> None:
        adapter(tmp_path / "a", "wiki", contract)
        catalog = find_adapters([tmp_path])
        assert "wiki" not in catalog.installed
        (line,) = (line for line in catalog.broken if line.name == "wiki")
        assert line.failure.what == f"wiki is made for contract {contract}, this salesprep has 1.0"
        assert line.failure.mend == mend

    def test_with_a_broken_manifest_are_one_line(self, tmp_path: Path) -> None:
        adapter(tmp_path / "good", "good")
        bad = adapter(tmp_path / "wiki", "wiki")
        (bad / "adapter.toml").write_text("name = ")
        (tmp_path / "nothing").mkdir()
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "note.txt").touch()
        catalog = find_adapters([tmp_path])
        assert "good" in catalog.installed
        lines = {line.name: line for line in catalog.broken if str(tmp_path) in (line.where or "")}
        assert set(lines) == {"wiki", "nothing"}
        assert "is not valid TOML" in lines["wiki"].failure.what

    def test_in_a_directory_that_is_not_there_are_one_line(self, tmp_path: Path) -> None:
        (line,) = (line for line in find_adapters([tmp_path / "gone"]).broken if line.name == "gone")
        assert "[adapters]" in (line.failure.mend or "")
