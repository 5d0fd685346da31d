"""Whether somebody still waits for an answer, in two words."""

from __future__ import annotations

from salesprep.adapter import Ticket
from salesprep.briefing.model import Contact
from salesprep.view.voice import Voice
from salesprep.view.words import _


def unanswered(contact: Contact, voice: Voice) -> str:
    """``NO ANSWER`` of ours to theirs, ``NO REPLY`` of theirs to ours; nothing where neither is told."""
    record = contact.found.record
    waits = isinstance(record, Ticket) and bool(record.open) and record.last_message_by == "them"
    if waits or contact.reply == "no_answer":
        return voice.say(_("NO ANSWER"))
    return voice.say(_("NO REPLY")) if contact.reply == "no_reply" else ""
