"""What the start of a command costs, counted in imports by a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

AFTER = """
import sys
from salesprep.cli import run
code = run(sys.argv[1:])
print("CODE", int(code), *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported_by(*arguments: object) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", AFTER, *map(str, arguments)],
        check=False,
        env=dict(os.environ),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    last = done.stderr.splitlines()[-1].split()
    assert last[:2] == ["CODE", "0"], done.stderr
    return set(last[2:])


class TestTheStart:
    @pytest.mark.parametrize("arguments", [["--help"], ["brief", "--help"], ["sources", "check", "--help"]])
    def test_of_help_imports_next_to_nothing(self, arguments: list[str]) -> None:
        imported = imported_by(*arguments)
        assert not imported & {
            "asyncio",
            "pydantic",
            "aiohttp",
            "textual",
            "rich",
            "babel",
            "icalendar",
            "tomllib",
        }

    def test_of_the_lists_imports_no_adapter_and_no_model(self, one: Path) -> None:
        text = one.read_text(encoding="utf-8")
        one.write_text(text.replace("[us]\n", '[us]\nlocale = "nl_NL"\n'), encoding="utf-8")
        for command in (["settings"], ["sources"], ["adapter", "list"]):
            imported = imported_by(*command, "--settings", one)
            assert not imported & {"pydantic", "aiohttp", "textual", "rich", "icalendar", "adapters", "babel"}

    def test_of_an_offline_briefing_brings_neither_a_screen_nor_a_network(self, one: Path) -> None:
        imported = imported_by("brief", "Van Dijk Machinebouw B.V.", "--offline", "--settings", one)
        assert not imported & {"textual", "aiohttp", "rich"}

    def test_can_be_a_module(self, cli: Run) -> None:
        assert cli("--version").stdout.startswith("salesprep ")


class TestCompletion:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_has_a_script_for_the_shell(self, shell: str, cli: Run) -> None:
        done = cli(environ={"_SALESPREP_COMPLETE": f"{shell}_source"})
        assert done.returncode == 0
        assert "_SALESPREP_COMPLETE" in done.stdout

    def complete(self, cli: Run, words: str) -> list[str]:
        environ = {
            "_SALESPREP_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        done = cli(environ=environ)
        return [line.partition(",")[2] for line in done.stdout.splitlines() if line]

    def test_knows_the_commands(self, cli: Run) -> None:
        assert self.complete(cli, "salesprep s") == ["settings", "sources"]

    def test_knows_the_sources(self, one: Path, cli: Run) -> None:
        assert self.complete(cli, f"salesprep brief --settings {one} --only c") == ["crm"]

    def test_is_silent_where_settings_are_wrong(self, tmp_path: Path, cli: Run) -> None:
        assert self.complete(cli, f"salesprep brief --settings {tmp_path}/none --only c") == []
