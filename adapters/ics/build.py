"""From raw text to the index: which events there are, which belong together, when they may fall."""

from __future__ import annotations

import asyncio
from hashlib import blake2b

from adapters.ics import blocks
from adapters.ics.index import File
from adapters.ics.reading import Text
from salesprep.adapter import BadData
from salesprep.adapter.words import _

CUT_OFF = _("cut off before its end")


async def build(text: Text, zone: str) -> tuple[File, list[bytes]]:
    """The file as the index keeps it, and its text in pieces. Gives way to others between pieces.

    Raises:
        BadData: the calendar counts days in another way than ours.
    """
    found = blocks.scan(text.raw)
    if found.scale is not None:
        raise BadData(_("{shown} is not in the Gregorian calendar", shown=text.shown), field="CALSCALE")
    await asyncio.sleep(0)
    gathered = _Gathered(salt=_salt(found, zone))
    for events, recoded in blocks.pieces(found):
        gathered.add(events, found.spans)
        gathered.recoded += recoded
        await asyncio.sleep(0)
    head = {
        **text.head,
        "shown": text.shown,
        "zones": {name: block.decode("utf-8", "replace") for name, block in found.zones.items()},
        "cancelled": found.cancelled,
        "recoded": gathered.recoded,
        "problems": gathered.problems,
        "private": [],
    }
    file = File(0, text.name, text.state, head)
    gathered.finish(file, [line for _, _, line, _ in found.spans])
    return file, gathered.pieces


def _salt(found: blocks.Scan, zone: str) -> bytes:
    """What else decides when and how the events of this file take place."""
    mixed = blake2b(zone.encode(), digest_size=16)
    mixed.update(b"cancelled" if found.cancelled else b"")
    for name, block in sorted(found.zones.items()):
        mixed.update(name.encode())
        mixed.update(block)
    return mixed.digest()


class _Gathered:
    """Collects what is known of the events, piece by piece."""

    def __init__(self, salt: bytes) -> None:
        self.pieces: list[bytes] = []
        self.recoded = 0
        self.problems: dict[str, list[int]] = {}
        """Why → how many events, and the line of the first."""
        self._salt = salt
        self._groups: dict[bytes, list[int]] = {}
        self._facts: list[blocks.Facts] = []
        self._digests: list[bytes] = []

    def add(self, events: list[bytes], spans: list[tuple[int, int, int, bool]]) -> None:
        for event in events:
            number = len(self._facts)
            _, _, line, whole = spans[number]
            facts = blocks.facts(event)
            digest = blake2b(event, digest_size=8, key=self._salt).digest()
            problem = facts.problem if whole else CUT_OFF
            if problem:
                self.problems.setdefault(problem, [0, line])[0] += 1
            else:
                self._groups.setdefault(facts.uid or digest, []).append(number)
            self._facts.append(facts)
            self._digests.append(digest)
        self.pieces.append(blocks.BETWEEN.join(events))

    def finish(self, file: File, lines: list[int]) -> None:
        count = len(self._facts)
        file.lines.extend(lines)
        file.series.frombytes(bytes(8 * count))
        file.firsts.frombytes(bytes(4 * count))
        file.lasts.frombytes(bytes(4 * count))
        private: list[int] = file.head["private"]
        for numbers in self._groups.values():
            if len(numbers) == 1:
                raw = self._digests[numbers[0]]
            else:
                raw = blake2b(b"".join(self._digests[n] for n in numbers), digest_size=8).digest()
            series = int.from_bytes(raw, "big", signed=True) or 1
            first = min(self._facts[n].first for n in numbers)
            last = max(self._facts[n].last for n in numbers)
            hidden = any(self._facts[n].private and not self._facts[n].override for n in numbers)
            for n in numbers:
                file.series[n], file.firsts[n], file.lasts[n] = series, first, last
                if hidden or self._facts[n].private:
                    private.append(n)
