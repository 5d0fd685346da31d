"""Threads that the host owns: one with an event loop per source, and plain ones for blocking calls.

All are daemons: nothing that hangs in one of them holds the end of the process. They isolate waiting;
a long call that holds the interpreter's lock is not isolated by any thread.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, Generic, ParamSpec, TypeVar

from salesprep.sources.lag import own_clock
from salesprep.sources.starting import Start, Starter
from salesprep.sources.turns import new_loop

T = TypeVar("T")
P = ParamSpec("P")

_PATIENCE = 0.05
"""Seconds that a cancelled task gets to end, before it is cancelled once more."""
_LAST = 0.3
"""Seconds for letting go of what is held open."""
_LOOKUPS = 4
"""Threads for what asyncio itself or an adapter hands to the default executor (name look-ups)."""

_parked: list[asyncio.Task[Any]] = []
"""Tasks that no cancelling ends. Their loop has stopped, so they cost nothing; were they collected, each
would complain on standard error."""


class DaemonPool(ThreadPoolExecutor):
    """A :class:`ThreadPoolExecutor` on daemon threads, at most ``size`` of them.

    The standard one joins its threads when the process ends, so that one call that hangs holds the
    exit; asyncio takes no other class for its default executor.
    """

    def __init__(self, name: str, size: int) -> None:
        super().__init__(max_workers=size)
        self._name = name
        self._most = size
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._free = threading.Semaphore(0)
        self._guard = threading.Lock()
        self._running = 0
        self._over = False
        self.clocks: list[int] = []
        """Of the threads' processor time."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``fn`` on the next free thread."""
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # the caller gets it, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._guard:
            if self._over:
                raise RuntimeError("the pool is closed")
            self._jobs.put(job)
            if not self._free.acquire(blocking=False) and self._running < self._most:
                self._running += 1
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
        return future

    def _work(self) -> None:
        clock = own_clock()
        if clock is not None:
            self.clocks.append(clock)
        while True:
            job = self._jobs.get()
            if job is None:
                return
            job()
            del job
            self._free.release()

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Let each thread end after what it is at; waits for none, whatever is asked."""
        with self._guard:
            self._over = True
            for _ in range(self._running):
                self._jobs.put(None)


async def on_thread(pool: DaemonPool, work: Callable[[], T]) -> T:
    """Run ``work``, which raises nothing, on ``pool``; ends only when the thread is back.

    Cancelling takes it out of the queue; once begun it goes on, and its result still counts.
    """
    loop = asyncio.get_running_loop()
    back = asyncio.Event()

    def report(_: Future[T]) -> None:
        try:
            loop.call_soon_threadsafe(back.set)
        except RuntimeError:
            pass  # the loop was closed meanwhile: nobody waits any more

    job = pool.submit(work)
    job.add_done_callback(report)
    while not back.is_set():
        try:
            await back.wait()
        except asyncio.CancelledError:
            job.cancel()
    if job.cancelled():
        raise asyncio.CancelledError
    return job.result()


class Call(Generic[T]):
    """One coroutine on a source's loop.

    It keeps the *task*: a cancelled ``run_coroutine_threadsafe`` future reports done while its task
    lives on. ``ended`` is told on the source's thread, with the result or ``None``.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, make: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._loop = loop
        self._make = make
        self._task: asyncio.Task[T] | None = None
        self._unwanted = False

    def cancel(self) -> None:
        """Ask it to end; from any thread. A call that has not begun never will."""
        self._unwanted = True
        try:
            self._loop.call_soon_threadsafe(self._cancel)
        except RuntimeError:
            pass  # the loop is closed, nothing runs there

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def begin(self, ended: Callable[[T | None], None]) -> None:
        """On the source's thread: start the task."""
        if self._unwanted:
            ended(None)
            return
        self._task = self._loop.create_task(self._make())
        self._task.add_done_callback(lambda task: ended(_result(task)))


def _result(task: asyncio.Task[T]) -> T | None:
    return None if task.cancelled() or task.exception() is not None else task.result()


