"""What earlier runs saw of each source, for a command that starts anew: one small file per source, a line
for each call with its duration, code and time.

Written and read beside the loop that asks, since a home on a share that is away must hold up no briefing.
A file that cannot be written costs the figures, a line that cannot be read costs itself.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from salesprep import machine
from salesprep.sources.failures import CODES
from salesprep.sources.figures import LAST, Call

LONGEST = 48_000
"""Bytes after which a file is put aside as ``NAME.jsonl.1`` and begun anew: more than :data:`LAST` lines."""
_LATEST = 4_102_444_800  # the year 2100
_LONGEST_CALL = 86_400_000.0
_MOST_HITS = 1_000_000


class Ledger:
    """The files in one folder. ``of`` is a source's settings as a hash: calls made under others are not
    taken for its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run = os.urandom(4).hex()

    def write(self, source: str, of: str, calls: Sequence[Call]) -> None:
        """Add ``calls`` of this run; ``source`` is the name of the file.

        Raises:
            OSError: they cannot be written.
        """
        if calls:
            lines = "\n".join(json.dumps(self._line(call, of), separators=(",", ":")) for call in calls)
            machine.append_line(self._folder / f"{source}.jsonl", lines, LONGEST)

    def read(self, source: str, of: str, now: datetime) -> tuple[Call, ...]:
        """The last calls that other runs made, oldest first. What is later than ``now`` was made under
        another clock, and is left out."""
        found: deque[Call] = deque(maxlen=LAST)
        for name in (f"{source}.jsonl.1", f"{source}.jsonl"):
            try:
                text = (self._folder / name).read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            for line in text.splitlines():
                call = self._call(line, of)
                if call is not None and call.at <= now:
                    found.append(call)
        return tuple(found)

    def _line(self, call: Call, of: str) -> dict[str, object]:
        line: dict[str, object] = {
            "run": self._run,
            "of": of,
            "at": int(call.at.timestamp()),
            "ms": round(call.ms, 1),
            "answered": call.answered,
        }
        if call.code is not None:
            line["code"] = call.code
        if not call.sought:
            line["sought"] = False
        if call.hits:
            line["hits"] = call.hits
        if call.not_before is not None:
            line["not_before"] = int(call.not_before.timestamp())
        return line

    def _call(self, line: str, of: str) -> Call | None:
        """The call of a line; ``None``: it is this run's own, another's, or none."""
        try:
            table = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(table, Mapping) or table.get("of") != of or table.get("run") == self._run:
            return None
        at, ms, code = _time(table.get("at")), table.get("ms"), table.get("code")
        hits = table.get("hits", 0)
        if at is None or not isinstance(ms, int | float) or not 0 <= ms <= _LONGEST_CALL:
            return None
        if code is not None and not (isinstance(code, str) and code in CODES):
            return None
        if not isinstance(hits, int) or not 0 <= hits <= _MOST_HITS:
            return None
        return Call(
            at=at,
            ms=float(ms),
            answered=table.get("answered") is True,
            code=code,
            sought=table.get("sought") is not False,
            hits=hits,
            not_before=_time(table.get("not_before")),
        )


def _time(value: object) -> datetime | None:
    if type(value) is not int or not 0 <= value <= _LATEST:
        return None
    return datetime.fromtimestamp(value, UTC)
