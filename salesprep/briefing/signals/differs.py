"""DIFFERS: what two sources tell differently of one person or of the account. Both are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesprep.adapter import Account, Kind
from salesprep.adapter.names import fold, fold_organisation
from salesprep.briefing.alike import speaks_against
from salesprep.briefing.model import Differs, Found, Said
from salesprep.briefing.people import has_left, person_of
from salesprep.briefing.persons.lines import lines_in
from salesprep.briefing.signals.scene import Scene

LEFT, INVITED = "left", "invited"
"""What is said in place of a position."""


def differences(scene: Scene) -> Iterator[Differs]:
    """Those at the coming visit first, then the other persons, then the account."""
    at_table = _at_table(scene)
    invited = {id(f) for found, _ in at_table for f in found}
    told = []
    for group in lines_in(scene.panels).groups:
        differing = list(_of_person(group))
        told.append((not any(id(f) in invited for f in group), fold(person_of(group[0]).title), differing))
    left = {d.about for _, _, differing in told for d in differing if d.what == "left"}
    for found, said in at_table:
        gone = [f for f in found if has_left(person_of(f))]
        name = person_of(found[0]).title if found else ""
        if gone and name not in left:
            voices = (*(Said(f.source, LEFT, f) for f in gone), said)
            yield Differs(evidence=_evidence(voices), about=name, what="left", said=voices)
    for *_, differing in sorted(told, key=lambda t: t[:2]):
        yield from differing
    yield from _of_account(scene)


def _at_table(scene: Scene) -> list[tuple[list[Found], Said]]:
    if scene.visit is None or scene.visit_found is None:
        return []
    said = Said(scene.visit.source, INVITED, scene.visit_found)
    return [(list(a.known_as), said) for a in scene.attendees if a.known_as]


def _of_person(group: Sequence[Found]) -> Iterator[Differs]:
    name = person_of(group[0]).title
    if len({f.source for f in group}) < 2:
        return
    gone = [f for f in group if has_left(person_of(f))]
    there = [f for f in group if not has_left(person_of(f))]
    if gone and there:
        voices = tuple(
            Said(f.source, LEFT if f in gone else person_of(f).position or "not left", f) for f in group
        )
        yield Differs(evidence=_evidence(voices), about=name, what="left", said=voices)
        return
    jobs = tuple(Said(f.source, job, f) for f in group if (job := person_of(f).position))
    if _several(jobs):
        yield Differs(evidence=_evidence(jobs), about=name, what="position", said=jobs)
    employers = tuple(Said(f.source, of, f) for f in group if (of := person_of(f).keys.organisation))
    if _several(employers) and len({fold_organisation(said.value) for said in employers}) > 1:
        yield Differs(evidence=_evidence(employers), about=name, what="employer", said=employers)
    names = tuple(Said(f.source, person_of(f).title, f) for f in group)
    if _several(names) and any(speaks_against(name, said.value) for said in names):
        yield Differs(evidence=_evidence(names), about=name, what="name", said=names)


def _of_account(scene: Scene) -> Iterator[Differs]:
    accounts = [f for f in scene.records(Kind.ACCOUNT) if isinstance(f.record, Account)]
    cities = tuple(
        Said(f.source, place.city, f)
        for f in accounts
        if isinstance(f.record, Account) and (place := f.record.place) is not None and place.city
    )
    if _several(cities):
        yield Differs(evidence=_evidence(cities), about=accounts[0].record.title, what="city", said=cities)


def _several(said: Sequence[Said]) -> bool:
    """Whether two sources say two things; one source's two records are its own affair."""
    return len({s.source for s in said}) > 1 and len({fold(s.value) for s in said}) > 1


def _evidence(said: Sequence[Said]) -> tuple[Found, ...]:
    return tuple(s.found for s in said if s.found is not None)
