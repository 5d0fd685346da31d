"""Why something is missing: what happened, who mends it and how, and when it is asked again."""

from __future__ import annotations

from typing import Literal

from salesprep.adapter import Failure, Kind, Refusal
from salesprep.briefing.model import Section
from salesprep.view import words
from salesprep.view.dates import clock
from salesprep.view.lines import Line, Span, Style, inset, line, wrap
from salesprep.view.voice import Voice
from salesprep.view.words import _

INDENT = 2
"""Columns by which what stands under a title is moved in."""
REFUSED = 12
"""Lines of what a source says of records that could not be read. A failure's own reason is never cut: it is
short enough when it comes here, and its end says how it is mended."""


def reason(failure: Failure, voice: Voice, reader: Literal["user", "admin"] = "user") -> str:
    """What happened, who mends it and how, and when it is asked again."""
    # The seconds of a deadline tell a reader nothing.
    late = failure.code == "deadline_exceeded"
    parts = [voice.say(_("no answer in time")) if late else voice.say(failure.what)]
    if failure.actor != "nobody" or failure.mend or failure.retry_at is None:
        parts.append(words.mends(failure, voice.us, reader=reader))
    if failure.retry_at is not None:
        parts.append(voice.say(_("asks again at {time}"), time=clock(failure.retry_at, voice.us)))
    return "; ".join(filter(None, parts))


def refusal_text(kind: Kind, refusal: Refusal, voice: Voice) -> str:
    """``2 events could not be read: end before start (agenda.ics line 1204)``; of records that are
    shown without what could not be read: ``1 value could not be read: a number that is no date (…)``."""
    counted = (
        voice.count(*words.VALUES_REFUSED, refusal.count)
        if refusal.shown
        else words.refused(kind, refusal.count, voice.us)
    )
    text = f"{counted}: {voice.say(refusal.why)}"
    return f"{text} ({voice.say(refusal.where)})" if refusal.where else text


def withheld(failure: Failure | None, voice: Voice) -> str:
    """That it may not be shown, or that nobody was asked: offline."""
    return voice.say(words.OFFLINE if failure is not None and failure.code == "offline" else words.WITHHELD)


def of_section(section: Section, failure: Failure, voice: Voice) -> str:
    """As :func:`reason`, with what of the section is here all the same."""
    if section.state == "withheld":
        return f"{withheld(failure, voice)}; {reason(failure, voice)}"
    if section.state in ("stuck", "stale"):
        return reason(failure, voice)
    if section.records:
        return f"{voice.say(words.IN_PART)}: {reason(failure, voice)}"
    return f"{words.missing(failure, voice.us)}: {reason(failure, voice)}"


def paragraph(
    text: str, columns: int, style: Style, most: int | None = None, indent: int = INDENT
) -> list[Line]:
    """A sentence in at most ``most`` lines, or in as many as it takes."""
    room = max(1, columns - indent)
    return [inset(line(Span(part, style)), indent) for part in wrap(text, room, most)]
