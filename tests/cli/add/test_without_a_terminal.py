"""``salesprep add`` where nobody can be asked: other programs, ``--yes``, wrong use."""

from __future__ import annotations

import json

import pytest

from tests.cli.add.desk import Desk, Run


class TestWithoutATerminal:
    def test_says_what_it_would_add_and_ends_with_2(self, full: Desk, inside: Run) -> None:
        before = full.file.read_bytes()
        done = inside("add", full.downloads)
        assert done.returncode == 2
        assert "would add CRM (sources.crm) from accounts.xlsx" in done.stdout
        assert "us.emails = anna@ons.example" in done.stdout
        assert "say --yes to add this" in done.stderr
        assert full.file.read_bytes() == before

    def test_dry_run_is_no_wrong_use(self, full: Desk, inside: Run) -> None:
        before = full.file.read_bytes()
        assert inside("add", full.downloads, "--dry-run", "--yes").returncode == 0
        assert full.file.read_bytes() == before

    def test_yes_takes_what_enter_would(self, full: Desk, inside: Run) -> None:
        done = inside("add", full.downloads, "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert full.settings["us"]["emails"] == ["anna@ons.example"]

    def test_only_and_name_choose(self, full: Desk, inside: Run) -> None:
        inside("add", full.downloads, "--yes", "--only", "accounts.xlsx", "--name", "Prospects 2026")
        assert set(full.settings["sources"]) == {"prospects_2026"}
        inside("add", full.downloads, "--yes", "--only", "ics,2")
        assert set(full.settings["sources"]) == {"prospects_2026", "calendar", "linkedin"}

    def test_tells_other_programs_in_json(self, full: Desk, inside: Run) -> None:
        done = inside("add", full.downloads, "--format", "json")
        assert done.returncode == 0
        told = json.loads(done.stdout)
        assert (told["schema"], told["added"]) == ("salesprep.proposals/1", False)
        assert [one["source"] for one in told["proposals"]] == ["crm", "linkedin", "calendar"]
        assert told["proposals"][0]["choices"][0]["options"] == ["Account", "Plaats", "Website"]
        assert told["us"]["emails"] == ["anna@ons.example"]
        assert json.loads(inside("add", full.downloads, "--format", "json", "--yes").stdout)["added"] is True
        assert "crm" in full.settings["sources"]

    @pytest.mark.parametrize(
        ("arguments", "what"),
        [
            (["gone.csv"], "gone.csv is not there"),
            (["DOWNLOADS", "--as", "exprt"], 'did you mean "export"?'),
            (["DOWNLOADS", "--only", "9"], "--only 9: nothing of that name"),
            ([], "Missing argument 'PATH|URL'"),
        ],
    )
    def test_wrong_use_ends_with_2(self, arguments: list[str], what: str, full: Desk, inside: Run) -> None:
        done = inside("add", *(str(full.downloads) if one == "DOWNLOADS" else one for one in arguments))
        assert (
            (done.returncode, done.stdout) == (2, "") if "--only" not in arguments else done.returncode == 2
        )
        assert what in done.stderr

    def test_a_file_that_nobody_reads_ends_with_3(self, full: Desk, inside: Run) -> None:
        done = inside("add", full.downloads / "holiday.jpg", "--yes")
        assert (done.returncode, done.stdout) == (3, "")
        assert "holiday.jpg: nothing that I can read; what I can: " in done.stderr
        assert "Calendar files and addresses (iCalendar)" in done.stderr

    def test_one_adapter_alone_can_be_asked(self, full: Desk, inside: Run) -> None:
        inside("add", full.downloads, "--as", "export", "--yes")
        assert set(full.settings["sources"]) == {"linkedin"}
