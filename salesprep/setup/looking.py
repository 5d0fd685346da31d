"""Looks at one place: asks what it is as a whole, and if nobody knows a folder, what lies in it.

Nothing is copied or kept; a file's first 64 KiB are read here, the rest by the adapters that want it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from salesprep.adapter.proposal import Given
from salesprep.setup.asking import Adapters, Said
from salesprep.setup.model import ORDER, Finding, Offer, Place, Trouble, surest
from salesprep.setup.places import entries_of, head_of, unreadable
from salesprep.setup.proposals import flat, with_statement

FOR_ONE = 10.0
"""Seconds for one file or folder."""
FOR_ALL = 60.0
"""Seconds for a folder of them."""

Tell = Callable[[str, int, int], None]
"""Told what is looked at, the how-manieth, and of how many."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is at a place."""

    findings: tuple[Finding, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    asked: int = 0
    """How many files and folders were looked at."""
    beyond: int = 0
    """How many were not: a folder's older ones, or what no time was left for."""

    def stating(self, words: str) -> Looked:
        """The same with ``words`` for what only a person can say."""
        return replace(self, findings=tuple(_stating(finding, words) for finding in self.findings))


def look(
    place: Place,
    adapters: Adapters,
    *,
    now: datetime,
    tell: Tell = lambda _name, _number, _of: None,
    for_one: float = FOR_ONE,
    for_all: float = FOR_ALL,
) -> Looked:
    """What ``place`` could be set up as."""
    looker = _Looker(adapters, now, for_one)
    tell(place.shown, 1, 1)
    finding, troubles = looker.look_at(place)
    if place.path is None or not place.path.is_dir():
        return Looked(_all(finding), troubles, asked=1)
    if finding is not None and finding.sure != "possible":
        return Looked((finding,), troubles, asked=1)
    inside = looker.look_into(place.path, tell, time.monotonic() + for_all)
    if inside.findings:
        own = tuple(one for one in troubles if one.own)
        return replace(inside, troubles=_once((*own, *inside.troubles)))
    return replace(inside, findings=_all(finding), troubles=_once((*troubles, *inside.troubles)))


@dataclass(slots=True)
class _Looker:
    adapters: Adapters
    now: datetime
    seconds: float

    def look_at(
        self, place: Place, within: float = float("inf")
    ) -> tuple[Finding | None, tuple[Trouble, ...]]:
        """One place as a whole. What was wrong with it counts only if nobody reads it."""
        head = place.head
        if place.path is not None:
            try:
                head = head_of(place.path)
            except OSError as error:
                return None, (Trouble(place.shown, unreadable(error)),)
        deadline = min(time.monotonic() + self.seconds, within)
        said = self.adapters.ask(
            Given(path=place.path, url=place.url, head=head, now=self.now, deadline=deadline)
        )
        finding = _finding(place, said)
        wrong = finding is None or finding.sure == "possible"
        return finding, tuple(
            Trouble(one.adapter if one.own else place.shown, one.failure, one.own)
            for one in said
            if one.failure is not None and (one.own or wrong)
        )

    def look_into(self, folder: Path, tell: Tell, within: float) -> Looked:
        """What lies directly in a folder, each by itself."""
        entries = entries_of(folder)
        findings: list[Finding] = []
        troubles = list(entries.troubles)
        asked = 0
        for path in entries.paths:
            if time.monotonic() >= within:
                break
            asked += 1
            tell(path.name, asked, len(entries.paths))
            finding, wrong = self.look_at(Place(path=path), within)
            troubles += wrong
            # A folder within a folder that only might be something is somebody's holiday pictures.
            if finding is not None and not (finding.sure == "possible" and path.is_dir()):
                findings.append(finding)
        beyond = entries.beyond + len(entries.paths) - asked
        findings.sort(key=self._place)
        return Looked(tuple(findings), _once(troubles), asked, beyond)

    def _place(self, finding: Finding) -> tuple[bool, int]:
        """What is unsure comes last, else by what it tells; of equals the newest first, as they come."""
        first = finding.readings[0][0]
        return finding.sure == "possible", self.adapters.rank(first.adapter, first.proposal)


def _finding(place: Place, said: Iterable[Said]) -> Finding | None:
    """The reading of the adapter that is surest, or those of all that are as sure."""
    readings = [
        tuple(Offer(place, one.adapter, proposal, _parts(one)) for proposal in one.proposals)
        for one in said
        if one.proposals
    ]
    if not readings:
        return None
    best = min((surest(reading) for reading in readings), key=ORDER.index)
    return Finding(place, tuple(reading for reading in readings if surest(reading) == best))


def _stating(finding: Finding, words: str) -> Finding:
    readings = (
        tuple(replace(offer, proposal=with_statement(offer.proposal, words)) for offer in reading)
        for reading in finding.readings
    )
    return replace(finding, readings=tuple(readings))


def _parts(said: Said) -> tuple[str, ...]:
    """The keys in which the proposals of one place differ, as far as no choice of the user's does it."""
    chosen = {choice.key for one in said.proposals for choice in one.choices}
    values: dict[str, set[str | int]] = {}
    for one in said.proposals:
        for key, value in flat(one.config):
            if isinstance(value, str | int):
                values.setdefault(key, set()).add(value)
    # What only one of them has tells them apart as well, by where it lies.
    return tuple(sorted(key for key, those in values.items() if len(those) > 1 and key not in chosen))


def _all(finding: Finding | None) -> tuple[Finding, ...]:
    return () if finding is None else (finding,)


def _once(troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
    """Each once: an adapter that stumbles over every file says so a single time."""
    return tuple(dict.fromkeys(troubles))
