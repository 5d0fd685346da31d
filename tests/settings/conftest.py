"""A machine with a place for each layer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from salesprep.settings import Settings, SettingsError, load
from salesprep.settings.trust import offered, trust


@dataclass
class World:
    """Where each layer lies; nothing is there until it is written."""

    root: Path
    version: str = "1.4.0"

    @property
    def company(self) -> Path:
        return self.root / "etc" / "settings.toml"

    @property
    def team(self) -> Path:
        return self.root / "share" / "team.toml"

    @property
    def person(self) -> Path:
        return self.root / "me" / "settings.toml"

    @property
    def here(self) -> Path:
        """The current folder."""
        return self.root / "here"

    @property
    def state(self) -> Path:
        return self.root / "state"

    def write(self, file: Path, text: str) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def load(
        self,
        environ: dict[str, str] | None = None,
        *,
        explicit: Path | None = None,
        sample: Path | None = None,
    ) -> Settings:
        self.here.mkdir(exist_ok=True)
        return load(
            environ or {},
            explicit=explicit,
            person=self.person,
            company=self.company,
            state=self.state,
            sample=sample,
            folder=self.here,
            version=self.version,
        )

    def refusal(
        self, environ: dict[str, str] | None = None, *, explicit: Path | None = None
    ) -> SettingsError:
        """What is said where settings cannot be used: one line."""
        with pytest.raises(SettingsError) as caught:
            self.load(environ, explicit=explicit)
        assert str(caught.value).isprintable()
        return caught.value

    def trust(self, folder: Path) -> None:
        trust(self.state, offered(folder), datetime(2026, 11, 23, 12, tzinfo=UTC))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def given_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a file or folder somebody else's."""

    def give(path: Path) -> None:
        if os.getuid() == 0:
            os.chown(path, 12345, -1)
        else:
            monkeypatch.setattr("os.getuid", lambda: path.stat().st_uid + 1)

    return give
