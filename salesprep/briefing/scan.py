"""The way of a briefing: all sources asked at once, an update with every answer. The only way in.

There is no barrier: no source waits for another, and what hangs costs its own panel alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from salesprep.briefing.asking import (
    Call,
    finding,
    more_calls,
    next_calls,
    slot_of,
    tells_keys,
    upcoming_calls,
)
from salesprep.briefing.calls import Asked, Calls
from salesprep.briefing.days import days_ahead
from salesprep.briefing.deriving import FOR_FACES, Deriving
from salesprep.briefing.gathered import Gathered, Slot, gathered
from salesprep.briefing.links import Links
from salesprep.briefing.model import Update, Visit
from salesprep.briefing.questions import Ambiguous, OtherPick, UnknownPick
from salesprep.briefing.reach import Reach, further_calls
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.seed import may_be_called, may_be_picked, seed
from salesprep.briefing.signals.colleague_near import AHEAD
from salesprep.settings import Settings

REST = 4
"""So many times as long as an update took to make, nothing is drawn; 20 % of the time at most."""
AT_ONCE = 10
"""So many sources at least are set off in one turn of the loop."""
TURNS = 4
"""In so many turns all of them are set off."""
NO_LINKS = Links()
_NOTHING_YET: Mapping[str, Slot] = MappingProxyType({})


async def scan(
    name: str,
    host: Asked,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    links: Links = NO_LINKS,
    deadline_s: float | None = None,
    only: Collection[str] = (),
    fresh: bool | Collection[str] = False,
    pick: str | None = None,
    visit: Visit | None = None,
    reach: Reach | None = None,
) -> AsyncGenerator[Update, None]:
    """The briefing of the customer called ``name``, as it comes: the first update at once with every
    panel waiting, the last one complete.

    ``only``: ask these sources alone, and show no other panel. ``pick``: ``crm:1042`` is the customer,
    for this time. ``visit``: the briefing is for this visit, whose customer it is; it is left aside if
    the pick is somebody else. ``fresh``: past what is kept, all sources or those named. ``reach``: read
    further pages as well. Close the iterator (``contextlib.aclosing``) to end early; nothing is left
    under way.

    Raises:
        Ambiguous: ``name`` fits several customers and nothing tells which one is meant; or it fits one
            only in part, or states another legal form.
        UnknownPick: the source of ``pick`` has no such account.
        OtherPick: the picked account is somebody else's than the customer called ``name``.
        ValueError: ``pick`` is not written ``source:id``.
    """
    seconds = settings.deadline if deadline_s is None else deadline_s
    updates = scan_with(
        name, host, settings, now, links, seconds, only=only, fresh=fresh, pick=pick, visit=visit, reach=reach
    )
    async with aclosing(updates):
        async for update in updates:
            yield update


async def scan_with(
    name: str,
    host: Asked,
    settings: Settings,
    now: Callable[[], datetime],
    links: Links,
    seconds: float,
    *,
    only: Collection[str] = (),
    fresh: bool | Collection[str] = False,
    pick: str | None = None,
    visit: Visit | None = None,
    reach: Reach | None = None,
    upcoming: Mapping[str, Slot] = _NOTHING_YET,
    as_it_comes: bool = True,
) -> AsyncGenerator[Update, None]:
    """:func:`scan`, by one who has asked for the coming meetings already; or who wants no update but the
    last (not ``as_it_comes``), for whom none before it is worked out."""
    if pick is not None and visit is not None and not may_be_picked(pick, visit, links):
        # Neither the visit nor its name may be shown as the picked customer's.
        name, visit = "", None
    start = seed(name, links, pick=pick, visit=visit, us=ours(settings.us))
    infos = [info for info in host.infos.values() if not only or info.name in only]
    sources = {info.name: gathered(info) for info in infos}
    making = Deriving(
        sources=sources,
        seed=start,
        us=settings.us,
        links=links,
        now=now,
        deadline_s=seconds,
        visit=visit,
        all_asked=len(infos) == len(host.infos),
    )
    calls = Calls(host, seconds, fresh=fresh)
    try:
        window = days_ahead(now(), AHEAD, settings.us.zone)
        at_once = max(AT_ONCE, -(-len(sources) // TURNS))
        for number, source in enumerate(sources.values(), 1):
            if source.upcoming is not None:
                source.upcoming = upcoming.get(source.name, source.upcoming)
            calls.make(upcoming_calls(source, window))
            calls.make(next_calls(source, making.grown, settled=False))
            if number % at_once == 0:
                await asyncio.sleep(0)  # a key that is pressed meanwhile need not wait for all
        await asyncio.sleep(0)  # off they go, before anything is drawn
        if as_it_comes:
            first, _ = making.snapshot(sources)
            yield Update(first, frozenset(sources))
        was_settled, told, rest_until = False, set[str](), 0.0
        while True:
            ended = await _take(calls, sources) if calls.under_way else []
            changed = {call.source for call in ended}
            settled = calls.half_over or not finding(sources.values())
            if settled != was_settled or any(map(tells_keys, ended)):
                making.grow(changed, settled=settled)
            question = _question(name, pick, making, settled=settled)
            if question is not None:
                raise question
            for source in sources.values() if settled != was_settled else map(sources.__getitem__, changed):
                calls.make(upcoming_calls(source, window))
                calls.make(next_calls(source, making.grown, settled=settled))
                if reach is not None and settled:
                    calls.make(further_calls(source, reach, settings.us.zone))
            was_settled = settled
            told |= changed
            if calls.under_way and not as_it_comes:
                continue
            began, spent = time.monotonic(), time.thread_time()
            if began < rest_until and calls.under_way:
                calls.wake_in(rest_until - began)
                continue
            briefing, differing = making.snapshot(told)
            if settled and making.faces_open:
                for source in sources.values():
                    calls.make(more_calls(source, FOR_FACES))
            if not calls.under_way:
                break
            # With hundreds of sources an update is work; asking on must not wait for it. What a source that
            # computes takes of the time meanwhile is no reason to rest for longer.
            drawn = time.monotonic()
            rest_until = drawn + REST * min(drawn - began, time.thread_time() - spent)
            if told and as_it_comes:
                yield Update(briefing, differing)
            told = set()
        briefing, last = making.finish()
        yield Update(briefing, differing | last)
    finally:
        await calls.end()


def _question(
    name: str, pick: str | None, making: Deriving, *, settled: bool
) -> Ambiguous | UnknownPick | OtherPick | None:
    """What has to be asked back in place of a briefing, if anything."""
    picked, grown, sources = making.seed.picked, making.grown, making.sources
    if picked is not None and picked[0] in sources and sources[picked[0]].lacks(picked[1]):
        return UnknownPick(":".join(picked), making.snapshot(sources)[0].panels)
    if settled and grown.choices:
        return Ambiguous(name, grown.choices, making.snapshot(sources)[0].panels)
    if settled and pick is not None and making.visit is None and name not in ("", pick) and grown.known:
        own = replace(grown.customer, aliases=(*grown.customer.aliases, *grown.aliases))
        if not may_be_called(own, name, making.ours):
            return OtherPick(pick, name, own.name, making.snapshot(sources)[0].panels)
    return None


async def _take(calls: Calls, sources: Mapping[str, Gathered]) -> list[Call]:
    ended = await calls.take()
    for call, answer in ended:
        slot = slot_of(sources[call.source], call)
        slot.under_way -= 1
        slot.take(answer, more=call.more)
    return [call for call, _ in ended]
