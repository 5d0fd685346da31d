"""The coming visits, grouped by day: when, with whom, where, how far, and what matters first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from salesprep.adapter import Meeting, Place, moment
from salesprep.adapter.names import fold_organisation
from salesprep.briefing.model import Agenda, Found, Signal, Visit
from salesprep.briefing.near import kilometres
from salesprep.settings import Us
from salesprep.view import words
from salesprep.view.ages import until
from salesprep.view.dates import as_day, clock, days_of, long_day, short_day, weekday
from salesprep.view.header import no_coming_visit
from salesprep.view.lines import Line, Span, cut, inset, line, pad, spread, telling, width, wrap
from salesprep.view.measures import distance
from salesprep.view.panel import has_answered, trouble
from salesprep.view.people import Names, is_ours, is_user
from salesprep.view.places import town
from salesprep.view.sections.drawing import quoted
from salesprep.view.table import Column, Row, table
from salesprep.view.visits import named, spoken_about, whys, whys_not
from salesprep.view.voice import NO_KEYS, Voice, label, labels
from salesprep.view.widths import PHONE, SMALLEST
from salesprep.view.wordings import wording
from salesprep.view.words import _, _n

_INDENT = 3
_WEEK = 7
_PLACE = 24


@dataclass(frozen=True, slots=True)
class _Stop:
    """A visit, what to say first about it, and how it lies from the place before."""

    visit: Visit
    first: Signal | None
    nobody_known: bool
    away: str
    next: bool
    """The next one to begin: how soon is told of it alone."""
    why: bool = False
    """How its customers are known is told too."""


def agenda_board(
    agenda: Agenda, us: Us, columns: int, *, keys: Mapping[str, str] = NO_KEYS, why: bool = False
) -> list[Line]:
    """The agenda in lines of exactly ``columns`` (at least 20); ``keys`` as in :attr:`Voice.keys`.

    ``why``: with how the customer of each visit is known.
    """
    columns = max(SMALLEST, columns)
    known = (*agenda.visits, *agenda.internal)
    names = (person.name or "" for visit in known for person in visit.meeting.people)
    voice = Voice(
        us=us,
        now=agenda.generated_at,
        names=Names(names),
        labels={name: label(name, title) for name, title in agenda.titles} | labels(agenda.panels),
        keys=keys,
    )
    internal = (_Stop(visit, None, False, "", False) for visit in agenda.internal)
    stops = sorted((*_stops(agenda, voice, why=why), *internal), key=lambda stop: _order(stop.visit, voice))
    lines = _head(agenda, voice, columns)
    now = [stop for stop in stops if _group(stop.visit, voice) == _("TODAY")]
    lines += [] if any(not stop.visit.about for stop in now) else _nothing(agenda, voice, columns)
    lines += _rows(now, voice, columns)
    later = stops[len(now) :]
    for group, members in groupby(later, key=lambda stop: _group(stop.visit, voice)):
        lines += [
            Line(),
            line(Span(f" {voice.say(group)}", "heading")),
            *_rows(list(members), voice, columns),
        ]
    lines += _to_decide(agenda, voice, columns)
    if any(stop.away for stop in stops):
        lines += [Line(), *(line(Span(f" {part}", "dim")) for part in wrap(_crow(us, voice), columns - 2))]
    for given in agenda.panels:
        if reasons := trouble(given, voice, columns - 2):
            lines += [Line(), *(inset(each, 1) for each in reasons)]
    return [pad(each, columns) for each in lines]


def _nothing(agenda: Agenda, voice: Voice, columns: int) -> list[Line]:
    """What is said of a day without visits: never that there is none while a calendar is silent."""
    told = no_coming_visit(agenda.panels, voice)
    if told is None:
        told = voice.say(_("no calendar was asked")) if not agenda.panels else ""
    elif agenda.visits and told == voice.say(_("no coming visit found")):
        told = voice.say(_("no visit today"))
    indent = _INDENT if columns >= PHONE else 0
    return [inset(line(Span(part, "dim")), indent) for part in wrap(told, columns - indent) if part]


def _to_decide(agenda: Agenda, voice: Voice, columns: int) -> list[Line]:
    """What waits for the user's word; nothing where nothing does."""
    if not agenda.to_decide:
        return []
    told = voice.count(
        *_n("{n} thing may or may not be your customer's", "{n} things may or may not be your customers'"),
        agenda.to_decide,
    )
    if key := voice.keys.get("decide"):
        told = f"{told}: {key}"
    word = f" {voice.say(_('TO DECIDE'))}  "
    room = columns - width(word) - 1
    if columns < PHONE:
        return [
            Line(),
            line(Span(word.rstrip(), "word")),
            *(line(Span(f"  {part}")) for part in wrap(told, columns - 3)),
        ]
    first, *more = wrap(told, room)
    return [Line(), line(Span(word, "word"), Span(first)), *(inset(line(Span(p)), width(word)) for p in more)]


