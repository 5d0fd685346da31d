"""LAST TALK: the last contact of anyone of us with anyone of them."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.adapter import Activity, Kind, Meeting
from salesprep.adapter.names import fold
from salesprep.briefing.days import days_between
from salesprep.briefing.model import Contact, LastTalk
from salesprep.briefing.signals.scene import Scene
from salesprep.briefing.told import told_all

_TALKS = (Kind.ACTIVITY, Kind.MEETING)
_NO_TALK = frozenset({"note", "task", "notitie", "notiz", "invitation"})


def last_talk(scene: Scene) -> Iterator[LastTalk]:
    """The newest call, mail or past meeting. A note is no talk, nor an invitation to connect. At most one."""
    found = next((c for c in scene.contacts if _is_talk(c)), None)
    if found is None or not isinstance(found.found.record, Activity | Meeting):
        return
    yield LastTalk(
        evidence=found.evidence,
        activity=found.found.record,
        days_ago=days_between(found.when, scene.now, scene.zone),
        ours=next((p for p in found.ours if scene.ours.is_user(p)), found.ours[0] if found.ours else None),
        theirs=found.theirs,
        not_heard=_not_heard(scene),
    )


def _is_talk(contact: Contact) -> bool:
    record = contact.found.record
    return isinstance(record, Meeting) or (
        isinstance(record, Activity) and fold(contact.type) not in _NO_TALK
    )


def _not_heard(scene: Scene) -> tuple[str, ...]:
    """Sources of contacts that did not answer. Further pages do not matter: they are older."""
    return tuple(
        p.source
        for p in scene.panels
        if any(s.kind in _TALKS and s.failure is not None and not told_all(s) for s in p.sections)
    )
