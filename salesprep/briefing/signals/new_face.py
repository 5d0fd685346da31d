"""NEW FACE: somebody at the coming visit with whom no earlier contact is found."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.adapter import Kind
from salesprep.briefing.model import NewFace, Section
from salesprep.briefing.people import silent
from salesprep.briefing.signals.scene import Scene


def new_faces(scene: Scene) -> Iterator[NewFace]:
    """In the order of the invitation. Said only if every source that keeps persons has told all."""
    if scene.visit is None or scene.visit_found is None or silent(scene.panels, (Kind.PERSON,)):
        return
    keepers = {
        p.source for p in scene.panels if p.section(Kind.ACCOUNT) and _has_persons(p.section(Kind.PERSON))
    }
    for attendee in scene.attendees:
        if not attendee.ours and attendee.first_time and keepers <= set(attendee.unknown_to):
            told_by = tuple(said.found for said in attendee.positions if said.found is not None)
            yield NewFace(evidence=(scene.visit_found, *told_by), attendee=attendee)


def _has_persons(section: Section | None) -> bool:
    return section is not None and bool(section.records)
