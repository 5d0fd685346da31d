"""Reading what a source answered: what fits comes out in our types, what does not is named, not shown."""

from __future__ import annotations

import json
import logging
import time
import traceback
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import (
    BadData,
    Keys,
    Money,
    Page,
    Raw,
    Request,
    Response,
    Ticket,
    get_json,
    number_of,
    page_from,
    read_json,
)
from salesprep.adapter.config import Secret

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
CANARY = "canary-7351"


class Http:
    """Gives one body and remembers how it was asked."""

    def __init__(self, body: bytes = b"{}") -> None:
        self.body = body
        self.asked: dict[str, Any] = {}

    async def get(self, url: str, **how: Any) -> Response:
        self.asked = {"url": url, **how}
        return Response(200, url, {}, self.body)

    async def head(self, url: str, **how: Any) -> Response:
        return await self.get(url, **how)


def asking(http: Http) -> Request:
    return Request(lambda: NOW, time.monotonic() + 5, http, logging.getLogger("desk"), "test", None)


@pytest.fixture
def request_() -> Request:
    return asking(Http())


def raw(value: object, **more: Any) -> Raw:
    return Raw(value, NOW, **more)


def ticket(row: Raw) -> Ticket:
    return Ticket(
        id=row.id("nr"), title=row.text("subject"), fetched_at=row.read_at, no_url_reason="none", keys=Keys()
    )


class TestAValueThatIsThere:
    def test_is_read_in_our_types(self) -> None:
        row = raw(
            {
                "nr": 7,
                "who": {"name": "Rob", "mails": ["r@x.example", "s@x.example"]},
                "opened": "2026-11-12T09:30:00Z",
                "day": "2026-11-12",
                "sum": Decimal("1250.10"),
                "cur": "EUR",
                "done": False,
            }
        )

        assert (row.id("nr"), row.whole("nr"), row.flag("done")) == ("7", 7, False)
        assert row.text("who.name") == "Rob"
        assert row.text("who.mails.1") == "s@x.example"
        assert row.texts("who.mails") == ("r@x.example", "s@x.example")
        assert row.time("opened") == datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
        assert row.day("day") == row.when("day") == date(2026, 11, 12)
        assert row.money("sum", "cur") == Money(Decimal("1250.10"), "EUR")

    def test_is_found_under_a_name_with_points_in_it(self) -> None:
        assert raw({"a.b": "x", "a": {"b": "y"}}).text("a.b") == "x"

    def test_keeps_its_default_away(self) -> None:
        assert raw({"a": "x"}).text("a", None) == "x"

    def test_of_a_database_is_a_flag_as_one_or_zero(self) -> None:
        assert (raw(1).flag(""), raw(0).flag("")) == (True, False)

    def test_is_an_amount_to_the_cent_however_it_is_written(self) -> None:
        assert [raw(value).amount("") for value in (12, "12.10", 0.1)] == [
            Decimal(12),
            Decimal("12.10"),
            Decimal("0.1"),
        ]


class TestATimeWithoutAZone:
    def test_is_refused_since_nobody_knows_when_it_was(self) -> None:
        with pytest.raises(BadData, match="opened is a time without a zone"):
            raw({"opened": "2026-11-12T09:30:00"}).when("opened")

    def test_is_in_the_zone_that_the_adapter_knows(self) -> None:
        row = raw({"opened": "2026-07-12T09:30:00"}, zone=ZoneInfo("Europe/Amsterdam"))

        assert row.time("opened") == datetime(2026, 7, 12, 7, 30, tzinfo=UTC)

    def test_is_a_day_where_no_time_is_written_and_never_its_midnight(self) -> None:
        row = raw({"opened": "2026-07-12"}, zone=UTC)

        assert row.when("opened") == date(2026, 7, 12)
        with pytest.raises(BadData, match="day without a time"):
            row.time("opened")


class TestAValueThatIsNotThere:
    @pytest.mark.parametrize("path", ["nr", "who.name", "who.0", "list.3", "text.more"])
    def test_is_missed_by_its_path(self, path: str) -> None:
        row = raw({"who": {}, "list": [1], "text": CANARY}, place="tickets[2]")

        with pytest.raises(BadData) as caught:
            row.text(path)

        assert caught.value.field is not None
        assert caught.value.field.startswith("tickets[2].")
        assert CANARY not in caught.value.what

    def test_may_be_missing_where_the_adapter_says_so(self) -> None:
        row = raw({"none": None})

        assert (row.text("none", None), row.text("gone", None), row.whole("gone", 3)) == (None, None, 3)

    def test_is_not_filled_in(self) -> None:
        assert raw({"sum": None, "cur": "EUR"}).money("sum", "cur") is None


READERS = ("text", "id", "whole", "flag", "amount", "time", "day", "when", "texts", "each")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


