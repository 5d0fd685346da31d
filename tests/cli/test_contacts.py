"""``contacts`` and ``people`` at the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.command import Run


class TestARep:
    def test_reads_the_contacts_of_the_next_visit(self, cli: Run, one: Path) -> None:
        done = cli("contacts", "--settings", one)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(" RECENT CONTACTS   Van Dijk Machinebouw B.V.")
        assert "R. Smit  none found" in done.stdout
        assert "1 source asked" in done.stdout

    def test_reads_who_is_there(self, cli: Run, one: Path) -> None:
        done = cli("people", "Van Dijk", "--settings", one)
        assert done.returncode == 0, done.stderr
        assert " PEOPLE   Van Dijk Machinebouw B.V." in done.stdout
        assert "CRM  Plant manager" in done.stdout

    @pytest.mark.parametrize("command", ["contacts", "people"])
    def test_gets_json_and_can_keep_it_in_a_file(
        self, cli: Run, one: Path, tmp_path: Path, command: str
    ) -> None:
        file = tmp_path / "out.json"
        done = cli(command, "Van Dijk", "--format", "json", "--output", file, "--settings", one)
        assert (done.returncode, done.stdout) == (0, "")
        assert json.loads(file.read_text(encoding="utf-8"))["schema"] == f"salesprep.{command}/1"

    @pytest.mark.parametrize("command", ["contacts", "people", "note"])
    def test_is_asked_which_of_several_customers_is_meant(self, cli: Run, one: Path, command: str) -> None:
        done = cli(command, "Berghout", "--settings", one)
        assert (done.returncode, done.stdout) == (2, "")
        assert "crm:2001" in done.stderr

    def test_chooses_one_of_them(self, cli: Run, one: Path) -> None:
        done = cli("people", "Berghout", "--pick", "crm:2002", "--settings", one)
        assert done.returncode == 0
        assert "Berghout Bouw" in done.stdout

    def test_is_told_which_source_did_not_answer(self, cli: Run, two: Callable[[str], Path]) -> None:
        done = cli("contacts", "Van Dijk", "--settings", two('mode = "down"'))
        assert done.returncode == 1
        assert "the demo is closed" in done.stderr
        assert "Wiki: the demo is closed" in done.stdout

    def test_is_told_that_nobody_is_called_so(self, cli: Run, one: Path) -> None:
        done = cli("contacts", "Van Dijk", "--person", "Jansen", "--settings", one)
        assert "no contact with anybody called Jansen was found" in done.stderr

    def test_cannot_ask_for_some_days_and_for_all(self, cli: Run, one: Path) -> None:
        assert cli("contacts", "--days", "7", "--all", "--settings", one).returncode == 2

    def test_leaves_a_line_in_the_audit(self, cli: Run, one: Path, own_machine: Path) -> None:
        cli("contacts", "Van Dijk", "--settings", one)
        (line,) = (own_machine / "state" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["customer"]["id"] == "crm:1042"
