"""Which names have a block: numbers of names by block, packed, as a table in a SQLite file.

Names come in parts of at most :data:`PART`, so that a name's place within its part has two bytes. A row
holds the places of :data:`_GROUP` blocks in one part, and the rows of one group lie beside each other: a
question reads about as many spots of the file as it has blocks.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

PART = 50_000
"""Names; fewer than two bytes can count."""
PLACES = 1 << 16
"""The number of a name is that of its part times this, and its place within the part."""

TABLE = "CREATE TABLE posting (slot INTEGER PRIMARY KEY, sizes BLOB, places BLOB)"

_GROUP = 128
_MOST_PARTS = 1 << 16
_TELLING, _COMMON = 500, 5_000
"""Names that have a block: up to so many it tells much, up to so many something."""
_WEIGHTS = (4, 2, 1)
_MOST_READ = 30_000
"""Places that are counted for one question; the blocks that most names have tell least."""


def put(db: sqlite3.Connection, number: int, by_block: Iterable[tuple[int, array[int]]]) -> None:
    """Write the places of the part of that number, block by block in their order."""
    db.executemany("INSERT INTO posting VALUES (?, ?, ?)", _rows(number, by_block))


def _rows(number: int, by_block: Iterable[tuple[int, array[int]]]) -> Iterator[tuple[int, bytes, bytes]]:
    for group, blocks in groupby(by_block, key=lambda one: one[0] // _GROUP):
        sizes, places = array("H", bytes(2 * _GROUP)), array("H")
        for block, own in blocks:
            sizes[block % _GROUP] = len(own)
            places.extend(own)
        yield _slot(group * _GROUP, number), sizes.tobytes(), places.tobytes()


@dataclass(frozen=True, slots=True)
class _Places:
    """The places that one part has of a block."""

    part: int
    places: bytes

    def __len__(self) -> int:
        return len(self.places) // 2


def numbers_with(db: sqlite3.Connection, blocks: Iterable[int]) -> list[int]:
    """Numbers of all names that have one of the blocks."""
    return [
        one.part * PLACES + place
        for found in _read(db, blocks).values()
        for one in found
        for place in array("H", one.places)
    ]


def likeliest(db: sqlite3.Connection, blocks: Iterable[int], most: int) -> list[int]:
    """Numbers of the names that have the most, and the most telling, of the blocks: up to ``most``."""
    by_part: dict[int, array[int]] = {}
    left = _MOST_READ
    read = sorted((sum(map(len, found)), block, found) for block, found in _read(db, blocks).items())
    for rank, (size, _block, found) in enumerate(read):
        left -= size
        if left < 0 and rank:
            break
        weight = _WEIGHTS[(size > _TELLING) + (size > _COMMON)]
        for one in found:
            by_part.setdefault(one.part, array("H")).frombytes(one.places * weight)
    votes = {part: Counter(places) for part, places in by_part.items()}
    enough = _enough(votes.values(), most)
    ranked = [
        (-count, part * PLACES + place)
        for part, counted in votes.items()
        for place, count in counted.items()
        if count >= enough
    ]
    ranked.sort()
    return [number for _, number in ranked[:most]]


def _enough(votes: Iterable[Mapping[int, int]], most: int) -> int:
    """The votes that a name needs to be one of ``most``, or of as many more as have just that number."""
    have = Counter[int]()
    for counted in votes:
        have.update(counted.values())
    above = 0
    for count in sorted(have, reverse=True):
        above += have[count]
        if above >= most:
            return count
    return 0


def _read(db: sqlite3.Connection, blocks: Iterable[int]) -> dict[int, list[_Places]]:
    found: dict[int, list[_Places]] = {}
    wanted: dict[int, list[int]] = {}
    for block in set(blocks):
        wanted.setdefault(block - block % _GROUP, []).append(block)
    for first, of_group in wanted.items():
        span = (_slot(first, 0), _slot(first, _MOST_PARTS))
        for slot, sizes, places in db.execute(
            "SELECT slot, sizes, places FROM posting WHERE slot >= ? AND slot < ?", span
        ):
            counts = array("H", sizes)
            for block in of_group:
                begin = 2 * sum(counts[: block - first])
                end = begin + 2 * counts[block - first]
                if begin < end:
                    found.setdefault(block, []).append(_Places(slot % _MOST_PARTS, places[begin:end]))
    return found


def _slot(first: int, part: int) -> int:
    return first // _GROUP * _MOST_PARTS + part
