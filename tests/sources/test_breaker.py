"""A source that is down is left alone for a while."""

from __future__ import annotations

import pytest

from salesprep.sources.breaker import Breaker


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def breaker(clock: Time) -> Breaker:
    return Breaker(limit=3, pause=30, longest=100, clock=clock)


def fail(breaker: Breaker, clock: Time, times: int = 1) -> None:
    for _ in range(times):
        clock.now += 1
        probe = breaker.begin()
        breaker.failed(clock.now)
        if probe:
            breaker.probe_over()


class TestSourceIsDown:
    def test_it_is_asked_until_it_failed_three_times_in_a_row(self, breaker: Breaker, clock: Time) -> None:
        fail(breaker, clock, 2)
        assert breaker.blocked_for() == 0
        breaker.worked()
        fail(breaker, clock, 2)
        assert breaker.blocked_for() == 0
        fail(breaker, clock)
        assert breaker.blocked_for() == 30

    def test_failures_of_one_burst_count_once(self, breaker: Breaker, clock: Time) -> None:
        for _ in range(10):
            breaker.failed(99.0)
            clock.now += 0.1
        assert breaker.blocked_for() == 0

    def test_one_probe_goes_out_after_the_pause(self, breaker: Breaker, clock: Time) -> None:
        fail(breaker, clock, 3)
        clock.now += 30
        assert breaker.blocked_for() == 0
        assert breaker.begin()
        assert breaker.probing

    def test_the_pause_doubles_up_to_a_limit(self, breaker: Breaker, clock: Time) -> None:
        fail(breaker, clock, 3)
        pauses = []
        for _ in range(4):
            pauses.append(breaker.blocked_for())
            clock.now += pauses[-1]
            fail(breaker, clock)
        assert pauses == [30, 60, 100, 100]

    def test_a_probe_that_works_ends_it(self, breaker: Breaker, clock: Time) -> None:
        fail(breaker, clock, 3)
        clock.now += 30
        breaker.begin()
        breaker.worked()
        breaker.probe_over()
        assert not breaker.begin()
        assert breaker.blocked_for() == 0


class TestSourceSaysWhen:
    def test_nothing_is_asked_before_then(self, breaker: Breaker, clock: Time) -> None:
        breaker.hold(50)
        breaker.hold(10)
        assert breaker.blocked_for() == 50
        clock.now += 50
        assert breaker.blocked_for() == 0
        assert not breaker.begin()

    def test_for_a_day_at_most(self, breaker: Breaker) -> None:
        breaker.hold(10**9)
        assert breaker.blocked_for() == 86_400


class TestItsState:
    def test_is_told_by_whose_doing_nothing_is_asked(self, breaker: Breaker, clock: Time) -> None:
        states: list[str] = [breaker.state]
        breaker.hold(20)
        states.append(breaker.state)
        clock.now += 20
        states.append(breaker.state)
        fail(breaker, clock, 3)
        states.append(breaker.state)
        clock.now += 30
        states.append(breaker.state)
        breaker.worked()
        states.append(breaker.state)
        assert states == ["closed", "held", "closed", "open", "half_open", "closed"]
