"""``salesprep add`` of tables that do not say what they are, and of workbooks with more than one of a kind,
with the real adapter."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

UNSURE = """Relatienr;Klant;Omschrijving;Bedrag;Datum
7;Acme;Pomp;€ 12,00;01-11-2026
8;Bolt;Motor;€ 33,50;13-11-2026
"""


@dataclass
class Desk:
    """A rep with a table and no settings yet."""

    home: Path
    table: Path
    run: Run
    """Without a terminal."""
    sits: Run
    """On one, with answers."""

    @property
    def sources(self) -> dict[str, Any]:
        """What is set up; nothing without a file."""
        file = self.home / "config" / "settings.toml"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        return dict(tomllib.loads(text).get("sources", {}))


@pytest.fixture
def desk(own_machine: Path, tmp_path: Path, cli: Run, terminal: Run) -> Desk:
    table = tmp_path / "lijst.csv"
    table.write_text(UNSURE, encoding="utf-8")
    return Desk(own_machine, table, cli, terminal)


class TestATableThatDoesNotSayWhatItIs:
    def test_is_what_the_user_says_with_columns_to_confirm(self, desk: Desk) -> None:
        done = desk.sits("add", desk.table, answers=["3", "y", "", "n"])
        assert "a table: 2 rows; of what is not certain (perhaps)" in done.stdout
        assert "it holds:   0 leave this file out   1 contact moments" in done.stdout
        assert "3 invoices" in done.stdout
        assert 'lijst.csv: which column is what?   title = "Omschrijving"   date = "Datum"' in done.stdout
        (source,) = desk.sources.values()
        assert list(source["tables"]) == ["invoice"]
        assert source["tables"]["invoice"]["columns"]["organisation"] == "Klant"

    def test_is_there_already_the_second_time(self, desk: Desk) -> None:
        desk.sits("add", desk.table, answers=["3", "y", "", "n"])
        done = desk.sits("add", desk.table, answers=[])
        assert "there already" in done.stdout
        assert "it holds:" not in done.stdout
        assert list(desk.sources) == ["invoices"]

    def test_may_be_left_out(self, desk: Desk) -> None:
        done = desk.sits("add", desk.table, answers=["0"])
        assert (done.returncode, desk.sources) == (0, {})

    def test_is_never_guessed_by_yes(self, desk: Desk) -> None:
        done = desk.run("add", desk.table, "--yes")
        assert done.returncode == 2
        assert "lijst.csv: what is in it is not certain, and nobody has said" in done.stderr
        assert desk.sources == {}

    def test_tells_other_programs_what_can_be_chosen(self, desk: Desk) -> None:
        told = json.loads(desk.run("add", desk.table, "--dry-run", "--format", "json").stdout)
        (choice,) = told["proposals"][0]["choices"]
        assert (choice["key"], choice["value"], choice["needed"]) == ("tables", None, True)
        assert "invoices" in choice["options"]
        assert set(choice) == {"key", "label", "value", "options", "needed"}


class TestAWorkbookWithTwoSheetsOfCustomers:
    @pytest.fixture
    def book(self, desk: Desk, workbook: Callable[..., Path]) -> Path:
        header = ("Relatienr", "Naam", "Plaats")
        return workbook(
            desk.table.with_name("klanten.xlsx"),
            (header, ("1", "Acme B.V.", "Rye"), ("2", "Bolt B.V.", "Ely")),
            sheets={"Prospects": (header, ("3", "Cole B.V.", "Rye"))},
        )

    def test_shows_both_and_adds_the_larger_one_unasked(self, desk: Desk, book: Path) -> None:
        done = desk.run("add", book, "--yes")
        assert 'sheet "Klanten": 2 rows, looks like customers' in done.stdout
        assert 'sheet "Prospects": 1 row, looks like customers (perhaps)' in done.stdout
        assert [one["tables"]["account"]["sheet"] for one in desk.sources.values()] == ["Klanten"]

    def test_adds_the_other_as_a_source_of_its_own(self, desk: Desk, book: Path) -> None:
        desk.run("add", book, "--yes")
        desk.run("add", book, "--yes", "--only", "2")
        assert desk.sources["crm_prospects"]["tables"]["account"]["sheet"] == "Prospects"
        assert desk.sources["crm_prospects"]["title"] == "CRM Prospects"
        again = desk.run("add", book, "--yes", "--only", "1,2")
        assert "there already" in again.stdout
        assert len(desk.sources) == 2
