"""What speaks for and against a record being this customer's, in plain words."""

from __future__ import annotations

from salesprep.briefing.links.again import read_before
from salesprep.briefing.model import Match
from salesprep.briefing.recognition.evidence import Evidence, Weight, What
from salesprep.briefing.recognition.group import Relation
from salesprep.view import words
from salesprep.view.lines import one_line, width
from salesprep.view.voice import Voice
from salesprep.view.words import _

_WORDS: dict[What, str] = {
    "picked": _("you picked it"),
    "id": _("account {what}"),
    "number": _("the number {what}"),
    "domain": _("the domain {what}"),
    "mail_domain": _("the mail domain {what}"),
    "email": _("the address {what}"),
    "organiser": _("invited by {what}"),
    "record_link": _("the link {what}"),
    "location": _('the place is called "{what}"'),
    "phone": _("the phone number {what}"),
    "postcode": _("the postcode {what}"),
    "place": _("the place {what}"),
    "country": _("the country {what}"),
    "name": _('the name "{what}"'),
    "only_one": _('it alone fits "{what}"'),
    "variant": _('a name like it: "{what}"'),
    "short_name": _('a short name: "{what}"'),
    "words": _('the words "{what}"'),
    "hit": _('the words "{what}"'),
    "taken": _("you said that it is another customer"),
    "parent": _("the parent of {what}"),
    "subsidiary": _("a subsidiary of {what}"),
    "branch": _("a branch of {what}"),
    "other_id": _("another account ({what})"),
    "other_number": _("another number ({what})"),
    "other_form": _("another legal form ({what})"),
    "other_domain": _("another domain ({what})"),
    "other_country": _("another country ({what})"),
    "other_place": _("another place ({what})"),
    "other_name": _("but of {what}"),
    "other_guest": _("but with somebody of {what}"),
    "common_name": _("its words are those of many names"),
    "namesake": _("another company has this name too"),
    "shared_domain": _("another company has this domain too"),
    "shared_number": _("another company has this number too"),
    "namesake_domain": _("another company of this name has it too"),
    "better_here": _("another company here fits better"),
    "stranger": _("elsewhere this is another customer's name"),
    "not_told_apart": _("nothing here tells it from others of that name"),
    "no_account": _("no company of this name is known"),
    "not_looked_up": _("no company could be looked up"),
    "not_settled": _("whom you mean is not settled yet"),
}
"""Recognition's findings, as a rep reads them; a user's decision has words of its own."""
WEIGHTS: dict[Weight, str] = {
    "proof": _("proof"),
    "strong": _("strong"),
    "some": _("weak"),
    "against": _("against it"),
    "rules_out": _("rules it out"),
}
"""How much a piece counts."""
_GROUP: dict[Relation, str] = {
    "parent": _("the parent of {what}"),
    "subsidiary": _("a subsidiary of {what}"),
    "branch": _("a branch of {what}"),
}
_OWN = frozenset({"link", "rejected", "rejected_before", "picked", "taken"})
"""The user's own decisions: they weigh what they weigh."""
_OF_THE_USER = frozenset(
    {"id", "domain", "mail_domain", "email", "name", "only_one", "variant", "short_name"}
)
"""What nobody but the user told of the customer, if no source did."""
_ID = 24
"""Columns of a native id that people may read; those of calendars are longer, and tell nobody anything."""
NOT_SAID = frozenset({"not_settled"})
"""Holds for all that is asked about, so it tells nothing."""


def for_and_against(match: Match, voice: Voice, *, why: bool = False) -> str:
    """``for it: the name "Acme GmbH"; against it: another legal form (gmbh)``. ``why``: each piece with its
    weight and where it came from."""
    speaks_for, against = sides(match, voice, why=why)
    told = ((_("for it: {what}"), speaks_for), (_("against it: {what}"), against))
    parts = [voice.say(message, what=", ".join(said)) for message, said in told if said]
    parts += [group] if (group := in_its_group(match, voice)) else []
    return "; ".join(parts)


