"""The records of a customer's persons in lines, one for each person; and which line somebody named elsewhere
is. Pure.

Grouped to be shown, never merged: the records of a line stay what they are, and each knows why it is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salesprep.adapter import Kind, Participant, Person
from salesprep.briefing.model import Found, Panel, Tie
from salesprep.briefing.persons.match import Known, known
from salesprep.briefing.persons.together import Together, together, whom


@dataclass(frozen=True, slots=True)
class Lines:
    """The records of one customer's persons, and how they belong together."""

    records: tuple[Found, ...]
    people: tuple[Known, ...]
    told: Together

    @property
    def groups(self) -> list[list[Found]]:
        """The records of each person, in the order in which the first of each comes."""
        return [[self.records[n] for n in group] for group in self.told.groups]

    def ties(self, group: int) -> tuple[Tie, ...]:
        """Of a line's records, but the first, by what and with which other they are one person's."""
        found = ((n, self.told.joined.get(n)) for n in self.told.groups[group])
        return tuple(
            Tie(self.records[n], joined.why, self.records[joined.to]) for n, joined in found if joined
        )

    def doubts(self, group: int) -> tuple[Tie, ...]:
        """Records of other lines that may be this person's; not of a source that has them already, for one
        that keeps two records means two people by them."""
        own = set(self.told.groups[group])
        sources = {self.records[n].source for n in own}
        found: dict[int, Tie] = {}
        for doubt in self.told.doubts:
            for here, there in ((doubt.one, doubt.other), (doubt.other, doubt.one)):
                if here in own and there not in own and self.records[there].source not in sources:
                    found.setdefault(there, Tie(self.records[there], doubt.why, self.records[here]))
        return tuple(found[n] for n in sorted(found))

    def of(self, somebody: Participant) -> tuple[Tie, ...]:
        """The records of the one person here who is surely this one; empty if there is none, or several
        could be meant."""
        mails = (somebody.email,) if somebody.email else ()
        verdicts = whom(known("", somebody.name or "", mails=mails), self.people, self.told.groups)
        if verdicts is None:
            return ()
        return tuple(
            Tie(self.records[n], verdict.why) if verdict.outcome == "same" else self._by_another(n)
            for n, verdict in verdicts.items()
        )

    def _by_another(self, number: int) -> Tie:
        """What puts a record on its line, seen from the record."""
        joined = self.told.joined.get(number)
        if joined is not None:
            return Tie(self.records[number], joined.why, self.records[joined.to])
        # The first of a line: by the first that was put beside it.
        other, joined = min(
            ((n, j) for n, j in self.told.joined.items() if j.to == number), key=lambda told: told[0]
        )
        return Tie(self.records[number], joined.why, self.records[other])


def lines_of(records: Iterable[Found]) -> Lines:
    """Records of the kind ``person`` in lines."""
    kept = tuple(f for f in records if isinstance(f.record, Person))
    people = tuple(map(_known, kept))
    return Lines(kept, people, together(people))


def lines_in(panels: Iterable[Panel]) -> Lines:
    """The customer's persons of all sources."""
    return lines_of(f for p in panels for s in p.sections if s.kind is Kind.PERSON for f in s.records)


def _known(found: Found) -> Known:
    person = found.record
    if not isinstance(person, Person):
        raise TypeError(f"{person.kind} is no person")
    return known(
        found.source,
        person.title,
        mails=(*person.emails, *person.keys.emails),
        phones=person.phones,
        handles=person.handles,
    )
