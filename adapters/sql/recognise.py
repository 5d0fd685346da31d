"""Tells whether a file is a database with a CRM in it, and proposes the queries that read it.

Which table holds the customers, and which columns tell what, is guessed from their names; each query
is then tried on the database itself, and what cannot be read that way is left out of it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from adapters.sql.asking import Part, ask
from adapters.sql.columns import readers
from adapters.sql.database import MAGIC, Database
from adapters.sql.query import Select, bound
from adapters.sql.rows import Reading
from adapters.sql.words import CLOSED, COLUMNS, FIRST_NAMES, ID, LAST_NAMES, TABLES, words_of
from salesprep.adapter import ConfigInvalid, Kind, Query, SourceError
from salesprep.adapter.proposal import Choice, Given, Proposal
from salesprep.adapter.words import _, _n, joined

_CURRENCIES = ("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK")
_MOST_TABLES = 500
_MOST_CUSTOMERS = 20
_ROWS = 50
_TRIES = 8
_DOC = _("write the queries into the settings; the page of the adapter sql shows how")
_PLURALS: Mapping[Kind, str] = {
    Kind.PERSON: _("people"),
    Kind.ACTIVITY: _("contacts"),
    Kind.TASK: _("tasks"),
    Kind.OPPORTUNITY: _("offers"),
    Kind.TICKET: _("tickets"),
}


def recognise(given: Given) -> tuple[Proposal, ...]:
    """The CRM in the database file that ``given`` is.

    Raises:
        ConfigInvalid: it is a database, and no table looks like customers.
        BadData, Unavailable and others: it is one and cannot be read.
    """
    if given.path is None or not given.head.startswith(MAGIC):
        return ()
    guess = Database(given.path).read(given, lambda connection: _Guesser(connection, given).guess())
    if guess is None:
        what = _("{name} is a database, and no table in it looks like customers", name=given.path.name)
        raise ConfigInvalid(what, mend=_DOC)
    return (_proposal(given.path, guess),)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.name)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A query in the making."""

    kind: Kind
    table: _Table
    id: str
    """The SQL of each, as are the values of ``selected``."""
    account: str | None
    """The column that says whose a row is; none of an account."""
    selected: Mapping[str, str]

    @property
    def sql(self) -> str:
        """The query for the settings."""
        rows = [f"{sql} AS {_quoted(name)}" for name, sql in self.selected.items()]
        if self.account is None:
            name = self.selected["title"]
            names = f"EXISTS (SELECT 1 FROM asked_names WHERE fold({name}) LIKE pattern)"  # noqa: S608
            wanted = [f"{self.id} IN asked_ids", names]
            if "website" in self.selected:
                wanted.append(f"domain_of({self.selected['website']}) IN asked_domains")
            if "emails" in self.selected:
                wanted.append(f"domain_of({self.selected['emails']}) IN asked_domains")
                wanted.append(f"lower({self.selected['emails']}) IN asked_emails")
            where = "\n     OR ".join(wanted)
        else:
            where = f"{self.account} IN asked_ids"
        soonest = self.selected.get("due") or self.selected.get("closes")
        order = soonest or (f"{self.selected['at']} DESC" if "at" in self.selected else "1")
        columns = ",\n       ".join(rows)
        return f"SELECT {columns}\nFROM {_quoted(self.table.name)} t\nWHERE {where}\nORDER BY {order}\n"

    def without(self, column: str) -> _Draft:
        """The same, ``column`` left out."""
        return replace(self, selected={name: sql for name, sql in self.selected.items() if name != column})


@dataclass(frozen=True, slots=True)
class _Guess:
    customers: int
    table: str
    drafts: tuple[_Draft, ...]
    """That of the accounts first."""

    @property
    def needs_currency(self) -> bool:
        return any("amount" in one.selected and "currency" not in one.selected for one in self.drafts)


