"""Work of many parts, each in a process of its own, as many at once as there are processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_at_hand: list[tuple[Callable[[object], object], Sequence[object]]] = []
"""What the processes are forked with: only places of things are sent to them, and results back."""


def side_by_side(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """``work`` of each thing, in their order. Where processes cannot be forked, one after the other."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return [work(thing) for thing in things]
    _at_hand.append((work, things))  # type: ignore[arg-type]
    try:
        with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
            return pool.map(_one, range(len(things)), chunksize=1)  # type: ignore[arg-type]
    finally:
        _at_hand.pop()


def _one(place: int) -> object:
    work, things = _at_hand[-1]
    return work(things[place])
