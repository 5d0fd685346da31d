"""Which files somebody else could change, and files that are replaced as a whole."""

from __future__ import annotations

import grp
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep import machine


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.touch(0o600)
    return file


@pytest.fixture
def group(file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, list[str]], None]:
    """Gives the file to a group of that name with these members."""

    def of(name: str, members: list[str]) -> None:
        if os.getuid() == 0:
            os.chown(file, -1, 12345)
        monkeypatch.setattr(grp, "getgrgid", lambda number: grp.struct_group((name, "x", number, members)))

    return of


def me() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


class TestAFileOfOnesOwn:
    def test_is_changed_by_nobody_else(self, file: Path) -> None:
        assert not machine.others_may_write(file)
        file.chmod(0o644)
        assert not machine.others_may_write(file)

    def test_that_everybody_may_write_is(self, file: Path) -> None:
        file.chmod(0o646)
        assert machine.others_may_write(file)

    def test_that_a_shared_group_may_write_is(
        self, file: Path, group: Callable[[str, list[str]], None]
    ) -> None:
        group("sales", [])
        file.chmod(0o660)
        assert machine.others_may_write(file)
        file.chmod(0o640)
        assert not machine.others_may_write(file)

    def test_may_belong_to_the_users_private_group(
        self, file: Path, group: Callable[[str, list[str]], None]
    ) -> None:
        file.chmod(0o664)
        group(me(), [])
        assert not machine.others_may_write(file)
        group(me(), [me(), "jan"])
        assert machine.others_may_write(file)

    def test_may_not_belong_to_a_group_that_nobody_knows(
        self, file: Path, group: Callable[[str, list[str]], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unknown(number: int) -> grp.struct_group:
            raise KeyError(number)

        group("any", [])
        monkeypatch.setattr(grp, "getgrgid", unknown)
        file.chmod(0o660)
        assert machine.others_may_write(file)


class TestAFileOfSomebodyElse:
    def test_is_changed_by_its_owner(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if os.getuid() == 0:
            os.chown(file, 12345, -1)
        else:
            monkeypatch.setattr("os.getuid", lambda: file.stat().st_uid + 1)
        assert machine.others_may_write(file)

    def test_is_as_good_as_ones_own_if_it_is_roots(self) -> None:
        assert not machine.others_may_write(Path("/"))


class TestAReplacedFile:
    def test_is_its_users_alone_and_so_is_its_folder(self, tmp_path: Path) -> None:
        file = tmp_path / "state" / "trusted.json"
        machine.replace_file(file, "one\n")
        machine.replace_file(file, "two é\n")
        assert file.read_text(encoding="utf-8") == "two é\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert [one.name for one in file.parent.iterdir()] == ["trusted.json"]

    def test_stays_as_it_was_if_it_cannot_be_written(self, tmp_path: Path) -> None:
        file = tmp_path / "kept"
        machine.replace_file(file, "old")
        with pytest.raises(UnicodeEncodeError):
            machine.replace_file(file, "\ud800")
        assert file.read_text(encoding="utf-8") == "old"
        assert [one.name for one in tmp_path.iterdir()] == ["kept"]


class TestTheCompanysFolder:
    def test_is_moved_by_no_variable(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        before = machine.company_folder()
        for name in ("SALESPREP_HOME", "SALESPREP_COMPANY", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        assert machine.company_folder() == before
        assert not before.is_relative_to(tmp_path)
