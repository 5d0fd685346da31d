"""The head of a briefing: when, where, whom, with whom, and whether an answer is missing.

Two lines where they fit, four at 80 columns, short ones on a phone.
"""

from __future__ import annotations

from datetime import datetime

from salesprep.adapter import Kind, Participant
from salesprep.adapter.names import variants
from salesprep.briefing.model import Attendee, Briefing, Visit
from salesprep.view.ages import until
from salesprep.view.dates import clock, from_to, slot, weekday
from salesprep.view.lines import Line, Span, line, pad, spread, width, wrap
from salesprep.view.panel import has_answered
from salesprep.view.people import is_user
from salesprep.view.scan import not_in
from salesprep.view.voice import Voice
from salesprep.view.words import _

_NAMED = 3
"""Sources named as missing; the rest is counted."""
_DOT = " · "


def wide(briefing: Briefing, voice: Voice, columns: int) -> list[Line] | None:
    """Two lines (more if many meet), or ``None`` where the first does not fit."""
    room = columns - 2
    first = _DOT.join(
        filter(None, (_subject(briefing.visit), _time(briefing, voice), _place(briefing.visit)))
    )
    left = line(Span(briefing.customer.name.upper(), "title"), Span("   "), Span(first))
    right = line(Span(_DOT.join(filter(None, (_today(briefing, voice), _starts(briefing, voice)))), "dim"))
    if left.width + 2 + right.width > room:
        return None
    rows = [spread(left, right, room)]
    they = _DOT.join(_wide_attendee(each, voice) for each in _theirs(briefing))
    we = ", ".join(map(voice.person, _ours(briefing, voice)))
    spans = [
        *_labelled(voice.say(_("You meet")), they, ""),
        *_labelled(voice.say(_("With you")), we, "      " * bool(they)),
    ]
    answered = _answered(briefing, voice, always=True)
    second = line(*spans)
    if second.width + 2 + answered.width <= room:
        return [*rows, spread(second, answered, room)]
    gap = width(voice.say(_("You meet"))) + 3
    rows += _hanging(voice.say(_("You meet")), they, gap, room) if they else []
    return [*rows, spread(line(*_labelled(voice.say(_("With you")), we, "")), answered, room)]


