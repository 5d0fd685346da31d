"""Damage in one event costs that event, is counted with file and line, and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Desk = Any

GOOD = "UID:good-{n}\nDTSTART:202611{day}T090000Z\nDTEND:202611{day}T100000Z\nSUMMARY:Van Dijk {n}"
FIRST, LAST = GOOD.format(n=1, day=24), GOOD.format(n=2, day=26)


class TestOneEventThatCannotBeUsed:
    @pytest.mark.parametrize(
        ("event", "why"),
        [
            ("SUMMARY:Van Dijk", "no start that is a date"),
            ("DTSTART:tomorrow", "no start that is a date"),
            ("DTSTART:00000101T000000Z", "no start that is a date"),
            ("DTSTART:20261399T250000Z", "no start that is a date"),
            ("DTSTART:20261125T990000Z", "DTSTART cannot be read"),
            ("DTSTART:20261125T090000Z\nDTEND:20261125T080000Z", "end before start"),
            ("DTSTART:20261125T090000Z\nDURATION:-PT1H", "end before start"),
            ("DTSTART:20261125T090000Z\nDURATION:long", "DURATION cannot be read"),
            ("DTSTART:20261125T090000Z\nDTEND;VALUE=DATE:20261126", "start and end are not of one kind"),
            ("DTSTART:20261101T090000Z\nRRULE:FREQ=SOMETIMES", "RRULE cannot be read"),
            ("DTSTART:20261101T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "RRULE cannot be read"),
            ("DTSTART:20261101T090000Z\nRRULE:FREQ=DAILY\nEXDATE", "a line about its time cannot be read"),
            ("DTSTART:20261101T090000Z\nRRULE:FREQ=DAILY\nEXDATE:soon", "EXDATE cannot be read"),
            ("DTSTART:20261124T090000Z\nDTSTART:20261125T090000Z", "DTSTART cannot be read"),
            ("DTSTART:20261101T090000Z\nRRULE:FREQ=SECONDLY", "repeats too often to be a meeting"),
            ("DTSTART:20261124T090000Z\nRRULE:FREQ=MINUTELY;INTERVAL=2", "repeats too often to be a meeting"),
            (
                "DTSTART:20261124T090000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE="
                + ",".join(map(str, range(60)))
                + ";BYSECOND="
                + ",".join(map(str, range(60))),
                "repeats too often to be a meeting",
            ),
            ("DTSTART:00010101T090000Z\nRRULE:FREQ=DAILY", "repeats too often to be a meeting"),
            (
                "DTSTART:20261101T090000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "a rule that never comes true",
            ),
            (
                "DTSTART:20261101T090000Z\nRRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
                "a rule that never comes true",
            ),
        ],
    )
    async def test_is_counted_with_its_line_and_the_others_stay(
        self, desk: Desk, event: str, why: str
    ) -> None:
        desk.write(FIRST, "UID:bad\n" + event + "\nSUMMARY:Van Dijk", LAST)
        for page in (await desk.agenda(), await desk.about("Van Dijk")):
            assert sorted(m.series_id for m in page.records) == ["good-1", "good-2"]
            (refusal,) = page.refused
            assert (refusal.count, refusal.why, refusal.where) == (1, why, "agenda.ics line 9")

    async def test_at_the_ends_of_time_is_no_harm(self, desk: Desk) -> None:
        desk.write(
            FIRST,
            "UID:a\nDTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY\nSUMMARY:Van Dijk",
            "UID:b\nDTSTART:99991231T235959Z\nDTEND:99991231T235959Z\nSUMMARY:Van Dijk",
            "UID:c\nDTSTART;VALUE=DATE:20261125\nDTEND;VALUE=DATE:99991231\nSUMMARY:Van Dijk",
            "UID:d\nDTSTART;TZID=Pacific/Kiritimati:00010101T000000\nDTEND:99991231T235959Z\nSUMMARY:Ever",
            LAST,
        )
        for page in (await desk.agenda(), await desk.about("Van Dijk")):
            assert {"good-1", "good-2", "c"} <= {m.series_id for m in page.records}

    async def test_without_its_end_is_counted(self, desk: Desk) -> None:
        path = desk.write(FIRST, "UID:bad\nDTSTART:20261125T090000Z", LAST)
        text = path.read_text().replace(
            "DTSTART:20261125T090000Z\nEND:VEVENT\n", "DTSTART:20261125T090000Z\n"
        )
        path.write_text(text)
        page = await desk.agenda()
        assert [m.series_id for m in page.records] == ["good-1", "good-2"]
        assert [(r.count, r.why) for r in page.refused] == [(1, "cut off before its end")]

    async def test_is_counted_again_from_what_is_kept(self, desk: Desk) -> None:
        desk.write(FIRST, "UID:bad\nDTSTART:20261101T090000Z\nRRULE:FREQ=SOMETIMES\nSUMMARY:Van Dijk")
        first = await desk.agenda()
        desk.opens()
        assert (await desk.agenda()).refused == first.refused != ()

    async def test_with_a_broken_line_about_something_else_is_shown(self, desk: Desk) -> None:
        desk.write(FIRST + "\nthis is no line\nATTENDEE;CN=:x\nX-ODD;=:\nGEO:here\nURL")
        page = await desk.agenda()
        assert [m.title for m in page.records] == ["Van Dijk 1"]
        assert page.refused == ()

    async def test_with_the_same_uid_as_a_good_one_leaves_that(self, desk: Desk) -> None:
        desk.write(FIRST, "UID:good-1\nDTSTART:20261125T090000Z\nRRULE:FREQ=SOMETIMES\nSEQUENCE:3")
        page = await desk.agenda()
        assert [m.title for m in page.records] == ["Van Dijk 1"]
        assert sum(r.count for r in page.refused) == 1

    async def test_not_in_utf_8_is_read_as_latin_1_and_that_is_said(self, desk: Desk) -> None:
        path = desk.write(FIRST, "UID:l\nDTSTART:20261125T090000Z\nSUMMARY:Caf\u00e9", LAST)
        path.write_bytes(path.read_text().encode("latin-1") + b"")
        page = await desk.agenda()
        assert [m.title for m in page.records] == ["Van Dijk 1", "Café", "Van Dijk 2"]
        assert "1 event of agenda.ics is not in UTF-8" in (page.notice or "")

    async def test_leaves_the_accents_of_others_alone(self, desk: Desk) -> None:
        path = desk.write(FIRST + " Åre", "UID:l\nDTSTART:20261125T090000Z\nSUMMARY:@@")
        path.write_bytes(path.read_bytes().replace(b"@@", b"\xff\xfe"))
        assert [m.title for m in (await desk.agenda()).records] == ["Van Dijk 1 Åre", "ÿþ"]

    async def test_with_old_line_ends_is_read(self, desk: Desk) -> None:
        path = desk.write(FIRST)
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r").replace(b"\n", b"\r"))
        assert [m.title for m in (await desk.agenda()).records] == ["Van Dijk 1"]


LINES = st.one_of(
    st.sampled_from(
        [
            "END:VEVENT",
            "BEGIN:VEVENT",
            "END:VCALENDAR",
            "BEGIN:VCALENDAR",
            "BEGIN:VTIMEZONE",
            "END:VTIMEZONE",
            "BEGIN:VALARM",
            "END:VALARM",
            "DTSTART:20261125T090000Z",
            "DTSTART;TZID=Europe:20261125T090000",
            "DTEND:00000000",
            "RRULE:FREQ=DAILY;COUNT=-1",
            "RRULE:FREQ=SECONDLY;BYSETPOS=400",
            "RDATE;VALUE=PERIOD:20261125T090000Z/x",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:19990101",
            "UID:",
            "CLASS:",
            "TZID:Europe/Amsterdam",
            " folded",
            "X\x1eY:\x1e",
            "\x00",
        ]
    ),
    st.text(max_size=40),
    st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")),
)


class TestAnyGarbageInOneEvent:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
    @given(lines=st.lists(LINES, max_size=8), encoding=st.sampled_from(["utf-8", "latin-1"]))
    def test_leaves_the_others(self, desk: Desk, lines: list[str], encoding: str) -> None:
        path: Path = desk.write(FIRST, "UID:bad\n@@", LAST)
        garbage = "\n".join(lines).encode(encoding, "replace")
        path.write_bytes(path.read_bytes().replace(b"@@", garbage))

        async def look() -> None:
            desk.opens()
            for page in (await desk.agenda(), await desk.about("Van Dijk")):
                found = {m.series_id: m.title for m in page.records}
                assert found["good-1"] == "Van Dijk 1"
                assert found["good-2"] == "Van Dijk 2"

        asyncio.run(look())
