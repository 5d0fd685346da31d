"""Anna decides who is who, with commands that run in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli import here, run
from tests.cli.link.said import Said, Type


@pytest.fixture
def file(own_machine: Path) -> Path:
    """Where her decisions are kept."""
    return own_machine / "state" / "links.toml"


@pytest.fixture
def types(one: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Anna types a command."""

    def of(*words: str, settings: Path = one) -> Said:
        code = run([*words, "--settings", str(settings)])
        return Said(code, *capsys.readouterr())

    return of


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Anna sits at a terminal and is going to type these lines."""

    def given(lines: str) -> None:
        monkeypatch.setattr(here, "is_terminal", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))

    return given
