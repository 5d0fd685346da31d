"""``docs/adapters.md``: what it shows works as shown, and its tables are whole."""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from salesprep.adapter import RECORD_TYPES, Kind, Query, Raw, Record, SourceError, Ticket, names
from salesprep.adapter import manifest as manifests
from salesprep.briefing.links import read_links
from salesprep.briefing.scan import scan
from salesprep.machine import Dirs
from salesprep.settings import load
from salesprep.sources import Answer, Ask, Host

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adapters.md"
NOW = datetime(2026, 11, 19, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
SHOWN = re.compile(r"^\*\*`([\w./]+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Ask_ = Callable[..., Awaitable[Answer]]


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture
def workspace(page: str, tmp_path: Path) -> Path:
    """All files that the page shows, laid out as it says."""
    for name, text in SHOWN.findall(page):
        path = tmp_path / ("adapters" if name.startswith(("desk/", "helpdesk/")) else "") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
async def ask(workspace: Path) -> AsyncIterator[Ask_]:
    """Asks a source of the workspace through the real host."""
    hosts: list[Host] = []

    async def ask(source: str, question: Ask) -> Answer:
        settings = load({}, explicit=workspace / "settings.toml", person=workspace / "none.toml")
        dirs = Dirs(workspace / "cache", workspace / "state", workspace / "config")
        host = Host(settings, now=lambda: NOW, dirs=dirs, environ={"HELPDESK_TOKEN": "abc"})
        hosts.append(host)
        assert host.not_loaded == ()
        return await host.ask(source, question, deadline=time.monotonic() + 30)

    yield ask
    for host in hosts:
        await host.close()


def tickets(answer: Answer) -> list[Ticket]:
    assert answer.failure is None
    assert answer.page is not None
    return [record for record in answer.page.records if isinstance(record, Ticket)]


class TestTheFirstExample:
    async def test_finds_the_customer_s_tickets_newest_first(self, ask: Ask_) -> None:
        query = Query(names=("Van Dijk Machinebouw B.V.",), domains=("vandijk.example",))

        found = tickets(await ask("desk", Ask("fetch", query, Kind.TICKET)))

        assert [(ticket.id, ticket.open) for ticket in found] == [("T-1042", True), ("T-0988", False)]
        assert found[0].url == "https://desk.ons.example/t/T-1042"
        assert found[0].keys.domains == ("vandijk.example",)
        assert found[0].at == datetime.fromisoformat("2026-11-12T09:30:00+01:00")

    async def test_leaves_other_customers_out(self, ask: Ask_) -> None:
        assert tickets(await ask("desk", Ask("fetch", Query(names=("Bakker",)), Kind.TICKET))) == []

    async def test_goes_on_where_a_page_ends(self, ask: Ask_, workspace: Path) -> None:
        row = (
            '{"nr": "%d", "customer": "Acme", "subject": "s", "state": "open", "opened": "2026-11-01T10:00"}'
        )
        rows = ", ".join(row % number for number in range(120))
        (workspace / "tickets.json").write_text(f"[{rows}]")
        query, ids, cursor = Query(names=("Acme",)), set(), None

        for _ in range(3):
            answer = await ask("desk", Ask("fetch", query, Kind.TICKET, cursor))
            assert answer.page is not None
            ids |= {record.id for record in answer.page.records}
            cursor = answer.page.cursor

        assert (len(ids), cursor) == (120, None)

    async def test_is_checked(self, ask: Ask_, workspace: Path) -> None:
        (check,) = (await ask("desk", Ask("check"))).checks
        (workspace / "tickets.json").unlink()
        (later,) = (await ask("desk", Ask("check"))).checks

        assert (check.outcome, check.what) == ("passed", "3 tickets")
        assert (later.outcome, later.mend) == ("failed", "correct path in the settings")

    async def test_without_its_file_says_who_mends_it(self, ask: Ask_, workspace: Path) -> None:
        (workspace / "tickets.json").write_text("{")

        answer = await ask("desk", Ask("fetch", Query(names=("Acme",)), Kind.TICKET))

        assert answer.failure is not None
        assert (answer.failure.code, answer.failure.what) == ("bad_data", "tickets.json is not JSON")

    async def test_shows_as_fact_what_it_says_is_one(self, workspace: Path) -> None:
        settings = load({}, explicit=workspace / "settings.toml", person=workspace / "none.toml")
        dirs = Dirs(workspace / "cache", workspace / "state", workspace / "config")
        host = Host(settings, now=lambda: NOW, dirs=dirs)
        assert settings.links_file is not None
        links = read_links(settings.links_file)
        updates = [
            update
            async for update in scan(
                "Van Dijk Machinebouw", host, settings, now=lambda: NOW, links=links, deadline_s=30
            )
        ]
        await host.close()

        section = updates[-1].briefing.panels[0].section(Kind.TICKET)
        assert section is not None
        assert [found.record.id for found in section.records] == ["T-1042"]
        assert [found.record.id for found in section.candidates] == ["T-0988"]

    def test_passes_its_own_tests(self, workspace: Path) -> None:
        test = (workspace / "test_desk.py").rename(workspace / "adapters" / "desk" / "test_desk.py")
        ran = subprocess.run(
            (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test.name),
            cwd=test.parent,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # they take most of the time
            capture_output=True,
            text=True,
            check=False,
        )

        assert "1 passed" in ran.stdout, ran.stdout + ran.stderr


class TestTheExampleOverHttp:
    @pytest.fixture
    async def server(self, workspace: Path) -> AsyncIterator[list[web.Request]]:
        """The help desk, and a source that asks it; gives what it was asked."""
        asked: list[web.Request] = []
        row = {"subject": "s", "open": True, "opened": "2026-11-12T09:30:00+01:00", "domain": "acme.example"}
        row["link"] = "https://help.ons.example/t"

        async def answer(request: web.Request) -> web.Response:
            asked.append(request)
            if "," in request.query["domains"]:
                return web.json_response({"tickets": [{**row, "nr": None}], "total": 1})
            last = request.query.get("after") == "p2"
            return web.json_response(
                {"tickets": [{**row, "nr": 2 if last else 1}], "total": 2, "next": None if last else "p2"}
            )

        app = web.Application()
        app.router.add_get("/api/tickets", answer)
        async with TestServer(app, host="127.0.0.1") as server:
            with (workspace / "settings.toml").open("a") as settings:
                settings.write(
                    f'[sources.help]\nadapter = "helpdesk"\nurl = "{server.make_url("")}"\n'.replace(
                        '/"', '"'
                    )
                    + 'token = "env:HELPDESK_TOKEN"\n'
                )
            yield asked

    def test_is_25_lines_of_python_at_most(self, workspace: Path) -> None:
        text = (workspace / "adapters" / "helpdesk" / "adapter.py").read_text(encoding="utf-8")

        assert len(text.splitlines()) <= 25

    async def test_reads_page_after_page_with_its_token(self, ask: Ask_, server: list[web.Request]) -> None:
        query = Query(domains=("acme.example",))

        first = await ask("help", Ask("fetch", query, Kind.TICKET))
        assert first.page is not None
        second = await ask("help", Ask("fetch", query, Kind.TICKET, first.page.cursor))

        assert [ticket.id for ticket in (*tickets(first), *tickets(second))] == ["1", "2"]
        assert first.page.total == 2
        assert second.page is not None
        assert second.page.cursor is None
        assert [request.headers["Authorization"] for request in server] == ["Bearer abc"] * 2

    @pytest.mark.usefixtures("server")
    async def test_names_the_field_that_is_not_as_it_knows_it(self, ask: Ask_) -> None:
        query = Query(domains=("acme.example", "acme.test"))

        answer = await ask("help", Ask("fetch", query, Kind.TICKET))

        assert answer.failure is not None
        assert (answer.failure.code, answer.failure.field) == ("bad_data", "tickets[1].nr")


class TestTheTables:
    def test_have_every_key_of_the_manifest(self, page: str) -> None:
        section = page.split("## adapter.toml")[1].split("## Settings")[0]
        listed = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))

        assert listed == {*manifests._REQUIRED, *manifests._OPTIONAL}

    def test_have_every_word_that_a_key_takes(self, page: str) -> None:
        section = page.split("## adapter.toml")[1].split("## Settings")[0]

        for word in (*Kind, "find", "search", "upcoming", "handle", "service", "thread"):
            assert f"`{word}`" in section

    @pytest.mark.parametrize("kind", Kind)
    def test_have_every_field_of_every_record(self, page: str, kind: Kind) -> None:
        cls = RECORD_TYPES[kind]
        (row,) = re.findall(rf"^\| `{kind}` \| `{cls.__name__}` \|(.*)\|$", page, re.MULTILINE)
        common = {field.name for field in dataclasses.fields(Record)}
        own = {field.name for field in dataclasses.fields(cls)} - common

        assert all(f"`{name}`" in row for name in own)
        assert all(f"`{name}`" in page for name in common)

    @pytest.mark.parametrize("error", SourceError.__subclasses__(), ids=lambda cls: cls.__name__)
    def test_say_the_policy_of_every_error(self, page: str, error: type[SourceError]) -> None:
        (row,) = re.findall(rf"^\| `{error.__name__}` \|(.*)\|$", page, re.MULTILINE)
        _, actor, again, old = (cell.strip() for cell in row.split("|"))

        assert actor == error.actor
        assert again == ("yes" if error.retry else "no")
        assert old.startswith("yes" if error.may_show_old else "no")
        assert ("forgotten" in old) is error.drop_old

    def test_name_only_helpers_that_exist(self, page: str) -> None:
        (listed,) = re.findall(r"`salesprep.adapter.names` helps.*?\n\n", page, re.DOTALL)

        helpers = re.findall(r"`(\w+)`", listed)
        assert len(helpers) == 6
        assert all(callable(getattr(names, name)) for name in helpers)

    def test_name_every_reader_of_an_answer(self, page: str) -> None:
        section = page.split("## Reading answers")[1].split("## Records")[0]
        readers = {name for name, found in inspect.getmembers(Raw, callable) if not name.startswith("_")}
        listed = set(re.findall(r"`(\w+)\(", section))

        assert readers <= listed
        assert {"read_json", "number_of", "page_from"} <= listed

    def test_lead_to_sections_that_exist(self, page: str) -> None:
        anchors = {
            re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
            for title in re.findall(r"^## (.+)$", page, re.MULTILINE)
        }

        assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= anchors


def test_every_block_of_toml_can_be_read(page: str) -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)

    assert len(blocks) == 5
    for block in blocks:
        tomllib.loads(block)
