"""``adapter new``: what it writes passes the kit at once, is in the house's style and stays small."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from salesprep import kit
from salesprep.adapter import Kind
from salesprep.adapter.manifest import read_manifest
from salesprep.kit.starting import LOOKUPS, SORTS, Sort, Taken, Wanted, project_name, write

SMALLEST = Wanted("desk", "http", (Kind.TICKET,), ("domain",))


def failed(folder: Path, *only: str) -> list[str]:
    return [f"{result.check}: {result.found}" for result in kit.check(folder, only=only).failed]


class TestANewAdapter:
    @pytest.mark.parametrize("sort", SORTS)
    def test_passes_the_whole_kit_at_once(self, sort: Sort, tmp_path: Path) -> None:
        write(Wanted("helpdesk", sort, (Kind.ACCOUNT, Kind.MEETING), ("name", "id", "domain")), tmp_path)

        report = kit.check(tmp_path / "helpdesk")

        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert report.level == "bronze"

    def test_of_the_smallest_sort_passes_with_its_second_page(self, tmp_path: Path) -> None:
        write(SMALLEST, tmp_path)

        report = kit.check(tmp_path / "desk")

        outcomes = {result.check: result.outcome for result in report.results}
        assert report.ok
        assert (
            outcomes["paging-loses-nothing"] == outcomes["http-401"] == outcomes["canary-secret"] == "passed"
        )

    def test_of_the_smallest_sort_is_25_lines_of_python_at_most(self, tmp_path: Path) -> None:
        write(SMALLEST, tmp_path)
        desk = tmp_path / "desk"

        code = (desk / "adapter.py").read_text(encoding="utf-8").splitlines()
        test = (desk / "test_desk.py").read_text(encoding="utf-8").splitlines()
        assert len(code) <= 25
        assert len(test) <= 4

    @pytest.mark.parametrize("sort", SORTS)
    def test_knows_every_kind_and_every_look_up(self, sort: Sort, tmp_path: Path) -> None:
        write(Wanted("everything", sort, tuple(Kind), LOOKUPS), tmp_path)

        assert failed(tmp_path / "everything", "kinds-declared", "lookups-obeyed", "abilities-kept") == []

    @pytest.mark.parametrize("lookup", LOOKUPS)
    @pytest.mark.parametrize("sort", ["http", "file", "database"])
    def test_looks_for_what_it_was_made_to_look_for_alone(
        self, sort: Sort, lookup: str, tmp_path: Path
    ) -> None:
        chosen = next(one for one in LOOKUPS if one == lookup)
        write(Wanted("notes", sort, (Kind.PERSON,), (chosen,)), tmp_path)

        checks = ("lookups-obeyed", "undeclared-lookups-refused", "other-customer-apart")
        assert failed(tmp_path / "notes", *checks) == []

    @pytest.mark.parametrize("name", ["ticket", "true", "page", "import", "config", "a", "help_desk_2"])
    def test_may_have_any_name_that_a_manifest_takes(self, name: str, tmp_path: Path) -> None:
        write(Wanted(name, "http", (Kind.TICKET,), ("domain",)), tmp_path)

        assert failed(tmp_path / name, "manifest-equals-class", "kinds-declared") == []

    def test_is_in_the_house_s_style(self, tmp_path: Path) -> None:
        for number, sort in enumerate(SORTS):
            write(Wanted(f"small{number}", sort, (Kind.TICKET,), ("domain", "name")), tmp_path)
            write(Wanted(f"large{number}", sort, tuple(Kind), LOOKUPS), tmp_path)
        write(Wanted("apart", "http", (Kind.TICKET,), ("domain",), package=True), tmp_path / "packages")
        ruff = (sys.executable, "-m", "ruff")
        style = ("--isolated", "--no-cache", "--line-length", "110", ".")

        for folder in (tmp_path, tmp_path / "packages" / "salesprep-apart"):
            for command in (
                ("format", "--check"),
                ("check", "--exclude", "packages", "--select", "E,F,I,W,UP,B"),
            ):
                done = subprocess.run(
                    (*ruff, *command, *style), cwd=folder, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, done.stdout


class TestADistribution:
    def test_is_found_by_its_entry_point_and_holds_its_sample(self, tmp_path: Path) -> None:
        wanted = Wanted("help_desk", "http", (Kind.TICKET,), ("domain",), package=True)
        write(wanted, tmp_path)
        project = tmp_path / project_name(wanted)

        about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
        ((name, package),) = about["project"]["entry-points"]["salesprep.adapters"].items()
        folder = project / "src" / package
        assert read_manifest(folder / "adapter.toml").name == name == "help_desk"
        assert (folder / "__init__.py").is_file()
        assert about["project"]["dependencies"] == []
        assert failed(folder, "sample-read", "kinds-declared", "host-not-pinned") == []

    def test_once_installed_is_an_adapter_like_any_other(self, tmp_path: Path) -> None:
        wanted = Wanted("help_desk", "file", (Kind.TICKET,), ("domain",), package=True)
        write(wanted, tmp_path)
        project, installed = tmp_path / project_name(wanted), tmp_path / "installed"
        build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory")
        subprocess.run((*build, str(tmp_path)), cwd=project, check=True, capture_output=True)
        (wheel,) = tmp_path.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(installed)
        command = (
            sys.executable,
            "-m",
            "salesprep",
            "adapter",
            "check",
            "help_desk",
            "--only",
            "kinds-declared",
        )

        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert str(installed / "salesprep_help_desk") in done.stdout

    def test_has_a_test_that_runs_the_kit(self, tmp_path: Path) -> None:
        wanted = Wanted("help_desk", "http", (Kind.TICKET,), ("domain",), package=True)
        write(wanted, tmp_path)

        (test,) = (tmp_path / project_name(wanted) / "tests").iterdir()
        assert len(test.read_text(encoding="utf-8").split("\n\n")) <= 4


class TestTheTestsOfAnAdapter:
    def test_run_the_kit_and_say_what_is_to_be_mended(self, tmp_path: Path) -> None:
        write(SMALLEST, tmp_path)
        manifest = tmp_path / "desk" / "adapter.toml"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace('secrets = ["token"]', ""), encoding="utf-8")

        done = subprocess.run(
            (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_desk.py"),
            cwd=tmp_path / "desk",
            capture_output=True,
            text=True,
            check=False,
        )

        assert "test_desk[secrets-typed]" in done.stdout
        assert 'found: "token" is a Secret, and secrets in adapter.toml does not list it' in done.stdout
        assert "passed" in done.stdout


class TestAFolderThatIsThere:
    def test_is_left_as_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "desk").mkdir()
        (tmp_path / "desk" / "mine.txt").write_text("mine", encoding="utf-8")

        with pytest.raises(Taken):
            write(SMALLEST, tmp_path)

        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["mine.txt"]

    def test_may_be_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "desk").symlink_to(tmp_path / "gone")

        with pytest.raises(Taken):
            write(SMALLEST, tmp_path)

    def test_that_cannot_be_written_gets_nothing_half_done(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> int:
            raise OSError("no space left")

        monkeypatch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="no space"):
            write(SMALLEST, tmp_path)

        assert list(tmp_path.iterdir()) == []
