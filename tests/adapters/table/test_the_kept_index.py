"""What is kept of a table: read once, gone on with, thrown away when it is old or damaged."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from adapters.table.adapter import Tables
from adapters.table.build import alive
from salesprep.adapter import BadData, DeadlineExceeded, Kind, Page, Query, Record, Request

ACME = Query(names=("Acme",))
COLUMNS = {"title": "Wat", "organisation": "Firm", "at": "Datum"}


@pytest.fixture
def big(csv_file: Callable[..., Path]) -> Path:
    lines = [
        f"{'Acme' if n % 200 == 0 else f'Firm {n}'};call {n};{1 + n % 28:02}-05-2026" for n in range(3_000)
    ]
    return csv_file("Firm;Wat;Datum\n" + "\n".join(lines) + "\n", name="calls.csv")


@pytest.fixture
def big_workbook(xlsx: Callable[..., Path]) -> Path:
    rows: list[list[object]] = [["Firm", "Wat", "Datum"]]
    rows += [["Acme" if n % 200 == 0 else f"Firm {n}", f"call {n}", "01-05-2026"] for n in range(3_000)]
    return xlsx({"S": rows}, name="calls.xlsx")


@pytest.fixture
def calls(make_adapter: Callable[..., Tables]) -> Callable[..., Tables]:
    """The adapter on a table of calls."""

    def make(path: Path) -> Tables:
        return make_adapter(activity={"path": str(path), "columns": COLUMNS})

    return make


@pytest.fixture
def time_runs_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
    """From now on each question has time for so many steps only, whatever the clock says."""
    monkeypatch.setattr("adapters.table.build._BATCH", 400)

    def set_to(steps: int | None) -> None:
        def few(request: Request) -> Callable[[], None]:
            left = steps or 0

            def step() -> None:
                nonlocal left
                left -= 1
                if left < 0:
                    raise DeadlineExceeded("no answer in time")

            return step

        monkeypatch.setattr("adapters.table.adapter.alive", alive if steps is None else few)

    return set_to


def _titles(page: Page[Record]) -> list[str]:
    return sorted(record.title for record in page.records)


class TestTheSecondLook:
    def test_does_not_read_the_file(self, big: Path, calls: Callable[..., Tables], request_: Request) -> None:
        first = calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        status = big.stat()
        # The same state outside, other words inside: whoever reads it again is found out.
        big.write_bytes(big.read_bytes().replace(b"call", b"CALL"))
        os.utime(big, ns=(status.st_atime_ns, status.st_mtime_ns))
        again = calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        assert _titles(again) == _titles(first)
        assert len(again.records) == 15

    def test_reads_a_file_that_changed(
        self, big: Path, calls: Callable[..., Tables], request_: Request, store: Path
    ) -> None:
        calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        kept = set(store.iterdir())
        big.write_text("Firm;Wat;Datum\nAcme;new;2026-01-01\n", encoding="utf-8")
        assert _titles(calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)) == ["new"]
        # What has left the table is not left lying about.
        assert not kept & set(store.iterdir())

    def test_reads_it_with_other_columns_of_the_settings(
        self, big: Path, make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        for title in ("Wat", "Datum"):
            adapter = make_adapter(activity={"path": str(big), "columns": {**COLUMNS, "title": title}})
            page = adapter.fetch(ACME, Kind.ACTIVITY, None, request_)
            assert page.records[0].title.startswith("call" if title == "Wat" else "0") or title == "Datum"

    def test_reads_dates_otherwise_without_reading_the_file(
        self,
        csv_file: Callable[..., Path],
        make_adapter: Callable[..., Tables],
        request_: Request,
        store: Path,
    ) -> None:
        path = csv_file("Firm;Wat;Datum\nAcme;a;03/04/2026\n")
        kept = []
        for order, month in (("D-M-Y", 4), ("M-D-Y", 3)):
            table = {"path": str(path), "columns": COLUMNS, "dates": order}
            page = make_adapter(activity=table).fetch(ACME, Kind.ACTIVITY, None, request_)
            assert page.records[0].at is not None
            assert page.records[0].at.month == month
            kept.append([file.name for file in store.iterdir()])
        assert kept[0] == kept[1]


class TestWhatIsKept:
    def test_is_for_its_owner_alone(
        self, big: Path, calls: Callable[..., Tables], request_: Request, store: Path
    ) -> None:
        calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        (file,) = store.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_is_nothing_where_nothing_may_be_kept(
        self, big: Path, calls: Callable[..., Tables], make_request: Callable[..., Request], store: Path
    ) -> None:
        adapter = calls(big)
        for _ in range(2):
            page = adapter.fetch(ACME, Kind.ACTIVITY, None, make_request(keep=False))
            assert len(page.records) == 15
        assert list(store.iterdir()) == []
        adapter.close()

    def test_has_a_limit_where_it_is_held_in_memory(
        self,
        big: Path,
        calls: Callable[..., Tables],
        make_request: Callable[..., Request],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("adapters.table.index._MOST_PAGES_IN_MEMORY", 20)
        with pytest.raises(BadData, match="too large") as caught:
            calls(big).fetch(ACME, Kind.ACTIVITY, None, make_request(keep=False))
        assert "keep" in str(caught.value.mend)


class TestAnIndexThatCannotBeUsed:
    @pytest.mark.parametrize("damage", ["garbage", "cut", "other"])
    def test_is_made_anew(
        self, damage: str, big: Path, calls: Callable[..., Tables], request_: Request, store: Path
    ) -> None:
        calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        (file,) = store.iterdir()
        if damage == "garbage":
            file.write_bytes(b"no database" * 1000)
        elif damage == "cut":
            file.write_bytes(file.read_bytes()[:20_000])
        else:
            file.unlink()
            with closing(sqlite3.connect(file)) as other:
                other.execute("CREATE TABLE progress (body TEXT)")
                other.execute("INSERT INTO progress VALUES ('{\"strange\": 1}')")
                other.commit()
        for _ in range(2):
            assert len(calls(big).fetch(ACME, Kind.ACTIVITY, None, request_).records) == 15

    def test_because_another_program_has_it_is_done_without(
        self, big: Path, calls: Callable[..., Tables], request_: Request, store: Path
    ) -> None:
        calls(big).fetch(ACME, Kind.ACTIVITY, None, request_)
        (file,) = store.iterdir()
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            adapter = calls(big)
            assert len(adapter.fetch(ACME, Kind.ACTIVITY, None, request_).records) == 15
            adapter.close()

    def test_because_the_folder_is_gone_is_done_without(
        self, big: Path, calls: Callable[..., Tables], request_: Request, store: Path
    ) -> None:
        store.rmdir()
        adapter = calls(big)
        assert len(adapter.fetch(ACME, Kind.ACTIVITY, None, request_).records) == 15
        adapter.close()


class TestWhenTimeRunsOut:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_next_question_goes_on_from_there(
        self,
        kind: str,
        big: Path,
        big_workbook: Path,
        calls: Callable[..., Tables],
        request_: Request,
        time_runs_out: Callable[[int | None], None],
    ) -> None:
        path = big if kind == "csv" else big_workbook
        stops: list[str] = []
        for steps in range(300):
            time_runs_out(steps)
            try:
                calls(path).fetch(ACME, Kind.ACTIVITY, None, request_)
            except DeadlineExceeded as error:
                stops.append(error.what)
            else:
                break
        else:
            pytest.fail("never came to the end")
        assert all(f"{path.name} is read for the first time" in stop for stop in stops)
        rows = [int(stop.partition(": ")[2].split()[0].replace(",", "")) for stop in stops]
        assert rows == sorted(rows)
        assert len(set(rows)) >= 3
        time_runs_out(None)
        page = calls(path).fetch(ACME, Kind.ACTIVITY, None, request_)
        assert _titles(page) == sorted(f"call {n}" for n in range(0, 3_000, 200))
        assert page.total == 15

    def test_where_nothing_may_be_kept_the_adapter_itself_goes_on(
        self,
        big: Path,
        calls: Callable[..., Tables],
        make_request: Callable[..., Request],
        time_runs_out: Callable[[int | None], None],
    ) -> None:
        adapter = calls(big)
        time_runs_out(1)
        with pytest.raises(DeadlineExceeded):
            adapter.fetch(ACME, Kind.ACTIVITY, None, make_request(keep=False))
        time_runs_out(None)
        assert len(adapter.fetch(ACME, Kind.ACTIVITY, None, make_request(keep=False)).records) == 15
        adapter.close()

    def test_a_deadline_that_is_over_is_kept_to(
        self, big: Path, calls: Callable[..., Tables], make_request: Callable[..., Request]
    ) -> None:
        with pytest.raises(DeadlineExceeded):
            calls(big).fetch(ACME, Kind.ACTIVITY, None, make_request(0.0))
