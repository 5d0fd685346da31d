"""One briefing as the screens of it tell it: its voices made once, however many panels ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from salesprep.briefing.model import Briefing, Panel, Section
    from salesprep.settings import Us
    from salesprep.view.voice import Voice


@dataclass(slots=True)
class Told:
    """A briefing, and for whom it is told."""

    briefing: Briefing
    us: Us
    keys: Mapping[str, str]
    """Action to its key, as the screen names it."""
    one_at_a_time: bool = False
    """There is room for one panel only."""
    _voices: dict[bool, Voice] = field(default_factory=dict)

    def voice(self, *, narrow: bool = False) -> Voice:
        """The voice of this briefing; ``narrow`` for a window like a phone's."""
        from salesprep.view.voice import voice_for

        if narrow not in self._voices:
            self._voices[narrow] = voice_for(self.briefing, self.us, narrow=narrow, keys=self.keys)
        return self._voices[narrow]

    def reads_as(self, other: Told) -> bool:
        """Whether a panel that is the same in both reads the same: what the others tell of it, and the age of
        what it tells, counted in minutes."""
        here, there = self.voice(), other.voice()
        return (
            self.one_at_a_time == other.one_at_a_time
            and _minute(here) == _minute(there)
            and replace(here, now=there.now) == there
        )


def _minute(voice: Voice) -> datetime:
    return voice.now.replace(second=0, microsecond=0)


def held(before: Briefing | None, now: Briefing) -> Briefing:
    """``now``, where a panel that is asked again keeps its rows until an answer comes; ``before`` is of the
    same customer."""
    if before is None:
        return now
    old = {panel.source: panel for panel in before.panels}
    return replace(now, panels=tuple(_held(old.get(panel.source), panel) for panel in now.panels))


def _held(old: Panel | None, new: Panel) -> Panel:
    if old is None or not _waits(new):
        return new
    if not new.sections:
        return replace(old, state="waiting")
    sections = tuple(_section(old.section(section.kind), section) for section in new.sections)
    return replace(new, sections=sections, candidates=new.candidates or old.candidates)


def _waits(panel: Panel) -> bool:
    return panel.state == "waiting" or any(section.state == "waiting" for section in panel.sections)


def _section(old: Section | None, new: Section) -> Section:
    if old is None or new.state != "waiting" or new.records or new.candidates:
        return new
    return replace(old, state="waiting")
