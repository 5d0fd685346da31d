"""``salesprep add`` of several files of which one is damaged or needs a word that only a person can say, with
the real adapters: what is added, what is left out, and what the command ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.add.desk import Desk

Write = Callable[..., Path]

CUSTOMERS = (("Account", "Plaats"), ("Van Dijk Machinebouw B.V.", "Eindhoven"), ("Kaas & Co", "Utrecht"))
PEOPLE = "Voornaam;Achternaam;Bedrijf;Functie\nRob;Smit;Kaas & Co;COO\nAda;Vos;Kaas & Co;Inkoper\n"
OFFERS = "Offertenr;Klant;Onderwerp;Bedrag;Status\nO-1;Kaas & Co;Lijn 4;180.000,00;open\n"
ASKED = "people.csv: by what right may you keep the people in it?"


@pytest.fixture
def damaged(newcomer: Desk, workbook: Write, calendar: Write) -> Desk:
    """Customers, a calendar, and a workbook that is cut off."""
    whole = workbook(newcomer.downloads / "accounts.xlsx", CUSTOMERS)
    calendar(
        newcomer.downloads / "agenda.ics",
        [(datetime.now(UTC) + timedelta(days=1), "Bezoek", "x@kaas.example")],
    )
    (newcomer.downloads / "kapot.xlsx").write_bytes(whole.read_bytes()[:700])
    return newcomer


@pytest.fixture
def people(newcomer: Desk, workbook: Write) -> Desk:
    """Customers, and somebody's list of people."""
    workbook(newcomer.downloads / "accounts.xlsx", CUSTOMERS)
    newcomer.put("people.csv", PEOPLE)
    return newcomer


class TestAFileThatIsDamaged:
    def test_is_named_once_and_counts_where_all_was_asked_for(self, damaged: Desk) -> None:
        done = damaged.run("add", damaged.downloads, "--yes")
        assert done.returncode == 1
        assert done.stderr.count("kapot.xlsx") == 1
        assert "salesprep: kapot.xlsx cannot be read" in done.stderr
        assert set(damaged.sources) == {"crm", "calendar"}

    def test_counts_not_beside_what_was_named(self, damaged: Desk) -> None:
        done = damaged.run("add", damaged.downloads, "--yes", "--only", "accounts.xlsx")
        assert done.returncode == 0
        assert set(damaged.sources) == {"crm"}

    def test_counts_not_where_there_was_nothing_to_do(self, damaged: Desk) -> None:
        damaged.run("add", damaged.downloads, "--yes")
        done = damaged.run("add", damaged.downloads, "--yes")
        assert done.returncode == 0
        assert "there already" in done.stdout
        assert "kapot.xlsx cannot be read" in done.stderr

    def test_counts_not_where_somebody_was_asked(self, damaged: Desk) -> None:
        done = damaged.sits("add", damaged.downloads, answers=["", "", "", "n"])
        assert done.returncode == 0
        assert "kapot.xlsx cannot be read" in done.stdout
        assert set(damaged.sources) == {"crm", "calendar"}

    def test_alone_leaves_nothing_to_add(self, damaged: Desk) -> None:
        done = damaged.run("add", damaged.downloads / "kapot.xlsx", "--yes")
        assert (done.returncode, done.stdout) == (3, "")

    @pytest.mark.parametrize("none", ["0", "none", "None"])
    def test_is_no_matter_to_who_wants_none(self, damaged: Desk, none: str) -> None:
        (damaged.downloads / "perhaps.csv").write_text("x;y\n1;2\n3;4\n", encoding="utf-8")
        done = damaged.sits("add", damaged.downloads, answers=[none])
        assert done.returncode == 0
        assert "Nothing was added" in done.stdout
        assert damaged.sources == {}


class TestWhichOfThem:
    def test_may_be_all(self, damaged: Desk) -> None:
        (damaged.downloads / "perhaps.csv").write_text("x;y\n1;2\n3;4\n", encoding="utf-8")
        done = damaged.sits("add", damaged.downloads, answers=["9", "all", ""])
        assert "a number from 0 to 3" in done.stdout
        assert " 3 perhaps.csv: " in done.stdout, "it is asked what is in it"


