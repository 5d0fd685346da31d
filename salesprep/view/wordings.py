"""The words of the quick scan: one function per signal class, each giving a word and the clauses of a fact.

A fact is a tuple of clauses so that a narrow screen breaks between them; on one line they are joined
by ``"; "``. ``short`` is the wording for a narrow screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from salesprep.adapter import Activity, Meeting, Participant, When
from salesprep.briefing.contacts.time_line import in_person
from salesprep.briefing.model import (
    Attendee,
    Complaint,
    Differs,
    LastTalk,
    Near,
    NewFace,
    Offer,
    Promised,
    Signal,
)
from salesprep.briefing.signals.complaint import is_complaint
from salesprep.settings import Us
from salesprep.view import ages
from salesprep.view.dates import as_day, clock, named_day, weekday
from salesprep.view.measures import distance
from salesprep.view.sections.changes import came_from, jobs
from salesprep.view.sections.contacts import one_to_other, owner_of, what_was_said
from salesprep.view.sections.drawing import joined, quoted, said_value
from salesprep.view.sections.papers import last_word, priority
from salesprep.view.voice import Voice
from salesprep.view.words import _, _n, contact_type

Clauses = tuple[str, ...]
Wording = tuple[str, Clauses]


def signal_text(
    signal: Signal, us: Us, now: datetime, labels: Mapping[str, str] | None = None, customer: str = ""
) -> tuple[str, str]:
    """The word and the fact of one signal; ``labels`` are the sources' names in a sentence."""
    voice = Voice(us=us, now=now, labels=labels or {}, customer=customer)
    word, clauses = wording(signal, voice, short=False)
    return word, "; ".join(clauses)


def wording(signal: Signal, voice: Voice, *, short: bool) -> Wording:
    """The word and the clauses of a signal; ``KeyError`` for a class that has no wording."""
    return _WORDINGS[type(signal)](signal, voice, short)


def _complaint(signal: Complaint, voice: Voice, short: bool) -> Wording:
    ticket = signal.ticket
    word = _("COMPLAINT") if is_complaint(ticket) else _("TICKET")
    urgency = priority(ticket)
    if urgency and not short:
        urgency = voice.say(_("priority {word}"), word=urgency.removeprefix("P"))
    nth = "" if voice.narrow else _nth(signal.nth_this_year, voice)
    first = joined(ticket.title, urgency, _open_for(signal.open_days, voice, short), nth)
    return voice.say(word), tuple(filter(None, (first, _last_word(signal, voice, short))))


def _open_for(days: int | None, voice: Voice, short: bool) -> str:
    if days is None:
        return voice.say(_("open"))
    if days <= 0:
        return voice.say(_("open since today"))
    if voice.narrow:
        return voice.count(*_n("{n} day", "{n} days"), days)
    if short:
        return voice.say(_("open {n} d"), n=days)
    return voice.count(*_n("open {n} day", "open {n} days"), days)


def _nth(nth: int, voice: Voice) -> str:
    if nth < 2:
        return ""
    named = {
        2: _("second this year"),
        3: _("third this year"),
        4: _("fourth this year"),
        5: _("fifth this year"),
    }
    return voice.say(named[nth]) if nth in named else voice.say(_("number {n} this year"), n=nth)


def _last_word(signal: Complaint, voice: Voice, short: bool) -> str:
    ticket = signal.ticket
    if signal.unanswered_since is None:
        last = last_word(ticket, voice)
        return last if short or not last else voice.say(_("last word is {whose}"), whose=last)
    since = voice.said_at(signal.unanswered_since)
    if voice.narrow:
        return voice.say(_("theirs {when}, NO ANSWER"), when=since)
    if short:
        return voice.say(_("theirs, {when}, nobody answered"), when=since)
    return voice.say(_("last word is theirs, {when}, nobody answered"), when=since)


