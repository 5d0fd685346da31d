"""A database is read and never changed: not by a query, not by a name, not by having been opened."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.sql.adapter import Sql
from adapters.sql.database import Database
from salesprep.adapter import ConfigInvalid, Query, Request, SourceError, Unavailable

ZUIDERPOMP = Query(ids=("1042",))


def state(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


class TestAQueryThatDoesMoreThanRead:
    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM account WHERE id IN asked_ids",
            "INSERT INTO account (id) SELECT value FROM asked_ids",
            "UPDATE account SET name = 'x' WHERE id IN asked_ids",
            "WITH gone AS (SELECT 1) DELETE FROM account WHERE id IN asked_ids",
            "DROP TABLE account -- asked_ids",
            "ATTACH 'other.sqlite' AS asked_ids",
            "PRAGMA query_only = OFF",
            "VACUUM INTO 'copy.sqlite'",
            "BEGIN IMMEDIATE",
            "SELECT id, name AS title FROM account WHERE id IN asked_ids; DROP TABLE account",
            "SELECT id, name AS title FROM account WHERE id IN asked_ids) ; DROP TABLE account; --",
            "SELECT id, name AS title FROM account WHERE id IN asked_ids; SELECT 1",
            "SELECT id, name AS title FROM account WHERE id IN asked_ids OR load_extension('x')",
            "SELECT id, name AS title FROM account, pragma_table_info('account') WHERE id IN asked_ids",
            "SELECT id, name AS title FROM account, pragma_query_only(0) WHERE id IN asked_ids",
        ],
    )
    def test_is_refused_and_named(
        self, sql: str, crm: Path, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        before = state(crm.parent)
        with pytest.raises(ConfigInvalid) as error:
            make_adapter(queries={"account": sql}).find(ZUIDERPOMP, request_)
        assert error.value.field == "queries.account"
        assert error.value.mend
        assert state(crm.parent) == before

    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM account",
            "INSERT INTO account (id) VALUES (1)",
            "CREATE TABLE x (y)",
            "CREATE TEMP TABLE x (y)",
            "ATTACH ':memory:' AS other",
            "PRAGMA query_only = OFF",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = ''",
            "VACUUM",
            "BEGIN IMMEDIATE",
        ],
    )
    def test_the_connection_itself_lets_nothing_through(self, sql: str, crm: Path, request_: Request) -> None:
        before = state(crm.parent)
        with pytest.raises((SourceError, sqlite3.DatabaseError)):
            Database(crm).read(request_, lambda connection: connection.execute(sql).fetchall())
        assert state(crm.parent) == before


class TestOtherWaysOfReading:
    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT id, name AS title FROM account WHERE id IN asked_ids;",
            "  select id, name as title from account where id in ASKED_IDS ; -- the customer; really",
            "WITH mine AS (SELECT * FROM account WHERE id IN asked_ids) SELECT id, name AS title FROM mine",
            "/* ; :x */ SELECT id, name AS title, ':y;?' AS status FROM account WHERE id IN asked_ids -- end",
            "SELECT id, (WITH RECURSIVE n(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM n LIMIT 3)"
            " SELECT group_concat(k) FROM n) AS title FROM account WHERE id IN asked_ids",
        ],
    )
    def test_are_let_through(self, sql: str, make_adapter: Callable[..., Sql], request_: Request) -> None:
        page = make_adapter(queries={"account": sql}).find(ZUIDERPOMP, request_)
        assert [account.id for account in page.records] == ["1042"]

    def test_full_text_search(
        self, make_adapter: Callable[..., Sql], change: Callable[..., None], request_: Request
    ) -> None:
        change("CREATE VIRTUAL TABLE words USING fts5(body)")
        change("INSERT INTO words (rowid, body) VALUES (1042, 'pompen en kleppen')")
        sql = (
            "SELECT id, name AS title FROM account WHERE id IN asked_ids"
            " AND id IN (SELECT rowid FROM words WHERE words MATCH 'kleppen')"
        )
        [account] = make_adapter(queries={"account": sql}).find(ZUIDERPOMP, request_).records
        assert account.id == "1042"


@contextmanager
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


@pytest.fixture
def wal(crm: Path) -> Path:
    """The CRM in WAL mode, closed by its last user."""
    with writer(crm) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return crm


class TestADatabaseInWalMode:
    def test_at_rest_is_read_without_a_trace(self, wal: Path, adapter: Sql, request_: Request) -> None:
        before = state(wal.parent)
        assert adapter.find(ZUIDERPOMP, request_).records
        assert state(wal.parent) == before
        assert list(before) == ["crm.sqlite"]

    def test_in_use_shows_what_is_only_in_the_log_yet(
        self, wal: Path, adapter: Sql, request_: Request
    ) -> None:
        with writer(wal) as crm:
            crm.execute("UPDATE account SET name = 'Renamed' WHERE id = 1042")
            assert [a.title for a in adapter.find(ZUIDERPOMP, request_).records] == ["Renamed"]
            crm.execute("UPDATE account SET name = 'Again' WHERE id = 1042")
            assert [a.title for a in adapter.find(ZUIDERPOMP, request_).records] == ["Again"]
        assert [path.name for path in wal.parent.iterdir()] == ["crm.sqlite"], "the CRM tidied up as ever"
        assert [a.title for a in adapter.find(ZUIDERPOMP, request_).records] == ["Again"]

    def test_a_change_in_the_middle_of_reading_is_read_again(self, wal: Path, request_: Request) -> None:
        seen = []

        def work(connection: sqlite3.Connection) -> bytes:
            [[name]] = connection.execute("SELECT name FROM account WHERE id = 1042").fetchall()
            seen.append(name)
            if len(seen) == 1:
                with writer(wal) as crm:
                    crm.execute("UPDATE account SET name = 'Renamed' WHERE id = 1042")
            return bytes(name)

        assert Database(wal).read(request_, work) == b"Renamed"
        assert len(seen) == 2

    def test_trouble_from_a_change_in_the_middle_is_no_trouble(self, wal: Path, request_: Request) -> None:
        tries = []

        def work(connection: sqlite3.Connection) -> str:
            tries.append(1)
            if len(tries) == 1:
                with writer(wal) as crm:
                    crm.execute("DELETE FROM ticket")
                raise sqlite3.DatabaseError("malformed")
            return "read"

        assert Database(wal).read(request_, work) == "read"

    def test_one_that_is_never_at_rest_is_given_up(self, wal: Path, request_: Request) -> None:
        def work(connection: sqlite3.Connection) -> None:
            with writer(wal) as crm:
                crm.execute("UPDATE account SET staff = staff + 1")

        with pytest.raises(Unavailable, match="being written to"):
            Database(wal).read(request_, work)

    def test_a_log_left_behind_gets_no_index_file_from_us(
        self, wal: Path, adapter: Sql, request_: Request
    ) -> None:
        with writer(wal) as crm:
            crm.execute("UPDATE account SET name = 'Renamed' WHERE id = 1042")
            left = {p.name: p.read_bytes() for p in wal.parent.iterdir() if not p.name.endswith("-shm")}
        for name, content in left.items():
            (wal.parent / name).write_bytes(content)
        before = state(wal.parent)
        with pytest.raises(Unavailable, match="in the middle of a change"):
            adapter.find(ZUIDERPOMP, request_)
        assert state(wal.parent) == before