def _head(agenda: Agenda, voice: Voice, columns: int) -> list[Line]:
    now = f"{long_day(voice.now, voice.us)}, {clock(voice.now, voice.us)}"
    if columns < PHONE:
        now = f"{weekday(voice.now, voice.now, voice.us)} {clock(voice.now, voice.us)}"
    if agenda.example:
        now = voice.say(_("example, {now}"), now=now)
    left = line(Span(f" {voice.say(_('TODAY'))}", "title"), Span(f"   {now}"))
    missing = [voice.source(panel.source) for panel in agenda.panels if not has_answered(panel)]
    if not missing:
        return [left]
    told = voice.say(_("all sources ready but {names}"), names=", ".join(missing))
    right = line(Span(told, "alarm"), Span(" "))
    if left.width + 2 + right.width <= columns:
        return [spread(left, right, columns)]
    return [left, *(line(Span(f" {part}", "alarm")) for part in wrap(told, columns - 1))]


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


def _order(visit: Visit, voice: Voice) -> tuple[date, bool, datetime]:
    """By day; of one day those of the whole day last."""
    start = visit.meeting.start
    return as_day(start, voice.us), not isinstance(start, datetime), moment(start, voice.us.zone)


def _stops(agenda: Agenda, voice: Voice, *, why: bool) -> Iterator[_Stop]:
    home = voice.us.home
    start = Place(latitude=home.latitude, longitude=home.longitude) if home else None
    day, here, moved, found_next = None, start, False, False
    nobody_known = (*agenda.nobody_known, *(False for _missing in agenda.visits))
    for visit, first, nobody in zip(agenda.visits, agenda.first_lines, nobody_known, strict=False):
        begins = visit.meeting.start
        if as_day(begins, voice.us) != day:
            day, here, moved = as_day(begins, voice.us), start, False
        there = visit.meeting.place
        km, away = kilometres(here, there), ""
        if km is not None:
            away = distance(km, voice.us)
            away = voice.say(_("{km} from there"), km=away) if moved else away
        # After a visit whose place is unknown nobody knows from where the next way starts.
        here, moved = there, True
        coming = not found_next and isinstance(begins, datetime) and begins >= voice.now
        found_next = found_next or coming
        yield _Stop(visit, first, nobody, away, coming, why)


# -- one visit ----------------------------------------------------------------------------------


def _rows(stops: list[_Stop], voice: Voice, columns: int) -> list[Line]:
    rows = [_row(stop, voice) for stop in stops]
    if columns < PHONE:
        shown = zip(stops, rows, strict=True)
        return [
            each
            for stop, row in shown
            for each in telling(_short(row, columns, soon=_is_soon(stop, voice)), stop.visit)
        ]
    shape = (Column(), Column(least=10, gives=2), Column(least=8, gives=3), Column(least=6, gives=1))
    room = columns - _INDENT - 1
    drawn = table(rows, shape, room, 1, beside=False)
    return [inset(each, _INDENT) for each in drawn]


def _row(stop: _Stop, voice: Voice) -> Row:
    visit, meeting = stop.visit, stop.visit.meeting
    name = named(visit, voice) or quoted(meeting.title)
    cells = (
        Span(_when(meeting, voice), "word"),
        Span(name, "dim" if visit.about else "title"),
        Span(_where(stop, voice), "plain" if meeting.place else "dim"),
        Span(_soon_or_with(stop, voice)),
    )
    return Row(cells, _notes(stop, voice), about=visit)


