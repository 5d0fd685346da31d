"""A body as it comes in: counted, unpacked in small pieces, and stopped before it costs memory.

Unpacked here and not by the client, because a gzip stream that ends early must be an error (the client
takes it for whole) and because packed and unpacked sizes are both needed to know a bomb.
"""

from __future__ import annotations

import zlib

from salesprep.adapter.words import _

_PIECE = 65_536
_RATIO = 200
_RATIO_FREE = 1_048_576
"""Bytes: small bodies may be as repetitive as they like (an empty table packs 1000 to 1)."""
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f"


class BodyError(Exception):
    """A body that is not taken; ``reason`` says why, as what it does, and nothing of what was in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Body:
    """Collects one body of at most ``limit`` bytes, unpacked. ``packed``: it comes gzipped."""

    def __init__(self, *, limit: int, packed: bool) -> None:
        self._limit = limit
        self._raw = 0
        self._whole = bytearray()
        self._gzip = zlib.decompressobj(_GZIP) if packed else None

    def add(self, data: bytes) -> None:
        """Take the next bytes off the wire.

        Raises:
            BodyError: too large, unpacks suspiciously far, or is no gzip.
        """
        self._raw += len(data)
        if self._raw > self._limit:
            raise self._too_large()
        if self._gzip is None:
            self._whole += data
            return
        try:
            self._unpack(data)
        except zlib.error:
            raise BodyError(_("is not the gzip that it says it is")) from None

    def _unpack(self, data: bytes) -> None:
        while self._gzip is not None:
            if self._gzip.eof:
                if not data.startswith(_MAGIC):
                    return  # padding after the last member, which gzip(1) ignores too
                self._gzip = zlib.decompressobj(_GZIP)
            piece = self._gzip.decompress(data, _PIECE)
            self._whole += piece
            size = len(self._whole)
            if size > self._limit:
                raise self._too_large()
            if size > _RATIO_FREE and size > _RATIO * self._raw:
                raise BodyError(_("unpacks to more than {n} times its size", n=_RATIO))
            data = self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail
            if not data:
                return  # what zlib still holds back comes with the next bytes: a trailer always follows

    def whole(self) -> bytes:
        """All of it.

        Raises:
            BodyError: the gzip stream stops before its end.
        """
        if self._gzip is not None and self._raw and not self._gzip.eof:
            raise BodyError(_("is cut short"))
        return bytes(self._whole)

    def _too_large(self) -> BodyError:
        return BodyError(_("is larger than {n} bytes", n=self._limit))
