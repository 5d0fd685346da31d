"""People of a source that keeps two states of them: who is new, changed job, left, and who did not.

No record tells on which day it happened, so the titles say since which older state it must have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from salesprep.adapter import Change, Person, When
from salesprep.adapter.names import fold
from salesprep.briefing.model import Attendee, Differs, Found, Said
from salesprep.briefing.people import has_left
from salesprep.view.dates import as_day
from salesprep.view.lines import Span
from salesprep.view.sections.drawing import SAID_OF_LEAVING, Group, differs_notes, joined, said_value
from salesprep.view.table import Row
from salesprep.view.voice import Voice
from salesprep.view.words import _, _n

_UNCHANGED = 2
"""So many of those without news are named; the rest is counted."""
_CHANGED = 6

_What = Literal["new", "position", "left", "none"]
_ORDER: tuple[_What, ...] = ("new", "position", "left", "none")
_TITLES: dict[_What, tuple[str, str]] = {
    "new": (_("New here"), _("New here since your file of {day}")),
    "position": (_("Changed job"), _("Changed job since your file of {day}")),
    "left": (_("Left"), _("Left since your file of {day}")),
    "none": (_("No change"), ""),
}
_PERSON_FACTS = frozenset({"position", "left", "employer", "name"})


def groups(founds: Sequence[Found], voice: Voice) -> tuple[Group, ...]:
    """The persons by what happened; nothing where no change is told."""
    sorted_out: dict[_What, list[Found]] = {what: [] for what in _ORDER}
    for found in founds:
        change = _change(found)
        sorted_out["none" if change is None else change.what].append(found)
    if len(sorted_out["none"]) == len(founds):
        return ()
    told: list[Group] = []
    since: When | None = None
    for what, members in sorted_out.items():
        if not members:
            continue
        if what == "none":  # of these only a few are named: those whom we spoke with
            members.sort(key=lambda found: fold(found.record.title) not in voice.met)
        plain, dated = _TITLES[what]
        title = voice.say(plain)
        if what != "none":
            oldest = min((c.since for f in members if (c := _change(f))), key=lambda w: as_day(w, voice.us))
            # The day of the older state is told once, unless another group has another one.
            if oldest != since:
                title = voice.say(dated, day=voice.day(oldest))
                since = oldest
        told.append(Group(title, tuple(members), _UNCHANGED if what == "none" else _CHANGED))
    return tuple(told)


def how_many_here(persons: Sequence[Person], voice: Voice) -> str | None:
    """``your 9 connections here``: those who left are not here; nothing where no change is told."""
    if all(person.change is None for person in persons):
        return None
    here = sum(not has_left(person) for person in persons)
    return voice.count(*_n("your {n} connection here", "your {n} connections here"), here)


def changed(person: Person, change: Change, source: str, voice: Voice) -> Row:
    """Somebody with news: what it is, and what other sources make of it."""
    if change.what == "left":
        gone_to = change.organisation_after
        now = voice.say(_("now at {company}"), company=gone_to) if gone_to else voice.say(_("left"))
        elsewhere = voice.differs.get(fold(person.title), ())
        notes = joined(*dict.fromkeys(still for each in elsewhere for still in _still(source, each, voice)))
        return Row((Span(person.title.strip()), Span(now), Span(notes, "alarm")))
    notes = joined(was(change, voice), voice.not_here(source, person.id))
    otherwise = differs_notes(source, person.title, _PERSON_FACTS, voice, but=change.position_before)
    return Row((Span(person.title.strip()), Span(person.position or ""), Span(notes)), otherwise)


def jobs(attendee: Attendee) -> tuple[Said, ...]:
    """What the sources call their job; a word that is known to be newer than another one comes first."""
    return tuple(sorted(attendee.positions, key=lambda said: not _is_newer(said)))


def _is_newer(said: Said) -> bool:
    change = _change(said.found) if said.found is not None else None
    return change is not None and change.what == "position"


def came_from(attendee: Attendee, voice: Voice) -> str | None:
    """``was Buyer at Van Dijk``, of somebody who is new here."""
    changes = (_change(said.found) for said in attendee.positions if said.found is not None)
    told = (was(change, voice) for change in changes if change is not None and change.what == "new")
    return next(filter(None, told), None)


def since(change: Change, voice: Voice) -> str:
    """``Left since your file of 18 Oct``."""
    return voice.say(_TITLES[change.what][1], day=voice.day(change.since))


def was(change: Change, voice: Voice) -> str | None:
    """``was Plant manager``; of somebody new, ``was Buyer at Van Dijk``."""
    job, company = change.position_before, change.organisation_before
    if change.what == "new" and company:
        if job:
            return voice.say(_("was {job} at {company}"), job=job, company=company)
        return voice.say(_("was at {company}"), company=company)
    return voice.say(_("was {job}"), job=job) if job and change.what == "position" else None


def _still(source: str, differs: Differs, voice: Voice) -> Iterator[str]:
    """``CRM: still Buyer``; ``Calendar: invited``."""
    for said in differs.said if differs.what == "left" else ():
        if said.source != source and said.value != "left":
            words = "{source}: {job}" if said.value in SAID_OF_LEAVING else _("{source}: still {job}")
            job = said_value(differs, said, voice)
            yield voice.say(words, source=voice.source(said.source), job=job)


def _change(found: Found) -> Change | None:
    return found.record.change if isinstance(found.record, Person) else None
