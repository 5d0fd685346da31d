"""What sources failed to tell, and whether one has told all it knows of a kind, so that "there is none" may
be said. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter import Failure, Kind
from salesprep.briefing.model import Panel, Section

_NOT_ASKED = frozenset({"offline", "not_offered"})
"""Codes of what nobody wanted to be asked."""


def failures_of(panel: Panel) -> tuple[Failure, ...]:
    """What went wrong at a source, each once."""
    every = (panel.failure, *(section.failure for section in panel.sections))
    return tuple(dict.fromkeys(f for f in every if f is not None and f.code not in _NOT_ASKED))


def told_all(section: Section) -> bool:
    """The source answered just now or not long ago, without trouble, nothing of it was unreadable, and
    there is no further page."""
    return (
        section.fetched_at is not None
        and section.failure is None
        and section.cursor is None
        and not section.refused
        and section.state in ("fresh", "cached", "empty", "choose")
    )


def silent(panels: Iterable[Panel], kinds: Sequence[Kind]) -> tuple[str, ...]:
    """Sources that keep such records, or may, and have not told all of them."""
    found = []
    for panel in panels:
        if not panel.sections:
            if panel.failure is not None:
                found.append(panel.source)
        elif any(s.kind in kinds and not told_all(s) for s in panel.sections):
            found.append(panel.source)
    return tuple(found)
