"""The second look: what is kept between starts, that it is trusted no further than it should be, and
that nothing which befalls it costs an answer."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.ics import expand, look
from adapters.ics.index import FILE_NAME, Index
from salesprep.adapter import SourceError, Window

Desk = Any

WEEKLY = "UID:{0}\nDTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY\nSUMMARY:Van Dijk {0}"
ONCE = "UID:{0}\nDTSTART:20261124T090000Z\nSUMMARY:Van Dijk {0}"


class Counter:
    """Counts the events that are laid out, and lets them be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.at: tuple[int, Callable[[], object]] | None = None
        """Do this when so many are laid out."""
        real = expand.expand

        def counted(events: Any, *arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.at is not None and self.count == self.at[0]:
                self.at[1]()
            return real(events, *arguments, **named)

        monkeypatch.setattr(look, "expand", counted)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(monkeypatch)


async def titles(desk: Any) -> list[str]:
    return sorted({m.title for m in (await desk.agenda()).records})


class TestASecondLook:
    async def test_lays_nothing_out_again_and_answers_the_same(self, desk: Desk, laid_out: Counter) -> None:
        desk.write(*(WEEKLY.format(n) for n in range(5)), *(ONCE.format(n) for n in range(5, 10)))
        first = await desk.agenda(), await desk.about("Van Dijk 3")
        assert laid_out.count > 0
        laid_out.count = 0
        desk.opens()
        assert (await desk.agenda(), await desk.about("Van Dijk 3")) == first
        assert laid_out.count == 0

    async def test_does_not_read_the_file(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.write(ONCE.format("a"))
        first = await desk.agenda()
        monkeypatch.setattr("adapters.ics.reading.is_calendar", lambda raw: pytest.fail("read again"))
        desk.opens()
        assert await desk.agenda() == first

    async def test_needs_no_calendar_library(self, desk: Desk) -> None:
        desk.write(WEEKLY.format("a"))
        await desk.agenda()
        await desk.about("Van Dijk")
        script = f"""
import asyncio, importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("desk", {str(Path(__file__).with_name("conftest.py"))!r})
module = importlib.util.module_from_spec(spec); sys.modules["desk"] = module
spec.loader.exec_module(module)
desk = module.Desk(Path({str(desk.folder)!r}), Path({str(desk.store)!r}))
async def main():
    page = await desk.agenda()
    assert page.total == 2
    assert (await desk.about("Van Dijk")).total
asyncio.run(main())
assert "icalendar" not in sys.modules and "recurring_ical_events" not in sys.modules
"""
        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], check=True, timeout=60)

    async def test_tomorrow_finds_tomorrows_meetings_ready(self, desk: Desk, laid_out: Counter) -> None:
        desk.write(*(WEEKLY.format(n) for n in range(5)))
        await desk.agenda()
        await desk.about("Van Dijk")
        laid_out.count = 0
        desk.now += timedelta(days=1)
        desk.opens()
        assert (await desk.agenda()).total == 10
        assert (await desk.about("Van Dijk")).total
        assert laid_out.count == 0

    async def test_far_ahead_does_not_lose_what_was_known(self, desk: Desk) -> None:
        desk.write(WEEKLY.format("a"))
        far = desk.now + timedelta(days=200)
        first = (await desk.agenda(start=far)).total
        await desk.about("Van Dijk")
        assert (await desk.agenda(start=far)).total == first == 2

    async def test_after_a_change_sees_it_and_keeps_the_rest(self, desk: Desk, laid_out: Counter) -> None:
        desk.write(*(WEEKLY.format(n) for n in range(5)))
        await desk.agenda()
        laid_out.count = 0
        desk.write(*(WEEKLY.format(n) for n in range(1, 5)), ONCE.format("new"))
        desk.opens()
        assert await titles(desk) == ["Van Dijk 1", "Van Dijk 2", "Van Dijk 3", "Van Dijk 4", "Van Dijk new"]
        assert laid_out.count == 1

    async def test_is_not_fooled_by_a_change_of_the_same_length_and_time(self, desk: Desk) -> None:
        path = desk.write(ONCE.format("a"))
        status = path.stat()
        assert await titles(desk) == ["Van Dijk a"]
        path.rename(path.with_suffix(".old"))
        path = desk.write(ONCE.format("b"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        desk.opens()
        assert await titles(desk) == ["Van Dijk b"]

    async def test_in_another_zone_moves_floating_times(self, desk: Desk) -> None:
        desk.write("UID:f\nDTSTART:20261124T090000\nSUMMARY:F")
        (before,) = (await desk.agenda()).records
        desk.now = desk.now.astimezone(ZoneInfo("Asia/Tokyo"))
        desk.opens()
        (after,) = (await desk.agenda()).records
        assert (before.start - after.start).total_seconds() == 8 * 3600


class TestWhatIsKept:
    async def test_is_for_the_owner_of_the_machine_alone(self, desk: Desk) -> None:
        desk.write(ONCE.format("a"))
        await desk.agenda()
        assert stat.S_IMODE((desk.store / FILE_NAME).stat().st_mode) == 0o600

    async def test_is_forgotten_with_its_event_and_its_file(self, desk: Desk) -> None:
        desk.write(ONCE.format("a"), name="a.ics")
        gone = desk.write(ONCE.format("secret"), name="b.ics")
        desk.opens({"path": str(desk.folder)})
        await desk.agenda()
        gone.unlink()
        desk.opens({"path": str(desk.folder)})
        assert await titles(desk) == ["Van Dijk a"]
        kept = sqlite3.connect(desk.store / FILE_NAME)
        for question in ("SELECT body FROM detail", "SELECT body FROM text", "SELECT name FROM file"):
            rows = kept.execute(question).fetchall()
            assert len(rows) == 1
        kept.close()
        assert not any(b"secret" in path.read_bytes() for path in desk.store.iterdir())

    async def test_is_nothing_where_nothing_may_be_kept(self, desk: Desk) -> None:
        desk.write(WEEKLY.format("a"))
        desk.store = None
        assert (await desk.agenda()).total == 2
        assert (await desk.about("Van Dijk")).total == 59


class TestADamagedIndex:
    @pytest.mark.parametrize("content", [b"", b"garbage" * 1000, b"SQLite format 3\x00" + b"\x00" * 5000])
    async def test_is_made_anew(self, desk: Desk, content: bytes, laid_out: Counter) -> None:
        desk.write(ONCE.format("a"))
        (desk.store / FILE_NAME).write_bytes(content)
        assert await titles(desk) == ["Van Dijk a"]
        laid_out.count = 0
        desk.opens()
        assert await titles(desk) == ["Van Dijk a"]
        assert laid_out.count == 0

    async def test_in_the_middle_is_made_anew(self, desk: Desk) -> None:
        desk.write(*(WEEKLY.format(n) for n in range(200)))
        await desk.agenda()
        path = desk.store / FILE_NAME
        raw = bytearray(path.read_bytes())
        raw[4096:] = bytes(len(raw) - 4096)
        path.write_bytes(raw)
        desk.opens()
        assert (await desk.agenda()).total == 400
        desk.opens()
        assert (await desk.agenda()).total == 400

    async def test_of_another_version_is_made_anew(self, desk: Desk) -> None:
        desk.write(ONCE.format("a"))
        await desk.agenda()
        kept = sqlite3.connect(desk.store / FILE_NAME)
        kept.execute("PRAGMA user_version = 999")
        kept.close()
        desk.opens()
        assert await titles(desk) == ["Van Dijk a"]


class TestAnIndexThatCannotBeUsed:
    async def test_because_another_process_writes_costs_no_answer(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("adapters.ics.index._WAIT", 0.05)
        desk.write(ONCE.format("a"))
        await desk.agenda()
        other = sqlite3.connect(desk.store / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        desk.write(ONCE.format("b"))
        desk.opens()
        assert await titles(desk) == ["Van Dijk b"]
        other.execute("ROLLBACK")
        other.close()

    async def test_because_its_folder_is_gone_costs_no_answer(self, desk: Desk) -> None:
        desk.write(ONCE.format("a"))
        desk.store = desk.store / "gone"
        assert await titles(desk) == ["Van Dijk a"]

    async def test_because_another_process_replaced_it_costs_no_answer(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = Index.piece
        desk.write(WEEKLY.format("a"))
        monkeypatch.setattr(
            Index, "piece", lambda self, file, number: None if self.kept else real(self, file, number)
        )
        assert (await desk.agenda()).total == 2

    async def test_because_it_was_deleted_between_two_pages_costs_no_answer(self, desk: Desk) -> None:
        desk.write(WEEKLY.format("a").replace("WEEKLY", "DAILY"))
        page = await desk.agenda(days=80)
        for path in desk.store.iterdir():
            path.unlink()
        window = Window(desk.now, desk.now + timedelta(days=80))
        further = await desk.adapter.upcoming(window, page.cursor, desk.request())
        assert (len(page.records), len(further.records)) == (50, 30)


class TestCallsAtOnce:
    async def test_fail_together(self, desk: Desk) -> None:
        path = desk.write(ONCE.format("a"))
        await desk.agenda()
        path.write_text("not a calendar")
        desk.opens()
        answers = await asyncio.gather(*(desk.agenda() for _ in range(3)), return_exceptions=True)
        assert all(isinstance(answer, SourceError) for answer in answers)

    async def test_do_the_work_once(self, desk: Desk, laid_out: Counter) -> None:
        desk.write(*(WEEKLY.format(n) for n in range(20)))
        desk.opens()
        pages = await asyncio.gather(*(desk.agenda() for _ in range(4)))
        assert {page.total for page in pages} == {40}
        assert laid_out.count == 20

    async def test_can_be_called_off_and_taken_up_again(
        self, desk: Desk, laid_out: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(look, "_SAVE_EVERY", 0.0)
        desk.write(*(WEEKLY.format(n) for n in range(30)))
        desk.opens()
        task = asyncio.create_task(desk.agenda())
        laid_out.at = 10, task.cancel
        with pytest.raises(asyncio.CancelledError):
            await task
        assert laid_out.count == 10
        assert (await desk.agenda()).total == 60
        assert laid_out.count == 30
