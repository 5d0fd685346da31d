"""People, recent contacts, promises and visits: who, when, with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from salesprep.adapter import Activity, Meeting, Participant, Person, Task, moment
from salesprep.view.dates import as_day, days_of
from salesprep.view.lines import Span
from salesprep.view.people import is_ours, is_user, written
from salesprep.view.sections.changes import changed, groups, how_many_here
from salesprep.view.sections.drawing import Drawing, day_of, differs_notes, joined, quoted
from salesprep.view.table import Column, Row
from salesprep.view.voice import Voice
from salesprep.view.words import _, consent, contact_type

_WHO = Column(least=8, gives=2, most=2)
_WHAT = Column(least=8, gives=3, most=2)
_LAST = Column(least=6, gives=1, folds=True)
_DAY = Column(right=True)
SPOKEN = frozenset({"phone", "visit", "meeting"})
"""Types of contacts that both sides take part in: nobody sends one to another."""
_PERSON_FACTS = frozenset({"position", "left", "employer", "name"})


def _person(person: Person, source: str, voice: Voice) -> Row:
    if person.change is not None:
        return changed(person, person.change, source, voice)
    notes = [*differs_notes(source, person.title, _PERSON_FACTS, voice)]
    if person.started is not None:
        notes.append(Span(voice.say(_("since {day}"), day=voice.day(person.started))))
    position = joined(person.position, voice.say(_("left")) if person.left else None)
    may = _consent(person, voice)
    last = Span(joined(may.text, voice.not_here(source, person.id)), may.style)
    return Row((Span(person.title.strip()), Span(position), last), tuple(notes))


def _consent(person: Person, voice: Voice) -> Span:
    """Every "do not", and that mail is allowed: what is not told is not known."""
    refused = [consent(channel, False, voice.us) for channel, word in person.consent.items() if word == "no"]
    allowed = [consent("mail", True, voice.us)] if person.consent.get("mail") == "ok" else []
    return Span(", ".join(allowed + refused), "alarm" if refused else "plain")


def _activity(activity: Activity, _source: str, voice: Voice) -> Row:
    who = who_to_whom(activity, voice)
    said = what_was_said(activity)
    silent = _("no answer from us") if activity.direction == "in" else _("no reply to this one")
    unanswered = (Span(voice.say(silent), "alarm"),) if activity.answered is False else ()
    return Row(
        tuple(map(Span, (day_of(activity, voice), contact_type(activity.type, voice.us), who, said))),
        unanswered,
    )


def who_to_whom(activity: Activity, voice: Voice) -> str:
    """``you to K. Vos`` of what was written in one direction, else ``M. Bakker, R. Smit``; of a talk
    whoever began comes first, where the source tells."""
    ours = [person for person in activity.people if is_ours(person, voice.us)]
    theirs = [person for person in activity.people if person not in ours]
    if activity.direction is None or activity.type in SPOKEN:
        first, second = (theirs, ours) if activity.direction == "in" else (ours, theirs)
        return voice.people([*first, *second])
    return one_to_other(activity.direction, ours, theirs, voice)


def one_to_other(
    direction: Literal["in", "out"], ours: Sequence[Participant], theirs: Sequence[Participant], voice: Voice
) -> str:
    """``you to K. Vos`` or ``K. Vos to you``; ``from us`` or ``to us`` where theirs are not named."""
    here, there = voice.people(ours) or voice.say(_("us")), voice.people(theirs)
    if not there:
        return voice.say(_("from us") if direction == "out" else _("to us"))
    first, second = (here, there) if direction == "out" else (there, here)
    return voice.say(_("{first} to {second}"), first=first, second=second)


def what_was_said(activity: Activity) -> str:
    """The first words written down, quoted; else what the contact was about."""
    if activity.body and activity.body.strip() and activity.type != "mail":
        return quoted(activity.body)
    return activity.title if activity.title.casefold() != activity.type.casefold() else ""


def owner_of(task: Task) -> Participant | None:
    """Who promised it."""
    return next((person for person in task.people if person.role == "owner"), None)


def _task(task: Task, _source: str, voice: Voice) -> Row:
    owner = owner_of(task)
    due = Span("")
    if task.done:
        due = Span(voice.say(_("done")), "dim")
    elif task.due is not None:
        late = as_day(task.due, voice.us) < as_day(voice.now, voice.us)
        words = _("overdue since {day}") if late else _("due {day}")
        due = Span(voice.say(words, day=voice.day(task.due)), "alarm" if late else "plain")
    who = voice.person(owner) if owner else ""
    return Row((Span(day_of(task, voice)), Span(who), Span(quoted(task.title)), due))


def _undone_first(task: Task, _voice: Voice) -> bool:
    return bool(task.done)


def _meeting(meeting: Meeting, _source: str, voice: Voice) -> Row:
    when = Span(days_of(meeting.start, meeting.end, voice.now, voice.us))
    if meeting.visibility == "busy":
        owner = calendar_owner(meeting, voice)
        return Row((when, Span(joined(owner, voice.say(_("busy"))), "dim")))
    state = {"cancelled": _("cancelled"), "tentative": _("tentative")}.get(meeting.status)
    if any(is_user(person, voice.us) and person.status == "declined" for person in meeting.people):
        state = _("cancelled") if state == _("cancelled") else _("declined by you")
    others = [
        person
        for person in meeting.people
        if written(person, voice.us) and not is_user(person, voice.us) and person.status != "declined"
    ]
    theirs_first = sorted(others, key=lambda person: is_ours(person, voice.us))
    with_whom = ", ".join(dict.fromkeys(map(voice.surname, theirs_first)))
    notes = (Span(voice.say(state), "alarm"),) if state else ()
    return Row((when, Span(meeting.title), Span(with_whom)), notes)


def calendar_owner(meeting: Meeting, voice: Voice) -> str | None:
    """Whose calendar it is, unless it is the user's."""
    address = meeting.calendar_owner
    if address is None or address.casefold() in voice.us.emails:
        return None
    colleague = next((c.name for c in voice.us.colleagues if c.email == address.casefold()), None)
    return colleague or address


def _coming_then_past(meeting: Meeting, voice: Voice) -> tuple[bool, float]:
    start = moment(meeting.start, voice.us.zone).timestamp()
    over = moment(meeting.end, voice.us.zone) <= voice.now
    return (over, -start if over else start)


PEOPLE = Drawing((_WHO, _WHAT, _LAST), _person, tally=how_many_here, groups=groups, most=3)
_SAID = Column(least=10, gives=3, folds=True)
ACTIVITIES = Drawing(
    (_DAY, Column(least=4, gives=1), _WHO, _SAID), _activity, note_at=2, most=3, most_alone=8
)
TASKS = Drawing((_DAY, _WHO, _SAID, _LAST), _task, rank=_undone_first)
MEETINGS = Drawing(
    (Column(), _WHAT, Column(least=8, gives=2, folds=True)), _meeting, rank=_coming_then_past, most=6
)
