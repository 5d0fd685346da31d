"""Calls, customers, users and runs that must not know of each other; and what is written."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hashlib import blake2b
from itertools import count
from pathlib import Path

from salesprep.kit import spoiling
from salesprep.kit.bench import Bench, Told
from salesprep.kit.checks.status import answering
from salesprep.kit.server import Asked, Reply, Twist
from salesprep.kit.verdict import Fault, NotTried
from salesprep.kit.watch import watching
from salesprep.settings import Source
from salesprep.sources import Ask

_OTHERS = ("somebody.else@ons.example",)
_ROUNDS = 2


async def concurrent_calls(bench: Bench) -> str:
    """All questions about both customers at once; the server answers the first ones last."""
    asks = [told.ask for told in await bench.well()]
    asks += [ask for ask in bench.asks(bench.sample.other) if bench.sample.other]
    async with bench.hosting() as hosted:
        serial = [await hosted.tell(ask) for ask in asks]
    for number in range(_ROUNDS):
        order = range(len(asks)) if number % 2 == 0 else range(len(asks) - 1, -1, -1)
        if bench.server is not None:
            bench.server.twist = _in_turn()
        async with bench.hosting() as hosted:
            at_once = await asyncio.gather(*(hosted.tell(asks[place]) for place in order))
        for one, other in zip([serial[place] for place in order], at_once, strict=True):
            if other.failure is not None and one.failure is None:
                failure = other.failure
                raise Fault(f"{one.words} beside others gives {failure.code}: {failure.what}")
            if one.records != other.records:
                raise Fault(f"{one.words} beside others tells something else than alone")
    return f"{len(asks)} questions at once"


def _in_turn() -> Twist:
    waits = count()

    def late(_: Asked, reply: Reply) -> Reply:
        return replace(reply, wait=max(0.0, 0.03 - 0.01 * next(waits)))

    return late


async def identities_apart(bench: Bench) -> str:
    """One user asks. Then the source refuses, and another user asks the same."""
    happy = await bench.well()
    asks = [told.ask for told in happy if told.records]
    laid = bench.lay_out()
    async with bench.hosting(laid=laid) as one, bench.hosting(laid=laid, emails=_OTHERS) as other:
        await one.tell_all(asks)
        taken = spoiling.take(bench, spoiling.named(bench))
        if bench.server is not None:
            bench.server.twist = answering(401)
        elif not taken:
            raise NotTried("it reads neither files of the sample nor a server")
        for told in await other.tell_all(asks):
            if told.records:
                raise Fault(f"{told.words}: another user gets {len(told.records)} records of the first")
    return f"{len(asks)} questions of two users"


async def works_after_failure(bench: Bench) -> str:
    """Trouble once, then none."""
    happy = {told.ask: told for told in await bench.well()}
    async with bench.hosting() as hosted:
        if bench.server is not None:
            for twist in (answering(500), _cut):
                bench.server.twist = twist
                await hosted.tell_all(list(happy))
                bench.server.reset()
                _as_before(await hosted.tell_all(list(happy)), happy)
            return "after 500, and after an answer that broke off"
        taken = spoiling.take(bench, spoiling.named(bench))
        if not taken:
            raise NotTried("it reads neither files of the sample nor a server")
        await hosted.tell_all(list(happy))
        spoiling.put_back(taken)
        _as_before(await hosted.tell_all(list(happy)), happy)
    return "after files were gone"


def _cut(_: Asked, reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2], length=len(reply.body))


def _as_before(tolds: tuple[Told, ...], happy: dict[Ask, Told]) -> None:
    for told in tolds:
        failure = told.failure
        if failure is not None:
            raise Fault(f"{told.words} still gives {failure.code} when the trouble is over: {failure.what}")
        if told.records != happy[told.ask].records:
            raise Fault(f"{told.words} tells something else than before the trouble")


async def store_stays_inside(bench: Bench) -> str:
    """What its own code, and what it calls, writes; then without a store."""
    happy = {told.ask: told for told in await bench.well()}
    folder = bench.manifest.folder
    async with bench.hosting() as hosted:
        with watching(folder) as watch:
            await hosted.tell_all(list(happy))
            await hosted.check()
        inside = (hosted.cache.resolve(), hosted.cache)
    for touch in watch.own():
        if touch.writes and not any(Path(touch.target).is_relative_to(place) for place in inside):
            raise Fault(f"it {touch.verb} {Path(touch.target).name}, outside of request.store")
    async with bench.hosting(change=_keeping_nothing) as hosted:
        with watching(folder) as watch:
            tolds = await hosted.tell_all(list(happy))
    for told in tolds:
        if told.failure is not None:
            failure = told.failure
            raise Fault(f'with keep = "nothing" {told.words} gives {failure.code}: {failure.what}')
        if told.records != happy[told.ask].records:
            raise Fault(f'with keep = "nothing" {told.words} tells something else')
    for touch in watch.own():
        if touch.writes:
            raise Fault(f'with keep = "nothing" it {touch.verb} {Path(touch.target).name}')
    return f"{len(happy)} questions"


def _keeping_nothing(source: Source) -> Source:
    return replace(source, keep="nothing")


async def read_only(bench: Bench) -> str:
    """The verbs of its requests; and the sample's files, before and after."""
    await bench.well()
    if bench.server is not None:
        bench.server.asked.clear()
    laid = bench.lay_out()
    before = _state(laid)
    async with bench.hosting(laid=laid) as hosted:
        await hosted.tell_all(bench.all_asks())
        await hosted.check()
    if bench.server is not None:
        verbs = {asked.method for asked in bench.server.asked} - {"GET", "HEAD"}
        if verbs:
            raise Fault(f"it asks with {', '.join(sorted(verbs))}")
    changed = sorted(set(before.items()) ^ set(_state(laid).items()))
    if changed:
        raise Fault(f"{changed[0][0]}, a file of the source, is changed, made or removed")
    return f"{len(before)} files as before" if bench.server is None else "GET and HEAD alone"


def _state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): blake2b(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
