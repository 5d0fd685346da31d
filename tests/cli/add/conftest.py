"""Where somebody sets salesprep up: with the real adapters, or with two that stand in for them."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from salesprep.cli import run
from tests.cli.add.desk import Desk, Run
from tests.cli.add.stand_ins import EXPORT, MANIFEST, SHEET, calendar


@pytest.fixture
def newcomer(own_machine: Path, tmp_path: Path, cli: Run, terminal: Run) -> Desk:
    """Has no settings yet; the adapters are the real ones."""
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    return Desk(own_machine, downloads, cli, terminal)


@pytest.fixture
def desk(newcomer: Desk, tmp_path: Path) -> Desk:
    """Has two adapters of their own, which stand in for the real ones."""
    folder = tmp_path / "adapters"
    for name, code in (("sheet", SHEET), ("export", EXPORT)):
        (folder / name).mkdir(parents=True)
        (folder / name / "adapter.toml").write_text(MANIFEST.format(name=name), encoding="utf-8")
        (folder / name / "adapter.py").write_text(code, encoding="utf-8")
    newcomer.file.parent.mkdir(parents=True)
    newcomer.file.write_text(f'# mine\n[adapters]\nfolders = ["{folder}"]\n', encoding="utf-8")
    return newcomer


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, without a terminal: ten times as fast as one of its own."""
    # The log takes the process's warnings for itself.
    monkeypatch.setattr("salesprep.cli.log.start", lambda _environ: None)

    def do(*arguments: object, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        for name, value in (environ or {}).items():
            monkeypatch.setenv(name, value)
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess([], int(code), out, err)

    return do


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A table, an export and a calendar among the downloads."""
    for age, (name, text) in enumerate(
        [
            ("accounts.xlsx", "SHEET\nAccount;Plaats;Website\n"),
            ("Basic_LinkedInDataExport_11-21-2026.zip", "EXPORT"),
            ("agenda.ics", calendar()),
            ("holiday.jpg", "\x00\x01"),
        ]
    ):
        when = time.time() - 100 * age
        os.utime(desk.put(name, text), (when, when))
    return desk
