"""One source as the loop that asks sees it: what is kept, what is under way, whether it may be asked.

Everything here belongs to that one loop and needs no lock. The deadline is counted here too, so that
a source whose own loop is blocked cannot delay it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from salesprep.adapter import Check, Kind
from salesprep.adapter.errors import DeadlineExceeded, Failure, Unavailable
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.settings import Source
from salesprep.sources import failures
from salesprep.sources.answers import Answer, AnswerState, Ask, Method, NotLoaded
from salesprep.sources.breaker import Breaker
from salesprep.sources.cache import Kept, Key, PageCache
from salesprep.sources.figures import Tally
from salesprep.sources.flights import Air, Flight, Heard
from salesprep.sources.identity import config_hash
from salesprep.sources.runner import Outcome, Runner
from salesprep.sources.standing import Standing
from salesprep.sources.starting import Starter
from salesprep.sources.threads import LoopThread

GRACE = 0.25
"""Seconds after the deadline in which a call may still end; after that its source is stuck."""
_DOWN = frozenset({Unavailable.code, DeadlineExceeded.code})


class Desk:
    """Asks one source; never raises but ``CancelledError``."""

    def __init__(
        self,
        source: Source,
        manifest: Manifest,
        runner: Runner,
        *,
        identity: str,
        now: Callable[[], datetime],
        cache_bytes: int,
        breaker: Breaker,
        offline: bool,
        log: logging.Logger,
        starter: Starter,
        not_loaded: Callable[[NotLoaded | None], None],
        counted: Callable[[], None],
    ) -> None:
        """``not_loaded`` is told whether the source turned out unusable, or usable after all; ``counted``
        when there is more in :attr:`tally`."""
        self._source = source
        self._manifest = manifest
        self._runner = runner
        self._identity = identity
        self._now = now
        self._cache = PageCache(cache_bytes)
        self._breaker = breaker
        self._offline = offline
        self._log = log
        self._starter = starter
        self._not_loaded = not_loaded
        self._counted = counted
        self.tally = Tally()
        """What calling it came to in this run."""
        self._config = config_hash(source)
        self._thread: LoopThread | None = None
        self._air = Air()
        self._heard: dict[tuple[Method, Kind | None], Heard] = {}
        self._answered_at: datetime | None = None
        self._cause: Failure | None = None
        self._down = False
        self._closed = False
        self._hangs = False

    # -- asking ---------------------------------------------------------------------------------

    async def ask(self, ask: Ask, *, deadline: float, fresh: bool) -> Answer:
        """One question; over when ``deadline`` is, or a moment after."""
        began = time.monotonic()
        while True:
            kept = None if fresh else self._within_ttl(ask)
            if kept is not None:
                self.tally.hit()
                return Answer("cached", page=kept.page, fetched_at=kept.fetched_at)
            flight = self._air.by_ask.get(ask)
            if flight is None:
                if await self._waited(deadline):
                    continue  # what came meanwhile may be the answer
                refusal = self._barred(ask, deadline)
                begun = refusal or self._depart(ask, deadline, sought=not fresh)
                if isinstance(begun, Failure):
                    return self._refuse(ask, begun)
                flight = begun
            outcome = await self._wait(flight, deadline)
            if outcome is not None:
                if self._ended_early(flight, outcome, deadline):
                    continue  # it flew with a shorter deadline than ours
                return self._answer(ask, outcome)
            late = failures.closed() if self._closed else failures.too_late()
            answer = self._refuse(ask, late)
            if ask.method == "check":
                answer = replace(answer, checks=(Check("answer", "indeterminate", late.what),))
            return replace(answer, elapsed_ms=(time.monotonic() - began) * 1000)

    def _refuse(self, ask: Ask, failure: Failure) -> Answer:
        """``failure``, beside an old answer where it may be shown."""
        key = self._key(ask)
        if failure.drop_old:
            self._cache.drop(key)
        kept = self._cache.get(key) if failure.may_show_old else None
        if kept is not None and self._age(kept) <= self._manifest.keep_old:
            return Answer("stale", page=kept.page, failure=failure, fetched_at=kept.fetched_at)
        state: AnswerState = "failed"
        if failure.code in failures.WITHHELD:
            state = "withheld"
        elif failure.code == "stuck":
            state = "stuck"
        return Answer(state, failure=failure)

    def _answer(self, ask: Ask, outcome: Outcome) -> Answer:
        if outcome.failure is not None:
            return replace(self._refuse(ask, outcome.failure), elapsed_ms=outcome.elapsed_ms)
        page = outcome.page
        return Answer(
            "stale" if outcome.is_old else "fresh",
            page=page,
            checks=outcome.checks,
            failure=page.failure if page is not None and outcome.is_old else None,
            fetched_at=outcome.fetched_at,
            elapsed_ms=outcome.elapsed_ms,
        )

    def _ended_early(self, flight: Flight, outcome: Outcome, deadline: float) -> bool:
        failure = outcome.failure
        if failure is None or failure.code != DeadlineExceeded.code:
            return False
        return flight.deadline < deadline and time.monotonic() < deadline

    # -- whether it may be asked ----------------------------------------------------------------

    async def _waited(self, deadline: float) -> bool:
        """Wait where a call under way is about to tell how the source is; whether there was one."""
        now = time.monotonic()
        if now >= deadline or self._closed or self._offline or self._air.stuck:
            return False
        # Back within its grace, or stuck after it: at most one set of calls is out.
        overdue = [flight.landed for flight in self._air.left if flight.until <= now]
        if overdue:
            await asyncio.wait(overdue, timeout=min(deadline - now, GRACE))
            return True
        probes = [flight.landed for flight in self._air.by_ask.values() if flight.probe]
        if probes:
            await asyncio.wait(probes, timeout=deadline - now)
        return bool(probes)

    def _barred(self, ask: Ask, deadline: float) -> Failure | None:
        """Why nothing is asked now."""
        if self._closed:
            return failures.closed()
        if self._offline:
            return failures.offline()
        if self._air.stuck:
            return failures.not_back(min(flight.asked_at for flight in self._air.stuck))
        if time.monotonic() >= deadline:
            return DeadlineExceeded(_("no time was left to ask")).failure()
        blocked = self._breaker.blocked_for()
        # A check asks for real, unless the source itself said when.
        if blocked and self._cause is not None and (ask.method != "check" or self._cause.retry_at):
            return failures.paused(self._cause, self._now() + timedelta(seconds=blocked))
        return None

    # -- calls under way ------------------------------------------------------------------------

    def _depart(self, ask: Ask, deadline: float, *, sought: bool) -> Flight | Failure:
        loop = asyncio.get_running_loop()
        flight = Flight(
            ask=ask,
            asked_at=self._now(),
            started=time.monotonic(),
            deadline=deadline,
            until=deadline,
            landed=loop.create_future(),
            probe=self._breaker.begin(),
            sought=sought,
        )

        def ended(outcome: Outcome | None) -> None:
            _tell(loop, self._land, flight, outcome)

        def lost() -> None:
            _tell(loop, self._no_thread)

        try:
            if self._thread is None:
                name = f"source {self._source.name}"
                self._thread = LoopThread(name, self._log, self._starter, lost)
            flight.call = self._thread.call(lambda: self._runner.run(ask, deadline), ended)
        except (OSError, RuntimeError) as error:
            self._thread = None
            self._probe_over(flight)
            self._log.debug("no thread", exc_info=error)
            return failures.no_thread()
        self._air.by_ask[ask] = flight
        return flight

    def _no_thread(self) -> None:
        """What waits for one has failed."""
        self._thread = None
        for flight in (*self._air.by_ask.values(), *self._air.left):
            self._land(flight, Outcome(failure=failures.no_thread()))

    async def _wait(self, flight: Flight, deadline: float) -> Outcome | None:
        """What came of it, or ``None`` at the deadline. The last one to leave cancels it."""
        flight.waiting += 1
        flight.until = max(flight.until, deadline)
        late = False
        try:
            await asyncio.wait((flight.landed,), timeout=max(0.0, deadline - time.monotonic()))
            late = not flight.landed.done()
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.landed.done():
                self._leave(flight, late)
        return flight.landed.result() if flight.landed.done() else None

    def _leave(self, flight: Flight, late: bool) -> None:
        flight.left = True
        if self._air.by_ask.get(flight.ask) is flight:
            del self._air.by_ask[flight.ask]
        self._air.left.add(flight)
        if flight.call is not None:
            flight.call.cancel()
        self._probe_over(flight)
        if late:
            given_up = Outcome(
                failure=failures.too_late(), elapsed_ms=(time.monotonic() - flight.started) * 1000
            )
            self._hear(flight, given_up)
            self._tell(flight, given_up)
            self._count(failures.too_late(), flight)
        loop = asyncio.get_running_loop()
        loop.call_later(flight.until + GRACE - time.monotonic(), self._look, flight)

    def _look(self, flight: Flight) -> None:
        """After its grace: a call that is still out makes its source stuck."""
        if not flight.landed.done():
            self._air.stuck.add(flight)
            self._log.warning("%s is not back since %s", flight.ask.method, f"{flight.asked_at:%H:%M}")

    def _land(self, flight: Flight, outcome: Outcome | None) -> None:
        if not flight.landed.done():
            flight.landed.set_result(outcome)
        if self._air.by_ask.get(flight.ask) is flight:
            del self._air.by_ask[flight.ask]
        self._air.left.discard(flight)
        if flight in self._air.stuck:
            self._air.stuck.discard(flight)
            self._log.warning("%s came back", flight.ask.method)
        self._probe_over(flight)
        if outcome is None:
            return
        self._not_loaded(outcome.not_loaded)
        self._keep(flight.ask, outcome)
        self._hear(flight, outcome)
        self._tell(flight, outcome)
        if not flight.left:
            self._count(outcome.failure, flight)

    def _hear(self, flight: Flight, outcome: Outcome) -> None:
        answered = outcome.failure is None
        in_part = outcome.page.failure if outcome.page is not None else None
        self._heard[flight.ask.method, flight.ask.kind] = Heard(answered, outcome.failure or in_part)
        if answered:
            self._answered_at = self._now()

    def _tell(self, flight: Flight, outcome: Outcome) -> None:
        """Into the figures, once: a call that was given up may come back all the same."""
        if flight.counted:
            return
        flight.counted = True
        self.tally.add(flight.ended(outcome, self._now()))
        self._counted()

    def _probe_over(self, flight: Flight) -> None:
        if flight.probe:
            flight.probe = False
            self._breaker.probe_over()

    def _count(self, failure: Failure | None, flight: Flight) -> None:
        """Tell the breaker and, once per change, the log."""
        if failure is None:
            self._breaker.worked()
            if self._down:
                self._down = False
                self._log.warning("is back")
            return
        if failure.code in failures.WITHHELD:
            return
        if not self._down:
            self._down = True
            self._log.warning("does not answer: %s", failure.what)
        if failure.retry_at is not None:
            self._cause = failure
            self._breaker.hold((failure.retry_at - self._now()).total_seconds())
        if failure.code in _DOWN:
            self._cause = failure
            self._breaker.failed(flight.started)

    # -- what is kept ---------------------------------------------------------------------------

    def _keep(self, ask: Ask, outcome: Outcome) -> None:
        """Keep the page; one that comes too late as well: it is there the next time."""
        page, read = outcome.page, outcome.fetched_at
        if page is None or read is None or self._source.keep == "nothing":
            return
        if page.failure is None:
            self._cache.put(self._key(ask), Kept(page, read, outcome.size))
        elif page.failure.drop_old:
            # A page that lacks a part is asked for again: that part may be back. It is never kept.
            self._cache.drop(self._key(ask))

    def _within_ttl(self, ask: Ask) -> Kept | None:
        kept = self._cache.get(self._key(ask))
        return kept if kept is not None and self._age(kept) <= self._manifest.ttl else None

    def _age(self, kept: Kept) -> float:
        return (self._now() - kept.fetched_at).total_seconds()

    def _key(self, ask: Ask) -> Key:
        return Key(self._source.name, self._identity, self._manifest.version, self._config, ask)

    # -- how it is -------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """What is known of the source without asking it."""
        heard = self._heard.values()
        blocked = self._breaker.blocked_for()
        return Standing(
            answered_at=self._answered_at,
            answers=any(each.answered for each in heard),
            failures=tuple(dict.fromkeys(each.failure for each in heard if each.failure is not None)),
            paused_until=self._now() + timedelta(seconds=blocked) if blocked else None,
            stuck=bool(self._air.stuck),
            offline=self._offline,
            breaker=self._breaker.state,
        )

    @property
    def clocks(self) -> Iterator[int]:
        """Of the processor time of its threads."""
        if self._thread is not None and self._thread.clock is not None:
            yield self._thread.clock
        yield from self._runner.clocks

    # -- the end --------------------------------------------------------------------------------

    @property
    def stuck(self) -> bool:
        """Whether a call of this source has not come back in its time, or its thread did not end."""
        return bool(self._air.stuck) or self._hangs

    async def close(self, seconds: float) -> None:
        """Let everybody go and end the thread; what has not ended after ``seconds`` hangs."""
        self._closed = True
        for flight in list(self._air.by_ask.values()):
            if not flight.landed.done():
                flight.landed.set_result(None)
        if self._thread is None:
            return
        loop = asyncio.get_running_loop()
        gone: asyncio.Future[bool] = loop.create_future()
        self._thread.stop(self._runner.aclose, lambda all_ended: _tell(loop, _resolve, gone, all_ended))
        self._thread = None
        await asyncio.wait((gone,), timeout=seconds)
        self._hangs = not (gone.done() and gone.result())


def _resolve(future: asyncio.Future[bool], result: bool) -> None:
    if not future.done():
        future.set_result(result)


def _tell(loop: asyncio.AbstractEventLoop, callback: Callable[..., None], *given: object) -> None:
    """On the loop that asked, from any thread."""
    try:
        loop.call_soon_threadsafe(callback, *given)
    except RuntimeError:
        pass  # it is gone, or did not wait so long
