"""A visit in words: with whom it is, about whom, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salesprep.briefing.model import Visit
from salesprep.briefing.recognition.evidence import Evidence
from salesprep.view.evidence import for_and_against, record_named, worded
from salesprep.view.voice import Voice
from salesprep.view.words import _


def named(visit: Visit, voice: Voice) -> str:
    """``Van Dijk Machinebouw and Kaas & Co``; of a meeting among ourselves ``about Kaas & Co, internal``;
    nothing where no customer is known."""
    if visit.customer is None:
        return ""
    if visit.about:
        return voice.say(_("about {name}, internal"), name=visit.customer.name)
    return voice.together([customer.name for customer in visit.customers])


def spoken_about(visit: Visit, voice: Voice) -> str:
    """``also about Kaas & Co``: who is named or linked without being there."""
    names = [each.customer.name for each in visit.also if each.about]
    return voice.say(_("also about {names}"), names=voice.together(names)) if names else ""


def known_by(reasons: Iterable[Evidence], voice: Voice) -> str:
    """``the domain vandijk.example (CRM 1042), the place Eindhoven (CRM 1042)``: each piece with the record
    that told it of the customer."""
    told = []
    for each in reasons:
        said = worded(each, voice)
        if each.source is not None and each.record is not None:
            said = f"{said} ({record_named(each.source, each.record, voice)})"
        told.append(said)
    return ", ".join(told)


def whys(visit: Visit, voice: Voice) -> Iterator[str]:
    """How each customer of the visit is known; beside several each by name."""
    involved = [(visit.customer, visit.reasons)] if visit.customer is not None else []
    involved += [(each.customer, each.evidence) for each in visit.also]
    for customer, reasons in involved:
        known = known_by(reasons, voice)
        if customer is None or not known:
            continue
        if len(involved) == 1:
            yield voice.say(_("known by {what}"), what=known)
        else:
            yield voice.say(_("{name}: known by {what}"), name=customer.name, what=known)


def whys_not(visit: Visit, voice: Voice) -> Iterator[str]:
    """What speaks for each of those who may be the customer."""
    for found in visit.candidates:
        where = f"{voice.source(found.source)} {found.record.id}"
        told = for_and_against(found.match, voice)
        yield f"{found.record.title} ({where}): {told}"
