"""One's own note at the keyboard: written, shown last, and nowhere else."""

from __future__ import annotations

import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Write
    from tests.command import Run

EDITOR = """
import os, sys
path = sys.argv[-1]
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write({expression})
os.chmod(path, 0o644)
sys.exit({code})
"""

Editor = Callable[..., dict[str, str]]
Two = Callable[[str], Path]


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """An editor that writes what the test wants and ends."""

    def make(expression: str, *, code: int = 0, variable: str = "EDITOR") -> dict[str, str]:
        script = tmp_path / "editor of mine.py"
        script.write_text(EDITOR.format(expression=expression, code=code), encoding="utf-8")
        return {variable: f'{shlex.quote(sys.executable)} "{script}"'}

    return make


@pytest.fixture
def notes(own_machine: Path) -> Path:
    """Where the notes lie."""
    return own_machine / "state" / "notes"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


class TestWriting:
    def test_a_note_in_ones_editor(self, cli: Run, one: Path, editor: Editor, notes: Path) -> None:
        done = cli("note", "Van Dijk", "--settings", one, environ=editor("text + 'ask about budget'"))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert files(notes) == ["crm@1042.md"]
        written = (notes / "crm@1042.md").read_text(encoding="utf-8")
        assert written == "---\ncustomer: Van Dijk Machinebouw B.V.\nid: crm:1042\n---\n\nask about budget"
        if sys.platform != "win32":
            assert stat.S_IMODE((notes / "crm@1042.md").stat().st_mode) == 0o600

    def test_a_note_for_the_next_visit(self, cli: Run, one: Path, notes: Path) -> None:
        assert cli("note", "--add", "bring the stuklijst", "--settings", one).returncode == 0
        assert files(notes) == ["crm@1042.md"]

    def test_visual_goes_before_editor(self, cli: Run, one: Path, editor: Editor, notes: Path) -> None:
        environ = {"EDITOR": "false"} | editor("text + 'x'", variable="VISUAL")
        assert cli("note", "Van Dijk", "--settings", one, environ=environ).returncode == 0
        assert files(notes) == ["crm@1042.md"]

    @pytest.mark.parametrize("expression", ["text", "''", "'  \\n'"])
    def test_nothing_makes_no_file(
        self, cli: Run, one: Path, editor: Editor, notes: Path, expression: str
    ) -> None:
        assert cli("note", "Van Dijk", "--settings", one, environ=editor(expression)).returncode == 0
        assert files(notes) == []

    def test_on_opens_what_is_there(self, cli: Run, one: Path, editor: Editor, notes: Path) -> None:
        cli("note", "Van Dijk", "--add", "one", "--settings", one)
        cli("note", "Van Dijk", "--settings", one, environ=editor("text.replace('one', 'two')"))
        assert cli("note", "Van Dijk", "--show", "--settings", one).stdout == "two\n"
        assert files(notes) == ["crm@1042.md"]

    def test_is_not_lost_with_the_editor(self, cli: Run, one: Path, editor: Editor, notes: Path) -> None:
        done = cli("note", "Van Dijk", "--settings", one, environ=editor("text + 'half'", code=3))
        assert done.returncode == 1
        assert "the editor ended with 3" in done.stderr
        again = cli("note", "Van Dijk", "--settings", one, environ=editor("text + ' and whole'"))
        assert again.returncode == 0
        assert cli("note", "Van Dijk", "--show", "--settings", one).stdout == "half and whole\n"

    @pytest.mark.parametrize("name", ["", "no-such-editor-anywhere"])
    def test_without_an_editor_says_what_to_set(self, cli: Run, one: Path, name: str, notes: Path) -> None:
        done = cli("note", "Van Dijk", "--settings", one, environ={"EDITOR": name, "VISUAL": ""})
        assert done.returncode == 2
        assert "set EDITOR" in done.stderr
        assert files(notes) == []

    def test_in_a_folder_that_cannot_be_made_says_so(self, cli: Run, one: Path, own_machine: Path) -> None:
        (own_machine / "state").mkdir(parents=True)
        (own_machine / "state" / "notes").write_text("", encoding="utf-8")
        done = cli("note", "Van Dijk", "--add", "x", "--settings", one)
        assert done.returncode == 2
        assert "cannot be written" in done.stderr

    @pytest.mark.parametrize("wrong", [("--add", " "), ("--show", "--path"), ("--format", "json")])
    def test_is_refused_what_makes_no_sense(self, cli: Run, one: Path, wrong: tuple[str, ...]) -> None:
        assert cli("note", "Van Dijk", *wrong, "--settings", one).returncode == 2


