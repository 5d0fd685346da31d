"""What the admin may write, and what they are told if it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import ConfigInvalid


class TestSettings:
    def test_need_a_folder_alone(self, tmp_path: Path) -> None:
        config = WikiConfig.model_validate({"folder": "wiki"}, context={"settings": tmp_path})
        assert config.folder == tmp_path / "wiki"
        assert config.extensions == (".md", ".markdown")
        assert config.customer_keys == ("customer", "klant", "account", "kunde", "client")

    @pytest.mark.parametrize(
        "settings",
        [{}, {"folder": 1}, {"folder": "x", "foldr": "y"}, {"folder": "x", "customer_folders": "klanten"}],
    )
    def test_of_another_form_are_refused(self, settings: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            WikiConfig.model_validate(settings)

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("link", "ftp://x.example/{path}"),
            ("link", "https://user@x.example/{path}"),
            ("link", "https://x.example/"),
            ("link", "https://x.example/{path"),
            ("link", "https://x.example/{id}"),
            ("link", "https://{path}"),
            ("link", "javascript:{path}"),
            ("customer_folders", ["../klanten"]),
            ("customer_folders", ["/klanten"]),
            ("customer_folders", ["~/klanten"]),
            ("customer_folders", [""]),
            ("extensions", []),
            ("extensions", ["md"]),
        ],
    )
    def test_that_cannot_work_name_their_key_and_what_to_write(self, key: str, value: object) -> None:
        with pytest.raises(ConfigInvalid) as raised:
            WikiConfig.model_validate({"folder": "x", key: value})
        assert raised.value.field == key
        assert raised.value.mend

    def test_of_folders_may_be_written_with_any_slash(self) -> None:
        config = WikiConfig.model_validate({"folder": "x", "customer_folders": ["./sales\\klanten/"]})
        assert config.customer_folders == ("sales/klanten",)
