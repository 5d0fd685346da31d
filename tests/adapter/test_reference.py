"""The reference of the adapters says what they say of themselves."""

from __future__ import annotations

import re

from salesprep.adapter.manifest import read_manifest
from salesprep.sources import find_adapters
from salesprep.sources.load import load_class
from tools import levels, reference


def test_is_written_from_the_adapters_as_they_are() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "make reference"


def test_has_every_adapter_and_every_key_with_what_it_is() -> None:
    sections = re.split(r"^## ", reference.page(), flags=re.MULTILINE)[1:]
    told = {section.partition("\n")[0]: section for section in sections}

    assert set(told) == {read_manifest(folder / "adapter.toml").name for folder in levels.adapters()}
    for name, section in told.items():
        model = load_class(find_adapters(()).installed[name]).Config
        for key, field in model.model_fields.items():
            (row,) = re.findall(rf"^\| `{field.alias or key}` \|(.*)$", section, re.MULTILINE)
            assert ("| needed |" in row) is field.is_required()
            assert not row.endswith("|  |"), f"{name}: {key} has no docstring"
