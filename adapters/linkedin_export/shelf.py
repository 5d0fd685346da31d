"""The form of what is kept of the exports: one file of texts in blocks, each found by its number.

Written in one go and replaced as a whole, so that another process never sees half of it. It holds
nothing that cannot be made again from the exports: a damaged or foreign one is thrown away.
"""

from __future__ import annotations

import json
import os
import zlib
from array import array
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

VERSION = 2
"""Of the form *and* of what is put into it."""

_MAGIC = f"salesprep linkedin_export {VERSION}\n".encode()
_NUMBER = 8
_BUFFER = 256 * 1024
"""Bytes written at once: blocks are small and many."""
_PREFIX = len(_MAGIC) + 3 * _NUMBER


class ShelfLost(Exception):
    """What was kept is damaged, or another process has replaced it."""


class Shelf:
    """A kept file, open for reading, or the same in memory until it is kept."""

    def __init__(self, head: dict[str, Any], keys: Sequence[str], blocks: Sequence[bytes]) -> None:
        self.head = head
        """Whatever is needed at every look."""
        self.keys = keys
        """What stands for each block; a block may have none (the last ones)."""
        self._ends = array("Q", accumulate(map(len, blocks)))
        self._checks = array("Q", map(zlib.crc32, blocks))
        self._blocks: Sequence[bytes] | None = blocks
        self._path = Path()
        self._start = 0
        self._state: tuple[int, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Self:
        """The one that is kept at ``path``.

        Raises:
            ShelfLost: there is none, or not a whole one.
            OSError: it cannot be read.
        """
        try:
            with path.open("rb") as file:
                prefix = file.read(_PREFIX)
                if len(prefix) < _PREFIX or not prefix.startswith(_MAGIC):
                    raise ShelfLost
                numbers = [
                    int.from_bytes(prefix[at : at + _NUMBER], "little")
                    for at in range(len(_MAGIC), _PREFIX, _NUMBER)
                ]
                length, size, check = numbers
                status = os.fstat(file.fileno())
                if status.st_size != _PREFIX + length + size:
                    raise ShelfLost
                front = file.read(length)
        except FileNotFoundError:
            raise ShelfLost from None
        if len(front) != length or zlib.crc32(front) != check:
            raise ShelfLost
        line, _, rest = front.partition(b"\n")
        frame = json.loads(line)
        at = frame["keys"]
        shelf = cls(frame["head"], rest[:at].decode().split("\n") if frame["count"] else [], ())
        ends = at + (len(rest) - at) // 2
        shelf._ends.frombytes(rest[at:ends])
        shelf._checks.frombytes(rest[ends:])
        shelf._lies(path, _PREFIX + length, _state(status))
        return shelf

    def save(self, path: Path) -> None:
        """Keep it at ``path``, readable by its owner alone; what was there is replaced.

        Raises:
            OSError: it cannot be written.
            ShelfLost: it was read from a file that another process has replaced.
        """
        keys = "\n".join(self.keys).encode()
        frame = json.dumps({"head": self.head, "keys": len(keys), "count": len(self.keys)}).encode()
        front = b"".join((frame, b"\n", keys, self._ends.tobytes(), self._checks.tobytes()))
        size = self._ends[-1] if self._ends else 0
        blocks = self._blocks if self._blocks is not None else [self._read(0, size)]
        numbers = (len(front), size, zlib.crc32(front))
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.unlink(missing_ok=True)
        try:
            handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb", buffering=_BUFFER) as file:
                file.write(_MAGIC + b"".join(number.to_bytes(_NUMBER, "little") for number in numbers))
                file.write(front)
                file.writelines(blocks)
                file.flush()
                state = _state(os.fstat(file.fileno()))
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        self._lies(path, _PREFIX + len(front), state)

    def block(self, number: int) -> bytes:
        """One block.

        Raises:
            ShelfLost: it is not there any more, or damaged.
        """
        if self._blocks is not None:
            return self._blocks[number]
        block = self._read(self._ends[number - 1] if number else 0, self._ends[number])
        if zlib.crc32(block) != self._checks[number]:
            raise ShelfLost
        return block

    def text(self, number: int) -> str:
        """One block that is UTF-8.

        Raises:
            ShelfLost: as :meth:`block`.
        """
        return self.block(number).decode()

    def check(self, number: int) -> int:
        """Checksum of a block, without reading it."""
        return self._checks[number]

    def size(self, number: int) -> int:
        """Bytes of a block: which of two organisations has more entries."""
        return self._ends[number] - (self._ends[number - 1] if number else 0)

    def __len__(self) -> int:
        return len(self._ends)

    def _lies(self, path: Path, start: int, state: tuple[int, ...]) -> None:
        self._path, self._start, self._state, self._blocks = path, start, state, None

    def _read(self, start: int, end: int) -> bytes:
        try:
            with self._path.open("rb") as file:
                if _state(os.fstat(file.fileno())) != self._state:
                    raise ShelfLost
                file.seek(self._start + start)
                data = file.read(end - start)
        except OSError:
            raise ShelfLost from None
        if len(data) != end - start:
            raise ShelfLost
        return data


def _state(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def remove(path: Path) -> None:
    """Throw a kept file away; one that another program holds open is left for the next time."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
