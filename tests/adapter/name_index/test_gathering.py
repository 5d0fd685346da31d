"""Many names at once: their blocks are those of each by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter.name_index import NameIndex, Row
from salesprep.adapter.name_index.blocks import Gathering
from salesprep.adapter.names import fold

Names = st.lists(st.text(max_size=30).map(fold), max_size=12)


def blocks(*names: str) -> dict[int, set[int]]:
    """Each block with the places of the names that have it."""
    gathered = Gathering()
    gathered.add(names)
    return {block: set(places) for block, places in gathered.by_block()}


class TestManyNames:
    @given(Names)
    def test_have_the_blocks_that_each_has_by_itself(self, names: list[str]) -> None:
        together = blocks(*names)
        for place, name in enumerate(names):
            assert {block for block, places in together.items() if place in places} == set(blocks(name))

    def test_come_in_the_order_of_their_blocks(self) -> None:
        gathered = Gathering()
        gathered.add(["van dijk machinebouw"])
        gathered.mark(0, ("1042", "vandijk.example"))
        in_order = [block for block, _ in gathered.by_block()]
        assert in_order == sorted(set(in_order))

    def test_are_told_apart_however_they_come(self) -> None:
        gathered = Gathering()
        gathered.add(["van dijk machinebouw", "acme"], 70_000)
        gathered.add(["acme holding"], 200_000)
        found = {frozenset(places) for _, places in gathered.by_block()}
        assert {frozenset({70_000}), frozenset({70_001, 200_000})} <= found


def test_a_whole_index_finds_a_name_without_looking_through_all(tmp_path: Path) -> None:
    index = NameIndex.open(tmp_path / "index", "state")
    assert index is not None
    with closing(index):
        index.fill([Row(1, 1, ("van dijk machinebouw",))], lambda: None)
    with closing(sqlite3.connect(tmp_path / "index")) as db:
        plan = db.execute("EXPLAIN QUERY PLAN SELECT n FROM entry WHERE name = 'van dijk'").fetchall()
    assert all("by_name" in step[-1] for step in plan)
