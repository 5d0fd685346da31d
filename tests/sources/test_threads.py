"""The host's threads: what is left behind is cancelled, what hangs holds nobody."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from salesprep.sources.threads import DaemonPool, LoopThread, on_thread

LOG = logging.getLogger("salesprep.source.test")


async def nothing() -> None:
    """The last thing a source does."""


@pytest.fixture
async def thread() -> Any:
    gone = threading.Event()
    thread = LoopThread("test", LOG)
    yield thread
    thread.stop(nothing, lambda _: gone.set())
    assert await asyncio.to_thread(gone.wait, 5)


async def run(thread: LoopThread, make: Callable[[], Any]) -> Any:
    """Run a coroutine there and wait for its result."""
    loop = asyncio.get_running_loop()
    back: asyncio.Future[Any] = loop.create_future()

    def ended(result: Any) -> None:
        loop.call_soon_threadsafe(back.set_result, result)

    thread.call(make, ended)
    return await asyncio.wait_for(back, 10)


class TestSourcesThread:
    async def test_is_a_daemon_of_its_own(self, thread: LoopThread) -> None:
        async def where() -> threading.Thread:
            return threading.current_thread()

        found = await run(thread, where)
        assert found is not threading.current_thread()
        assert found.daemon

    async def test_survives_system_exit_in_a_task_that_was_left_behind(self, thread: LoopThread) -> None:
        async def leave() -> None:
            async def bomb() -> None:
                raise SystemExit(3)

            self.bomb = asyncio.create_task(bomb())

        async def fine() -> str:
            await asyncio.sleep(0.01)
            return "fine"

        await run(thread, leave)
        assert await run(thread, fine) == "fine"

    async def test_survives_a_loop_that_is_stopped(self, thread: LoopThread) -> None:
        async def stop() -> str:
            asyncio.get_running_loop().stop()
            await asyncio.sleep(0.01)
            return "fine"

        assert await run(thread, stop) == "fine"

    async def test_never_begins_what_was_cancelled_before(self, thread: LoopThread) -> None:
        begun: list[int] = []
        ended = threading.Event()
        hold = threading.Event()

        async def block() -> None:
            hold.wait(10)

        async def call() -> None:
            begun.append(1)

        thread.call(block, lambda _: None)
        thread.call(call, lambda _: ended.set()).cancel()
        hold.set()
        assert await asyncio.to_thread(ended.wait, 5)
        assert begun == []

    async def test_leaves_name_look_ups_on_daemon_threads(self, thread: LoopThread) -> None:
        async def look_up() -> threading.Thread:
            return await asyncio.to_thread(threading.current_thread)

        assert (await run(thread, look_up)).daemon

    async def test_keeps_a_task_while_other_calls_run_and_cancels_it_after_the_last(
        self, thread: LoopThread
    ) -> None:
        state: list[str] = []
        go: list[Callable[[], object]] = []

        async def leave() -> None:
            async def rest() -> None:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    state.append("cancelled")
                    raise

            self.rest = asyncio.create_task(rest())
            await asyncio.sleep(0)

        async def other() -> None:
            may_go = asyncio.Event()
            theirs = asyncio.get_running_loop()
            go.append(lambda: theirs.call_soon_threadsafe(may_go.set))
            await may_go.wait()

        running = asyncio.create_task(run(thread, other))
        await asyncio.sleep(0)
        await run(thread, leave)
        assert state == []
        go[0]()
        await running
        await run(thread, nothing)
        assert state == ["cancelled"]


class TestBlockingCalls:
    async def test_that_were_cancelled_end_only_when_the_thread_is_back(self) -> None:
        pool, begun, go = DaemonPool("test", 1), threading.Event(), threading.Event()

        def work() -> str:
            begun.set()
            go.wait(10)
            return "late"

        task = asyncio.create_task(on_thread(pool, work))
        await asyncio.to_thread(begun.wait, 5)
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0.01)
        assert not task.done()
        go.set()
        assert await task == "late"
        pool.shutdown()

    async def test_that_wait_their_turn_can_be_cancelled(self) -> None:
        pool, begun, go = DaemonPool("test", 1), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            go.wait(10)

        first = asyncio.create_task(on_thread(pool, work))
        await asyncio.to_thread(begun.wait, 5)
        second = asyncio.create_task(on_thread(pool, lambda: pytest.fail("it was cancelled")))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        go.set()
        await first
        pool.shutdown()

    def test_use_no_more_threads_than_they_may_and_reuse_them(self) -> None:
        pool = DaemonPool("test", 3)

        def work() -> int:
            time.sleep(0.005)
            return threading.get_ident()

        jobs = [pool.submit(work) for _ in range(20)]
        assert len({job.result(10) for job in jobs}) <= 3
        for _ in range(5):
            assert pool.submit(lambda: 1).result(10) == 1
        pool.shutdown()
        with pytest.raises(RuntimeError):
            pool.submit(lambda: 1)

    def test_pass_on_whatever_is_raised(self) -> None:
        def leave() -> None:
            raise SystemExit(3)

        pool = DaemonPool("test", 1)
        with pytest.raises(SystemExit):
            pool.submit(leave).result(10)
        assert pool.submit(lambda: "alive").result(10) == "alive"
        pool.shutdown()
