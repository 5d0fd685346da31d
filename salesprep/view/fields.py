"""All that a record holds: each field with its name in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from salesprep.adapter import Change, Keys, Kind, Money, Participant, Place, Record
from salesprep.view import words
from salesprep.view.money import number
from salesprep.view.sections.changes import since, was
from salesprep.view.sections.drawing import joined
from salesprep.view.voice import Voice
from salesprep.view.words import _

Writer = Callable[[Any, Record, Voice], str]

_ROLES: Mapping[str, str] = {
    "organiser": _("organiser"),
    "attendee": _("invited"),
    "optional": _("optional"),
    "author": _("author"),
    "owner": _("owner"),
    "from": _("from"),
    "to": _("to"),
    "cc": _("copied"),
    "contact": _("contact person"),
}
_REPLIES: Mapping[str, str] = {
    "accepted": _("accepted"),
    "declined": _("declined"),
    "tentative": _("perhaps"),
    "needs-action": _("not answered"),
}
_WORDS: Mapping[str, Mapping[object, str]] = {
    "direction": {"in": _("from them to us"), "out": _("from us to them")},
    "answered": {True: _("yes"), False: _("no")},
    "done": {True: _("yes"), False: _("no")},
    "open": {True: _("open"), False: _("closed")},
    "left": {True: _("yes"), False: _("no")},
    "last_message_by": {"us": _("us"), "them": _("them")},
    "origin": {"shared": _("a place shared with them"), "outside": _("the world outside")},
    "visibility": {"open": _("everybody may see it"), "busy": _("only that somebody is busy")},
}
"""What fields with few values are told as; a value that is not among them is the usual one and not told."""
_NONE_WRITTEN = frozenset({"next_step"})
"""Fields of which it tells something that the source has them and they are empty."""


def fields(record: Record, voice: Voice) -> Iterator[tuple[str, str]]:
    """Name and text of each field that tells something; line breaks of bodies are kept.

    Without the title, the address, and when the record was read.
    """
    for name, (label, write) in _FIELDS.items():
        value = getattr(record, name, None)
        if (value is None or value in ("", ())) and not (value == "" and name in _NONE_WRITTEN):
            continue
        if text := write(value, record, voice).strip():
            yield voice.say(label), text
    for label, own in record.fields.items():
        if own.strip():
            yield label, own.strip()


# -- how values are written ---------------------------------------------------------------------


def _text(value: object, _record: Record, voice: Voice) -> str:
    match value:
        case datetime() | date():
            return voice.slot(value)
        case Money():
            return voice.amount(value)
        case Place():
            return _place(value)
        case int() if not isinstance(value, bool):
            return number(value, voice.us)
        case tuple():
            return ", ".join(map(str, value))
        case str() | Decimal():
            return str(value)
    return ""


def _place(place: Place) -> str:
    told = (place.text, place.postcode, place.city, place.country)
    text = ""
    for part in filter(None, told):
        if part.casefold() not in text.casefold():
            text = joined(text, part)
    return text


def _word(name: str) -> Writer:
    def write(value: object, _record: Record, voice: Voice) -> str:
        known = _WORDS[name].get(value)
        return voice.say(known) if known else ""

    return write


def _open(value: bool, record: Record, voice: Voice) -> str:
    """Only where the source has no word of its own for it."""
    return "" if getattr(record, "status", None) else _word("open")(value, record, voice)


def _type(value: str, _record: Record, voice: Voice) -> str:
    return words.contact_type(value, voice.us)


def _next_step(value: str, _record: Record, voice: Voice) -> str:
    return value.strip() or voice.say(_("none written down"))


def _people(value: tuple[Participant, ...], _record: Record, voice: Voice) -> str:
    return "\n".join(_participant(person, voice) for person in value)


def _participant(person: Participant, voice: Voice) -> str:
    role, reply = person.role or "", person.status or ""
    about = joined(
        person.position,
        voice.say(_ROLES.get(role, role)) if role else "",
        voice.say(_REPLIES.get(reply, reply)) if reply else "",
        person.email if person.name else "",
    )
    name = person.name or person.email or person.id or ""
    return f"{name} ({about})" if about else name


def _with_consent(*channels: str) -> Writer:
    """The addresses, and beside them whether they may be used."""

    def write(value: tuple[str, ...], record: Record, voice: Voice) -> str:
        consent = getattr(record, "consent", {})
        said = (
            words.consent(channel, consent[channel] == "ok", voice.us)
            for channel in channels
            if consent.get(channel) in ("ok", "no")
        )
        return " · ".join((", ".join(value), *said))

    return write


def _consent(value: Mapping[str, str], record: Record, voice: Voice) -> str:
    """What stands beside no address."""
    beside = {"mail": getattr(record, "emails", ()), "phone": getattr(record, "phones", ())}
    return ", ".join(
        words.consent(channel, said == "ok", voice.us)
        for channel, said in value.items()
        if said in ("ok", "no") and not beside.get(channel)
    )


def _change(value: Change, _record: Record, voice: Voice) -> str:
    gone_to = value.organisation_after
    now = voice.say(_("now at {company}"), company=gone_to) if gone_to else None
    return joined(since(value, voice), was(value, voice), now)


def _keys(value: Keys, record: Record, voice: Voice) -> str:
    """Whose the source itself says that it is."""
    own = getattr(record, "emails", ())
    emails = (email for email in value.emails if email not in own)
    if record.kind is Kind.ACCOUNT:  # not under itself
        return joined(*value.domains, *emails)
    account = voice.say(_("account {what}"), what=value.account_id) if value.account_id else None
    return joined(value.organisation, account, *value.domains, *emails)


_FIELDS: Mapping[str, tuple[str, Writer]] = {
    "type": (_("Sort"), _type),
    "number": (_("Number"), _text),
    "status": (_("State"), _text),
    "open": (_("Open or closed"), _open),
    "priority": (_("Priority"), _text),
    "stage": (_("Stage"), _text),
    "amount": (_("Amount"), _text),
    "outstanding": (_("Not paid yet"), _text),
    "keys": (_("Filed under"), _keys),
    "at": (_("Date"), _text),
    "start": (_("Begins"), _text),
    "end": (_("Ends"), _text),
    "starts": (_("In force from"), _text),
    "ends": (_("In force until"), _text),
    "notice_by": (_("Notice by"), _text),
    "closes": (_("Decision by"), _text),
    "due": (_("Due"), _text),
    "delivery": (_("Delivery"), _text),
    "done": (_("Done"), _word("done")),
    "closed_at": (_("Closed"), _text),
    "next_step": (_("Next step"), _next_step),
    "aliases": (_("Also called"), _text),
    "position": (_("Job"), _text),
    "started": (_("In this job since"), _text),
    "left": (_("Has left"), _word("left")),
    "change": (_("Change"), _change),
    "place": (_("Place"), _text),
    "phone": (_("Phone"), _text),
    "website": (_("Web site"), _text),
    "numbers": (_("Registered as"), _text),
    "emails": (_("Mail"), _with_consent("mail")),
    "phones": (_("Phone"), _with_consent("phone")),
    "handles": (_("Profiles"), _text),
    "consent": (_("Consent"), _consent),
    "industry": (_("Industry"), _text),
    "staff": (_("Staff"), _text),
    "owner": (_("Looked after by"), _text),
    "parent_id": (_("Belongs to"), _text),
    "direction": (_("Direction"), _word("direction")),
    "answered": (_("Answered"), _word("answered")),
    "people": (_("People"), _people),
    "calendar_owner": (_("Calendar of"), _text),
    "space": (_("Kept in"), _text),
    "network": (_("Network"), _text),
    "version": (_("Version"), _text),
    "body": (_("Text"), _text),
    "snippet": (_("Text"), _text),
    "text": (_("Text"), _text),
    "last_message": (_("Last word"), _text),
    "last_message_at": (_("Last word on"), _text),
    "last_message_by": (_("Last word from"), _word("last_message_by")),
    "updated_at": (_("Last changed"), _text),
    "language": (_("Language"), _text),
    "origin": (_("Whose words"), _word("origin")),
    "visibility": (_("For whom"), _word("visibility")),
}
