"""Which files of this machine are read, and what is said of those that cannot be."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import BadData, ConfigInvalid, SourceError, Window

Desk = Any

EVENT = "UID:{0}\nDTSTART:20261124T090000Z\nSUMMARY:{0}"


async def titles(desk: Any) -> list[str]:
    return sorted(m.title for m in (await desk.agenda()).records)


class TestAFolder:
    async def test_is_read_with_the_folders_in_it(self, desk: Desk) -> None:
        for name in ("a.ics", "B.ICS", "deeper/c.ics", "notes.txt", ".hidden.ics", ".git/d.ics"):
            desk.write(EVENT.format(name), name=name)
        desk.opens({"path": str(desk.folder)})
        assert await titles(desk) == ["B.ICS", "a.ics", "deeper/c.ics"]

    async def test_does_not_lead_out_of_itself_or_in_circles(self, desk: Desk, tmp_path: Path) -> None:
        desk.write(EVENT.format("in"), name="in.ics")
        outside = tmp_path / "outside.ics"
        desk.write(EVENT.format("out"), name="../outside.ics")
        (desk.folder / "link.ics").symlink_to(outside)
        (desk.folder / "gone.ics").symlink_to(tmp_path / "nothing.ics")
        (desk.folder / "loop").symlink_to(desk.folder)
        (desk.folder / "up").symlink_to(tmp_path)
        os.mkfifo(desk.folder / "pipe.ics")
        desk.opens({"path": str(desk.folder)})
        assert await titles(desk) == ["in"]

    async def test_with_one_bad_file_shows_the_others_and_names_it(self, desk: Desk) -> None:
        desk.write(EVENT.format("good"), name="good.ics")
        (desk.folder / "bad.ics").write_text("<html>please log in</html>")
        desk.opens({"path": str(desk.folder)})
        page = await desk.agenda()
        assert [m.title for m in page.records] == ["good"]
        assert page.refused == ()
        assert page.failure.what.startswith("bad.ics could not be read")
        assert "not a calendar" in page.failure.what

    async def test_beyond_the_limit_leaves_out_the_oldest_and_says_how_many(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("adapters.ics.reading.MOST_FILES", 2)
        for age, name in enumerate(("new", "newer", "old", "older")):
            path = desk.write(EVENT.format(name), name=f"{name}.ics")
            os.utime(path, (2_000_000_000 - age, 2_000_000_000 - age))
        desk.opens({"path": str(desk.folder)})
        page = await desk.agenda()
        assert sorted(m.title for m in page.records) == ["new", "newer"]
        assert (page.refused, page.failure) == ((), None)
        assert "the oldest 2 are left out" in page.notice

    async def test_with_two_exports_of_one_calendar_shows_the_newer(self, desk: Desk) -> None:
        old = desk.write(EVENT.format("1") + "\nLOCATION:old", name="agenda.ics")
        new = desk.write(EVENT.format("1") + "\nLOCATION:new", name="agenda (1).ics")
        os.utime(old, (1_000_000_000, 1_000_000_000))
        os.utime(new, (1_100_000_000, 1_100_000_000))
        desk.opens({"path": str(desk.folder)})
        (meeting,) = (await desk.agenda()).records
        assert meeting.place.text == "new"

    async def test_without_calendars_is_said_to_have_none(self, desk: Desk) -> None:
        desk.opens({"path": str(desk.folder)})
        with pytest.raises(ConfigInvalid, match=r"has no \*\.ics files"):
            await desk.agenda()


class TestAFile:
    async def test_that_is_not_there_is_named_with_the_mend(self, desk: Desk) -> None:
        desk.opens({"path": "nowhere.ics"})
        with pytest.raises(ConfigInvalid, match=r"nowhere\.ics is not there") as caught:
            await desk.agenda()
        assert caught.value.mend

    @pytest.mark.parametrize("content", ["", "<html></html>", "BEGIN:VCARD\nEND:VCARD\n", "\x00" * 100])
    async def test_that_is_no_calendar_is_said_to_be_none(self, desk: Desk, content: str) -> None:
        (desk.folder / "agenda.ics").write_text(content)
        with pytest.raises(BadData, match="is not a calendar"):
            await desk.agenda()

    async def test_that_is_no_file_is_not_waited_for(self, desk: Desk) -> None:
        os.mkfifo(desk.folder / "pipe.ics")
        desk.opens({"path": str(desk.folder / "pipe.ics")})
        with pytest.raises(ConfigInvalid, match="neither a file nor a folder"):
            await desk.agenda()

    async def test_that_is_too_large_is_refused(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.write(EVENT.format("1"))
        monkeypatch.setattr("adapters.ics.reading.LARGEST", 50)
        with pytest.raises(BadData, match="larger than"):
            await desk.agenda()

    async def test_that_counts_days_in_another_way_is_refused(self, desk: Desk) -> None:
        desk.write(EVENT.format("1"), head="CALSCALE:CHINESE")
        with pytest.raises(BadData, match="Gregorian"):
            await desk.agenda()

    async def test_without_events_is_an_empty_agenda(self, desk: Desk) -> None:
        desk.write()
        page = await desk.agenda()
        assert (page.records, page.total, page.refused) == ((), 0, ())


class TestSeveralCalendarsOfWhichOneFails:
    async def test_show_the_others_and_name_that_one(self, desk: Desk) -> None:
        good = desk.write(EVENT.format("good"))
        desk.opens({"path": str(good)}, {"path": "gone.ics", "name": "Jan Jansen"})
        for page in (await desk.agenda(), await desk.about("good")):
            assert [m.title for m in page.records] == ["good"]
            assert (page.refused, page.notice) == ((), None)
            assert (page.failure.code, page.failure.actor) == ("config_invalid", "admin")
            assert page.failure.what.startswith("Jan Jansen could not be read")
            assert page.failure.mend

    async def test_are_named_together_if_more_fail(self, desk: Desk) -> None:
        good = desk.write(EVENT.format("good"))
        desk.opens({"path": "gone.ics", "name": "Jan"}, {"path": str(good)}, {"path": "away.ics"})
        page = await desk.agenda()
        assert [m.title for m in page.records] == ["good"]
        assert page.failure.what == "2 calendars could not be read: Jan, away.ics"

    async def test_are_named_on_every_page_and_again_from_what_is_kept(self, desk: Desk) -> None:
        events = (EVENT.format(n) for n in range(60))
        good = desk.write(*events)
        adapter = desk.opens({"path": str(good)}, {"path": "gone.ics"})
        first = await desk.agenda()
        request = desk.request()
        window = Window(request.now(), request.now() + timedelta(days=14))
        second = await adapter.upcoming(window, first.cursor, request)
        assert second.failure == first.failure is not None

    async def test_fail_together_only_if_all_fail(self, desk: Desk) -> None:
        desk.opens({"path": "gone.ics"}, {"path": "away.ics"})
        with pytest.raises(SourceError, match="none of 2 calendars"):
            await desk.agenda()


class TestTheCheck:
    async def test_tells_each_calendar_by_name(self, desk: Desk) -> None:
        good = desk.write(EVENT.format("1"), "UID:bad\nSUMMARY:no start")
        adapter = desk.opens(
            {"path": str(good), "name": "Anna"}, {"path": "gone.ics", "owner": "jan@ours.example"}
        )
        anna, jan = await adapter.check(desk.request())
        assert (anna.name, anna.outcome) == ("calendar Anna", "passed")
        assert anna.what == "2 events, 1 of them cannot be read"
        assert (jan.name, jan.outcome) == ("calendar jan@ours.example", "failed")
        assert "is not there" in jan.what
        assert jan.mend

    async def test_still_tells_when_all_fail(self, desk: Desk) -> None:
        (check,) = await desk.opens({"path": "gone.ics"}).check(desk.request())
        assert check.outcome == "failed"
