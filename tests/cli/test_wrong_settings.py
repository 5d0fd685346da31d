"""Wrong settings end with 2, before anything is asked: one line with file, key and mend, no value."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

SECRET = "hunter2-Zwaluw"

CASES = {
    "unknown key": ("[us]\nzona = '{}'", "us.zona: unknown key", 'did you mean "zone"?'),
    "unknown table": ("[uss]\n", "uss: unknown key", 'did you mean "us"?'),
    "wrong type": ("[us]\nemails = '{}'", "us.emails: must be a list of mail addresses", "write it as"),
    "broken TOML": ("[us]\nname = {}\n", "is not valid TOML at line 2", 'texts stand in "quotes"'),
    "unknown adapter": (
        "[adapters]\nfolders = ['adapters']\n[sources.crm]\nadapter = 'demos'\n",
        "sources.crm.adapter: no adapter of that name is installed",
        'did you mean "demo"? installed: demo, ics, ',
    ),
    "absent folder": (
        "[adapters]\nfolders = ['elsewhere']\n[sources.crm]\nadapter = 'demo'\n",
        "sources.crm.adapter: no adapter of that name is installed",
        "elsewhere, which is not there",
    ),
    "unknown locale": ("[us]\nlocale = 'en_QQ'", "us.locale: must be a locale", 'did you mean "en_'),
    "no adapter": ("[sources.crm]\ntitle = '{}'", "sources.crm: has no adapter", 'add adapter = "…"'),
    "literal secret": (
        "[adapters]\nfolders = ['adapters']\n[sources.crm]\nadapter = 'demo'\ntoken = '{}'\n",
        "sources.crm.token: a secret must not stand in settings",
        'write "env:NAME" or "file:PATH"',
    ),
    "unknown order": (
        "[screen]\norder = ['crn']\n[sources.crm]\nadapter = 'x'",
        "screen.order: names no source",
        'did you mean "crm"?',
    ),
}


class TestWrongSettings:
    @pytest.mark.parametrize("case", CASES)
    def test_are_told_in_one_line(
        self, case: str, settings: Write, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text, what, mend = CASES[case]
        file = settings("", us=text.format(SECRET))
        assert run(["brief", "Van Dijk", "--settings", str(file)]) is Exit.WRONG
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"salesprep: {file}: {what}")
        assert mend in err
        assert err.count("\n") == 1
        assert SECRET not in err
        assert "demos" not in err

    @pytest.mark.parametrize(
        "command",
        [[], ["brief"], ["agenda"], ["sources"], ["sources", "check"], ["settings"], ["adapter", "list"]],
    )
    def test_are_told_by_every_command(
        self, command: list[str], settings: Write, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = settings("", us="[us]\nzona = 1")
        assert run([*command, "--settings", str(file)]) is Exit.WRONG
        assert "us.zona" in capsys.readouterr().err

    def test_may_be_named_before_the_command(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        missing = tmp_path / "nowhere.toml"
        assert run(["--settings", str(missing), "sources"]) is Exit.WRONG
        assert f"{missing}: there is no such file" in capsys.readouterr().err

    def test_end_the_real_command_with_2(self, settings: Write, cli: Run) -> None:
        text, what, _mend = CASES["literal secret"]
        done = cli("brief", "Van Dijk", "--settings", settings("", us=text.format(SECRET)))
        assert (done.returncode, done.stdout) == (2, "")
        assert what in done.stderr
        assert SECRET not in done.stderr

    def test_in_a_links_file_are_told_too(self, settings: Write, cli: Run, tmp_path: Path) -> None:
        (tmp_path / "links.toml").write_text("[[custmer]]\n", encoding="utf-8")
        file = settings('[sources.crm]\nadapter = "demo"\n[links]\nfile = "links.toml"\n')
        done = cli("brief", "Van Dijk", "--settings", file)
        assert (done.returncode, done.stdout) == (2, "")
        assert "links.toml" in done.stderr

    def test_of_one_source_cost_its_panel_and_end_with_2(self, two: Callable[[str], Path], cli: Run) -> None:
        done = cli("brief", "Van Dijk Machinebouw B.V.", "--settings", two(f'mood = "{SECRET}"'))
        assert done.returncode == 2
        assert "R. Smit" in done.stdout
        assert "salesprep: WIKI: " in done.stderr
        assert 'unknown key "mood"' in done.stderr
        assert SECRET not in done.stdout + done.stderr

    def test_found_while_asking_name_file_and_table_too(self, two: Callable[[str], Path], cli: Run) -> None:
        file = two('mode = "key"')
        done = cli("brief", "Van Dijk Machinebouw B.V.", "--settings", file)
        assert done.returncode == 2
        assert f"salesprep: WIKI: {file}: [sources.wiki]: url is none that can be read" in done.stderr

    def test_of_a_calendars_address_end_with_2_whatever_is_wrong_in_it(
        self, settings: Write, cli: Run
    ) -> None:
        for url in ("https://anna@calendar.example/a.ics", "ftp://calendar.example/a.ics"):
            file = settings(f'[sources.calendar]\nadapter = "ics"\ncalendars = [{{ url = "{url}" }}]\n')
            done = cli("agenda", "--settings", file)
            assert done.returncode == 2
            assert f"CALENDAR: {file}: [sources.calendar]" in done.stderr


class TestAnUnknownAdapter:
    def test_does_not_keep_anybody_from_looking_which_there_are(self, settings: Write, cli: Run) -> None:
        done = cli("adapter", "list", "--settings", settings('[sources.crm]\nadapter = "dmo"\n'))
        assert done.returncode == 0
        assert "demo" in done.stdout


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "what"),
        [
            (["nope"], "No such command 'nope'"),
            (["brief", "--nope"], "No such option"),
            (["brief", ""], "NAME is empty"),
            (["brief", "x", "--only", "crn"], 'there is no source "crn"; did you mean "crm"?'),
            (["brief", "x", "--pick", "1042"], "--pick takes SOURCE:ID"),
            (["brief", "x", "--pick", "crn:1"], 'there is no source "crn"'),
            (["brief", "x", "--deadline", "-1"], "--deadline"),
            (["brief", "x", "--format", "yaml"], "--format"),
            (["sources", "check", "crn"], 'did you mean "crm"?'),
            (["settings", "--why", "us.zona"], 'did you mean "us.zone"?'),
        ],
    )
    def test_says_how_it_is_used(
        self, arguments: list[str], what: str, one: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["--settings", str(one), *arguments]) is Exit.WRONG
        out, err = capsys.readouterr()
        assert out == ""
        assert what in err
        assert "Usage: salesprep" in err or "there is no" in err or "--pick" in err
