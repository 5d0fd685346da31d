"""A cursor in lines of which some tell of something: where it stops, what it is on, where it goes. How that
is painted is not known here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from salesprep.tui.picking import identity

if TYPE_CHECKING:
    from salesprep.view.lines import Line


class Stops:
    """The cursor stops at the first line of each thing; the lines after it that tell of it belong to it."""

    def __init__(self) -> None:
        self.place = 0
        """On which stop the cursor is; 0 also where there is none."""
        self._lines: Sequence[Line] = ()
        self._rows: list[int] = []
        self._at: Hashable = None

    def __len__(self) -> int:
        return len(self._rows)

    def take(self, lines: Sequence[Line]) -> None:
        """Other lines: the cursor stays on what it was on, or goes to what took its place."""
        self._lines = lines
        self._rows = [
            y
            for y, line in enumerate(lines)
            if line.about is not None and (y == 0 or lines[y - 1].about is not line.about)
        ]
        if self._at is not None:
            for place, y in enumerate(self._rows):
                if identity(lines[y].about) == self._at:
                    self.place = place
                    return
        self.place = max(0, min(self.place, len(self._rows) - 1))
        self._at = identity(self.about) if self._rows else None

    def go(self, place: int) -> None:
        """Onto a stop of those there are; counted from the end if negative, the last one if too large."""
        self.place = place % len(self._rows) if place < 0 else min(place, len(self._rows) - 1)
        self._at = identity(self.about)

    @property
    def about(self) -> object:
        """What the cursor is on; ``None`` where there is nothing to pick."""
        return self._lines[self._rows[self.place]].about if self._rows else None

    @property
    def row(self) -> int | None:
        """The line that the cursor stands at."""
        return self._rows[self.place] if self._rows else None

    @property
    def rows(self) -> range:
        """All lines of what the cursor is on."""
        if not self._rows:
            return range(0)
        first = self._rows[self.place]
        end = self._rows[self.place + 1] if self.place + 1 < len(self._rows) else len(self._lines)
        # Before the next thing there may be lines that tell of nothing: a heading, a blank one.
        own = next((y for y in range(first, end) if self._lines[y].about is not self.about), end)
        return range(first, own)

    @property
    def near_end(self) -> bool:
        """Hardly anything comes after it."""
        return bool(self._rows) and self.place >= len(self._rows) - 3

    def of_source(self, source: str) -> int | None:
        """The first stop that is about ``source``."""
        sources = (getattr(self._lines[y].about, "source", None) for y in self._rows)
        return next((place for place, named in enumerate(sources) if named == source), None)

    def nearest(self, y: int) -> int:
        """The stop that is nearest to a line; there is one."""
        return min(range(len(self._rows)), key=lambda place: abs(self._rows[place] - y))

    def told_at(self, y: int) -> int | None:
        """The stop of what line ``y`` tells of, if it tells of anything."""
        if not 0 <= y < len(self._lines) or self._lines[y].about is None:
            return None
        place = max((place for place, row in enumerate(self._rows) if row <= y), default=None)
        if place is None or self._lines[self._rows[place]].about is not self._lines[y].about:
            return None
        return place
