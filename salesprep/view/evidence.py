"""What speaks for and against a record being this customer's, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from salesprep.briefing.model import Match
from salesprep.view import words
from salesprep.view.voice import Voice
from salesprep.view.words import _

_FOR: dict[str, str] = {
    "name": _('the name "{what}"'),
    "domain": _("the domain {what}"),
    "address": _("the address {what}"),
    "account": _("account {what}"),
    "words": _('the words "{what}"'),
}
"""What recognition found equal, by the first word of its evidence."""

_AGAINST: dict[str, str] = {
    "another legal form": _("another legal form ({what})"),
    "another domain": _("another domain ({what})"),
    "another country": _("another country ({what})"),
}


_NOT_SAID = frozenset({"whom you mean is not settled yet"})
"""Holds for all that is asked about, so it tells nothing."""
_DECIDED = "a user said that "
_WORDS: dict[str, str] = {
    "picked": _("you picked it"),
    "another account has this name too": _("another company has this name too"),
    "another account has this domain too": _("another company has this domain too"),
    "another account here fits better": _("another company here fits better"),
    "another account of this name has it too": _("another company of this name has it too"),
    "no account of this name is known": _("no company of this name is known"),
    "no account could be looked up": _("no company could be looked up"),
    "elsewhere this is another customer's name": _("elsewhere this is another customer's name"),
    "this source does not tell it from others of that name": _(
        "nothing here tells it from others of that name"
    ),
    "a user linked it to another customer": _("you said that it is another customer"),
    "the parent of the customer": _("the parent of the customer"),
    "a subsidiary of the customer": _("a subsidiary of the customer"),
}
"""Recognition's own words, as a rep reads them."""
_FOR_WHOLE = frozenset({"picked"})
"""Those of them that speak for it."""


def for_and_against(match: Match, voice: Voice) -> str:
    """``for it: the name "Acme GmbH"; against it: another legal form (gmbh)``."""
    speaks_for, against = sides(match, voice)
    parts = [
        voice.say(message, what=", ".join(said))
        for message, said in ((_("for it: {what}"), speaks_for), (_("against it: {what}"), against))
        if said
    ]
    return "; ".join(parts)


def sides(match: Match, voice: Voice) -> tuple[list[str], list[str]]:
    """What speaks for it, and what against it; never both empty."""
    evidence = [each for each in match.evidence if each not in _NOT_SAID]
    speaks_for = [said for each in evidence if (said := _for(each, voice))]
    against = [_against(each, voice) for each in evidence if not _for(each, voice)]
    if not speaks_for and not against:
        speaks_for = [words.how(match.how, voice.us)]
    return speaks_for, against


def matched_by(match: Match, voice: Voice) -> str:
    """By what a record was matched: ``the domain vandijk.example``; a user's decision says that it is one."""
    told = plain(match.evidence, voice)
    if match.how != "link":
        return told or words.how(match.how, voice.us)
    own = words.how("link", voice.us)
    return own if told in ("", own) else voice.say(_("{decision} on {what}"), decision=own, what=told)


def plain(evidence: Iterable[str], voice: Voice) -> str:
    """By what a record was matched: ``the domain vandijk.example``."""
    return ", ".join(_for(each, voice) or _against(each, voice) for each in evidence)


def _for(evidence: str, voice: Voice) -> str:
    first, _space, rest = evidence.partition(" ")
    if evidence in _FOR_WHOLE:
        return voice.say(_WORDS[evidence])
    return voice.say(_FOR[first], what=rest) if first in _FOR and rest else ""


def _against(evidence: str, voice: Voice) -> str:
    if evidence.startswith(_DECIDED):
        return words.how("link", voice.us)
    if evidence in _WORDS:
        return voice.say(_WORDS[evidence])
    what, _colon, rest = evidence.partition(": ")
    return voice.say(_AGAINST[what], what=rest) if what in _AGAINST and rest else voice.say(evidence)
