"""``link confirm``, ``reject``, ``forget`` and ``list``: a user's decisions written, shown, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from salesprep.briefing.links import read_links
from salesprep.cli.commands import salesprep
from salesprep.cli.exits import Exit
from salesprep.machine import alone
from tests.cli.link.said import Type, decisions

Write = Callable[..., Path]


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
