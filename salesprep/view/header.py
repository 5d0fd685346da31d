"""The head of a briefing: when, where, whom, with whom, and whether an answer is missing.

Two lines where they fit, four at 80 columns, short ones on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from salesprep.adapter import Kind, Participant
from salesprep.briefing.events.others import others_there
from salesprep.briefing.model import Attendee, Briefing, Panel, Visit
from salesprep.briefing.recognition.ours import ours
from salesprep.view import words
from salesprep.view.ages import until
from salesprep.view.dates import clock, from_to, slot, weekday
from salesprep.view.lines import Line, Span, line, one_line, pad, spread, width, wrap
from salesprep.view.panel import fails, has_answered
from salesprep.view.people import is_ours, is_user
from salesprep.view.sections.changes import came_from, jobs
from salesprep.view.sections.contacts import calendar_owner
from salesprep.view.voice import Voice
from salesprep.view.wordings import FIRST_TIME, not_in
from salesprep.view.words import _, _n

_NAMED = 3
"""Sources named as missing; the rest is counted."""
_DOT = " · "
_LEAST_ABOUT = 12
"""Columns beside the names that make sense."""
_SILENT = frozenset({"failed", "withheld", "stuck", "stale", "waiting"})


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
    rows += _nobody(briefing, voice, room) + _others(briefing, voice, room)
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
    right = line(Span(now_and_visit(briefing, voice)))
    name = Span(briefing.customer.name.upper(), "title")
    rows = (
        [spread(line(name), right, room)]
        if width(name.text) + 2 + right.width <= room
        else [line(name), right]
    )
    we = ", ".join(map(voice.person, _ours(briefing, voice)))
    with_you = voice.say(_("with you: {names}"), names=we) if we else None
    alone = _time(briefing, voice) if visit is None else None
    about = _DOT.join(filter(None, (alone, _subject(visit), _place(visit), with_you)))
    rows += [line(Span(part)) for part in wrap(about, room, 2)] if about else []
    label = voice.say(_("You meet"))
    gap = width(label) + 3
    rows += [
        line(Span((label if not at else "").ljust(gap), "word" if not at else "plain"), Span(text))
        for at, text in enumerate(_aligned(briefing, voice, room - gap))
    ]
    rows += _nobody(briefing, voice, room) + _others(briefing, voice, room)
    missing = _answered(briefing, voice, always=False)
    if missing.text and len(rows) > 2 and rows[-1].width + 2 + missing.width <= room:
        rows[-1] = spread(rows[-1], missing, room)
    elif missing.text:
        rows.append(spread(Line(), missing, room))
    return rows


def now_and_visit(briefing: Briefing, voice: Voice) -> str:
    """``13:57 · today 14:00, in 3 min``."""
    visit = briefing.visit
    soon = ""
    if visit is not None:
        start = slot(visit.meeting.start, voice.now, voice.us)
        soon = voice.say(_("{time}, {soon}"), time=start, soon=_soon(visit, voice))
        soon = start if start.startswith(_soon(visit, voice)) else soon
    now = _today(briefing, voice) if briefing.example or not visit else clock(voice.now, voice.us)
    return _DOT.join(filter(None, (now, soon)))


def tiny(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """For a phone: the whole name (namesakes differ by the legal form), time and place, who is there."""
    visit = briefing.visit
    rows = [line(Span(_today(briefing, voice), "dim"))] if briefing.example else []
    soon = _soon(visit, voice) if visit else ""
    soon = "" if visit and slot(visit.meeting.start, voice.now, voice.us).startswith(soon) else soon
    room = columns - width(soon) - 2 if soon else columns
    first, *more = wrap(briefing.customer.name, room, 3)
    rows += [spread(line(Span(first, "title")), line(Span(soon)), columns)]
    rows += [line(Span(part, "title")) for part in more]
    if visit is None:
        rows += [line(Span(part)) for part in wrap(_time(briefing, voice) or "", columns, 3) if part]
    else:
        start = visit.meeting.start
        when = slot(start, voice.now, voice.us)
        today = voice.say(_("today"))
        when = when.removeprefix(f"{today} ") if isinstance(start, datetime) else when
        rows += [line(Span(part)) for part in wrap(" ".join(filter(None, (when, _place(visit)))), columns, 2)]
    label = voice.say(_("Meet"))
    gap = width(label) + 1
    for at, text in enumerate(_aligned(briefing, voice, columns - gap, sources=False)):
        rows.append(pad(line(Span((label if not at else "").ljust(gap), "word"), Span(text)), columns))
    return rows + _nobody(briefing, voice, columns) + _others(briefing, voice, columns)


def made(briefing: Briefing, voice: Voice) -> str:
    """When it was made: ``Mon 23 Nov 13:21``; of the sample, that it is one."""
    return _today(briefing, voice)


def facts(briefing: Briefing, voice: Voice) -> Iterator[tuple[str, str]]:
    """Label (or nothing) and text: when and where, whom one meets, who comes along, what is missing."""
    visit = briefing.visit
    where = _DOT.join(filter(None, (_subject(visit), _time(briefing, voice), _place(visit))))
    they = _DOT.join(_wide_attendee(each, voice) for each in _theirs(briefing))
    told = (
        ("", where),
        (voice.say(_("You meet")), they),
        (voice.say(_("With you")), ", ".join(map(voice.person, _ours(briefing, voice)))),
        ("", voice.say(words.FIRST_VISIT) if briefing.nobody_known else ""),
        ("", _also_there(briefing, voice)),
        ("", _answered(briefing, voice, always=True).text),
    )
    yield from ((label, text) for label, text in told if text)


def answered_line(briefing: Briefing, voice: Voice) -> str:
    """``6 of 7 answered, not Posts``; nothing where all did."""
    waiting, missing, answered = _tally(briefing)
    if waiting:
        return voice.say(_("asking {names}…"), names=_some(waiting, voice))
    if not missing:
        return _in_part(briefing, voice)
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
    if not briefing.known:
        return voice.say(_("no source knows a customer of this name"))
    if briefing.colleague_visit is not None:
        return voice.say(
            _("no visit of yours; {theirs}"), theirs=_of_colleague(briefing.colleague_visit, voice)
        )
    return no_coming_visit(briefing.panels, voice)


def no_coming_visit(panels: Sequence[Panel], voice: Voice) -> str | None:
    """That none is found; which calendar could not tell; nothing where no calendar was asked."""
    if any(panel.state == "waiting" or _is_waiting(panel) for panel in panels):
        return None
    silent = [p.source for p in panels if _may_have_visits(p) and not _told_visits(p)]
    if silent:
        return voice.say(_("{names} did not answer"), names=_some(silent, voice))
    if any(panel.section(Kind.MEETING) for panel in panels):
        return voice.say(_("no coming visit found"))
    return None


def _is_waiting(panel: Panel) -> bool:
    section = panel.section(Kind.MEETING)
    return section is not None and section.state == "waiting"


def _may_have_visits(panel: Panel) -> bool:
    """A calendar, or a source of which nobody knows what it would tell: it did not load."""
    return panel.section(Kind.MEETING) is not None or (not panel.sections and panel.failure is not None)


def _told_visits(panel: Panel) -> bool:
    section = panel.section(Kind.MEETING)
    return section is not None and section.failure is None and section.state not in _SILENT


def _of_colleague(visit: Visit, voice: Voice) -> str:
    """``S. Willems Wed 25 10:00``."""
    meeting = visit.meeting
    owner = calendar_owner(meeting, voice)
    own = (p for p in meeting.people if is_ours(p, voice.us) and not is_user(p, voice.us))
    who = owner or next(map(voice.person, own), voice.say(_("a colleague")))
    return f"{who} {slot(meeting.start, voice.now, voice.us)}"


def _nobody(briefing: Briefing, voice: Voice, room: int) -> list[Line]:
    """``first visit · no contact person known``."""
    if not briefing.nobody_known:
        return []
    return [line(Span(part, "word")) for part in wrap(voice.say(words.FIRST_VISIT), room)]


def _others(briefing: Briefing, voice: Voice, room: int) -> list[Line]:
    told = _also_there(briefing, voice)
    return [line(Span(part)) for part in wrap(told, room)] if told else []


def _also_there(briefing: Briefing, voice: Voice) -> str:
    """``also there: Kaas & Co``: other customers and strangers at the table, of whom nothing is told here."""
    names = others_there(briefing.visit, ours(voice.us)) if briefing.visit is not None else ()
    return voice.say(_("also there: {names}"), names=voice.together(names)) if names else ""


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
    those = (Participant(name=each.name, email=each.email) for each in briefing.attendees if each.ours)
    return [each for each in those if not is_user(each, voice.us)]


def _wide_attendee(attendee: Attendee, voice: Voice) -> str:
    called = list(dict.fromkeys(said.value for said in jobs(attendee)))
    about = voice.say(_(" or ")).join(called)
    if len(called) > 1:
        about = voice.say(_("{jobs}, sources differ"), jobs=about)
    first = voice.say(FIRST_TIME) if attendee.first_time else None
    known = ", ".join(filter(None, (about, first)))
    name = attendee.name.strip()
    return f"{name} ({known})" if known else name


def _aligned(briefing: Briefing, voice: Voice, room: int, *, sources: bool = True) -> list[str]:
    """Names in one column, what is known of each in the next."""
    theirs = _theirs(briefing)
    names = [one_line(each.name).strip() for each in theirs]
    column = min(max(map(width, names), default=0), max(8, room // 2))
    rows = []
    for name, attendee in zip(names, theirs, strict=True):
        about = _narrow_about(attendee, voice, sources)
        whole = f"{name}{' ' * max(0, column - width(name))}  {about}".rstrip()
        if width(whole) <= room:
            rows.append(whole)
            continue
        beside = width(name) <= column and room - column - 2 >= _LEAST_ABOUT
        left = column + 2 if beside else 2
        parts = wrap(about, room - left)
        rows += [f"{name}{' ' * (left - width(name))}{parts.pop(0)}"] if beside else wrap(name, room)
        rows += [f"{' ' * left}{part}" for part in parts if part]
    return rows


def _narrow_about(attendee: Attendee, voice: Voice, sources: bool) -> str:
    said: dict[str, list[str]] = {}
    for position in jobs(attendee):
        said.setdefault(position.value, []).append(voice.source(position.source))
    if len(said) > 1 and sources:
        called = voice.say(_(" or ")).join(f"{job} ({', '.join(where)})" for job, where in said.items())
    else:
        called = voice.say(_(" or ")).join(said)
    first = voice.say(FIRST_TIME) if attendee.first_time else None
    known = (called, came_from(attendee, voice), first, not_in(attendee, voice, short=True))
    return (_DOT if sources else ", ").join(filter(None, known))


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
        if part := _in_part(briefing, voice):
            return line(Span(part, "alarm"))
        told = voice.count(*_n("{n} source answered", "all sources answered"), total)
        return line(Span(told, "dim")) if always and total else Line()
    names = _some(missing, voice)
    if not always:
        return line(Span(voice.say(_("no answer: {names}"), names=names), "alarm"))
    told = voice.say(_("{n} of {total} sources answered, not {names}"), n=answered, total=total, names=names)
    return line(Span(told, "alarm"))


def _in_part(briefing: Briefing, voice: Voice) -> str:
    """``Calendar in part``: sources of which a part failed."""
    names = [p.source for p in briefing.panels if p.state == "partial" and fails(p)]
    return voice.say(_("{names} in part"), names=_some(names, voice)) if names else ""


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
