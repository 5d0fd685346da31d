"""Many sources are asked at once: their threads start together; what the machine refuses fails alone."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from salesprep.sources import Answer
from salesprep.sources.starting import Start, Starter
from salesprep.sources.turns import new_loop

Fetch = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture
def no_threads(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """``no_threads("source a")``: the machine gives none with that beginning of its name; ``None``: all."""
    real = threading.Thread.start
    refused: list[str] = []

    def start(self: threading.Thread) -> None:
        if self.name.startswith(tuple(refused)):
            raise RuntimeError("can't start new thread")
        real(self)

    def refuse(name: str | None) -> None:
        refused[:] = [name] if name is not None else []

    monkeypatch.setattr(threading.Thread, "start", start)
    return refuse


class TestThreadsOfOneTurn:
    async def test_are_all_there_before_one_begins(self) -> None:
        starter, seen, done = Starter(), [], threading.Semaphore(0)

        def work() -> None:
            seen.append(sum(thread.name == "together" for thread in threading.enumerate()))
            done.release()
            stay.wait(10)

        stay = threading.Event()
        for _ in range(5):
            starter.add(Start("together", work, lambda: None))
        for _ in range(5):
            assert await asyncio.to_thread(done.acquire, timeout=10)
        stay.set()
        assert seen == [5] * 5

    @pytest.mark.parametrize("others", [0, 3])
    async def test_that_the_machine_refuses_cost_their_own_panel(
        self, lab: Any, fetch: Fetch, no_threads: Callable[[str | None], None], others: int
    ) -> None:
        host = lab.host(lab.hostile("bad", "healthy"), *lab.healthy(others))
        no_threads("source bad")
        bad, *well = await asyncio.gather(*(fetch(host, name) for name in host.infos))
        assert bad.state == "failed"
        assert bad.failure is not None
        assert bad.failure.what == "this machine gives no more threads or handles"
        assert [answer.state for answer in well] == ["fresh"] * others
        no_threads(None)
        assert (await fetch(host, "bad", fresh=True)).state == "fresh"

    async def test_fail_if_nothing_can_start_them(
        self, lab: Any, fetch: Fetch, no_threads: Callable[[str | None], None]
    ) -> None:
        host = lab.host(*lab.healthy(3))
        no_threads("starting")
        answers = await asyncio.gather(*(fetch(host, name) for name in host.infos))
        assert {answer.state for answer in answers} == {"failed"}


class TestALoopThatIsBusy:
    def test_reads_what_comes_in_all_the_same(self) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)

        async def read() -> bytes:
            loop = asyncio.get_running_loop()
            over = False

            def again() -> None:
                if not over:
                    loop.call_soon(again)

            again()
            loop.call_later(0.02, theirs.send, b"here")  # when it is waited for
            found = await asyncio.wait_for(loop.sock_recv(ours, 10), 10)
            over = True
            return found

        with ours, theirs, asyncio.Runner(loop_factory=new_loop) as runner:
            assert runner.run(read()) == b"here"
