"""Long lists come page by page; a row that cannot be read costs itself and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.sql.adapter import Sql
from salesprep.adapter import Activity, BadData, Kind, Query, Refusal, Request, Ticket

ZUIDERPOMP = Query(ids=("1042",))
MANY = """
INSERT INTO activity (id, account_id, at, type, subject)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 15000)
SELECT i + 100, 1043, datetime(1700000000 + i * 60, 'unixepoch'), 'phone', 'call ' || i FROM n
"""
SERVICE = Query(ids=("1043",))


@pytest.fixture
def busy(change: Callable[..., None], adapter: Sql) -> Sql:
    """An account with 15,000 activities."""
    change(MANY)
    return adapter


class TestFifteenThousandActivities:
    def test_the_newest_come_first_with_their_number(self, busy: Sql, request_: Request) -> None:
        page = busy.fetch(SERVICE, Kind.ACTIVITY, None, request_)
        assert [record.title for record in page.records[:2]] == ["call 15000", "call 14999"]
        assert len(page.records) == 50
        assert page.total == 15_000

    @pytest.mark.usefixtures("busy")
    def test_page_by_page_each_comes_once(self, make_adapter: Callable[..., Sql], request_: Request) -> None:
        # Few columns: the database sorts all rows for each of the 300 pages.
        adapter = make_adapter(
            queries={
                "activity": "SELECT id, account_id, subject AS title FROM activity"
                " WHERE account_id IN asked_ids ORDER BY at DESC"
            }
        )
        seen: list[str] = []
        cursor = None
        for _ in range(300):
            page = adapter.fetch(SERVICE, Kind.ACTIVITY, cursor, request_)
            seen += [record.id for record in page.records]
            assert page.total == 15_000
            cursor = page.cursor
        assert cursor is None, "the last page says that it is the last"
        assert seen == [str(i + 100) for i in range(15_000, 0, -1)]

    def test_counting_can_be_left_out(
        self, busy: Sql, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        first = make_adapter(count=False).fetch(SERVICE, Kind.ACTIVITY, None, request_)
        assert (len(first.records), first.total) == (50, None)
        assert first.cursor is not None
        second = make_adapter(count=False).fetch(SERVICE, Kind.ACTIVITY, first.cursor, request_)
        assert second.records[0].title == "call 14950"

    def test_what_fits_one_page_is_counted_anyway(
        self, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        page = make_adapter(count=False).fetch(ZUIDERPOMP, Kind.ACTIVITY, None, request_)
        assert (page.total, page.cursor) == (3, None)

    @pytest.mark.parametrize(("rows", "more"), [(49, False), (50, False), (51, True)])
    def test_a_full_page_is_not_followed_by_an_empty_one(
        self, rows: int, more: bool, change: Callable[..., None], adapter: Sql, request_: Request
    ) -> None:
        change(MANY.replace("15000", str(rows)))
        page = adapter.fetch(SERVICE, Kind.ACTIVITY, None, request_)
        assert (page.cursor is not None) is more
        assert page.total == rows


class TestGarbageInOneRow:
    @pytest.mark.parametrize(
        ("kind", "change_it", "column", "why"),
        [
            (Kind.OPPORTUNITY, "UPDATE opportunity SET closes = 'soon' WHERE id = 1", "closes", "not a date"),
            (
                Kind.OPPORTUNITY,
                "UPDATE opportunity SET closes = '2026-02-30' WHERE id = 1",
                "closes",
                "not a date",
            ),
            (
                Kind.OPPORTUNITY,
                "UPDATE opportunity SET amount = '1.234,50' WHERE id = 1",
                "amount",
                "not a number",
            ),
            (
                Kind.OPPORTUNITY,
                "UPDATE opportunity SET amount = 9e999 WHERE id = 1",
                "amount",
                "not a number",
            ),
            (
                Kind.OPPORTUNITY,
                "UPDATE opportunity SET state = 'maybe' WHERE id = 1",
                "status",
                "none of open, won, lost",
            ),
            (
                Kind.OPPORTUNITY,
                "UPDATE opportunity SET currency = '€' WHERE id = 1",
                "currency",
                "no code of three letters",
            ),
            (
                Kind.ACTIVITY,
                "UPDATE activity SET body = CAST(x'ff41' AS TEXT) WHERE id = 1",
                "body",
                "text that is not UTF-8",
            ),
            (
                Kind.ACTIVITY,
                "UPDATE activity SET answered = 'perhaps' WHERE id = 1",
                "answered",
                "neither yes nor no",
            ),
            (Kind.ACTIVITY, "UPDATE activity SET at = 20261113 WHERE id = 1", "at", "not a date"),
            (
                Kind.TICKET,
                "UPDATE ticket SET opened = 20261113 WHERE id = 988",
                "at",
                "a number that is no Unix time",
            ),
            (
                Kind.TICKET,
                "UPDATE ticket SET people = '[1]' WHERE id = 988",
                "people",
                "a list of something other than objects",
            ),
            (Kind.TICKET, "UPDATE ticket SET people = '{' WHERE id = 988", "people", "not a JSON list"),
            (Kind.PERSON, "UPDATE person SET name = '' WHERE id = 1", "title", "empty"),
        ],
    )
    def test_costs_that_row_and_is_counted(
        self,
        kind: Kind,
        change_it: str,
        column: str,
        why: str,
        change: Callable[..., None],
        adapter: Sql,
        request_: Request,
    ) -> None:
        before = adapter.fetch(ZUIDERPOMP, kind, None, request_)
        change(change_it)
        page = adapter.fetch(ZUIDERPOMP, kind, None, request_)
        assert page.refused == (Refusal(1, why, where=f"query {kind}, column {column}"),)
        assert len(page.records) == len(before.records) - 1
        assert {record.id for record in page.records} < {record.id for record in before.records}
        assert page.total == before.total, "the source has as many rows as before"

    def test_many_of_one_sort_are_one_line(
        self, change: Callable[..., None], adapter: Sql, request_: Request
    ) -> None:
        change("UPDATE activity SET at = 'yesterday'")
        page = adapter.fetch(ZUIDERPOMP, Kind.ACTIVITY, None, request_)
        assert page.records == ()
        assert page.refused == (Refusal(3, "not a date", where="query activity, column at"),)

    @pytest.mark.parametrize(
        ("column", "value", "why"),
        [
            ("latitude", 91, "beyond 90 degrees"),
            ("longitude", "east", "not a number"),
            ("staff", "100-200", "not a number"),
            ("staff", 12.5, "not a whole number"),
            ("aliases", '[["x"]]', "a list of something other than texts"),
        ],
    )
    def test_in_an_account(
        self,
        column: str,
        value: object,
        why: str,
        change: Callable[..., None],
        adapter: Sql,
        request_: Request,
    ) -> None:
        change(f"UPDATE account SET {column} = ? WHERE id = 1042", value)  # noqa: S608
        page = adapter.find(Query(ids=("1042", "1043")), request_)
        assert [account.id for account in page.records] == ["1043"]
        assert page.refused == (Refusal(1, why, where=f"query account, column {column}"),)

    def test_a_name_in_another_encoding_says_how_to_search_beside_it(
        self, change: Callable[..., None], make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        change("UPDATE account SET name = CAST(x'43616ee9' AS TEXT) WHERE id = 1043")
        plain = make_adapter()
        with pytest.raises(BadData) as error:
            plain.find(Query(names=("Cafe Are & Son",)), request_)
        assert "fold(CAST(" in (error.value.mend or "")
        sql = (
            "SELECT id, name AS title FROM account"
            " WHERE fold(CAST(name AS BLOB)) IN (SELECT folded FROM asked_names)"
        )
        page = make_adapter(queries={"account": sql}).find(Query(names=("Cafe Are & Son",)), request_)
        assert [account.id for account in page.records] == ["1044"]


class TestTextIsText:
    @pytest.mark.parametrize(
        "text",
        [
            "[bold]x[/bold]",
            "\x1b[31mred",
            "\x1b]52;c;eA==\x07",
            "a\u202eb",
            "<script>x</script>",
            "=cmd()|'x'!A1",
            "{id}",
        ],
    )
    def test_whatever_it_holds_it_comes_through_as_it_is(
        self, text: str, change: Callable[..., None], adapter: Sql, request_: Request
    ) -> None:
        change("UPDATE activity SET subject = ?, body = ?, type = ?, by_name = ?", text, text, text, text)
        change("UPDATE ticket SET title = ?, last_message = ?", text, text)
        activity = adapter.fetch(ZUIDERPOMP, Kind.ACTIVITY, None, request_).records[0]
        assert isinstance(activity, Activity)
        assert (activity.title, activity.body, activity.type, activity.people[0].name) == (text,) * 4
        ticket = adapter.fetch(ZUIDERPOMP, Kind.TICKET, None, request_).records[0]
        assert isinstance(ticket, Ticket)
        assert (ticket.title, ticket.last_message) == (text, text)


class TestAnExport:
    def test_is_as_old_as_the_file(
        self, crm: Path, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        night = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
        os.utime(crm, (night.timestamp(),) * 2)
        adapter = make_adapter(is_export=True)
        assert adapter.fetch(ZUIDERPOMP, Kind.TASK, None, request_).as_of == night
        assert adapter.find(ZUIDERPOMP, request_).as_of == night

    def test_a_live_database_has_no_age_of_its_own(self, adapter: Sql, request_: Request) -> None:
        assert adapter.fetch(ZUIDERPOMP, Kind.TASK, None, request_).as_of is None
