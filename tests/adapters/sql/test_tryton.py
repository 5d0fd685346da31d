"""A database that nobody here made: a running Tryton server's, filled through Tryton's own client.

The settings are those of the adapter's README.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adapters.sql.adapter import Sql
from salesprep import kit
from salesprep.adapter import Kind, Money, Opportunity, Query, Request
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Ask, Host

ROOT = Path(__file__).parents[3]

# To make the database takes half a minute of computing, once for a version of Tryton.
pytestmark = [pytest.mark.timeout(400), pytest.mark.xdist_group("tryton")]


@pytest.fixture(scope="module")
def tryton(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Path]:
    """The database of a server that runs as long as the tests of this file."""
    versions = [importlib.metadata.version(name) for name in ("trytond", "trytond_sale_opportunity")]
    keep = pytestconfig.cache.mkdir("-".join(("tryton", *versions))) if pytestconfig.cache else None
    folder = tmp_path_factory.mktemp("tryton")
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, ROOT / "tests" / "servers" / "tryton.py", keep or folder, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        ready = server.stdout.readline()
        assert ready == b"ready\n", (folder / "server.log").read_text(encoding="utf-8")[-4000:]
        yield folder / "crm.sqlite"
    finally:
        server.stdin.close()
        server.stdout.close()
        server.wait(30)


@pytest.fixture
def settings_of_the_readme() -> dict[str, Any]:
    readme = (ROOT / "adapters" / "sql" / "README.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in readme.split("```toml\n")[1:]]
    [block] = [block for block in blocks if "[sources.tryton]" in block]
    table: dict[str, Any] = tomllib.loads(block)["sources"]["tryton"]
    return {key: value for key, value in table.items() if key not in ("adapter", "title")}


@pytest.fixture
def adapter(tryton: Path, settings_of_the_readme: dict[str, Any]) -> Sql:
    return Sql(Sql.Config.model_validate({**settings_of_the_readme, "database": str(tryton)}))


class TestARunningTryton:
    def test_every_query_works(self, adapter: Sql, request_: Request) -> None:
        assert [check.outcome for check in adapter.check(request_)] == ["passed"] * 3

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            (Query(names=("zuiderpomp installaties bv",)), ["Zuiderpomp Installaties B.V."]),
            (Query(names=("CAFE ARE",)), ["Café Åre & Søn"]),
            (Query(names=("Zuiderpomp",)), ["Zuiderpomp Installaties B.V.", "Zuiderpomp Service GmbH"]),
            (Query(domains=("zuiderpomp-service.example",)), ["Zuiderpomp Service GmbH"]),
            (Query(emails=("info@zuiderpomp.example",)), ["Zuiderpomp Installaties B.V."]),
            (Query(names=("Nobody",), domains=("nobody.example",)), []),
        ],
    )
    def test_parties_are_found_by_name_domain_and_address(
        self, query: Query, titles: list[str], adapter: Sql, request_: Request
    ) -> None:
        assert [account.title for account in adapter.find(query, request_).records] == titles

    def test_a_party_with_its_keys(self, adapter: Sql, request_: Request) -> None:
        [party] = adapter.find(Query(names=("Zuiderpomp Installaties",)), request_).records
        assert party.keys.domains == ("zuiderpomp.example",)
        assert party.keys.emails == ("info@zuiderpomp.example",)
        assert party.phone == "+31 40 555 0100"
        assert party.place is not None
        assert party.place.city == "Eindhoven"
        assert party.url == f"https://tryton.ons.example/#crm/model/party.party/{party.id}"

    def test_its_opportunities_to_the_cent(self, adapter: Sql, request_: Request) -> None:
        [party] = adapter.find(Query(names=("Zuiderpomp Installaties",)), request_).records
        page = adapter.fetch(Query(ids=(party.id,)), Kind.OPPORTUNITY, None, request_)
        found = {o.title: o for o in page.records if isinstance(o, Opportunity)}
        assert page.refused == ()
        assert page.total == 4
        assert {title: (o.amount, o.status) for title, o in found.items()} == {
            "LX-200": (Money(Decimal("180000.55"), "EUR"), "open"),
            "Service 2027": (Money(Decimal("0.1"), "EUR"), "open"),
            "LX-100": (Money(Decimal("99999999.99"), "EUR"), "lost"),
            "Without an amount": (None, "open"),
        }
        lx = found["LX-200"]
        assert (lx.stage, lx.at, lx.closes) == ("opportunity", date(2026, 11, 2), date(2026, 11, 24))
        assert [person.name for person in lx.people] == ["Anna de Boer"]
        assert lx.next_step is None, "Tryton has no such field"
        assert lx.keys.account_id == party.id

    async def test_through_the_host(
        self, tryton: Path, settings_of_the_readme: dict[str, Any], request_: Request, tmp_path: Path
    ) -> None:
        table = {**settings_of_the_readme, "database": str(tryton)}
        host = Host(
            Settings(Us(), {"tryton": Source("tryton", "sql", "Tryton", table, tmp_path / "settings.toml")}),
            now=request_.now,
            dirs=Dirs(tmp_path / "cache", tmp_path / "state", tmp_path / "config"),
        )
        deadline = time.monotonic() + 10
        found = await host.ask("tryton", Ask("find", Query(domains=("are.example",))), deadline=deadline)
        assert found.page is not None, found.failure
        ids = tuple(account.id for account in found.page.records)
        fetched = await host.ask("tryton", Ask("fetch", Query(ids=ids), Kind.OPPORTUNITY), deadline=deadline)
        await host.close()
        assert fetched.page is not None, fetched.failure
        assert [record.title for record in fetched.page.records] == ["Espresso '26; 100%_"]

    def test_passes_the_kit(self, tryton: Path, settings_of_the_readme: dict[str, Any]) -> None:
        """``adapter check sql --live``: what its silver level stands on."""
        table = {**settings_of_the_readme, "database": str(tryton)}
        source = Source("tryton", "sql", "Tryton", table, tryton.parent / "settings.toml")
        report = kit.check(
            ROOT / "adapters" / "sql",
            live=Settings(Us(), {"tryton": source}),
            only=("live-check", "live-answers"),
        )
        assert {result.check: result.outcome for result in report.results} == {
            "live-check": "passed",
            "live-answers": "passed",
        }

    def test_nothing_is_changed(self, tryton: Path, adapter: Sql, request_: Request) -> None:
        def state() -> dict[str, str]:
            return {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in tryton.parent.glob("crm.sqlite*")
                # Beside a running server, readers note in here what they are reading.
                if not path.name.endswith("-shm")
            }

        before = state()
        adapter.check(request_)
        adapter.find(Query(names=("Zuiderpomp",)), request_)
        assert state() == before
