"""The coming visits: the calendars asked, and each meeting's customer looked up where accounts are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from salesprep.adapter import Kind, Meeting, Window
from salesprep.briefing.asking import slot_of, upcoming_calls
from salesprep.briefing.calls import Asked
from salesprep.briefing.choices import undecided
from salesprep.briefing.days import days_ahead
from salesprep.briefing.events.copies import Copies
from salesprep.briefing.events.given import Given
from salesprep.briefing.gathered import Gathered, gathered
from salesprep.briefing.links import Links
from salesprep.briefing.model import Agenda, Briefing, Found, Match, Panel, Visit
from salesprep.briefing.panels import framed, section
from salesprep.briefing.questions import Ambiguous
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.scan import NO_LINKS, scan_with
from salesprep.briefing.visits.atlas import Atlas
from salesprep.briefing.visits.meetings import coming, guests, meeting_of
from salesprep.briefing.visits.whose import Whose, whose
from salesprep.settings import Settings
from salesprep.sources.answers import Answer, Ask

_SCANS_AT_ONCE = 4
_OTHERS = Match("other", "none")


async def agenda(
    host: Asked,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    links: Links = NO_LINKS,
    deadline_s: float | None = None,
    only: Collection[str] = (),
    fresh: bool = False,
    days: int = 14,
    first_lines: bool = True,
) -> Agenda:
    """The user's visits from now until the end of the ``days``-th day from today, earliest first.

    A meeting is a visit if somebody is not one of us, or if its title names a customer. With
    ``first_lines`` each customer is looked up in what is left of the time.
    """
    asking = _Asking(host, settings, now, links, deadline_s, only, fresh)
    await asking.calendars(days, share=0.6 if first_lines else 0.7)
    known = await asking.visits(asking.coming(), share=0.75 if first_lines else 1.0)
    visits = [visit for visit in known if not visit.about]
    looked = await asking.looked_up(visits) if first_lines else [None] * len(visits)
    return Agenda(
        generated_at=now().astimezone(settings.us.zone),
        visits=tuple(visits),
        first_lines=tuple(b.signals[0] if b is not None and b.signals else None for b in looked),
        undecided=tuple(len(undecided(b.panels)) if b is not None else 0 for b in looked),
        nobody_known=tuple(b is not None and b.nobody_known for b in looked),
        panels=asking.panels(),
        internal=tuple(visit for visit in known if visit.about),
        titles=tuple((info.name, info.title) for info in host.infos.values()),
    )


async def next_visit(
    host: Asked,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    links: Links = NO_LINKS,
    deadline_s: float | None = None,
    only: Collection[str] = (),
    fresh: bool = False,
    days: int = 14,
) -> tuple[Visit | None, tuple[Panel, ...]]:
    """The user's next visit, begun at most a quarter of an hour ago; and what became of the calendars.

    A whole-day meeting is the next visit only if there is no other.
    """
    asking = _Asking(host, settings, now, links, deadline_s, only, fresh)
    await asking.calendars(days, share=0.7)
    items = asking.coming()
    timed = [f for f in items if (m := meeting_of(f)) is not None and isinstance(m.start, datetime)]
    whole_day = [f for f in items if f not in timed]
    for group in (timed, whole_day):
        with_guests = next((n for n, f in enumerate(group) if asking.has_guests(f)), len(group) - 1)
        found = [v for v in await asking.visits(group[: with_guests + 1], share=1.0) if not v.about]
        if found:
            return found[0], asking.panels()
    return None, asking.panels()


class _Asking:
    """One look at the coming visits: whom to ask, what came, and the time that is left."""

    def __init__(
        self,
        host: Asked,
        settings: Settings,
        now: Callable[[], datetime],
        links: Links,
        deadline_s: float | None,
        only: Collection[str],
        fresh: bool,
    ) -> None:
        self.host, self.settings, self.now, self.links = host, settings, now, links
        self.us = ours(settings.us)
        self.only, self.fresh = only, fresh
        self.began = time.monotonic()
        self.seconds = settings.deadline if deadline_s is None else deadline_s
        self.sources = {
            info.name: gathered(info) for info in host.infos.values() if not only or info.name in only
        }
        self.atlas = Atlas(self.sources, links, self.us)

    def until(self, share: float) -> float:
        """The moment at which ``share`` of the time is over, on the monotonic clock."""
        return self.began + self.seconds * share

    async def ask(self, source: str, ask: Ask, share: float) -> Answer:
        return await self.host.ask(source, ask, deadline=self.until(share), fresh=self.fresh)

    async def calendars(self, days: int, *, share: float) -> None:
        """All coming meetings of all calendars, page by page."""
        window = days_ahead(self.now(), days, self.settings.us.zone)
        await asyncio.gather(*(self._calendar(s, window, share) for s in self.sources.values()))

    async def _calendar(self, source: Gathered, window: Window, share: float) -> None:
        while calls := list(upcoming_calls(source, window)):
            for call in calls:
                answer = await self.ask(call.source, call.ask, share)
                slot = slot_of(source, call)
                slot.under_way -= 1
                slot.take(answer, more=call.more)

    def coming(self) -> tuple[Found, ...]:
        """The user's own coming meetings, earliest first."""
        now = self.now().astimezone(self.settings.us.zone)
        return coming(self.upcoming(), now, self.settings.us.zone, self.us)

    def upcoming(self) -> Iterator[Found]:
        """The coming meetings of all calendars, whosever."""
        return (
            Found(source.name, record, _OTHERS)
            for source in self.sources.values()
            if source.upcoming is not None
            for record in source.upcoming.records.values()
        )

    def has_guests(self, found: Found) -> bool:
        """Somebody at the table is not one of us."""
        meeting = meeting_of(found)
        return meeting is not None and bool(guests(meeting, self.us))

    async def visits(self, found: Sequence[Found], *, share: float) -> list[Visit]:
        """Those of ``found`` that are visits or about a customer, each with its customers as far as they are
        known."""
        meetings = [(f.source, m) for f in found if (m := meeting_of(f)) is not None]
        await self.atlas.look_up([m for _, m in meetings], lambda source, ask: self.ask(source, ask, share))
        atlas, visits = self.atlas, []
        keepers = {name for name, s in self.sources.items() if Kind.ACCOUNT in s.info.kinds}
        accounts, patterns, copies = atlas.accounts, atlas.patterns, Copies(self.upcoming())
        for source, meeting in meetings:
            given = Given(meeting, accounts, self.links, self.us, atlas.persons, keepers, patterns)
            known = whose(given, copies.of(source, meeting))
            if known.customers or known.candidates or guests(meeting, self.us):
                visits.append(_visit(source, meeting, known))
        return visits

    async def looked_up(self, visits: Sequence[Visit]) -> list[Briefing | None]:
        """A briefing beside each visit whose customer is known, each customer looked up once."""
        first: dict[str, Visit] = {}
        for visit in visits:
            if visit.customer is not None:
                first.setdefault(visit.customer.id, visit)
        gate = asyncio.Semaphore(_SCANS_AT_ONCE)
        found = await asyncio.gather(*(self._look_up(v, gate) for v in first.values()))
        of = dict(zip(first, found, strict=True))
        return [of[v.customer.id] if v.customer is not None else None for v in visits]

    async def _look_up(self, visit: Visit, gate: asyncio.Semaphore) -> Briefing | None:
        async with gate:
            left = self.until(1.0) - time.monotonic()
            if visit.customer is None or left <= 0:
                return None
            upcoming = {s.name: s.upcoming for s in self.sources.values() if s.upcoming is not None}
            updates = scan_with(
                visit.customer.name,
                self.host,
                self.settings,
                self.now,
                self.links,
                left,
                only=self.only,
                fresh=self.fresh,
                visit=visit,
                upcoming=upcoming,
                as_it_comes=False,
            )
            briefing: Briefing | None = None
            try:
                async with aclosing(updates):
                    async for update in updates:
                        briefing = update.briefing
            except Ambiguous:
                return None
            return briefing

    def panels(self) -> tuple[Panel, ...]:
        """The calendars, and those sources of accounts that were asked and failed."""
        made = []
        for source in self.sources.values():
            if source.info.problem is not None or source.info.manifest is None:
                made.append(
                    Panel(
                        source.name,
                        source.info.title,
                        source.info.adapter,
                        "failed",
                        failure=source.info.problem,
                    )
                )
            elif source.upcoming is not None:
                told = section(Kind.MEETING, source.upcoming, over=True)
                if source.upcoming.records and source.upcoming.answer is not None:
                    # They are not counted here, but they are there.
                    if told.state == "empty":
                        told = replace(told, state=source.upcoming.answer.state)
                    elif told.state != "stale":
                        told = replace(told, state="partial")
                made.append(framed(source, (told,)))
            elif source.find is not None and not source.find.sound:
                made.append(framed(source, (section(Kind.ACCOUNT, source.find, over=True),)))
        return tuple(made)


def _visit(source: str, meeting: Meeting, known: Whose) -> Visit:
    if not known.customers:
        return Visit(source, meeting, None, known.candidates)
    first, *others = known.customers
    why = next(iter(first.evidence), None)
    return Visit(
        source,
        meeting,
        first.customer,
        how=why.text if why is not None else None,
        why=why,
        reasons=first.evidence,
        also=tuple(others),
        about=known.about,
    )
