"""What ``settings`` shows: what is in force, who decided it, and with ``--why`` what the others say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from salesprep import machine
from salesprep.cli import run
from salesprep.cli.commands import salesprep
from salesprep.cli.exits import Exit

Write = Callable[..., Path]
Shown = Callable[..., str]

COMPANY = machine.company_folder() / "settings.toml"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the company's file."""
    folder = tmp_path / "etc"
    folder.mkdir()
    monkeypatch.setattr(machine, "company_folder", lambda: folder)

    def write(text: str) -> Path:
        file = folder / "settings.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


class TestSettings:
    def test_show_who_decided_each_key(
        self, settings: Write, shown: Shown, own_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = own_machine / "config" / "settings.toml"
        own.parent.mkdir(parents=True)
        own.write_text('[us]\nlocale = "de_DE"\n', encoding="utf-8")
        file = settings('[sources.crm]\nadapter = "demo"\ntoken = "env:TOKEN"\n')
        monkeypatch.setenv("SALESPREP_SOURCES__CRM__MODE", "slow")
        monkeypatch.setenv("COLUMNS", "120")
        rows = [" ".join(line.split()) for line in shown("settings", "--settings", file).splitlines()]
        assert rows[:3] == [f"# - company {COMPANY} (not there)", f"# 1 person {own}", f"# 2 named {file}"]
        assert 'us.locale = "de_DE" # 1' in rows
        assert 'us.name = "Anna de Boer" # 2' in rows
        assert "briefing.deadline = 8.0 # taken by itself" in rows
        assert 'sources.crm.token = "env:TOKEN" # 2' in rows
        assert 'sources.crm.mode = "slow" # SALESPREP_SOURCES__CRM__MODE' in rows

    def test_come_as_json(self, one: Path, shown: Shown) -> None:
        listed = json.loads(shown("settings", "--format", "json", "--settings", one))
        origins = {entry["key"]: (entry["value"], entry["origin"]) for entry in listed["settings"]}
        assert listed["files"] == [str(one)]
        assert origins["us.zone"] == ("Europe/Amsterdam", str(one))
        assert origins["sources.crm.title"] == ("CRM", None)

    def test_hide_what_may_be_a_secret(self, settings: Write, shown: Shown) -> None:
        file = settings(
            '[sources.crm]\nadapter = "demo"\nurl = "https://anna:hunter2@crm.example/?k=hunter2"\n'
        )
        for arguments in ([], ["--format", "json"], ["--why", "sources.crm.url"]):
            text = shown("settings", *arguments, "--settings", file)
            assert "crm.example" in text
            assert "hunter2" not in text

    def test_fit_the_line_unless_one_is_asked_for(self, settings: Write, shown: Shown) -> None:
        file = settings(f'[sources.crm]\nadapter = "demo"\nmode = "{"x" * 300}"\n')
        values = shown("settings", "--settings", file).splitlines()[3:]
        assert max(map(len, values)) == 80
        assert "x" * 300 in shown("settings", "--why", "sources.crm", "--settings", file)

    def test_can_hold_what_json_cannot(self, settings: Write, shown: Shown) -> None:
        keys = 'a = inf\nb = 2026-11-23\nc = 12:30:00\nd = { "e f" = [1, "\\u001b[2J"] }\n'
        file = settings(f'[sources.crm]\nadapter = "demo"\n{keys}')
        listed = json.loads(shown("settings", "--format", "json", "--why", "sources.crm", "--settings", file))
        values = {entry["key"].removeprefix("sources.crm."): entry["value"] for entry in listed["settings"]}
        assert (values["a"], values["b"], values["c"]) == ("inf", "2026-11-23", "12:30:00")
        assert values['d."e f"'] == [1, "\x1b[2J"]
        assert "\x1b" not in shown("settings", "--settings", file)


class TestWhy:
    def test_tells_who_decided_what_the_others_say_and_who_locked_it(
        self, company: Write, settings: Write, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = company('locked = ["us.zone"]\n[us]\nzone = "Europe/Amsterdam"\nlocale = "de_DE"\n')
        file = settings('[sources.crm]\nadapter = "demo"\n')
        monkeypatch.setenv("SALESPREP_US__LOCALE", "en_GB")
        lines = shown("settings", "--why", "us", "--settings", file).splitlines()
        assert lines[lines.index('us.zone = "Europe/Amsterdam"') :] == [
            'us.zone = "Europe/Amsterdam"',
            f"  decided by  company  {first}, line 3",
            f'  over        named  {file}, line 6: "Europe/Amsterdam"',
            f"  locked by   {first}",
            'us.locale = "en_GB"',
            "  decided by  variable  SALESPREP_US__LOCALE",
            f'  over        company  {first}, line 4: "de_DE"',
            'us.language = "en"',
            "  taken by itself",
        ]

    def test_comes_as_json(self, company: Write, settings: Write, shown: Shown) -> None:
        first = company('locked = ["us.zone"]\n[us]\nzone = "Europe/Amsterdam"\nname = "Ons"\n')
        file = settings('[sources.crm]\nadapter = "demo"\n')
        told = json.loads(shown("settings", "--format", "json", "--settings", file))
        assert [(one["layer"], one["state"]) for one in told["layers"]] == [
            ("company", "read"),
            ("person", "absent"),
            ("named", "read"),
        ]
        assert told["files"] == [str(first), str(file)]
        every = {one["key"]: one for one in told["settings"]}
        assert every["us.name"] == {
            "key": "us.name",
            "value": "Anna de Boer",
            "origin": str(file),
            "layer": "named",
            "line": 3,
            "locked_by": None,
            "over": [{"origin": str(first), "layer": "company", "line": 4, "value": "Ons"}],
        }
        assert every["us.zone"]["locked_by"] == str(first)
        assert every["us.language"] == {
            "key": "us.language",
            "value": "en",
            "origin": None,
            "layer": None,
            "line": None,
            "locked_by": None,
            "over": [],
        }

    def test_hides_a_secret_that_a_later_layer_replaced(
        self, company: Write, settings: Write, shown: Shown
    ) -> None:
        company('[sources.crm]\nadapter = "demo"\ntoken = "hunter2"\nmode = "down"\n')
        file = settings('[sources.crm]\nadapter = "demo"\ntoken = "env:TOKEN"\nmode = "ok"\n')
        for arguments in (["--why", "sources.crm"], ["--format", "json"]):
            text = shown("settings", *arguments, "--settings", file)
            assert "hunter2" not in text
            assert "(hidden)" in text
            assert "down" in text

    def test_shows_nothing_of_a_source_that_another_adapter_replaced(
        self, company: Write, settings: Write, shown: Shown
    ) -> None:
        company('[sources.crm]\nadapter = "unknown"\nmode = "hunter2"\n')
        file = settings('[sources.crm]\nadapter = "demo"\nmode = "ok"\n')
        text = shown("settings", "--why", "sources.crm", "--settings", file)
        assert "hunter2" not in text
        assert 'line 2: "unknown"' in text

    def test_cannot_be_led_astray_by_a_files_content(self, settings: Write, shown: Shown) -> None:
        file = settings('[sources.crm]\nadapter = "demo"\nmode = "a\\nb\\u001b[2J"\n')
        assert "\x1b" not in shown("settings", "--why", "sources.crm", "--settings", file)


class TestALockedKey:
    def test_is_marked(self, company: Write, settings: Write, shown: Shown) -> None:
        company('locked = ["us.name"]\n[us]\nname = "Anna de Boer"\n')
        text = shown("settings", "--settings", settings('[sources.crm]\nadapter = "demo"\n'))
        assert [line.split("#")[1] for line in text.splitlines() if line.startswith("us.name")] == [
            " 1, locked"
        ]

    def test_that_is_set_again_ends_with_2_and_one_line(
        self, company: Write, settings: Write, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = company('locked = ["us.emails"]\n')
        file = settings("")
        for command in (["settings"], ["brief", "Van Dijk"], ["sources"], ["adapter", "list"]):
            assert run([*command, "--settings", str(file)]) is Exit.WRONG
            out, err = capsys.readouterr()
            assert out == ""
            assert err == (
                f"salesprep: {file}: us.emails: is locked by {first}; "
                "take it out of this file, or ask whoever locked it\n"
            )


class TestATeamOutOfReach:
    def test_is_told_and_the_briefing_goes_on(
        self, company: Write, settings: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        company('team = "team.toml"\n')
        team = tmp_path / "etc" / "team.toml"
        team.write_text('[us]\nlocale = "en_GB"\n', encoding="utf-8")
        file = settings('[sources.crm]\nadapter = "demo"\n')
        assert run(["settings", "--settings", str(file)]) is Exit.DONE
        assert capsys.readouterr().err == ""
        team.unlink()
        assert run(["settings", "--settings", str(file)]) is Exit.DONE
        out, err = capsys.readouterr()
        assert err.startswith(f"salesprep: the team's settings {team} are out of reach; those of ")
        assert err.count("\n") == 1
        assert f"team  {team} (out of reach: what was last read of it serves)" in out
        words = ShellComplete(salesprep, {}, "salesprep", "_SALESPREP_COMPLETE").get_completions(
            ["brief", "--settings", str(file), "--only"], "c"
        )
        assert [word.value for word in words] == ["crm"]
        assert capsys.readouterr().err == ""  # who is still typing is not spoken to

    def test_that_nobody_ever_read_ends_with_2(
        self, company: Write, settings: Write, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = company('team = "team.toml"\n')
        assert run(["brief", "Van Dijk", "--settings", str(settings(""))]) is Exit.WRONG
        assert capsys.readouterr().err.startswith(f"salesprep: {first}: team: ")
