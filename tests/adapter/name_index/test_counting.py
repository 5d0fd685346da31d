"""What a question counts tells the names with the most in common, though not all are counted."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter.name_index import postings

Blocks = Mapping[int, Set[int]]
BLOCKS = st.dictionaries(
    st.integers(0, 200), st.sets(st.integers(0, 1 << 20) | st.integers(0, 30), min_size=1), max_size=12
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(postings.TABLE)
        yield db


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few names are many."""
    monkeypatch.setattr(postings, "_TELLING", 3)
    monkeypatch.setattr(postings, "_COMMON", 6)


def put(db: sqlite3.Connection, blocks: Blocks, part: int = 0) -> None:
    db.execute("DELETE FROM posting")
    add(db, blocks, part)


def add(db: sqlite3.Connection, blocks: Blocks, part: int) -> None:
    postings.put(db, part, ((block, array("I", sorted(blocks[block]))) for block in sorted(blocks)))


def counted_one_by_one(blocks: Blocks, most: int) -> list[int]:
    votes = Counter[int]()
    for numbers in blocks.values():
        for number in numbers:
            votes[number] += 4 if len(numbers) <= 3 else 2 if len(numbers) <= 6 else 1
    return sorted(votes, key=lambda number: (-votes[number], number))[:most]


@pytest.mark.usefixtures("small")
class TestTheLikeliest:
    @given(blocks=BLOCKS, most=st.integers(1, 20))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_are_those_that_counting_all_would_tell(
        self, blocks: Blocks, most: int, db: sqlite3.Connection
    ) -> None:
        put(db, blocks)
        assert postings.likeliest(db, blocks, most) == counted_one_by_one(blocks, most)

    def test_are_told_though_a_common_block_is_not_read_through(self, db: sqlite3.Connection) -> None:
        blocks = {1: {7, 8}, 2: {7, 9}, 3: set(range(5, 2_000)), 4: {8, *range(3_000, 4_000)}}
        put(db, blocks)
        assert postings.likeliest(db, blocks, 3) == [7, 8, 9]

    def test_come_from_all_parts(self, db: sqlite3.Connection) -> None:
        put(db, {5: {1, 2}, 90: {2}})
        add(db, {5: {300_000}, 90: {300_000, 300_001}}, part=1)
        assert postings.likeliest(db, (5, 90), 10) == [2, 300_000, 1, 300_001]
        assert sorted(postings.numbers_with(db, (90,))) == [2, 300_000, 300_001]
        assert postings.likeliest(db, (6,), 10) == []
