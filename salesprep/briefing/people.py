"""People: the same person in several sources, and who is at the coming visit. Pure.

A claim that somebody is new is made only where all sources that could know better have answered in
full; a name that could be theirs is enough to keep silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter import Kind, Participant, Person
from salesprep.briefing.alike import could_be, folded, maybe_same
from salesprep.briefing.contacts import KINDS as CONTACT_KINDS
from salesprep.briefing.model import Attendee, Contact, Found, Panel, Said, Section, Visit
from salesprep.briefing.ours import Ours
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


def profiles(person: Person) -> frozenset[str]:
    """The addresses of their profiles, comparable. A bare user name may be anybody's somewhere else."""
    return frozenset(p for handle in person.handles if "." in (p := _profile(handle)))


def _profile(handle: str) -> str:
    bare = handle.strip().casefold().partition("?")[0].partition("://")
    return (bare[2] or bare[0]).removeprefix("www.").rstrip("/")


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
    listed = [_attendee(p, visit, panels, us, sure and not was_met(p, panels, contacts)) for p in people]
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
    return Attendee(
        name,
        participant.email,
        ours,
        tuple(positions),
        first_time and not ours,
        tuple(unknown),
        tuple(matching),
    )


def matching_persons(participant: Participant, panels: Iterable[Panel]) -> list[Found]:
    """Their records: by mail address, else by the very name where a source has one such person."""
    found = []
    for panel in panels:
        here = persons((panel,))
        email = (participant.email or "").casefold()
        fitting = [f for f in here if email and email in addresses(person_of(f))]
        if not fitting and participant.name:
            fitting = [f for f in here if folded(person_of(f).title) == folded(participant.name)]
            if email and any(addresses(person_of(f)) for f in fitting):
                # Another address under this name: who that is, a user must say.
                fitting = [f for f in fitting if not addresses(person_of(f))]
        if len(fitting) == 1:
            found += fitting
    return found


def same_persons(found: Sequence[Found]) -> list[list[Found]]:
    """Records of one person together: of equal address or profile, or of equal full name where that is
    clear. In the order in which the first of each comes.

    An address or profile tells nothing where one source gives it to people of different names. An equal
    name is clear if no source has it twice and no two records give different addresses.
    """
    first: list[int] = list(range(len(found)))
    by_key: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for number, f in enumerate(found):
        person = person_of(f)
        for key in (*addresses(person), *profiles(person)):
            by_key.setdefault(key, []).append(number)
        name = folded(person.title)
        if " " in name:
            by_name.setdefault(name, []).append(number)
    together = [numbers for numbers in by_key.values() if _is_ones(numbers, found)]
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


def _is_ones(numbers: Sequence[int], found: Sequence[Found]) -> bool:
    """No source gives what these share to people whose names cannot be one person's."""
    names: dict[str, str] = {}
    return all(
        could_be(names.setdefault(found[n].source, title), title)
        for n in numbers
        for title in (person_of(found[n]).title,)
    )


def _root(number: int, first: list[int]) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number
