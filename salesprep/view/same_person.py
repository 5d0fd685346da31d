"""Why a record is somebody's, or may be, in plain words: what speaks for it and against. Never how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salesprep.briefing.model import Tie
from salesprep.briefing.people import person_of
from salesprep.briefing.persons.match import Because, Reason
from salesprep.view.voice import Voice
from salesprep.view.words import _

_WORDS: dict[Reason, str] = {
    "profile": _("the profile {told}"),
    "mail": _("the address {told}"),
    "phone": _("the phone number {told}"),
    "name": _("an equal name"),
    "spelling": _("the name in another spelling"),
    "alphabet": _("the name in another alphabet"),
    "order": _("the name in another order"),
    "nickname": _("a short form of the given name"),
    "married": _("a partner's name or the name at birth"),
    "particle": _("the family name with another particle, or without"),
    "initials": _("initials that fit"),
    "part": _("a name that fits in part"),
    "address_name": _("{told} writes out the name"),
    "other_name": _("another family name"),
    "other_given": _("another given name"),
    "other_generation": _("junior and senior"),
    "other_profile": _("another profile there"),
    "other_mail": _("another address"),
    "one_source": _("one source has both"),
    "somebody_else": _("it may be somebody else here"),
}


def tied(ties: Iterable[Tie], voice: Voice, *, perhaps: bool = False) -> Iterator[str]:
    """``Robert Smit (LinkedIn) is the same as in CRM: the address r.smit@vandijk.example``, one for each."""
    for tie in ties:
        name = person_of(tie.found).title.strip()
        source = voice.source(tie.found.source)
        if perhaps:
            message = _("{name} ({source}) may be the same: {why}")
        elif tie.to is None:
            message = _("is {name} ({source}): {why}")
        else:
            message = _("{name} ({source}) is the same as in {other}: {why}")
        other = voice.source(tie.to.source) if tie.to is not None else ""
        yield voice.say(message, name=name, source=source, other=other, why=because(tie.why, voice))


def because(why: Iterable[Because], voice: Voice) -> str:
    """``an equal name; against it: another address``."""
    reasons = tuple(why)
    for_it = ", ".join(_said(each, voice) for each in reasons if not each.against)
    against = ", ".join(_said(each, voice) for each in reasons if each.against)
    if not against:
        return for_it
    return "; ".join(filter(None, (for_it, voice.say(_("against it: {what}"), what=against))))


def _said(reason: Because, voice: Voice) -> str:
    return voice.say(_WORDS[reason.what], told=reason.text)