def _promised(signal: Promised, voice: Voice, short: bool) -> Wording:
    task = signal.task
    owner = owner_of(task)
    who = voice.say(_("you")) if signal.by_user else voice.person(owner) if owner else ""
    if who and not short:
        who = voice.say(_("{who} noted"), who=who)
    day = voice.day(task.at) if task.at is not None and not voice.narrow else None
    noted = joined(day, "" if voice.narrow and signal.by_user else who)
    said = f"{noted}: {quoted(task.title)}" if noted else quoted(task.title)
    due = ""
    if task.due is not None and signal.overdue:
        due = voice.say(_("overdue since {day}"), day=voice.day(task.due))
    elif task.due is not None:
        left = (as_day(task.due, voice.us) - as_day(voice.now, voice.us)).days
        due = (
            voice.say(_("due {day}"), day=ages.by_when(task.due, left, voice.now, voice.us))
            if left <= 1
            else ""
        )
    return voice.say(_("PROMISED")), (joined(said, due),)


def _offer(signal: Offer, voice: Voice, short: bool) -> Wording:
    offer = signal.opportunity
    price = voice.amount(offer.amount) if offer.amount else None
    named = f"{offer.title} {price}" if short and price else joined(offer.title, price)
    stage = None if short else offer.stage
    ends = None
    if offer.closes is not None and signal.days_left is not None:
        words = _("expired {day}") if signal.days_left < 0 else _("expires {day}")
        if voice.narrow:
            words = _("ended {day}") if signal.days_left < 0 else _("ends {day}")
        ends = voice.say(words, day=ages.by_when(offer.closes, signal.days_left, voice.now, voice.us))
    step = voice.say(_("no next step")) if signal.no_next_step else None
    if voice.narrow:
        return voice.say(_("OFFER")), tuple(filter(None, (joined(named, ends), step)))
    return voice.say(_("OFFER")), (joined(named, stage, ends, step),)


FIRST_TIME = _("first time here")
"""Only this customer's contacts were asked for: elsewhere they may be an old acquaintance."""


def _new_face(signal: NewFace, voice: Voice, short: bool) -> Wording:
    attendee = signal.attendee
    meeting = next((f.record for f in signal.evidence if isinstance(f.record, Meeting)), None)
    invited = voice.say(_("is invited"))
    if meeting is not None:
        day = named_day(meeting.start, voice.now, voice.us)
        invited = voice.say(_("is invited {day}"), day=day)
    name, position = attendee.name.strip(), _position(attendee)
    if short:
        parts = (
            name,
            position,
            came_from(attendee, voice),
            voice.say(FIRST_TIME),
            not_in(attendee, voice, short=True),
        )
        return voice.say(_("NEW FACE")), (joined(*parts),)
    told = joined(position, came_from(attendee, voice))
    who = f"{name}, {told}, {invited}" if told else f"{name} {invited}"
    new = voice.say(_("no earlier contact with any of us found here"))
    return voice.say(_("NEW FACE")), tuple(filter(None, (who, new, not_in(attendee, voice, short=False))))


def _position(attendee: Attendee) -> str | None:
    return next((said.value for said in jobs(attendee)), None)


def not_in(attendee: Attendee, voice: Voice, *, short: bool) -> str:
    """``not in CRM under Kaas & Co``, short ``not in CRM here``: only this customer's people were asked."""
    if not attendee.unknown_to:
        return ""
    sources = ", ".join(map(voice.source, attendee.unknown_to))
    if short or not voice.customer:
        return voice.say(_("not in {sources} here"), sources=sources)
    return voice.say(_("not in {sources} under {customer}"), sources=sources, customer=voice.customer)


_DONE = {
    "phone": (_("{ours} phoned {theirs}"), _("{theirs} phoned {ours}")),
    "mail": (_("{ours} wrote to {theirs}"), _("{theirs} wrote to {ours}")),
    "chat": (_("{ours} wrote to {theirs}"), _("{theirs} wrote to {ours}")),
}


