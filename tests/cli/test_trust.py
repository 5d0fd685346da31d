"""A ``settings.toml`` that somebody else put into a folder runs nothing, until its user trusts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

SOURCE = """
[sources.crm]
adapter = "demo"
token = "env:TOKEN"
"""


@pytest.fixture
def foreign(settings: Write, tmp_path: Path) -> Path:
    """A folder whose settings name an adapter that writes a file when it is imported."""
    settings(SOURCE)
    module = tmp_path / "adapters" / "demo" / "adapter.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n{text}", encoding="utf-8")
    return tmp_path


def at_a_terminal(*arguments: object, cwd: Path, answer: str = "") -> tuple[int, str, str]:
    """The command with a terminal for standard input and error: code, output, what the terminal showed."""
    mine, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "salesprep", *map(str, arguments)],
        cwd=cwd,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(mine, answer.encode())
        assert process.stdout is not None
        out = process.stdout.read().decode()
        shown = b""
        while True:
            try:
                part = os.read(mine, 4096)
            except OSError:  # how Linux says that nobody holds the other end
                part = b""
            if not part:
                break
            shown += part
        code = process.wait(timeout=60)
    os.close(mine)
    return code, out, shown.decode().replace("\r\n", "\n")


class TestAForeignSettingsFile:
    @pytest.mark.parametrize(
        "command",
        [
            ["brief", "Van Dijk Machinebouw B.V."],
            [],
            ["agenda"],
            ["sources", "check"],
            ["settings"],
            ["adapter", "list"],
            ["contacts", "Van Dijk Machinebouw B.V."],
            ["people", "Van Dijk Machinebouw B.V."],
            ["link", "list"],
            ["add", ".", "--dry-run"],
        ],
    )
    def test_runs_nothing(self, command: list[str], foreign: Path, cli: Run) -> None:
        done = cli(*command, cwd=foreign)
        assert not (foreign / "ran").exists()
        assert "demo" not in done.stdout
        assert str(foreign) not in done.stderr

    def test_does_run_where_it_is_trusted(self, foreign: Path, cli: Run) -> None:
        assert cli("settings", "trust", "--yes", cwd=foreign).returncode == 0
        assert not (foreign / "ran").exists()  # to look at it runs nothing either
        done = cli("brief", "Van Dijk Machinebouw B.V.", cwd=foreign, environ={"TOKEN": "t"})
        assert (done.returncode, done.stderr) == (0, "")
        assert "R. Smit" in done.stdout
        assert (foreign / "ran").exists()

    def test_is_told_on_a_terminal_alone(self, foreign: Path) -> None:
        code, out, told = at_a_terminal("settings", cwd=foreign)
        assert code == 0
        file = foreign / "settings.toml"
        line = f'salesprep: {file} is not read; "salesprep settings trust" shows what it could do'
        assert str(file) in told, "whole, to be copied"
        assert told.split() == line.split()
        assert "(not trusted, so not read)" in out

    @pytest.mark.parametrize("text", ['[default]\nkey = "value"\n', "no TOML", "", "locked = 1"])
    def test_that_is_another_programs_is_not_told(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        assert at_a_terminal("settings", cwd=tmp_path)[2] == ""

    def test_that_changes_after_it_was_trusted_runs_nothing(self, foreign: Path, cli: Run) -> None:
        cli("settings", "trust", "--yes", cwd=foreign)
        file = foreign / "settings.toml"
        file.write_text(file.read_text(encoding="utf-8") + '[us.home]\ncity = "Gent"\n', encoding="utf-8")
        done = cli("brief", "Van Dijk Machinebouw B.V.", cwd=foreign)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"salesprep: {file}: has changed since you trusted its folder; ")
        assert done.stderr.count("\n") == 1
        assert not (foreign / "ran").exists()


class TestTrust:
    def test_shows_what_the_file_could_do_and_asks(self, foreign: Path, cli: Run) -> None:
        code, out, told = at_a_terminal("settings", "trust", cwd=foreign, answer="n\n")
        assert code == 0
        assert out.splitlines()[0] == f"{foreign / 'settings.toml'} could"
        assert '    sources.crm.token = "env:TOKEN"' in out
        assert out.splitlines()[-2:] == ["  run code in", f"    {foreign / 'adapters'}"]
        assert "Read" in told
        assert "[y/N]" in told
        assert "not trusted" in told
        assert "no folder is trusted" in cli("settings", "trust", "--list").stdout
        assert at_a_terminal("settings", "trust", cwd=foreign, answer="y\n")[0] == 0
        assert str(foreign) in cli("settings", "trust", "--list").stdout

    def test_needs_an_answer_and_takes_none_from_a_pipe(self, foreign: Path, cli: Run) -> None:
        done = cli("settings", "trust", cwd=foreign)
        assert done.returncode == 2
        assert "say --yes" in done.stderr
        assert json.loads(cli("settings", "trust", "--list", "--format", "json").stdout)["folders"] == []

    def test_takes_the_folder_or_the_file_by_its_path(
        self, foreign: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for path in (foreign, foreign / "settings.toml"):
            assert run(["settings", "trust", str(path), "--yes"]) is Exit.DONE
        assert f"{foreign} is trusted already" in capsys.readouterr().err

    def test_comes_as_json(self, foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["settings", "trust", str(foreign), "--yes", "--format", "json"]) is Exit.DONE
        told = json.loads(capsys.readouterr().out)
        assert told["schema"] == "salesprep.trust/1"
        assert (told["folder"], told["trusted"]) == (str(foreign), True)
        assert told["could"] == {
            "set": ["us.name", "us.emails", "us.domains", "us.zone"],
            "lock": [],
            "links_file": None,
            "links_team": None,
            "sources": [{"name": "crm", "adapter": "demo", "keys": {}}],
            "secrets": {"sources.crm.token": "env:TOKEN"},
            "adapter_folders": [str(foreign / "adapters")],
        }

    def test_is_listed_and_forgotten(self, foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["settings", "trust", str(foreign), "--yes"]) is Exit.DONE
        assert run(["settings", "trust", "--list"]) is Exit.DONE
        assert "as it was trusted" in capsys.readouterr().out
        (foreign / "settings.toml").write_text("", encoding="utf-8")
        assert run(["settings", "trust", "--list"]) is Exit.DONE
        assert "changed since, so not read" in capsys.readouterr().out
        assert run(["settings", "trust", str(foreign), "--forget"]) is Exit.DONE
        assert f"{foreign} is trusted no more" in capsys.readouterr().err
        assert run(["settings", "trust", str(foreign), "--forget"]) is Exit.DONE
        assert f"{foreign} was not trusted" in capsys.readouterr().err

    def test_of_a_folder_without_such_a_file_or_with_a_wrong_one_ends_with_2(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["settings", "trust", str(tmp_path), "--yes"]) is Exit.WRONG
        assert "there is no such file" in capsys.readouterr().err
        (tmp_path / "settings.toml").write_text("[us]\nzona = 1\n", encoding="utf-8")
        assert run(["settings", "trust", str(tmp_path), "--yes"]) is Exit.WRONG
        assert "us.zona: unknown key" in capsys.readouterr().err

    def test_works_where_other_settings_are_wrong(
        self, foreign: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own = own_machine / "config" / "settings.toml"
        own.parent.mkdir(parents=True)
        own.write_text("[us]\nzona = 1\n", encoding="utf-8")
        assert run(["settings", "trust", str(foreign), "--yes"]) is Exit.DONE

    def test_cannot_steer_the_terminal(self, settings: Write, capsys: pytest.CaptureFixture[str]) -> None:
        keys = 'url = "x\\ry\\u202e"\n"k\\u001b[1A" = "env:\\u001b[2K"\n'
        file = settings(
            f'[sources.crm]\nadapter = "a\\u001b[2Jb"\n{keys}', us='[adapters]\nfolders = ["a\\u001b[2Kb"]\n'
        )
        assert run(["settings", "trust", str(file.parent), "--yes"]) is Exit.DONE
        out, err = capsys.readouterr()
        assert all(line.isprintable() for line in (out + err).splitlines())
        assert "\r" not in out

    def test_that_cannot_be_remembered_ends_with_2(
        self, foreign: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own_machine.mkdir(parents=True)
        (own_machine / "state").write_text("a file where the folder would be", encoding="utf-8")
        assert run(["settings", "trust", str(foreign), "--yes"]) is Exit.WRONG
        assert "cannot be remembered" in capsys.readouterr().err
