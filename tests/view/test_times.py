"""Days, clocks and ages as a rep reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import When
from salesprep.settings import Us
from salesprep.view import ages, dates


class TestDays:
    @pytest.mark.parametrize(
        ("when", "written"),
        [
            (date(2026, 11, 13), "13 Nov"),
            (date(2026, 2, 16), "16 Feb"),
            (date(2027, 1, 19), "19 Jan"),
            (date(2025, 12, 30), "30 Dec 2025"),
            (date(2027, 9, 1), "1 Sep 2027"),
            (date(2024, 11, 13), "13 Nov 2024"),
        ],
    )
    def test_a_year_is_shown_only_where_it_is_not_plain(
        self, when: date, written: str, now: datetime, us: Us
    ) -> None:
        assert dates.day(when, now, us) == written

    @pytest.mark.parametrize(
        ("when", "written"),
        [
            (date(2026, 11, 23), "today"),
            (date(2026, 11, 24), "tomorrow"),
            (date(2026, 11, 22), "yesterday"),
            (date(2026, 11, 26), "Thu 26"),
            (date(2026, 11, 13), "13 Nov"),
        ],
    )
    def test_near_days_have_names(self, when: date, written: str, now: datetime, us: Us) -> None:
        assert dates.named_day(when, now, us) == written

    def test_the_order_is_the_locales_and_the_words_are_the_languages(
        self, now: datetime, american: Us, dutch: Us
    ) -> None:
        assert dates.day(date(2026, 11, 13), now, american) == "Nov 13"
        assert dates.day(date(2026, 10, 13), now, dutch) == "13 okt"
        assert dates.long_day(now, american) == "Monday November 23"

    def test_a_locale_that_nobody_knows_still_shows_a_day(self, now: datetime, us: Us) -> None:
        odd = replace(us, locale="xx_YY", language="qq")
        assert dates.day(date(2026, 11, 13), now, odd) == "13 Nov"
        assert dates.clock(now, odd) == "13:21"


class TestMoments:
    @pytest.mark.parametrize(
        ("when", "written"),
        [
            (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), "today 14:00"),
            (datetime(2026, 11, 24, 8, 15, tzinfo=UTC), "tomorrow 09:15"),
            (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "Thu 26 10:00"),
            (datetime(2027, 1, 19, 9, 0, tzinfo=UTC), "19 Jan 10:00"),
            (datetime(2026, 10, 12, 11, 0, tzinfo=UTC), "12 Oct 13:00"),
            (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "tomorrow 00:30"),
            (date(2026, 11, 26), "Thu 26"),
        ],
    )
    def test_a_visit_is_told_in_the_users_zone(self, when: When, written: str, now: datetime, us: Us) -> None:
        assert dates.slot(when, now, us) == written

    def test_the_clock_follows_the_locale(self, now: datetime, american: Us, us: Us) -> None:
        assert dates.clock(now, us) == "13:21"
        assert dates.clock(now, american) == "1:21 PM"

    @pytest.mark.parametrize(
        ("when", "written"),
        [
            (datetime(2026, 11, 19, 8, 12, tzinfo=UTC), "Thu 09:12"),
            (datetime(2026, 11, 23, 8, 12, tzinfo=UTC), "09:12"),
            (datetime(2026, 11, 16, 8, 12, tzinfo=UTC), "16 Nov"),
            (date(2026, 11, 19), "Thu"),
            (date(2026, 11, 22), "yesterday"),
        ],
    )
    def test_when_something_was_said(self, when: When, written: str, now: datetime, us: Us) -> None:
        assert dates.said_at(when, now, us) == written

    def test_from_when_to_when(self, now: datetime, us: Us) -> None:
        start = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
        assert dates.from_to(start, start + timedelta(hours=1), now, us) == "today 14:00 to 15:00"
        assert dates.from_to(start, start + timedelta(days=3), now, us) == "today 14:00 to Thu 26 14:00"
        assert dates.from_to(date(2026, 11, 23), date(2026, 11, 24), now, us) == "today, all day"

    @given(st.datetimes(timezones=st.timezones()))
    def test_any_moment_can_be_written(self, when: datetime) -> None:
        us, now = Us(locale="nl_NL"), datetime(2026, 11, 23, tzinfo=UTC)
        for words in (dates.slot, dates.said_at, dates.day, ages.age, ages.ago):
            assert words(when, now, us)
        assert ages.until(when, now, us)


class TestAges:
    @pytest.mark.parametrize(
        ("before", "written"),
        [
            (timedelta(seconds=-30), "just now"),
            (timedelta(seconds=119), "just now"),
            (timedelta(minutes=5), "5 min"),
            (timedelta(hours=3), "3 h"),
            (timedelta(days=2), "2 d"),
            (timedelta(days=36), "5 wk"),
            (timedelta(days=274), "9 mo"),
            (timedelta(days=800), "2 y"),
        ],
    )
    def test_how_old(self, before: timedelta, written: str, now: datetime, us: Us) -> None:
        assert ages.age(now - before, now, us) == written

    def test_said_of_the_past(self, now: datetime, us: Us) -> None:
        assert ages.ago(now - timedelta(days=36), now, us) == "5 wk ago"
        assert ages.ago(now, now, us) == "just now"
        assert ages.ago(now.date(), now, us) == "today"

    @pytest.mark.parametrize(
        ("ahead", "written"),
        [
            (timedelta(minutes=39, seconds=50), "in 39 min"),
            (timedelta(seconds=20), "now"),
            (timedelta(hours=3), "in 3 h"),
            (timedelta(hours=20), "tomorrow"),
            (timedelta(days=3), "in 3 days"),
            (timedelta(minutes=-11), "since 11 min"),
        ],
    )
    def test_how_soon(self, ahead: timedelta, written: str, now: datetime, us: Us) -> None:
        assert ages.until(now + ahead, now, us) == written

    @pytest.mark.parametrize(
        ("days", "written"),
        [
            (0, "today"),
            (1, "yesterday"),
            (10, "10 days ago"),
            (23, "3 weeks ago"),
            (150, "5 months ago"),
            (900, "2 years ago"),
        ],
    )
    def test_days_ago(self, days: int, written: str, us: Us) -> None:
        assert ages.days_ago(days, us) == written
