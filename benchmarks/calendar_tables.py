"""The calendar's figures as tables: the big calendar, and real ones if a folder of them is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import calendar
from benchmarks.report import Figure, Options, Table


def measure(options: Options) -> Sequence[Table]:
    """A calendar of 20,000 events, looked at twice; then every calendar below ``options.data``."""
    sizes = {"events": 2_000, "series": 200, "rounds": 1} if options.quick else {}
    tables = [_big(calendar.measure(**sizes))]
    if options.data is not None:
        tables.append(_real(calendar.over(options.data), options.data))
    return tables


def _big(figures: Mapping[str, Any]) -> Table:
    rows: list[dict[str, Figure]] = [
        {
            "look": look,
            "first ms": figures[look]["first"]["seconds"] * 1000,
            "second ms": figures[look]["second"]["seconds"] * 1000,
            "second / first": figures[look]["ratio"],
            "first peak MB": figures[look]["first"]["peak_mb"],
            "second peak MB": figures[look]["second"]["peak_mb"],
            "found": figures[look]["first"]["total"],
        }
        for look in calendar.LOOKS
    ]
    notes = [
        f"{figures['events']} events, of which {figures['series']} are series without end;"
        f" {figures['megabytes']:.1f} MB, which a raw read takes {figures['raw_read'] * 1000:.1f} ms for",
        "the source's own time, libraries included; every look in a fresh interpreter, the second with the"
        " index that the first one kept",
        "fetch: one customer's year and a quarter; upcoming: anybody's 14 days",
    ]
    return Table("Calendar: a big one, twice", rows, notes)


def _real(figures: Mapping[str, Any], folder: Path) -> Table:
    rows: list[dict[str, Figure]] = [
        {"calendars": "files", "count": figures["files"]},
        {"calendars": "instances read", "count": figures["instances"]},
        *(
            {"calendars": f"refused: {why}", "count": count}
            for why, count in sorted(figures["refused"].items())
        ),
        *(
            {"calendars": f"not read: {why}", "count": count}
            for why, count in sorted(figures["not_read"].items())
        ),
        {"calendars": "crashes", "count": len(figures["crashed"])},
    ]
    return Table(f"Calendar: every one in {folder.name}", rows, figures["crashed"])
