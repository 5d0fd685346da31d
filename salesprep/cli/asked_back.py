"""What is said, on standard error, where a name means nobody, or somebody else, or several customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from salesprep.adapter import Kind
from salesprep.briefing.questions import Ambiguous, OtherPick, UnknownPick
from salesprep.cli import talk
from salesprep.view.questions import why_not_picked
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.briefing.links import Links
    from salesprep.briefing.model import Briefing
    from salesprep.settings import Us
    from salesprep.sources import Host

Question = Ambiguous | UnknownPick | OtherPick
QUESTIONS = (Ambiguous, UnknownPick, OtherPick)


def ask_back(question: Question, titles: Mapping[str, str], us: Us) -> None:
    """Say what has to be decided. A source that failed might have told it, so that is said first."""
    talk.failures(question.panels, us)
    for panel in question.panels:
        accounts = panel.section(Kind.ACCOUNT)
        if accounts is not None and accounts.state == "waiting":
            talk.line(say(us, _("{source} has not answered yet"), source=panel.title))
    if isinstance(question, Ambiguous):
        talk.candidates(question.name, question.candidates, titles, us)
    else:
        talk.line(why_not_picked(question, us))


def is_unknown(briefing: Briefing) -> bool:
    """Nothing at all was found of a name, be it that not all sources answered."""
    if not briefing.known:
        return True
    customer, panels = briefing.customer, briefing.panels
    if customer.ids or customer.links or not briefing.complete or not any(map(talk.answered, panels)):
        return False
    sections = [section for panel in panels for section in panel.sections]
    return not any((*panel.candidates,) for panel in panels) and not any(
        section.records or section.candidates for section in sections
    )


def who_is_unknown(briefing: Briefing, name: str, us: Us) -> str:
    """That no source, or none that answered, knows the customer."""
    if briefing.known:
        return say(us, _("no source that answered knows a customer called {name}"), name=name)
    return say(us, _("no source knows a customer called {name}"), name=name)


async def did_you_mean(
    name: str, host: Host, us: Us, *, links: Links, until: float, only: tuple[str, ...] = ()
) -> None:
    """Say the names nearest to ``name``, if there are any. ``until``: on the monotonic clock."""
    from salesprep.briefing.recognition.misspelt import nearest

    say_near(await nearest(name, host, links=links, seconds=max(0.1, until - monotonic()), only=only), us)


def say_near(names: Sequence[str], us: Us) -> None:
    """Whom the user may have meant, if anybody."""
    if names:
        talk.line(say(us, _("did you mean {names}?"), names=", ".join(f'"{name}"' for name in names)))
