"""One person in words: what each source tells, what it allows, and where sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.adapter import Change, Participant, Person, When
from salesprep.adapter.records import Channel
from salesprep.briefing.model import Differs, Found, Said
from salesprep.briefing.people import has_left, person_of
from salesprep.briefing.roster import Entry
from salesprep.view import contacts_rows
from salesprep.view.lines import Span, Style
from salesprep.view.replies import unanswered
from salesprep.view.sections.changes import was
from salesprep.view.sections.drawing import joined, said_value
from salesprep.view.voice import Voice
from salesprep.view.words import _, consent


def told_by(found: Found, voice: Voice) -> Iterator[Span]:
    """The job or that they left, then each channel with what is allowed on it."""
    person = person_of(found)
    yield Span(_job(person, voice), "alarm" if has_left(person) else "plain")
    yield from _channels(person, voice)


def _job(person: Person, voice: Voice) -> str:
    change = person.change
    if has_left(person):
        gone_to = change.organisation_after if change is not None else None
        now = voice.say(_("left, now at {company}"), company=gone_to) if gone_to else voice.say(_("left"))
        return joined(now, _was_here(person, change, voice))
    before = was(change, voice) if change is not None else None
    since = voice.say(_("since {day}"), day=voice.day(person.started)) if person.started is not None else None
    return joined(person.position, before, since) or voice.say(_("no job told"))


def _was_here(person: Person, change: Change | None, voice: Voice) -> str | None:
    job = (change.position_before if change is not None else None) or person.position
    return voice.say(_("was {job}"), job=job) if job else None


def _channels(person: Person, voice: Voice) -> Iterator[Span]:
    """``r.smit@vandijk.example mail ok``; a refusal is told with or without an address."""
    ways: tuple[tuple[Channel, tuple[str, ...]], ...] = (
        ("mail", person.emails),
        ("phone", person.phones),
        ("post", ()),
        ("visit", ()),
    )
    for channel, addresses in ways:
        word = person.consent.get(channel)
        allowed = consent(channel, word == "ok", voice.us) if word in ("ok", "no") else ""
        style: Style = "alarm" if word == "no" else "plain"
        for address in addresses:
            yield Span(" ".join(filter(None, (address, allowed))), style)
        if allowed and not addresses:
            yield Span(allowed, style)


def remarks(entry: Entry, voice: Voice) -> str:
    """``invited · not in CRM here``."""
    unknown = ", ".join(map(voice.source, entry.unknown_to))
    parts = (
        voice.say(_("invited")) if entry.invited else "",
        voice.say(_("not in {sources} here"), sources=unknown) if unknown else "",
    )
    return " · ".join(filter(None, parts))


def notes(entry: Entry, ages: dict[str, When | None], voice: Voice) -> Iterator[Span]:
    """What differs, with how old each word is; and who else may be meant."""
    for signal in entry.differs:
        yield Span(joined(*(_says(signal, said, ages, voice) for said in signal.said)), "alarm")
    if entry.perhaps:
        named = (f"{person_of(f).title.strip()} ({voice.source(f.source)})" for f in entry.perhaps)
        yield Span(voice.say(_("perhaps the same: {names}"), names=", ".join(named)), "dim")


def _says(signal: Differs, said: Said, ages: dict[str, When | None], voice: Voice) -> str:
    age = said.found.record.updated_at if said.found is not None else None
    age = age or ages.get(said.source)
    text = voice.say(
        _("{source} says {value}"), source=voice.source(said.source), value=said_value(signal, said, voice)
    )
    return f"{text} ({voice.age(age)})" if age is not None else text


def last_contact(entry: Entry, voice: Voice, *, told_all: bool) -> tuple[str, str]:
    """``ticket, Thu 09:12, to us: "staat weer stil"`` and ``NO ANSWER``.

    That there is none is told of those at the visit, and if every source of contacts has told all.
    """
    if entry.last is None:
        return voice.say(_("none found")) if told_all and entry.invited else "", ""
    them = Participant(name=entry.name)
    return contacts_rows.last_words(entry.last, them, voice), unanswered(entry.last, voice)
