"""The texts that the cells of a workbook share, referred to by number."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from adapters.table.cells import written
from adapters.table.markup import local, parse, unescaped
from salesprep.adapter import BadData
from salesprep.adapter.words import _

LONGEST_TEXT = 1024 * 1024
"""Characters of one cell; Excel itself allows 32,767."""
_MOST_TEXT = 128 * 1024 * 1024
"""Bytes of all shared texts."""


class Texts:
    """Shared texts in one stretch of memory: a list of a million strings takes five times that."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        """Add one.

        Raises:
            BadData: more than is held.
        """
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))
        if len(self._bytes) > _MOST_TEXT or len(self._ends) > _MOST_TEXT // 16:
            raise BadData(_("more different texts than are read at once"), mend=_("save it as CSV"))

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        start = self._ends[number - 1] if number else 0
        return self._bytes[start : self._ends[number]].decode("utf-8", "replace")


class SharedStrings:
    """Texts may be cut into runs; how they are pronounced stands beside them and is left out."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._now: list[str] = []
        self._size = 0
        self._reads = self._spoken = False

    def read(self, pieces: Iterator[bytes]) -> None:
        """Add all texts of the part.

        Raises:
            BadData: damaged, or more than is held.
        """
        parse(pieces, self._start, self._end, self._text)

    def _start(self, tag: str, _given: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            self._now, self._size = [], 0
        elif name == "rPh":
            self._spoken = True
        elif name == "t":
            self._reads = not self._spoken

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "si":
            self._texts.append(written(unescaped("".join(self._now))))
        elif name == "rPh":
            self._spoken = False
        elif name == "t":
            self._reads = False

    def _text(self, text: str) -> None:
        if self._reads and self._size <= LONGEST_TEXT:
            self._now.append(text)
            self._size += len(text)
