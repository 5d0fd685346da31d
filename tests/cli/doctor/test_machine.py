"""Terminal, clipboard, time, secrets and folders, as the doctor finds them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli import run, workspace
from salesprep.cli.doctor import report
from salesprep.cli.exits import Exit

Doctor = Callable[..., Any]
Write = Callable[..., Path]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Patch = pytest.MonkeyPatch


class TestTheTerminal:
    def test_shows_the_interface_with_its_colours_and_size(self, terminal: Run, one: Path) -> None:
        environ = {"TERM": "xterm-256color", "LINES": "30", "COLUMNS": "90"}
        shown = terminal("doctor", "--settings", one, environ=environ).stdout
        for said in (
            "the interface can be shown (TERM is xterm-256color)",
            "256 colours",
            "90 columns and 30 rows",
            "it takes every letter (UTF-8)",
        ):
            assert said in shown

    @pytest.mark.parametrize(
        ("environ", "said"),
        [
            ({"TERM": "dumb"}, "TERM is dumb, so the interface is not shown"),
            ({"TERM": "xterm", "NO_COLOR": "1"}, "no colours, because NO_COLOR is set"),
            ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16,777,216 colours"),
            ({"TERM": "xterm", "LINES": "8"}, "80 columns and 8 rows: the board has little room"),
            ({"TERM": "xterm", "PYTHONIOENCODING": "latin-1"}, "it takes letters of iso8859-1 only"),
        ],
    )
    def test_that_lacks_something_says_so(
        self, terminal: Run, one: Path, environ: dict[str, str], said: str
    ) -> None:
        shown = terminal("doctor", "--settings", one, environ=environ).stdout
        assert said in " ".join(
            shown.replace("iso-8859-1", "iso8859-1").replace("latin-1", "iso8859-1").split()
        )

    @pytest.mark.parametrize(
        ("variable", "program"), [("TMUX", "tmux"), ("ZELLIJ", "Zellij"), ("STY", "screen")]
    )
    def test_inside_of_another_program_says_which(
        self, one: Path, doctor: Doctor, monkeypatch: Patch, variable: str, program: str
    ) -> None:
        for name in ("TMUX", "ZELLIJ", "STY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(variable, "1")
        assert doctor("--settings", one).one("terminal", "inside")["what"] == f"inside of {program}"

    def test_that_is_far_says_where_things_are_opened(
        self, one: Path, doctor: Doctor, monkeypatch: Patch
    ) -> None:
        monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
        told = doctor("--settings", one)
        assert told.one("terminal", "ssh")["outcome"] == "ok"
        assert "OSC 52" in told.one("clipboard", "terminal")["what"]

    def test_in_a_pipe_is_none_and_that_is_no_fault(self, one: Path, doctor: Doctor) -> None:
        assert doctor("--settings", one).one("terminal", "no-terminal")["outcome"] == "ok"


class TestTheClipboard:
    def test_goes_through_the_first_program_that_is_there(
        self, one: Path, doctor: Doctor, monkeypatch: Patch, tmp_path: Path
    ) -> None:
        program = tmp_path / "bin" / "xsel"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent))
        monkeypatch.setenv("DISPLAY", ":0")
        found = doctor("--settings", one).one("clipboard", "program")
        assert found["what"] == "what is copied goes through xsel"

    def test_without_any_is_the_terminals(self, one: Path, doctor: Doctor, monkeypatch: Patch) -> None:
        monkeypatch.setenv("PATH", "")
        found = doctor("--settings", one).one("clipboard", "nowhere")
        assert (found["outcome"], "xclip" in found["mend"]) == ("warn", True)


class TestTime:
    def test_is_shown_in_the_zone_of_the_settings(self, one: Path, doctor: Doctor) -> None:
        told = doctor("--settings", one)
        assert told.one("time", "zone")["what"].endswith("Europe/Amsterdam")
        assert told.one("time", "zones")["outcome"] == "ok"
        assert told.one("time", "clock")["outcome"] == "ok"

    def test_of_a_machine_that_names_no_zone_is_to_be_looked_at(
        self, settings: Write, doctor: Doctor, monkeypatch: Patch
    ) -> None:
        monkeypatch.setenv("TZ", "Nowhere/Else")
        us = '[us]\nemails = ["a@ons.example"]\n[adapters]\nfolders = ["adapters"]\n'
        file = settings('[sources.crm]\nadapter = "demo"\n', us=us)
        assert doctor("--settings", file).one("time", "zone")["outcome"] == "warn"
        monkeypatch.setenv("TZ", "UTC")
        assert doctor("--settings", file).one("time", "zone")["outcome"] == "ok"

    def test_before_salesprep_was_installed_cannot_be(
        self, one: Path, doctor: Doctor, monkeypatch: Patch
    ) -> None:
        class Long(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return datetime(2001, 1, 1, tzinfo=UTC).astimezone(tz)

        monkeypatch.setattr(workspace, "datetime", Long)
        assert doctor("--settings", one).one("time", "clock")["outcome"] == "warn"


class TestSecrets:
    def test_are_counted_by_where_they_lie(
        self, settings: Write, doctor: Doctor, monkeypatch: Patch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DEMO_TOKEN", "hunter2-Zwaluw")
        secret = tmp_path / "token"
        secret.write_text("hunter2-Zwaluw", encoding="utf-8")
        secret.chmod(0o600)
        file = settings(
            '[sources.crm]\nadapter = "demo"\ntoken = "env:DEMO_TOKEN"\n'
            '[sources.wiki]\nadapter = "demo"\ntoken = "file:token"\n[sources.bare]\nadapter = "demo"\n'
        )
        told = doctor("--settings", file)
        assert told.code is Exit.DONE
        what = "secrets that come from variables: 1, from files: 1; no key store is used"
        assert told.one("secrets", "references")["what"] == what
        assert "hunter2" not in str(told.document)


class TestAFolder:
    def test_that_can_be_written_or_made_is_in_order(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        (own_machine / "state").mkdir(parents=True, mode=0o700)
        found = {f["about"]: f["what"] for f in doctor("--settings", one).of("folders", "writable")}
        assert found["state"].endswith("can be written")
        assert found["config"].endswith("will be made when it is needed")

    def test_that_others_can_look_into_is_to_be_looked_at(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        (own_machine / "state").mkdir(parents=True)
        (own_machine / "state").chmod(0o755)
        assert doctor("--settings", one).one("folders", "open")["about"] == "state"

    def test_that_others_may_write_to_is_to_be_mended(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        (own_machine / "config").mkdir(parents=True)
        (own_machine / "config").chmod(0o777)
        told = doctor("--settings", one)
        assert told.one("folders", "foreign")["about"] == "config"
        assert told.code is Exit.IN_PART

    def test_in_whose_place_a_file_lies_is_to_be_mended(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        own_machine.mkdir(parents=True)
        (own_machine / "state").write_text("", encoding="utf-8")
        assert doctor("--settings", one).one("folders", "unwritable")["about"] == "state"

    def test_with_decisions_that_are_damaged_says_so(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        (own_machine / "state").mkdir(parents=True, mode=0o700)
        (own_machine / "state" / "links.toml").write_text("[[customer", encoding="utf-8")
        told = doctor("--settings", one)
        assert told.one("folders", "links-wrong")["outcome"] == "fail"
        assert "links.toml" in told.one("folders", "links-wrong")["what"]

    def test_with_a_teams_decisions_out_of_reach_says_so(
        self, settings: Write, doctor: Doctor, tmp_path: Path
    ) -> None:
        named = f'[links]\nteam = "{(tmp_path / "gone.toml").as_posix()}"\n[sources.crm]\nadapter = "demo"\n'
        told = doctor("--settings", settings(named))
        assert told.one("folders", "links-team")["outcome"] == "warn"
        assert "gone.toml" in told.one("folders", "links-team")["what"]


class TestTheLog:
    @pytest.mark.parametrize(
        ("line", "outcome"),
        [
            ("{now:%Y-%m-%d %H:%M:%S},000 ERROR salesprep.tui hunter2-Zwaluw", "warn"),
            ("{now:%Y-%m-%d %H:%M:%S},000 WARNING salesprep.tui hunter2-Zwaluw", "ok"),
            ("2019-01-01 10:00:00,000 ERROR salesprep.tui hunter2-Zwaluw", "ok"),
            ("ERROR", "ok"),
        ],
    )
    def test_with_errors_of_the_last_day_is_to_be_looked_at(
        self, one: Path, doctor: Doctor, own_machine: Path, line: str, outcome: str
    ) -> None:
        (own_machine / "state").mkdir(parents=True, mode=0o700)
        (own_machine / "state" / "log").write_text(line.format(now=datetime.now()) + "\n", encoding="utf-8")
        told = doctor("--settings", one)
        (found,) = (f for f in told.of("folders") if f["name"].startswith("log"))
        assert found["outcome"] == outcome
        assert "hunter2" not in str(told.document)


class TestTheDoctor:
    def test_goes_on_where_one_part_cannot_be_looked_at(
        self, one: Path, doctor: Doctor, monkeypatch: Patch
    ) -> None:
        def breaks(_examined: Any) -> Any:
            raise RuntimeError("hunter2-Zwaluw")

        monkeypatch.setitem(report.LOOKS, "time", breaks)
        told = doctor("--settings", one)
        assert told.one("time", "not-looked-at")["what"] == "this could not be looked at (RuntimeError)"
        assert told.of("folders")
        assert "hunter2" not in str(told.document)

    @pytest.mark.parametrize("columns", [30, 40, 80, 160])
    def test_writes_within_the_window(
        self, one: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str], columns: int
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run(["doctor", "--settings", str(one)]) is Exit.DONE
        text = capsys.readouterr().out
        assert all(len(line) <= columns for line in text.splitlines())
        assert text.startswith("SETTINGS\n  ok    ")
        assert text.rstrip().endswith("in order")

    def test_cannot_steer_the_terminal(
        self, settings: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        file = settings('[sources.crm]\nadapter = "demo"\ntitle = "\\u001b[2J\\u202eCRM"\n')
        run(["doctor", "--settings", str(file)])
        text = capsys.readouterr().out
        assert "\x1b" not in text
        assert "\u202e" not in text

    def test_makes_nothing_but_what_any_command_makes(
        self, one: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        doctor("--settings", one)
        assert not own_machine.exists() or not list(own_machine.rglob("*"))
