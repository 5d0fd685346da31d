"""A CRM in a real SQLite file for each test, and the adapter on it as the host would make it."""

from __future__ import annotations

import logging
import sqlite3
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.sql.adapter import Sql
from salesprep.adapter import Request
from tests.adapters.no_http import NoHttp

SAMPLE = Path(__file__).parents[3] / "adapters" / "sql" / "sample"
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def make_request() -> Callable[..., Request]:
    """Makes a request that ends in so many seconds."""

    def make(seconds: float = 30.0, store: Path | None = None) -> Request:
        return Request(
            now=lambda: NOW,
            deadline=time.monotonic() + seconds,
            http=NoHttp(),
            log=logging.getLogger("sql"),
            identity="anna",
            store=store,
        )

    return make


@pytest.fixture
def request_(make_request: Callable[..., Request]) -> Request:
    return make_request()


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    """The sample's database, in a folder of its own."""
    path = tmp_path / "data" / "crm.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SAMPLE / "crm.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def change(crm: Path) -> Callable[..., None]:
    """Runs SQL on the database as the CRM itself would: ``change("UPDATE …", value, …)``."""

    def run(sql: str, *values: object) -> None:
        with closing(sqlite3.connect(crm)) as connection, connection:
            connection.execute(sql, values)

    return run


@pytest.fixture
def sample_settings() -> dict[str, Any]:
    """``[sources.crm]`` of the sample without what the host takes for itself."""
    table = tomllib.loads((SAMPLE / "settings.toml").read_text(encoding="utf-8"))["sources"]["crm"]
    return {key: value for key, value in table.items() if key not in ("adapter", "title")}


@pytest.fixture
def make_adapter(crm: Path, sample_settings: dict[str, Any]) -> Callable[..., Sql]:
    """Makes the adapter on the sample's settings, with some of them replaced."""

    def make(*, queries: Mapping[str, str] | None = None, **settings: object) -> Sql:
        table = {
            **sample_settings,
            **({} if queries is None else {"queries": dict(queries)}),
            **settings,
        }
        config = Sql.Config.model_validate(table, context={"settings": crm.parent})
        return Sql(config)

    return make


@pytest.fixture
def adapter(make_adapter: Callable[..., Sql]) -> Sql:
    return make_adapter()
