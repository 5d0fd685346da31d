"""From nothing to the first briefing, with the real adapters: a workbook, an export and a calendar."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

CUSTOMERS = (
    ("Account", "Plaats", "Website", "Accountmanager"),
    ("Van Dijk Machinebouw B.V.", "Eindhoven", "www.vandijk.example", "Anna de Boer"),
    ("Kaas & Co", "Utrecht", "www.kaas.example", "Anna de Boer"),
    ("Noordzee Offshore", "Den Helder", "www.noordzee.example", "J. Jansen"),
)
CONNECTIONS = """\
Rob,Smit,https://www.linkedin.com/in/rob-smit-x,,Van Dijk Machinebouw B.V.,COO,12 Oct 2025
Kim,Vos,https://www.linkedin.com/in/kim-vos-x,,Kaas & Co,Buyer,3 Mar 2024
"""


@pytest.fixture
def downloads(tmp_path: Path, workbook: Write, export: Write, calendar: Write) -> Path:
    """What a rep has downloaded, among other things."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    workbook(folder / "accounts.xlsx", CUSTOMERS)
    export(folder / "Basic_LinkedInDataExport_11-21-2026.zip", CONNECTIONS)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    guests = ("r.smit@vandijk.example", "k.vos@kaas.example", "x@noordzee.example")
    days = [tomorrow - timedelta(weeks=n) for n in range(3)]
    calendar(
        folder / "agenda.ics",
        [(day, "Kwartaalbezoek", guest) for day, guest in zip(days, guests, strict=True)],
    )
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "film.mp4.crdownload").write_bytes(b"x")
    return folder


def panels(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {panel["source"]: panel for panel in json.loads(done.stdout)["panels"]}


class TestTheFirstFiveMinutes:
    @pytest.fixture
    def added(self, terminal: Run, downloads: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        """What the screen showed while all was set up."""
        # However busy the machine is that runs this.
        monkeypatch.setenv("SALESPREP_BRIEFING__DEADLINE", "120")
        done = terminal("add", downloads, answers=["", "", "n"])
        assert done.returncode == 0, done.stdout
        return done.stdout

    def test_take_three_questions_and_no_editor(self, added: str, own_machine: Path) -> None:
        assert "accounts.xlsx            a table: 3 rows, looks like customers" in added
        assert "your LinkedIn file, 2 people" in added
        assert "agenda.ics               a calendar: 3 events" in added
        assert 'You are  anna@ons.example; "ons.example" is us, not a customer? [Y/n]' in added
        assert f"Added CRM, LinkedIn, Calendar to {own_machine / 'config' / 'settings.toml'}" in added
        assert "Van Dijk Machinebouw B.V. Open it? [Y/n]" in added
        assert added.count("[Y/n]") == 3

    def test_end_in_a_briefing_of_all_three(self, added: str, cli: Run) -> None:
        done = cli("brief", "--format", "json")
        found = panels(done)
        assert (done.returncode, done.stderr) == (0, "")
        assert list(found) == ["crm", "linkedin", "calendar"]
        assert json.loads(done.stdout)["customer"]["name"] == "Van Dijk Machinebouw B.V."
        assert "R. Smit" in cli("brief").stdout or "Rob Smit" in cli("brief").stdout

    def test_leave_an_export_that_is_cut_in_half_its_own_trouble(
        self, added: str, cli: Run, downloads: Path
    ) -> None:
        before = panels(cli("brief", "--format", "json"))
        export = downloads / "Basic_LinkedInDataExport_11-21-2026.zip"
        os.truncate(export, export.stat().st_size // 2)
        done = cli("brief", "--format", "json")
        after = panels(done)
        assert done.returncode == 1
        assert done.stderr.startswith("salesprep: LinkedIn: ")
        assert after["linkedin"]["state"] == "stale"
        for source in ("crm", "calendar"):
            assert after[source]["state"] == before[source]["state"] == "fresh"
            told = [[one["id"] for one in panel[source]["records"]] for panel in (before, after)]
            assert told[0] == told[1] != []

    def test_once_more_change_nothing(self, added: str, cli: Run, downloads: Path, own_machine: Path) -> None:
        file = own_machine / "config" / "settings.toml"
        before = file.read_bytes()
        done = cli("add", downloads, "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        assert "CRM, LinkedIn, Calendar: there already" in done.stdout
        assert file.read_bytes() == before
