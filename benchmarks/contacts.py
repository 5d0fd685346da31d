"""How long the recent contacts take where a customer has 15,000 of them, against a raw read of the rows.

``contacts`` is asked through the real host and the ``sql`` adapter, as from the shell but for starting the
program; the time line alone is made of 15,000 records in memory, half of which two sources tell.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import workspace
from benchmarks.report import Figure, Options, Table
from salesprep.adapter import Activity, Keys, Kind, Participant
from salesprep.briefing.contacts.recent import DAYS, recent
from salesprep.briefing.contacts.time_line import KINDS, contacts
from salesprep.briefing.model import Briefing, Found, Match, Panel, Section
from salesprep.briefing.reach import ALL, RECENT, Reach
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.scan import scan
from salesprep.output import text
from salesprep.settings import Settings, Us
from salesprep.sources import Host

ACTIVITIES = 15_000
PEOPLE = 40
ROUNDS = 5
DEADLINE = 60.0
"""Seconds: nothing is to be cut off here, only measured."""
NOW = datetime.now(UTC)
SELECT = """
  SELECT id, account_id, subject AS title, at, type, direction, body,
         json_array(json_object('name', person, 'email', mail, 'role', 'contact'),
                    json_object('name', 'Anna de Boer', 'email', 'anna@ons.example', 'role', 'owner'))
           AS people
  FROM activity WHERE account_id IN asked_ids ORDER BY at DESC
"""
ACCOUNT = """
  SELECT id, name AS title, website FROM account
  WHERE id IN asked_ids
     OR EXISTS (SELECT 1 FROM asked_names WHERE fold(account.name) LIKE pattern)
     OR domain_of(website) IN asked_domains
"""
RAW = SELECT.replace("IN asked_ids", "= 1")


def measure(options: Options) -> Sequence[Table]:
    """The medians of some rounds, each with a fresh host."""
    rounds, count = (2, 1_500) if options.quick else (ROUNDS, ACTIVITIES)
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "crm.sqlite"
        write(file, count)
        raw = statistics.median(_timed(lambda: read(file)) for _ in range(rounds))
        asked = {
            "contacts": Reach(KINDS, RECENT, since=NOW - timedelta(days=DAYS)),
            "contacts --all": Reach(KINDS, ALL),
        }
        rows = [_row("raw read of all rows", count, raw, raw)]
        for name, reach in asked.items():
            took, seen = [], 0
            for _ in range(rounds):
                began = time.perf_counter()
                seen = asyncio.run(look(file, Path(home), reach))
                took.append(time.perf_counter() - began)
            rows.append(_row(name, seen, statistics.median(took), raw))
        panels = told_twice(count)
        line = statistics.median(_timed(lambda: _line(panels)) for _ in range(rounds))
        rows.append(_row("the time line alone, of two sources", count, line, raw))
    notes = [
        f"one customer with {count:,} activities in SQLite, pages of 50; medians of {rounds} rounds",
        f"contacts: the last {DAYS} days; --all reads {ALL:,} of a kind and says what is left; both to text",
        f"the time line alone: {count:,} records in memory, {count // 2:,} mails that both sources tell",
    ]
    return [Table("Contacts: a customer with a long history", rows, notes)]


def _row(name: str, records: int, seconds: float, raw: float) -> dict[str, Figure]:
    return {"what": name, "records": records, "ms": seconds * 1000, "to raw read": seconds / raw}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write(file: Path, count: int) -> None:
    """A CRM with one customer; activities go back one by one, four hours apart."""
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, name, website)")
        made.execute("INSERT INTO account VALUES (1, ?, 'vandijk.example')", (workspace.CUSTOMER,))
        made.execute(
            "CREATE TABLE activity (id INTEGER PRIMARY KEY, account_id INTEGER,"
            " subject, at, type, direction, body, person, mail)"
        )
        made.executemany(
            "INSERT INTO activity VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)", map(_activity, range(count))
        )
        made.execute("CREATE INDEX by_account ON activity (account_id, at DESC)")


def _activity(number: int) -> tuple[object, ...]:
    at = NOW - timedelta(hours=4 * number + 1)
    person = number % PEOPLE
    return (
        number,
        f"onderwerp {number % 700}",
        at.isoformat(timespec="seconds"),
        ("mail", "phone", "visit")[number % 3],
        ("in", "out")[number % 2],
        f"besproken: punt {number}",
        f"P{person}. Persoon{person}",
        f"p{person}@vandijk.example",
    )


def read(file: Path) -> int:
    """The floor: all rows, as the database gives them."""
    with closing(sqlite3.connect(file)) as made:
        return len(made.execute(RAW).fetchall())


async def look(file: Path, home: Path, reach: Reach) -> int:
    """``salesprep contacts`` from asking to text; how many contacts were read."""
    config = {"database": str(file), "queries": {"account": ACCOUNT, "activity": SELECT}}
    host, settings = workspace.open_host({"crm": workspace.source("crm", "sql", config)}, home)
    try:
        briefing = await _scanned(host, settings, reach)
    finally:
        await host.close()
    failed = [p.failure for p in briefing.panels if p.failure is not None]
    if failed or not briefing.contacts:
        raise RuntimeError(f"nothing was measured: {failed}")
    text.contacts(recent(briefing, settings.us, every=reach.since is None), settings.us, 80, colour=False)
    return len(briefing.contacts)


async def _scanned(host: Host, settings: Settings, reach: Reach) -> Briefing:
    last = None
    async for update in scan(
        workspace.CUSTOMER,
        host,
        settings,
        now=lambda: NOW,
        links=workspace.LINKS,
        deadline_s=DEADLINE,
        reach=reach,
    ):
        last = update.briefing
    if last is None:
        raise RuntimeError("a scan without an update")
    return last


def told_twice(count: int) -> tuple[Panel, ...]:
    """Two sources of one customer's mails, each with ``count // 2``: all of them are told by both."""
    first = tuple(_found("crm", number) for number in range(count // 2))
    return (_panel("crm", first), _panel("mail", tuple(_again(found) for found in first)))


def _found(source: str, number: int) -> Found:
    id, title, at, _type, direction, body, name, mail = _activity(number)
    record = Activity(
        id=str(id),
        title=str(title),
        at=datetime.fromisoformat(str(at)),
        type="mail",
        direction="in" if direction == "in" else "out",
        body=str(body),
        people=(Participant(str(name), str(mail)), Participant("Anna de Boer", "anna@ons.example")),
        keys=Keys(account_id="1"),
        fetched_at=NOW,
        no_url_reason="a benchmark",
    )
    return Found(source, record, Match("same", "id"))


def _again(found: Found) -> Found:
    record = found.record
    at = record.at + timedelta(minutes=1) if record.at is not None else None
    return Found("mail", replace(record, id=f"m{record.id}", title=f"Re: {record.title}", at=at), found.match)


def _panel(source: str, found: tuple[Found, ...]) -> Panel:
    section = Section(Kind.ACTIVITY, "fresh", found, fetched_at=NOW)
    return Panel(source, source.upper(), "benchmark", "fresh", (section,), fetched_at=NOW)


def _line(panels: Sequence[Panel]) -> int:
    us = Us(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",))
    made = contacts(panels, ours(us), NOW, us.zone)
    if len(made) * 2 != sum(len(s.records) for p in panels for s in p.sections):
        raise RuntimeError(f"{len(made)} lines: not every mail was known again")
    return len(made)
