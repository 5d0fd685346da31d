"""The kept index: gone on with, made anew, thrown away, and never in the way of an answer."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from salesprep.adapter import DeadlineExceeded
from salesprep.adapter.name_index import NameIndex, Row, kept, postings, remove


def _nothing() -> None:
    """Time is never over."""


def _rows(count: int, after: int = 0) -> Iterator[Row]:
    return (Row(n, n, (f"firm {n} of many",)) for n in range(after + 1, count + 1))


def _opened(path: Path, state: str = "state") -> NameIndex:
    index = NameIndex.open(path, state)
    assert index is not None
    return index


def _found(index: NameIndex, name: str) -> list[str | int]:
    return [near.key for near in index.near((name,), 1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.names"


@pytest.fixture
def whole(path: Path) -> Path:
    """An index of 2,000 names."""
    with closing(_opened(path)) as index:
        index.fill(_rows(2_000), _nothing)
    return path


@pytest.fixture
def time_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Callable[[], None]]:
    """Time is over after so many looks at the clock, one for every hundred names."""
    monkeypatch.setattr(kept, "_STEP", 100)

    def make(looks: int) -> Callable[[], None]:
        left = looks

        def still() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise DeadlineExceeded("no answer in time")

        return still

    return make


class TestWhatIsKept:
    def test_is_for_its_owner_alone(self, whole: Path) -> None:
        assert stat.S_IMODE(whole.stat().st_mode) == 0o600
        assert list(whole.parent.iterdir()) == [whole]

    def test_is_not_read_again(self, whole: Path) -> None:
        with closing(_opened(whole)) as index:
            assert index.whole
            assert _found(index, "firm 1234 of many") == [1234]

    def test_of_another_state_is_gone_with_the_names_in_it(self, whole: Path) -> None:
        with closing(_opened(whole, "another")) as index:
            assert not index.whole
            index.fill((row for row in _rows(2_000) if row.key != 1234), _nothing)
            assert _found(index, "firm 1235 of many") == [1235]
            assert 1234 not in [near.key for near in index.near(("firm 1234 of many",))]
        assert b"firm 1234 of" not in whole.read_bytes()
        assert b"firm 1235 of" in whole.read_bytes()

    def test_of_another_form_is_made_anew(self, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept, "VERSION", kept.VERSION + 1)
        with closing(_opened(whole)) as index:
            assert not index.whole
            assert index.position == 0

    def test_that_is_taken_away_leaves_nothing(self, whole: Path) -> None:
        remove(whole)
        remove(whole)
        assert list(whole.parent.iterdir()) == []


class TestWhenTimeRunsOut:
    def test_it_goes_on_where_it_stopped(
        self, path: Path, time_for: Callable[[int], Callable[[], None]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postings, "PART", 300)
        positions = []
        for looks in (4, 7, 50):
            with closing(_opened(path)) as index:
                positions.append(index.position)
                try:
                    index.fill(_rows(2_000, after=index.position), time_for(looks))
                except DeadlineExceeded:
                    assert not index.whole
        assert positions == [0, 401, 1102]
        with closing(_opened(path)) as index:
            assert index.whole
            for number in (1, 400, 401, 402, 1102, 1103, 2_000):
                assert _found(index, f"firm {number} of many") == [number]

    def test_what_is_there_already_is_found(
        self, path: Path, time_for: Callable[[int], Callable[[], None]]
    ) -> None:
        with closing(_opened(path)) as index:
            with pytest.raises(DeadlineExceeded):
                index.fill(_rows(2_000), time_for(5))
            assert _found(index, "firm 77 of many") == [77]


class TestWhenTheSourceBreaksOff:
    def test_what_came_since_the_last_part_is_read_again(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postings, "PART", 600)
        monkeypatch.setattr(kept, "_STEP", 100)

        def rows() -> Iterator[Row]:
            for row in _rows(2_000):
                if row.key == 1_500:
                    raise OSError("gone")
                yield row

        with closing(_opened(path)) as index:
            with pytest.raises(OSError, match="gone"):
                index.fill(rows(), _nothing)
            assert not index.whole
            assert index.position == 1_201
            assert index.fill(_rows(2_000, after=index.position), _nothing)
            for number in (1, 700, 1_499, 1_500, 2_000):
                assert _found(index, f"firm {number} of many") == [number]
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT count(*), count(DISTINCT key) FROM entry").fetchone() == (2_000, 2_000)


class TestADamagedFile:
    @pytest.mark.parametrize("damage", ["garbage", "empty", "cut", "other"])
    def test_is_made_anew(self, damage: str, whole: Path) -> None:
        if damage == "garbage":
            whole.write_bytes(b"no database" * 1000)
        elif damage == "empty":
            whole.write_bytes(b"")
        elif damage == "cut":
            whole.write_bytes(whole.read_bytes()[:3_000])
        else:
            whole.unlink()
            with closing(sqlite3.connect(whole)) as other:
                other.execute("CREATE TABLE progress (version TEXT)")
                other.commit()
        index = NameIndex.open(whole, "state")
        if damage == "other":
            # Somebody's file that no index can be in: done without.
            assert index is None
            return
        assert index is not None
        with closing(index):
            assert not index.whole
            index.fill(_rows(20), _nothing)
            assert _found(index, "firm 7 of many") == [7]

    def test_within_says_so_and_does_not_crash(self, whole: Path) -> None:
        content = bytearray(whole.read_bytes())
        for at in range(8_192, len(content), 512):
            content[at : at + 64] = b"\xff" * 64
        whole.write_bytes(content)
        index = NameIndex.open(whole, "state")
        if index is not None:
            with closing(index), pytest.raises((sqlite3.DatabaseError, AssertionError)):
                assert _found(index, "firm 1234 of many") == [1234]


class TestTwoProcesses:
    def test_do_not_both_build(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept, "_WAIT", 0.01)
        with closing(_opened(path)) as first, closing(_opened(path)) as second:

            def rows() -> Iterator[Row]:
                for row in _rows(500):
                    if row.key == 250:
                        assert not second.fill(_rows(500), _nothing)
                    yield row

            assert first.fill(rows(), _nothing)
            assert first.whole
        with closing(_opened(path)) as third:
            assert third.whole
            assert _found(third, "firm 251 of many") == [251]

    def test_look_at_once(self, whole: Path) -> None:
        with closing(_opened(whole)) as first, closing(_opened(whole)) as second:
            assert _found(first, "firm 3 of many") == _found(second, "firm 3 of many") == [3]

    def test_one_that_builds_does_not_stop_another(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept, "_WAIT", 0.01)
        with closing(_opened(path)) as first:
            seen: list[object] = []

            def rows() -> Iterator[Row]:
                for row in _rows(200):
                    if row.key == 100:
                        seen.append(NameIndex.open(path, "state"))
                    yield row

            first.fill(rows(), _nothing)
        assert seen == [None]


class TestAClosedFolder:
    def test_is_done_without(self, tmp_path: Path) -> None:
        assert NameIndex.open(tmp_path / "gone" / "some.names", "state") is None