def sides(match: Match, voice: Voice, *, why: bool = False) -> tuple[list[str], list[str]]:
    """What speaks for it, and what against it; never both empty. ``why`` as in :func:`for_and_against`."""
    say = explained if why else worded
    told = [each for each in match.evidence if each.what not in NOT_SAID]
    speaks_for = [say(each, voice) for each in told if each.speaks_for]
    against = [say(each, voice) for each in told if not each.speaks_for]
    if not speaks_for and not against:
        speaks_for = [words.how(match.how, voice.us)]
    return speaks_for, against


def in_its_group(match: Match, voice: Voice) -> str:
    """``a subsidiary of Kaasmakers Holding (CRM 1042)``: what the account is to others; they stay others."""
    said: dict[str, list[str]] = {}
    for each in match.related:
        told = record_named(each.source, each.native_id, voice)
        named = f"{one_line(each.name)} ({told})" if each.name else told
        said.setdefault(_GROUP[each.relation], []).append(named)
    return ", ".join(voice.say(message, what=voice.together(named)) for message, named in said.items())


def matched_by(match: Match, voice: Voice) -> list[str]:
    """By what a record was matched, each piece with its weight and where it came from: ``the domain
    vandijk.example (strong, of CRM 1042)``; a user's decision says that it is one. Never empty."""
    if match.how != "link":
        return [explained(each, voice) for each in match.evidence] or [words.how(match.how, voice.us)]
    own = words.how("link", voice.us)
    told = [said for each in match.evidence if (said := worded(each, voice)) != own]
    return [voice.say(_("{decision} on {what}"), decision=own, what=", ".join(told))] if told else [own]


def explained(evidence: Evidence, voice: Voice) -> str:
    """One piece with all that is known of it: ``the domain vandijk.example (strong, of CRM 1042; here
    r.smit@vandijk.example)``."""
    said = worded(evidence, voice)
    about = "; ".join(filter(None, (_of(evidence, voice), _here(evidence, voice))))
    return f"{said} ({about})" if about else said


def _of(evidence: Evidence, voice: Voice) -> str:
    """``strong, of CRM 1042``: how much it counts, and which record told it of the customer."""
    if evidence.what in _OWN:
        return ""
    weight, origin = voice.say(WEIGHTS[evidence.weight]), customers_side(evidence, voice)
    if not evidence.speaks_for:
        return origin
    return f"{weight}, {origin}" if origin else weight


def customers_side(evidence: Evidence, voice: Voice) -> str:
    """What told it of the customer, and of what speaks against it, what it is there: ``of CRM 1042``, ``you
    said so``, ``the customer: bv, of CRM 1042``; empty where the record itself says it all."""
    told = ""
    if evidence.source is not None and evidence.what == "id" and evidence.record == evidence.told:
        told = voice.say(_("as {source} has it"), source=voice.source(evidence.source))
    elif evidence.source is not None:
        told = voice.say(_("of {record}"), record=record_named(evidence.source, evidence.record or "", voice))
    elif evidence.what in _OF_THE_USER:
        told = voice.say(_("you said so"))
    if evidence.instead:
        said = voice.say(_("the customer: {what}"), what=evidence.instead)
        return f"{said}, {told}" if told else said
    return told


def record_named(source: str, native_id: str, voice: Voice) -> str:
    """``CRM 1042``; of an id that nobody can read, as calendars have them, the source alone."""
    told = one_line(native_id)
    return f"{voice.source(source)} {told}" if width(told) <= _ID else voice.source(source)


def _here(evidence: Evidence, voice: Voice) -> str:
    if not evidence.here or evidence.what in _OWN:
        return ""
    return voice.say(_("here {what}"), what=one_line(evidence.here))


def worded(evidence: Evidence, voice: Voice) -> str:
    """One piece: ``another legal form (gmbh)``."""
    if evidence.what in ("link", "rejected"):
        return words.how("link", voice.us)
    if evidence.what == "rejected_before":
        return _before(evidence, voice)
    return voice.say(_WORDS[evidence.what], what=evidence.told)


def _before(evidence: Evidence, voice: Voice) -> str:
    """``you rejected it on 2 Nov; since then: acme.example``."""
    before = read_before(evidence)
    own = before.by in (*voice.us.emails, voice.us.name, "user")
    line = _("you rejected it on {day}; since then: {what}")
    return voice.say(
        line if own else _("{name} rejected it on {day}; since then: {what}"),
        name=one_line(before.by),
        day=voice.day(before.at),
        what=one_line(", ".join(before.since)),
    )
