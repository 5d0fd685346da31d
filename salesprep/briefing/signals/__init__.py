"""The quick scan: what stands above the panels, derived by named rules. A module by rule; pure.

Each signal carries the records that it was derived from. A rule claims nothing that a source which
did not answer could contradict, unless the signal says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from salesprep.briefing.model import Signal
from salesprep.briefing.signals.colleague_near import colleagues_near
from salesprep.briefing.signals.complaint import complaints
from salesprep.briefing.signals.differs import differences
from salesprep.briefing.signals.last_talk import last_talk
from salesprep.briefing.signals.new_face import new_faces
from salesprep.briefing.signals.offer import offers
from salesprep.briefing.signals.promised import promises
from salesprep.briefing.signals.scene import Scene

RULES: tuple[Callable[[Scene], Iterable[Signal]], ...] = (
    complaints,
    promises,
    offers,
    new_faces,
    last_talk,
    differences,
    colleagues_near,
)
"""In the order of the screen; each rule puts its own most urgent first."""


def quick_scan(scene: Scene) -> tuple[Signal, ...]:
    """All signals, in the order of the screen."""
    return tuple(signal for rule in RULES for signal in rule(scene))


__all__ = ["RULES", "Scene", "quick_scan"]
