"""One contact in words: when, who to whom, about what, told by whom; and where its sources differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from salesprep.adapter import Activity, Meeting, Participant, Ticket, When
from salesprep.adapter.names import fold
from salesprep.briefing.alike import same_person
from salesprep.briefing.contacts.recent import happened
from salesprep.briefing.model import Contact, Found
from salesprep.view import ages
from salesprep.view.dates import as_day, clock, short_day
from salesprep.view.evidence import matched_by
from salesprep.view.lines import width
from salesprep.view.people import is_ours, is_user
from salesprep.view.sections.contacts import what_was_said
from salesprep.view.sections.drawing import joined, quoted
from salesprep.view.voice import Voice
from salesprep.view.words import _, contact_type

_WEEK = 7
_TALKS = frozenset({"call", "meeting", "phone", "visit", "bezoek", "telefoon"})
_SHORT = 4
"""A source's name up to this length is not shortened."""


def kind(contact: Contact, voice: Voice) -> str:
    """``phone``, ``ticket``: as the source calls it, our own words where it is a record of its own kind."""
    record = contact.found.record
    if isinstance(record, Ticket):
        return voice.say(_("ticket"))
    if isinstance(record, Meeting):
        return voice.say(_("visit") if contact.type == "visit" else _("meeting"))
    return contact_type(contact.type, voice.us)


def when(contact: Contact, voice: Voice) -> tuple[str, str]:
    """The day and the time of day; that is empty where the source has none."""
    at = contact.when
    return short_day(at, voice.now, voice.us), clock(at, voice.us) if isinstance(at, datetime) else ""


def how_long_ago(when: When, voice: Voice) -> str:
    """``Thu 09:12`` within a week, else ``10 days ago``."""
    days = (as_day(voice.now, voice.us) - as_day(when, voice.us)).days
    return voice.said_at(when) if days < _WEEK else ages.days_ago(days, voice.us)


def who(contact: Contact, voice: Voice, room: int) -> str:
    """``R. Smit to Bakker, cc``: whole names where they fit into ``room``, else family names."""
    whole = _who(contact, voice, voice.person)
    return whole if width(whole) <= room else _who(contact, voice, voice.surname)


def _who(contact: Contact, voice: Voice, name: Callable[[Participant], str]) -> str:
    we, they = map(name, _active(contact, voice)), map(name, contact.theirs)
    if not _has_a_way(contact):
        text = ", ".join(dict.fromkeys(filter(None, (*we, *they))))
    else:
        one, other = ", ".join(filter(None, we)) or voice.say(_("us")), ", ".join(filter(None, they))
        if not other:
            text = voice.say(_("from us") if contact.direction == "out" else _("to us"))
        else:
            first, second = (one, other) if contact.direction == "out" else (other, one)
            text = voice.say(_("{first} to {second}"), first=first, second=second)
    return joined(text, voice.say(_("cc")) if contact.cc else None)


def _active(contact: Contact, voice: Voice) -> list[Participant]:
    """Ours, without the user where they were only copied."""
    return [p for p in contact.ours if not (contact.cc and is_user(p, voice.us))]


def _has_a_way(contact: Contact) -> bool:
    """Whether it went from one to the other; who rang up whom matters little afterwards."""
    return contact.direction is not None and fold(contact.type) not in _TALKS


def about(contact: Contact) -> str:
    """What was said, else the subject."""
    record = contact.found.record
    return what_was_said(record) if isinstance(record, Activity) else record.title


def last_words(contact: Contact, them: Participant, voice: Voice) -> str:
    """``phone, 10 days ago, M. Bakker: "wacht op onderdeel"``: as said of the one it was with."""
    record = contact.found.record
    ours_named = joined(voice.people(_active(contact, voice)), voice.say(_("cc")) if contact.cc else None)
    if not _has_a_way(contact):
        others = [p for p in contact.theirs if not same_person(p, them)]
        with_whom = voice.people([*contact.ours, *others])
    else:
        message = _("to {names}") if contact.direction == "in" else _("from {names}")
        with_whom = voice.say(message, names=ours_named or voice.say(_("us")))
    first = joined(kind(contact, voice), how_long_ago(contact.when, voice), with_whom)
    said = about(contact)
    if isinstance(record, Ticket) and record.last_message:
        said = quoted(record.last_message)
    return f"{first}: {said}" if said else first


def sources(contact: Contact, voice: Voice, room: int) -> str:
    """``CRM, Mail``; where that is too long ``CRM, Cal.``."""
    named = [voice.source(found.source) for found in contact.evidence]
    if len(named) > 1 and width(", ".join(named)) > room:
        named = [name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}." for name in named]
    return ", ".join(named)


def differences(contact: Contact, voice: Voice) -> list[str]:
    """``Calendar: 13:05, "Bezoek lijn 4"``: what the other sources of a line tell otherwise."""
    told = ((found, _otherwise(contact, found, voice)) for found in contact.also)
    return [f"{voice.source(found.source)}: {', '.join(parts)}" for found, parts in told if parts]


def _otherwise(contact: Contact, found: Found, voice: Voice) -> list[str]:
    parts = []
    first, at = happened(contact.found.record), happened(found.record)
    if first is not None and at is not None and first != at:
        if as_day(first, voice.us) != as_day(at, voice.us):
            parts.append(voice.slot(at))
        elif isinstance(at, datetime):
            parts.append(clock(at, voice.us))
        else:
            parts.append(voice.say(_("no time of day")))
    if fold(found.record.title) != fold(contact.found.record.title):
        parts.append(f'"{found.record.title}"')
    if _theirs(found, voice) and not _same(_theirs(found, voice), _theirs(contact.found, voice)):
        parts.append(voice.say(_("with {names}"), names=voice.people(_theirs(found, voice))))
    return parts


def _theirs(found: Found, voice: Voice) -> list[Participant]:
    return [p for p in found.record.people if not is_ours(p, voice.us) and p.status != "declined"]


def _same(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    return all(any(same_person(p, q) for q in others) for p in some) and all(
        any(same_person(p, q) for q in some) for p in others
    )


def matched(found: Found, voice: Voice) -> str:
    """``CRM: matched by account 1042 · just now · https://…``."""
    record = found.record
    by = ", ".join(matched_by(found.match, voice))
    link = record.url or voice.say(_("no link: {reason}"), reason=record.no_url_reason or "")
    why = " · ".join((voice.say(_("matched by {what}"), what=by), voice.age(record.fetched_at), link))
    return f"{voice.source(found.source)}: {why}"
