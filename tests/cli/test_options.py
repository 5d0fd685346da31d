"""Options that are given wrongly: what is said, before anything is asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

Said = Callable[..., str]


@pytest.fixture
def refused(one: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """What is said of a command; nobody was asked."""

    def types(*words: object) -> str:
        assert run(["--settings", str(one), *map(str, words)]) is Exit.WRONG
        out, err = capsys.readouterr()
        assert out == ""
        assert not (tmp_path / "home").exists()
        return err.splitlines()[-1]

    return types


class TestADeadline:
    @pytest.mark.parametrize("text", ["abc", "0", "-1", "0.05", "601", "nan", "inf", "", "8 s"])
    @pytest.mark.parametrize("command", [["brief", "x"], ["sources", "check"], ["link", "choose", "x"]])
    def test_that_is_none_is_told_what_one_is(self, refused: Said, command: list[str], text: str) -> None:
        said = refused(*command, "--deadline", text)
        what = f'"{text}" is no number of seconds from 0.1 to 600; write one such as 8'
        assert said == f"salesprep: Invalid value for '--deadline': {what}"

    @pytest.mark.parametrize("text", ["5", "2.5", "2,5"])
    def test_may_be_a_part_of_a_second(self, one: Path, text: str) -> None:
        assert run(["brief", "Van Dijk", "--deadline", text, "--settings", str(one)]) is Exit.DONE


class TestAFileToWrite:
    @pytest.mark.parametrize("command", ["brief", "contacts", "people"])
    def test_in_a_folder_that_is_not_there_names_the_folder(
        self, refused: Said, tmp_path: Path, command: str
    ) -> None:
        folder = tmp_path / "no"
        said = refused(command, "x", "--output", folder / "page.html")
        assert said.endswith(f"the folder {folder} is not there; make it first, or name another")

    def test_that_is_a_folder_is_told_so(self, refused: Said, tmp_path: Path) -> None:
        said = refused("brief", "x", "--output", tmp_path)
        assert said.endswith(f"{tmp_path} is a folder; name a file in it")

    def test_beneath_a_file_is_told_so(self, refused: Said, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", encoding="utf-8")
        said = refused("brief", "x", "--output", tmp_path / "file" / "page.html")
        assert said.endswith(f"{tmp_path / 'file'} is no folder; name a file in one")

    def test_that_may_not_be_written_is_told_so(
        self, refused: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # As the system tells it: whoever runs this may be allowed to write anywhere.
        monkeypatch.setattr("os.access", lambda _path, mode, **_how: mode != os.W_OK)
        said = refused("brief", "x", "--output", tmp_path / "page.html")
        assert said.endswith(f"you may not write to {tmp_path / 'page.html'}; name another file")

    def test_may_begin_with_ones_home(self, one: Path, own_machine: Path) -> None:
        assert run(["brief", "Van Dijk", "--output", "~/page.txt", "--settings", str(one)]) is Exit.DONE
        assert "VAN DIJK" in (own_machine.parent / "page.txt").read_text(encoding="utf-8")
