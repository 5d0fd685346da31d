"""``salesprep add`` writes the user's own settings, and nothing that the company has locked."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.add.desk import Desk, Run


class TestTheSettingsFile:
    def test_is_made_for_the_user_alone(self, full: Desk, inside: Run) -> None:
        full.file.unlink()
        done = inside("add", full.downloads / "agenda.ics", "--yes")
        assert done.returncode == 0
        assert stat.S_IMODE(full.file.stat().st_mode) == 0o600
        assert full.file.read_text(encoding="utf-8").startswith("# Settings of salesprep, your own.\n")
        assert inside("sources", "check").returncode == 0

    def test_that_is_broken_is_told_first_and_left_alone(self, full: Desk, inside: Run) -> None:
        full.file.write_text("[us\n", encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{full.file}: is not valid TOML" in done.stderr
        assert full.file.read_text(encoding="utf-8") == "[us\n"

    def test_is_the_users_own_whatever_other_one_is_named(
        self, full: Desk, inside: Run, tmp_path: Path
    ) -> None:
        other = tmp_path / "other.toml"
        other.write_text('[us]\nemails = ["anna@ons.example"]\n', encoding="utf-8")
        assert inside("add", full.downloads, "--yes", "--settings", other).returncode == 0
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert other.read_text(encoding="utf-8") == '[us]\nemails = ["anna@ons.example"]\n'

    def test_ends_the_sample(self, full: Desk, inside: Run) -> None:
        inside("add", full.downloads, "--yes")
        assert [
            one["name"] for one in json.loads(inside("sources", "--format", "json").stdout)["sources"]
        ] == [
            "crm",
            "linkedin",
            "calendar",
        ]

    def test_with_an_order_of_the_screen_gets_the_new_ones_behind(self, full: Desk, inside: Run) -> None:
        with full.file.open("a", encoding="utf-8") as out:
            out.write("[screen]\norder = []  # mine\n")
        inside("add", full.downloads, "--yes")
        assert full.settings["screen"]["order"] == ["crm", "linkedin", "calendar"]
        assert "# mine" in full.file.read_text(encoding="utf-8")


class TestWhatTheCompanyHasLocked:
    @pytest.fixture
    def company(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The company's settings, which no variable can move: so in this process."""
        file = tmp_path / "company.toml"
        for module in ("setting_up", "workspace"):
            monkeypatch.setattr(f"salesprep.cli.{module}.company_file", lambda: file)
        return file

    def test_stays_as_it_is_and_the_rest_is_added(self, full: Desk, company: Path, inside: Run) -> None:
        company.write_text('locked = ["us"]\n[us]\ndomains = ["ons.example"]\n', encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 0
        assert "us" not in full.settings
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert f"us.emails is locked by {company}" in done.stderr

    def test_may_be_all_sources(self, full: Desk, company: Path, inside: Run) -> None:
        company.write_text('locked = ["sources"]\n', encoding="utf-8")
        before = full.file.read_bytes()
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 2
        assert f"which sources there are is locked by {company}" in done.stderr
        assert full.file.read_bytes() == before

    def test_may_be_one_source_whose_name_is_then_taken(self, full: Desk, company: Path, inside: Run) -> None:
        company.write_text(
            f'locked = ["sources.crm"]\n[sources.crm]\nadapter = "sheet"\npath = "{company}"\n',
            encoding="utf-8",
        )
        assert inside("add", full.downloads, "--yes", "--only", "crm").returncode == 0
        assert set(full.settings["sources"]) == {"crm_2"}
