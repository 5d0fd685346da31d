"""How far back a look reads: further pages of some kinds, for those who want more than the first ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from salesprep.adapter import Kind, moment
from salesprep.briefing.asking import Call, page_call
from salesprep.briefing.contacts.recent import happened
from salesprep.briefing.gathered import Gathered, Slot

RECENT = 1_000
"""Records of one kind that a source is asked for while looking back over some days."""
ALL = 5_000
"""The same for whoever wants all there are: as much as is read at once without harm to others."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Read on, page by page, until the last record of ``kinds`` is older than ``since``, or ``most`` are
    there. Sources give the newest first; one that does not is read until ``most``."""

    kinds: tuple[Kind, ...]
    most: int = ALL
    since: datetime | None = None
    """``None``: however old they are."""
    source: str | None = None
    """Only of this source."""


def further_calls(source: Gathered, reach: Reach, zone: ZoneInfo) -> Iterator[Call]:
    """The next page of each kind that does not reach far enough yet."""
    if source.busy or not source.fetched or reach.source not in (None, source.name):
        return
    for kind in reach.kinds:
        slot = source.kinds.get(kind)
        if (
            slot is not None
            and slot.cursor is not None
            and slot.trouble is None
            and _goes_on(slot, reach, zone)
        ):
            yield page_call(source, kind, slot)


def _goes_on(slot: Slot, reach: Reach, zone: ZoneInfo) -> bool:
    if len(slot.records) >= reach.most:
        return False
    last = next(reversed(slot.records.values()), None)
    when = happened(last) if last is not None else None
    return reach.since is None or when is None or moment(when, zone) >= reach.since
