"""The whole program over the sample, on a day that stands still: the real commands, adapters and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

import salesprep
from salesprep.cli import run, workspace
from salesprep.machine import dirs
from salesprep.sample import ZONE, lay_out

SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)


class Saturday(datetime):
    """A clock on which the sample stands at Monday 23 November, 13:21."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return SATURDAY.astimezone(tz)


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def panel(self, source: str) -> Any:
        """One panel of a briefing in JSON."""
        return next(panel for panel in self.json["panels"] if panel["source"] == source)


Rep = Callable[..., Said]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Rep:
    """A command as it is typed, with the user's own settings. Of an earlier one nothing is left but what
    lies on the disk."""

    def types(*words: str) -> Said:
        capfd.readouterr()
        code = run(words)
        return Said(int(code), *capfd.readouterr())

    return types


@pytest.fixture
def rep(monkeypatch: pytest.MonkeyPatch, command: Rep) -> Rep:
    """A rep at the keyboard: ``rep("brief", "Kaas & Co", width=80)``."""
    monkeypatch.setattr(workspace, "datetime", Saturday)
    settings = Path(salesprep.__file__).parents[1] / "settings.toml"

    def types(*words: str, width: int = 80, settings: Path = settings) -> Said:
        monkeypatch.setenv("COLUMNS", str(width))
        return command(*words, "--settings", str(settings))

    return types


@pytest.fixture
def sample(own_machine: Path) -> Path:
    """The folder of the sample that the commands are going to read: ``crm.sqlite``, ``calendars/``."""
    return lay_out(dirs().cache, SATURDAY).folder
