"""The ``settings.toml`` of a folder is read once its user has said so, and as long as it stays the same."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.settings import SettingsError
from salesprep.settings.powers import powers
from salesprep.settings.reading import read_file
from salesprep.settings.trust import forget, offered, standing, trusted

HERE = '[us]\nname = "Here"\n[sources.crm]\nadapter = "sql"\n'


@pytest.fixture
def file(world: Any) -> Path:
    """The current folder's own settings."""
    written: Path = world.write(world.here / "settings.toml", HERE)
    return written


class TestAFolderThatNobodyTrusted:
    def test_is_not_read(self, world: Any, file: Path) -> None:
        settings = world.load()
        assert settings.sources == {}
        assert settings.files == ()
        assert settings.untrusted == file

    def test_is_not_even_opened(self, world: Any, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        world.write(world.person, "")
        plain, opened = Path.read_bytes, []

        def read_bytes(path: Path) -> bytes:
            opened.append(path)
            return plain(path)

        monkeypatch.setattr(Path, "read_bytes", read_bytes)
        world.load()
        assert file not in opened

    def test_may_hold_anything(self, world: Any, file: Path) -> None:
        file.write_bytes(b"\xff no TOML")
        assert world.load().untrusted == file
        file.unlink()
        os.mkfifo(file)
        assert world.load().untrusted is None
        file.unlink()
        file.mkdir()
        assert world.load().untrusted is None

    def test_can_be_named(self, world: Any, file: Path) -> None:
        for settings in (
            world.load(explicit=file),
            world.load({"SALESPREP_SETTINGS": str(file)}),
            world.load(explicit=Path("settings.toml")),
        ):
            assert settings.us.name == "Here"
            assert settings.untrusted is None

    def test_is_no_matter_where_another_file_is_named(self, world: Any, file: Path) -> None:
        other = world.write(world.root / "other.toml", '[us]\nname = "Other"\n')
        world.trust(world.here)
        settings = world.load(explicit=other)
        assert (settings.us.name, settings.files) == ("Other", (other,))

    def test_that_is_the_persons_own_or_the_samples_is_no_question(self, world: Any, file: Path) -> None:
        assert world.load(sample=file).untrusted is None
        world.person.parent.mkdir()
        world.person.symlink_to(file)
        settings = world.load()
        assert (settings.untrusted, settings.us.name) == (None, "Here")


class TestATrustedFolder:
    def test_is_read_after_the_persons_own_and_before_variables(self, world: Any, file: Path) -> None:
        world.write(world.person, '[us]\nname = "Anna"\nlocale = "nl_NL"\nlanguage = "nl"\n')
        world.trust(world.here)
        settings = world.load({"SALESPREP_US__LANGUAGE": "de"})
        assert (settings.us.name, settings.us.locale, settings.us.language) == ("Here", "nl_NL", "de")
        assert [layer.kind for layer in settings.layers] == ["person", "folder", "variable"]
        assert settings.untrusted is None

    def test_is_bound_by_locks(self, world: Any, file: Path) -> None:
        world.write(world.company, 'locked = ["sources"]\n')
        world.trust(world.here)
        assert world.refusal().file == file

    def test_is_remembered_for_its_user_alone(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        store = world.state / "trusted.json"
        assert stat.S_IMODE(store.stat().st_mode) == 0o600
        assert HERE not in store.read_text(encoding="utf-8")
        (one,) = trusted(world.state)
        assert (one.folder, one.at) == (str(world.here), "2026-11-23T12:00:00+00:00")

    def test_is_trusted_by_any_way_to_it(self, world: Any, file: Path) -> None:
        (world.root / "way").symlink_to(world.here)
        world.trust(world.root / "way")
        assert world.load().us.name == "Here"

    def test_whose_file_changes_must_be_trusted_anew(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        file.write_text(HERE + '[adapters]\nfolders = ["evil"]\n', encoding="utf-8")
        error = world.refusal()
        assert (error.file, error.what) == (file, "has changed since you trusted its folder")
        assert "settings trust" in error.mend
        world.trust(world.here)
        assert world.load().adapter_folders == (world.here / "evil",)

    def test_whose_file_is_as_before_again_is_trusted_again(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        file.write_text("", encoding="utf-8")
        world.refusal()
        file.write_text(HERE, encoding="utf-8")
        assert world.load().us.name == "Here"

    def test_whose_file_is_gone_gives_nothing(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        file.unlink()
        assert world.load().files == ()

    def test_can_be_forgotten(self, world: Any, file: Path) -> None:
        other = world.write(world.root / "other" / "settings.toml", HERE)
        world.trust(world.here)
        world.trust(other.parent)
        assert forget(world.state, world.here)
        assert not forget(world.state, world.here)
        assert world.load().untrusted == file
        assert [one.folder for one in trusted(world.state)] == [str(other.parent)]

    def test_tells_how_its_file_is_now(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        (one,) = trusted(world.state)
        assert standing(one) == "unchanged"
        file.write_text("", encoding="utf-8")
        assert standing(one) == "changed"
        file.unlink()
        assert standing(one) == "absent"


class TestWhatOthersCouldChange:
    def spoil(self, world: Any, which: str) -> Path:
        adapter = world.here / "own" / "demo"
        adapter.mkdir(parents=True)
        (adapter / "adapter.py").touch(0o644)
        world.write(world.here / "settings.toml", '[adapters]\nfolders = ["own"]\n')
        path: Path = world.here / which
        return path

    @pytest.mark.parametrize("which", ["settings.toml", ".", "own", "own/demo", "own/demo/adapter.py"])
    def test_is_not_trusted(self, which: str, world: Any) -> None:
        path = self.spoil(world, which)
        offered(world.here)
        path.chmod(path.stat().st_mode | 0o002)
        with pytest.raises(SettingsError, match="somebody else could change"):
            offered(world.here)

    @pytest.mark.parametrize("which", ["settings.toml", "own/demo/adapter.py"])
    def test_later_is_not_read(self, which: str, world: Any) -> None:
        path = self.spoil(world, which)
        world.trust(world.here)
        world.load()
        path.chmod(0o666)
        assert "somebody else could change" in world.refusal().what

    def test_because_it_is_theirs_is_not_trusted(
        self, world: Any, file: Path, given_away: Callable[[Path], None]
    ) -> None:
        given_away(file)
        with pytest.raises(SettingsError, match="somebody else could change it"):
            offered(world.here)


class TestTheListOfTrustedFolders:
    @pytest.mark.parametrize(
        "content",
        [
            "",
            "no JSON",
            "[]",
            "{}",
            '{"folders": 1}',
            '{"folders": [1]}',
            '{"folders": [{"folder": "/"}]}',
            "[" * 9999,
        ],
    )
    def test_that_is_damaged_trusts_nobody(self, content: str, world: Any, file: Path) -> None:
        world.trust(world.here)
        store = world.state / "trusted.json"
        store.write_text(content, encoding="utf-8")
        assert world.refusal().file == store

    def test_that_others_could_write_trusts_nobody(self, world: Any, file: Path) -> None:
        world.trust(world.here)
        (world.state / "trusted.json").chmod(0o622)
        assert "somebody else" in world.refusal().what

    def test_is_no_matter_where_there_is_nothing_to_trust(self, world: Any) -> None:
        world.write(world.state / "trusted.json", "damaged")
        assert world.load().files == ()


class TestAnOffer:
    def test_is_not_made_of_what_is_not_there_or_wrong(self, world: Any) -> None:
        world.here.mkdir()
        with pytest.raises(SettingsError, match="no such file"):
            offered(world.here)
        world.write(world.here / "settings.toml", "[us]\nzona = 1\n")
        with pytest.raises(SettingsError, match="zona"):
            offered(world.here)

    def test_tells_all_that_the_file_could_do(self, world: Any) -> None:
        file = world.write(
            world.here / "settings.toml",
            """
            locked = ["us.domains"]
            [us]
            emails = ["anna@ons.example", "a@ons.example"]
            home = { city = "Gent" }
            [links]
            file = "who.toml"
            [adapters]
            folders = ["own", "/srv/adapters"]
            [sources.crm]
            adapter = "ics"
            title = "CRM"
            calendars = [{ secret_url = "env:TOKEN" }, { url = "https://x:hunter2@evil.example/?k=hunter2" }]
            [sources.wiki]
            token = "file:~/.ssh/id"
            url = "https://evil.example/"
            """,
        )
        from salesprep.sources import find_adapters

        manifests = {name: one.manifest for name, one in find_adapters(()).installed.items()}
        could = powers(read_file(file, "folder"), manifests, {"wiki": "ics"})
        assert could.other_keys == ("us.emails", "us.home.city")
        assert could.locks == ("us.domains",)
        assert could.links_file == world.here / "who.toml"
        assert could.adapter_folders == (world.here / "own", Path("/srv/adapters"))
        assert could.secrets == (
            ("sources.crm.calendars[1].secret_url", "env:TOKEN"),
            ("sources.wiki.token", "file:~/.ssh/id"),
        )
        crm, wiki = could.sources
        assert (crm.name, crm.adapter) == ("crm", "ics")
        assert crm.keys == (("calendars[2].url", "https://(hidden)@evil.example/?(hidden)"),)
        # Of a source that another layer gives, this file could change the address.
        assert (wiki.adapter, wiki.keys) == ("ics", (("url", "https://evil.example/"),))
        assert "hunter2" not in json.dumps([one.keys for one in could.sources])
