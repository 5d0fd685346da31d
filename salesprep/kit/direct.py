"""An adapter on a thread and loop of the host's making, for what cannot be seen through a host."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from salesprep.adapter import Request
from salesprep.kit.bench import PATIENCE, US, Bench
from salesprep.kit.sample import source_in
from salesprep.settings import Source
from salesprep.sources import Ask
from salesprep.sources.configure import configure
from salesprep.sources.lazy_http import LazyHttp, no_http
from salesprep.sources.load import AnyAdapter, load_class
from salesprep.sources.runner import Runner, Surroundings, call
from salesprep.sources.threads import Call, LoopThread

T = TypeVar("T")


@dataclass(slots=True)
class Running:
    """A source's thread, and what can be run on it."""

    bench: Bench
    source: Source
    log: logging.Logger
    thread: LoopThread
    runner: Runner
    secrets: Mapping[str, str]

    async def on_loop(self, make: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
        """Run a coroutine over there; ``None`` if it raised."""
        _, back = self.begin(make)
        return await back

    def begin(self, make: Callable[[], Coroutine[Any, Any, T]]) -> tuple[Call[T], asyncio.Future[T | None]]:
        """Begin a coroutine over there; the future is told when it has ended."""
        loop = asyncio.get_running_loop()
        back: asyncio.Future[T | None] = loop.create_future()

        def ended(result: T | None) -> None:
            loop.call_soon_threadsafe(_tell, back, result)

        return self.thread.call(make, ended), back

    def call(self, ask: Ask, seconds: float = PATIENCE) -> Callable[[], Coroutine[Any, Any, object]]:
        """One call, as the host makes it."""
        return lambda: self.runner.run(ask, time.monotonic() + seconds)

    def made(self) -> AnyAdapter:
        """A further adapter, for nobody but the check."""
        cls = load_class(self.bench.installed)
        config, _ = configure(
            self.source,
            cls.Config,
            adapter=self.bench.manifest.name,
            secrets=self.bench.manifest.secrets,
            environ=self.secrets,
            roots={},
        )
        return cls(config)

    async def shown(self) -> str:
        """How an adapter and its settings look in a traceback or a debugger."""
        adapter = self.made()
        return f"{adapter!r} {adapter!s} {adapter.config!r} {adapter.config!s}"

    def http(self) -> LazyHttp:
        """A client as the host has one for each source."""
        bench = self.bench
        return LazyHttp(
            self.source.name, bench.manifest, self.source.config, lambda: bench.sample.now, self.log
        )

    async def ask_direct(self, adapter: AnyAdapter, ask: Ask, client: LazyHttp) -> None:
        """Ask an adapter of :meth:`made`; what comes of it does not matter."""
        deadline = time.monotonic() + PATIENCE
        request = Request(
            now=lambda: self.bench.sample.now,
            deadline=deadline,
            http=no_http() if self.bench.manifest.runs == "thread" else client.bound(deadline),
            log=self.log,
            identity="kit",
            store=None,
        )
        with contextlib.suppress(Exception):
            asking: Any = call(adapter, ask, request)
            if inspect.isawaitable(asking):
                await asking


def _tell(future: asyncio.Future[T | None], result: T | None) -> None:
    if not future.done():
        future.set_result(result)


@asynccontextmanager
async def running(bench: Bench, secrets: Mapping[str, str] | None = None) -> AsyncIterator[Running]:
    """A runner on a thread of its own, with a copy of the sample; both end with the block. ``secrets`` take
    the place of the sample's.

    Raises:
        NotTried: this adapter's calls do not come back.
    """
    await bench.happy()
    laid = bench.lay_out()
    source = source_in(laid, bench.manifest.name)
    log = logging.getLogger(f"salesprep.source.{source.name}")
    now, cache = bench.sample.now, bench.home() / "cache"
    us = replace(US, zone=bench.sample.zone)
    environ = bench.sample.secrets if secrets is None else secrets
    runner = Runner(source, bench.installed, Surroundings(us, lambda: now, cache, {}, environ), log)
    thread = LoopThread(f"source {source.name}", log)
    over, loop = asyncio.Event(), asyncio.get_running_loop()

    def gone(_: bool) -> None:
        loop.call_soon_threadsafe(over.set)

    try:
        yield Running(bench, source, log, thread, runner, environ)
    finally:
        thread.stop(runner.aclose, gone)
        try:
            async with asyncio.timeout(1.5):
                await over.wait()
        except TimeoutError:
            pass  # a daemon: it holds nothing up
