"""``salesprep add`` of tables that do not say what they are, and of workbooks with more than one of a kind,
with the real adapter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.add.desk import Desk

UNSURE = """Relatienr;Klant;Omschrijving;Bedrag;Datum
7;Acme;Pomp;€ 12,00;01-11-2026
8;Bolt;Motor;€ 33,50;13-11-2026
"""


@pytest.fixture
def table(newcomer: Desk) -> Path:
    return newcomer.put("lijst.csv", UNSURE)


class TestATableThatDoesNotSayWhatItIs:
    def test_is_what_the_user_says_with_columns_to_confirm(self, newcomer: Desk, table: Path) -> None:
        done = newcomer.sits("add", table, answers=["3", "y", "", "n"])
        assert "a table: 2 rows; of what is not certain (perhaps)" in done.stdout
        assert "it holds:   0 leave this file out   1 contact moments" in done.stdout
        assert "3 invoices" in done.stdout
        assert 'lijst.csv: which column is what?   title = "Omschrijving"   date = "Datum"' in done.stdout
        (source,) = newcomer.sources.values()
        assert list(source["tables"]) == ["invoice"]
        assert source["tables"]["invoice"]["columns"]["organisation"] == "Klant"

    def test_is_there_already_the_second_time(self, newcomer: Desk, table: Path) -> None:
        newcomer.sits("add", table, answers=["3", "y", "", "n"])
        done = newcomer.sits("add", table, answers=[])
        assert "there already" in done.stdout
        assert "it holds:" not in done.stdout
        assert list(newcomer.sources) == ["invoices"]

    def test_may_be_left_out(self, newcomer: Desk, table: Path) -> None:
        done = newcomer.sits("add", table, answers=["0"])
        assert (done.returncode, newcomer.sources) == (0, {})

    def test_is_never_guessed_by_yes(self, newcomer: Desk, table: Path) -> None:
        done = newcomer.run("add", table, "--yes")
        assert done.returncode == 2
        assert "lijst.csv: what is in it is not certain, and nobody has said" in done.stderr
        assert newcomer.sources == {}

    def test_tells_other_programs_what_can_be_chosen(self, newcomer: Desk, table: Path) -> None:
        told = json.loads(newcomer.run("add", table, "--dry-run", "--format", "json").stdout)
        (choice,) = told["proposals"][0]["choices"]
        assert (choice["key"], choice["value"], choice["needed"]) == ("tables", None, True)
        assert "invoices" in choice["options"]
        assert set(choice) == {"key", "label", "value", "options", "needed"}


class TestAWorkbookWithTwoSheetsOfCustomers:
    @pytest.fixture
    def book(self, newcomer: Desk, workbook: Callable[..., Path]) -> Path:
        header = ("Relatienr", "Naam", "Plaats")
        return workbook(
            newcomer.downloads / "klanten.xlsx",
            (header, ("1", "Acme B.V.", "Rye"), ("2", "Bolt B.V.", "Ely")),
            sheets={"Prospects": (header, ("3", "Cole B.V.", "Rye"))},
        )

    def test_shows_both_and_adds_the_larger_one_unasked(self, newcomer: Desk, book: Path) -> None:
        done = newcomer.run("add", book, "--yes")
        assert 'sheet "Klanten": 2 rows, looks like customers' in done.stdout
        assert 'sheet "Prospects": 1 row, looks like customers (perhaps)' in done.stdout
        assert [one["tables"]["account"]["sheet"] for one in newcomer.sources.values()] == ["Klanten"]

    def test_adds_the_other_as_a_source_of_its_own(self, newcomer: Desk, book: Path) -> None:
        newcomer.run("add", book, "--yes")
        newcomer.run("add", book, "--yes", "--only", "2")
        assert newcomer.sources["crm_prospects"]["tables"]["account"]["sheet"] == "Prospects"
        assert newcomer.sources["crm_prospects"]["title"] == "CRM Prospects"
        again = newcomer.run("add", book, "--yes", "--only", "1,2")
        assert "there already" in again.stdout
        assert len(newcomer.sources) == 2
