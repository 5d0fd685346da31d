"""The cursor in a list: where it can be, what it is on, and that it stays there when the list changes."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from salesprep.tui.widgets.stops import Stops
from salesprep.view.lines import Line


@dataclass(frozen=True)
class Thing:
    """What a line may tell of."""

    name: str
    source: str = "crm"


THINGS = tuple(Thing(name) for name in "abcdef")
Lists = st.lists(st.none() | st.sampled_from(THINGS), max_size=30)


def lines(things: list[Thing | None]) -> list[Line]:
    return [Line((), thing) for thing in things]


def cursor_in(things: list[Thing | None]) -> Stops:
    stops = Stops()
    stops.take(lines(things))
    return stops


A, B, C = THINGS[:3]


class TestTheCursor:
    def test_stops_once_at_each_thing_and_never_at_a_heading(self) -> None:
        stops = cursor_in([None, A, A, None, B, C, C, None])
        assert len(stops) == 3
        rows = []
        for place in range(3):
            stops.go(place)
            rows.append((stops.row, list(stops.rows), stops.about))
        assert rows == [(1, [1, 2], A), (4, [4], B), (5, [5, 6], C)]

    def test_stays_on_its_thing_when_others_come_before_it(self) -> None:
        stops = cursor_in([A, B])
        stops.go(1)
        stops.take(lines([None, C, A, B, B]))
        assert stops.about == B
        assert list(stops.rows) == [3, 4]

    def test_is_on_what_took_the_place_of_a_thing_that_is_gone(self) -> None:
        stops = cursor_in([A, B, C])
        stops.go(1)
        stops.take(lines([A, C]))
        assert stops.about == C
        stops.take(lines([A]))
        assert stops.about == A

    def test_finds_the_first_thing_of_a_source(self) -> None:
        stops = cursor_in([A, Thing("x", "wiki"), Thing("y", "wiki")])
        assert stops.of_source("wiki") == 1
        assert stops.of_source("mail") is None

    def test_is_put_where_somebody_clicks_and_nowhere_beside_that(self) -> None:
        stops = cursor_in([None, A, A, None, B])
        assert [stops.told_at(y) for y in range(-1, 6)] == [None, None, 0, 0, None, 1, None]

    def test_is_nowhere_in_a_list_of_nothing(self) -> None:
        stops = cursor_in([None, None])
        assert (stops.about, stops.row, list(stops.rows), stops.near_end) == (None, None, [], False)

    @given(Lists, Lists, st.integers(-40, 40))
    def test_is_on_something_wherever_there_is_something(
        self, before: list[Thing | None], after: list[Thing | None], place: int
    ) -> None:
        stops = cursor_in(before)
        if stops:
            stops.go(place)
        for things in (before, after):
            stops.take(lines(things))
            assert (stops.about is None) == (not any(things))
            assert all(things[y] is stops.about for y in stops.rows)
            assert not stops or stops.row == stops.rows.start
            assert {stops.nearest(y) for y in range(-2, 33)} <= set(range(len(stops))) if stops else True