class TestAMisspeltName:
    @pytest.mark.parametrize("what", [("--add", "x"), ("--show",), ("--path",), ()])
    def test_is_no_new_customer(self, cli: Run, one: Path, notes: Path, what: tuple[str, ...]) -> None:
        done = cli("note", "Van Dyk Machinebouw", *what, "--settings", one, environ={"EDITOR": "false"})
        assert (done.returncode, done.stdout) == (3, "")
        assert "no source knows a customer called Van Dyk Machinebouw" in done.stderr
        assert 'did you mean "Van Dijk Machinebouw B.V."?' in done.stderr
        assert ("takes --new" in done.stderr) is (what not in (("--show",), ("--path",)))
        assert files(notes) == []

    def test_is_kept_where_a_source_that_might_know_it_failed(self, cli: Run, two: Two, notes: Path) -> None:
        done = cli("note", "Nobody Ltd", "--add", "x", "--settings", two("mode = 'down'"))
        assert done.returncode == 0
        assert "WIKI: the demo is closed" in done.stderr
        assert "no source that answered knows a customer called Nobody Ltd" in done.stderr
        assert "the note is kept under that name" in done.stderr
        assert files(notes) == ["nobody.md"]

    def test_that_fits_several_names_the_source_that_failed(self, cli: Run, two: Two) -> None:
        done = cli("note", "Berghout", "--add", "x", "--settings", two("mode = 'down'"))
        assert done.returncode == 2
        assert "WIKI: the demo is closed" in done.stderr


class TestReading:
    def test_where_it_lies_or_would(self, cli: Run, one: Path, notes: Path) -> None:
        done = cli("note", "Van Dijk", "--path", "--settings", one)
        assert done.stdout == f"{notes / 'crm@1042.md'}\n"
        assert files(notes) == []

    def test_that_there_is_none(self, cli: Run, one: Path) -> None:
        done = cli("note", "Van Dijk", "--show", "--settings", one)
        assert (done.returncode, done.stdout) == (3, "")
        assert "there is no note on Van Dijk Machinebouw B.V." in done.stderr

    def test_at_the_end_of_the_briefing(self, cli: Run, one: Path) -> None:
        cli("note", "Van Dijk", "--add", "ask about Zwaluw", "--settings", one)
        done = cli("brief", "Van Dijk", "--settings", one, environ={"COLUMNS": "120"})
        assert done.stdout.rstrip().split("\n")[-1].split("   ")[0].strip() == "MY NOTE"
        assert "ask about Zwaluw" in done.stdout

    def test_a_note_on_one_whom_no_source_knows(self, cli: Run, one: Path) -> None:
        done = cli("note", "Nobody Ltd", "--add", "x", "--new", "--settings", one)
        assert done.returncode == 0
        assert "the note is kept under that name" in done.stderr
        shown = cli("note", "nobody", "--show", "--settings", one)
        assert (shown.stdout, shown.stderr) == ("x\n", "")
        cli("note", "Nobody Ltd", "--add", "and y", "--settings", one)
        assert cli("note", "nobody", "--show", "--settings", one).stdout == "x\nand y\n"

    def test_after_a_link_gave_the_customer_another_id(self, cli: Run, one: Path, own_machine: Path) -> None:
        cli("note", "Van Dijk", "--add", "still here", "--settings", one)
        (own_machine / "state" / "links.toml").write_text(
            '[[customer]]\nid = "vdm"\nname = "VDM"\n[[customer.link]]\nsource = "crm"\nnative_id = "1042"\n'
            'verdict = "is"\nby = "anna@ons.example"\nat = 2026-11-20T10:00:00Z\nhow = "asked"\n',
            encoding="utf-8",
        )
        assert cli("note", "vdm", "--show", "--settings", one).stdout == "still here\n"
        assert "still here" in cli("brief", "vdm", "--settings", one).stdout


class TestNobodyElse:
    def test_sees_it_in_the_audit_the_log_or_json(self, cli: Run, settings: Write, own_machine: Path) -> None:
        one = settings('[sources.crm]\nadapter = "demo"\n')
        cli("note", "Van Dijk", "--add", "hunter2-Zwaluw", "--settings", one)
        cli("note", "Van Dijk", "--show", "--settings", one)
        done = cli("brief", "Van Dijk", "--format", "json", "--settings", one)
        assert "hunter2-Zwaluw" not in done.stdout + done.stderr
        kept = [f for f in own_machine.rglob("*") if f.is_file() and b"Zwaluw" in f.read_bytes()]
        assert [f.name for f in kept] == ["crm@1042.md"]
        asked = cli("brief", "Van Dijk", "--format", "json", "--note", "--settings", one)
        assert "hunter2-Zwaluw" in asked.stdout