class TestAValueOfAnotherType:
    @given(value=JSON, reader=st.sampled_from(READERS))
    def test_is_bad_data_with_its_place_and_nothing_else(self, value: object, reader: str) -> None:
        fields: list[str | None] = ["items[1]"]
        try:
            getattr(raw(value, place="items[1]"), reader)("")
        except BadData as error:
            fields.append(error.field)
        assert all(field is not None and field.startswith("items[1]") for field in fields)

    @pytest.mark.parametrize("name", ["whole", "flag", "amount", "time", "day", "when", "each"])
    def test_is_never_repeated(self, name: str) -> None:
        row = raw({"secret": CANARY})

        with pytest.raises(BadData) as caught:
            getattr(row, name)("secret")

        logged = "".join(traceback.format_exception(caught.value))
        assert CANARY not in f"{caught.value.what}{caught.value.mend}{logged}{row!r}"

    @pytest.mark.parametrize("value", ["nan", "inf", True, "1e999999", "1,5", ""])
    def test_is_no_amount(self, value: object) -> None:
        with pytest.raises(BadData, match="no number"):
            raw(value).amount("")

    @pytest.mark.parametrize("value", ["", " ", True, 1.5, None])
    def test_is_no_id(self, value: object) -> None:
        with pytest.raises(BadData, match="no id"):
            raw(value).id("")


class TestAPage:
    def test_loses_only_the_row_that_cannot_be_read_and_says_where_it_stands(self) -> None:
        rows = [{"nr": 1, "subject": "a"}, {"nr": 2}, {"nr": None, "subject": "c"}]

        page: Page[Ticket] = raw({"tickets": rows}).page("tickets", ticket, cursor="2", total=9)

        assert [one.id for one in page.records] == ["1"]
        assert (page.cursor, page.total) == ("2", 9)
        assert [(one.count, one.where) for one in page.refused] == [(2, "tickets[2].subject")]

    def test_of_which_nothing_can_be_read_is_a_source_that_has_changed(self) -> None:
        with pytest.raises(BadData) as caught:
            raw([{"nr": 1, "title": CANARY}]).page("", ticket)

        assert caught.value.field == "[1].subject"

    def test_may_be_empty(self) -> None:
        assert raw({"tickets": []}).page("tickets", ticket) == Page()


class TestRowsThatAreAllHere:
    def test_come_a_page_at_a_time_and_are_counted(self) -> None:
        rows = [raw({"nr": number, "subject": "s"}) for number in range(120)]
        cursor, ids = None, []

        for _ in range(3):
            page = page_from(rows, ticket, cursor)
            ids += [one.id for one in page.records]
            cursor = page.cursor

        assert ids == [str(number) for number in range(120)]
        assert (cursor, page.total) == (None, 120)

    def test_end_where_there_are_no_more_though_asked_for(self) -> None:
        assert page_from([raw({"nr": 1, "subject": "s"})], ticket, "50").records == ()


class TestJson:
    async def test_is_asked_for_with_the_token_and_without_what_is_left_open(self) -> None:
        http = Http(b'{"total": 3}')

        answer = await get_json(
            asking(http), "https://desk.example/api", {"page": None, "q": "x"}, bearer=Secret("abc")
        )

        assert answer.whole("total") == 3
        assert http.asked["params"] == {"q": "x"}
        assert http.asked["headers"]["Authorization"] == "Bearer abc"

    @pytest.mark.parametrize(
        "body", [b"<html>", b"", b'{"a": ', b"\xff\xfe\xff", b"[" * 100_000, b"[NaN]", b'"caf\xe9"']
    )
    async def test_that_is_none_is_bad_data_and_names_the_host(self, body: bytes) -> None:
        with pytest.raises(BadData, match=r"^desk.example gives something other than JSON$") as caught:
            await get_json(asking(Http(body)), "https://desk.example/api")

        assert "JSONDecodeError" not in "".join(traceback.format_exception(caught.value))

    def test_keeps_amounts_exact(self, request_: Request) -> None:
        assert read_json(b"[0.1]", "f", request_).amount("0") == Decimal("0.1")

    def test_with_control_characters_in_a_text_is_read_since_the_host_cleans_them(
        self, request_: Request
    ) -> None:
        assert read_json(b'["a\x1b\tb"]', "f", request_).text("0") == "a\x1b\tb"

    def test_of_a_file_knows_when_it_was_read_and_its_zone(self, request_: Request) -> None:
        read = read_json(json.dumps({"at": "2026-11-12T09:30"}).encode(), "f", request_, zone=UTC)

        assert read.read_at == NOW
        assert read.time("at").tzinfo is UTC


class TestACursor:
    def test_of_ones_own_is_a_number(self) -> None:
        assert (number_of(None), number_of(None, first=1), number_of("50")) == (0, 1, 50)

    @pytest.mark.parametrize("cursor", ["", "-1", "x", "1.5", "٣"])
    def test_that_is_none_of_them_is_bad_data(self, cursor: str) -> None:
        with pytest.raises(BadData):
            number_of(cursor)
