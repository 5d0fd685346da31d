"""What ``sources``, ``sources check`` and ``adapter list`` show."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from salesprep.cli import run
from salesprep.cli.exits import Exit

if TYPE_CHECKING:
    import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]
Two = Callable[[str], Path]
Shown = Callable[..., str]


class TestSources:
    def test_are_listed_without_asking_them(self, two: Two, shown: Shown) -> None:
        lines = shown("sources", "--settings", two("url = 'https://wiki.example'")).splitlines()
        assert [line.split() for line in lines] == [
            ["SOURCE", "NAME", "ADAPTER"],
            ["CRM", "crm", "demo", "ready", "on", "this", "machine"],
            ["WIKI", "wiki", "demo", "ready", "over", "the", "network"],
        ]

    def test_that_cannot_be_used_say_why_and_who_mends_it(
        self, one: Path, shown: Shown, tmp_path: Path
    ) -> None:
        for name in ("broken", "spare"):
            folder = tmp_path / "adapters" / name
            folder.mkdir()
            (folder / "adapter.toml").write_text(f'name = "{name}"\n', encoding="utf-8")
        one.write_text(
            one.read_text(encoding="utf-8") + '[sources.bad]\nadapter = "broken"\n', encoding="utf-8"
        )
        text = " ".join(shown("sources", "--settings", one).split())
        assert "BAD bad broken not loaded" in text
        assert 'key "title" is missing; mend: correct adapter.toml' in text
        assert "spare: not loaded" in text  # and one that no source uses
        listed = json.loads(shown("sources", "--format", "json", "--settings", one))
        assert [source["state"] for source in listed["sources"]] == ["ready", "not_loaded"]
        assert "title" in listed["sources"][1]["error"]["what"]
        assert [lost["name"] for lost in listed["not_loaded"]] == ["spare"]

    def test_name_a_folder_of_adapters_that_is_not_there(self, one: Path, shown: Shown) -> None:
        text = one.read_text(encoding="utf-8")
        one.write_text(text.replace('["adapters"]', '["adapters", "gone"]'), encoding="utf-8")
        # A path that is longer than a line is broken.
        told = "".join(shown("sources", "--settings", one).split())
        assert f"gone:notloaded({one.parent / 'gone'}):theadapterfolder" in told


class TestHowSourcesAnswered:
    """Of earlier runs, since ``sources`` itself asks nobody."""

    def test_is_told_beneath_each_that_was_ever_asked(self, two: Two, cli: Run) -> None:
        file = two("mode = 'login'")
        for _ in range(2):
            cli("brief", "Van Dijk Machinebouw B.V.", "--settings", file)
        done = cli("sources", "--settings", file, environ={"COLUMNS": "160"})
        assert (done.returncode, done.stderr) == (0, "")
        _head, crm, of_crm, wiki, of_wiki = done.stdout.splitlines()
        assert crm.split()[:2] == ["CRM", "crm"]
        assert re.fullmatch(
            r"  last answered \d\d:\d\d, just now; \d+ answers: p50 \d+ ms, p95 \d+ ms", of_crm
        )
        assert wiki.split()[:2] == ["WIKI", "wiki"]
        assert re.fullmatch(
            r"  last asked \d\d:\d\d, just now: not logged in; no answer yet; \d+ errors: not logged in",
            of_wiki,
        )

    def test_is_there_for_other_programs(self, two: Two, cli: Run) -> None:
        file = two("mode = 'login'")
        cli("sources", "check", "--settings", file)
        crm, wiki = json.loads(cli("sources", "--format", "json", "--settings", file).stdout)["sources"]
        assert (crm["breaker"], crm["next_try"]) == ("closed", None)
        figures = crm["figures"]
        assert (figures["calls"], figures["answers"], figures["errors"]) == (1, 1, {})
        assert 0 < figures["p50_ms"] == figures["p95_ms"]
        assert figures["last_success"] == figures["last_call"] == figures["since"]
        assert figures["last_call"].endswith("+00:00")
        assert (figures["hits"], figures["misses"]) == (0, 0)
        assert wiki["figures"]["errors"] == {"auth_required": 1}
        assert wiki["figures"]["last_error"] == "auth_required"
        assert wiki["figures"]["p50_ms"] is None


class TestACheck:
    def test_asks_each_source(self, two: Two, cli: Run) -> None:
        done = cli("sources", "check", "--settings", two(""))
        assert (done.returncode, done.stderr) == (0, "")
        assert [line.split()[:3] for line in done.stdout.splitlines()[1:]] == [
            ["CRM", "door", "passed"],
            ["WIKI", "door", "passed"],
        ]

    def test_of_one_source_asks_no_other(self, two: Two, cli: Run) -> None:
        done = cli("sources", "check", "crm", "--settings", two("mode = 'down'"))
        assert done.returncode == 0
        assert "WIKI" not in done.stdout

    def test_that_fails_says_what_to_mend_and_ends_with_1(self, two: Two, cli: Run) -> None:
        done = cli("sources", "check", "--settings", two("mode = 'login'"))
        assert done.returncode == 1
        assert "FAILED" in done.stdout
        assert "the demo knows you no more" in done.stdout
        assert "\n  mend: log in again\n" in done.stdout

    def test_that_is_late_cannot_tell(self, two: Two, cli: Run) -> None:
        file = two("mode = 'slow'")
        text = cli("sources", "check", "wiki", "--deadline", "0.5", "--settings", file)
        assert text.returncode == 0
        assert "could not tell  no answer in time" in text.stdout
        file.write_text(file.read_text(encoding="utf-8") + "[briefing]\ndeadline = 2\n", encoding="utf-8")
        done = cli("sources", "check", "--format", "json", "--settings", file)
        assert done.returncode == 0
        crm, wiki = json.loads(done.stdout)["sources"]
        assert [check["outcome"] for check in crm["checks"]] == ["passed"]
        assert [check["outcome"] for check in wiki["checks"]] == ["indeterminate"]

    def test_of_wrong_keys_ends_with_2(self, two: Two, cli: Run) -> None:
        done = cli("sources", "check", "--settings", two("mood = 1"))
        assert done.returncode == 2
        assert 'unknown key "mood"' in " ".join(done.stdout.split())


class TestAdapters:
    def test_are_listed_with_what_they_can_tell(self, one: Path, shown: Shown, tmp_path: Path) -> None:
        text = shown("adapter", "list", "--settings", one)
        assert ["demo", "2.1", "not", "tried", "Demo"] in [line.split() for line in text.splitlines()]
        assert "account, person, meeting (fetch, find, upcoming)" in text
        listed = json.loads(shown("adapter", "list", "--format", "json", "--settings", one))["adapters"]
        demo = next(adapter for adapter in listed if adapter["name"] == "demo")
        assert demo["where"] == str(tmp_path / "adapters" / "demo")
        assert {"ics", "sql"} < {adapter["name"] for adapter in listed}

    def test_that_are_broken_say_why(self, one: Path, shown: Shown, tmp_path: Path) -> None:
        manifest = tmp_path / "adapters" / "demo" / "adapter.toml"
        manifest.write_text("name = 'demo'\ntitles = 'x'\n", encoding="utf-8")
        text = " ".join(shown("adapter", "list", "--settings", one).split())
        assert 'unknown key "titles"; did you mean "title"?' in text

    def test_need_a_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["adapter"]) is Exit.WRONG
        assert capsys.readouterr().err.startswith("Usage: salesprep adapter")
