"""A database that is locked, damaged, gone or closed to us: what the reader is told, and who mends it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from adapters.sql.adapter import Sql
from salesprep.adapter import (
    BadData,
    ConfigInvalid,
    DeadlineExceeded,
    Kind,
    Query,
    Request,
    SourceError,
    Unavailable,
)

ZUIDERPOMP = Query(ids=("1042",))
BOMB = (
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS id, i AS title, i AS account_id FROM n WHERE i IN asked_ids AND i < 0"
)


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def trouble(adapter: Sql, request: Request) -> SourceError:
    with pytest.raises(SourceError) as error:
        adapter.find(ZUIDERPOMP, request)
    assert error.value.mend, "who mends it must know how"
    return error.value


class TestLocked:
    def test_is_said_and_passes_by_itself(
        self, crm: Path, adapter: Sql, make_request: Callable[..., Request]
    ) -> None:
        with exclusively(crm):
            error = trouble(adapter, make_request(0.2))
        assert isinstance(error, Unavailable)
        assert error.what == "crm.sqlite is locked by another program"
        assert error.actor == "nobody"
        assert adapter.find(ZUIDERPOMP, make_request()).records

    def test_is_not_waited_for_beyond_the_deadline(
        self, crm: Path, adapter: Sql, make_request: Callable[..., Request]
    ) -> None:
        request = make_request(0.4)
        with exclusively(crm):
            trouble(adapter, request)
        assert request.left() > 0


class TestGone:
    def test_file_and_mend_are_named(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.unlink()
        error = trouble(adapter, request_)
        assert isinstance(error, ConfigInvalid)
        assert error.actor == "admin"
        assert error.field is None, "no key is wrong: what it leads to is"
        assert error.what == "crm.sqlite is not there"

    def test_a_folder_in_its_place(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.unlink()
        crm.mkdir()
        assert trouble(adapter, request_).what == "crm.sqlite is a folder"

    def test_its_folder_too(self, crm: Path, adapter: Sql, request_: Request) -> None:
        shutil.rmtree(crm.parent)
        assert trouble(adapter, request_).what == "crm.sqlite is not there"

    def test_no_empty_database_is_made_instead(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.unlink()
        trouble(adapter, request_)
        assert list(crm.parent.iterdir()) == []

    def test_back_again_it_is_read(self, crm: Path, adapter: Sql, request_: Request) -> None:
        away = crm.rename(crm.with_name("away"))
        trouble(adapter, request_)
        away.rename(crm)
        assert adapter.find(ZUIDERPOMP, request_).records

    def test_one_put_in_its_place_is_read_at_once(self, crm: Path, adapter: Sql, request_: Request) -> None:
        adapter.find(ZUIDERPOMP, request_)
        newer = crm.with_name("newer")
        shutil.copy(crm, newer)
        with closing(sqlite3.connect(newer)) as connection, connection:
            connection.execute("UPDATE account SET name = 'Newer'")
        newer.replace(crm)
        assert adapter.find(ZUIDERPOMP, request_).records[0].title == "Newer"


class TestDamaged:
    def test_something_else_is_no_database(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.write_text("id;name\n1042;Zuiderpomp\n" * 100, encoding="utf-8")
        error = trouble(adapter, request_)
        assert isinstance(error, BadData)
        assert error.what == "crm.sqlite is not a SQLite database"

    def test_an_empty_file(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.write_bytes(b"")
        assert trouble(adapter, request_).what == "crm.sqlite is empty"

    def test_the_beginning_of_a_header(self, crm: Path, adapter: Sql, request_: Request) -> None:
        crm.write_bytes(b"SQLite format 3\x00")
        assert isinstance(trouble(adapter, request_), BadData)

    def test_half_a_file(self, crm: Path, adapter: Sql, request_: Request) -> None:
        whole = crm.read_bytes()
        crm.write_bytes(whole[:5_000])
        error = trouble(adapter, request_)
        assert isinstance(error, BadData)
        assert error.what == "crm.sqlite is damaged"
        assert error.actor == "admin"

    @pytest.mark.parametrize("seed", range(25))
    def test_flipped_bytes_are_read_or_told_but_never_crash(
        self, seed: int, crm: Path, adapter: Sql, make_request: Callable[..., Request]
    ) -> None:
        content = bytearray(crm.read_bytes())
        chance = random.Random(seed)
        for _ in range(chance.choice((1, 20, 400))):
            content[chance.randrange(100, len(content))] = chance.randrange(256)
        crm.write_bytes(content)
        for kind in (Kind.ACCOUNT, Kind.ACTIVITY, Kind.TICKET):
            with suppress(SourceError):
                adapter.fetch(ZUIDERPOMP, kind, None, make_request(5.0))

    def test_a_change_that_was_never_finished(self, crm: Path, adapter: Sql, request_: Request) -> None:
        with closing(sqlite3.connect(crm, isolation_level=None)) as other:
            other.execute("PRAGMA cache_size = 1")
            other.execute("PRAGMA cache_spill = ON")
            other.execute("BEGIN")
            other.execute(
                "INSERT INTO activity (account_id, body) WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL"
                " SELECT i + 1 FROM n LIMIT 3000) SELECT i, hex(randomblob(100)) FROM n"
            )
            journal = crm.with_name("crm.sqlite-journal").read_bytes()
            half = crm.read_bytes()
            other.execute("ROLLBACK")
        crm.with_name("crm.sqlite-journal").write_bytes(journal)
        crm.write_bytes(half)
        error = trouble(adapter, request_)
        assert isinstance(error, Unavailable)
        assert error.what == "crm.sqlite was left in the middle of a change"
        assert crm.read_bytes() == half


class TestSlow:
    def test_a_query_without_end_ends_at_the_deadline(
        self, make_adapter: Callable[..., Sql], make_request: Callable[..., Request]
    ) -> None:
        adapter = make_adapter(queries={"task": BOMB})
        with pytest.raises(DeadlineExceeded) as error:
            adapter.fetch(ZUIDERPOMP, Kind.TASK, None, make_request(0.2))
        assert error.value.may_show_old
        assert adapter.fetch(ZUIDERPOMP, Kind.PERSON, None, make_request()).records == ()

    def test_a_count_without_end_costs_the_total_only(
        self, make_adapter: Callable[..., Sql], make_request: Callable[..., Request]
    ) -> None:
        endless = BOMB.replace(" AND i < 0", " OR i > 0")
        adapter = make_adapter(queries={"task": endless})
        page = adapter.fetch(ZUIDERPOMP, Kind.TASK, None, make_request(0.3))
        assert len(page.records) == 50
        assert page.total is None

    def test_a_huge_value_is_not_taken_in(
        self, make_adapter: Callable[..., Sql], change: Callable[..., None], request_: Request
    ) -> None:
        change("UPDATE activity SET body = hex(zeroblob(5000000))")
        adapter = make_adapter()
        with pytest.raises(BadData) as error:
            adapter.fetch(ZUIDERPOMP, Kind.ACTIVITY, None, request_)
        assert error.value.mend is not None
        assert "substr" in error.value.mend


class TestCheck:
    def test_all_is_well(self, adapter: Sql, request_: Request) -> None:
        checks = adapter.check(request_)
        assert [check.outcome for check in checks] == ["passed"] * 10
        assert checks[0].what == "crm.sqlite can be read"

    def test_a_database_that_is_gone_skips_the_queries(
        self, crm: Path, adapter: Sql, request_: Request
    ) -> None:
        crm.unlink()
        first, *others = adapter.check(request_)
        assert (first.outcome, first.what) == ("failed", "crm.sqlite is not there")
        assert first.mend
        assert {check.outcome for check in others} == {"skipped"}

    def test_a_lock_proves_nothing(
        self, crm: Path, adapter: Sql, make_request: Callable[..., Request]
    ) -> None:
        with exclusively(crm):
            assert adapter.check(make_request(0.2))[0].outcome == "indeterminate"

    def test_one_wrong_query_is_named_and_the_others_pass(
        self, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        person = "SELECT id, name AS title, account_id FROM person WHERE account_id IN asked_ids"
        task = "SELECT id, nam AS title, account_id FROM task WHERE account_id IN asked_ids"
        checks = {c.name: c for c in make_adapter(queries={"person": person, "task": task}).check(request_)}
        assert checks["query person"].outcome == "passed"
        assert checks["query task"].outcome == "failed"
        assert checks["query task"].what == "query task: no such column: nam"

    def test_a_slow_query_proves_nothing(
        self, make_adapter: Callable[..., Sql], make_request: Callable[..., Request]
    ) -> None:
        checks = make_adapter(queries={"task": BOMB}).check(make_request(0.2))
        assert [check.outcome for check in checks] == ["passed", "indeterminate"]

    def test_without_queries_there_is_nothing_to_ask(
        self, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        assert make_adapter(queries={}).check(request_)[1].outcome == "failed"
