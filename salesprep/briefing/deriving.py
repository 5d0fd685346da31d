"""From what has been gathered to a briefing: grown, recognised, derived. Pure but for what it keeps of
the last time, so that a source which told nothing new is not looked through again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from salesprep.adapter import Kind, Person, Record
from salesprep.briefing.contacts.time_line import KINDS as CONTACT_KINDS
from salesprep.briefing.contacts.time_line import contacts
from salesprep.briefing.events.others import with_them
from salesprep.briefing.gathered import Gathered
from salesprep.briefing.links import Links
from salesprep.briefing.model import Briefing, Found, Panel, Visit
from salesprep.briefing.panels import panel
from salesprep.briefing.people import attendees, was_met
from salesprep.briefing.recognition.accounts import Accounts
from salesprep.briefing.recognition.customer import Grown, grow, with_people
from salesprep.briefing.recognition.origins import joined
from salesprep.briefing.recognition.ours import Ours, ours
from salesprep.briefing.recognition.recognise import Recogniser
from salesprep.briefing.seed import Seed, linked
from salesprep.briefing.signals import Scene, quick_scan
from salesprep.briefing.visits.meetings import (
    colleagues,
    coming,
    first,
    meeting_of,
    rest_of_day,
    same_meeting,
)
from salesprep.settings import Us

FOR_FACES = (Kind.PERSON, *CONTACT_KINDS)
"""The kinds that tell whether somebody is new."""


@dataclass(slots=True)
class Deriving:
    """One briefing in the making."""

    sources: Mapping[str, Gathered]
    seed: Seed
    us: Us
    links: Links
    now: Callable[[], datetime]
    deadline_s: float
    visit: Visit | None = None
    all_asked: bool = True
    grown: Grown = field(init=False)
    recogniser: Recogniser = field(init=False)
    panels: dict[str, Panel] = field(default_factory=dict)
    last: Briefing = field(init=False)
    """The last snapshot."""
    looked_up: bool = True
    """No source of accounts has failed to tell them."""
    faces_open: bool = False
    """Somebody at the visit may be new, and further pages could tell."""

    _coming: dict[tuple[str, str], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.grown = Grown(self.seed.customer, self.seed.named)
        self._ready({})

    @property
    def ours(self) -> Ours:
        """Who we are."""
        return ours(self.us)

    def grow(self, changed: set[str], *, settled: bool) -> None:
        """Take in what ``changed`` sources told; those whose records may now be judged otherwise join."""
        accounts = {name: seen for name, s in self.sources.items() if (seen := s.accounts())}
        keepers = {name for name, s in self.sources.items() if Kind.ACCOUNT in s.info.kinds}
        grown = grow(self.seed, accounts, self.ours, settled=settled, keepers=keepers)
        remembered = None
        if not (self.seed.sure and self.seed.customer.links):
            remembered = self._remembered(grown, settled=settled)
        if remembered is not None:
            self.seed = remembered
            grown = grow(self.seed, accounts, self.ours, settled=settled, keepers=keepers)
        grown = with_people(grown, {name: _persons(s) for name, s in self.sources.items()})
        looked_up = not any(
            slot.trouble is not None and not slot.heard
            for s in self.sources.values()
            if (slot := s.told_accounts) is not None
        )
        if grown != self.grown or looked_up != self.looked_up:
            self.grown, self.looked_up = grown, looked_up
            self._ready(accounts)
            changed.update(self.sources)

    def _remembered(self, grown: Grown, *, settled: bool) -> Seed | None:
        """The customer to whom a user has linked the account that was found, or the only one of several
        that a user has not said to be somebody else."""
        choices = [(f.source, f.record.id) for f in grown.choices] if settled else []
        meant = self.links.meant_by(self.seed.customer.name, choices)
        if meant is not None:
            return linked(meant, self.links)
        for source, native_id in grown.customer.ids:
            known = self.links.of(source, native_id)
            if known is not None and known.id != self.seed.customer.id:
                start = linked(known, self.links)
                before, after = self.seed.customer, start.customer
                merged = replace(
                    after,
                    ids=tuple(dict.fromkeys((*after.ids, *before.ids))),
                    domains=tuple(dict.fromkeys((*after.domains, *before.domains))),
                    emails=tuple(dict.fromkeys((*after.emails, *before.emails))),
                    known=joined(after.known, before.known),
                )
                return replace(start, customer=merged)
        return None

    def _ready(self, accounts: Accounts) -> None:
        self.recogniser = Recogniser(
            self.grown.customer,
            self.us,
            accounts,
            named=self.grown.named,
            taken=self.seed.taken,
            matches=self.grown.matches,
            looked_up=self.looked_up,
        )
        self._coming.clear()

    def snapshot(self, changed: Collection[str]) -> tuple[Briefing, frozenset[str]]:
        """The briefing as it is now, and the sources whose panels are not what they were."""
        differing = self._panels(changed, over=False)
        self.last = self._briefing()
        return self.last, differing

    def finish(self) -> tuple[Briefing, frozenset[str]]:
        """The briefing of the last snapshot, complete: what was never asked says so."""
        unasked = [n for n, s in self.sources.items() if not all(k.asked for k in s.kinds.values())]
        differing = self._panels(unasked, over=True)
        last = self._briefing() if differing else self.last
        return replace(last, complete=True, known=self._is_known(last)), differing

    def _is_known(self, briefing: Briefing) -> bool:
        """Somebody decided or some source told who this is; or a source that might did not answer."""
        if self.seed.sure or self.grown.known or not self.all_asked:
            return True
        if any(s.records for p in briefing.panels for s in p.sections):
            return True
        accounts = [slot for s in self.sources.values() if (slot := s.told_accounts) is not None]
        unusable = any(not p.sections and p.failure is not None for p in briefing.panels)
        return unusable or not all(slot.heard and slot.sound for slot in accounts)

    def _panels(self, changed: Collection[str], *, over: bool) -> frozenset[str]:
        differing = set()
        for name, source in self.sources.items():
            if name in changed or name not in self.panels:
                made = panel(source, self.recogniser, over=over)
                if made != self.panels.get(name):
                    self.panels[name] = made
                    differing.add(name)
        return frozenset(differing)

    def _briefing(self) -> Briefing:
        now = self.now().astimezone(self.us.zone)
        panels = tuple(self.panels.values())
        upcoming = self._upcoming()
        own = _own(panels, upcoming)
        visit, visit_found = self._visit(own, now)
        line = contacts(panels, self.ours, now, self.us.zone, all_asked=self.all_asked)
        table = attendees(visit, panels, line, self.ours, all_asked=self.all_asked)
        scene = Scene(panels, visit, visit_found, table, line, upcoming, self.us, self.ours, now)
        self.faces_open = visit is not None and any(
            not was_met(p, panels, line)
            for p in visit.meeting.people
            if not self.ours.has(p) and p.status != "declined"
        )
        return Briefing(
            customer=self.grown.customer,
            generated_at=now,
            deadline_s=self.deadline_s,
            visit=visit,
            attendees=table,
            signals=quick_scan(scene),
            contacts=line,
            panels=panels,
            complete=False,
            colleague_visit=self._colleagues_visit(own, now) if visit is None else None,
            day=rest_of_day(upcoming, visit.meeting, now, self.us.zone, self.ours) if visit else (),
            internal=self._internal(own, now),
        )

    def _upcoming(self) -> tuple[Found, ...]:
        """Coming meetings of us with anybody; most are another customer's, or nobody's."""
        return tuple(
            self._recognised(source.name, record)
            for source in self.sources.values()
            if source.upcoming is not None
            for record in source.upcoming.records.values()
        )

    def _recognised(self, source: str, record: Record) -> Found:
        """Looked at once, however often a snapshot is made."""
        known = self._coming.get((source, record.id))
        if known is None or known.record is not record:
            known = Found(source, record, self.recogniser.match(record, source))
            self._coming[source, record.id] = known
        return known

    def _visit(self, own: Sequence[Found], now: datetime) -> tuple[Visit | None, Found | None]:
        if self.visit is not None:
            return self._given(self.visit, own)
        found = first(coming(self._with_them(own), now, self.us.zone, self.ours))
        return (self._visit_of(found), found) if found is not None else (None, None)

    def _internal(self, own: Sequence[Found], now: datetime) -> tuple[Visit, ...]:
        theirs = {id(f) for f in self._with_them(own)}
        about = coming((f for f in own if id(f) not in theirs), now, self.us.zone, self.ours)
        made = (self._visit_of(found) for found in about)
        return tuple(replace(visit, about=True) for visit in made if visit is not None)

    def _with_them(self, own: Sequence[Found]) -> tuple[Found, ...]:
        ids = frozenset(self.grown.customer.ids)
        accounts = [a for n, s in self.sources.items() for a in s.accounts() if (n, a.id) in ids]
        return with_them(own, self.ours, accounts)

    def _colleagues_visit(self, own: Sequence[Found], now: datetime) -> Visit | None:
        found = first(coming(self._with_them(own), now, self.us.zone, self.ours, whose=colleagues))
        return self._visit_of(found) if found is not None else None

    def _visit_of(self, found: Found) -> Visit | None:
        meeting = meeting_of(found)
        if meeting is None:
            return None
        why = found.match.evidence[0] if found.match.evidence else None
        how = why.text if why is not None else None
        return Visit(
            found.source,
            meeting,
            self.grown.customer,
            how=how,
            why=why,
            reasons=found.match.evidence,
        )

    def _given(self, visit: Visit, own: Sequence[Found]) -> tuple[Visit, Found]:
        """The visit that the briefing was asked for, as the sources have it now."""
        wanted = same_meeting(visit.meeting)
        found = next((f for f in own if (m := meeting_of(f)) and same_meeting(m) == wanted), None)
        visit = replace(visit, customer=self.grown.customer)
        if found is None:
            match = self.recogniser.match(visit.meeting, visit.source)
            decided = replace(match, outcome="same", evidence=(visit.why,) if visit.why else match.evidence)
            found = Found(visit.source, visit.meeting, decided)
        return visit, found


def _own(panels: Sequence[Panel], upcoming: Sequence[Found]) -> tuple[Found, ...]:
    """The customer's meetings: those of the panels, and coming ones that no panel has."""
    fetched = [f for p in panels for s in p.sections if s.kind is Kind.MEETING for f in s.records]
    seen = {same_meeting(m) for f in fetched if (m := meeting_of(f)) is not None}
    ahead = (f for f in upcoming if f.match.outcome == "same")
    return (*fetched, *(f for f in ahead if (m := meeting_of(f)) and same_meeting(m) not in seen))


def _persons(source: Gathered) -> tuple[Person, ...]:
    slot = source.kinds.get(Kind.PERSON)
    return tuple(r for r in slot.records.values() if isinstance(r, Person)) if slot is not None else ()
