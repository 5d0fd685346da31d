"""Clocks and zones beyond those that the kit itself tries: whatever the day, a good adapter is well."""

from __future__ import annotations

import importlib.util
import logging
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Kind, Query, Request, Window
from salesprep.kit import values
from salesprep.kit.checks import clocks
from salesprep.sources.lazy_http import no_http

VISITS = Path(__file__).parent / "good" / "visits"
ZONES = ("Europe/Amsterdam", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "UTC")


@pytest.fixture(scope="module")
def visits() -> Iterator[ModuleType]:
    """The module of the adapter."""
    spec = importlib.util.spec_from_file_location("kit_test_visits", VISITS / "adapter.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@given(
    now=st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_every_clock_is_survived_and_nothing_is_made_of_it(
    visits: ModuleType, now: datetime, zone: ZoneInfo
) -> None:
    adapter = visits.Visits(visits.VisitsConfig(path=VISITS / "sample" / "visits.json"))
    here = now.astimezone(zone)
    request = Request(
        now=lambda: here,
        deadline=time.monotonic() + 60,
        http=no_http(),
        log=logging.getLogger("kit.test"),
        identity="test",
        store=None,
    )

    page = adapter.fetch(Query(domains=("vandijk.example",)), Kind.MEETING, None, request)
    adapter.upcoming(Window(here, here + timedelta(days=14)), None, request)

    assert len(page.records) == 2
    for record in page.records:
        assert record.fetched_at == now
        assert all(when.tzinfo is not None and when != now for _, when in values.moments(record))


def test_the_days_that_the_kit_tries_are_the_same_in_each_run() -> None:
    cases = list(clocks._cases())

    assert cases == list(clocks._cases())
    assert len({zone.key for _, zone in cases}) > 5
    assert any((now.month, now.day) == (2, 29) for now, _ in cases)
