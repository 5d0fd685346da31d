"""The settings file after adding: comments and order stay, and what would not load is never written."""

from __future__ import annotations

import stat
import string
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter.manifest import Manifest, read_manifest
from salesprep.settings import SettingsError, load
from salesprep.setup import Change, Plan, apply

Write = Callable[..., Path]

MANIFEST = """
name = "ics"
title = "x"
version = "1.0"
contract = "1.0"
class = "It"
kinds = ["account"]
abilities = ["fetch", "recognise"]
asks_as = "none"
secrets = ["calendars.secret_url"]
"""


def change(name: str, config: Mapping[str, Any], kind: Any = "new", title: str | None = None) -> Change:
    return Change(kind, name, title or name.upper(), "ics", (), config)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def write(tmp_path: Path, file: Path) -> Write:
    folder = tmp_path / "ics"
    folder.mkdir()
    (folder / "adapter.toml").write_text(MANIFEST, encoding="utf-8")
    manifests: dict[str, Manifest] = {"ics": read_manifest(folder / "adapter.toml")}

    def loads(draft: Path) -> None:
        load({}, explicit=None, person=draft)

    def do(
        *changes: Change,
        us: Mapping[str, object] | None = None,
        to: Path = file,
        check: Callable[[Path], None] = loads,
    ) -> Path:
        plan = Plan(changes, us or {})
        apply(
            plan, to, manifests, secrets=tmp_path / "config" / "secrets", head="Mine.\nAll mine.", check=check
        )
        return to

    return do


class TestANewFile:
    def test_begins_with_a_comment_and_is_the_users_alone(self, write: Write) -> None:
        path = write(change("crm", {"path": "/x/a.csv"}), us={"emails": ["anna@ons.example"]})
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# Mine.\n# All mine.\n")
        assert tomllib.loads(text) == {
            "us": {"emails": ["anna@ons.example"]},
            "sources": {"crm": {"adapter": "ics", "path": "/x/a.csv"}},
        }
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert [one.name for one in path.parent.iterdir()] == ["settings.toml"]

    def test_says_how_a_panel_is_called_only_if_its_name_does_not(self, write: Write) -> None:
        write(change("crm", {}), change("linkedin", {}, title="LinkedIn"))
        path = write(change("a", {}))
        sources = tomllib.loads(path.read_text(encoding="utf-8"))["sources"]
        assert sources == {
            "crm": {"adapter": "ics"},
            "linkedin": {"adapter": "ics", "title": "LinkedIn"},
            "a": {"adapter": "ics"},
        }


class TestAFileThatIsThere:
    TEXT = """\
# how I like it

[screen]
order = ["mine"]   # first things first

[us]
name = 'Anna'      # me

[sources.mine]
adapter = "ics"    # files only
# the newest comes last
exports = [
  "oct.zip",       # the first one
]

[sources.z]
adapter = "ics"
calendars = [{ path = "a.ics" }]

[[sources.cal.calendars]]
path = "b.ics"     # hers

[sources.cal]
adapter = "ics"
"""

    @pytest.fixture
    def there(self, file: Path) -> Path:
        file.parent.mkdir()
        file.write_text(self.TEXT, encoding="utf-8")
        return file

    def test_keeps_every_line_in_its_place(self, write: Write, there: Path) -> None:
        write(change("crm", {"path": "x"}), us={"emails": ["a@ons.example"]})
        text = there.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line in self.TEXT.splitlines() and line]
        assert [line for line in lines if line != 'adapter = "ics"'] == [
            line
            for line in self.TEXT.splitlines()
            if line and line not in ('adapter = "ics"', 'order = ["mine"]   # first things first')
        ]
        assert "# first things first" in text
        table = tomllib.loads(text)
        assert table["us"] == {"name": "Anna", "emails": ["a@ons.example"]}
        assert table["screen"] == {"order": ["mine", "crm"]}
        assert list(table["sources"])[-1] == "crm"

    def test_grows_lists_as_they_are_written(self, write: Write, there: Path) -> None:
        write(
            change("mine", {"exports": ["/x/nov.zip", "/x/dec.zip"]}, "grown"),
            change("z", {"calendars": [{"path": "c.ics", "owner": "c@ons.example"}]}, "grown"),
            change("cal", {"calendars": [{"path": "d.ics"}]}, "grown"),
        )
        text = there.read_text(encoding="utf-8")
        sources = tomllib.loads(text)["sources"]
        assert sources["mine"]["exports"] == ["oct.zip", "/x/nov.zip", "/x/dec.zip"]
        assert sources["z"]["calendars"][1] == {"path": "c.ics", "owner": "c@ons.example"}
        assert [one["path"] for one in sources["cal"]["calendars"]] == ["b.ics", "d.ics"]
        assert "# the first one" in text
        assert "# hers" in text
        assert tomllib.loads(text)["screen"] == {"order": ["mine"]}

    def test_stays_as_it_is_where_nothing_is_new(self, write: Write, there: Path) -> None:
        write(change("mine", {}, "there"))
        assert there.read_text(encoding="utf-8") == self.TEXT

    def test_keeps_its_line_ends_its_mark_and_its_mode(self, write: Write, file: Path) -> None:
        file.parent.mkdir()
        file.write_bytes(b"\xef\xbb\xbf# mine\r\n[us]\r\nname = 'A'\r\n")
        file.chmod(0o640)
        write(change("crm", {"path": "x"}))
        raw = file.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf# mine\r\n")
        assert raw.count(b"\n") == raw.count(b"\r\n") > 3
        assert stat.S_IMODE(file.stat().st_mode) == 0o640

    def test_may_be_a_link_and_stays_one(self, write: Write, file: Path, tmp_path: Path) -> None:
        file.parent.mkdir()
        (tmp_path / "dotfiles.toml").write_text("# kept elsewhere\n", encoding="utf-8")
        file.symlink_to(tmp_path / "dotfiles.toml")
        write(change("crm", {"path": "x"}))
        assert file.is_symlink()
        assert "[sources.crm]" in (tmp_path / "dotfiles.toml").read_text(encoding="utf-8")

    def test_of_one_line_of_sources_is_left_alone(self, write: Write, file: Path) -> None:
        file.parent.mkdir()
        text = 'sources = { a = { adapter = "ics" } }\n'
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError) as caught:
            write(change("crm", {"path": "x"}))
        assert str(file) in str(caught.value)
        assert file.read_text(encoding="utf-8") == text