class TestAListOfPeople:
    def test_needs_a_word_by_what_right_which_is_a_question_of_its_own(self, people: Desk) -> None:
        done = people.sits("add", people.downloads, answers=["", "", "3", "", ""])
        columns, _asked, right = done.stdout.partition(f" 2 {ASKED}")
        assert 'first name = "Voornaam"' in columns
        assert "legitimate interest" not in columns
        assert "1 legitimate interest   2 contract   3 consent   4 legal obligation" in right
        assert people.sources["people"]["tables"]["person"]["legal_basis"] == "consent"

    def test_takes_ones_own_words(self, people: Desk) -> None:
        people.sits("add", people.downloads, answers=["", "", "y", "9", "they asked us to call", "", ""])
        assert people.sources["people"]["tables"]["person"]["legal_basis"] == "they asked us to call"

    @pytest.mark.parametrize("answer", ["", "0", "none"])
    def test_without_one_is_left_out(self, people: Desk, answer: str) -> None:
        done = people.sits("add", people.downloads, answers=["", "", answer, "", ""])
        assert done.returncode == 0
        assert "people.csv is left out" in done.stdout
        assert set(people.sources) == {"crm"}

    def test_is_never_vouched_for_by_yes(self, people: Desk) -> None:
        done = people.run("add", people.downloads, "--yes")
        assert done.returncode == 1
        assert "salesprep: people.csv: nobody has said by what right the people in it are kept" in done.stderr
        assert "--legal-basis" in done.stderr
        assert set(people.sources) == {"crm"}

    def test_is_vouched_for_on_the_command_line(self, people: Desk) -> None:
        done = people.run("add", people.downloads, "--yes", "--legal-basis", " consent of 2026 ")
        assert (done.returncode, done.stderr.count("people.csv")) == (0, 0)
        assert people.sources["people"]["tables"]["person"]["legal_basis"] == "consent of 2026"
        assert "legal_basis" not in people.sources["crm"]["tables"]["account"]

    def test_with_a_word_on_the_command_line_is_not_asked_for_it(self, people: Desk) -> None:
        file = people.downloads / "people.csv"
        done = people.sits("add", file, "--legal-basis", "consent", answers=["", "", ""])
        assert "by what right" not in done.stdout
        assert people.sources["people"]["tables"]["person"]["legal_basis"] == "consent"

    def test_alone_and_not_vouched_for_is_wrong_use(self, people: Desk) -> None:
        done = people.run("add", people.downloads / "people.csv", "--yes")
        assert done.returncode == 2
        assert "Nothing was added" in done.stdout
        assert people.sources == {}

    def test_empty_words_vouch_for_nothing(self, people: Desk) -> None:
        done = people.run("add", people.downloads, "--yes", "--legal-basis", " ")
        assert (done.returncode, done.stdout) == (2, "")
        assert "--legal-basis is empty" in done.stderr

    def test_is_open_in_json_too(self, people: Desk) -> None:
        told = json.loads(people.run("add", people.downloads, "--format", "json", "--yes").stdout)
        (choice,) = (c for p in told["proposals"] for c in p["choices"] if c["key"].endswith("legal_basis"))
        assert (choice["value"], choice["needed"]) == (None, True)
        assert "legal_basis" not in json.dumps([one["config"] for one in told["proposals"]])
        assert [(one["name"], one["error"]["field"]) for one in told["troubles"]] == [
            ("people.csv", "tables.person.legal_basis")
        ]

    def test_that_is_there_already_is_not_asked_about_again(self, people: Desk) -> None:
        people.run("add", people.downloads, "--yes", "--legal-basis", "consent")
        done = people.run("add", people.downloads, "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        assert "there already" in done.stdout


class TestWhatNobodyCanGuess:
    def test_is_asked_by_itself(self, newcomer: Desk) -> None:
        done = newcomer.sits("add", newcomer.put("offers.csv", OFFERS), answers=["", "1", "", ""])
        assert "currency:   0 none of these   1 EUR" in done.stdout
        (source,) = newcomer.sources.values()
        assert source["tables"]["opportunity"]["currency"] == "EUR"
