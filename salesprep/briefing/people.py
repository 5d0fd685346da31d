"""People: the same person in several sources, and who is at the coming visit. Pure.

A claim that somebody is new is made only where all sources that could know better have answered in
full; a name that could be theirs is enough to keep silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter import Kind, Participant, Person
from salesprep.adapter.names import fold
from salesprep.briefing.contacts import KINDS as CONTACT_KINDS
from salesprep.briefing.model import Attendee, Contact, Found, Panel, Said, Section, Visit
from salesprep.briefing.ours import Ours


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


def could_be(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one person: the last word is equal and the first ones agree."""
    a, b = fold(one or "").split(), fold(other or "").split()
    if not a or not b or a[-1] != b[-1]:
        return False
    first, second = a[0], b[0]
    if len(a) == 1 or len(b) == 1:
        return True
    short = min(len(first), len(second))
    return first[:1] == second[:1] if short == 1 else first == second


def told_all(section: Section) -> bool:
    """The source answered just now or not long ago, without trouble, nothing of it was unreadable, and
    there is no further page."""
    return (
        section.fetched_at is not None
        and section.failure is None
        and section.cursor is None
        and not section.refused
        and section.state in ("fresh", "cached", "empty", "choose")
    )


def silent(panels: Iterable[Panel], kinds: Sequence[Kind]) -> tuple[str, ...]:
    """Sources that keep such records, or may, and have not told all of them."""
    found = []
    for panel in panels:
        if not panel.sections:
            if panel.failure is not None:
                found.append(panel.source)
        elif any(s.kind in kinds and not told_all(s) for s in panel.sections):
            found.append(panel.source)
    return tuple(found)


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
    listed = [_attendee(p, visit, panels, us, sure and not was_met(p, panels, contacts)) for p in people]
    return tuple(sorted(listed, key=lambda a: a.ours))


def was_met(participant: Participant, panels: Iterable[Panel], contacts: Iterable[Contact]) -> bool:
    """Whether a contact with them is found, or one that may be with them."""
    doubtful = (
        p for panel in panels for s in panel.sections if s.kind in CONTACT_KINDS
        for f in s.candidates for p in f.record.people
    )  # fmt: skip
    return any(_is(participant, p) for c in contacts for p in c.theirs) or any(
        _is(participant, p) for p in doubtful
    )


def _is(one: Participant, other: Participant) -> bool:
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    return could_be(one.name, other.name)


def knows(section: Section, participant: Participant) -> bool:
    """Whether a section of persons holds somebody who is or may be this one."""
    for found in (*section.records, *section.candidates):
        person = person_of(found)
        if participant.email and participant.email.casefold() in addresses(person):
            return True
        if could_be(participant.name, person.title):
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
    participant: Participant, visit: Visit, panels: Sequence[Panel], us: Ours, first_time: bool
) -> Attendee:
    ours = us.has(participant)
    matching = [] if ours else matching_persons(participant, panels)
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
    ]  # fmt: skip
    return Attendee(name, participant.email, ours, tuple(positions), first_time and not ours, tuple(unknown))


def matching_persons(participant: Participant, panels: Iterable[Panel]) -> list[Found]:
    """Their records: by mail address, else by the very name where a source has one such person."""
    found = []
    for panel in panels:
        here = persons((panel,))
        email = (participant.email or "").casefold()
        fitting = [f for f in here if email and email in addresses(person_of(f))]
        if not fitting and participant.name:
            fitting = [f for f in here if fold(person_of(f).title) == fold(participant.name)]
            if email and any(addresses(person_of(f)) for f in fitting):
                # Another address under this name: who that is, a user must say.
                fitting = [f for f in fitting if not addresses(person_of(f))]
        if len(fitting) == 1:
            found += fitting
    return found


def same_persons(found: Sequence[Found]) -> list[list[Found]]:
    """Records of one person together: of equal address, or of equal name where that is clear.

    An equal name is clear if no source has it twice and no two records give different addresses.
    """
    first: list[int] = list(range(len(found)))
    by_address: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for number, f in enumerate(found):
        for address in addresses(person_of(f)):
            by_address.setdefault(address, []).append(number)
        by_name.setdefault(fold(person_of(f).title), []).append(number)
    together = [*by_address.values()]
    for numbers in by_name.values():
        given = [a for n in numbers if (a := addresses(person_of(found[n])))]
        distinct_sources = len({found[n].source for n in numbers}) == len(numbers)
        if distinct_sources and all(a & given[0] for a in given):
            together.append(numbers)
    for numbers in together:
        roots = {_root(n, first) for n in numbers}
        for root in roots:
            first[root] = min(roots)
    groups: dict[int, list[Found]] = {}
    for number, f in enumerate(found):
        groups.setdefault(_root(number, first), []).append(f)
    return list(groups.values())


def _root(number: int, first: list[int]) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number
