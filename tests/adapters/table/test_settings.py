"""Settings that cannot work say which key is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from adapters.table.adapter import Tables
from salesprep.adapter import ConfigInvalid, Kind, Query, Request

PATH = "t.csv"


class TestKeys:
    @pytest.mark.parametrize(
        ("settings", "field"),
        [
            ({}, "tables"),
            ({"account": {"path": PATH, "columns": {"naam": "x"}}}, "tables.account.columns.naam"),
            ({"account": {"path": PATH, "columns": {"city": "x"}}}, "tables.account.columns.title"),
            ({"account": {"path": PATH, "columns": {"title": 0}}}, "tables.account.columns.title"),
            ({"account": {"path": PATH, "columns": {"title": ""}}}, "tables.account.columns.title"),
            ({"account": {"path": PATH, "columns": {"title": []}}}, "tables.account.columns.title"),
            ({"activity": {"path": PATH, "columns": {"title": "x"}}}, "tables.activity.columns"),
            (
                {"activity": {"path": PATH, "columns": {"title": "x", "owner": "y"}}},
                "tables.activity.columns",
            ),
            (
                {"meeting": {"path": PATH, "columns": {"title": "x", "organisation": "y"}}},
                "tables.meeting.columns.start",
            ),
            ({"account": {"path": PATH, "columns": {"title": "x"}, "zone": "Mars/Base"}}, "zone"),
            ({"account": {"path": PATH, "columns": {"title": "x"}, "link": "ftp://x"}}, "link"),
            ({"account": {"path": PATH, "columns": {"title": "x"}, "link": "https://x/{nr}"}}, "link"),
            ({"account": {"path": PATH, "columns": {"title": "x"}, "encoding": "rot13"}}, "encoding"),
            ({"account": {"path": PATH, "columns": {"title": "x"}, "encoding": "klingon"}}, "encoding"),
        ],
    )
    def test_a_wrong_one_is_named(
        self, settings: dict[str, Any], field: str, make_adapter: Callable[..., Tables]
    ) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            make_adapter(**settings)
        assert caught.value.field == field
        assert caught.value.mend

    def test_the_nearest_right_field_is_named(self, make_adapter: Callable[..., Tables]) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            make_adapter(account={"path": PATH, "columns": {"titel": "x"}})
        assert '"title"' in str(caught.value.mend)

    @pytest.mark.parametrize(
        "wrong",
        [{"pth": "x"}, {"currency": "euro"}, {"dates": "d/m/y"}, {"decimal": ";"}, {"header_row": -1}],
    )
    def test_an_unknown_or_malformed_one_is_refused(
        self, wrong: dict[str, Any], make_adapter: Callable[..., Tables]
    ) -> None:
        with pytest.raises(ValidationError):
            make_adapter(account={"path": PATH, "columns": {"title": "x"}, **wrong})


class TestPersons:
    @pytest.mark.parametrize("key", ["origin", "legal_basis"])
    def test_are_kept_only_if_it_is_stated_where_from_and_by_what_right(self, key: str) -> None:
        table = {
            "path": PATH,
            "columns": {"title": "x", "organisation": "y"},
            "origin": "our CRM",
            "legal_basis": "legitimate interest",
        }
        del table[key]
        with pytest.raises(ConfigInvalid) as caught:
            Tables.Config.model_validate({"tables": {"person": table}})
        assert caught.value.field == f"tables.person.{key}"

    def test_may_have_it_stated_for_the_whole_source(self) -> None:
        table = {"path": PATH, "columns": {"title": "x", "organisation": "y"}}
        config = Tables.Config.model_validate(
            {"tables": {"person": table}, "origin": "our CRM", "legal_basis": "contract"}
        )
        assert config.tables.person is not None
        assert config.common(config.tables.person, "legal_basis") == "contract"


class TestColumns:
    def test_that_are_not_there_are_named_with_the_nearest(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Vestigingsplaats;Website\nAcme;Rye;x\n")
        with pytest.raises(ConfigInvalid) as caught:
            read(path, "account", {"title": "Account", "city": "Vestigingsplats"})
        assert caught.value.what == (
            't.csv has no column "Vestigingsplats", which key "tables.account.columns.city" names'
        )
        assert caught.value.mend == (
            'write "Vestigingsplaats"; there are "Account", "Vestigingsplaats", "Website"'
        )
        assert caught.value.field == "tables.account.columns.city"

    def test_by_a_number_beyond_the_last_are_named(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n")
        with pytest.raises(ConfigInvalid, match="has 2 columns, not the 3"):
            read(path, "account", {"title": 3})

    def test_of_a_header_row_that_is_empty_are_not_looked_for_elsewhere(
        self, csv_file: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n")
        with pytest.raises(ConfigInvalid, match="nothing in row 9"):
            read(path, "account", {"title": "Account"}, header_row=9)


class TestChecking:
    def test_counts_what_is_in_each_table(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        path = csv_file("Account;Plaats\nAcme;Rye\n;Ely\n")
        adapter = make_adapter(account={"path": str(path), "columns": {"title": "Account", "city": "Plaats"}})
        (check,) = adapter.check(request_)
        assert (check.name, check.outcome) == ("table account", "passed")
        assert check.what == "t.csv: 1 row, 1 more cannot be read"

    def test_says_what_is_wrong_and_not_more_than_it_knows(
        self,
        tmp_path: Path,
        csv_file: Callable[..., Path],
        make_adapter: Callable[..., Tables],
        make_request: Callable[..., Request],
    ) -> None:
        gone = {"path": str(tmp_path / "gone.csv"), "columns": {"title": "a"}}
        (check,) = make_adapter(account=gone).check(make_request())
        assert (check.outcome, bool(check.mend)) == ("failed", True)
        here = {"path": str(csv_file("a;b\nx;y\n")), "columns": {"title": "a"}}
        (check,) = make_adapter(account=here).check(make_request(0.0))
        assert check.outcome == "indeterminate"


def test_a_kind_without_a_table_has_no_rows(
    csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
) -> None:
    path = csv_file("Account;Plaats\nAcme;Rye\n")
    adapter = make_adapter(account={"path": str(path), "columns": {"title": "Account"}})
    assert adapter.fetch(Query(names=("Acme",)), Kind.TICKET, None, request_).records == ()
