"""The coming visits, grouped by day: when, with whom, where, how far, and what matters first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from salesprep.adapter import Meeting, Place
from salesprep.briefing.model import Agenda, Signal, Visit
from salesprep.briefing.near import kilometres
from salesprep.settings import Us
from salesprep.view.ages import until
from salesprep.view.dates import as_day, clock, long_day, short_day
from salesprep.view.lines import Line, Span, cut, inset, line, pad, spread, wrap
from salesprep.view.panel import has_answered, trouble
from salesprep.view.people import Names, is_ours, is_user
from salesprep.view.scan import wording
from salesprep.view.sections.drawing import quoted
from salesprep.view.table import Column, Row, table
from salesprep.view.voice import Voice, labels
from salesprep.view.words import _

_SMALLEST = 20
_PHONE = 60
_INDENT = 3
_WEEK = 7
_PLACE = 24


@dataclass(frozen=True, slots=True)
class _Stop:
    """A visit, what to say first about it, and how it lies from the place before."""

    visit: Visit
    first: Signal | None
    away: str
    next: bool
    """The next one to begin: how soon is told of it alone."""


def agenda_board(agenda: Agenda, us: Us, columns: int) -> list[Line]:
    """The agenda in lines of exactly ``columns`` (at least 20)."""
    columns = max(_SMALLEST, columns)
    names = (person.name or "" for visit in agenda.visits for person in visit.meeting.people)
    voice = Voice(us=us, now=agenda.generated_at, names=Names(names), labels=labels(agenda.panels))
    stops = list(_stops(agenda, voice))
    lines = [_head(agenda, voice, columns)]
    now = [stop for stop in stops if _group(stop.visit, voice) == _("TODAY")]
    nothing = _dim(_("no visit today") if stops else _("no coming visit found"), voice)
    lines += _rows(now, voice, columns) or [nothing]
    later = stops[len(now) :]
    for group, members in groupby(later, key=lambda stop: _group(stop.visit, voice)):
        lines += [
            Line(),
            line(Span(f" {voice.say(group)}", "heading")),
            *_rows(list(members), voice, columns),
        ]
    if any(stop.away for stop in stops):
        lines += [Line(), *(line(Span(f" {part}", "dim")) for part in wrap(_crow(us, voice), columns - 2))]
    for given in agenda.panels:
        if reasons := trouble(given, voice, columns - 2):
            lines += [Line(), *(inset(each, 1) for each in reasons)]
    return [pad(each, columns) for each in lines]


def _head(agenda: Agenda, voice: Voice, columns: int) -> Line:
    now = f"{long_day(voice.now, voice.us)}, {clock(voice.now, voice.us)}"
    if agenda.example:
        now = voice.say(_("example, {now}"), now=now)
    left = line(Span(f" {voice.say(_('TODAY'))}", "title"), Span(f"   {now}"))
    missing = [voice.source(panel.source) for panel in agenda.panels if not has_answered(panel)]
    if not missing:
        return left
    words = voice.say(_("all sources ready but {names}"), names=", ".join(missing))
    return spread(left, line(Span(words, "alarm"), Span(" ")), columns)


def _dim(message: str, voice: Voice) -> Line:
    return line(Span(f"{' ' * _INDENT}{voice.say(message)}", "dim"))


def _group(visit: Visit, voice: Voice) -> str:
    """The message id of the group's title."""
    today = as_day(voice.now, voice.us)
    away = (as_day(visit.meeting.start, voice.us) - today).days
    if away <= 0:
        return _("TODAY")
    if away == 1:
        return _("TOMORROW")
    rest = _WEEK - today.weekday()
    if away < rest:
        return _("THIS WEEK")
    return _("NEXT WEEK") if away < rest + _WEEK else _("LATER")


def _stops(agenda: Agenda, voice: Voice) -> Iterator[_Stop]:
    home = voice.us.home
    start = Place(latitude=home.latitude, longitude=home.longitude) if home else None
    day, here, moved, found_next = None, start, False, False
    for visit, first in zip(agenda.visits, agenda.first_lines, strict=True):
        begins = visit.meeting.start
        if as_day(begins, voice.us) != day:
            day, here, moved = as_day(begins, voice.us), start, False
        there = visit.meeting.place
        km, away = kilometres(here, there), ""
        if km is not None:
            away = f"{km:.0f} km"
            away = voice.say(_("{km} from there"), km=away) if moved else away
        # After a visit whose place is unknown nobody knows from where the next way starts.
        here, moved = there, True
        coming = not found_next and isinstance(begins, datetime) and begins >= voice.now
        found_next = found_next or coming
        yield _Stop(visit, first, away, coming)