def _notes(stop: _Stop, voice: Voice) -> tuple[Span, ...]:
    visit = stop.visit
    if visit.customer is None:
        fit = _organisations(visit.candidates)
        if not fit:
            return (Span(voice.say(_("which customer? none fits")), "alarm"),)
        told = voice.count(*_n("which customer? {n} may fit", "which customer? {n} fit"), len(fit))
        may_be = whys_not(visit, voice) if stop.why else ()
        return (Span(f"{told}: {', '.join(fit)}", "alarm"), *(Span(each, "dim") for each in may_be))
    if visit.about:
        return (Span(quoted(visit.meeting.title), "dim"),)
    notes = [Span(about, "dim")] if (about := spoken_about(visit, voice)) else []
    if stop.first is not None:
        word, clauses = wording(stop.first, voice, short=True)
        notes.insert(0, Span(f"{word} {'; '.join(clauses)}", "fact"))
    elif stop.nobody_known:
        notes.insert(0, Span(voice.say(words.FIRST_VISIT), "fact"))
    return (*notes, *(Span(told, "dim") for told in whys(visit, voice) if stop.why))


def _organisations(candidates: Sequence[Found]) -> list[str]:
    """The names to choose from: one that two sources have is one, two of one source are two."""
    called: dict[str, dict[str, list[str]]] = {}
    for found in candidates:
        alike = called.setdefault(fold_organisation(found.record.title), {})
        alike.setdefault(found.source, []).append(found.record.title)
    return [title for alike in called.values() for title in max(alike.values(), key=len)]


def _when(meeting: Meeting, voice: Voice) -> str:
    start = meeting.start
    away = (as_day(start, voice.us) - as_day(voice.now, voice.us)).days
    if not isinstance(start, datetime):
        days = days_of(start, meeting.end, voice.now, voice.us)
        if days != voice.slot(start):
            return days
    time = clock(start, voice.us) if isinstance(start, datetime) else voice.say(_("all day"))
    return f"{short_day(start, voice.now, voice.us)} {time}" if not 0 <= away <= 1 else time


def _where(stop: _Stop, voice: Voice) -> str:
    where = town(stop.visit.meeting.place) or voice.say(_("no place given"))
    # The distance stays readable beside an address of any length.
    return ", ".join(filter(None, (cut(where, _PLACE), stop.away)))


def _is_soon(stop: _Stop, voice: Voice) -> bool:
    """Whether how soon it begins is told in place of with whom it is."""
    return stop.next and _group(stop.visit, voice) == _("TODAY")


def _soon_or_with(stop: _Stop, voice: Voice) -> str:
    meeting = stop.visit.meeting
    if _is_soon(stop, voice) and isinstance(meeting.start, datetime):
        return until(meeting.start, voice.now, voice.us)
    we = voice.people(p for p in meeting.people if is_ours(p, voice.us) and not is_user(p, voice.us))
    return voice.say(_("with {names}"), names=we) if we else ""


def _short(row: Row, columns: int, *, soon: bool) -> list[Line]:
    """``soon``: the last cell tells how soon it begins, and stands at the right edge."""
    when, name, where, last = row.cells
    whole, right = line(when, Span(" "), name), line(last) if soon else Line()
    if soon and whole.width + 2 + right.width > columns:
        right = Line()
    first = [spread(line(when, Span(" "), name), right, columns)]
    if whole.width > columns:
        first = [
            line(when),
            *(inset(line(Span(part, name.style)), 2) for part in wrap(name.text, columns - 2)),
        ]
    if last.text and not right.text:
        where = Span(f"{where.text} · {last.text}", where.style)
    below = ((where, 2), *((note, 3) for note in row.notes))
    rows = [Span(part, span.style) for span, most in below for part in wrap(span.text, columns - 2, most)]
    return [*first, *(inset(line(each), 2) for each in rows)]


def _crow(us: Us, voice: Voice) -> str:
    told = voice.say(_("km are as the crow flies, from the place before"))
    return f"{told} ({voice.say(_('home: {city}'), city=us.home.city)})" if us.home else told
