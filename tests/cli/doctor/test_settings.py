"""Settings of all sorts: the doctor tells what is wrong with them, and looks at the rest all the same."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli.exits import Exit

Doctor = Callable[..., Any]
Write = Callable[..., Path]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


class TestSettingsInOrder:
    def test_are_told_layer_by_layer(self, one: Path, doctor: Doctor, own_machine: Path) -> None:
        own = own_machine / "config" / "settings.toml"
        own.parent.mkdir(parents=True)
        own.write_text('[us]\nname = "Anna"\n', encoding="utf-8")
        told = doctor("--settings", one)
        assert told.code is Exit.DONE
        assert told.one("settings", "person")["what"] == f"your settings: {own}"
        assert told.one("settings", "named")["what"].endswith(str(one))
        assert told.one("settings", "us")["outcome"] == "ok"
        assert told.document["outcome"] in ("ok", "warn")

    def test_that_name_no_source_serve_the_example(self, doctor: Doctor) -> None:
        told = doctor()
        assert told.code is Exit.DONE
        assert told.one("settings", "example")["mend"] == "salesprep add PATH names one"
        assert {source["outcome"] for source in told.of("sources")} == {"ok"}

    def test_that_do_not_say_who_one_is_are_looked_at(self, settings: Write, doctor: Doctor) -> None:
        bare = '[adapters]\nfolders = ["adapters"]\n'
        told = doctor("--settings", settings('[sources.crm]\nadapter = "demo"\n', us=bare))
        found = told.one("settings", "us")
        assert (found["outcome"], found["mend"]) == ("warn", "write emails and domains under [us]")

    def test_of_a_folder_that_nobody_trusted_are_told(
        self, tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "settings.toml").write_text("[us]\n", encoding="utf-8")
        assert "salesprep settings trust" in doctor().one("settings", "untrusted")["mend"]


class TestBrokenSettings:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("[us]\nzona = 1\n", "us.zona: unknown key"),
            ("[us\n", "is not valid TOML"),
            ('[us]\nemails = "anna@ons.example"\n', "us.emails: must be a list of mail addresses"),
            ('requires = ">=99"\n', "these settings are for salesprep >=99"),
        ],
    )
    def test_are_one_finding_and_the_rest_is_looked_at(
        self, text: str, what: str, tmp_path: Path, doctor: Doctor
    ) -> None:
        file = tmp_path / "settings.toml"
        file.write_text(text, encoding="utf-8")
        told = doctor("--settings", file)
        assert told.code is Exit.IN_PART
        assert told.wrong == [("settings", "wrong")]
        found = told.one("settings", "wrong")
        assert str(file) in found["what"]
        assert what in found["what"]
        assert found["mend"]
        assert found["mend"] not in found["what"]
        assert {f["area"] for f in told.document["findings"]} >= {
            "adapters", "dependencies", "terminal", "time", "clipboard", "folders"
        }  # fmt: skip

    def test_that_are_not_there_are_told(self, tmp_path: Path, doctor: Doctor) -> None:
        told = doctor("--settings", tmp_path / "nowhere.toml")
        assert told.wrong == [("settings", "wrong")]

    def test_in_two_files_and_a_variable_are_all_told_at_once(
        self, tmp_path: Path, doctor: Doctor, own_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = own_machine / "config" / "settings.toml"
        own.parent.mkdir(parents=True)
        own.write_text("[uss]\n", encoding="utf-8")
        named = tmp_path / "settings.toml"
        named.write_text("[screen]\nthemes = 1\n", encoding="utf-8")
        monkeypatch.setenv("SALESPREP_US__LOCALE", "en_QQ")
        told = [f["what"] for f in doctor("--settings", named).of("settings", "wrong")]
        assert [any(word in what for what in told) for word in (str(own), str(named), "US__LOCALE")] == [
            True
        ] * 3

    def test_that_are_wrong_in_one_file_leave_the_others_in_order(
        self, tmp_path: Path, doctor: Doctor, own_machine: Path
    ) -> None:
        own = own_machine / "config" / "settings.toml"
        own.parent.mkdir(parents=True)
        own.write_text('[us]\nname = "Anna"\n', encoding="utf-8")
        named = tmp_path / "settings.toml"
        named.write_text("[uss]\n", encoding="utf-8")
        assert doctor("--settings", named).one("settings", "person")["outcome"] == "ok"

    def test_are_not_looked_for_in_a_folder_that_is_gone(
        self, tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        told = doctor()
        assert told.wrong == [("settings", "wrong")]
        assert "(FileNotFoundError)" in told.one("settings", "wrong")["what"]

    def test_that_name_the_example_say_why_it_cannot_be_laid_out(
        self, doctor: Doctor, own_machine: Path
    ) -> None:
        own_machine.mkdir(parents=True)
        (own_machine / "cache").write_text("a file where the folder should be", encoding="utf-8")
        told = doctor()
        assert told.wrong == [("settings", "unlaid"), ("folders", "unwritable")]
        assert told.one("folders", "unwritable")["about"] == "cache"

    def test_never_echo_a_value(self, settings: Write, doctor: Doctor) -> None:
        file = settings('[sources.crm]\nadapter = "demo"\ntoken = "hunter2-Zwaluw"\n')
        told = doctor("--settings", file)
        assert ("settings", "wrong") in told.wrong
        assert "hunter2-Zwaluw" not in str(told.document)

    def test_are_told_in_the_language_of_the_environment(self, tmp_path: Path, cli: Run) -> None:
        done = cli("doctor", "--settings", tmp_path / "nowhere.toml", environ={"LANG": "nl_NL.UTF-8"})
        assert done.returncode == Exit.IN_PART
        assert "INSTELLINGEN" in done.stdout
