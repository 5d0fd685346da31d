"""The sample lies around the day on which it is opened, whenever that is."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.sample import ZONE, lay_out
from salesprep.sample.days import Days
from salesprep.sample.layout import first_visit


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class TestTheFirstVisit:
    @pytest.mark.parametrize(
        ("now", "visit"),
        [
            ("2026-11-23T13:20", "2026-11-23T14:00"),
            ("2026-11-23T13:21", "2026-11-23T14:30"),
            ("2026-11-23T08:50", "2026-11-23T09:30"),
            ("2026-11-23T15:59", "2026-11-23T17:00"),
            ("2026-11-23T16:00", "2026-11-24T14:00"),
            ("2026-11-20T18:00", "2026-11-23T14:00"),
            ("2026-11-21T09:00", "2026-11-23T14:00"),
        ],
    )
    def test_is_the_next_half_hour_forty_minutes_ahead_or_the_next_working_day(
        self, now: str, visit: str
    ) -> None:
        assert first_visit(local(now)) == local(visit)

    @given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
    def test_is_always_ahead_on_a_working_day_at_a_half_hour(self, naive: datetime) -> None:
        now = naive.replace(tzinfo=ZONE)
        visit = first_visit(now)
        assert visit.weekday() < 5
        assert visit.minute in (0, 30)
        assert visit - now >= timedelta(minutes=40) or visit.date() > now.date()


class TestLayingOut:
    def test_on_a_free_day_the_clock_stands_at_13_21_of_the_next_working_day(self, tmp_path: Path) -> None:
        laid = lay_out(tmp_path, local("2026-11-21T23:00").astimezone(UTC))
        assert laid.standing
        assert laid.now() == local("2026-11-23T13:21")

    def test_on_a_working_day_the_real_clock_runs(self, tmp_path: Path) -> None:
        now = local("2026-11-23T10:02")
        laid = lay_out(tmp_path, now, clock=lambda: now)
        assert not laid.standing
        assert laid.now() == now

    def test_the_visit_does_not_move_on_while_it_is_still_ahead(self, tmp_path: Path) -> None:
        before = lay_out(tmp_path, local("2026-11-23T13:20")).folder
        assert lay_out(tmp_path, local("2026-11-23T13:45")).folder == before
        after = lay_out(tmp_path, local("2026-11-23T14:05")).folder
        assert after != before
        assert not before.exists()

    def test_two_at_once_end_with_one_whole_sample(self, tmp_path: Path) -> None:
        now = local("2026-11-21T12:00")
        with ThreadPoolExecutor(4) as pool:
            folders = {laid.folder for laid in pool.map(lambda _: lay_out(tmp_path, now), range(4))}
        assert len(folders) == 1
        (folder,) = folders
        assert {p.name for p in (folder / "calendars").iterdir()} == {
            "anna.ics",
            "m.bakker.ics",
            "j.jansen.ics",
            "s.willems.ics",
        }
        assert [p for p in folder.parent.iterdir() if p.name.startswith(".making")] == []

    def test_every_fact_of_a_future_visit_lies_on_a_working_day(self) -> None:
        days = Days(local("2026-11-25T14:00"))
        assert all(days.day(offset).weekday() < 5 for offset in range(-400, 400))

    def test_local_times_stay_what_they_are_across_a_clock_change(self) -> None:
        days = Days(local("2026-10-23T14:00"))
        assert days.at(4, "10:00").timetz().replace(tzinfo=None) == time(10)
        assert days.at(4, "10:00").utcoffset() != days.first.utcoffset()


class TestTheStory:
    @pytest.fixture(scope="class")
    def folder(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return lay_out(tmp_path_factory.mktemp("cache"), local("2026-11-21T12:00")).folder

    def test_has_a_dozen_customers_with_a_namesake_and_a_subsidiary(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "crm.sqlite")) as crm:
            names = [row[0] for row in crm.execute("SELECT name FROM account")]
            children = crm.execute("SELECT count(*) FROM account WHERE parent_id IS NOT NULL").fetchone()
        assert len(names) >= 12
        assert {"Visser Techniek", "Visser Techniek B.V."} <= set(names)
        assert children == (1,)
        assert any(not name.isascii() for name in names)

    def test_names_reserved_domains_only(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "crm.sqlite")) as crm:
            text = "\n".join(crm.iterdump())
        for calendar in (folder / "calendars").iterdir():
            text += calendar.read_text(encoding="utf-8").replace("\r\n ", "").replace("\n ", "")
        domains = set(re.findall(r"(?:@|//)([\w.-]+)", text))
        domains -= {"salesprep", "sample", "EN"}  # the calendars' PRODID
        assert {domain.rpartition(".")[2] for domain in domains} == {"example"}

    def test_a_visit_recurs_for_more_than_a_year_at_the_same_local_hour(self, folder: Path) -> None:
        text = (folder / "calendars" / "s.willems.ics").read_text(encoding="utf-8")
        assert "RRULE:FREQ=WEEKLY;INTERVAL=2" in text
        assert "BEGIN:VTIMEZONE" in text
        assert "BEGIN:VTIMEZONE" not in (folder / "calendars" / "anna.ics").read_text(encoding="utf-8")
