"""Whom a name, domain, mail address or id finds, whatever is in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.sql.adapter import Sql
from salesprep.adapter import Kind, Query, Request


def found(adapter: Sql, request: Request, **query: tuple[str, ...]) -> list[str]:
    return [account.id for account in adapter.find(Query(**query), request).records]


class TestByName:
    @pytest.mark.parametrize(
        "name",
        [
            "Zuiderpomp Installaties B.V.",
            "zuiderpomp installaties bv",
            "ZUIDERPOMP  INSTALLATIES",
            "pomp inst",
        ],
    )
    def test_case_points_and_spaces_do_not_matter(self, name: str, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=(name,)) == ["1042"]

    @pytest.mark.parametrize(
        "name", ["Café Åre & Søn", "cafe are and son", "CAFÉ ÅRE + SØN", "cafe\u0301 a\u030are"]
    )
    def test_neither_do_accents_however_they_are_encoded(
        self, name: str, adapter: Sql, request_: Request
    ) -> None:
        assert found(adapter, request_, names=(name,)) == ["1044"]

    def test_an_alias_finds_too(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=("ZPI",)) == ["1042"]

    def test_several_spellings_are_alternatives(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=("nobody of that name", "Cafe Are")) == ["1044"]

    def test_the_nearest_comes_first(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=("Zuiderpomp",)) == ["1042", "1043"]
        assert found(adapter, request_, names=("Zuiderpomp",), domains=("zuiderpomp-service.example",)) == [
            "1043",
            "1042",
        ]
        # The other one is also called just "Zuiderpomp".
        assert found(adapter, request_, names=("Zuiderpomp Service",)) == ["1043", "1042"]

    @pytest.mark.parametrize("name", ["%", "_", "%%", "Z_____pomp%", "\\", "'", ""])
    def test_signs_with_a_meaning_in_sql_find_nobody(
        self, name: str, adapter: Sql, request_: Request
    ) -> None:
        assert found(adapter, request_, names=(name,)) == []

    def test_but_a_name_that_has_them_is_found(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=("100%_Plus",)) == ["1045"]

    @pytest.mark.parametrize(
        "name",
        [
            "'; DROP TABLE account; --",
            "' OR '1'='1",
            '" OR 1=1 --',
            "x') UNION SELECT id, name FROM person --",
            '"], "[x]',
            "$[#]",
            "\x00",
            "\ud800",
        ],
    )
    def test_sql_in_a_name_is_a_name(self, name: str, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, names=(name,), ids=(name,), domains=(name,), emails=(name,)) == []
        assert found(adapter, request_, ids=("1042",)) == ["1042"]

    @given(words=st.lists(st.text(), max_size=3))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
    def test_whatever_is_typed_is_answered(self, words: list[str], adapter: Sql, request_: Request) -> None:
        query = Query(names=tuple(words), ids=tuple(words), domains=tuple(words), emails=tuple(words))
        assert adapter.find(query, request_).refused == ()


class TestByOtherKeys:
    def test_by_domain(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, domains=("ZUIDERPOMP.example",)) == ["1042"]

    def test_by_mail_address(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, emails=("Info@Zuiderpomp.example",)) == ["1042"]

    def test_by_several_ids_each_row_once(self, adapter: Sql, request_: Request) -> None:
        both = found(
            adapter,
            request_,
            ids=("1043", "1042", "1042"),
            names=("Zuiderpomp",),
            domains=("zuiderpomp.example",),
        )
        assert sorted(both) == ["1042", "1043"]

    def test_a_person_by_mail_address_or_by_account(self, adapter: Sql, request_: Request) -> None:
        for query in (Query(emails=("a.yilmaz@zuiderpomp.example",)), Query(ids=("1042",))):
            page = adapter.fetch(query, Kind.PERSON, None, request_)
            assert page.records[0].title == "A. Yılmaz"

    def test_an_id_that_is_text(self, make_adapter: Callable[..., Sql], request_: Request) -> None:
        query = "SELECT 'A-' || id AS id, name AS title FROM account WHERE 'A-' || id IN asked_ids"
        adapter = make_adapter(queries={"account": query})
        assert found(adapter, request_, ids=("A-1044", "1042")) == ["A-1044"]

    @pytest.mark.parametrize("stored", [7, "7"])
    @pytest.mark.parametrize("column", ["id", "id INTEGER", "id TEXT", "id BLOB", "id NUMERIC"])
    def test_an_id_in_a_column_of_any_type_or_none(
        self,
        column: str,
        stored: object,
        change: Callable[..., None],
        make_adapter: Callable[..., Sql],
        request_: Request,
    ) -> None:
        change(f"CREATE TABLE firm ({column}, name TEXT)")
        change("INSERT INTO firm VALUES (?, 'Zuiderpomp'), ('07', 'Other'), ('x-7', 'Third')", stored)
        sql = "SELECT id, name AS title FROM firm WHERE id IN asked_ids"
        adapter = make_adapter(queries={"account": sql})
        found_titles = [a.title for a in adapter.find(Query(ids=("7",)), request_).records]
        assert "Zuiderpomp" in found_titles
        assert "Third" not in found_titles
        assert found(adapter, request_, ids=("x-7",)) in (["x-7"], [])

    def test_an_id_that_is_too_large_for_a_number(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_, ids=("9" * 40, "9999999999999999999", "1042")) == ["1042"]

    def test_asked_for_nobody_nothing_is_found(self, adapter: Sql, request_: Request) -> None:
        assert found(adapter, request_) == []


class TestManyThatFit:
    def test_the_best_of_hundreds_are_shown(
        self, make_adapter: Callable[..., Sql], change: Callable[..., None], request_: Request
    ) -> None:
        change(
            "INSERT INTO account (id, name) WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
            " LIMIT 300) SELECT i, 'Acme ' || i FROM n"
        )
        change("INSERT INTO account (id, name) VALUES (2000, 'Acme')")
        adapter = make_adapter()
        page = adapter.find(Query(names=("Acme",)), request_)
        assert page.records[0].id == "2000"
        assert len(page.records) == 50
        assert page.total == 301

    def test_words_of_the_day_can_be_used(self, make_adapter: Callable[..., Sql], request_: Request) -> None:
        adapter = make_adapter(
            queries={
                "account": "SELECT id, :today AS title, :now AS updated_at FROM account WHERE id IN asked_ids"
            }
        )
        [account] = adapter.find(Query(ids=("1042",)), request_).records
        assert account.title == "2026-11-23"
        assert account.updated_at == request_.now()
