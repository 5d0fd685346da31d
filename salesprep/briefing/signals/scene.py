"""What the rules of the quick scan look at: one customer's panels, visit and contacts at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from salesprep.adapter import Kind
from salesprep.briefing.model import Attendee, Contact, Found, Panel, Section, Visit
from salesprep.briefing.recognition.ours import Ours
from salesprep.settings import Us


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a rule may use. ``upcoming`` are meetings of ours with anybody, each with its match."""

    panels: tuple[Panel, ...]
    visit: Visit | None
    visit_found: Found | None
    """The visit's meeting as a record with its match."""
    attendees: tuple[Attendee, ...]
    contacts: tuple[Contact, ...]
    upcoming: tuple[Found, ...]
    us: Us
    ours: Ours
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return self.us.zone

    def sections(self, kind: Kind) -> Iterator[Section]:
        """The sections of ``kind``, in the order of the screen."""
        return (s for p in self.panels for s in p.sections if s.kind is kind)

    def records(self, kind: Kind) -> Iterator[Found]:
        """The customer's records of ``kind``, in the order of the screen."""
        return (found for section in self.sections(kind) for found in section.records)