def _proposal(path: Path, guess: _Guess) -> Proposal:
    others = [_PLURALS[draft.kind] for draft in guess.drafts[1:]]
    customers = _n("{n} customer", "{n} customers").of(guess.customers)
    what = _("a database: {customers}", customers=customers)
    if others:
        names = joined(others, ", ")
        what = _("a database: {customers}, with {names}", customers=customers, names=names)
    currency: dict[str, str] = {"currency": _CURRENCIES[0]} if guess.needs_currency else {}
    choice = Choice(
        key="currency",
        label=_("currency of amounts"),
        value=_CURRENCIES[0],
        options=_CURRENCIES,
        needed=True,
    )
    return Proposal(
        name="crm",
        title="CRM",
        what=what,
        sure="likely" if guess.customers else "possible",
        config={
            "database": str(path),
            **currency,
            "queries": {draft.kind.value: draft.sql for draft in guess.drafts},
        },
        question=_("which currency?") if currency else None,
        choices=(choice,) if currency else (),
        notice=_("its queries are guessed from the names of its tables; correct them in the settings"),
    )


class _Guesser:
    """One look at one database."""

    def __init__(self, connection: sqlite3.Connection, given: Given) -> None:
        self.connection = connection
        self.given = given
        self.ids: list[str] = []

    def guess(self) -> _Guess | None:
        """The queries that work, ``None`` if there are no customers."""
        tables = self.tables()
        accounts = [self.draft(Kind.ACCOUNT, table, None) for table in _named(tables, Kind.ACCOUNT)]
        usable = [(self.count(one), one) for one in accounts if one is not None]
        if not usable:
            return None
        # Of "customer" and "company" the one with something in it; the earlier of equals.
        customers, account = max(usable, key=lambda one: one[0] > 0)
        self.ids = self.texts(account.id, account.table)
        tried = self.tried(account)
        if tried is None:
            return None
        drafts = [tried]
        for kind in _PLURALS:
            for table in _named(tables, kind):
                draft = self.draft(kind, table, account.table)
                ready = draft and self.tried(draft)
                if ready:
                    drafts.append(ready)
                    break
        return _Guess(customers, account.table.name, tuple(drafts))

    # -- tables and columns --

    def tables(self) -> list[_Table]:
        """All tables and views with their columns."""
        rows = self.connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name LIMIT ?",
            (_MOST_TABLES,),
        ).fetchall()
        found = []
        for (raw,) in rows:
            name = raw.decode("utf-8", "replace")
            try:
                cursor = self.connection.execute(f"SELECT * FROM {_quoted(name)} LIMIT 0")  # noqa: S608
            except sqlite3.Error:
                continue  # a view on something that is gone, a virtual table of an unknown sort
            found.append(_Table(name, tuple(column[0] for column in cursor.description)))
        return found

    def draft(self, kind: Kind, table: _Table, accounts: _Table | None) -> _Draft | None:
        """The query of ``kind`` on ``table``, if it has the columns that are needed."""
        account = None if accounts is None else _reference(table, accounts)
        title = _title(kind, table)
        if title is None or (accounts is not None and account is None):
            return None
        key = _column(table, (*ID, *(f"{' '.join(table.words)} {word}" for word in ID), *_own_ids(table)))
        found = "t.rowid" if key is None else _of(key)
        selected = {"id": found}
        if account is not None:
            selected["account_id"] = _of(account)
        selected["title"] = title
        known = readers(kind)
        for name, words in COLUMNS[kind].items():
            column = _column(table, words) if name != "title" else None
            if column is not None and name in known and column not in (key, account):
                selected[name] = _value(kind, name, _of(column))
        if kind is Kind.TICKET and "status" in selected:
            closed = ", ".join(f"'{word}'" for word in CLOSED)
            selected["open"] = f"lower({selected['status']}) NOT IN ({closed})"
        return _Draft(kind, table, found, None if account is None else _of(account), selected)

    # -- trying it out --

    def count(self, draft: _Draft) -> int:
        """How many rows the table has."""
        row = self.connection.execute(f"SELECT count(*) FROM {_quoted(draft.table.name)}").fetchone()  # noqa: S608
        return int(row[0])

    def texts(self, column: str, table: _Table) -> list[str]:
        """Some values of a column."""
        sql = f"SELECT DISTINCT {column} FROM {_quoted(table.name)} t LIMIT {_MOST_CUSTOMERS}"  # noqa: S608
        found = (one for (one,) in self.connection.execute(sql).fetchall() if one)
        return [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in found]

    def tried(self, draft: _Draft) -> _Draft | None:
        """``draft`` without the columns that cannot be read, ``None`` if it does not work at all."""
        ids = self.ids if draft.account is None else self.texts(draft.account, draft.table)
        for _try in range(_TRIES):
            try:
                wrong = self.unreadable(draft, ids)
            except (SourceError, sqlite3.OperationalError):
                return None
            if wrong is None:
                return draft
            if wrong not in draft.selected or wrong in ("id", "title", "account_id"):
                return None
            draft = draft.without(wrong)
        return None

    def unreadable(self, draft: _Draft, ids: Sequence[str]) -> str | None:
        """A column that keeps more than a quarter of the rows from being read."""
        query = Query(ids=tuple(ids))
        zone = self.given.now.tzinfo or UTC
        given = bound(query, self.given.now, zone)
        rows = ask(self.connection, Select(draft.kind, draft.sql), given, Part(0, _ROWS), _CURRENCIES[0])
        reading = Reading(
            kind=draft.kind, zone=zone, currency=_CURRENCIES[0], link=None, fetched_at=self.given.now
        )
        _, refused = reading.records(rows.names, rows.cells)
        for refusal in refused:
            if refusal.count * 4 > len(rows.cells) and refusal.where:
                return refusal.where.rpartition(" ")[2]
        return None


