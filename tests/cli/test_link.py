"""``link``: a user's decisions written, shown, taken back; all of one customer decided together."""

from __future__ import annotations

import io
import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from salesprep.briefing.links import decided_by, read_links
from salesprep.cli import choose, run
from salesprep.cli.commands import salesprep
from salesprep.cli.exits import Exit
from salesprep.machine import alone

Write = Callable[..., Path]


@dataclass(frozen=True, slots=True)
class Said:
    code: Exit
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def undo(self) -> list[list[str]]:
        """The commands that undo it, as a shell would split them."""
        lines = [row for row in self.out.splitlines() if row.startswith("undo: salesprep ")]
        return [shlex.split(row)[2:] for row in lines]


Type = Callable[..., Said]


@pytest.fixture
def file(own_machine: Path) -> Path:
    return own_machine / "state" / "links.toml"


@pytest.fixture
def types(one: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Anna types a command."""

    def of(*words: str, settings: Path = one) -> Said:
        code = run([*words, "--settings", str(settings)])
        return Said(code, *capsys.readouterr())

    return of


def decisions(file: Path) -> dict[str, list[str]]:
    """``{customer id: ["is crm:1042"]}``."""
    return {c.id: [f"{k.verdict} {decided_by(k)}" for k in c.links] for c in read_links(file).customers}


def by_name(file: Path) -> dict[str, set[str]]:
    """What is decided, in whatever order and under whatever id."""
    names = {c.id: c.name for c in read_links(file).customers}
    return {names[id]: set(said) for id, said in decisions(file).items()}


class TestConfirming:
    def test_one_of_several_makes_it_the_customer(self, types: Type, file: Path) -> None:
        said = types("link", "confirm", "Berghout", "crm:2002")
        assert said.code is Exit.DONE
        assert decisions(file) == {"crm:2002": ["is crm:2002"]}
        (customer,) = read_links(file).customers
        assert customer.name == "Berghout Bouw"
        assert (customer.links[0].by, customer.links[0].how) == ("anna@ons.example", "confirmed by user")
        told = " ".join(said.out.split())
        assert "is crm:2002 · Berghout Bouw (CRM, company, Breda, berghout-bouw.example)" in told
        assert str(file) in said.out.replace("\n", "")
        assert "is still asked back; to settle it: salesprep link choose Berghout" in said.err

    def test_it_is_then_found_by_its_name(self, types: Type) -> None:
        types("link", "confirm", "Berghout", "crm:2002")
        assert types("brief", "berghout bouw", "--format", "json").json["customer"]["id"] == "crm:2002"

    def test_a_name_of_several_words_needs_no_quotes(self, types: Type, file: Path) -> None:
        types("link", "confirm", "Van", "Dijk", "Machinebouw", "crm:1042", "crm/person:p1")
        assert decisions(file) == {"crm:1042": ["is crm:1042", "is crm/person:p1"]}

    def test_twice_says_that_it_stands(self, types: Type, file: Path) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        before = file.read_bytes()
        said = types("link", "confirm", "Van Dijk Machinebouw", "crm:1042")
        assert (said.code, file.read_bytes()) == (Exit.DONE, before)
        assert "decided before" in said.out
        assert "nothing had to be written" in said.out
        assert said.undo == []

    def test_an_account_that_its_source_does_not_know_is_refused(self, types: Type, file: Path) -> None:
        said = types("link", "confirm", "Van Dijk", "crm:1024")
        assert said.code is Exit.WRONG
        assert "crm knows no account 1024" in said.err
        assert not file.exists()

    def test_an_account_under_another_name_is_named(self, types: Type) -> None:
        said = types("link", "confirm", "Van Dijk", "crm:2001")
        assert "crm:2001 · Berghout Advies (CRM, company, Zwolle" in " ".join(said.out.split())

    def test_a_record_that_nobody_saw_is_remembered_and_that_is_said(self, types: Type, file: Path) -> None:
        said = types("link", "confirm", "Van Dijk", "crm/ticket:9")
        assert "crm/ticket:9 was not seen" in said.err
        assert decisions(file) == {"crm:1042": ["is crm/ticket:9"]}

    def test_what_is_another_customers_needs_a_word_more(self, types: Type, file: Path) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        said = types("link", "confirm", "crm:2002", "crm:1042")
        assert said.code is Exit.WRONG
        assert "crm:1042 is Van Dijk Machinebouw B.V. already; with --move" in said.err
        moved = types("link", "confirm", "--move", "crm:2002", "crm:1042")
        assert decisions(file) == {"crm:2002": ["is crm:1042"]}
        assert "crm:1042 was Van Dijk Machinebouw B.V. before" in moved.out

    def test_a_name_that_nobody_knows_is_the_users_own(self, types: Type, file: Path) -> None:
        types("link", "confirm", "De Machinefabriek", "crm:1042")
        assert [(c.id, c.name) for c in read_links(file).customers] == [("crm:1042", "De Machinefabriek")]
        assert types("brief", "machinefabriek", "--format", "json").json["customer"]["id"] != "crm:1042"
        briefing = types("brief", "De Machinefabriek", "--format", "json").json
        assert briefing["customer"]["ids"] == [{"source": "crm", "id": "1042"}]

    def test_while_a_source_is_out_of_reach_only_what_is_certain_is_written(
        self, types: Type, file: Path, settings: Write
    ) -> None:
        down = settings('[sources.crm]\nadapter = "demo"\nmode = "down"\n')
        refused = types("link", "reject", "Berghout", "crm:2001", settings=down)
        assert refused.code is Exit.WRONG
        assert "not all sources answered" in refused.err
        assert not file.exists()
        said = types("link", "confirm", "Berghout", "crm:2002", settings=down)
        assert said.code is Exit.IN_PART
        assert "crm:2002 was not seen" in said.err
        assert decisions(file) == {"crm:2002": ["is crm:2002"]}

    def test_what_was_rejected_before_is_looked_at_as_if_it_were_not(self, types: Type) -> None:
        types("link", "reject", "Van Dijk", "crm/person:p1")
        said = types("link", "confirm", "Van Dijk Machinebouw", "crm/person:p1")
        assert "crm/person:p1 · R. Smit (CRM, person)" in said.out
        assert said.err == ""


class TestRejecting:
    def test_one_of_two_leaves_the_other(self, types: Type, file: Path) -> None:
        said = types("link", "reject", "Berghout", "crm:2001")
        assert decisions(file) == {"crm:2002": ["is_not crm:2001"]}
        assert said.out.startswith("Berghout Bouw (crm:2002)\n")
        assert 'to settle it: salesprep link confirm "Berghout Bouw" crm:2002' in said.err

    def test_all_that_a_name_could_mean_tells_nobody_who_is_meant(self, types: Type, file: Path) -> None:
        said = types("link", "reject", "Berghout", "crm:2001", "crm:2002")
        assert said.code is Exit.WRONG
        assert "nothing was written" in said.err
        assert not file.exists()

    def test_a_namesake_stays_away(self, types: Type) -> None:
        assert types("brief", "Berghout").code is Exit.WRONG
        types("link", "confirm", "Berghout", "crm:2002")
        types("link", "reject", "Berghout", "crm:2001")
        said = types("brief", "Berghout", "--format", "json")
        assert said.json["customer"]["id"] == "crm:2002"
        assert "Advies" not in said.out

    def test_an_id_may_stand_for_the_name(self, types: Type, file: Path) -> None:
        types("link", "reject", "crm:2002", "crm:2001")
        assert decisions(file) == {"crm:2002": ["is_not crm:2001"]}

    def test_a_customer_whom_nobody_knows_is_refused(self, types: Type, file: Path) -> None:
        said = types("link", "reject", "Nergens Bekend", "crm:2001")
        assert said.code is Exit.WRONG
        assert "no source knows a customer called Nergens Bekend" in said.err
        assert not file.exists()


class TestUndoing:
    @pytest.mark.parametrize(
        "words",
        [
            ("confirm", "Berghout Bouw", "crm:2002", "crm:2001"),
            ("reject", "Van Dijk", "crm:1042"),
            ("confirm", "--move", "Berghout Bouw", "crm:1042"),
            ("forget", "Van Dijk Machinebouw", "crm:2001"),
            ("forget", "Van Dijk Machinebouw"),
        ],
    )
    def test_takes_the_printed_commands(self, types: Type, file: Path, words: tuple[str, ...]) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        types("link", "reject", "Van Dijk", "crm:2001")
        before = by_name(file)
        said = types("link", *words)
        assert said.code is Exit.DONE
        assert by_name(file) != before
        assert said.undo
        for command in said.undo:
            assert types(*command).code is Exit.DONE
        assert by_name(file) == before


class TestForgetting:
    def test_asks_no_source(self, types: Type, file: Path, settings: Write) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        asked = file.parent / "asked"
        quiet = settings(f'[sources.crm]\nadapter = "demo"\nasked = "{asked}"\n')
        said = types("link", "forget", "Van Dijk Machinebouw", settings=quiet)
        assert said.code is Exit.DONE
        assert "this customer is forgotten" in said.out
        assert decisions(file) == {}
        assert not asked.exists()

    def test_what_was_never_decided_is_said(self, types: Type) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        assert "nothing was decided about crm:7" in types("link", "forget", "crm:1042", "crm:7").err

    def test_somebody_whom_nobody_remembers_gets_the_nearest_name(self, types: Type) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        said = types("link", "forget", "Van Dijk Machinebau")
        assert said.code is Exit.WRONG
        assert 'did you mean "Van Dijk Machinebouw B.V."?' in said.err


class TestTheList:
    def test_is_empty_at_first(self, types: Type) -> None:
        assert types("link", "list").out == "no customer is remembered\n"

    def test_tells_what_who_when_and_how(self, types: Type) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        heading, row = types("link", "list", "van", "dijk", "machinebouw").out.splitlines()
        assert heading == "Van Dijk Machinebouw B.V. (crm:1042)"
        assert row.startswith("  is      crm:1042 · ")
        assert row.endswith(" · anna@ons.example · confirmed by user")

    def test_in_json_has_it_all(self, types: Type, file: Path) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        told = types("link", "list", "--format", "json").json
        assert (told["schema"], told["file"]) == ("salesprep.links/1", str(file))
        (customer,) = told["customers"]
        assert set(customer) == {"id", "name", "aliases", "domains", "links"}
        (link,) = customer["links"]
        assert set(link) == {"source", "kind", "native_id", "verdict", "by", "at", "how", "on", "from"}

    @pytest.mark.parametrize(
        ("words", "schema"),
        [
            (("confirm", "Van Dijk", "crm:1042"), "salesprep.decided/1"),
            (("reject", "Van Dijk", "crm:2001"), "salesprep.decided/1"),
            (("forget", "Van Dijk Machinebouw"), "salesprep.forgotten/1"),
            (("choose", "Berghout"), "salesprep.choices/1"),
        ],
    )
    def test_of_what_was_done_names_its_schema(
        self, types: Type, words: tuple[str, ...], schema: str
    ) -> None:
        types("link", "confirm", "Van Dijk", "crm/person:p1")
        assert types("link", *words, "--format", "json").json["schema"] == schema


class TestAFileThatCannotBeUsed:
    @pytest.mark.parametrize(
        "words", [("list",), ("forget", "kaas"), ("confirm", "kaas", "crm:1"), ("choose", "kaas")]
    )
    def test_because_it_is_broken_is_left_alone(
        self, types: Type, file: Path, words: tuple[str, ...]
    ) -> None:
        file.parent.mkdir(parents=True)
        file.write_text("[[customer]]\nid = 'kaas\n", encoding="utf-8")
        said = types("link", *words)
        assert said.code is Exit.WRONG
        assert f"{file}: is not valid TOML" in said.err
        assert file.read_text(encoding="utf-8") == "[[customer]]\nid = 'kaas\n"

    def test_because_somebody_holds_it_says_so(
        self, types: Type, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        monkeypatch.setattr("salesprep.briefing.links.writing.PATIENCE", 0.0)
        with alone(file.with_name(".links.toml.lock"), patience=0):
            said = types("link", "forget", "crm:1042")
        assert said.code is Exit.WRONG
        assert "another salesprep is writing it" in said.err
        assert decisions(file) == {"crm:1042": ["is crm:1042"]}


class TestWrongUse:
    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("confirm", "Van Dijk"), "SOURCE:ID is missing"),
            (("confirm", "Van Dijk", "crn:1042"), 'did you mean "crm"?'),
            (("confirm", "Van Dijk", "crm/persons:1"), "none of account, person"),
            (("reject",), "NAME SOURCE:ID"),
        ],
    )
    def test_is_told_with_the_mend(self, types: Type, words: tuple[str, ...], told: str) -> None:
        said = types("link", *words)
        assert said.code is Exit.WRONG
        assert told in said.err

    def test_two_customers_of_one_name_are_told_by_id(self, types: Type, file: Path) -> None:
        file.parent.mkdir(parents=True)
        file.write_text(
            '[[customer]]\nid = "a"\nname = "Kaas"\n[[customer]]\nid = "b"\nname = "Kaas"\n', encoding="utf-8"
        )
        said = types("link", "confirm", "Kaas", "crm:1042")
        assert said.code is Exit.WRONG
        assert "take an id: a, b" in said.err
        assert types("link", "confirm", "b", "crm:1042").code is Exit.DONE


class TestChoosing:
    @pytest.fixture
    def answers(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Anna sits at a terminal and is going to type these lines."""

        def given(lines: str) -> None:
            monkeypatch.setattr(choose, "_is_terminal", lambda: True)
            monkeypatch.setattr(sys, "stdin", io.StringIO(lines))

        return given

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


class TestTheShellsCompletion:
    def completions(self, begun: str, *words: str) -> list[str]:
        completion = ShellComplete(salesprep, {}, "salesprep", "_SALESPREP_COMPLETE")
        return [str(item.value) for item in completion.get_completions(list(words), begun)]

    def test_knows_remembered_customers_by_id_and_name(self, types: Type, one: Path) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042")
        where = ("--settings", str(one))
        assert self.completions("van", "link", "list", *where) == ["crm:1042"]
        assert self.completions("crm", "brief", *where) == ["crm:1042"]
        assert self.completions("kaas", "brief", *where) == []

    def test_goes_on_with_sources_and_what_was_decided(self, types: Type, one: Path) -> None:
        types("link", "confirm", "Van Dijk", "crm:1042", "crm/person:p1")
        where = ("--settings", str(one))
        assert self.completions("c", "link", "confirm", *where, "crm:1042") == ["crm:"]
        assert self.completions("crm", "link", "forget", *where, "crm:1042") == ["crm/person:p1"]

    def test_of_settings_that_are_wrong_is_empty(self, settings: Write) -> None:
        wrong = ("--settings", str(settings("nonsense = 1")))
        assert self.completions("", "link", "list", *wrong) == []
        assert self.completions("", "link", "forget", *wrong, "x") == []
