"""Settings over a small adapter made for the test, and what a command shows of them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

Write = Callable[..., Path]

MANIFEST = """
name = "demo"
title = "Demo"
version = "2.1"
contract = "1.0"
class = "Demo"
kinds = ["account", "person", "meeting"]
lookups = ["id", "name", "domain"]
abilities = ["find", "fetch", "upcoming"]
asks_as = "none"
hosts = ["config:url"]
secrets = ["token"]
"""

ADAPTER = '''
"""A source whose manners are set by its settings."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from datetime import timedelta

from salesprep.adapter import (
    Account, Adapter, AuthRequired, Check, ConfigInvalid, Keys, Kind, Meeting, Page, Participant, Person,
    Place, Unavailable,
)
from salesprep.adapter.config import Config, Secret

ACCOUNTS = (
    ("1042", "Van Dijk Machinebouw B.V.", "vandijk.example", "Eindhoven"),
    ("2001", "Berghout Advies", "berghout-advies.example", "Zwolle"),
    ("2002", "Berghout Bouw", "berghout-bouw.example", "Breda"),
)


class Demo(Adapter):
    class Config(Config):
        mode: str = "ok"
        url: str | None = None
        token: Secret | None = None
        visits: bool = True
        guest: str = "vandijk.example"
        """Whose guest comes; with a title that fits two customers, nobody's."""
        asked: str | None = None
        """A file to make when asked."""

    async def manners(self):
        if self.config.asked:
            Path(self.config.asked).touch()
        match self.config.mode:
            case "down":
                raise Unavailable("the demo is closed", mend="wait until it opens")
            case "login":
                raise AuthRequired("the demo knows you no more", mend="log in again")
            case "gone":
                raise ConfigInvalid("demo.db is not there", mend="put it back")
            case "key":
                raise ConfigInvalid("url is none that can be read", mend="correct it", field="url")
            case "hangs":
                time.sleep(60)
            case "leaves":
                ThreadPoolExecutor(1).submit(time.sleep, 60)
            case "slow":
                await asyncio.sleep(60)
            case "raises":
                raise RuntimeError("hunter2-Zwaluw")

    async def find(self, query, request):
        await self.manners()
        fits = [a for a in ACCOUNTS if a[0] in query.ids or a[2] in query.domains
                or any(name.casefold() in a[1].casefold() for name in query.names)]
        return Page(tuple(Account(
            id=id, title=title, fetched_at=request.now(), no_url_reason="a demo", place=Place(city=city),
            keys=Keys(account_id=id, organisation=title, domains=(domain,)),
        ) for id, title, domain, city in fits))

    async def fetch(self, query, kind, cursor, request):
        await self.manners()
        if kind is Kind.ACCOUNT:
            return await self.find(query, request)
        if kind is Kind.PERSON and ("1042" in query.ids or "vandijk.example" in query.domains):
            return Page((Person(
                id="p1", title="R. Smit", fetched_at=request.now(), no_url_reason="a demo",
                position="Plant manager", emails=("r.smit@vandijk.example",), keys=Keys(account_id="1042"),
            ),))
        return Page()

    async def upcoming(self, window, cursor, request):
        await self.manners()
        if not self.config.visits:
            return Page()
        start = request.now() + timedelta(hours=1)
        return Page((Meeting(
            id="m1", title="Kwartaalbezoek" if self.config.guest else "Berghout: kwartaalbezoek",
            fetched_at=request.now(), no_url_reason="a demo", start=start,
            end=start + timedelta(hours=1), people=(
                *((Participant("R. Smit", f"r.smit@{self.config.guest}", "attendee"),)
                  if self.config.guest else ()),
                Participant("Anna", "anna@ons.example", "organiser"),
            ),
        ),))

    async def check(self, request):
        await self.manners()
        return (Check("door", "passed", "it opens"),)
'''

US = """
[us]
name = "Anna de Boer"
emails = ["anna@ons.example"]
domains = ["ons.example"]
zone = "Europe/Amsterdam"
[adapters]
folders = ["adapters"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Write:
    """Writes ``settings.toml`` beside a folder with the adapter ``demo``; returns its path."""

    def write(sources: str, *, us: str = US) -> Path:
        folder = tmp_path / "adapters" / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "adapter.toml").write_text(MANIFEST, encoding="utf-8")
        (folder / "adapter.py").write_text(ADAPTER, encoding="utf-8")
        file = tmp_path / "settings.toml"
        file.write_text(us + textwrap.dedent(sources), encoding="utf-8")
        return file

    return write


@pytest.fixture
def one(settings: Write) -> Path:
    """Settings with one source that answers."""
    return settings('[sources.crm]\nadapter = "demo"\n')


@pytest.fixture
def two(settings: Write) -> Callable[[str], Path]:
    """Settings with one source that answers, and one that does as it is told."""

    def write(keys: str) -> Path:
        return settings(f'[sources.crm]\nadapter = "demo"\n[sources.wiki]\nadapter = "demo"\n{keys}\n')

    return write


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints that runs in this process and has nothing to complain of."""

    def of(*arguments: object) -> str:
        assert run([str(argument) for argument in arguments]) is Exit.DONE
        out, err = capsys.readouterr()
        assert err == ""
        return str(out)

    return of
