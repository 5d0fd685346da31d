"""What an adapter returns is checked, cleaned and bounded before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter import (
    RECORD_TYPES,
    Account,
    Activity,
    AdapterBug,
    Keys,
    Kind,
    Meeting,
    Money,
    Page,
    Participant,
    Person,
    Place,
    Post,
    Record,
    Refusal,
    Ticket,
)
from salesprep.adapter.manifest import Manifest
from salesprep.sources.answers import Ask
from salesprep.sources.file_links import beneath
from salesprep.sources.pages import LONGEST_PAGE, Pager, checked_page
from salesprep.sources.sizes import size_of

NOW = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
STEERING = "a\x1b[31m\x07\u202eb\ud800\nc"
ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.text(st.characters(exclude_categories=()), max_size=5),
    st.datetimes(),
    st.dates(),
    st.decimals(),
    st.tuples(st.integers()),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.builds(object),
    st.builds(Participant, name=st.integers()),
    st.builds(Keys, emails=st.lists(st.text())),
    st.builds(Money, amount=st.floats(), currency=st.none()),
)


def manifest(*kinds: Kind) -> Manifest:
    return Manifest(
        name="x",
        title="X",
        version="1",
        contract=(1, 0),
        class_name="X",
        kinds=kinds or tuple(Kind),
        lookups=frozenset(),
        abilities=frozenset(),
        asks_as="none",
        runs="async",
        ttl=0,
        keep_old=0,
        hosts=(),
        secrets=(),
        requires=(),
        calls_at_once=1,
        folder=Path(),
    )


def check(
    returned: object, ask: Ask | None = None, may_open: Callable[[str], bool] = lambda _: False
) -> Page[Record]:
    return checked_page(returned, ask or Ask("search", text="x"), manifest(), may_open).page


def record(cls: type[Record] = Activity, **given: Any) -> Any:
    needed: dict[str, Any] = {"id": "1", "title": "t", "fetched_at": NOW}
    if "url" not in given:
        needed["no_url_reason"] = "simulated"
    if cls is Meeting:
        needed |= {"start": NOW, "end": NOW}
    return cls(**needed | given)


def wrong(returned: object, ask: Ask | None = None) -> AdapterBug:
    with pytest.raises(AdapterBug) as caught:
        check(returned, ask)
    return caught.value


class TestTextsOfARecord:
    def test_are_cleaned_everywhere(self) -> None:
        dirty = record(
            Account,
            id=STEERING,
            title=STEERING,
            people=(Participant(name=STEERING, email="a@b.example"),),
            keys=Keys(organisation=STEERING, emails=(STEERING,)),
            fields={STEERING: STEERING},
            aliases=("x", STEERING),
            place=Place(text=STEERING, country="NL"),
        )
        page = check(Page((dirty,), notice=STEERING, refused=(Refusal(2, STEERING, STEERING),)))
        text = repr(page)
        for bad in ("\\x1b", "\\x07", "\\u202e", "\\ud800", "\\n"):
            assert bad not in text
        account = page.records[0]
        assert isinstance(account, Account)
        assert account.place == Place(text="a�[31m��b� c", country="NL")
        assert account.people[0].email == "a@b.example"
        assert list(account.fields) == ["a�[31m��b� c"]

    def test_keep_their_line_breaks_in_bodies_only(self) -> None:
        dirty = record(Ticket, title="a\nb", last_message="a\r\nb\n", number="1\n2")
        clean = check(Page((dirty,))).records[0]
        assert isinstance(clean, Ticket)
        assert (clean.title, clean.last_message, clean.number) == ("a b", "a\nb\n", "1 2")

    def test_of_a_subclass_of_str_become_plain(self) -> None:
        class Sly(str):
            def isprintable(self) -> bool:
                return True

        clean = check(Page((record(title=Sly("a\x1b")),))).records[0]
        assert type(clean.title) is str
        assert clean.title == "a�"

    def test_leave_a_clean_record_as_it_is(self) -> None:
        for cls in RECORD_TYPES.values():
            fine = record(cls, people=(Participant(name="R. Smit"),), fields={"a": "b"})
            kept = check(Page((fine,))).records[0]
            assert kept == fine
            assert kept.people is fine.people


class TestRecordOfTheWrongForm:
    @pytest.mark.parametrize(
        ("bad", "path"),
        [
            (record(id=""), "records[0].id"),
            (record(title=None), "records[0].title"),
            (record(fetched_at="4711"), "records[0].fetched_at"),
            (record(at=datetime(2026, 1, 1)), "records[0].at"),
            (record(people=[Participant()]), "records[0].people"),
            (record(people=(Participant(), "4711")), "records[0].people[1]"),
            (record(people=(Participant(name=4711),)), "records[0].people[0].name"),  # type: ignore[arg-type]
            (record(keys=Keys(emails=("a", None))), "records[0].keys.emails[1]"),  # type: ignore[arg-type]
            (record(origin="4711"), "records[0].origin"),
            (record(fields=[("a", "b")]), "records[0].fields"),
            (record(fields={"a": 4711}), "records[0].fields"),
            (record(Person, consent={"mail": "4711"}), "records[0].consent"),
            (record(Account, staff=True), "records[0].staff"),
            (record(Account, place=Place(latitude=float("nan"))), "records[0].place.latitude"),
            (record(Meeting, end=date(2026, 11, 24)), "records[0].end"),
            (record(Post, text=None), "records[0].text"),
            (record(url="https://x.example", no_url_reason="both"), "records[0].no_url_reason"),
            (record(no_url_reason=None), "records[0].url"),
            (record(no_url_reason=""), "records[0].url"),
            ("4711", "records[0]"),
        ],
    )
    def test_is_named_by_its_path_without_its_value(self, bad: Any, path: str) -> None:
        error = wrong(Page((bad,)))
        assert error.field == path
        assert path in error.what
        assert "4711" not in error.what

    def test_with_an_amount_that_is_no_number(self) -> None:
        from salesprep.adapter import Opportunity

        for amount in (Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 12.5):
            bad = record(Opportunity, amount=Money(amount, "EUR"))  # type: ignore[arg-type]
            assert wrong(Page((bad,))).field == "records[0].amount.amount"

    def test_of_a_subclass_of_the_adapters_own(self) -> None:
        class Mine(Activity):
            __slots__ = ()

        assert wrong(Page((record(Mine),))).field == "records[0]"

    def test_of_another_kind_than_asked_for(self) -> None:
        page = Page((record(Ticket),))
        assert wrong(page, Ask("fetch", kind=Kind.ACTIVITY)).what.endswith("records[0] should be Activity")
        assert wrong(page, Ask("find")).what.endswith("should be Account")
        assert wrong(page, Ask("upcoming")).what.endswith("should be Meeting")
        assert check(page, Ask("fetch", kind=Kind.TICKET)).records

    def test_near_the_ends_of_the_calendar_is_left_out_and_counted(self) -> None:
        odd = [record(at=date.min), record(at=datetime.max.replace(tzinfo=UTC)), record()]
        page = check(Page(tuple(odd)))
        assert len(page.records) == 1
        assert page.refused == (Refusal(2, "a date that nobody can reckon with"),)

    @settings(deadline=None)
    @given(data=st.data(), kind=st.sampled_from(Kind))
    def test_never_gets_through_and_never_breaks_the_host(self, data: st.DataObject, kind: Kind) -> None:
        cls = RECORD_TYPES[kind]
        good = record(cls)
        names = data.draw(st.sets(st.sampled_from([field.name for field in fields(cls)]), max_size=3))
        given_values = {name: data.draw(ANYTHING, label=name) for name in names}
        try:
            page = check(Page((replace(good, **given_values),)))
        except AdapterBug as error:
            path = error.field or ""
            page = Page()
        else:
            path = "records[0]"
        assert path.startswith("records[0]")
        assert check(page) == page  # what passed is clean
        repr(page).encode("utf-8")
        for one in page.records:
            for when in (one.fetched_at, one.at, one.updated_at):
                if isinstance(when, datetime):
                    when.astimezone(UTC) + timedelta(days=1)


class TestPageOfTheWrongForm:
    @pytest.mark.parametrize(
        ("bad", "field"),
        [
            ([], None),
            (None, None),
            (Page([record()]), "records"),  # type: ignore[arg-type]
            (Page(cursor=""), "cursor"),
            (Page(cursor=3), "cursor"),  # type: ignore[arg-type]
            (Page(cursor="x" * 20_000), "cursor"),
            (Page(total=-1), "total"),
            (Page(total="many"), "total"),  # type: ignore[arg-type]
            (Page(as_of=datetime(2026, 1, 1)), "as_of"),
            (Page(as_of=datetime.min.replace(tzinfo=UTC)), "as_of"),
            (Page(refused=("x",)), "refused[0]"),  # type: ignore[arg-type]
            (Page(notice=b"x"), "notice"),  # type: ignore[arg-type]
        ],
    )
    def test_names_what_is_wrong(self, bad: object, field: str | None) -> None:
        assert wrong(bad).field == field


class TestLongPage:
    def test_is_cut_and_says_so(self) -> None:
        many = tuple(record(id=str(n)) for n in range(LONGEST_PAGE + 7))
        page = check(Page(many, refused=(Refusal(1, "end before start"),)))
        assert len(page.records) == LONGEST_PAGE
        assert page.refused == (
            Refusal(1, "end before start"),
            Refusal(7, "more than 500 records on one page"),
        )

    def test_costs_what_its_texts_do(self) -> None:
        small, large = (size_of(Page((record(body="x" * n),))) for n in (10, 10_000))
        assert 9_000 < large - small < 11_000
        assert size_of(Page((record(body="€" * 10_000),))) > large


class TestLink:
    @pytest.mark.parametrize(
        "url",
        [
            "https://crm.example/a?b=c#d",
            "HTTP://crm.example",
            "http://[::1]:8080/x",
            "https://crm.example:8443/é",
        ],
    )
    def test_to_the_web_stays(self, url: str) -> None:
        assert check(Page((record(url=url),))).records[0].url == url

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "ftp://crm.example/",
            "https://",
            "https:///path",
            "https://user:secret@crm.example/",
            "https://crm.example\\@evil.example/",
            "https://crm.example/\x1b[31m",
            "https://crm.example/a b",
            "//crm.example/",
            "notes.txt",
            "",
        ],
    )
    def test_to_anything_else_is_dropped_with_the_reason(self, url: str) -> None:
        kept = check(Page((record(url=url),))).records[0]
        assert kept.url is None
        assert kept.no_url_reason == "the source gives an address that is not opened"

    def test_to_a_file_stays_beneath_what_the_settings_name(self, tmp_path: Path) -> None:
        (tmp_path / "wiki").mkdir()
        (tmp_path / "wiki" / "a b.md").touch()
        (tmp_path / "secret").touch()
        (tmp_path / "wiki" / "way-out").symlink_to(tmp_path / "secret")
        (tmp_path / "agenda.ics").touch()
        may_open = beneath((tmp_path / "wiki", tmp_path / "agenda.ics"))
        wiki = (tmp_path / "wiki").as_uri()
        inside = [f"{wiki}/a%20b.md", f"{wiki}/a%20b.md#part", (tmp_path / "agenda.ics").as_uri()]
        outside = [
            (tmp_path / "secret").as_uri(),
            f"{wiki}/../secret",
            f"{wiki}/%2e%2e/secret",
            f"{wiki}/way-out",
            f"{wiki}-other/x",
            "file://elsewhere.example" + str(tmp_path / "wiki" / "a"),
            "file:///%00",
            "file://[",
        ]
        page = check(Page(tuple(record(url=url) for url in inside + outside)), may_open=may_open)
        assert [one.url for one in page.records] == inside + [None] * len(outside)
        assert page.records[-1].no_url_reason == "the file lies outside of what this source's settings name"


class TestPaging:
    def pages(self, pager: Pager, *steps: tuple[str | None, str | None]) -> None:
        for cursor, following in steps:
            pager.turn(Ask("search", cursor=cursor), Page(cursor=following))

    def test_that_goes_on_is_fine_however_often_it_is_read(self) -> None:
        pager = Pager()
        for _ in range(3):
            self.pages(pager, (None, "a"), ("a", "b"), ("a", "b"), ("b", None))

    @pytest.mark.parametrize(
        "steps", [[(None, "a"), ("a", "a")], [(None, "a"), ("a", "b"), ("b", "c"), ("c", "a")]]
    )
    def test_that_comes_back_is_a_bug(self, steps: list[tuple[str | None, str | None]]) -> None:
        pager = Pager()
        self.pages(pager, *steps[:-1])
        with pytest.raises(AdapterBug, match="lead"):
            self.pages(pager, steps[-1])

    def test_of_different_questions_is_told_apart(self) -> None:
        pager = Pager()
        pager.turn(Ask("search", text="x", cursor="a"), Page(cursor="b"))
        pager.turn(Ask("search", text="y", cursor="b"), Page(cursor="a"))
