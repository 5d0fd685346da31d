"""One customer at one moment: asked, recognised, derived. No words shown to people are in here."""

from salesprep.briefing import audit
from salesprep.briefing.agenda import agenda, next_visit
from salesprep.briefing.links import Links, read_links
from salesprep.briefing.questions import Ambiguous, OtherPick, UnknownPick
from salesprep.briefing.recognise import recognise
from salesprep.briefing.scan import scan

__all__ = [
    "Ambiguous",
    "Links",
    "OtherPick",
    "UnknownPick",
    "agenda",
    "audit",
    "next_visit",
    "read_links",
    "recognise",
    "scan",
]
