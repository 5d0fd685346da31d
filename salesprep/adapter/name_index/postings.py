"""Which names have a block: numbers of names by block, packed, as a table in a SQLite file.

Names come in parts of about :data:`PART`. A row holds the numbers of :data:`_GROUP` blocks in one part, and
the rows of one group lie beside each other: a question reads about as many spots of the file as it has
blocks.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from salesprep.adapter.name_index.blocks import PLACE

PART = 250_000
"""Names. The more, the sooner all are there; the fewer, the sooner is kept what came before time ran out."""

TABLE = "CREATE TABLE posting (slot INTEGER PRIMARY KEY, ends BLOB, numbers BLOB)"
"""``ends``: where each block of the group begins, and the last one ends."""

_GROUP = 32
_MOST_PARTS = 1 << 16
_TELLING, _COMMON = 500, 5_000
"""Names that have a block: up to so many it tells much, up to so many something."""
_WEIGHTS = (4, 2, 1)
_MOST_READ = 30_000
"""Numbers that are counted for one question; the blocks that most names have tell least."""


def put(db: sqlite3.Connection, part: int, by_block: Iterable[tuple[int, array[int]]]) -> None:
    """Write the numbers that a part has, block by block in their order."""
    db.executemany("INSERT INTO posting VALUES (?, ?, ?)", _rows(part, by_block))


def _rows(part: int, by_block: Iterable[tuple[int, array[int]]]) -> Iterator[tuple[int, bytes, bytes]]:
    for group, blocks in groupby(by_block, key=lambda one: one[0] // _GROUP):
        sizes, numbers = [0] * _GROUP, array(PLACE)
        for block, own in blocks:
            sizes[block % _GROUP] = len(own)
            numbers.extend(own)
        ends = array(PLACE, accumulate(sizes, initial=0))
        yield _slot(group * _GROUP, part), ends.tobytes(), numbers.tobytes()


def numbers_with(db: sqlite3.Connection, blocks: Iterable[int]) -> list[int]:
    """Numbers of all names that have one of the blocks."""
    return [number for found in _read(db, blocks).values() for number in found]


def likeliest(db: sqlite3.Connection, blocks: Iterable[int], most: int) -> list[int]:
    """Numbers of the names that have the most, and the most telling, of the blocks: up to ``most``."""
    votes = _votes(_to_count(_read(db, blocks)), most)
    enough = _enough(votes, most)
    ranked = sorted([(-count, number) for number, count in votes.items() if count > enough])
    best = [number for _, number in ranked]
    as_good = sorted([number for number, count in votes.items() if count == enough])
    return best + as_good[: most - len(best)]


def _to_count(read: Mapping[int, array[int]]) -> list[tuple[int, array[int]]]:
    """The blocks that are counted, by what each is worth; those that tell most come first."""
    found: list[tuple[int, array[int]]] = []
    left = _MOST_READ
    for size, _, numbers in sorted((len(numbers), block, numbers) for block, numbers in read.items()):
        left -= size
        if left < 0 and found:
            break
        found.append((_WEIGHTS[(size > _TELLING) + (size > _COMMON)], numbers))
    return found


def _votes(counted: Sequence[tuple[int, array[int]]], most: int) -> Counter[int]:
    votes = Counter[int]()
    to_come = sum(weight for weight, _ in counted)
    closed = False
    for weight, numbers in counted:
        if not closed and len(numbers) > _TELLING:
            # Then no name that comes now is one of the first any more: most of it need not be counted.
            closed = sum([count > to_come for count in votes.values()]) >= most
        to_come -= weight
        votes.update((list(votes.keys() & numbers) if closed else numbers) * weight)
    return votes


def _enough(votes: Counter[int], most: int) -> int:
    """The votes that a name needs to be one of ``most``, or of as many more as have just that number."""
    have = Counter(votes.values())
    above = 0
    for count in sorted(have, reverse=True):
        above += have[count]
        if above >= most:
            return count
    return 0


def _read(db: sqlite3.Connection, blocks: Iterable[int]) -> dict[int, array[int]]:
    found: dict[int, array[int]] = {}
    wanted: dict[int, list[int]] = {}
    for block in set(blocks):
        wanted.setdefault(block - block % _GROUP, []).append(block)
    for first, of_group in wanted.items():
        span = (_slot(first, 0), _slot(first, _MOST_PARTS))
        for ends, numbers in db.execute(
            "SELECT ends, numbers FROM posting WHERE slot >= ? AND slot < ?", span
        ):
            bounds = array(PLACE, ends)
            for block in of_group:
                begin, end = bounds[block - first], bounds[block - first + 1]
                if begin < end:
                    width = bounds.itemsize
                    found.setdefault(block, array(PLACE)).frombytes(numbers[width * begin : width * end])
    return found


def _slot(first: int, part: int) -> int:
    return first // _GROUP * _MOST_PARTS + part