def _last_talk(signal: LastTalk, voice: Voice, short: bool) -> Wording:
    activity = signal.activity
    when: When | None
    if isinstance(activity, Meeting):
        said, when = activity.title, activity.start
    else:
        said, when = what_was_said(activity), activity.at
    day = voice.day(when) if short and when is not None else ages.days_ago(signal.days_ago, voice.us)
    text = joined(day, _with_whom(signal, voice, short))
    silent = ", ".join(map(voice.source, signal.not_heard))
    unheard = voice.say(_("{sources} did not answer"), sources=silent) if silent else ""
    return voice.say(_("LAST TALK")), tuple(filter(None, (f"{text}: {said}" if said else text, unheard)))


def _with_whom(signal: LastTalk, voice: Voice, short: bool) -> str:
    """Who spoke with whom; who of them began, only if the source tells."""
    activity = signal.activity
    ours = (signal.ours,) if signal.ours else ()
    direction = activity.direction if isinstance(activity, Activity) else None
    kind = activity.type if isinstance(activity, Activity) else _meeting_word(activity, voice)
    called = contact_type(kind, voice.us)
    if direction is None:
        return joined(
            called, voice.together([*_with_job(signal.ours, voice, short), *voice.named(signal.theirs)])
        )
    if not short and kind in _DONE and signal.ours and signal.theirs:
        we, they = _with_job(signal.ours, voice, short), voice.named(signal.theirs)
        return voice.say(_DONE[kind][direction == "in"], ours=we[0], theirs=voice.together(they))
    way = one_to_other(direction, ours, signal.theirs, voice)
    if direction == "in" and signal.theirs:
        way = voice.say(_("from {who_to_whom}"), who_to_whom=way)
    return joined(called, way)


def _meeting_word(meeting: Meeting, voice: Voice) -> str:
    return voice.say(_("visit") if in_person(meeting) else _("meeting"))


def _with_job(person: Participant | None, voice: Voice, short: bool) -> list[str]:
    if person is None:
        return []
    named = voice.named((person,))
    return [f"{named[0]} ({person.position})"] if named and person.position and not short else named


def _differs(signal: Differs, voice: Voice, short: bool) -> Wording:
    words = "{source} {value}" if short else _("{source} says {value}")
    said = (
        voice.say(words, source=voice.source(each.source), value=said_value(signal, each, voice))
        for each in signal.said
    )
    return voice.say(_("DIFFERS")), (f"{signal.about}: {', '.join(said)}",)


def _near(signal: Near, voice: Voice, short: bool) -> Wording:
    meeting = signal.meeting
    colleague = signal.colleague
    city = meeting.place.city if meeting.place else None
    place = city or (meeting.place.text if meeting.place else None)
    km = distance(signal.km, voice.us)
    if short:
        text = joined(colleague, place, km, weekday_slot(meeting.start, voice))
    else:
        at = meeting.keys.organisation
        if at and place:
            where = voice.say(_("is at {at} in {city}"), at=at, city=place)
        elif at or place:
            where = voice.say(_("is at {at}") if at else _("is in {at}"), at=at or place)
        else:
            where = voice.say(_("is near"))
        about = f" ({meeting.title})" if meeting.title and not at else ""
        who = f"{colleague} {where}{about}"
        text = joined(who, voice.say(_("{km} from here"), km=km), weekday_slot(meeting.start, voice))
    return voice.say(_("COMBINE")), (text,)


def weekday_slot(start: When, voice: Voice) -> str:
    """``Thu 26 Nov 10:00``; today and tomorrow by name."""
    if -1 <= (as_day(start, voice.us) - as_day(voice.now, voice.us)).days <= 1:
        return voice.slot(start)
    day = weekday(start, voice.now, voice.us)
    return f"{day} {clock(start, voice.us)}" if isinstance(start, datetime) else day


_WORDINGS: Mapping[type[Signal], Callable[[Any, Voice, bool], Wording]] = {
    Complaint: _complaint,
    Promised: _promised,
    Offer: _offer,
    NewFace: _new_face,
    LastTalk: _last_talk,
    Differs: _differs,
    Near: _near,
}


def worded() -> Sequence[type[Signal]]:
    """The signal classes that have a wording."""
    return tuple(_WORDINGS)
