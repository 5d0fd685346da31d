"""The sample's CRM: a small SQLite database such as a home-grown CRM might have."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from salesprep.sample import customers, dealings
from salesprep.sample.customers import VAN_DIJK
from salesprep.sample.days import Days
from salesprep.sample.dealings import Paper

_SCHEMA = """
CREATE TABLE colleague (email TEXT PRIMARY KEY, name TEXT NOT NULL, job TEXT);
CREATE TABLE account (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, aliases TEXT, parent_id INTEGER REFERENCES account,
  street TEXT, city TEXT, country TEXT, latitude REAL, longitude REAL, website TEXT, industry TEXT,
  staff INTEGER, owner TEXT REFERENCES colleague);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, name TEXT NOT NULL,
  position TEXT, email TEXT, phone TEXT, mail_ok INTEGER, has_left INTEGER NOT NULL);
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, at TEXT NOT NULL,
  type TEXT NOT NULL, direction TEXT, subject TEXT NOT NULL, body TEXT,
  owner TEXT NOT NULL REFERENCES colleague, contacts TEXT NOT NULL);
CREATE TABLE task (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, noted TEXT NOT NULL,
  text TEXT NOT NULL, owner TEXT NOT NULL REFERENCES colleague, due TEXT, done INTEGER NOT NULL);
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, title TEXT NOT NULL,
  amount TEXT, stage TEXT, status TEXT NOT NULL, closes TEXT, next_step TEXT);
CREATE TABLE contract (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, title TEXT NOT NULL,
  amount TEXT, status TEXT, starts TEXT, ends TEXT);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, title TEXT NOT NULL,
  amount TEXT, status TEXT, ordered TEXT, delivery TEXT);
CREATE TABLE invoice (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, number TEXT NOT NULL,
  amount TEXT, outstanding TEXT, status TEXT, day TEXT, due TEXT);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
  title TEXT NOT NULL, priority TEXT, type TEXT, status TEXT NOT NULL, opened TEXT NOT NULL, closed TEXT,
  contact TEXT, last_message TEXT, last_message_at TEXT, last_message_by TEXT);
"""


def write_crm(path: Path, days: Days) -> None:
    """Write the database to ``path``, which must not exist. Times are local, without a zone."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        for table, rows in _tables(days):
            _insert(connection, table, rows)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    rows = list(rows)
    marks = ", ".join("?" * len(rows[0]))
    # Table names are this module's own.
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _tables(days: Days) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    yield "colleague", ((email, name, customers.JOBS.get(email)) for email, name in customers.US.items())
    yield (
        "account",
        (
            (
                c.id,
                c.name,
                json.dumps(c.aliases, ensure_ascii=False) if c.aliases else None,
                c.parent,
                c.street or None,
                c.city,
                c.country,
                c.latitude,
                c.longitude,
                c.website or None,
                c.industry,
                c.staff,
                c.owner,
            )
            for c in customers.CUSTOMERS
        ),
    )
    yield (
        "person",
        (
            (
                number,
                p.customer,
                p.name,
                p.position,
                p.email or None,
                p.phone or None,
                None if p.mail_ok is None else int(p.mail_ok),
                int(p.left),
            )
            for number, p in enumerate(customers.CONTACTS, 1)
        ),
    )
    yield "activity", _activities(days)
    yield (
        "task",
        (
            (
                n,
                p.customer,
                days.day(p.days).isoformat(),
                p.text,
                p.owner,
                days.day(p.due).isoformat(),
                int(p.done),
            )
            for n, p in enumerate(dealings.PROMISES, 1)
        ),
    )
    yield (
        "opportunity",
        (
            (n, d.customer, d.title, d.amount, d.stage, d.status, days.day(d.closes).isoformat(), d.next_step)
            for n, d in enumerate(dealings.DEALS, 1)
        ),
    )
    yield "contract", (_paper(n, p, days) for n, p in enumerate(dealings.CONTRACTS, 1))
    yield "orders", (_paper(n, p, days) for n, p in enumerate(dealings.ORDERS, 1))
    yield (
        "invoice",
        (
            (
                n,
                i.customer,
                i.title,
                i.amount,
                i.outstanding,
                i.status,
                str(days.day(i.day)),
                str(days.day(i.end)),
            )
            for n, i in enumerate(dealings.INVOICES, 1)
        ),
    )
    yield "ticket", _tickets(days)


def _paper(number: int, paper: Paper, days: Days) -> tuple[object, ...]:
    start, end = days.day(paper.day).isoformat(), days.day(paper.end).isoformat()
    return (number, paper.customer, paper.title, paper.amount, paper.status, start, end)


def _activities(days: Days) -> Iterator[tuple[object, ...]]:
    number = 0
    for number, talk in enumerate(dealings.TALKS, 1):
        yield (
            number,
            talk.customer,
            _clock(days.at(talk.days, talk.clock)),
            talk.type,
            talk.direction,
            talk.title,
            talk.body or None,
            talk.ours,
            json.dumps(talk.theirs, ensure_ascii=False),
        )
    for older in range(dealings.OLDER_TALKS):
        type_, subject = dealings.OLDER_SUBJECTS[older % len(dealings.OLDER_SUBJECTS)]
        yield (
            number + 1 + older,
            VAN_DIJK,
            _clock(days.at(-68 - 12 * older, "10:15")),
            type_,
            None,
            subject,
            None,
            customers.ANNA,
            json.dumps(["R. Smit"]),
        )


def _tickets(days: Days) -> Iterator[tuple[object, ...]]:
    for number, case in enumerate(dealings.CASES, 1):
        said = at = by = None
        if case.last is not None:
            day, clock, by, said = case.last
            at = _clock(days.at(day, clock))
        yield (
            number,
            case.number,
            case.customer,
            case.title,
            case.priority,
            case.type,
            "open" if case.closed is None else "closed",
            days.day(case.opened).isoformat(),
            None if case.closed is None else days.day(case.closed).isoformat(),
            case.contact,
            said,
            at,
            by,
        )
