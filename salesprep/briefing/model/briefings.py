"""What is shown as a whole: one customer at one moment, and the coming visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salesprep.adapter import Kind
from salesprep.briefing.model.contacts import Contact, Note
from salesprep.briefing.model.matches import Customer, Found
from salesprep.briefing.model.panels import Panel
from salesprep.briefing.model.signals import Signal
from salesprep.briefing.model.visits import Attendee, Visit


@dataclass(frozen=True, slots=True)
class Briefing:
    """One customer at one moment."""

    customer: Customer
    generated_at: datetime
    """Aware, in the user's zone."""
    deadline_s: float
    visit: Visit | None
    """The next coming visit with this customer, if a calendar tells one."""
    attendees: tuple[Attendee, ...]
    signals: tuple[Signal, ...]
    contacts: tuple[Contact, ...]
    panels: tuple[Panel, ...]
    """In the order of the screen, every configured source, whatever became of it."""
    complete: bool
    """Nothing is still under way."""
    example: bool = False
    """This is the sample workspace, whose clock may stand still."""
    colleague_visit: Visit | None = None
    """The next coming visit of a colleague with this customer, where the user has none."""
    known: bool = True
    """``False``, only once ``complete``: no source knows a customer of this name. Every source of
    accounts answered and has none that fits, and nothing else tells of one."""
    note: Note | None = None
    """The user's own note, if there is one."""
    day: tuple[Found, ...] = ()
    """The user's other meetings on the day of the visit, with whomever, earliest first; those to come."""
    internal: tuple[Visit, ...] = ()
    """The user's coming meetings among ourselves about the customer: no visits."""

    @property
    def nobody_known(self) -> bool:
        """There is a visit, and no contact and no person of theirs is known: every source has told so."""
        kinds = (Kind.PERSON, Kind.ACTIVITY, Kind.TICKET)
        asked = [s for p in self.panels for s in p.sections if s.kind in kinds]
        told = self.complete and not any(
            p.failure is not None or p.state in ("waiting", "failed", "withheld", "stuck", "stale")
            for p in self.panels
        )
        if not told or self.visit is None or self.contacts or not all(a.ours for a in self.attendees):
            return False
        return bool(asked) and not any(s.records or s.candidates or s.failure or s.cursor for s in asked)


@dataclass(frozen=True, slots=True)
class Update:
    """A new snapshot, and the sources whose panels changed since the one before."""

    briefing: Briefing
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The coming visits, earliest first."""

    generated_at: datetime
    """Aware, in the user's zone."""
    visits: tuple[Visit, ...]
    first_lines: tuple[Signal | None, ...]
    """Beside each visit the first line of its customer's quick scan, if there is one."""
    panels: tuple[Panel, ...]
    """The calendars that were asked; a panel's one section is their meetings, whosever, uncounted."""
    example: bool = False
    """This is the sample workspace, whose clock may stand still."""
    nobody_known: tuple[bool, ...] = ()
    """Beside each visit :attr:`Briefing.nobody_known` of its customer; may be shorter: not looked up."""
    titles: tuple[tuple[str, str], ...] = ()
    """Name and title of every source: a first line may tell of one that is no calendar."""
    internal: tuple[Visit, ...] = ()
    """Meetings among ourselves about a customer, earliest first: no visits, and no contact with them."""
    undecided: tuple[int, ...] = ()
    """Beside each visit how many things the user has to decide about its customer; may be shorter."""

    @property
    def to_decide(self) -> int:
        """The same of all visits; a customer with two visits counts once."""
        of = {v.customer.id: n for v, n in zip(self.visits, self.undecided, strict=False) if v.customer}
        return sum(of.values())