# -- names --------------------------------------------------------------------------------------


def _named(tables: Sequence[_Table], kind: Kind) -> list[_Table]:
    """The tables that are called so."""
    return [table for table in tables if table.words in TABLES[kind]]


def _column(table: _Table, words: Sequence[str]) -> str | None:
    """The column whose name comes first among ``words``."""
    called = {" ".join(words_of(column)): column for column in reversed(table.columns)}
    joined = {name.replace(" ", ""): column for name, column in called.items()}
    return next(
        (found for word in words if (found := called.get(word) or joined.get(word.replace(" ", "")))), None
    )


def _own_ids(table: _Table) -> list[str]:
    """``klantnr`` of ``klanten``, ``kundennummer`` of ``kunden``."""
    stems = {" ".join(table.words), *(" ".join(one) for one in _singular(table))}
    return [f"{stem}{joint}{word}" for stem in stems for word in ID for joint in (" ", "")]


def _singular(table: _Table) -> list[tuple[str, ...]]:
    """Other numbers of the table's name: ``klanten`` is of the same list as ``klant``."""
    last = table.words[-1] if table.words else ""
    stems = {last.removesuffix(end) for end in ("s", "es", "en", "n", "e")}
    if last.endswith("ies"):
        stems.add(last[:-3] + "y")
    return [(*table.words[:-1], stem) for stem in stems if len(stem) > 2]


def _reference(table: _Table, accounts: _Table) -> str | None:
    """The column of ``table`` that names a row of ``accounts``."""
    stems = [" ".join(accounts.words), *(" ".join(one) for one in _singular(accounts))]
    stems += [" ".join(words) for words in sorted(TABLES[Kind.ACCOUNT])]
    exact = [f"{stem} {word}" for stem in stems for word in ID]
    return _column(table, (*exact, *stems))


def _title(kind: Kind, table: _Table) -> str | None:
    """What a row is called; of a person the two parts of the name, where these are apart."""
    column = _column(table, COLUMNS[kind]["title"])
    if kind is Kind.PERSON:
        first, last = _column(table, FIRST_NAMES), _column(table, LAST_NAMES)
        if last is not None and (first is not None or column is None):
            parts = [f"coalesce({_of(part)}, '')" for part in (first, last) if part is not None]
            whole = " || ' ' || ".join(parts)
            return f"trim({whole})"
    return None if column is None else _of(column)


def _value(kind: Kind, name: str, sql: str) -> str:
    if (kind, name) == (Kind.TASK, "done"):
        undone = "'', '0', 'n', 'no', 'nee', 'nein', 'false', 'open'"
        return f"lower(coalesce({sql}, '')) NOT IN ({undone})"
    return sql


def _of(column: str) -> str:
    return f"t.{_quoted(column)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
