"""What lies around a visit, beneath the calendar that tells it: colleagues near, and the user's own day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from salesprep.adapter import Meeting
from salesprep.briefing.model import Found, Near
from salesprep.briefing.near import kilometres
from salesprep.briefing.signals.colleague_near import AHEAD
from salesprep.view.dates import clock
from salesprep.view.lines import Line, Span, inset, line
from salesprep.view.measures import distance
from salesprep.view.places import town
from salesprep.view.reasons import INDENT
from salesprep.view.sections.drawing import joined
from salesprep.view.table import Column, Row, table
from salesprep.view.voice import Voice
from salesprep.view.words import _

_SHAPE = (Column(), Column(least=8, gives=1, most=3))


def blocks(source: str, voice: Voice, columns: int) -> Iterator[list[Line]]:
    """What ``source`` tells of, in blocks between which a blank line may stand."""
    for title, rows in told(source, voice):
        drawn = table(rows, _SHAPE, max(1, columns - INDENT), 1, beside=False)
        yield [line(Span(title, "heading")), *(inset(each, INDENT) for each in drawn)]


def told(source: str, voice: Voice) -> Iterator[tuple[str, list[Row]]]:
    """A title and its rows, of each thing that ``source`` tells of."""
    near = [signal for signal in voice.near if any(f.source == source for f in signal.evidence)]
    if near:
        title = voice.say(_("Colleagues near here, {n} days"), n=AHEAD)
        yield title, [_colleague(signal, voice) for signal in near]
    rest = [found for found in voice.day_of_visit if found.source == source]
    if rest:
        yield voice.say(_("Your day")), [_later(found, voice) for found in rest]


def _colleague(signal: Near, voice: Voice) -> Row:
    meeting = signal.meeting
    city = (meeting.place.city or meeting.place.text) if meeting.place else None
    where = joined(signal.colleague, meeting.keys.organisation or meeting.title, city)
    found = signal.evidence[0] if signal.evidence else None
    return Row((Span(voice.slot(meeting.start)), Span(where)), (_away(signal.km, voice),), about=found)


def _later(found: Found, voice: Voice) -> Row:
    meeting = found.record
    if not isinstance(meeting, Meeting) or not isinstance(meeting.start, datetime):
        return Row((Span(""), Span(found.record.title)), about=found)
    km = kilometres(voice.place, meeting.place)
    where = joined(meeting.title, town(meeting.place))
    notes = () if km is None else (_away(km, voice),)
    if (found.source, meeting.id) in voice.internal:
        about = voice.say(_("about {name}, internal"), name=voice.customer)
        notes = (Span(about, "dim"), *notes)
    return Row((Span(clock(meeting.start, voice.us)), Span(where)), notes, about=found)


def _away(km: float, voice: Voice) -> Span:
    return Span(voice.say(_("{km} as the crow flies"), km=distance(km, voice.us)), "dim")
