"""Recurrence, overrides, exceptions and time zones, as the rep reads them in the agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

Desk = Any
Local = Callable[[str], datetime]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

VTIMEZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def starts(page: Any) -> list[datetime]:
    return [meeting.start for meeting in page.records]


class TestAWeeklyMeetingAcrossTheClockChanges:
    @pytest.mark.parametrize(
        ("zone", "definition"),
        [
            ("Europe/Amsterdam", ""),
            ("Europe/Amsterdam", VTIMEZONE.format(name="Europe/Amsterdam")),
            ("W. Europe Standard Time", ""),
            ("W. Europe Standard Time", VTIMEZONE.format(name="W. Europe Standard Time")),
            ("Own time of the office", VTIMEZONE.format(name="Own time of the office")),
            ('"Own: with, marks"', VTIMEZONE.format(name="Own: with, marks")),
            ("/vendor.example/20250101/Europe/Amsterdam", ""),
        ],
    )
    @pytest.mark.parametrize("ahead", [True, False], ids=["zone first", "zone last"])
    async def test_stays_at_ten_on_the_wall(
        self, desk: Desk, zone: str, definition: str, ahead: bool
    ) -> None:
        desk.now = desk.now.astimezone(ZoneInfo("America/New_York"))
        event = f"UID:w\nDTSTART;TZID={zone}:20260302T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:Week"
        desk.write(event, head=definition if ahead else "", tail="" if ahead else definition)
        page = await desk.agenda(days=360, start=datetime(2026, 3, 1, tzinfo=AMSTERDAM))
        assert page.total == 52
        at = [m.start.astimezone(AMSTERDAM) for m in page.records]
        assert {one.strftime("%a %H:%M") for one in at} == {"Mon 10:00"}
        assert len({one.utcoffset() for one in at}) == 2
        assert page.notice is None

    async def test_in_the_users_own_zone_if_it_names_none(self, desk: Desk) -> None:
        desk.write("UID:f\nDTSTART:20261001T100000\nDTEND:20261001T110000\nRRULE:FREQ=WEEKLY\nSUMMARY:Loose")
        page = await desk.agenda(days=60, start=datetime(2026, 10, 1, tzinfo=AMSTERDAM))
        assert {m.start.strftime("%H:%M") for m in page.records} == {"10:00"}
        assert len({m.start.utcoffset() for m in page.records}) == 2

    async def test_in_the_zone_that_the_settings_give_such_times(self, desk: Desk, local: Local) -> None:
        path = desk.write("UID:f\nDTSTART:20261124T100000\nSUMMARY:Loose")
        desk.opens({"path": str(path), "zone": "Europe/Helsinki"})
        assert starts(await desk.agenda()) == [local("2026-11-24 09:00")]

    async def test_an_all_day_one_stays_on_its_day(self, desk: Desk) -> None:
        desk.write("UID:d\nDTSTART;VALUE=DATE:20261021\nRRULE:FREQ=DAILY;COUNT=8\nSUMMARY:Beurs")
        page = await desk.agenda(days=20, start=datetime(2026, 10, 20, tzinfo=AMSTERDAM))
        assert [(m.start, m.end) for m in page.records] == [
            (date(2026, 10, 21 + n), date(2026, 10, 22 + n)) for n in range(8)
        ]


class TestASeries:
    async def test_leaves_out_what_was_excluded_in_another_zone(self, desk: Desk, local: Local) -> None:
        desk.write(
            "UID:s\nDTSTART;TZID=Europe/Amsterdam:20261123T160000\nRRULE:FREQ=DAILY;COUNT=4\n"
            "EXDATE:20261124T150000Z\nEXDATE;TZID=America/New_York:20261125T100000\nSUMMARY:S"
        )
        assert starts(await desk.agenda()) == [local("2026-11-23 16:00"), local("2026-11-26 16:00")]

    async def test_shows_a_moved_instance_on_its_new_day_only(self, desk: Desk, local: Local) -> None:
        master = "UID:s\nDTSTART;TZID=Europe/Amsterdam:20261124T100000\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:S"
        moved = (
            "UID:s\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261201T100000\n"
            "DTSTART;TZID=Europe/Amsterdam:20261203T140000\nSUMMARY:S, moved"
        )
        desk.write(moved, "UID:other\nDTSTART:20261125T080000Z\nSUMMARY:O", master)
        page = await desk.agenda(days=30)
        assert [(m.start, m.title) for m in page.records if m.series_id == "s"] == [
            (local("2026-11-24 10:00"), "S"),
            (local("2026-12-03 14:00"), "S, moved"),
            (local("2026-12-08 10:00"), "S"),
        ]
        assert len({m.id for m in page.records}) == 4

    async def test_shows_a_cancelled_instance_as_cancelled(self, desk: Desk, local: Local) -> None:
        master = "UID:s\nDTSTART;TZID=Europe/Amsterdam:20261124T100000\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:S"
        off = (
            "UID:s\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261201T100000\nSTATUS:CANCELLED\n"
            "DTSTART;TZID=Europe/Amsterdam:20261201T100000\nSUMMARY:S"
        )
        desk.write(master, off)
        page = await desk.agenda(days=30)
        assert [m.status for m in page.records] == ["confirmed", "cancelled"]

    async def test_moves_this_and_all_future_ones(self, desk: Desk, local: Local) -> None:
        master = "UID:s\nDTSTART;TZID=Europe/Amsterdam:20261124T100000\nRRULE:FREQ=DAILY;COUNT=4\nSUMMARY:S"
        later = (
            "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20261126T100000\n"
            "DTSTART;TZID=Europe/Amsterdam:20261126T110000\nSUMMARY:Later"
        )
        desk.write(master, later)
        page = await desk.agenda()
        assert [(m.start.hour, m.title) for m in page.records] == [
            (10, "S"),
            (10, "S"),
            (11, "Later"),
            (11, "Later"),
        ]
        assert len({m.id for m in page.records}) == 4

    async def test_with_spaces_in_its_rule_is_followed(self, desk: Desk) -> None:
        desk.write(
            "UID:r\nDTSTART:20261123T150000Z\nRRULE:FREQ=DAILY;COUNT=2;BYDAY=MO, TU\n ;WKST=SU\nSUMMARY:R"
        )
        assert len(starts(await desk.agenda())) == 2

    async def test_takes_extra_dates(self, desk: Desk, local: Local) -> None:
        desk.write(
            "UID:r\nDTSTART:20260105T090000Z\nDTEND:20260105T100000Z\nRDATE:20261124T090000Z\nSUMMARY:R"
        )
        assert starts(await desk.agenda()) == [local("2026-11-24 10:00")]

    async def test_whose_first_event_is_elsewhere_shows_the_one_we_were_invited_to(
        self, desk: Desk, local: Local
    ) -> None:
        desk.write("UID:x\nRECURRENCE-ID:20261124T090000Z\nDTSTART:20261124T093000Z\nSUMMARY:Guest")
        assert starts(await desk.agenda()) == [local("2026-11-24 10:30")]

    async def test_keeps_the_id_of_a_moved_instance(self, desk: Desk) -> None:
        master = "UID:s\nDTSTART:20261124T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:S"
        desk.write(master)
        before = {m.id for m in (await desk.agenda(days=30)).records}
        desk.write(master, "UID:s\nRECURRENCE-ID:20261201T090000Z\nDTSTART:20261202T130000Z\nSUMMARY:S")
        assert {m.id for m in (await desk.agenda(days=30)).records} == before


class TestASingleEvent:
    async def test_with_a_duration_ends_then(self, desk: Desk, local: Local) -> None:
        desk.write("UID:1\nDTSTART:20261124T090000Z\nDURATION:PT1H30M\nSUMMARY:D")
        (meeting,) = (await desk.agenda()).records
        assert meeting.end == local("2026-11-24 11:30")

    async def test_without_an_end_takes_no_time(self, desk: Desk) -> None:
        desk.write("UID:1\nDTSTART:20261124T090000Z\nSUMMARY:D")
        (meeting,) = (await desk.agenda()).records
        assert meeting.end == meeting.start

    async def test_all_day_with_an_end_equal_to_its_start_is_one_day(self, desk: Desk) -> None:
        desk.write("UID:1\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124\nSUMMARY:D")
        (meeting,) = (await desk.agenda()).records
        assert (meeting.start, meeting.end) == (date(2026, 11, 24), date(2026, 11, 25))

    async def test_that_has_begun_is_still_in_the_agenda(self, desk: Desk) -> None:
        desk.write(
            "UID:1\nDTSTART:20261123T120000Z\nDTEND:20261123T130000Z\nSUMMARY:Now",
            "UID:2\nDTSTART:20261123T100000Z\nDTEND:20261123T110000Z\nSUMMARY:Over",
            "UID:3\nDTSTART;VALUE=DATE:20260801\nDTEND;VALUE=DATE:20270801\nSUMMARY:Long",
            "UID:4\nDTSTART:20261101T100000Z\nDURATION:P4W\nSUMMARY:Weeks",
        )
        assert [m.title for m in (await desk.agenda()).records] == ["Long", "Weeks", "Now"]

    async def test_keeps_its_id_when_it_is_moved(self, desk: Desk) -> None:
        desk.write("UID:1\nDTSTART:20261124T090000Z\nSUMMARY:D")
        (before,) = (await desk.agenda()).records
        desk.write("UID:1\nDTSTART:20261126T150000Z\nSUMMARY:D")
        (after,) = (await desk.agenda()).records
        assert before.id == after.id

    async def test_in_utc_is_so_whatever_zone_stands_beside_it(self, desk: Desk, local: Local) -> None:
        desk.write("UID:1\nDTSTART;TZID=America/New_York:20261124T090000Z\nSUMMARY:D")
        assert starts(await desk.agenda()) == [local("2026-11-24 10:00")]


class TestZonesThatNobodyKnows:
    async def test_count_as_the_users_own_and_that_is_said(self, desk: Desk, local: Local) -> None:
        desk.write("UID:1\nDTSTART;TZID=Customized Time Zone:20261124T090000\nSUMMARY:D")
        page = await desk.agenda()
        assert starts(page) == [local("2026-11-24 09:00")]
        assert "Customized Time Zone" in (page.notice or "")
        desk.opens()
        assert (await desk.agenda()).notice == page.notice

    async def test_do_not_borrow_their_meaning_from_another_calendar(self, desk: Desk, local: Local) -> None:
        tokyo = (
            VTIMEZONE.format(name="Customized Time Zone").replace("+0100", "+0900").replace("+0200", "+0900")
        )
        event = "DTSTART;TZID=Customized Time Zone:20261124T200000\nSUMMARY:D"
        one = desk.write("UID:1\n" + event, name="one.ics", head=tokyo)
        two = desk.write(
            "UID:2\n" + event, name="two.ics", head=VTIMEZONE.format(name="Customized Time Zone")
        )
        three = desk.write("UID:3\n" + event, name="three.ics")
        desk.opens({"path": str(one)}, {"path": str(two)}, {"path": str(three)})
        page = await desk.agenda()
        assert {m.series_id: m.start for m in page.records} == {
            "1": local("2026-11-24 12:00"),
            "2": local("2026-11-24 20:00"),
            "3": local("2026-11-24 20:00"),
        }
