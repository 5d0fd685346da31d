"""Which meetings are found by a customer's names, domains and addresses, and which are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ics.looking import Wanted
from salesprep.adapter import PAGE_SIZE, Kind, Query
from salesprep.adapter.names import fold

Desk = Any


def event(uid: str, *lines: str, day: int = 24) -> str:
    return "\n".join([f"UID:{uid}", f"DTSTART:202611{day:02}T090000Z", *lines])


async def found(desk: Any, *names: str, **keys: list[str]) -> list[str]:
    return sorted(m.series_id for m in (await desk.about(*names, **keys)).records)


class TestByDomain:
    async def test_takes_addresses_there_and_beneath_it(self, desk: Desk) -> None:
        desk.write(
            event("here", "ATTENDEE:mailto:R.Smit@VanDijk.Example"),
            event("beneath", "ATTENDEE:mailto:r@mail.vandijk.example"),
            event("organiser", "ORGANIZER:mailto:r@vandijk.example"),
            event("site", "DESCRIPTION:zie https://www.vandijk.example/nl"),
            event("longer", "ATTENDEE:mailto:r@notvandijk.example"),
            event("further", "ATTENDEE:mailto:r@vandijk.example.org"),
        )
        assert await found(desk, domains=["vandijk.example"]) == ["beneath", "here", "organiser", "site"]

    async def test_finds_an_address_that_was_folded_over_two_lines(self, desk: Desk) -> None:
        desk.write(event("1", "ATTENDEE;CN=Somebody with a name:mailto:r.smit@vand\n ijk.exam\n\tple"))
        assert await found(desk, domains=["vandijk.example"]) == ["1"]

    async def test_names_the_words_only_if_nothing_better_matched(self, desk: Desk) -> None:
        desk.write(
            event("better", "SUMMARY:Bij Van Dijk", "ATTENDEE:mailto:r@vandijk.example"),
            event("words", "SUMMARY:Bij VAN DIJK thuis"),
        )
        page = await desk.about("Van Dijk", domains=["vandijk.example"])
        assert {m.series_id: m.keys.hit for m in page.records} == {"better": None, "words": "VAN DIJK"}


class TestByAddress:
    async def test_takes_that_person_only(self, desk: Desk) -> None:
        desk.write(
            event("1", "ATTENDEE:mailto:R.Smit@freemail.example"),
            event("2", "ATTENDEE:mailto:other.r.smit@freemail.example"),
        )
        assert await found(desk, emails=["r.smit@freemail.example"]) == ["1"]


class TestByName:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Van Dijk Machinebouw", "SUMMARY:bezoek VAN DIJK MACHINEBOUW (lijn 4)"),
            ("Van Dijk Machinebouw B.V.", "LOCATION:Van Dijk Machinebouw BV\\, Eindhoven"),
            ("Kaas & Co", "DESCRIPTION:eerste regel\\nKaas + Co belt terug"),
            ("Café Åre", "SUMMARY:Cafe Are"),
            ("Cafe Are", "SUMMARY:CAFÉ ÅRE"),
            ("Café", "SUMMARY:Cafe\u0301"),
            ("Łódź Fabryka", "ATTENDEE;CN=Lodz Fabryka:mailto:x@y.example"),
            ("Straße", "SUMMARY:STRASSE"),
            ("K.P.X.", "SUMMARY:KPX"),
            ("KPX", "SUMMARY:bij K.P.X. langs"),
            ("Ελλάς", "SUMMARY:ελλας"),
            ("X", "SUMMARY:fabriek X"),
            ("Berg-Hout", "SUMMARY:bezoek Berg Hout"),
        ],
    )
    async def test_is_found_as_people_write_it(self, desk: Desk, name: str, text: str) -> None:
        desk.write(event("1", text), event("2", "SUMMARY:iets anders"))
        assert await found(desk, name) == ["1"]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Bos", "SUMMARY:Bosch"),
            ("Bos", "SUMMARY:Den Bosch"),
            ("Van Dijk", "SUMMARY:Dijk van Van"),
            ("Smit", "X-NOTE:Smit"),
        ],
    )
    async def test_is_not_found_in_other_words(self, desk: Desk, name: str, text: str) -> None:
        desk.write(event("1", text))
        assert await found(desk, name) == []

    @given(before=st.text(max_size=30), after=st.text(max_size=30), name=st.text(min_size=1, max_size=20))
    def test_the_quick_pass_misses_nothing_that_folding_finds(
        self, before: str, after: str, name: str
    ) -> None:
        text = f"{before} {name} {after}".replace("\x1e", " ")
        if not set(fold(name).split()) - {"and"} or f" {fold(name)} " not in f" {fold(text)} ":
            return
        written = text.replace("\\", "\\\\").replace("\n", "\\n")
        assert Wanted(Query(names=(name,))).places(f"x\x1e{written}\x1ey") >= {1}


class TestAnEventOfAnotherCustomer:
    async def test_is_not_taken_along_by_its_series(self, desk: Desk) -> None:
        master = "UID:s\nDTSTART:20261124T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Ronde"
        one = "UID:s\nRECURRENCE-ID:20261125T090000Z\nDTSTART:20261125T090000Z\nSUMMARY:Ronde bij Van Dijk"
        desk.write(master, one)
        page = await desk.about("Van Dijk")
        assert [m.title for m in page.records] == ["Ronde bij Van Dijk"]


class TestThePages:
    async def test_come_newest_first_and_fit_together(self, desk: Desk) -> None:
        desk.write(
            "UID:s\nDTSTART:20251101T090000Z\nRRULE:FREQ=DAILY\nSUMMARY:Van Dijk",
            event("x", "SUMMARY:Van Dijk"),
        )
        adapter, query = desk.opens(), Query(names=("Van Dijk",))
        starts, cursor, total = [], None, 0
        for _ in range(20):
            page = await adapter.fetch(query, Kind.MEETING, cursor, desk.request())
            starts += [(m.start, m.id) for m in page.records]
            total, cursor = page.total, page.cursor
            if cursor is None:
                break
            assert len(page.records) == PAGE_SIZE
        assert len(starts) == len(set(starts)) == total == 365 + 91
        assert starts == sorted(starts, reverse=True)

    async def test_reach_from_a_year_back_to_ninety_days_ahead(self, desk: Desk) -> None:
        desk.write(
            "UID:old\nDTSTART:20251101T090000Z\nSUMMARY:Van Dijk",
            "UID:back\nDTSTART:20251125T090000Z\nSUMMARY:Van Dijk",
            "UID:ahead\nDTSTART:20270220T090000Z\nSUMMARY:Van Dijk",
            "UID:far\nDTSTART:20270225T090000Z\nSUMMARY:Van Dijk",
        )
        assert await found(desk, "Van Dijk") == ["ahead", "back"]

    async def test_hold_nothing_if_nobody_is_asked_for(self, desk: Desk) -> None:
        desk.write(event("1", "SUMMARY:S"))
        assert (await desk.about()).records == ()
        page = await desk.opens().fetch(Query(names=("S",)), Kind.TASK, None, desk.request())
        assert page.records == ()


class TestTwoCalendars:
    async def test_each_tell_the_same_event(self, desk: Desk) -> None:
        text = event("shared", "SUMMARY:Van Dijk")
        one, two = desk.write(text, name="a.ics"), desk.write(text, name="b.ics")
        desk.opens(
            {"path": str(one), "owner": "anna@ours.example"}, {"path": str(two), "owner": "bob@ours.example"}
        )
        for page in (await desk.about("Van Dijk"), await desk.agenda()):
            assert {m.calendar_owner for m in page.records} == {"anna@ours.example", "bob@ours.example"}
            assert len({m.id for m in page.records}) == 2
            assert {m.series_id for m in page.records} == {"shared"}
            assert page.total == 2


class TestANameThatIsAnEverydayWord:
    async def test_is_not_looked_through_without_end_and_that_is_said(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("adapters.ics.look.MOST_SERIES", 5)
        desk.write(*(event(f"{n}", "SUMMARY:Overleg", day=n) for n in range(1, 11)))
        page = await desk.about("Overleg")
        assert sorted(int(m.series_id) for m in page.records) == [6, 7, 8, 9, 10]
        assert "oldest are left out" in (page.notice or "")
