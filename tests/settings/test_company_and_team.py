"""What a company and a team give everybody, and what happens while the team's share is away."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from salesprep.settings.team import read_team

US = '[us]\ndomains = ["ons.example"]\n'
CRM = '[sources.crm]\nadapter = "sql"\ndatabase = "crm.sqlite"\n'


class TestTheCompanysFile:
    def test_comes_first_and_the_persons_wins(self, world: Any) -> None:
        world.write(world.company, '[us]\nname = "Ons B.V."\nlocale = "nl_NL"\n')
        world.write(world.person, '[us]\nname = "Anna"\n')
        settings = world.load()
        assert (settings.us.name, settings.us.locale) == ("Anna", "nl_NL")
        assert settings.files == (world.company, world.person)

    def test_need_not_be_there(self, world: Any) -> None:
        assert world.load().files == ()

    def test_that_names_a_source_keeps_the_sample_away(self, world: Any) -> None:
        sample = world.write(world.root / "sample.toml", '[sources.demo]\nadapter = "sql"\n')
        assert world.load(sample=sample).example
        world.write(world.company, CRM)
        settings = world.load(sample=sample)
        assert not settings.example
        assert list(settings.sources) == ["crm"]
        assert settings.sources["crm"].file == world.company

    def test_that_is_wrong_is_named(self, world: Any) -> None:
        world.write(world.company, "[us]\nzona = 1\n")
        assert world.refusal().file == world.company

    def test_that_others_could_change_is_refused(
        self, world: Any, given_away: Callable[[Path], None]
    ) -> None:
        world.write(world.company, US).chmod(0o666)
        error = world.refusal()
        assert error.file == world.company
        assert "others than an administrator" in error.what
        world.company.chmod(0o644)
        assert world.load().us.domains == ("ons.example",)
        given_away(world.company)
        assert world.refusal().file == world.company

    def test_that_cannot_be_looked_for_is_no_absent_file(
        self, world: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = Path.stat

        def stat_(path: Path, **how: Any) -> os.stat_result:
            if path == world.company:
                raise PermissionError
            return plain(path, **how)

        monkeypatch.setattr(Path, "stat", stat_)
        error = world.refusal()
        assert (error.file, error.what) == (world.company, "cannot be looked for (PermissionError)")

    def test_is_not_moved_by_a_variable(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us.name"]\n[us]\nname = "Ons"\n')
        other = world.write(world.root / "other.toml", '[us]\nname = "Jan"\n')
        environ = {"SALESPREP_COMPANY": str(other), "SALESPREP_HOME": str(world.root / "x")}
        assert world.load(environ).us.name == "Ons"


class TestTheTeamsFile:
    def test_lies_where_the_companys_says_and_comes_after_it(self, world: Any) -> None:
        world.write(world.company, 'team = "../share/team.toml"\n[us]\nname = "Ons"\nlocale = "nl_NL"\n')
        world.write(world.team, '[us]\nname = "Team Zuid"\nlanguage = "nl"\n' + CRM)
        world.write(world.person, '[us]\nlanguage = "en"\n')
        settings = world.load()
        assert (settings.us.name, settings.us.locale, settings.us.language) == ("Team Zuid", "nl_NL", "en")
        assert [layer.kind for layer in settings.layers] == ["company", "team", "person"]
        assert settings.sources["crm"].file.samefile(world.team)
        assert settings.team_as_of is None

    def test_is_named_by_the_company_alone(self, world: Any) -> None:
        world.write(world.team, US)
        world.write(world.person, f'team = "{world.team}"\n')
        error = world.refusal()
        assert (error.file, error.key) == (world.person, "team")
        assert "only the company's" in error.what

    def test_names_no_further_one(self, world: Any) -> None:
        world.write(world.company, f'team = "{world.team}"\n')
        world.write(world.team, 'team = "more.toml"\n')
        assert world.refusal().file == world.team

    def test_that_is_wrong_is_named(self, world: Any) -> None:
        world.write(world.company, f'team = "{world.team}"\n')
        world.write(world.team, "[us]\nzona = 1\n")
        assert (world.refusal().file, world.refusal().key) == (world.team, "us.zona")

    @pytest.mark.parametrize("name", ["~nobody-here/team.toml", "a\\u0000b"])
    def test_can_have_no_impossible_name(self, world: Any, name: str) -> None:
        world.write(world.company, f'team = "{name}"\n')
        assert (world.refusal().file, world.refusal().key) == (world.company, "team")


class TestATeamsFileOutOfReach:
    @pytest.fixture(autouse=True)
    def company(self, world: Any) -> None:
        world.write(world.company, f'team = "{world.team}"\n')

    def test_that_was_never_read_is_refused_since_its_locks_are_not_known(self, world: Any) -> None:
        error = world.refusal()
        assert (error.file, error.key) == (world.company, "team")
        assert f"{world.team} cannot be reached" in error.what
        assert error.mend

    def test_that_was_read_before_serves_as_it_was(self, world: Any) -> None:
        world.write(world.team, 'locked = ["us.name"]\n[us]\nname = "Team Zuid"\n' + CRM)
        world.load()
        kept = world.state / "team.toml"
        os.utime(kept, (1_790_000_000, 1_790_000_000))
        world.team.unlink()
        settings = world.load()
        assert settings.us.name == "Team Zuid"
        assert settings.team_as_of == datetime.fromtimestamp(1_790_000_000, UTC)
        assert settings.sources["crm"].file == world.team
        assert settings.origins["us.name"] == str(world.team)
        world.write(world.person, '[us]\nname = "Anna"\n')
        assert world.refusal().file == world.person  # its locks hold too

    def test_is_kept_for_its_user_alone_and_as_of_the_last_time_it_was_read(self, world: Any) -> None:
        world.write(world.team, US)
        world.load()
        kept = world.state / "team.toml"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        os.utime(kept, (1, 1))
        world.load()
        assert kept.stat().st_mtime > 1
        world.write(world.team, '[us]\ndomains = ["neu.example"]\n')
        world.load()
        world.team.unlink()
        assert world.load().us.domains == ("neu.example",)

    def test_is_not_stood_in_for_by_another_teams(self, world: Any) -> None:
        world.write(world.team, US)
        world.load()
        world.write(world.company, f'team = "{world.team.with_name("other.toml")}"\n')
        assert "other.toml cannot be reached" in world.refusal().what

    def test_that_may_not_be_read_is_not_away(self, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        world.write(world.team, US)
        world.load()
        world.team.unlink()
        world.team.mkdir()
        assert "cannot be read (IsADirectoryError)" in world.refusal().what

    def test_does_not_hold_the_start(self, world: Any) -> None:
        """A pipe that nobody writes to holds its reader as a dead share does."""
        world.write(world.team, US)
        read_team(str(world.team), world.company, world.state)
        world.team.unlink()
        os.mkfifo(world.team)
        layer, as_of = read_team(str(world.team), world.company, world.state, patience=0.05)
        assert layer.table == {"us": {"domains": ["ons.example"]}}
        assert as_of is not None
        with world.team.open("wb"):
            pass  # lets the reader go

    def test_is_read_where_nothing_can_be_kept(self, world: Any) -> None:
        world.write(world.team, US)
        world.write(world.state, "a file where the folder would be")
        assert world.load().us.domains == ("ons.example",)
