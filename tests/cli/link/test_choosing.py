"""``link choose``: all that may be one customer's, decided together."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.briefing.links import read_links
from salesprep.cli.exits import Exit
from tests.cli.link.said import Type, decisions

Write = Callable[..., Path]


class TestChoosing:
    def test_without_a_terminal_lists_the_commands(self, types: Type, file: Path) -> None:
        said = types("link", "choose", "Berghout")
        assert said.code is Exit.DONE
        assert not file.exists()
        commands = [
            row.split()[1:] for row in said.out.splitlines() if row.startswith("     salesprep link ")
        ]
        assert len(commands) == 4
        for words in commands[:1] + commands[3:]:
            assert types(*words).code is Exit.DONE
        assert decisions(file) == {"crm:2001": ["is crm:2001", "is_not crm:2002"]}

    def test_decides_all_at_once(self, types: Type, file: Path, answers: Callable[[str], None]) -> None:
        answers("2 yes, rest no\n")
        said = types("link", "choose", "Berghout")
        assert said.code is Exit.DONE
        assert decisions(file) == {"crm:2002": ["is_not crm:2001", "is crm:2002"]}
        assert [k.how for k in read_links(file).customers[0].links] == ["rejected by user", "picked"]
        assert types("brief", "berghout", "--format", "json").json["customer"]["id"] == "crm:2002"

    def test_goes_on_from_what_was_decided_before(
        self, types: Type, file: Path, answers: Callable[[str], None]
    ) -> None:
        types("link", "confirm", "Berghout", "crm:2002")
        answers("no\n")
        said = types("link", "choose", "Berghout")
        assert "1 may be of Berghout Bouw:" in said.out
        assert decisions(file) == {"crm:2002": ["is crm:2002", "is_not crm:2001"]}
        assert types("brief", "berghout", "--format", "json").json["customer"]["id"] == "crm:2002"

    def test_asks_again_what_it_does_not_understand(
        self, types: Type, file: Path, answers: Callable[[str], None]
    ) -> None:
        answers("2 perhaps\n3 yes\nall no\n1\n")
        said = types("link", "choose", "Berghout")
        assert decisions(file) == {"crm:2001": ["is crm:2001"]}
        assert '"perhaps" is not understood: numbers of the list, then yes, no or later' in said.err
        assert "there is no 3 here: the numbers are 1 to 2" in said.err
        assert "one of them must be meant" in said.err

    @pytest.mark.parametrize("line", ["", "all later", "rest later"])
    def test_nothing_writes_nothing(
        self, types: Type, file: Path, answers: Callable[[str], None], line: str
    ) -> None:
        answers(f"{line}\n")
        said = types("link", "choose", "Berghout")
        assert (said.code, file.exists()) == (Exit.DONE, False)
        assert "nothing was written" in said.err

    def test_leaving_writes_nothing(self, types: Type, file: Path, answers: Callable[[str], None]) -> None:
        answers("")
        assert types("link", "choose", "Berghout").code is Exit.INTERRUPTED
        assert not file.exists()

    def test_that_finds_nothing_undecided_says_so(self, types: Type) -> None:
        said = types("link", "choose", "Van Dijk Machinebouw")
        assert (said.code, said.out) == (Exit.DONE, "")
        assert "nothing is left to decide about Van Dijk Machinebouw B.V." in said.err

    def test_for_somebody_whom_nobody_knows_says_so(self, types: Type) -> None:
        said = types("link", "choose", "Nergens Bekend")
        assert said.code is Exit.NOTHING
        assert "no source knows a customer called Nergens Bekend" in said.err

    def test_for_a_misspelt_name_tells_the_nearest(self, types: Type, file: Path) -> None:
        for words in (("choose", "Berghuot"), ("reject", "Berghuot", "crm:2001")):
            said = types("link", *words)
            assert said.code is not Exit.DONE
            assert 'did you mean "Berghout Advies", "Berghout Bouw"?' in said.err
        assert not file.exists()

    def test_of_several_names_the_source_that_failed(self, types: Type, settings: Write) -> None:
        down = settings('[sources.crm]\nadapter = "demo"\n[sources.erp]\nadapter = "demo"\nmode = "down"\n')
        said = types("link", "choose", "Berghout", settings=down)
        assert said.code is Exit.IN_PART
        assert "ERP: the demo is closed" in said.err

    @pytest.mark.parametrize(
        ("name", "verbs"), [("Berghout", ["confirm", "reject"] * 2), ("advies", ["confirm"])]
    )
    def test_off_a_terminal_shows_commands_that_work(
        self, types: Type, file: Path, name: str, verbs: list[str]
    ) -> None:
        rows = map(str.strip, types("link", "choose", name).out.splitlines())
        commands = [shlex.split(row)[1:] for row in rows if row.startswith("salesprep ")]
        assert [command[1] for command in commands] == verbs
        for command in commands:
            assert types(*command).code is Exit.DONE, command
            file.unlink()

    def test_while_a_source_is_out_of_reach_says_so(self, types: Type, settings: Write) -> None:
        down = settings('[sources.crm]\nadapter = "demo"\n[sources.erp]\nadapter = "demo"\nmode = "down"\n')
        said = types("link", "choose", "Van Dijk Machinebouw", settings=down)
        assert said.code is Exit.IN_PART
        assert "ERP: the demo is closed" in said.err
        assert "those that answered leave nothing to decide" in said.err

    def test_leaves_a_line_in_the_audit(self, types: Type, file: Path) -> None:
        types("link", "choose", "Van Dijk Machinebouw")
        (line,) = (file.parent / "audit.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["customer"]["id"] == "crm:1042"