# -- one visit ----------------------------------------------------------------------------------


def _rows(stops: list[_Stop], voice: Voice, columns: int) -> list[Line]:
    rows = [_row(stop, voice) for stop in stops]
    if columns < _PHONE:
        return [each for row in rows for each in _short(row, columns)]
    shape = (Column(), Column(least=10, gives=2), Column(least=8, gives=3), Column(least=6, gives=1))
    room = columns - _INDENT - 1
    drawn = table(rows, shape, room, 1, beside=False)
    return [inset(each, _INDENT) for each in drawn]


def _row(stop: _Stop, voice: Voice) -> Row:
    visit, meeting = stop.visit, stop.visit.meeting
    name = visit.customer.name if visit.customer else quoted(meeting.title)
    cells = (
        Span(_when(meeting, voice), "word"),
        Span(name, "title"),
        Span(_where(stop, voice), "plain" if meeting.place else "dim"),
        Span(_soon_or_with(stop, voice)),
    )
    return Row(cells, _notes(stop, voice))


def _notes(stop: _Stop, voice: Voice) -> tuple[Span, ...]:
    visit = stop.visit
    if visit.customer is None:
        fit = len(visit.candidates)
        if not fit:
            return (Span(voice.say(_("which customer? none fits")), "alarm"),)
        words = voice.count(_("which customer? {n} may fit"), _("which customer? {n} fit"), fit)
        named = ", ".join(found.record.title for found in visit.candidates)
        return (Span(f"{words}: {named}", "alarm"),)
    if stop.first is None:
        return ()
    word, clauses = wording(stop.first, voice, short=True)
    return (Span(f"{word} {'; '.join(clauses)}", "fact"),)


def _when(meeting: Meeting, voice: Voice) -> str:
    start = meeting.start
    away = (as_day(start, voice.us) - as_day(voice.now, voice.us)).days
    time = clock(start, voice.us) if isinstance(start, datetime) else voice.say(_("all day"))
    return f"{short_day(start, voice.now, voice.us)} {time}" if not 0 <= away <= 1 else time


def _where(stop: _Stop, voice: Voice) -> str:
    named = _town(stop.visit.meeting.place) or voice.say(_("no place given"))
    # The distance stays readable beside an address of any length.
    return ", ".join(filter(None, (cut(named, _PLACE), stop.away)))


def _town(place: Place | None) -> str | None:
    """The town; of ``Rooseveltlaan 12, Eindhoven`` what follows the street. The briefing has it all."""
    if place is None or place.city or not place.text:
        return place.city if place else None
    street, _comma, rest = place.text.partition(",")
    has_number = any(letter.isdigit() for letter in street)
    return rest.strip() if has_number and rest.strip()[-1:].isalpha() else place.text


def _soon_or_with(stop: _Stop, voice: Voice) -> str:
    meeting = stop.visit.meeting
    if stop.next and isinstance(meeting.start, datetime) and _group(stop.visit, voice) == _("TODAY"):
        return until(meeting.start, voice.now, voice.us)
    we = voice.people(p for p in meeting.people if is_ours(p, voice.us) and not is_user(p, voice.us))
    return voice.say(_("with {names}"), names=we) if we else ""


def _short(row: Row, columns: int) -> list[Line]:
    when, name, where, soon = row.cells
    right = soon if len(soon.text) < columns // 3 else Span("")
    first = spread(line(when, Span(" "), name), line(right), columns)
    below = ((where, 2), *((note, 3) for note in row.notes))
    rows = [Span(part, span.style) for span, most in below for part in wrap(span.text, columns - 2, most)]
    return [first, *(inset(line(each), 2) for each in rows)]


def _crow(us: Us, voice: Voice) -> str:
    words = voice.say(_("km are as the crow flies, from the place before"))
    return f"{words} ({voice.say(_('home: {city}'), city=us.home.city)})" if us.home else words