class TestWhatWouldNotLoad:
    def test_is_never_written(self, write: Write, file: Path) -> None:
        file.parent.mkdir()
        file.write_text("# mine\n", encoding="utf-8")
        with pytest.raises(SettingsError, match=r"us\.zone: must be a time zone") as caught:
            write(change("crm", {}), us={"zone": "Nowhere/Land"})
        assert str(caught.value).startswith(f"{file}: ")
        assert file.read_text(encoding="utf-8") == "# mine\n"
        assert [one.name for one in file.parent.iterdir()] == ["settings.toml"]

    def test_leaves_no_file_behind_where_there_was_none(self, write: Write, file: Path) -> None:
        with pytest.raises(SettingsError):
            write(change("crm", {}), us={"zone": "Nowhere/Land"})
        assert list(file.parent.iterdir()) == []

    def test_is_what_somebody_else_has_changed_meanwhile(self, write: Write, file: Path) -> None:
        file.parent.mkdir()
        file.write_text("# mine\n", encoding="utf-8")

        def meddle(_draft: Path) -> None:
            file.write_text("# theirs\n", encoding="utf-8")

        with pytest.raises(SettingsError, match="changed by somebody else"):
            write(change("crm", {}), check=meddle)
        assert file.read_text(encoding="utf-8") == "# theirs\n"

    def test_is_what_has_no_place_to_go(self, write: Write, tmp_path: Path) -> None:
        (tmp_path / "config").write_text("a file where a folder should be", encoding="utf-8")
        with pytest.raises(SettingsError, match="cannot be"):
            write(change("crm", {}))


class TestASecret:
    URL = "https://calendar.ons.example/private-0a1b2c3d4e5f/basic.ics"

    def test_lies_in_a_file_of_its_own(self, write: Write) -> None:
        path = write(change("calendar", {"calendars": [{"secret_url": self.URL, "owner": "a@ons.example"}]}))
        text = path.read_text(encoding="utf-8")
        assert "private-0a1b2c3d4e5f" not in text
        (calendar,) = tomllib.loads(text)["sources"]["calendar"]["calendars"]
        assert calendar["secret_url"].startswith("file:secrets/calendar-")
        secret = path.parent / calendar["secret_url"].removeprefix("file:")
        assert secret.read_text(encoding="utf-8").strip() == self.URL
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700

    def test_is_gone_again_if_nothing_was_written(self, write: Write, file: Path) -> None:
        with pytest.raises(SettingsError):
            write(change("calendar", {"calendars": [{"secret_url": self.URL}]}), us={"zone": "Nowhere/Land"})
        assert not file.exists()
        assert list((file.parent / "secrets").iterdir()) == []

    def test_that_is_a_reference_already_stays_one(self, write: Write) -> None:
        path = write(change("calendar", {"calendars": [{"secret_url": "env:MINE"}]}))
        assert 'secret_url = "env:MINE"' in path.read_text(encoding="utf-8")


values = st.recursive(
    st.text()
    | st.text("a \n'\"\\")
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
keys = st.text(string.ascii_lowercase, min_size=1).filter(lambda key: key not in ("adapter", "title", "keep"))


class TestAnyConfig:
    @given(config=st.dictionaries(keys, values, max_size=5))
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_is_read_as_it_was_proposed(self, config: dict[str, Any], write: Write, file: Path) -> None:
        file.unlink(missing_ok=True)
        write(change("crm", config))
        written = tomllib.loads(file.read_bytes().decode())["sources"]["crm"]
        assert {key: value for key, value in written.items() if key != "adapter"} == config

    def test_with_queries_stays_readable(self, write: Write) -> None:
        path = write(change("crm", {"queries": {"account": "SELECT id\nFROM t\n"}}))
        assert "account = '''\nSELECT id\nFROM t\n'''" in path.read_text(encoding="utf-8")
