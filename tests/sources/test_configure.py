"""An admin writes settings: mistakes name file, table, key and mend, and repeat no value."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import pytest

from salesprep.adapter import ConfigInvalid
from salesprep.adapter.config import Config, LocalPath, Secret
from salesprep.settings import Source
from salesprep.sources.configure import configure


class Login(Config):
    user: str = "anna"
    token: Secret | None = None


class Calendar(Config):
    path: LocalPath | None = None
    secret_url: Secret | None = None


class Wiki(Config):
    database: LocalPath | None = None
    mode: Literal["fast", "whole"] = "fast"
    rows: int = 10
    password: Secret | None = None
    login: Login | None = None
    calendars: list[Calendar] = []  # noqa: RUF012 - pydantic copies it

    def model_post_init(self, _: Any) -> None:
        if self.rows == 0:
            raise ConfigInvalid("rows must leave something to show", field="rows")
        if self.rows < 0:
            raise ValueError("s3cret -4711")


SECRETS = ("password", "login.token", "calendars.secret_url")


def read(folder: Path, environ: dict[str, str] | None = None, **table: object) -> Any:
    source = Source("wiki", "wiki", "WIKI", table, folder / "settings.toml")
    config, filled = configure(
        source,
        Wiki,
        adapter="wiki",
        secrets=SECRETS,
        environ=environ or {},
        roots={"sample": folder / "laid-out"},
    )
    assert source.config == table, "the settings themselves stay as they are"
    return config, filled


def refused(folder: Path, environ: dict[str, str] | None = None, **table: object) -> ConfigInvalid:
    with pytest.raises(ConfigInvalid) as caught:
        read(folder, environ, **table)
    error = caught.value
    assert f"{folder / 'settings.toml'}: [sources.wiki]" in error.what
    assert error.mend
    for value in ("s3cret", "4711"):
        assert value not in f"{error.what} {error.mend} {error.__cause__!r}"
    return error


class TestKeys:
    def test_unknown_one_names_the_nearest(self, tmp_path: Path) -> None:
        error = refused(tmp_path, databse="s3cret")
        assert 'has an unknown key "databse"' in error.what
        assert error.mend == 'write "database"'

    def test_unknown_one_in_a_table_of_a_list(self, tmp_path: Path) -> None:
        error = refused(tmp_path, calendars=[{}, {"pth": "s3cret"}])
        assert 'unknown key "calendars[2].pth"' in error.what
        assert error.mend == 'write "path"'

    def test_unknown_one_like_no_other_lists_those_that_there_are(self, tmp_path: Path) -> None:
        error = refused(tmp_path, zzzzz="s3cret")
        assert error.mend is not None
        assert error.mend.startswith("remove it; there are database, mode, rows")

    @pytest.mark.parametrize(
        ("table", "said"),
        [
            ({"rows": "s3cret"}, 'key "rows" must be a whole number'),
            ({"rows": 4711.5}, 'key "rows" must be a whole number'),
            ({"mode": "s3cret"}, 'key "mode" must be one of "fast", "whole"'),
            ({"login": "s3cret"}, 'key "login" must be a table'),
            ({"login": {"user": 4711}}, 'key "login.user" must be a text'),
            ({"calendars": {"s3cret": 1}}, 'key "calendars" must be a list'),
            ({"rows": -4711}, "is not accepted as a whole"),
            ({"rows": "s3cret", "mode": 4711}, "(and 1 more)"),
        ],
    )
    def test_wrong_value_says_what_is_expected(
        self, tmp_path: Path, table: dict[str, Any], said: str
    ) -> None:
        assert said in refused(tmp_path, **table).what

    def test_refusal_of_the_adapters_own_is_passed_on(self, tmp_path: Path) -> None:
        error = refused(tmp_path, rows=0)
        assert error.what.endswith("[sources.wiki]: rows must leave something to show")


class TestPaths:
    def test_are_relative_to_the_settings_file(self, tmp_path: Path) -> None:
        assert read(tmp_path, database="data/crm.sqlite")[0].database == tmp_path / "data/crm.sqlite"

    def test_may_begin_at_a_named_root(self, tmp_path: Path) -> None:
        assert read(tmp_path, database="sample:crm.sqlite")[0].database == tmp_path / "laid-out/crm.sqlite"


class TestSecrets:
    def test_come_from_a_variable(self, tmp_path: Path) -> None:
        config, table = read(tmp_path, {"WIKI_PASSWORD": "s3cret"}, password="env:WIKI_PASSWORD")
        assert config.password.get_secret_value() == "s3cret"
        assert table["password"] == "s3cret"
        assert "s3cret" not in repr(config)

    def test_come_from_a_private_file(self, tmp_path: Path) -> None:
        path = tmp_path / "token"
        path.write_text("s3cret\n")
        path.chmod(0o600)
        config, _ = read(tmp_path, login={"token": "file:token"})
        assert config.login.token.get_secret_value() == "s3cret"

    def test_are_found_in_every_table_of_a_list(self, tmp_path: Path) -> None:
        calendars = [{"secret_url": "env:A"}, {}, {"secret_url": "env:B"}]
        config, _ = read(tmp_path, {"A": "one", "B": "two"}, calendars=calendars)
        urls = [one.secret_url and one.secret_url.get_secret_value() for one in config.calendars]
        assert urls == ["one", None, "two"]

    @pytest.mark.parametrize("value", ["s3cret", "", 4711, "env:", "https:s3cret", ["s3cret"]])
    def test_written_out_are_refused(self, tmp_path: Path, value: object) -> None:
        error = refused(tmp_path, password=value)
        assert "must be a reference" in error.what
        assert 'key "password' in error.what

    def test_in_a_list_name_the_entry(self, tmp_path: Path) -> None:
        error = refused(tmp_path, calendars=[{}, {"secret_url": "https://s3cret.example"}])
        assert error.field == "calendars[2].secret_url"

    def test_in_a_variable_that_is_not_set(self, tmp_path: Path) -> None:
        assert (
            "variable WIKI_PASSWORD, which is not set" in refused(tmp_path, password="env:WIKI_PASSWORD").what
        )

    def test_put_in_place_of_a_variables_name_are_not_repeated(self, tmp_path: Path) -> None:
        assert "variable that is not set" in refused(tmp_path, password="env:s3cret").what

    def test_in_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert "cannot be read (FileNotFoundError)" in refused(tmp_path, password="file:s3cret").what

    @pytest.mark.parametrize(
        ("content", "said"), [(b"", "a file that is empty"), (b"\xff\xfe", "a file that is no text")]
    )
    def test_in_a_file_without_one(self, tmp_path: Path, content: bytes, said: str) -> None:
        path = tmp_path / "token"
        path.write_bytes(content)
        path.chmod(0o600)
        assert said in refused(tmp_path, password="file:token").what

    def test_in_something_that_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        assert "something that is no file" in refused(tmp_path, password="file:folder").what

    if sys.platform != "win32":

        @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
        def test_in_a_file_that_others_can_read(self, tmp_path: Path, mode: int) -> None:
            path = tmp_path / "token"
            path.write_text("s3cret")
            path.chmod(mode)
            error = refused(tmp_path, password="file:token")
            assert "a file that others can read" in error.what
            assert error.mend == "make it private: chmod 600"
