"""Answered or not: what the sources tell, else what the time line shows for certain. Pure.

A source's own word counts. Where it gives none, a mail or message of theirs has *no answer* if it is the
last one between that person and us, and no talk with them came after it; one of ours has *no reply* on
the same terms, unless it is itself the answer to theirs, or of today. Nothing is concluded while any
source of calls, mails and meetings has not told all, of a mail that the user was only copied on, or where
something that may be the answer waits to be decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from salesprep.adapter import Activity, Kind, Meeting, Participant, Ticket, moment
from salesprep.adapter.names import fold
from salesprep.briefing.alike import folded, maybe_same
from salesprep.briefing.contacts.same_event import is_mail
from salesprep.briefing.days import day_of
from salesprep.briefing.model import Contact, Panel, Reply
from salesprep.briefing.told import silent

_MESSAGES = frozenset({"chat", "message", "bericht", "nachricht", "sms", "whatsapp"})
_NO_TALK = frozenset({"note", "task", "notitie", "notiz", "invitation", "post"})
_BACK = 500
"""Lines that are looked back through for what a mail of ours answers."""
_NAMESAKES = 50
"""Of more people with one family name nobody can tell who is meant."""


def with_replies(
    lines: Sequence[Contact],
    doubtful: Sequence[Contact],
    panels: Sequence[Panel],
    now: datetime,
    zone: ZoneInfo,
    *,
    all_asked: bool,
) -> Iterator[Contact]:
    """``lines``, newest first, each with whether it was answered; ``doubtful`` may be contacts too."""
    sure = all_asked and not silent(panels, (Kind.ACTIVITY, Kind.MEETING))
    later = _Later()
    for place, line in enumerate(lines):
        told = {f.record.answered for f in line.evidence if isinstance(f.record, Activity)} - {None}
        reply = _told(line, told)
        way = _way(line)
        if not told and way is not None and sure and not line.cc:
            reply = _concluded(line, way, later, doubtful, now, zone)
            if reply == "no_reply" and _is_answer(line, way, islice(lines, place + 1, place + 1 + _BACK)):
                reply = None
        later.add(line, way)
        yield line if reply is None else replace(line, reply=reply)


def _told(line: Contact, told: Collection[bool | None]) -> Reply | None:
    """What the sources themselves tell; where they contradict each other, nothing."""
    record = line.found.record
    if isinstance(record, Ticket):
        return "no_answer" if record.open is True and record.last_message_by == "them" else None
    if len(told) != 1:
        return None
    if True in told:
        return "answered"
    return "no_answer" if line.direction == "in" else "no_reply"


def _way(line: Contact) -> str | None:
    """By which writing it went: ``mail``, ``message``; ``None`` for what awaits no answer."""
    if is_mail(line):
        return "mail"
    return "message" if fold(line.type) in _MESSAGES else None


def _others(line: Contact) -> tuple[Participant, ...]:
    """Whoever of them wrote it, or was written to; nobody if that is not clear."""
    if line.direction == "in":
        writers = tuple(p for p in line.theirs if p.role in ("from", "author"))
        return writers or (line.theirs if len(line.theirs) == 1 else ())
    if line.direction == "out":
        return tuple(p for p in line.theirs if p.role != "cc")
    return ()


def _concluded(
    line: Contact, way: str, later: _Later, doubtful: Sequence[Contact], now: datetime, zone: ZoneInfo
) -> Reply | None:
    others = _others(line)
    if not others or any(later.holds(person, way) for person in others):
        return None
    since = moment(line.when, zone)
    if any(moment(c.when, zone) >= since and _meets(c, others) for c in doubtful):
        return None
    if line.direction == "in":
        return "no_answer"
    return "no_reply" if day_of(line.when, zone) < day_of(now, zone) else None


def _is_answer(line: Contact, way: str, earlier: Iterable[Contact]) -> bool:
    """The writing before it with one of the same people was theirs."""
    others = _others(line)
    before = next((c for c in earlier if _way(c) == way and _meets(c, others)), None)
    return before is not None and before.direction != "out"


def _meets(line: Contact, people: Sequence[Participant]) -> bool:
    return any(maybe_same(p, q) for p in line.theirs for q in people)


@dataclass(slots=True)
class _Later:
    """With whom there was a contact after the line that is looked at, by each way of writing or a talk."""

    _by_address: set[tuple[str, str]] = field(default_factory=set)
    _by_family: dict[tuple[str, str], dict[str, Participant]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, line: Contact, way: str | None) -> None:
        record = line.found.record
        talked = isinstance(record, Meeting) or (
            way is None and isinstance(record, Activity) and fold(line.type) not in _NO_TALK
        )
        if way is None and not talked:
            return
        for person in line.theirs:
            if person.email:
                self._by_address.add((way or "", person.email.casefold()))
            if words := folded(person.name or "").split():
                namesakes = self._by_family[way or "", words[-1]]
                if len(namesakes) <= _NAMESAKES:
                    namesakes.setdefault(" ".join(words), person)

    def holds(self, person: Participant, way: str) -> bool:
        """Whether somebody who is or may be this one is among them."""
        for each in (way, ""):
            if person.email and (each, person.email.casefold()) in self._by_address:
                return True
            words = folded(person.name or "").split()
            namesakes = self._by_family.get((each, words[-1])) if words else None
            if namesakes is not None and (
                len(namesakes) > _NAMESAKES or any(maybe_same(person, p) for p in namesakes.values())
            ):
                return True
        return False