class LoopThread:
    """An event loop on a daemon thread of its own."""

    def __init__(
        self,
        name: str,
        log: logging.Logger,
        starter: Starter | None = None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """The thread starts with the first call; with a ``starter``, together with those of other sources.
        ``lost`` is told then, on some thread, if the machine gives none.

        Raises:
            OSError: the machine gives no more handles.
        """
        self._name, self._log, self._starter, self._lost = name, log, starter, lost
        self.clock: int | None = None
        """Of the thread's processor time, once it has begun."""
        self._loop = new_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._calls = 0
        self._ending = False
        self._over = False
        self._gone: Callable[[bool], None] | None = None
        self._all_ended = True
        self._loop.set_task_factory(self._make_task)
        self._loop.set_exception_handler(self._note)
        self._loop.set_default_executor(DaemonPool(f"{name} look-ups", _LOOKUPS))
        self._started = False

    def call(self, make: Callable[[], Coroutine[Any, Any, T]], ended: Callable[[T | None], None]) -> Call[T]:
        """Run ``make()`` on the loop; ``ended`` is told the result, there.

        Raises:
            RuntimeError: the machine gives no more threads.
        """
        call = Call(self._loop, make)

        def finished(result: T | None) -> None:
            self._calls -= 1
            ended(result)
            if not self._calls:
                self._sweep()

        def begin() -> None:
            self._calls += 1
            call.begin(finished)

        self._hand_over(begin)
        return call

    def _hand_over(self, work: Callable[[], None]) -> None:
        if self._started:
            self._loop.call_soon_threadsafe(work)
            return
        # What is to be done lies ready when the thread begins, and no wake-up is needed for it.
        self._loop.call_soon(work)
        start = Start(self._name, self._live, self._none)
        if self._starter is not None:
            self._starter.add(start)
        else:
            try:
                start.now()
            except RuntimeError:
                self._loop.close()
                raise
        self._started = True

    def _none(self) -> None:
        self._loop.close()
        self._lost()

    def stop(self, last: Callable[[], Coroutine[Any, Any, None]], gone: Callable[[bool], None]) -> None:
        """Cancel what runs, do ``last``, end the thread; returns at once.

        ``gone`` is told on the thread as the last thing that happens there, and whether everything
        ended; it is never told if the thread hangs.
        """

        def wind_up() -> None:
            self._ending, self._gone = True, gone
            self._loop.create_task(self._wind_up(last))

        self._hand_over(wind_up)

    # -- on the thread itself -------------------------------------------------------------------

    def _live(self) -> None:
        self.clock = own_clock()
        asyncio.set_event_loop(self._loop)
        while not self._over:
            try:
                self._loop.run_forever()
            except BaseException as error:
                # SystemExit in a task that an adapter made comes out here; the source lives on.
                self._log.debug("a task of the adapter raised %s", type(error).__name__, exc_info=error)
        self._loop.close()
        if self._gone is not None:
            self._gone(self._all_ended)

    def _make_task(
        self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any
    ) -> asyncio.Task[Any]:
        task = asyncio.Task(coroutine, loop=loop, **options)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _note(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._log.debug("on the loop: %s", context.get("message"), exc_info=context.get("exception"))

    def _sweep(self) -> None:
        """No call runs: a task that is still there was left behind by one, and does not outlive it."""
        left = [task for task in self._tasks if not task.done()]
        if left and not self._ending:
            self._log.debug("the adapter left %d tasks behind; they are cancelled", len(left))
            for task in left:
                task.cancel()

    async def _wind_up(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        me = asyncio.current_task()
        for _ in range(3):  # some swallow the first cancelling
            left = {task for task in self._tasks if task is not me and not task.done()}
            if not left:
                break
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=_PATIENCE)

        ending = self._loop.create_task(last())
        await asyncio.wait({ending}, timeout=_LAST)
        if not ending.done():
            ending.cancel()
            await asyncio.wait({ending}, timeout=_PATIENCE)
        elif not ending.cancelled() and ending.exception() is not None:
            self._log.debug("closing failed", exc_info=ending.exception())
        await self._loop.shutdown_asyncgens()
        left = {task for task in self._tasks if task is not me and not task.done()}
        self._all_ended = not left
        _parked.extend(left)
        self._over = True
        self._loop.stop()
