"""Who is there at a customer: a line for each person, with what every source tells beside the others. Pure.

Grouped to be shown, never merged: the records of a line stay what they are, contradictions with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesprep.adapter import Kind, Participant
from salesprep.briefing.alike import same_person
from salesprep.briefing.model import Briefing, Contact, Differs, Found, Panel, Section, Tie
from salesprep.briefing.people import as_participants, has_left, knows, person_of
from salesprep.briefing.persons.lines import Lines, lines_in
from salesprep.briefing.told import told_all

News = Literal["new", "position", "left"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the customer."""

    name: str
    """As the source writes it that comes first on the screen."""
    found: tuple[Found, ...]
    """The records that are theirs, in the order of the screen."""
    news: News | None = None
    """What a source tells as changed: they left, are new here, or have another job."""
    unknown_to: tuple[str, ...] = ()
    """Sources that told all their persons and have nobody of this name; not those that know some only."""
    ties: tuple[Tie, ...] = ()
    """Of each record but the first, why it is on this line."""
    doubts: tuple[Tie, ...] = ()
    """Records of other lines that may be the same person's, and what speaks for that and against it."""
    differs: tuple[Differs, ...] = ()
    last: Contact | None = None
    """The last contact of anybody of us with them, among those that were read."""
    invited: bool = False
    """They are at the coming visit."""

    @property
    def perhaps(self) -> tuple[Found, ...]:
        """The records of :attr:`doubts`."""
        return tuple(tie.found for tie in self.doubts)

    def of(self, source: str) -> tuple[Found, ...]:
        """What one source tells."""
        return tuple(f for f in self.found if f.source == source)


@dataclass(frozen=True, slots=True)
class Roster:
    """All persons of one customer, those that changed first."""

    briefing: Briefing
    entries: tuple[Entry, ...]
    keepers: tuple[Panel, ...]
    """The sources that keep persons, in the order of the screen, whatever became of them."""
    unread: tuple[str, ...]
    """Those with further pages."""

    def having(self, news: News | None) -> tuple[Entry, ...]:
        """The entries of one sort of change, or of none."""
        return tuple(e for e in self.entries if e.news == news)


def roster(briefing: Briefing) -> Roster:
    """The persons that ``briefing`` tells of: by what changed, then those at the visit, then as the sources
    list them."""
    keepers = tuple(
        p for p in briefing.panels if p.section(Kind.PERSON) or (not p.sections and p.failure is not None)
    )
    lines = lines_in(briefing.panels)
    entries = [_entry(number, group, lines, keepers, briefing) for number, group in enumerate(lines.groups)]
    order: dict[News | None, int] = {"new": 0, "position": 1, "left": 2, None: 3}
    entries.sort(key=lambda e: (order[e.news], not e.invited))
    unread = tuple(p.source for p in keepers if (s := p.section(Kind.PERSON)) and s.cursor is not None)
    return Roster(briefing, tuple(entries), keepers, unread)


def _entry(
    number: int, group: Sequence[Found], lines: Lines, keepers: Sequence[Panel], briefing: Briefing
) -> Entry:
    selves = [p for f in group for p in as_participants(person_of(f))]
    name = person_of(group[0]).title.strip()
    unknown = []
    for panel in keepers:
        section = panel.section(Kind.PERSON)
        if section is None or not section.records or not told_all(section) or _knows_some(section):
            continue
        if not any(knows(section, p) for p in selves):
            unknown.append(panel.source)
    evidence = {(f.source, f.record.id) for f in group}
    return Entry(
        name=name,
        found=tuple(group),
        news=_news(group),
        unknown_to=tuple(unknown),
        ties=lines.ties(number),
        doubts=lines.doubts(number),
        differs=tuple(
            s for s in briefing.signals
            if isinstance(s, Differs) and any(_key(f) in evidence for f in s.evidence)
        ),
        last=next((c for c in briefing.contacts if _was_there(selves, c)), None),
        invited=any(
            any(_key(f) in evidence for f in a.known_as)
            or (not a.ours and any(same_person(Participant(name=a.name, email=a.email), p) for p in selves))
            for a in briefing.attendees
        ),
    )  # fmt: skip


def _knows_some(section: Section) -> bool:
    """The source says that it does not know everybody, or keeps two states of those whom it knows."""
    return section.notice is not None or any(person_of(f).change is not None for f in section.records)


def _was_there(selves: Sequence[Participant], contact: Contact) -> bool:
    return any(same_person(self, p) for self in selves for p in contact.theirs)


def _news(group: Sequence[Found]) -> News | None:
    told = {c.what for f in group if (c := person_of(f).change) is not None}
    if any(has_left(person_of(f)) for f in group):
        return "left"
    if "new" in told:
        return "new"
    return "position" if "position" in told else None


def _key(found: Found) -> tuple[str, str]:
    return found.source, found.record.id
