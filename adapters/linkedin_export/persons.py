"""Who is at an organisation, who is new there, who has left: entries of the kept blocks as records.

What a person's change is told against is the nearest older export in which something was different. "New"
means that the older one did not have them there; since when they are, nobody knows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from adapters.linkedin_export.columns import Columns
from adapters.linkedin_export.connections import Past, State, past_of, tidy
from adapters.linkedin_export.looking import Group
from adapters.linkedin_export.own import Job, Owner
from adapters.linkedin_export.profile import address, name_key, slug
from adapters.linkedin_export.sheets import rows_of
from adapters.linkedin_export.shelf import Shelf
from salesprep.adapter import Change, Keys, Person
from salesprep.adapter.names import fold, fold_organisation
from salesprep.adapter.words import _, joined

NO_ADDRESS = _("this export does not tell the address of this profile")
_OWN = _("the export does not tell the address of your own profile")
WORKED = _("You worked here")


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the newest export has them, and what was different in older ones."""

    id: str
    """The profile's slug, or what stands for it."""
    slug: str
    name: str
    email: str
    company: str
    position: str
    connected: str
    past: tuple[tuple[int, State | None], ...] = ()
    """See :data:`adapters.linkedin_export.connections.Past`."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to make records of entries."""

    shelf: Shelf
    """Who is where, as :func:`adapters.linkedin_export.building.build_people` makes it."""
    days: Sequence[date]
    """Of the exports, from the newest."""
    owner: Owner
    mail: str | None
    """The member's address by the settings."""
    read_at: datetime
    asked: frozenset[str]
    """Names of organisations that were asked for by id: a user takes them for one customer."""

    def is_one(self, one: str, other: str) -> bool:
        """Whether two spellings, or two organisations, are one to the user."""
        a, b = fold_organisation(one), fold_organisation(other)
        return a == b or {a, b} <= self.asked


def entries(shelf: Shelf, number: int) -> Iterator[Entry]:
    """Who is or was at one organisation, by its number."""
    head, count = shelf.head, len(shelf.keys)
    blocks = [shelf.block(number)]
    if len(shelf) > count + 1:
        blocks.append(shelf.block(count + 1 + number))
    for block in blocks:
        for row in rows_of(io.BytesIO(block), head["delimiter"]):
            yield _entry(row, head["columns"], past_of(row[head["width"] :]))


def _entry(row: Sequence[str], columns: Columns, past: Past) -> Entry:
    def cell(name: str) -> str:
        place = columns.get(name)
        return tidy(row[place]) if place is not None else ""

    first, last, connected = cell("first"), cell("last"), cell("connected")
    company, known = cell("company"), slug(cell("url"))
    return Entry(
        id=known or f"{name_key(first, last)} at {fold(company)} {connected}".strip(),
        slug=known,
        name=f"{first} {last}".strip(),
        email=cell("email").lower(),
        company=company,
        position=cell("position"),
        connected=connected,
        past=tuple(past),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody at an organisation, before a record is made of it: only those of one page are needed."""

    entry: Entry
    group: Group
    organisation: str
    """As it was written while they were there."""
    change: Change | None = None
    left: bool = False

    @property
    def id(self) -> str:
        """Of the record: somebody who left is another one than the same at their new employer."""
        return f"{self.entry.id} left {self.group.id}" if self.left else self.entry.id


def people_of(known: Known, groups: Sequence[Group]) -> list[Told | Group]:
    """All who are or were at the organisations, changes first, then by name; and a group itself, last, where
    the member worked."""
    found: dict[str, Told] = {}
    for group in groups:
        spelled = {group.title, *group.aliases}
        for number in group.numbers:
            for entry in entries(known.shelf, number):
                if entry.company in spelled:
                    told: Told | None = Told(entry, group, entry.company, _change(known, entry))
                else:
                    told = _left(known, group, entry, spelled)
                if told is not None:
                    found.setdefault(told.id, told)
    ordered = sorted(found.values(), key=lambda one: (one.change is None, one.left, fold(one.entry.name)))
    return [*ordered, *(group for group in groups if _jobs(known, group))]


def person(known: Known, told: Told | Group) -> Person:
    """The record."""
    if isinstance(told, Group):
        return _you(known, told)
    entry = told.entry
    return Person(
        id=told.id,
        title=entry.name,
        fetched_at=known.read_at,
        url=address(entry.slug) if entry.slug else None,
        no_url_reason=None if entry.slug else NO_ADDRESS,
        keys=Keys(account_id=told.group.id, organisation=told.organisation),
        origin="outside",
        position=entry.position or None if not told.left else None,
        emails=(entry.email,) if "@" in entry.email else (),
        handles=(address(entry.slug).partition("www.")[2],) if entry.slug else (),
        left=True if told.left else None,
        change=told.change,
        fields={"Connected on": entry.connected} if entry.connected else {},
    )


def _change(known: Known, entry: Entry) -> Change | None:
    unlisted: int | None = None
    for number, state in entry.past:
        if state is None:
            unlisted = number
            continue
        company, position = tidy(state[0]), tidy(state[1])
        since = known.days[number]
        if not known.is_one(company, entry.company):
            return Change("new", since, position or None, organisation_before=company or None)
        if position and entry.position and fold(position) != fold(entry.position):
            return Change("position", since, position)
        unlisted = None
    return Change("new", known.days[unlisted]) if unlisted is not None else None


def _left(known: Known, group: Group, entry: Entry, spelled: set[str]) -> Told | None:
    for number, state in entry.past:
        if state is None or tidy(state[0]) not in spelled:
            continue
        company = tidy(state[0])
        if known.is_one(company, entry.company):
            return None
        position, now = tidy(state[1]) or None, entry.company or None
        return Told(
            entry, group, company, Change("left", known.days[number], position, organisation_after=now), True
        )
    return None


def _jobs(known: Known, group: Group) -> list[Job]:
    """What the member did there, if they do nothing there any more."""
    name = fold_organisation(group.title)
    jobs = [job for job in known.owner.jobs if fold_organisation(job.company) == name]
    return jobs if all(job.finished for job in jobs) else []


def _you(known: Known, group: Group) -> Person:
    return Person(
        id=f"you at {group.id}",
        title=known.owner.name or known.mail or _("you"),
        fetched_at=known.read_at,
        no_url_reason=_OWN,
        keys=Keys(account_id=group.id, organisation=group.title),
        emails=(known.mail,) if known.mail else (),
        left=True,
        fields={WORKED: joined(map(_spell, _jobs(known, group)))},
    )


def _spell(job: Job) -> str:
    spell = _("until {day}", day=job.finished)
    if job.started:
        spell = _("{first} to {last}", first=job.started, last=job.finished)
    return joined((job.title, spell), ", ") if job.title else spell
