"""The audit: one line for each look-up of a customer. Who was asked and how much came; no content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from salesprep.briefing.model import Briefing, Customer
from salesprep.machine import private_folder


def append(
    path: Path, *, when: datetime, customer: Customer, sources: Iterable[str], counts: Mapping[str, int]
) -> None:
    """Add one line of JSON to ``path``, which the user alone can read.

    ``counts``: how many records of the customer each source showed. One write at the file's end, so
    that two processes never mix their lines.

    Raises:
        OSError: it cannot be written.
    """
    line = {
        "when": _utc(when),
        "customer": {"id": customer.id, "name": customer.name},
        "sources": list(sources),
        "counts": dict(counts),
    }
    _add(path, line)


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(path: Path, line: Mapping[str, object]) -> None:
    private_folder(path.parent)
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def note(path: Path, *, when: datetime, did: str, file: Path, **numbers: int) -> None:
    """Add one line about what was done with decisions as a whole: which file they went to or came from.

    Raises:
        OSError: it cannot be written.
    """
    _add(path, {"when": _utc(when), "did": did, "file": str(file), **numbers})


def counts(briefing: Briefing) -> dict[str, int]:
    """How many records of the customer each source showed; candidates do not count."""
    return {p.source: sum(len(s.records) for s in p.sections) for p in briefing.panels}
