"""A customer is found though the query compares letters and the name was typed otherwise; among many, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import called
from adapters.sql.adapter import Sql
from salesprep.adapter import DeadlineExceeded, Query, Request

MISSPELT = Query(names=("Zuyderpomp Instalaties",))


def _ids(adapter: Sql, query: Query, request: Request) -> list[str]:
    return [account.id for account in adapter.find(query, request).records]


class TestAmongAFew:
    @pytest.mark.parametrize("typed", ["Zuyderpomp Instalaties", "ZuiderpompInstallaties", "Zuider pomp"])
    def test_another_spelling_finds(self, typed: str, adapter: Sql, request_: Request) -> None:
        assert "1042" in _ids(adapter, Query(names=(typed,)), request_)

    def test_nothing_is_kept(
        self, adapter: Sql, make_request: Callable[..., Request], tmp_path: Path
    ) -> None:
        store = tmp_path / "store"
        store.mkdir()
        assert "1042" in _ids(adapter, MISSPELT, make_request(store=store))
        assert list(store.iterdir()) == []

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT id, name AS title FROM account WHERE id IN asked_ids",
            "SELECT id, name AS title FROM account WHERE name IN (SELECT name FROM asked_names)",
            "SELECT id, name AS title FROM account"
            " WHERE id IN asked_ids OR name IN (SELECT name FROM asked_names)",
        ],
    )
    def test_a_query_that_cannot_tell_all_names_is_asked_as_it_is(
        self, sql: str, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        adapter = make_adapter(queries={"account": sql})
        assert _ids(adapter, MISSPELT, request_) == []
        known = Query(names=("Zuiderpomp Installaties B.V.",), ids=("1042",))
        assert _ids(adapter, known, request_) == ["1042"]

    def test_an_account_without_a_name_costs_itself(
        self, change: Callable[..., None], adapter: Sql, request_: Request
    ) -> None:
        change("INSERT INTO account (id, name, aliases) VALUES (2002, NULL, '[\"Zuyderpomp\"]')")
        assert "1042" in _ids(adapter, MISSPELT, request_)


class TestAmongMany:
    @pytest.fixture(autouse=True)
    def many(self, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]) -> None:
        """Three hundred accounts more, and a hundred are many."""
        monkeypatch.setattr(called, "LONG", 100)
        change(
            "INSERT INTO account (id, name, website) WITH RECURSIVE n(i) AS (VALUES (3000) UNION ALL"
            " SELECT i + 1 FROM n LIMIT 300) SELECT i, 'Firma ' || i, 'www.firma' || i || '.example' FROM n"
        )

    @pytest.fixture
    def store(self, tmp_path: Path) -> Path:
        path = tmp_path / "store"
        path.mkdir(mode=0o700)
        return path

    @pytest.fixture
    def kept(self, make_request: Callable[..., Request], store: Path) -> Request:
        return make_request(store=store)

    @pytest.fixture
    def later(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        """An index does not serve on any more once the database has changed."""
        return lambda: monkeypatch.setattr(called, "_rests", lambda path, request: False)

    def test_another_spelling_finds(self, adapter: Sql, kept: Request, store: Path) -> None:
        for _ in range(2):
            assert _ids(adapter, MISSPELT, kept)[0] == "1042"
        assert [file.name for file in store.iterdir()] == ["accounts.names"]

    def test_the_likeliest_of_many_are_told_wherever_the_query_puts_them(
        self, adapter: Sql, kept: Request, change: Callable[..., None]
    ) -> None:
        change("UPDATE account SET name = 'Holding ' || id || ' Pompservice' WHERE id >= 3000")
        change("INSERT INTO account (id, name) VALUES (9000, 'Holding Pomservice')")
        assert _ids(adapter, Query(names=("Holdings Pompservice",)), kept)[0] == "9000"

    def test_so_do_ids_domains_and_addresses(self, adapter: Sql, kept: Request) -> None:
        assert _ids(adapter, Query(names=("x",), ids=("3007",)), kept) == ["3007"]
        assert _ids(adapter, Query(domains=("FIRMA3009.example",)), kept) == ["3009"]
        assert "1042" in _ids(adapter, Query(names=("x",), emails=("Info@Zuiderpomp.example",)), kept)

    def test_only_the_rows_that_are_needed_are_asked_for(
        self, adapter: Sql, kept: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _ids(adapter, MISSPELT, kept)
        monkeypatch.setattr(called, "_looked_through", _must_not)
        monkeypatch.setattr(called, "_fill", _must_not)
        assert _ids(adapter, MISSPELT, kept) == ["1042"]

    def test_where_nothing_may_be_kept_the_query_is_asked_as_it_is(
        self, adapter: Sql, request_: Request
    ) -> None:
        assert _ids(adapter, MISSPELT, request_) == []
        assert _ids(adapter, Query(names=("Firma 3010",)), request_) == ["3010"]

    def test_an_account_that_is_gone_is_not_found_though_the_index_has_it(
        self, adapter: Sql, kept: Request, change: Callable[..., None], freshly_kept: None
    ) -> None:
        assert "3011" in _ids(adapter, Query(names=("Firma 3011",)), kept)
        change("DELETE FROM account WHERE id = 3011")
        assert "3011" not in _ids(adapter, Query(names=("Firma 3011",)), kept)

    @pytest.fixture
    def freshly_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(called, "_rests", lambda path, request: True)

    def test_its_name_is_gone_when_the_index_is_made_anew(
        self, adapter: Sql, kept: Request, change: Callable[..., None], later: Callable[[], None], store: Path
    ) -> None:
        _ids(adapter, MISSPELT, kept)
        assert b"firma 3011" in (store / "accounts.names").read_bytes()
        change("DELETE FROM account WHERE id = 3011")
        change("INSERT INTO account (id, name) VALUES (5000, 'Nieuwkomer Pompen')")
        later()
        assert _ids(adapter, Query(names=("Nieuwkommer",)), kept) == ["5000"]
        assert b"firma 3011" not in (store / "accounts.names").read_bytes()
        assert [file.name for file in store.iterdir()] == ["accounts.names"]

    def test_an_old_index_serves_while_a_new_one_is_made(
        self,
        adapter: Sql,
        kept: Request,
        change: Callable[..., None],
        later: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        _ids(adapter, MISSPELT, kept)
        change("INSERT INTO account (id, name) VALUES (5000, 'Nieuwkomer Pompen')")
        later()
        with monkeypatch.context() as hurried:
            hurried.setattr(called, "half_of", _no_time)
            assert _ids(adapter, MISSPELT, kept) == ["1042"]
            assert _ids(adapter, Query(names=("Nieuwkommer",)), kept) == []
        assert _ids(adapter, Query(names=("Nieuwkommer",)), kept) == ["5000"]

    def test_an_index_of_another_query_is_thrown_away(
        self, adapter: Sql, kept: Request, make_adapter: Callable[..., Sql]
    ) -> None:
        _ids(adapter, MISSPELT, kept)
        some = (
            "SELECT id, name AS title FROM account WHERE id > 3000 AND (id IN asked_ids OR EXISTS"
            " (SELECT 1 FROM asked_names WHERE fold(name) LIKE pattern))"
        )
        assert _ids(make_adapter(queries={"account": some}), MISSPELT, kept) == []

    @pytest.mark.parametrize("damage", [b"no database" * 1000, b""])
    def test_a_damaged_index_is_made_anew(
        self, damage: bytes, adapter: Sql, kept: Request, store: Path
    ) -> None:
        for _ in range(2):
            assert _ids(adapter, MISSPELT, kept) == ["1042"]
            (store / "accounts.names").write_bytes(damage)

    def test_a_database_that_became_small_needs_none(
        self, adapter: Sql, kept: Request, change: Callable[..., None], later: Callable[[], None], store: Path
    ) -> None:
        _ids(adapter, MISSPELT, kept)
        change("DELETE FROM account WHERE id >= 3000")
        later()
        assert "1042" in _ids(adapter, MISSPELT, kept)
        assert list(store.iterdir()) == []

    def test_a_closed_folder_is_done_without(self, adapter: Sql, kept: Request, store: Path) -> None:
        store.rmdir()
        assert _ids(adapter, Query(names=("Firma 3010",)), kept) == ["3010"]


def _must_not(*_: Any) -> Any:
    raise AssertionError("all accounts were asked for")


def _no_time(request: Request) -> Callable[[], None]:
    def still() -> None:
        raise DeadlineExceeded("no answer in time")

    return still