def narrow(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """Four lines with two at the table."""
    room = columns - 2
    visit = briefing.visit
    soon = ""
    if visit is not None:
        start = slot(visit.meeting.start, voice.now, voice.us)
        soon = voice.say(_("{time}, {soon}"), time=start, soon=_soon(visit, voice))
        soon = start if start == _soon(visit, voice) else soon
    now = _today(briefing, voice) if briefing.example or not visit else clock(voice.now, voice.us)
    right = line(Span(_DOT.join(filter(None, (now, soon or _time(briefing, voice))))))
    name = Span(briefing.customer.name.upper(), "title")
    rows = (
        [spread(line(name), right, room)]
        if width(name.text) + 2 + right.width <= room
        else [line(name), right]
    )
    we = ", ".join(map(voice.person, _ours(briefing, voice)))
    with_you = voice.say(_("with you: {names}"), names=we) if we else None
    about = _DOT.join(filter(None, (_subject(visit), _place(visit), with_you)))
    rows += [line(Span(part)) for part in wrap(about, room, 2)] if about else []
    label = voice.say(_("You meet"))
    gap = width(label) + 3
    rows += [
        line(Span((label if not at else "").ljust(gap), "word" if not at else "plain"), Span(text))
        for at, text in enumerate(_aligned(briefing, voice, room - gap))
    ]
    missing = _answered(briefing, voice, always=False)
    if missing.text and len(rows) > 2 and rows[-1].width + 2 + missing.width <= room:
        rows[-1] = spread(rows[-1], missing, room)
    elif missing.text:
        rows.append(spread(Line(), missing, room))
    return rows


def tiny(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """For a phone: the short name, the time and place, who is there."""
    visit = briefing.visit
    spellings = variants(briefing.customer.name)
    name = Span(spellings[-1] if spellings else briefing.customer.name, "title")
    soon = _soon(visit, voice) if visit else clock(voice.now, voice.us)
    rows = [spread(line(name), line(Span(soon)), columns)]
    if visit is not None:
        start = visit.meeting.start
        when = slot(start, voice.now, voice.us)
        today = voice.say(_("today"))
        when = when.removeprefix(f"{today} ") if isinstance(start, datetime) else when
        rows += [line(Span(part)) for part in wrap(" ".join(filter(None, (when, _place(visit)))), columns, 2)]
    label = voice.say(_("Meet"))
    gap = width(label) + 1
    for at, text in enumerate(_aligned(briefing, voice, columns - gap, sources=False)):
        rows.append(pad(line(Span((label if not at else "").ljust(gap), "word"), Span(text)), columns))
    return rows


def answered_line(briefing: Briefing, voice: Voice) -> str:
    """``6 of 7 answered, not Posts``; nothing where all did."""
    waiting, missing, answered = _tally(briefing)
    if waiting:
        return voice.say(_("asking {names}…"), names=_some(waiting, voice))
    if not missing:
        return ""
    values = {"n": answered, "total": len(briefing.panels), "names": _some(missing, voice)}
    return voice.say(_("{n} of {total} answered, not {names}"), **values)


# -- pieces -------------------------------------------------------------------------------------


def _subject(visit: Visit | None) -> str | None:
    return visit.meeting.title if visit else None


def _place(visit: Visit | None) -> str | None:
    place = visit.meeting.place if visit else None
    if place is None:
        return None
    if place.text and place.city and place.city.casefold() not in place.text.casefold():
        return f"{place.text}, {place.city}"
    return place.text or place.city


def _time(briefing: Briefing, voice: Voice) -> str | None:
    visit = briefing.visit
    if visit is not None:
        return from_to(visit.meeting.start, visit.meeting.end, voice.now, voice.us)
    calendars = [section for panel in briefing.panels if (section := panel.section(Kind.MEETING))]
    if any(section.state in ("fresh", "cached", "empty") for section in calendars):
        return voice.say(_("no coming visit found"))
    return None


def _today(briefing: Briefing, voice: Voice) -> str:
    now = f"{weekday(voice.now, voice.now, voice.us)} {clock(voice.now, voice.us)}"
    return voice.say(_("example, {now}"), now=now) if briefing.example else now


def _soon(visit: Visit, voice: Voice) -> str:
    start = visit.meeting.start
    return (
        until(start, voice.now, voice.us) if isinstance(start, datetime) else slot(start, voice.now, voice.us)
    )


def _starts(briefing: Briefing, voice: Voice) -> str | None:
    visit = briefing.visit
    if visit is None or not isinstance(visit.meeting.start, datetime):
        return None
    soon = _soon(visit, voice)
    return voice.say(_("starts {soon}"), soon=soon) if visit.meeting.start > voice.now else soon


def _theirs(briefing: Briefing) -> list[Attendee]:
    return [each for each in briefing.attendees if not each.ours]


def _ours(briefing: Briefing, voice: Voice) -> list[Participant]:
    ours = (Participant(name=each.name, email=each.email) for each in briefing.attendees if each.ours)
    return [each for each in ours if not is_user(each, voice.us)]


def _wide_attendee(attendee: Attendee, voice: Voice) -> str:
    jobs = list(dict.fromkeys(said.value for said in attendee.positions))
    about = voice.say(_(" or ")).join(jobs)
    if len(jobs) > 1:
        about = voice.say(_("{jobs}, sources differ"), jobs=about)
    first = voice.say(_("first time")) if attendee.first_time else None
    known = ", ".join(filter(None, (about, first)))
    name = voice.names.short(attendee.name)
    return f"{name} ({known})" if known else name


def _aligned(briefing: Briefing, voice: Voice, room: int, *, sources: bool = True) -> list[str]:
    """Names in one column, what is known of each in the next."""
    theirs = _theirs(briefing)
    names = [voice.names.short(each.name) for each in theirs]
    column = min(max(map(width, names), default=0), max(8, room // 2))
    rows = []
    for name, attendee in zip(names, theirs, strict=True):
        about = _narrow_about(attendee, voice, sources)
        rows.append(f"{name}{' ' * max(0, column - width(name))}  {about}".rstrip())
    return rows


def _narrow_about(attendee: Attendee, voice: Voice, sources: bool) -> str:
    said: dict[str, list[str]] = {}
    for position in attendee.positions:
        said.setdefault(position.value, []).append(voice.source(position.source))
    if len(said) > 1 and sources:
        jobs = voice.say(_(" or ")).join(f"{job} ({', '.join(where)})" for job, where in said.items())
    else:
        jobs = voice.say(_(" or ")).join(said)
    first = voice.say(_("first time")) if attendee.first_time else None
    return (_DOT if sources else ", ").join(filter(None, (jobs, first, not_in(attendee, voice))))


def _labelled(label: str, text: str, before: str) -> list[Span]:
    return [Span(before), Span(label, "word"), Span(f"   {text}")] if text else []


def _hanging(label: str, text: str, gap: int, room: int) -> list[Line]:
    rows = wrap(text, room - gap)
    return [
        line(Span((label if not at else "").ljust(gap), "word"), Span(row)) for at, row in enumerate(rows)
    ]


def _answered(briefing: Briefing, voice: Voice, *, always: bool) -> Line:
    """Whether an answer is missing; with ``always`` also that none is."""
    waiting, missing, answered = _tally(briefing)
    total = len(briefing.panels)
    if waiting:
        return line(Span(voice.say(_("asking {names}…"), names=_some(waiting, voice)), "dim"))
    if not missing:
        words = voice.count(_("{n} source answered"), _("all sources answered"), total)
        return line(Span(words, "dim")) if always and total else Line()
    names = _some(missing, voice)
    if not always:
        return line(Span(voice.say(_("no answer: {names}"), names=names), "alarm"))
    words = voice.say(_("{n} of {total} sources answered, not {names}"), n=answered, total=total, names=names)
    return line(Span(words, "alarm"))


def _tally(briefing: Briefing) -> tuple[list[str], list[str], int]:
    """Sources that are being asked, those without an answer of now, and how many answered."""
    waiting = [panel.source for panel in briefing.panels if panel.state == "waiting"]
    missing = [p.source for p in briefing.panels if p.state != "waiting" and not has_answered(p)]
    return waiting, missing, len(briefing.panels) - len(waiting) - len(missing)


def _some(sources: list[str], voice: Voice) -> str:
    names = [voice.source(source) for source in sources]
    more = len(names) - _NAMED
    if more > 1:
        names[_NAMED:] = [voice.say(_("{n} more"), n=more)]
    return ", ".join(names)
