"""``link export`` and ``link import``, a team's file in the settings, ``link undo``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.briefing.links import read_links
from salesprep.cli.exits import Exit
from tests.cli.link.said import Type, decisions

Write = Callable[..., Path]

THEIRS = """\
schema = "salesprep.shared-links/1"

customers = [
  { id = "crm:1042", name = "Van Dijk Machinebouw B.V.", aliases = ["VDM"] },
  { id = "crm:2002", name = "Berghout Bouw" },
]

decisions = [
  { customer = "crm:1042", source = "crm", native_id = "1042", verdict = "is", by = "Bakker", at = 2026-11-09T10:00:00Z, how = "asked" },
  { customer = "crm:1042", source = "crm", native_id = "2001", verdict = "is", by = "Bakker", at = 2026-11-09T10:00:00Z, how = "asked" },
  { customer = "crm:2002", source = "crm", native_id = "2002", verdict = "is", by = "Bakker", at = 2026-11-09T10:00:00Z, how = "asked" },
]
"""  # noqa: E501 - one decision a line


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.toml"
    path.write_text(THEIRS, encoding="utf-8")
    return path


@pytest.fixture
def decided(types: Type) -> Type:
    """Anna has decided on two accounts."""
    types("link", "confirm", "Van Dijk", "crm:1042")
    types("link", "reject", "crm:1042", "crm:2001")
    return types


MINE = {"crm:1042": ["is crm:1042", "is_not crm:2001"]}
BOTH = {**MINE, "crm:2002": ["is crm:2002"]}
ALL_THEIRS = {"crm:1042": ["is crm:1042", "is crm:2001"], "crm:2002": ["is crm:2002"]}


class TestExporting:
    def test_gives_a_file_that_another_can_take_over(self, decided: Type, file: Path, tmp_path: Path) -> None:
        out = tmp_path / "who.toml"
        said = decided("link", "export", "--output", str(out))
        assert said.code is Exit.DONE
        assert "2 decisions written to" in said.err
        assert '"who.toml' in out.read_text(encoding="utf-8")
        file.unlink()
        assert decided("link", "import", str(out), "--yes").code is Exit.DONE
        assert decisions(file) == MINE

    def test_names_nobody_by_mail_address_unless_asked(self, decided: Type) -> None:
        assert 'by = "Anna de Boer"' in decided("link", "export").out
        assert 'by = "anna@ons.example"' in decided("link", "export", "--mail").out

    def test_may_be_of_one_customer(self, decided: Type) -> None:
        decided("link", "confirm", "Berghout", "crm:2002")
        assert "1042" not in decided("link", "export", "Berghout", "Bouw").out

    def test_twice_gives_the_same_text(self, decided: Type) -> None:
        assert decided("link", "export").out == decided("link", "export").out

    def test_does_not_lose_what_only_the_file_holds(self, decided: Type, theirs: Path) -> None:
        said = decided("link", "export", "--output", str(theirs))
        assert said.code is Exit.WRONG
        assert "1 decision there would be lost, crm:2002" in said.err
        assert theirs.read_text(encoding="utf-8") == THEIRS
        assert decided("link", "export", "--output", str(theirs), "--replace").code is Exit.DONE
        assert "2002" not in theirs.read_text(encoding="utf-8")

    def test_leaves_a_line_in_the_audit(self, decided: Type, file: Path, tmp_path: Path) -> None:
        decided("link", "export", "--output", str(tmp_path / "who.toml"))
        line = json.loads((file.parent / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        assert (line["did"], line["customers"], line["decisions"]) == ("link export", 1, 2)

    def test_as_json_names_its_schema(self, decided: Type) -> None:
        told = decided("link", "export", "--format", "json").json
        assert told["schema"] == "salesprep.exported/1"
        assert [link["by"] for link in told["customers"][0]["links"]] == ["Anna de Boer", "Anna de Boer"]


class TestImporting:
    def test_shows_what_is_new_and_what_contradicts_and_writes_nothing(
        self, decided: Type, file: Path, theirs: Path
    ) -> None:
        before = file.read_bytes()
        said = decided("link", "import", str(theirs))
        assert (said.code, file.read_bytes()) == (Exit.WRONG, before)
        assert "1 new, 1 as you have it, 1 otherwise" in " ".join(said.out.split())
        told = " ".join(said.out.split())
        assert "Berghout Bouw (crm:2002), a new customer" in told
        assert "crm:2001: you: is not Van Dijk Machinebouw B.V. (" in told
        assert "team: is Van Dijk Machinebouw B.V. (Bakker, 9 Nov)" in told
        assert "say --yes" in said.err

    @pytest.mark.parametrize(
        ("how", "after", "code"),
        [
            ((), BOTH, Exit.IN_PART),
            (("--ours",), BOTH, Exit.DONE),
            (("--theirs",), ALL_THEIRS, Exit.DONE),
        ],
    )
    def test_takes_over_what_is_new_and_what_it_was_told_to(
        self, decided: Type, file: Path, theirs: Path, how: tuple[str, ...], after: object, code: Exit
    ) -> None:
        said = decided("link", "import", str(theirs), "--yes", *how)
        assert (said.code, decisions(file)) == (code, after)
        assert read_links(file).customers[0].aliases == ("VDM",)
        assert ("to settle it" in said.err) == (code is Exit.IN_PART)
        assert decided("link", "undo").code is Exit.DONE
        assert decisions(file) == MINE

    @pytest.mark.parametrize(("lines", "after"), [("y\ny\n", ALL_THEIRS), ("n\ny\n", BOTH), ("y\nn\n", MINE)])
    def test_asks_on_a_terminal(
        self,
        decided: Type,
        file: Path,
        theirs: Path,
        answers: Callable[[str], None],
        lines: str,
        after: object,
    ) -> None:
        answers(lines)
        said = decided("link", "import", str(theirs))
        assert (said.code, decisions(file)) == (Exit.DONE, after)

    def test_a_second_time_finds_nothing_to_write(self, decided: Type, file: Path, theirs: Path) -> None:
        decided("link", "import", str(theirs), "--yes", "--theirs")
        before = file.read_bytes()
        said = decided("link", "import", str(theirs))
        assert (said.code, file.read_bytes()) == (Exit.DONE, before)
        assert "nothing had to be written" in said.err

    def test_of_a_line_that_is_wrong_leaves_that_line_out(
        self, types: Type, file: Path, theirs: Path
    ) -> None:
        theirs.write_text(THEIRS.replace('native_id = "2002"', "native_id = 2002"), encoding="utf-8")
        said = types("link", "import", str(theirs), "--yes")
        assert said.code is Exit.IN_PART
        assert "theirs.toml: line 11.native_id: is not what it should be" in " ".join(said.err.split())
        assert decisions(file) == {"crm:1042": ["is crm:1042", "is crm:2001"]}

    def test_of_a_conflict_in_git_names_the_line(self, types: Type, file: Path, theirs: Path) -> None:
        theirs.write_text(f"{THEIRS}<<<<<<< HEAD\n", encoding="utf-8")
        said = types("link", "import", str(theirs), "--yes")
        assert said.code is Exit.WRONG
        assert "git's marks of a conflict stand there, from line 13 on" in " ".join(said.err.split())
        assert not file.exists()

    def test_of_no_file_says_so(self, types: Type, tmp_path: Path) -> None:
        assert "there is no such file" in types("link", "import", str(tmp_path / "none.toml")).err

    def test_without_a_terminal_nobody_can_be_asked(self, types: Type, theirs: Path) -> None:
        said = types("link", "import", str(theirs), "--ask")
        assert said.code is Exit.WRONG
        assert "take --ours or --theirs" in said.err

    def test_as_json_tells_the_same(self, decided: Type, theirs: Path) -> None:
        told = decided("link", "import", str(theirs), "--yes", "--format", "json").json
        assert (told["schema"], told["written"], told["equal"]) == ("salesprep.imported/1", True, 1)
        assert [each["native_id"] for each in told["new"]] == ["2002"]
        (contrary,) = told["conflicts"]
        assert (
            contrary["id"],
            contrary["own"]["verdict"],
            contrary["team"]["verdict"],
            contrary["taken"],
        ) == (
            "crm:2001",
            "is_not",
            "is",
            None,
        )


class TestATeamsFile:
    @pytest.fixture
    def teams(self, settings: Write, theirs: Path) -> Path:
        return settings(f'[links]\nteam = "{theirs.as_posix()}"\n[sources.crm]\nadapter = "demo"\n')

    def test_counts_and_is_never_written(self, types: Type, teams: Path, theirs: Path, file: Path) -> None:
        assert types("brief", "VDM", "--format", "json", settings=teams).json["customer"]["id"] == "crm:1042"
        types("link", "confirm", "Van Dijk Machinebouw", "crm/person:p1", settings=teams)
        assert decisions(file) == {"crm:1042": ["is crm/person:p1"]}
        assert theirs.read_text(encoding="utf-8") == THEIRS

    def test_is_listed_beside_ones_own_with_where_it_says_otherwise(
        self, decided: Type, teams: Path, theirs: Path
    ) -> None:
        told = " ".join(decided("link", "list", settings=teams).out.split())
        assert "is crm:2002 · 9 Nov · Bakker · asked · the team's" in told
        assert "is not crm:2001" in told
        assert "team: is Van Dijk Machinebouw B.V. (Bakker, 9 Nov)" in told
        listed = decided("link", "list", "--format", "json", settings=teams).json
        assert listed["team_file"] == str(theirs)
        assert [link["from"] for c in listed["customers"] for link in c["links"]] == ["own", "own", "team"]
        assert [each["team"]["native_id"] for each in listed["differences"]] == ["2001"]

    def test_keeps_its_accounts_from_being_another_customers(self, types: Type, teams: Path) -> None:
        said = types("link", "confirm", "Van Dijk Machinebouw", "crm:2002", settings=teams)
        assert said.code is Exit.WRONG
        assert "crm:2002 is Berghout Bouw already; with --move" in said.err
        assert types("link", "confirm", "--move", "VDM", "crm:2002", settings=teams).code is Exit.DONE
        assert "crm:2002" not in types("link", "list", "crm:2002", settings=teams).out

    def test_is_not_forgotten_here(self, types: Type, teams: Path) -> None:
        said = types("link", "forget", "Berghout Bouw", settings=teams)
        assert said.code is Exit.WRONG
        assert "is remembered by the team alone" in said.err

    def test_that_cannot_be_read_costs_itself_and_is_told(
        self, types: Type, teams: Path, theirs: Path
    ) -> None:
        theirs.unlink()
        said = types("brief", "Van Dijk", settings=teams)
        assert said.code is Exit.DONE
        assert "the team's decisions do not count" in " ".join(said.err.split())

    def test_says_in_the_settings_who_named_it(self, types: Type, teams: Path, theirs: Path) -> None:
        said = types("settings", "--why", "links.team", settings=teams)
        assert str(theirs.name) in said.out
        assert teams.name in said.out

    def test_goes_along_when_all_is_exported(self, decided: Type, teams: Path) -> None:
        assert "2002" in decided("link", "export", settings=teams).out


class TestUndoing:
    def test_takes_back_the_last_and_says_what_it_was(self, decided: Type, file: Path) -> None:
        said = decided("link", "undo")
        assert said.code is Exit.DONE
        assert "crm:2001: is not; before: nothing decided" in said.out
        assert decisions(file) == {"crm:1042": ["is crm:1042"]}
        decided("link", "undo")
        assert decisions(file) == {}
        assert decided("link", "undo").code is Exit.NOTHING

    def test_takes_back_several_at_once(self, decided: Type, file: Path) -> None:
        assert decided("link", "undo", "2").code is Exit.DONE
        assert decisions(file) == {}

    def test_brings_back_what_was_forgotten(self, decided: Type, file: Path) -> None:
        decided("link", "forget", "Van Dijk Machinebouw")
        decided("link", "undo")
        assert decisions(file) == MINE

    def test_refuses_what_has_been_decided_anew(self, decided: Type, file: Path) -> None:
        text = file.read_text(encoding="utf-8").replace('"is_not"', '"is"')
        file.write_text(text, encoding="utf-8")
        said = decided("link", "undo")
        assert said.code is Exit.WRONG
        assert "has been changed since, crm:2001" in " ".join(said.err.split())
        assert file.read_text(encoding="utf-8") == text

    def test_is_listed_and_erased(self, decided: Type, file: Path) -> None:
        listed = decided("link", "undo", "--list").out
        assert listed.index("crm:2001") < listed.index("crm:1042: is")
        told = decided("link", "undo", "--list", "--format", "json").json
        assert (told["schema"], len(told["steps"])) == ("salesprep.history/1", 2)
        assert "what you can take back" in " ".join(decided("sources", "kept").out.split())
        assert decided("link", "undo", "--erase").code is Exit.DONE
        assert not (file.parent / "undo.jsonl").exists()
        assert decided("link", "undo").code is Exit.NOTHING
        assert decisions(file) == MINE

    def test_as_json_tells_what_stood_there_before(self, decided: Type) -> None:
        decided("link", "confirm", "Van Dijk Machinebouw", "crm:2001")
        (step,) = decided("link", "undo", "--format", "json").json["steps"]
        (decision,) = step["decisions"]
        assert (decision["taken_back"]["verdict"], decision["before"]["verdict"]) == ("is", "is_not")
