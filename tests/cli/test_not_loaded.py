"""Adapters that cannot be loaded are one line each, everything else works, and ``--strict`` fails on them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Lines = dict[str, str]

CASES = {
    "twin": 'there is already an adapter named "demo" in {folder}/demo',
    "newer": "newer is made for contract 9.0, this salesprep has ",
    "needy": "needy needs the library nobody-wrote-this, which is not installed;"
    ' mend: install it beside salesprep: "nobody-wrote-this>=2"',
}
NAMES = {"twin": "demo", "newer": "newer", "needy": "needy"}


@pytest.fixture
def adapters(one: Path, tmp_path: Path) -> Path:
    """Where ``demo`` lies, which the settings of ``one`` use."""
    return tmp_path / "adapters"


def bad(adapters: Path, case: str) -> None:
    """An adapter that cannot be loaded, for one of the reasons."""
    folder = adapters / case
    folder.mkdir()
    keys = 'requires = ["nobody-wrote-this>=2", "click"]\n' if case == "needy" else ""
    (folder / "adapter.toml").write_text(
        f'name = "{NAMES[case]}"\ntitle = "Bad"\nversion = "1"\n'
        f'contract = "{"9.0" if case == "newer" else "1.0"}"\nclass = "Bad"\nkinds = ["person"]\n'
        f'lookups = ["name"]\nabilities = ["fetch"]\nasks_as = "none"\n{keys}',
        encoding="utf-8",
    )
    (folder / "adapter.py").write_text("import nobody_wrote_this\n", encoding="utf-8")


def line_on(case: str, text: str, adapters: Path) -> str:
    """The one line on it."""
    start = f"{NAMES[case]}: not loaded ({adapters / case}): "
    assert text.count(start) == 1
    rest = text.partition(start)[2]
    return rest.partition("\n")[0]


class TestAnAdapterThatCannotBeLoaded:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize(
        "command", [("brief", "Van Dijk Machinebouw B.V."), ("agenda",), ("sources", "check")]
    )
    def test_is_one_line_on_standard_error_and_all_else_works(
        self, cli: Run, one: Path, adapters: Path, case: str, command: tuple[str, ...]
    ) -> None:
        before = cli(*command, "--settings", one)
        assert (before.returncode, before.stderr) == (0, "")
        bad(adapters, case)
        done = cli(*command, "--settings", one)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == len(before.stdout.splitlines())
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"salesprep: {NAMES[case]}: not loaded ")
        assert CASES[case].format(folder=adapters) in line_on(case, line, adapters)

    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("command", [("adapter", "list"), ("sources",)])
    def test_is_one_line_in_the_lists(
        self, cli: Run, one: Path, adapters: Path, case: str, command: tuple[str, ...]
    ) -> None:
        bad(adapters, case)
        done = cli(*command, "--settings", one, environ={"COLUMNS": "2000"})
        assert done.returncode == 0
        assert CASES[case].format(folder=adapters) in line_on(case, done.stdout, adapters)
        assert "demo" in done.stdout.splitlines()[1]
        told = json.loads(cli(*command, "--settings", one, "--format", "json").stdout)
        assert [lost["name"] for lost in told["not_loaded"]] == [NAMES[case]]

    def test_all_at_once_are_a_line_each(self, cli: Run, one: Path, adapters: Path) -> None:
        for case in CASES:
            bad(adapters, case)
        done = cli("brief", "Van Dijk Machinebouw B.V.", "--settings", one)
        assert done.returncode == 0
        assert len(done.stderr.splitlines()) == len(CASES)
        assert "R. Smit" in done.stdout

    def test_that_a_source_uses_is_told_once_by_that_source(
        self, cli: Run, one: Path, adapters: Path
    ) -> None:
        bad(adapters, "needy")
        one.write_text(one.read_text() + '[sources.extra]\nadapter = "needy"\n')
        done = cli("brief", "Van Dijk Machinebouw B.V.", "--settings", one)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.startswith("salesprep: EXTRA: needy needs the library nobody_wrote_this")


class TestStrict:
    @pytest.mark.parametrize(
        ("case", "command"),
        [
            ("twin", ("brief", "Van Dijk Machinebouw B.V.")),
            ("newer", ("brief", "Van Dijk Machinebouw B.V.")),
            ("needy", ("brief", "Van Dijk Machinebouw B.V.")),
            ("twin", ("agenda",)),
            ("newer", ("people", "Van Dijk Machinebouw B.V.")),
            ("needy", ("sources",)),
            ("twin", ("sources", "check")),
            ("needy", ("adapter", "list")),
        ],
    )
    def test_ends_with_2_and_shows_all_the_same(
        self, cli: Run, one: Path, adapters: Path, case: str, command: tuple[str, ...]
    ) -> None:
        wide = {"COLUMNS": "2000"}
        fine = cli(*command, "--strict", "--settings", one, environ=wide)
        assert fine.returncode == 0
        bad(adapters, case)
        done = cli(*command, "--strict", "--settings", one, environ=wide)
        assert done.returncode == 2
        assert len(done.stdout.splitlines()) >= len(fine.stdout.splitlines())
        assert line_on(case, done.stdout + done.stderr, adapters)

    def test_counts_before_the_command_too(self, cli: Run, one: Path, adapters: Path) -> None:
        bad(adapters, "newer")
        assert cli("--settings", one, "--strict", "agenda").returncode == 2
        assert cli("--settings", one, "--strict").returncode == 2  # the briefing of the next visit
        assert cli("--settings", one).returncode == 0

    def test_counts_a_source_that_cannot_be_loaded(self, cli: Run, one: Path, adapters: Path) -> None:
        (adapters / "bad").mkdir()
        text = (adapters / "demo" / "adapter.toml").read_text().replace('"demo"', '"bad"')
        (adapters / "bad" / "adapter.toml").write_text(text)
        (adapters / "bad" / "adapter.py").write_text("1 / 0\n")
        one.write_text(one.read_text() + '[sources.extra]\nadapter = "bad"\n')
        brief = ("brief", "Van Dijk Machinebouw B.V.", "--settings", one)
        assert cli(*brief).returncode == 1
        assert cli(*brief, "--strict").returncode == 2
        assert cli(*brief, "--strict", "--only", "crm").returncode == 0  # it was not asked

    def test_is_refused_where_it_would_do_nothing(self, cli: Run, one: Path) -> None:
        done = cli("--settings", one, "--strict", "settings")
        assert done.returncode == 2
        assert "--strict is for commands that use adapters" in done.stderr

    def test_does_not_open_the_interface(self, terminal: Run, one: Path, adapters: Path) -> None:
        bad(adapters, "newer")
        done = terminal("--settings", one, "--strict", environ={"TERM": "xterm-256color"})
        assert done.returncode == 2
        assert "newer is made for contract 9.0" in " ".join(done.stdout.split())
        assert "\x1b[?1049h" not in done.stdout
