"""NEW FACE: somebody at the coming visit with whom no earlier contact is found."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.adapter import Kind
from salesprep.briefing.events.others import is_anothers
from salesprep.briefing.model import Attendee, NewFace, Section
from salesprep.briefing.people import person_of
from salesprep.briefing.signals.scene import Scene
from salesprep.briefing.told import silent


def new_faces(scene: Scene) -> Iterator[NewFace]:
    """In the order of the invitation. Said only if every source that keeps persons has told all."""
    if scene.visit is None or scene.visit_found is None or silent(scene.panels, (Kind.PERSON,)):
        return
    keepers = {
        p.source for p in scene.panels if p.section(Kind.ACCOUNT) and _has_persons(p.section(Kind.PERSON))
    }
    for attendee in scene.attendees:
        if is_anothers(attendee.email, scene.visit, scene.ours):
            continue
        strangers_to = {*attendee.unknown_to, *_new_to(attendee)}
        if not attendee.ours and attendee.first_time and keepers <= strangers_to:
            told_by = tuple(said.found for said in attendee.positions if said.found is not None)
            yield NewFace(evidence=(scene.visit_found, *told_by), attendee=attendee)


def _new_to(attendee: Attendee) -> Iterator[str]:
    """Sources that know them, but as somebody who was not there before."""
    for found in attendee.known_as:
        change = person_of(found).change
        if change is not None and change.what == "new":
            yield found.source


def _has_persons(section: Section | None) -> bool:
    return section is not None and bool(section.records)
