"""Folders that the user alone can look into, whatever had to be made for them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from salesprep.machine import private_folder


@pytest.fixture(autouse=True)
def generous() -> object:
    """Whatever is made otherwise is open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_and_those_made_above_it_are_the_users_alone(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "state" / "figures")
    assert made == tmp_path / "state" / "figures"
    assert [mode(made), mode(made.parent)] == [0o700, 0o700]


def test_one_that_was_open_is_closed_and_what_is_above_it_left(tmp_path: Path) -> None:
    above = tmp_path / "home"
    above.mkdir(mode=0o755)
    (above / "state").mkdir(mode=0o755)
    private_folder(above / "state")
    assert [mode(above), mode(above / "state")] == [0o755, 0o700]


def test_a_file_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="state"):
        private_folder(tmp_path / "state" / "figures")
