"""What the documentation says of the kit is what it does."""

from __future__ import annotations

import re
from pathlib import Path

from salesprep.kit.sample import read_sample
from tools.checks import PAGE, page


def test_the_page_is_what_make_checks_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make checks"


def test_the_kit_toml_of_the_page_can_be_read(tmp_path: Path) -> None:
    tables = re.findall(r"```toml\n(.*?)```", page(), re.DOTALL)
    (tmp_path / "kit.toml").write_text(tables[0], encoding="utf-8")
    (tmp_path / "tickets-1.json").write_text("{}", encoding="utf-8")

    sample = read_sample(tmp_path)

    assert sample.customer.ids == ("7",)
    assert sample.answers[0].query == {"domains": "vandijk.example", "after": ""}
    assert sample.zone.key == "Europe/Amsterdam"
