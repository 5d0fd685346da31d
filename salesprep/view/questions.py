"""What a briefing cannot decide, in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesprep.briefing.questions import OtherPick, UnknownPick
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.settings import Us


def why_not_picked(question: UnknownPick | OtherPick, us: Us) -> str:
    """Why the picked account is not shown."""
    if isinstance(question, OtherPick):
        line = _('{id} is {title}, and not "{name}"; for that one leave the name out')
        return say(us, line, id=question.pick, title=question.called, name=question.name)
    source, _colon, native_id = question.pick.partition(":")
    return say(us, _("{source} knows no account {id}"), source=source, id=native_id)
