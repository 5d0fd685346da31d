"""Settings that cannot work: what an admin is told, and that it costs one kind only."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import ValidationError

from adapters.sql.adapter import Sql
from adapters.sql.columns import readers
from adapters.sql.config import QUERIED, Queries
from salesprep.adapter import ConfigInvalid, Kind, Query, Request, SourceError
from salesprep.adapter.manifest import read_manifest

ADAPTER = Path(__file__).parents[3] / "adapters" / "sql"
ZUIDERPOMP = Query(ids=("1042",))
BEGIN, END = "SELECT id, account_id, name AS title", "FROM opportunity WHERE account_id IN asked_ids"


class TestAQueryThatCannotWork:
    @pytest.mark.parametrize(
        ("sql", "what", "mend"),
        [
            (f"{BEGIN}, close_date AS closing {END}", "no such column: close_date", "correct the query"),
            (f"{BEGIN}, closes AS closing {END}", 'unknown column "closing"', 'did you mean "closes"?'),
            (f"{BEGIN}, margin {END}", 'unknown column "margin"', 'call it "field_margin"'),
            (f"{BEGIN}, margin AS field_ {END}", 'unknown column "field_"', "field_"),
            (f"{BEGIN}, name AS title {END}", 'column "title" is selected twice', "leave one of them out"),
            (f"SELECT id, account_id {END}", 'column "title" is missing', '"title"'),
            (f"SELECT account_id, name AS title {END}", 'column "id" is missing', '"id"'),
            (f"SELECT id, name AS title {END}", "no column says whose a row is", '"account_id"'),
            (f"{BEGIN} FROM opportunities WHERE account_id IN asked_ids", "no such table", "correct"),
            (f"{BEGIN} FORM opportunity WHERE account_id IN asked_ids", "syntax error", "correct"),
            (f"{BEGIN} FROM opportunity", "does not ask for the customer", "asked_ids"),
            (f"{BEGIN} FROM opportunity WHERE name = 'asked_ids'", "does not ask for", "asked_ids"),
            (f"{BEGIN} FROM opportunity WHERE account_id IN asked_id", '"asked_id"', 'use "asked_ids"'),
            (f"{BEGIN} FROM opportunity WHERE account_id = :id", '":id"', '"asked_ids"'),
            (f"{BEGIN} FROM opportunity WHERE name LIKE :name_part", '":name_part"', '"asked_names"'),
            (f"{BEGIN} FROM opportunity WHERE account_id = ?", '"?"', ":today"),
            (f"{BEGIN} FROM opportunity WHERE account_id = @asked_ids", '"@asked_ids"', "asked_ids"),
            (f"{BEGIN} {END} AND 'unfinished", "", "correct"),
            (f"{BEGIN} {END} /* unfinished", "", "correct"),
            (f"{BEGIN} {END})", "", "correct"),
            (f"{BEGIN} {END} \0", "zero byte", "remove it"),
            ("", "only SELECT is allowed", "SELECT"),
        ],
    )
    def test_is_named_with_its_mend(
        self, sql: str, what: str, mend: str, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        with pytest.raises(ConfigInvalid) as error:
            make_adapter(queries={"opportunity": sql}).fetch(ZUIDERPOMP, Kind.OPPORTUNITY, None, request_)
        assert error.value.field == "queries.opportunity"
        assert error.value.what.startswith("query opportunity: ")
        assert what in error.value.what
        assert mend in (error.value.mend or "")

    def test_an_amount_without_any_currency(
        self, make_adapter: Callable[..., Sql], request_: Request
    ) -> None:
        adapter = make_adapter(queries={"opportunity": f"{BEGIN}, amount {END}"}, currency=None)
        with pytest.raises(ConfigInvalid, match='"amount" has no currency'):
            adapter.fetch(ZUIDERPOMP, Kind.OPPORTUNITY, None, request_)

    def test_costs_no_other_kind(self, make_adapter: Callable[..., Sql], request_: Request) -> None:
        task = "SELECT id, account_id, title FROM task WHERE account_id IN asked_ids"
        adapter = make_adapter(queries={"task": task, "opportunity": "nonsense"})
        assert len(adapter.fetch(ZUIDERPOMP, Kind.TASK, None, request_).records) == 1

    def test_trouble_with_the_content_repeats_nothing_of_it(
        self, make_adapter: Callable[..., Sql], change: Callable[..., None], request_: Request
    ) -> None:
        change("UPDATE task SET title = 'SECRET [' WHERE id = 1")
        sql = (
            "SELECT id, account_id, json_extract(title, '$') AS title FROM task WHERE account_id IN asked_ids"
        )
        with pytest.raises(SourceError) as error:
            make_adapter(queries={"task": sql}).fetch(ZUIDERPOMP, Kind.TASK, None, request_)
        assert error.value.code == "bad_data"
        assert error.value.what == "query task: fails on what is in the database"
        assert "SECRET" not in str(error.value)


class TestAKeyThatCannotWork:
    @pytest.mark.parametrize(
        ("settings", "field"),
        [
            ({"zone": "Europe/Amsterdamned"}, "zone"),
            ({"zone": "../../etc/passwd"}, "zone"),
            ({"links": {"account": "javascript:alert(1)"}}, "links.account"),
            ({"links": {"account": "https://{id}/"}}, "links.account"),
            ({"links": {"task": "https://crm.example/{number}"}}, "links.task"),
            ({"links": {"task": "https://crm.example/{id.__class__}"}}, "links.task"),
            ({"links": {"task": "https://crm.example/{id"}}, "links.task"),
        ],
    )
    def test_is_named_without_its_value(
        self, settings: dict[str, object], field: str, make_adapter: Callable[..., Sql]
    ) -> None:
        with pytest.raises(ConfigInvalid) as error:
            make_adapter(**settings)
        assert error.value.field == field
        assert field in error.value.what
        assert error.value.mend

    @pytest.mark.parametrize(
        "settings",
        [
            {"currency": "euro"},
            {"count": "yes"},
            {"databse": "crm.sqlite"},
            {"links": {"meeting": "https://crm.example/{id}"}},
            {"queries": {"find": "SELECT 1"}},
            {"database": 3},
        ],
    )
    def test_is_refused_by_the_model(
        self, settings: dict[str, object], make_adapter: Callable[..., Sql]
    ) -> None:
        with pytest.raises(ValidationError):
            make_adapter(**settings)


class TestThePapers:
    """What README, manifest and sample say is what the code does."""

    @pytest.mark.parametrize("kind", QUERIED)
    def test_the_readme_lists_every_column_and_no_other(self, kind: Kind) -> None:
        readme = (ADAPTER / "README.md").read_text(encoding="utf-8")
        [common] = re.findall(r"^All kinds: (.*?)\n\n", readme, re.MULTILINE | re.DOTALL)
        [own] = re.findall(rf"^\| `{kind}` \| (.*) \|$", readme, re.MULTILINE)
        # Words in brackets are what a column takes; "owner_*" stands for several.
        listed = set(re.findall(r"`(\w+)`", f"{common} {re.sub(r'[(][^)]*[)]', '', own)}"))
        if kind is Kind.ACCOUNT:
            listed -= {"account_id", "organisation"}
        assert listed == {
            name for name in readers(kind) if not re.match("(owner|contact|author|from|to)_", name)
        }

    def test_the_manifest_names_the_kinds_that_can_have_a_query(self) -> None:
        manifest = read_manifest(ADAPTER / "adapter.toml")
        assert {kind.value for kind in manifest.kinds} == set(Queries.model_fields)
        assert manifest.kinds == QUERIED
        assert manifest.class_name == Sql.__name__
        assert not manifest.is_remote({"database": "crm.sqlite"})

    def test_the_full_example_works_on_a_database_of_that_shape(
        self, tmp_path: Path, request_: Request
    ) -> None:
        readme = (ADAPTER / "README.md").read_text(encoding="utf-8")
        block = readme.split("```toml\n")[1].partition("```")[0]
        table = tomllib.loads(block)["sources"]["crm"]
        with closing(sqlite3.connect(tmp_path / "crm.sqlite")) as connection:
            connection.executescript((ADAPTER / "sample" / "crm.sql").read_text(encoding="utf-8"))
        del table["adapter"], table["title"]
        adapter = Sql(Sql.Config.model_validate(table, context={"settings": tmp_path}))
        assert [check.outcome for check in adapter.check(request_)] == ["passed"] * 5
        assert adapter.find(Query(names=("Cafe Are",)), request_).records[0].id == "1044"
