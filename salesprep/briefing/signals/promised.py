"""PROMISED: what one of us has promised and not done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from salesprep.adapter import Kind, Task, moment
from salesprep.briefing.days import days_between
from salesprep.briefing.model import Found, Promised
from salesprep.briefing.signals.scene import Scene

AHEAD = 14
"""A promise that is due later than so many days from now is no news yet."""


def promises(scene: Scene) -> Iterator[Promised]:
    """Overdue ones first, then by the day they are due; those without a day last."""
    found = [p for f in scene.records(Kind.TASK) if (p := _promise(f, scene)) is not None]
    yield from sorted(found, key=lambda p: _urgency(p.task, scene))


def _promise(found: Found, scene: Scene) -> Promised | None:
    task = found.record
    # done=None: the source does not tell, so that nobody may be reminded of it.
    if not isinstance(task, Task) or task.done is not False:
        return None
    owners = [p for p in task.people if p.role == "owner"]
    own = [p for p in owners if scene.ours.has(p)]
    if owners and not own:
        return None
    left = days_between(scene.now, task.due, scene.zone) if task.due is not None else None
    if left is not None and left > AHEAD:
        return None
    return Promised(
        evidence=(found,),
        task=task,
        by_user=any(scene.ours.is_user(p) for p in own),
        overdue=_is_overdue(task, scene),
    )


def _is_overdue(task: Task, scene: Scene) -> bool:
    if task.due is None:
        return False
    if days_between(task.due, scene.now, scene.zone) > 0:
        return True
    # A plain day is not over before its midnight; a moment is.
    return isinstance(task.due, datetime) and moment(task.due, scene.zone) < scene.now


def _urgency(task: Task, scene: Scene) -> tuple[float, str]:
    return (moment(task.due, scene.zone).timestamp() if task.due is not None else float("inf"), task.id)
