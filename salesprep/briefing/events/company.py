"""Whether an event is a meeting with a customer, or one of ours about a customer. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from salesprep.adapter import Account, Meeting
from salesprep.adapter.names import fold
from salesprep.briefing.events.places import common_place
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.visits.meetings import guests

_OF_VISITS = ("bezoek", "besuch", "visit", "visite")
"""How words for a visit end, folded (Dutch, German, English, French)."""
_OF_STRANGERS = ("kennismaking", "kennenlern")
"""How words for getting to know somebody begin, folded (Dutch, German)."""
_AMONG_OURSELVES = """
    brainstorm debrief debriefing evaluatie intern interne internal interner internes nabespreking
    nachbereitung nachbesprechung prep preparation preparer prepare voorbereiden voorbereiding vorbereiten
    vorbereitung
"""
_INWARD = frozenset(_AMONG_OURSELVES.split())
"""Words for what is done among ourselves before and after a visit, folded."""


def is_among_us(meeting: Meeting, us: Ours, accounts: Iterable[Account] = ()) -> bool:
    """Whether nobody but us is at the table: then a customer who is named is talked about, not with.

    Who plans a visit often invites nobody, or a colleague who comes along. So with us alone it is a visit
    if the title begins by calling it one, or it takes place where one of ``accounts``, the customer's, is;
    and where the user is alone, unless the title says otherwise.
    """
    if guests(meeting, us):
        return False
    title = fold(meeting.title).split()
    if not _INWARD.isdisjoint(title):
        return True
    if title and (title[0].endswith(_OF_VISITS) or title[0].startswith(_OF_STRANGERS)):
        return False
    if any(common_place(meeting, account) is not None for account in accounts):
        return False
    return any(us.has(p) and not us.is_user(p) and p.status != "declined" for p in meeting.people)
