"""People: the same person in several sources, and who is at the coming visit. Pure.

A claim that somebody is new is made only where all sources that could know better have answered in
full; a name that could be theirs is enough to keep silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter import Kind, Participant, Person
from salesprep.briefing.alike import could_be, maybe_same, speaks_against
from salesprep.briefing.contacts.time_line import KINDS as CONTACT_KINDS
from salesprep.briefing.model import Attendee, Contact, Found, Panel, Said, Section, Tie, Visit
from salesprep.briefing.persons.lines import lines_in
from salesprep.briefing.recognition.ours import Ours
from salesprep.briefing.told import silent, told_all


def person_of(found: Found) -> Person:
    """The person in a record of the kind ``person``."""
    if not isinstance(found.record, Person):
        raise TypeError(f"{found.record.kind} is no person")
    return found.record


def persons(panels: Iterable[Panel]) -> list[Found]:
    """The customer's persons of all sources."""
    return [
        f
        for p in panels
        for s in p.sections
        if s.kind is Kind.PERSON
        for f in s.records
        if isinstance(f.record, Person)
    ]


def addresses(person: Person) -> frozenset[str]:
    """Their mail addresses, folded."""
    return frozenset(a.casefold() for a in (*person.emails, *person.keys.emails))


def as_participants(person: Person) -> list[Participant]:
    """The person as records of contacts would name them: once for each address."""
    named = [Participant(name=person.title, email=mail) for mail in sorted(addresses(person))]
    return named or [Participant(name=person.title)]


def has_left(person: Person) -> bool:
    """Whether the source says that they are no longer with this customer."""
    if person.left is not None:
        return person.left
    return person.change is not None and person.change.what == "left"


def attendees(
    visit: Visit | None,
    panels: Sequence[Panel],
    contacts: Sequence[Contact],
    us: Ours,
    *,
    all_asked: bool = True,
) -> tuple[Attendee, ...]:
    """Who is at the visit, without those who declined: theirs first, each with what sources tell.

    ``all_asked=False``: sources were left out on purpose, so nobody is called new.
    """
    if visit is None:
        return ()
    people = _each_once(p for p in visit.meeting.people if p.status != "declined" and (p.name or p.email))
    sure = all_asked and not silent(panels, (*CONTACT_KINDS, Kind.PERSON)) and _keep_contacts(panels)
    lines = lines_in(panels)
    listed = []
    for p in people:
        ties = () if us.has(p) else lines.of(p)
        selves = (p, *(s for tie in ties for s in as_participants(person_of(tie.found))))
        met = any(was_met(each, panels, contacts) for each in selves)
        listed.append(_attendee(p, visit, panels, us, ties, sure and not met))
    return tuple(sorted(listed, key=lambda a: a.ours))


def was_met(participant: Participant, panels: Iterable[Panel], contacts: Iterable[Contact]) -> bool:
    """Whether a contact with them is found, or one that may be with them."""
    doubtful = (
        p for panel in panels for s in panel.sections if s.kind in CONTACT_KINDS
        for f in s.candidates for p in f.record.people
    )  # fmt: skip
    return any(maybe_same(participant, p) for c in contacts for p in c.theirs) or any(
        maybe_same(participant, p) for p in doubtful
    )


def knows(section: Section, participant: Participant) -> bool:
    """Whether a section of persons holds somebody who is or may be this one."""
    for found in (*section.records, *section.candidates):
        person = person_of(found)
        if participant.email and participant.email.casefold() in addresses(person):
            return True
        if could_be(participant.name, person.title) or (
            participant.name and not speaks_against(participant.name, person.title)
        ):
            return True
    return False


def _keep_contacts(panels: Iterable[Panel]) -> bool:
    return any(s.kind in CONTACT_KINDS for p in panels for s in p.sections)


def _each_once(people: Iterable[Participant]) -> list[Participant]:
    kept: dict[str, Participant] = {}
    for p in people:
        kept.setdefault((p.email or p.name or "").casefold(), p)
    return list(kept.values())


def _attendee(
    participant: Participant,
    visit: Visit,
    panels: Sequence[Panel],
    us: Ours,
    ties: tuple[Tie, ...],
    first_time: bool,
) -> Attendee:
    ours = us.has(participant)
    matching = [tie.found for tie in ties]
    name = participant.name or next((person_of(f).title for f in matching), None) or participant.email or ""
    positions = [
        Said(f.source, position, f) for f in matching if (position := person_of(f).position) is not None
    ]
    if participant.position and not ours:
        positions.append(Said(visit.source, participant.position))
    unknown = [] if ours else [
        panel.source
        for panel in panels
        if (s := panel.section(Kind.PERSON)) is not None
        and s.records
        and told_all(s)
        and not knows(s, participant)
        and all(f.source != panel.source for f in matching)
    ]  # fmt: skip
    return Attendee(
        name,
        participant.email,
        ours,
        tuple(positions),
        first_time and not ours,
        tuple(unknown),
        tuple(matching),
        ties,
    )
