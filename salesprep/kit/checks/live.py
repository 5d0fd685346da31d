"""A real source: the sample shows what an adapter does, only the source that it is the right thing."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from salesprep.kit.bench import NOBODY, Bench
from salesprep.kit.verdict import Fault, NotTried
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source
from salesprep.sources import Ask, Host
from salesprep.sources.standing import checks_of

_PATIENCE = 20.0


def _sources(bench: Bench) -> list[Source]:
    """Those of the real settings that use this adapter.

    Raises:
        Fault: there is none.
    """
    assert bench.live is not None  # noqa: S101 - the engine looks at what a check needs
    found = [each for each in bench.live.sources.values() if each.adapter == bench.manifest.name]
    if not found:
        mend = f'Add a source with adapter = "{bench.manifest.name}" to the settings, or name others.'
        raise Fault("the settings have no source of this adapter", mend)
    return found


@asynccontextmanager
async def _hosting(bench: Bench, environ: Mapping[str, str]) -> AsyncIterator[Host]:
    settings: Settings | None = bench.live
    assert settings is not None  # noqa: S101 - as above
    sources = {source.name: source for source in _sources(bench)}
    home = bench.folder / "live"
    zone = settings.us.zone
    host = Host(
        replace(settings, sources=sources),
        now=lambda: datetime.now(zone),
        dirs=Dirs(home / "cache", home / "state", home / "config"),
        environ=environ,
        catalog=bench.catalog(),
    )
    try:
        yield host
    finally:
        await host.close()


async def live_check(bench: Bench) -> str:
    """The adapter's own check, at each of the real sources."""
    said = []
    async with _hosting(bench, os.environ) as host:
        for source in _sources(bench):
            answer = await host.ask(
                source.name, Ask("check"), deadline=time.monotonic() + _PATIENCE, fresh=True
            )
            for check in checks_of(answer):
                if check.outcome != "passed":
                    raise Fault(f"{source.name}: {check.name} {check.outcome}: {check.what}", check.mend)
                said.append(check.what)
    if not said:
        raise Fault("the adapter's check tells nothing", "Return at least one Check from check().")
    return "; ".join(map(str, said))


async def live_answers(bench: Bench) -> str:
    """An unknown customer, and what is asked about nobody in particular: their form is looked at."""
    number = 0
    asks = (*bench.asks(NOBODY), *bench.upcoming(datetime.now(bench.sample.zone)))
    async with _hosting(bench, os.environ) as host:
        for source in _sources(bench):
            for ask in asks:
                answer = await host.ask(source.name, ask, deadline=time.monotonic() + _PATIENCE, fresh=True)
                failure = answer.failure
                if failure is not None:
                    raise Fault(
                        f"{source.name}: {ask.method} gives {failure.code}: {failure.what}", failure.mend
                    )
                number += len(answer.page.records) if answer.page is not None else 0
    return f"{len(asks)} questions, {number} records"


async def live_wrong_secret(bench: Bench) -> str:
    """Every secret that comes out of the environment is another one."""
    names = {
        value.removeprefix("env:")
        for source in _sources(bench)
        for value in _texts(source.config)
        if value.startswith("env:")
    }
    if not names:
        raise NotTried("no secret of the real source comes out of the environment (env:NAME)")
    wrong = {**os.environ, **dict.fromkeys(names, "wrong-7f3a")}
    async with _hosting(bench, wrong) as host:
        for source in _sources(bench):
            for ask in bench.asks(NOBODY)[:1]:
                answer = await host.ask(source.name, ask, deadline=time.monotonic() + _PATIENCE, fresh=True)
                if answer.failure is None:
                    raise Fault(f"{source.name}: with a wrong secret it answers as with the right one")
                if answer.failure.code != "auth_required":
                    failure = answer.failure
                    raise Fault(f"{source.name}: a wrong secret becomes {failure.code}: {failure.what}")
    return f"{len(names)} secrets"


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []
