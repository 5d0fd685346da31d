"""How a source is: what it did when it was last asked in this run, and what checking it for real comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from salesprep.adapter import Check, Failure
from salesprep.adapter.words import _
from salesprep.sources.answers import Answer, Ask
from salesprep.sources.breaker import BreakerState
from salesprep.sources.figures import NO_FIGURES, Figures

if TYPE_CHECKING:
    from salesprep.adapter.contract import CheckOutcome
    from salesprep.sources.host import Host

_OUTCOME: dict[str, CheckOutcome] = {
    "deadline_exceeded": "indeterminate",
    "offline": "skipped",
    "not_offered": "skipped",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a source without asking it."""

    answered_at: datetime | None = None
    """When it last answered; ``None``: it has not been asked, or has only failed."""
    answers: bool = False
    """Of its last answers to each sort of question some are answers, beside what failed."""
    failures: tuple[Failure, ...] = ()
    """What the last answers to its questions failed with, each failure once."""
    paused_until: datetime | None = None
    """It is left alone until then."""
    stuck: bool = False
    """A call has not come back."""
    offline: bool = False
    """It is not asked, since nobody wants the network to be used."""
    breaker: BreakerState = "closed"
    """Of this run: each run begins with it closed."""
    figures: Figures = NO_FIGURES
    """What its last calls came to; those of earlier runs are in it once they have been recalled."""


NOT_ASKED = Standing()


def checks_of(answer: Answer) -> tuple[Check, ...]:
    """The checks of a source, or what kept it from making them; one that was late may be well."""
    failure = answer.failure
    if failure is None or answer.checks:
        return answer.checks
    outcome = _OUTCOME.get(failure.code, "failed")
    return (Check(_("answer"), outcome, failure.what, failure.mend),)


async def check(host: Host, source: str, *, deadline: float) -> tuple[Check, ...]:
    """Ask ``source`` for real, until ``deadline`` on :func:`time.monotonic`."""
    return checks_of(await host.ask(source, Ask("check"), deadline=deadline, fresh=True))
