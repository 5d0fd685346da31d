"""A customer is found in a table though the name is written otherwise there; in a long one, too."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adapters.table import called, narrow
from adapters.table.adapter import Tables
from salesprep.adapter import DeadlineExceeded, Kind, Query, Request

NAMES = (
    ("1042", "Van Dijk Machinebouw B.V.", "www.vandijk.example", "r.smit@freemail.example"),
    ("1043", "VDM Holding GmbH", "", ""),
    ("1044", "Bakkerij Jansen & Zn.", "bücher.example", "info@mail.jansen.example"),
    ("1045", "Acme", "", ""),
)
COLUMNS = {"id": "Nr", "title": "Account", "website": "Website", "emails": "E-mail"}
MISSPELT = Query(names=("Vandyk Machine bouw",))


def _ids(adapter: Tables, query: Query, request: Request) -> list[str]:
    return [account.id for account in adapter.find(query, request).records]


@pytest.fixture
def write(csv_file: Callable[..., Path]) -> Callable[..., Path]:
    """Writes a table of these accounts and so many others."""

    def table(others: int, *accounts: tuple[str, ...]) -> Path:
        rows = [*accounts, *((f"{n}", f"Firma {n} B.V.", f"firma{n}.example", "") for n in range(others))]
        return csv_file("\n".join(map(";".join, (COLUMNS.values(), *rows))) + "\n", name="accounts.csv")

    return table


@pytest.fixture
def accounts(make_adapter: Callable[..., Tables]) -> Callable[[Path], Tables]:
    """The adapter on a table of accounts."""
    return lambda path: make_adapter(account={"path": str(path), "columns": COLUMNS})


@pytest.fixture(params=["short", "long", "nothing kept"])
def asked(
    request: pytest.FixtureRequest,
    write: Callable[..., Path],
    accounts: Callable[[Path], Tables],
    make_request: Callable[..., Request],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Query], list[str]]:
    """Ids of the accounts that are found in a table that is short, or long, or not kept."""
    if request.param == "long":
        monkeypatch.setattr(called, "LONG", 100)
    adapter = accounts(write(300, *NAMES))
    keep = request.param != "nothing kept"
    return lambda query: _ids(adapter, query, make_request(keep=keep))


class TestAnAccount:
    @pytest.mark.parametrize(
        ("query", "first"),
        [
            (Query(names=("Van Dijk Machinebouw",)), "1042"),
            (MISSPELT, "1042"),
            (Query(names=("Van Dyk Machinebouw",)), "1042"),
            (Query(names=("dijk mach",)), "1042"),
            (Query(names=("Bakkery Jansen en Zn",)), "1044"),
            (Query(names=("Akme",)), "1045"),
            (Query(names=("Firma 77",)), "77"),
            (Query(ids=("77",)), "77"),
            (Query(domains=("firma78.example",)), "78"),
            (Query(domains=("BÜCHER.example",)), "1044"),
            (Query(domains=("jansen.example",)), "1044"),
            (Query(emails=("R.Smit@freemail.example",)), "1042"),
            (Query(emails=("info@mail.jansen.example",)), "1044"),
        ],
    )
    def test_is_found(self, query: Query, first: str, asked: Callable[[Query], list[str]]) -> None:
        assert asked(query)[0] == first

    @pytest.mark.parametrize(
        "query",
        [
            Query(),
            Query(names=("Quetzalcoatl",)),
            Query(names=("ijk", "%", "_", "'", "")),
            Query(ids=("7700",)),
            Query(domains=("irma78.example", "firma78.example.com", "freemail.example")),
            Query(emails=("mit@freemail.example",)),
        ],
    )
    def test_that_is_none_is_not(self, query: Query, asked: Callable[[Query], list[str]]) -> None:
        assert asked(query) == []

    def test_of_short_initials_comes_with_those_that_are_called_so(
        self, asked: Callable[[Query], list[str]]
    ) -> None:
        assert set(asked(Query(names=("VDM",)))) == {"1042", "1043"}


class TestALongTable:
    @pytest.fixture(autouse=True)
    def long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(called, "LONG", 100)

    @pytest.fixture
    def adapter(self, write: Callable[..., Path], accounts: Callable[[Path], Tables]) -> Tables:
        """On a table of three hundred accounts beside those above."""
        return accounts(write(300, *NAMES))

    def test_is_not_looked_through_name_by_name(
        self, adapter: Tables, request_: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "1042" in _ids(adapter, MISSPELT, request_)
        monkeypatch.setattr(narrow, "_names_with", _must_not)
        monkeypatch.setattr(called, "_rows", _must_not)
        assert "1042" in _ids(adapter, MISSPELT, request_)

    def test_that_changed_leaves_no_name_behind(
        self,
        write: Callable[..., Path],
        accounts: Callable[[Path], Tables],
        request_: Request,
        store: Path,
    ) -> None:
        assert "1042" in _ids(accounts(write(300, *NAMES)), MISSPELT, request_)
        assert any(b"machinebouw" in file.read_bytes() for file in store.iterdir())
        assert _ids(accounts(write(301, *NAMES[2:])), MISSPELT, request_) == []
        assert not any(b"machinebouw" in file.read_bytes() for file in store.iterdir())
        assert len(list(store.iterdir())) == 2

    def test_answers_in_the_old_way_until_its_names_are_in(
        self, adapter: Tables, request_: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as hurried:
            hurried.setattr(called, "half_of", _no_time)
            assert _ids(adapter, Query(names=("Van Dijk",), ids=("77",)), request_) == ["77", "1042"]
            assert _ids(adapter, MISSPELT, request_) == []
        assert _ids(adapter, MISSPELT, request_)[0] == "1042"

    @pytest.mark.parametrize("damage", [b"no database" * 1000, b""])
    def test_with_a_damaged_index_reads_its_names_again(
        self, damage: bytes, adapter: Tables, request_: Request, store: Path
    ) -> None:
        for _ in range(2):
            assert _ids(adapter, MISSPELT, request_)[0] == "1042"
            (names,) = store.glob("*.names")
            names.write_bytes(damage)

    def test_with_an_index_damaged_within_still_answers(
        self, adapter: Tables, request_: Request, store: Path
    ) -> None:
        assert _ids(adapter, MISSPELT, request_)[0] == "1042"
        (names,) = store.glob("*.names")
        with closing(sqlite3.connect(names)) as db, db:
            db.execute("DROP TABLE posting")
        assert _ids(adapter, Query(names=("Van Dijk Machinebouw",)), request_)[0] == "1042"

    def test_that_is_read_by_another_process_is_looked_through(
        self, adapter: Tables, request_: Request, store: Path
    ) -> None:
        assert _ids(adapter, MISSPELT, request_)[0] == "1042"
        (names,) = store.glob("*.names")
        with closing(sqlite3.connect(names, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert _ids(adapter, Query(names=("Van Dijk",)), request_) == ["1042"]

    def test_of_people_tells_each_organisation_once(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        rows = [f"Person {n};{'Zuiderpomp B.V.' if n % 3 else f'Firma {n}'}" for n in range(300)]
        path = csv_file("Naam;Bedrijf\n" + "\n".join(rows) + "\n", name="people.csv")
        columns = {"title": "Naam", "organisation": "Bedrijf"}
        adapter = make_adapter(person={"path": str(path), "columns": columns})
        page = adapter.find(Query(names=("Zuyderpomp",)), request_)
        assert [account.title for account in page.records] == ["Zuiderpomp B.V."]
        found = adapter.fetch(Query(ids=(page.records[0].id,)), Kind.PERSON, None, request_)
        assert found.total == 200


def _must_not(*_: Any) -> Any:
    raise AssertionError("the whole table was looked through")


def _no_time(request: Request) -> Callable[[], None]:
    def still() -> None:
        raise DeadlineExceeded("no answer in time")

    return still
