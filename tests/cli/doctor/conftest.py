"""The doctor, asked in this process; and all that it found, by area and name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit


@dataclass
class Told:
    """What the doctor said as JSON."""

    code: Exit
    document: dict[str, Any]

    def of(self, area: str, name: str | None = None) -> list[dict[str, Any]]:
        """The findings of an area, or those of one name in it."""
        return [f for f in self.document["findings"] if f["area"] == area and name in (None, f["name"])]

    def one(self, area: str, name: str) -> dict[str, Any]:
        """The only finding of its name."""
        (found,) = self.of(area, name)
        return dict(found)

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is to be mended, by area and name."""
        return [(f["area"], f["name"]) for f in self.document["findings"] if f["outcome"] == "fail"]


Doctor = Callable[..., Told]


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    def asked(*arguments: object) -> Told:
        code = run(["doctor", "--format", "json", *map(str, arguments)])
        return Told(code, json.loads(capsys.readouterr().out))

    return asked
