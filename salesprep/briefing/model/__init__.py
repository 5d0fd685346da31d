"""A briefing as data: panels side by side, and the quick scan above them.

Everything is frozen: a briefing is a snapshot, and the next update is another one. No word that a
person reads is in here; ``view`` has those. Facts of two sources meet only in these values, and
these are never written to a file.
"""

from salesprep.briefing.model.briefings import Agenda, Briefing, Update
from salesprep.briefing.model.contacts import Contact, Note, Reply
from salesprep.briefing.model.matches import Customer, Found, How, Link, Match, Outcome
from salesprep.briefing.model.panels import Flag, Panel, Section, State
from salesprep.briefing.model.signals import (
    Complaint,
    Differs,
    LastTalk,
    Near,
    NewFace,
    Offer,
    Promised,
    Signal,
)
from salesprep.briefing.model.visits import Attendee, Involved, Said, Tie, Visit

__all__ = [
    "Agenda",
    "Attendee",
    "Briefing",
    "Complaint",
    "Contact",
    "Customer",
    "Differs",
    "Flag",
    "Found",
    "How",
    "Involved",
    "LastTalk",
    "Link",
    "Match",
    "Near",
    "NewFace",
    "Note",
    "Offer",
    "Outcome",
    "Panel",
    "Promised",
    "Reply",
    "Said",
    "Section",
    "Signal",
    "State",
    "Tie",
    "Update",
    "Visit",
]
