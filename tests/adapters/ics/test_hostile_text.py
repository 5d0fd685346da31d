"""Text that no calendar should hold, in any field: no event is lost by it without being counted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Desk = Any

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]
STRANGE = ["\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\r\r", "x" * 200_000, "\U000e0041"]
SYNTAX = ['"', ";", ":", ",", "\\", "^", "^n", "^'", "\n", "\n\n", "\r\n ", "=", '";X="']

GOOD = "UID:good-{n}\nDTSTART:20261124T090000Z\nSUMMARY:Van Dijk {n}"
TIMED = "DTSTART:20261125T090000Z\n"
VISIT = "UID:visit\n" + TIMED + "SUMMARY:Visit\n"
TOLD = [
    VISIT + "ATTENDEE;CN=J@an:mailto:jan@vandijk.example",
    VISIT + 'ATTENDEE;PARTSTAT=ACCEPTED;CN="J@an":mailto:jan@vandijk.example',
    VISIT + "ATTENDEE;X-ODD=@;CN=Jan:mailto:jan@vandijk.example",
    VISIT + "ORGANIZER;CN=@:mailto:jan@vandijk.example",
    VISIT + "LOCATION:a@b\nATTENDEE:mailto:jan@vandijk.example",
    "UID:visit\n" + TIMED + "SUMMARY;LANGUAGE=n@l:Visit\nATTENDEE:mailto:jan@vandijk.example",
    "UID:v@t\n" + TIMED + "SUMMARY:Vi@sit\nATTENDEE:mailto:jan@vandijk.example",
]
FIELDS = [
    *TOLD,
    *(
        VISIT + line
        for line in (
            *("DESCRIPTION:@", "DESCRIPTION;ALTREP=@:x", "CATEGORIES:a@", "URL:https://x.example/@"),
            *("GEO:1@;2", "X-ODD;Y=@:z", "LAST-MODIFIED:2026@", "STATUS:CONF@", "CLASS:PUBLIC@"),
            *("@:x", "@", "COMMENT:@", "DTSTAMP:@", "CONTACT:@", "DTEND:20261125T1@00000Z"),
            *("RRULE:FREQ=DAILY@;COUNT=3", "RRULE:FREQ=DAILY\nEXDATE:2026@1125T090000Z", "SEQUENCE:@"),
            *("TRANSP:@", "RECURRENCE-ID:@20261125T090000Z", "ATTENDEE;CN=Jan:mailto:j@n@x.example"),
        )
    ),
    "UID:visit\nDTSTART:20261125T09@0000Z\nSUMMARY:Visit",
    "UID:visit\nDTSTART;TZID=@:20261125T090000\nSUMMARY:Visit",
]


async def counted(desk: Any, event: str) -> tuple[int, int]:
    """Events shown and events counted as refused, of three."""
    desk.write(GOOD.format(n=1), GOOD.format(n=2))
    path = desk.folder / "agenda.ics"
    raw = path.read_bytes()
    middle = raw.index(b"BEGIN:VEVENT", raw.index(b"END:VEVENT"))
    block = f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n".encode("utf-8", "surrogatepass")
    path.write_bytes(raw[:middle] + block + raw[middle:])
    desk.opens()
    page = await desk.agenda(days=5)
    assert all(refusal.where == "agenda.ics line 8" for refusal in page.refused)
    return len({m.series_id for m in page.records}), sum(refusal.count for refusal in page.refused)


class TestAnAttendeeWithAStrangeName:
    @pytest.mark.parametrize("event", TOLD[:4])
    @pytest.mark.parametrize("strange", [*CONTROLS, *STRANGE[:-2], *SYNTAX], ids=ascii)
    async def test_is_invited_still(self, desk: Desk, event: str, strange: str) -> None:
        desk.store = None
        assert await counted(desk, event.replace("@", strange, 1)) == (3, 0)
        page = await desk.about(domains=["vandijk.example"])
        assert [m.title for m in page.records] == ["Visit"]

    async def test_keeps_the_name_and_the_answer(self, desk: Desk) -> None:
        desk.write(
            VISIT + "ATTENDEE;PARTSTAT=DECLINED;CN=J\x1ba\x00n:mailto:jan@vandijk.example\n"
            'ATTENDEE;CN=An "Ans" Smit;PARTSTAT=ACCEPTED:mailto:an@vandijk.example\n'
            "ATTENDEE;CN=Smit, R:mailto:r@vandijk.example"
        )
        (meeting,) = (await desk.agenda()).records
        told = [(who.name, who.email, who.status) for who in meeting.people]
        assert told == [
            ("Jan", "jan@vandijk.example", "declined"),
            ("An Ans Smit", "an@vandijk.example", "accepted"),
            ("Smit, R", "r@vandijk.example", None),
        ]


class TestLineEndsThatWereConvertedTwice:
    async def test_are_line_ends(self, desk: Desk) -> None:
        path = desk.write(GOOD.format(n=1), GOOD.format(n=2))
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert len((await desk.agenda()).records) == 2


class TestHostileTextAnywhere:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
    @given(
        event=st.sampled_from(FIELDS),
        parts=st.lists(
            st.one_of(st.sampled_from([*CONTROLS, *STRANGE, *SYNTAX]), st.text(max_size=8)),
            min_size=1,
            max_size=4,
        ),
    )
    def test_leaves_an_event_shown_or_counted(self, desk: Desk, event: str, parts: list[str]) -> None:
        desk.store = None
        text = "".join(parts)
        shown, refused = asyncio.run(counted(desk, event.replace("@", text, 1)))
        assert shown + refused == 3
