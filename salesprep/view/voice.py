"""Who is spoken to, and when: what every function that draws needs to word a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from salesprep.adapter import Kind, Money, Participant, Person, Place, When
from salesprep.adapter.names import fold
from salesprep.briefing.model import Briefing, Differs, Found, Near, Panel, Section
from salesprep.briefing.people import addresses, knows, person_of
from salesprep.briefing.told import told_all
from salesprep.settings import Us
from salesprep.view import ages, dates, money, words
from salesprep.view.people import Names, is_user, written

NO_KEYS: Mapping[str, str] = MappingProxyType({})
_ABBREVIATION = 3
"""A source's name up to this length is taken for an abbreviation: ``CRM``, ``ERP``."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The user, the moment, and what the other panels say, so that a contradiction stands beside a fact."""

    us: Us
    now: datetime
    names: Names = field(default_factory=Names)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Source name to how it is called in a sentence (``LinkedIn``)."""
    differs: Mapping[str, tuple[Differs, ...]] = field(default_factory=dict)
    """Folded name of a person or account to what is said about it differently."""
    near: tuple[Near, ...] = ()
    strangers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Source and id of a person to the other sources of persons which do not know them here."""
    met: frozenset[str] = frozenset()
    """Folded names of theirs with whom some contact is found."""
    internal: frozenset[tuple[str, str]] = frozenset()
    """Source and id of the meetings among ourselves about the customer."""
    day_of_visit: tuple[Found, ...] = ()
    """What else the user has on the day of the visit."""
    place: Place | None = None
    """Where the visit is."""
    customer: str = ""
    narrow: bool = False
    """In a window like a phone's: lists of people are of family names."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Where keys do what commands do elsewhere: action to its key."""

    def how(self, action: str, command: str) -> str:
        """By what the user does ``action`` here: a key, or ``command``."""
        return self.keys.get(action, command)

    def say(self, message: str, **values: object) -> str:
        """``message`` in the user's language."""
        return words.say(self.us, message, **values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of ``n``."""
        return words.count(self.us, one, many, n, **values)

    def day(self, when: When) -> str:
        """``13 Nov``."""
        return dates.day(when, self.now, self.us)

    def slot(self, when: When) -> str:
        """``today 14:00``."""
        return dates.slot(when, self.now, self.us)

    def said_at(self, when: When) -> str:
        """``Thu 09:12``."""
        return dates.said_at(when, self.now, self.us)

    def age(self, when: When) -> str:
        """``2 d``."""
        return ages.age(when, self.now, self.us)

    def amount(self, value: Money) -> str:
        """``€ 180.000``."""
        return money.amount(value, self.us)

    def person(self, person: Participant) -> str:
        """``you``, the name as it is written, or a mail address where there is no name."""
        if is_user(person, self.us):
            return self.say(words._("you"))
        return written(person, self.us)

    def surname(self, person: Participant) -> str:
        """``you``, ``Smit``, or a mail address where there is no name."""
        if is_user(person, self.us):
            return self.say(words._("you"))
        return self.names.family(written(person, self.us))

    def people(self, people: Iterable[Participant], most: int = 6) -> str:
        """``you, Rob Smit, T. Aarts``, each once; in a narrow window ``you, Smit, Aarts``."""
        named = self.named(people)
        return ", ".join([*named[:most], "…"] if len(named) > most else named)

    def named(self, people: Iterable[Participant]) -> list[str]:
        """Each once, as there is room for."""
        name = self.surname if self.narrow else self.person
        return list(dict.fromkeys(filter(None, map(name, people))))

    def together(self, named: Sequence[str], most: int = 4) -> str:
        """``you and R. Smit``; ``you, R. Smit and T. Aarts``; ``… and 3 more``."""
        if len(named) > most + 1:
            return self.say(
                words._("{names} and {n} more"), names=", ".join(named[:most]), n=len(named) - most
            )
        if len(named) < 2:
            return "".join(named)
        return self.say(words._("{names} and {last}"), names=", ".join(named[:-1]), last=named[-1])

    def source(self, name: str) -> str:
        """How a source is called in a sentence."""
        return self.labels.get(name) or label(name, name.upper())

    def not_here(self, source: str, person: str) -> str:
        """``not in CRM here``: only this customer's people were asked for."""
        unknown_to = self.strangers.get((source, person), ())
        if not unknown_to:
            return ""
        return self.say(words._("not in {sources} here"), sources=", ".join(map(self.source, unknown_to)))


def label(name: str, title: str) -> str:
    """``LinkedIn`` stays; a title that is only the name in capitals reads ``Calendar``, but ``CRM``."""
    if title != name.upper():
        return title
    return title if len(title) <= _ABBREVIATION else title.capitalize().replace("_", " ")


def voice_for(
    briefing: Briefing, us: Us, *, narrow: bool = False, keys: Mapping[str, str] = NO_KEYS
) -> Voice:
    """The voice in which this briefing is told; ``keys`` as in :attr:`Voice.keys`."""
    by_name: dict[str, tuple[Differs, ...]] = {}
    for signal in briefing.signals:
        if isinstance(signal, Differs):
            key = fold(signal.about)
            by_name[key] = (*by_name.get(key, ()), signal)
    return Voice(
        us=us,
        now=briefing.generated_at,
        names=Names(_everybody(briefing)),
        labels=labels(briefing.panels),
        differs=by_name,
        strangers=_strangers(briefing.panels),
        near=tuple(signal for signal in briefing.signals if isinstance(signal, Near)),
        met=frozenset(fold(p.name) for contact in briefing.contacts for p in contact.theirs if p.name),
        internal=frozenset((visit.source, visit.meeting.id) for visit in briefing.internal),
        day_of_visit=briefing.day,
        place=briefing.visit.meeting.place if briefing.visit else None,
        customer=briefing.customer.name,
        narrow=narrow,
        keys=keys,
    )


def voice_of(us: Us, now: datetime, titles: Mapping[str, str]) -> Voice:
    """A voice for records by themselves, beside no briefing. ``titles``: of the sources, by name."""
    return Voice(us, now, labels={name: label(name, title) for name, title in titles.items()})


def labels(panels: Iterable[Panel]) -> dict[str, str]:
    """Source name to its word in a sentence."""
    return {panel.source: label(panel.source, panel.title) for panel in panels}


def _strangers(panels: Sequence[Panel]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Of the sources that tell who is new: a list of all there are need not be held against the others."""
    told = {p.source: s for p in panels if (s := p.section(Kind.PERSON)) and s.records}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for source, section in told.items():
        if not tells_changes(section):
            continue
        complete = [name for name, other in told.items() if name != source and told_all(other)]
        for each in section.records:
            person = person_of(each)
            as_named = Participant(name=person.title, email=next(iter(sorted(addresses(person))), None))
            if unknown_to := tuple(name for name in complete if not knows(told[name], as_named)):
                found[source, person.id] = unknown_to
    return found


def tells_changes(section: Section) -> bool:
    """Whether the source of these persons keeps an older state, and it tells of a change."""
    return any(isinstance(f.record, Person) and f.record.change is not None for f in section.records)


def _everybody(briefing: Briefing) -> Iterator[str]:
    for attendee in briefing.attendees:
        yield attendee.name
    for found in _records(briefing):
        if found.record.kind == "person":
            yield found.record.title
        for person in found.record.people:
            if person.name:
                yield person.name


def _records(briefing: Briefing) -> Iterator[Found]:
    for panel in briefing.panels:
        for section in panel.sections:
            yield from section.records
