"""An adapter's own settings: strict, relative to the settings file, silent about secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from salesprep.adapter.config import Config, LocalPath, Secret


class Wiki(Config):
    """What a test's adapter is configured with."""

    path: LocalPath | None = None
    """Where the pages lie."""
    token: Secret | None = None
    limit: int = 10


def read(table: dict[str, Any], **roots: Path) -> Wiki:
    return Wiki.model_validate(table, context=roots)


class TestALocalPath:
    def test_starts_at_the_folder_of_the_settings_file(self, tmp_path: Path) -> None:
        assert read({"path": "wiki/pages"}, settings=tmp_path).path == tmp_path / "wiki" / "pages"

    def test_that_is_absolute_stays(self, tmp_path: Path) -> None:
        assert read({"path": str(tmp_path / "a")}, settings=Path("/elsewhere")).path == tmp_path / "a"

    def test_may_start_at_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))

        assert read({"path": "~/pages"}, settings=Path("/elsewhere")).path == tmp_path / "pages"

    def test_at_a_home_that_nobody_has_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="nobody has that home"):
            read({"path": "~nobody-here-by-this-name/pages"})

    def test_may_start_at_a_named_root(self, tmp_path: Path) -> None:
        roots = {"settings": Path("/elsewhere"), "sample": tmp_path}

        assert read({"path": "sample:crm.sqlite"}, **roots).path == tmp_path / "crm.sqlite"

    def test_with_a_colon_that_is_no_root_is_a_plain_name(self, tmp_path: Path) -> None:
        assert read({"path": "a:b"}, settings=tmp_path).path == tmp_path / "a:b"

    def test_that_is_no_text_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            read({"path": 3})


class TestStrictness:
    def test_an_unknown_key_is_refused(self) -> None:
        with pytest.raises(ValidationError) as caught:
            read({"limits": 3})

        assert caught.value.errors()[0]["type"] == "extra_forbidden"

    @pytest.mark.parametrize("value", ["10", 10.0, True])
    def test_nothing_is_guessed_to_be_a_number(self, value: object) -> None:
        with pytest.raises(ValidationError):
            read({"limit": value})

    def test_nothing_changes_afterwards(self) -> None:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(read({}), "limit", 3)  # noqa: B010 - mypy refuses the plain assignment

    def test_the_docstring_under_a_field_describes_it(self) -> None:
        assert Wiki.model_fields["path"].description == "Where the pages lie."


class TestASecret:
    def test_is_never_printed(self) -> None:
        config = read({"token": "s3cret"})

        assert config.token is not None
        assert config.token.get_secret_value() == "s3cret"
        assert "s3cret" not in f"{config!r} {config} {config.model_dump()} {config.model_dump_json()}"

    def test_is_not_in_the_message_about_another_key(self) -> None:
        with pytest.raises(ValidationError) as caught:
            read({"token": "s3cret", "limit": "also-s3cret", "s3cret_key": 1})

        assert "also-s3cret" not in str(caught.value)
        assert "'s3cret'" not in str(caught.value)
