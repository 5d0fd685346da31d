"""What calling a source comes to in figures: in this run, and for a command that starts anew."""

from __future__ import annotations

import asyncio
import json
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep import machine
from salesprep.adapter import BadData, ConfigInvalid, Kind, Page, Query, RateLimited, Record, Unavailable
from salesprep.sources import Answer, Ask, Host, books
from salesprep.sources.figures import LAST, NO_FIGURES, Call, Figures, Tally, figures
from salesprep.sources.ledger import LONGEST, Ledger

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CUSTOMER, SECRET = "Bakkerij-Kanarie", "hunter2-Zwaluw"


LINES = st.dictionaries(
    st.sampled_from(["run", "of", "at", "ms", "answered", "code", "sought", "hits", "not_before"]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("0a"),
).map(json.dumps)
"""Lines of the file as another program may have left them."""


def calls(*took: float, code: str | None = None) -> list[Call]:
    return [Call(NOON + timedelta(seconds=n), ms, code is None, code) for n, ms in enumerate(took)]


def files(lab: Any) -> dict[str, str]:
    folder = lab.folder / "state" / "figures"
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*"))}


async def soon(seen: Callable[[], bool]) -> bool:
    """Whether it comes to be so."""
    for _ in range(500):
        if seen():
            return True
        await asyncio.sleep(0.01)
    return False


def recalled(host: Host, source: str) -> Figures:
    host.recall()
    return host.standing(source).figures


class TestTheFigures:
    def test_of_nothing_are_nothing(self) -> None:
        assert Tally().figures() == NO_FIGURES
        assert figures(()) == NO_FIGURES

    def test_tell_what_half_and_nearly_all_answers_took_no_longer_than(self) -> None:
        told = figures(calls(*range(1, 101)))
        assert (told.answers, told.p50_ms, told.p95_ms) == (100, 50, 95)
        assert (figures(calls(7)).p50_ms, figures(calls(7)).p95_ms) == (7, 7)

    def test_count_no_failure_among_the_answers(self) -> None:
        told = figures([*calls(10, 20), *calls(8000, code="deadline_exceeded")])
        assert (told.calls, told.answers, told.p95_ms) == (3, 2, 20)
        assert told.errors == (("deadline_exceeded", 1),)

    def test_name_the_most_frequent_error_first(self) -> None:
        told = figures([*calls(1, code="bad_data"), *calls(1, 1, code="unavailable")])
        assert told.errors == (("unavailable", 2), ("bad_data", 1))

    def test_are_of_the_last_calls(self) -> None:
        told = figures(calls(*[9000] * 50, *[1] * LAST))
        assert (told.calls, told.p95_ms) == (LAST, 1)

    def test_of_this_run_follow_those_before(self) -> None:
        tally = Tally()
        tally.hit()
        tally.add(Call(NOON, 30, True))
        tally.hit()
        told = tally.figures(calls(10, 20))
        assert (told.answers, told.p50_ms, told.hits, told.misses) == (3, 20, 2, 3)


class TestASourceThatIsAsked:
    async def test_counts_answers_errors_and_what_memory_had(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        steps: list[Page[Record] | Exception] = [page(), Unavailable("away"), BadData("garbled")]

        async def answer(*_arguments: Any) -> Page[Record]:
            step = steps.pop(0)
            if isinstance(step, Exception):
                raise step
            return step

        host = lab.host(lab.script("crm", fetch=answer))
        await fetch(host, "crm")
        await fetch(host, "crm")  # out of memory
        for _ in range(2):
            lab.clock.forward(hours=1)
            await fetch(host, "crm", fresh=True)
        told = host.standing("crm").figures
        assert (told.calls, told.answers, told.hits, told.misses) == (3, 1, 1, 1)
        assert dict(told.errors) == {"unavailable": 1, "bad_data": 1}
        assert told.last_code == "bad_data"
        assert told.last_success is not None
        assert told.last_call is not None
        assert told.last_call - told.last_success == timedelta(hours=2)
        assert told.p50_ms is not None
        assert told.p50_ms > 0

    async def test_counts_what_came_too_late_once(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                pass  # goes on, and comes back with an answer that nobody waits for
            return page()

        host = lab.host(lab.script("crm", fetch=answer))
        await fetch(host, "crm", 0.1)
        assert await soon(lambda: host.standing("crm").answered_at is not None), "the late answer"
        told = host.standing("crm").figures
        assert (told.calls, told.answers, told.errors) == (1, 0, (("deadline_exceeded", 1),))

    async def test_counts_a_part_that_could_not_be_read(self, lab: Any, fetch: Fetch, page: MakePage) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            return replace(page(), failure=ConfigInvalid("b.ics is not there").failure())

        host = lab.host(lab.script("calendar", fetch=answer))
        await fetch(host, "calendar")
        told = host.standing("calendar").figures
        assert (told.answers, told.errors) == (1, (("config_invalid", 1),))

    async def test_counts_nothing_that_was_not_asked(self, lab: Any, fetch: Fetch) -> None:
        host = lab.host(lab.script("crm", manifest={"hosts": ["crm.example"]}), offline=True)
        await fetch(host, "crm")
        assert host.standing("crm").figures == NO_FIGURES

    async def test_that_failed_too_often_is_left_alone(self, lab: Any, fetch: Fetch) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            raise Unavailable("away")

        host = lab.host(lab.script("crm", fetch=answer))
        assert host.standing("crm").breaker == "closed"
        for _ in range(5):
            await fetch(host, "crm")
        standing = host.standing("crm")
        assert standing.breaker == "open"
        assert standing.figures.calls == 3

    async def test_that_said_when_is_held(self, lab: Any, fetch: Fetch) -> None:
        until = lab.clock() + timedelta(minutes=20)

        async def answer(*_arguments: Any) -> Page[Record]:
            raise RateLimited("asked too often", retry_at=until)

        host = lab.host(lab.script("crm", fetch=answer))
        await fetch(host, "crm")
        assert host.standing("crm").breaker == "held"
        assert host.standing("crm").figures.not_before == until


class TestACommandThatStartsAnew:
    @pytest.fixture
    def source(self, lab: Any, page: MakePage) -> Any:
        async def answer(*_arguments: Any) -> Page[Record]:
            return page()

        return lab.script("crm", fetch=answer)

    async def test_knows_what_earlier_runs_saw(self, lab: Any, fetch: Fetch, source: Any) -> None:
        for _ in range(2):
            host = lab.host(source)
            await fetch(host, "crm")
            await host.close()
        told = recalled(lab.host(source), "crm")
        assert (told.calls, told.answers, told.last_call) == (2, 2, lab.clock())

    async def test_counts_no_call_twice(self, lab: Any, fetch: Fetch, source: Any) -> None:
        host = lab.host(source)
        await fetch(host, "crm")
        await host.close()
        assert recalled(host, "crm").calls == 1

    async def test_begins_anew_where_the_settings_have_changed(
        self, lab: Any, fetch: Fetch, source: Any
    ) -> None:
        host = lab.host(source)
        await fetch(host, "crm")
        await host.close()
        changed = replace(source, config={**source.config, "path": "elsewhere"})
        assert recalled(lab.host(changed), "crm") == NO_FIGURES
        assert recalled(lab.host(source), "crm").calls == 1

    async def test_takes_no_call_that_was_made_later_than_now(
        self, lab: Any, fetch: Fetch, source: Any
    ) -> None:
        host = lab.host(source)
        await fetch(host, "crm")
        await host.close()
        lab.clock.forward(hours=-2)
        assert recalled(lab.host(source), "crm") == NO_FIGURES

    async def test_keeps_what_the_source_said_about_being_asked_again(self, lab: Any, fetch: Fetch) -> None:
        until = lab.clock() + timedelta(minutes=20)

        async def answer(*_arguments: Any) -> Page[Record]:
            raise RateLimited("asked too often", retry_at=until)

        source = lab.script("crm", fetch=answer)
        host = lab.host(source)
        await fetch(host, "crm")
        await host.close()
        assert recalled(lab.host(source), "crm").not_before == until

    async def test_finds_nothing_of_a_source_of_which_nothing_is_kept(
        self, lab: Any, fetch: Fetch, source: Any
    ) -> None:
        private = replace(source, name="private", keep="nothing")
        host = lab.host(source, private)
        for name in ("crm", "private"):
            await fetch(host, name)
            assert host.standing(name).figures.calls == 1
        await host.close()
        assert list(files(lab)) == ["crm.jsonl"]

    async def test_need_not_wait_until_another_one_has_ended(
        self, lab: Any, fetch: Fetch, source: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(books, "_PAUSE", 0.01)
        goes_on = lab.host(source)
        await fetch(goes_on, "crm")
        other = lab.host(source)
        assert await soon(lambda: recalled(other, "crm").calls == 1)
        await fetch(goes_on, "crm", fresh=True)
        assert await soon(lambda: recalled(other, "crm").calls == 2)

    async def test_costs_no_briefing_where_nothing_can_be_written(
        self, lab: Any, fetch: Fetch, source: Any
    ) -> None:
        (lab.folder / "state").write_text("a file where the folder should be")
        host = lab.host(source)
        assert (await fetch(host, "crm")).state == "fresh"
        await host.close()
        assert recalled(host, "crm").calls == 1

    async def test_is_held_up_by_no_disk_that_hangs(
        self, lab: Any, fetch: Fetch, source: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hangs = threading.Event()
        monkeypatch.setattr(machine, "append_line", lambda *_arguments: hangs.wait(30))
        host = lab.host(source)
        await fetch(host, "crm")
        await asyncio.wait_for(host.close(), 10)
        assert not hangs.is_set()
        hangs.set()


class TestWhatIsWritten:
    async def test_is_one_file_for_each_source_that_its_user_alone_can_reach(
        self, lab: Any, fetch: Fetch, page: MakePage
    ) -> None:
        async def answer(*_arguments: Any) -> Page[Record]:
            return page()

        host = lab.host(lab.script("crm", fetch=answer), lab.script("wiki", fetch=answer))
        await fetch(host, "crm")
        await fetch(host, "wiki")
        await host.close()
        assert list(files(lab)) == ["crm.jsonl", "wiki.jsonl"]
        for folder in (lab.folder / "state", lab.folder / "state" / "figures"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    async def test_holds_durations_codes_and_times_alone(
        self, lab: Any, page: MakePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TOKEN", SECRET)
        steps: list[Page[Record] | Exception] = [
            page(CUSTOMER, body=CUSTOMER),
            BadData(f"{CUSTOMER} {SECRET}", mend=CUSTOMER, field=CUSTOMER),
            ValueError(SECRET),
        ]

        async def answer(*_arguments: Any) -> Page[Record]:
            step = steps.pop(0)
            if isinstance(step, Exception):
                raise step
            return step

        source = lab.script(
            "crm", fetch=answer, config={"token": "env:TOKEN"}, manifest={"secrets": ["token"]}
        )
        host = lab.host(source)
        ask = Ask("fetch", Query(names=(CUSTOMER,)), Kind.ACTIVITY)
        for _ in range(3):
            await host.ask("crm", ask, deadline=time.monotonic() + 5, fresh=True)
        await host.close()
        (text,) = files(lab).values()
        lines = [json.loads(line) for line in text.splitlines()]
        assert [line.get("code") for line in lines] == [None, "bad_data", "adapter_bug"]
        for line in lines:
            assert line.keys() <= {"run", "of", "at", "ms", "answered", "code", "sought"}
            assert isinstance(line["at"], int)
            assert isinstance(line["ms"], float)
        assert CUSTOMER not in text
        assert SECRET not in text
        assert str(lab.folder) not in text

    def test_stays_small(self, tmp_path: Path) -> None:
        ledger = Ledger(tmp_path)
        for _ in range(40):
            ledger.write("crm", "0a", calls(*[1234.5] * 50, code="deadline_exceeded"))
        assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 3 * LONGEST
        assert len(Ledger(tmp_path).read("crm", "0a", NOON + timedelta(days=1))) == LAST

    def test_names_no_error_that_the_contract_does_not_know(self, tmp_path: Path) -> None:
        ledger = Ledger(tmp_path)
        ledger.write("crm", "0a", [*calls(1, code="bakkerij_kanarie"), *calls(2, code="bad_data")])
        (found,) = Ledger(tmp_path).read("crm", "0a", NOON + timedelta(days=1))
        assert found.code == "bad_data"

    @given(st.lists(st.text(max_size=60) | LINES, max_size=8))
    def test_may_be_damaged_in_any_way(self, lines: list[str]) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "crm.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
            Ledger(folder).write("crm", "0a", calls(12))
            found = Ledger(folder).read("crm", "0a", NOON + timedelta(days=1))
            assert found[-1:] == tuple(calls(12))
            figures(found)
