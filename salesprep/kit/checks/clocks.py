"""Times that records tell, and what the clock has to do with them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from salesprep.adapter import Record
from salesprep.kit import values
from salesprep.kit.bench import Bench, Told
from salesprep.kit.checks.answers import belongs_to
from salesprep.kit.verdict import Fault

_LATER = timedelta(days=37, hours=3, minutes=13, seconds=7)
_SLACK = timedelta(minutes=1)
"""By which the sample was asked before."""
_ZONES = (
    *("Europe/Amsterdam", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "America/St_Johns"),
    *("Africa/Casablanca", "Australia/Lord_Howe", "UTC"),
)
_DAYS = (
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),  # a second before an hour is left out in Europe
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # in the hour that comes twice
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2027, 1, 31, 10, 0, tzinfo=UTC),  # the next month has no such day
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),  # beyond 32 bits
    datetime(1999, 12, 31, 22, 0, tzinfo=UTC),  # before everything in the sample
)
_FURTHER = 5


async def times_aware(bench: Bench) -> str:
    """The host lets no other through; here its refusal is named."""
    number = 0
    for told in await bench.happy():
        if told.failure is not None and belongs_to(told.failure) == "times-aware":
            raise Fault(f"{told.words}: {told.failure.what}")
        number += sum(1 for record in told.records for _ in values.moments(record))
    return f"{number} times"


async def times_not_invented(bench: Bench) -> str:
    """Asked on two days, a record tells the same times; none is the machine's own time."""
    began = datetime.now(UTC) - _SLACK
    first = await bench.well()
    is_now = abs(bench.sample.now - began) < 2 * _SLACK
    later = bench.sample.now + _LATER
    async with bench.hosting(now=later) as hosted:
        second = await hosted.tell_all([told.ask for told in first if told.ask.method != "upcoming"])
    fresh = _by_id(second)
    number = 0
    for told in first:
        for record in told.records:
            if not is_now:
                _not_from_machine(told, record, began)
            again = fresh.get((told.words, record.id))
            if again is not None:
                _not_moved(told, record, again)
                number += 1
    return f"{number} records, on two days"


def _by_id(tolds: tuple[Told, ...]) -> dict[tuple[str, str], Record]:
    return {(told.words, record.id): record for told in tolds for record in told.records}


def _not_moved(told: Told, record: Record, again: Record) -> None:
    after = dict(values.times(again))
    for path, when in values.times(record):
        if path in after and after[path] != when:
            raise Fault(f"{told.words}: {path} moves when the clock does")


def _not_from_machine(told: Told, record: Record, since: datetime) -> None:
    now = datetime.now(UTC)
    for path, when in (("fetched_at", record.fetched_at), *values.moments(record)):
        if since <= when <= now:
            raise Fault(f"{told.words}: {path} is this machine's time, not that of request.now()")


async def clock_and_zone(bench: Bench) -> str:
    """Days that are not like others, and some more out of a seed, each in another zone."""
    asks = [told.ask for told in await bench.well() if told.ask.method != "upcoming"]
    tried, home = 0, bench.home()
    for number, (now, zone) in enumerate(_cases()):
        if number % 3 == 0:
            home = bench.home()  # an index that is made on one day is read on another, as with a user
        async with bench.hosting(now=now, zone=zone, home=home) as hosted:
            for told in await hosted.tell_all([*asks, *bench.upcoming(now)]):
                tried += 1
                failure = told.failure
                if failure is not None:
                    what = f"on {now.astimezone(zone):%Y-%m-%d %H:%M} in {zone.key}"
                    raise Fault(f"{told.words} {what} gives {failure.code}: {failure.what}")
    return f"{tried} questions on {len(_DAYS) + _FURTHER} days"


def _cases() -> Iterator[tuple[datetime, ZoneInfo]]:
    chance = random.Random(7093719)  # noqa: S311 - the same days in each run
    for number, now in enumerate(_DAYS):
        yield now, ZoneInfo(_ZONES[number % len(_ZONES)])
    for _ in range(_FURTHER):
        seconds = chance.randrange(40 * 366 * 86_400)
        yield datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), ZoneInfo(chance.choice(_ZONES))
