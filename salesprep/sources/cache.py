"""Answers kept in memory for one source, bounded in bytes; what is oldest in use goes first.

One cache per source, so that no source's flood drives out what the others said. The key says whose
answer it is, in a tuple: glued texts can be mistaken for one another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from cachetools import LRUCache

from salesprep.adapter import Page, Record
from salesprep.sources.answers import Ask


class Key(NamedTuple):
    """What an answer depends on. ``config`` is a hash of the source's settings."""

    source: str
    identity: str
    version: str
    config: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Kept:
    """A page, when it was read from its source, and about how many bytes it takes."""

    page: Page[Record]
    fetched_at: datetime
    size: int


class PageCache:
    """Belongs to the loop that asks: not safe across threads."""

    def __init__(self, most_bytes: int) -> None:
        self._kept: LRUCache[Key, Kept] = LRUCache(most_bytes, getsizeof=lambda kept: kept.size)

    def get(self, key: Key) -> Kept | None:
        """What was kept, however old."""
        return self._kept.get(key)

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer; one that is larger than the whole cache is not kept."""
        if kept.size <= self._kept.maxsize:
            self._kept[key] = kept
        else:
            self._kept.pop(key, None)

    def drop(self, key: Key) -> None:
        """Forget the answer to a question, all its pages."""
        first = replace(key.ask, cursor=None)
        for old in list(self._kept):
            if old[:-1] == key[:-1] and replace(old.ask, cursor=None) == first:
                del self._kept[old]
