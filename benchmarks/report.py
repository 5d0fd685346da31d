"""What a benchmark is told and what it gives back: rows of named figures, printed and written as they are."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Figure = float | int | str


@dataclass(frozen=True, slots=True)
class Options:
    """How a benchmark is to run."""

    quick: bool = False
    """Fewer rounds and smaller cases: to see that it works, not to quote from."""
    data: Path | None = None
    """A folder of real files, for those benchmarks that can read some."""
    peers: bool = False
    """Measure other programs as well, which are installed for it."""


@dataclass(frozen=True, slots=True)
class Table:
    """What came of one benchmark. All rows have the same columns; units stand in the columns' names."""

    title: str
    rows: Sequence[Mapping[str, Figure]]
    notes: Sequence[str] = field(default=())

    def lines(self) -> list[str]:
        """The table as text: words to the left, numbers to the right."""
        if not self.rows:
            return [self.title, *self.notes]
        names = list(self.rows[0])
        cells = [[_written(row[name]) for name in names] for row in self.rows]
        widths = [max(len(name), *(len(row[i]) for row in cells)) for i, name in enumerate(names)]
        is_text = [isinstance(self.rows[0][name], str) for name in names]

        def line(values: Sequence[str]) -> str:
            padded = (
                v.ljust(w) if left else v.rjust(w) for v, w, left in zip(values, widths, is_text, strict=True)
            )
            return "  " + "  ".join(padded).rstrip()

        return [self.title, line(names), *(line(row) for row in cells), *(f"  {note}" for note in self.notes)]


def _written(value: Figure) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)


def machine() -> dict[str, Figure]:
    """What a reader of the figures must know of the machine, without its name."""
    return {
        "cores": os.cpu_count() or 1,
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "switch_interval_s": sys.getswitchinterval(),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of all are not above."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]
