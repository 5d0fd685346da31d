"""``links.toml``: what a user has decided about ids of sources. Nothing else is remembered about a
customer across sources.
"""

from salesprep.briefing.links.deciding import (
    Decided,
    Forgotten,
    NotRememberedError,
    TakenError,
    Verdict,
    decide,
    forget,
)
from salesprep.briefing.links.reading import read_links
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by, read_target, target_of
from salesprep.briefing.links.writing import Changed, LinksNotWrittenError, update_links

__all__ = [
    "Changed",
    "Decided",
    "Forgotten",
    "Links",
    "LinksNotWrittenError",
    "NotRememberedError",
    "TakenError",
    "Target",
    "Verdict",
    "decide",
    "decided_by",
    "forget",
    "read_links",
    "read_target",
    "target_of",
    "update_links",
]
