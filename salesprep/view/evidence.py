"""What speaks for and against a record being this customer's, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

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


def for_and_against(match: Match, voice: Voice) -> str:
    """``for it: the name "Acme GmbH"; against it: another legal form (gmbh)``."""
    speaks_for = [said for each in match.evidence if (said := _for(each, voice))]
    against = [_against(each, voice) for each in match.evidence if not _for(each, voice)]
    if not speaks_for and not against:
        speaks_for = [words.how(match.how, voice.us)]
    parts = [
        voice.say(message, what=", ".join(said))
        for message, said in ((_("for it: {what}"), speaks_for), (_("against it: {what}"), against))
        if said
    ]
    return "; ".join(parts)


def plain(evidence: Sequence[str], voice: Voice) -> str:
    """By what a record was matched: ``the domain vandijk.example``."""
    return ", ".join(_for(each, voice) or _against(each, voice) for each in evidence)


def _for(evidence: str, voice: Voice) -> str:
    first, _space, rest = evidence.partition(" ")
    return voice.say(_FOR[first], what=rest) if first in _FOR and rest else ""


def _against(evidence: str, voice: Voice) -> str:
    what, _colon, rest = evidence.partition(": ")
    return voice.say(_AGAINST[what], what=rest) if what in _AGAINST and rest else voice.say(evidence)
