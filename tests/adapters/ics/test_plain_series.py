"""The short way for plain series gives what the recurrence library gives, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.ics import expand as expanding
from adapters.ics.zones import Zones

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

DAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
SOME_DAYS = st.lists(DAYS, min_size=1, max_size=3, unique=True).map(",".join)
MONTH_DAYS = st.sampled_from(["1", "12", "28", "29", "30", "31", "-1", "-3", "5,20"])
MONTHS = st.sampled_from(["", ";BYMONTH=2", ";BYMONTH=3,10"])
NTH = st.builds("{}{}".format, st.sampled_from(["1", "2", "4", "5", "-1"]), DAYS)
RULES = st.builds(
    "RRULE:{};INTERVAL={}{}".format,
    st.one_of(
        st.just("FREQ=DAILY"),
        st.builds("FREQ=DAILY;BYDAY={}".format, SOME_DAYS),
        st.just("FREQ=WEEKLY"),
        st.builds("FREQ=WEEKLY;BYDAY={};WKST={}".format, SOME_DAYS, DAYS),
        st.just("FREQ=MONTHLY"),
        st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, MONTH_DAYS),
        st.builds("FREQ=MONTHLY;BYDAY={}".format, NTH),
        st.builds("FREQ=MONTHLY;BYDAY={};BYSETPOS={}".format, SOME_DAYS, st.sampled_from(["1", "-1", "2"])),
        st.just("FREQ=YEARLY"),
        st.builds("FREQ=YEARLY;BYMONTH=5;BYDAY={}".format, NTH),
        st.builds("FREQ=YEARLY;BYMONTHDAY={}".format, MONTH_DAYS),
    ),
    st.integers(1, 5),
    MONTHS,
)
LENGTHS = st.sampled_from([None, timedelta(), timedelta(hours=1), timedelta(hours=30), timedelta(days=40)])
STARTS = st.datetimes(datetime(2014, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(microsecond=0))


def times(begin: datetime, form: str, length: timedelta | None) -> str:
    if form == "DATE":
        end = None if length is None else begin.date() + max(timedelta(days=1), length)
        lines = [f"DTSTART;VALUE=DATE:{begin:%Y%m%d}", *([f"DTEND;VALUE=DATE:{end:%Y%m%d}"] if end else [])]
    else:
        after = "Z" if form == "Z" else ""
        before = f";TZID={form}" if "/" in form else ""
        lines = [f"DTSTART{before}:{begin:%Y%m%dT%H%M%S}{after}"]
        if length is not None:
            lines.append(f"DTEND{before}:{begin + length:%Y%m%dT%H%M%S}{after}")
    return "\n".join(lines)


def found(block: str, first: date, last: date) -> Any:
    """Instances, away from the edges of the days: those are read with a day to spare."""
    done = expanding.expand([block.encode()], Zones({}), AMSTERDAM, first, last)
    begin = datetime.combine(first, datetime.min.time(), UTC).timestamp() + 86_400
    stop = datetime.combine(last, datetime.min.time(), UTC).timestamp()
    inner = (one for one in done.instances if one.start < stop and one.end > begin)
    return sorted((one.slot, one.start, one.end, one.all_day) for one in inner), done.refused


class TestAPlainSeries:
    @settings(deadline=None, max_examples=300)
    @given(
        rule=RULES,
        begin=STARTS,
        form=st.sampled_from(["", "Z", "DATE", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata"]),
        length=LENGTHS,
        first=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
        days=st.integers(2, 100),
    )
    def test_takes_place_when_the_library_says(
        self, rule: str, begin: datetime, form: str, length: timedelta | None, first: date, days: int
    ) -> None:
        block = f"BEGIN:VEVENT\nUID:1\n{times(begin, form, length)}\n{rule}\nEND:VEVENT"
        last = first + timedelta(days=days)
        short = found(block, first, last)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(expanding, "_by_itself", lambda *_: None)
            assert short == found(block, first, last)

    @pytest.mark.parametrize(
        "lines",
        [
            "RRULE:FREQ=WEEKLY;UNTIL=20261201T000000Z",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "RRULE:FREQ=WEEKLY\nEXDATE:20261124T090000Z",
            "RRULE:FREQ=WEEKLY\nRDATE:20261125T090000Z",
            "RRULE:FREQ=WEEKLY\nRRULE:FREQ=MONTHLY",
            "RRULE:FREQ=DAILY;BYHOUR=9,15",
        ],
    )
    def test_is_not_one_that_says_more(self, lines: str) -> None:
        block = f"BEGIN:VEVENT\nUID:1\nDTSTART:20261117T090000Z\n{lines}\nEND:VEVENT"
        window = (date(2026, 11, 1), date(2026, 12, 24))
        short = found(block, *window)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(expanding, "_by_itself", lambda *_: None)
            assert short == found(block, *window) != ([], [])

    @pytest.mark.parametrize("day", ["20160129", "20160130", "20160131", "20160229"])
    @pytest.mark.parametrize("rule", ["FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY"])
    @pytest.mark.parametrize("month", [1, 2, 3, 4, 5])
    def test_begun_on_a_day_that_not_all_months_have_is_right(self, day: str, rule: str, month: int) -> None:
        block = f"BEGIN:VEVENT\nUID:1\nDTSTART:{day}T090000Z\nRRULE:{rule}\nEND:VEVENT"
        window = (date(2027, month, 1), date(2028, 6, 1))
        short = found(block, *window)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(expanding, "_by_itself", lambda *_: None)
            assert short == found(block, *window) != ([], [])

    def test_of_many_years_is_not_walked_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def walked(*_: Any, **__: Any) -> Any:
            raise AssertionError("went through the library")

        monkeypatch.setattr("recurring_ical_events.of", walked)
        block = "BEGIN:VEVENT\nUID:1\nDTSTART:19970101T090000Z\nRRULE:FREQ=DAILY;INTERVAL=2\nEND:VEVENT"
        instances, refused = found(block, date(2026, 11, 1), date(2026, 11, 30))
        assert (len(instances), refused) == (14, [])
