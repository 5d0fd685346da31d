"""One briefing as the screens of it tell it: its voices made once, however many panels ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesprep.briefing.model import Briefing, Panel
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


def held(before: Briefing | None, now: Briefing) -> Briefing:
    """``now``, where a panel that is asked again keeps its rows until an answer comes."""
    if before is None or before.customer.id != now.customer.id:
        return now
    old = {panel.source: panel for panel in before.panels}
    return replace(now, panels=tuple(_held(old.get(panel.source), panel) for panel in now.panels))


def _held(old: Panel | None, new: Panel) -> Panel:
    if old is None or new.state != "waiting" or any(s.records for s in new.sections):
        return new
    if not any(section.records or section.candidates for section in old.sections):
        return new
    return replace(old, state="waiting")
