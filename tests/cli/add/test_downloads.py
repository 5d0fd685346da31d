"""``salesprep add`` of a folder of downloads: what is recognised and written; what is broken costs itself."""

from __future__ import annotations

from pathlib import Path

from tests.cli.add.desk import Desk, Run


class TestAFolderOfDownloads:
    def test_is_set_up_with_three_questions(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "", "n"])
        assert ended.returncode == 0, ended.stdout
        lines = [line.rstrip() for line in ended.stdout.splitlines()]
        assert lines.index(
            " Found 3 files that I can read (nothing is copied, nothing leaves this machine):"
        ) < lines.index("   1  accounts.xlsx            a table: 214 rows, looks like customers")
        assert "   1  accounts.xlsx            a table: 214 rows, looks like customers" in lines
        assert "   2  Basic_LinkedInDataExport_11-21-2026.zip   your LinkedIn file, 612 people" in lines
        assert any(line.startswith("   3  agenda.ics               a calendar: 6 events") for line in lines)
        assert ' 1 accounts.xlsx: which column is what?   name = "Account"   place = "Plaats"' in ended.stdout
        assert "right? [Y/n]" in ended.stdout
        assert ' You are  anna@ons.example; "ons.example" is us, not a customer? [Y/n]' in ended.stdout
        assert f" Added CRM, LinkedIn, Calendar to {full.file}" in lines
        assert " LinkedIn: changes show from your second file on" in lines
        assert "Van Dijk Machinebouw. Open it? [Y/n]" in ended.stdout
        assert all(len(line) <= 80 for line in lines if str(full.file) not in line)

    def test_is_written_as_confirmed(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        text = full.file.read_text(encoding="utf-8")
        assert text.startswith("# mine\n[adapters]\n")
        written = full.settings
        assert written["us"]["emails"] == ["anna@ons.example"]
        assert written["us"]["domains"] == ["ons.example"]
        assert written["us"]["name"] == "Anna de Boer"
        assert written["sources"] == {
            "crm": {
                "adapter": "sheet",
                "path": str(full.downloads / "accounts.xlsx"),
                "columns": {"title": "Account", "city": "Plaats"},
            },
            "linkedin": {
                "adapter": "export",
                "title": "LinkedIn",
                "exports": [str(full.downloads / "Basic_LinkedInDataExport_11-21-2026.zip")],
            },
            "calendar": {
                "adapter": "ics",
                "title": "Calendar",
                "calendars": [{"path": str(full.downloads / "agenda.ics"), "owner": "anna@ons.example"}],
            },
        }

    def test_can_open_the_next_visit_at_once(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "", ""])
        assert "VAN DIJK MACHINEBOUW" in ended.stdout
        assert "Kwartaalbezoek" in ended.stdout

    def test_is_there_already_the_second_time(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        before = full.file.read_bytes()
        ended = full.sits("add", full.downloads)
        assert ended.returncode == 0
        assert "CRM, LinkedIn, Calendar: there already" in ended.stdout
        assert full.file.read_bytes() == before

    def test_with_a_second_export_adds_it_to_the_first(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        new = full.put("Basic_LinkedInDataExport_12-01-2026.zip", "EXPORT")
        ended = full.sits("add", new, answers=["n"])
        assert f"Added a further file to LinkedIn in {full.file}" in ended.stdout
        assert full.settings["sources"]["linkedin"]["exports"] == [
            str(full.downloads / "Basic_LinkedInDataExport_11-21-2026.zip"),
            str(new),
        ]

    def test_with_a_damaged_export_sets_up_the_others(self, full: Desk, inside: Run) -> None:
        full.put("Basic_LinkedInDataExport_11-21-2026.zip", "CUT")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 1
        line = "Basic_LinkedInDataExport_11-21-2026.zip ends in the middle; download it once more"
        assert f"salesprep: {line}\n" in done.stderr
        assert set(full.settings["sources"]) == {"crm", "calendar"}

    def test_is_left_alone_if_the_questions_are_not_answered(self, full: Desk) -> None:
        before = full.file.read_bytes()
        ended = full.sits("add", full.downloads, answers=[""])
        assert ended.returncode == 130
        assert "salesprep: nothing was added" in ended.stdout
        assert full.file.read_bytes() == before


class TestABrokenAdapter:
    def test_is_named_and_costs_itself(self, full: Desk, inside: Run) -> None:
        folder = full.settings["adapters"]["folders"][0]
        Path(folder, "export", "adapter.py").write_text("import nothing_of_that_name\n", encoding="utf-8")
        Path(folder, "bad").mkdir()
        Path(folder, "bad", "adapter.toml").write_text("name = 1", encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 1
        assert "salesprep: export needs the library nothing_of_that_name" in done.stderr
        assert "salesprep: bad: " in done.stderr
        assert set(full.settings["sources"]) == {"crm", "calendar"}
