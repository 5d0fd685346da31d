"""A CRM in a real database and calendars in real files, asked through the real host."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.briefing.links import Links
from salesprep.briefing.model import Agenda, Briefing, Visit
from salesprep.briefing.scan import scan
from salesprep.briefing.visits.agenda import agenda
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source
from salesprep.sources import Host

if TYPE_CHECKING:
    from tests.briefing.conftest import Make

_TABLES = """
CREATE TABLE account (id TEXT, name TEXT, website TEXT, mail TEXT, street TEXT, city TEXT, country TEXT,
                      parent_id TEXT);
CREATE TABLE person (id TEXT, account_id TEXT, name TEXT, email TEXT);
CREATE TABLE activity (id TEXT, account_id TEXT, subject TEXT, at TEXT, type TEXT);
"""
_QUERIES = {
    "account": """
        SELECT id, name AS title, website, mail AS emails, street AS address, city, country, parent_id
        FROM account
        WHERE id IN asked_ids OR domain_of(website) IN asked_domains OR domain_of(mail) IN asked_domains
           OR EXISTS (SELECT 1 FROM asked_names WHERE fold(account.name) LIKE pattern)
    """,
    "person": """
        SELECT id, account_id, name AS title, email AS emails FROM person
        WHERE account_id IN asked_ids OR email IN asked_emails
    """,
    "activity": """
        SELECT id, account_id, subject AS title, at, type FROM activity WHERE account_id IN asked_ids
    """,
}
CRM_LINKS = {
    "account": "https://crm.ons.example/accounts/{id}",
    "person": "https://crm.ons.example/accounts/{account_id}/people/{id}",
}
_COLUMNS = ("id", "name", "website", "mail", "street", "city", "country", "parent_id")
ME = "ORGANIZER;CN=Anna de Boer:mailto:anna@ons.example"


class Office:
    """What is in the CRM and in the calendars, and what salesprep makes of it."""

    def __init__(self, folder: Path, make: Make) -> None:
        self.folder, self.make = folder, make
        self.sources: dict[str, Source] = {}
        self.links = Links()
        with closing(sqlite3.connect(folder / "crm.sqlite")) as crm:
            crm.executescript(_TABLES)
        self.crm(links=CRM_LINKS)
        self.calendar("calendar", "anna.ics", owner="anna@ons.example")

    def crm(self, *, links: dict[str, str]) -> None:
        """The CRM, and what its settings tell of the addresses of its records."""
        config = {"database": str(self.folder / "crm.sqlite"), "queries": _QUERIES, "links": links}
        config["zone"] = "Europe/Amsterdam"
        self.sources["crm"] = Source("crm", "sql", "CRM", config, self.folder / "settings.toml")

    def calendar(self, name: str, file: str, owner: str) -> None:
        """One more calendar in the source ``name``."""
        entry = {"path": str(self.folder / file), "owner": owner}
        before = self.sources.get(name)
        entries = [*(before.config["calendars"] if before else []), entry]  # type: ignore[misc]
        self.write(file)
        config: dict[str, Any] = {"calendars": entries}
        self.sources[name] = Source(name, "ics", name.upper(), config, self.folder / "settings.toml")

    def own_addresses(self) -> None:
        """The CRM tells the address of each account itself, instead of the settings."""
        source = self.sources["crm"]
        queries = dict(_QUERIES)
        address = "SELECT 'https://crm.ons.example/c?id=' || id AS url, id,"
        queries["account"] = queries["account"].replace("SELECT id,", address)
        config = {**source.config, "queries": queries}
        self.sources["crm"] = Source("crm", "sql", "CRM", config, source.file)

    def account(self, id: str, name: str, **told: str) -> None:
        """An account of the CRM."""
        values = {"id": id, "name": name, **told}
        self._insert("account", [values.get(column) for column in _COLUMNS])

    def person(self, id: str, account: str, name: str, email: str) -> None:
        """Somebody whom the CRM keeps under an account."""
        self._insert("person", [id, account, name, email])

    def activity(self, id: str, account: str, subject: str, at: datetime) -> None:
        """A telephone call that the CRM tells."""
        self._insert("activity", [id, account, subject, at.isoformat(), "phone"])

    def _insert(self, table: str, values: Iterable[str | None]) -> None:
        row = list(values)
        with closing(sqlite3.connect(self.folder / "crm.sqlite")) as crm, crm:
            crm.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608

    def event(
        self,
        uid: str,
        title: str,
        *guests: str,
        days: int = 1,
        hour: int = 14,
        more: str = "",
        organiser: str = ME,
    ) -> str:
        """One ``VEVENT``; ``more`` are further lines."""
        start = self.make.now.replace(hour=hour, minute=0, tzinfo=None) + timedelta(days=days)
        end = start + timedelta(hours=1)
        lines = [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20261101T080000Z",
            f"DTSTART;TZID=Europe/Amsterdam:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Amsterdam:{end:%Y%m%dT%H%M%S}",
            f"SUMMARY:{title}",
            *(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}" for guest in guests),
            *([organiser] if guests or organiser != ME else []),
            *more.splitlines(),
            "END:VEVENT",
        ]
        return "\r\n".join(lines)

    def write(self, file: str, *events: str) -> None:
        """Write a calendar anew."""
        head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
        text = head + "".join(f"{event}\r\n" for event in events) + "END:VCALENDAR\r\n"
        (self.folder / file).write_text(text, encoding="utf-8", newline="")

    def day(self, *events: str) -> None:
        """What is in the user's calendar."""
        self.write("anna.ics", *events)

    @property
    def settings(self) -> Settings:
        return Settings(us=self.make.us, sources=self.sources)

    def _host(self) -> Host:
        dirs = Dirs(self.folder / "cache", self.folder / "state", self.folder / "config")
        return Host(self.settings, now=lambda: self.make.now, dirs=dirs)

    async def agenda(self, *, first_lines: bool = False) -> Agenda:
        """The coming visits."""
        host = self._host()
        try:
            return await agenda(
                host, self.settings, now=lambda: self.make.now, links=self.links, first_lines=first_lines
            )
        finally:
            await host.close()

    async def visit(self, *events: str) -> Visit:
        """The one visit that these events are."""
        self.day(*events)
        (visit,) = (await self.agenda()).visits
        return visit

    async def briefing(self, name: str, **more: Any) -> Briefing:
        """The last of a scan."""
        host = self._host()
        try:
            stream = scan(name, host, self.settings, now=lambda: self.make.now, links=self.links, **more)
            return [update async for update in stream][-1].briefing
        finally:
            await host.close()


@pytest.fixture
def office(tmp_path: Path, make: Make) -> Office:
    return Office(tmp_path, make)
