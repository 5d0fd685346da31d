"""What is kept of one wiki: its pages' text for searching, what they say of themselves, and git's history.

One SQLite file in the source's private folder, or in memory where nothing may be kept. It holds nothing
that cannot be read again from the folder, so that a damaged one is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from adapters.markdown_wiki.front_matter import Facts
from adapters.markdown_wiki.organisations import Organisation
from adapters.markdown_wiki.page import Page
from adapters.markdown_wiki.plain import CLOSE, OPEN
from adapters.markdown_wiki.walk import Found

FILE_NAME = "wiki.sqlite"
VERSION = 1
"""Of the tables *and* of what is put in them; another one is thrown away."""

_WAIT = 0.5
"""Seconds to wait for another process that writes; then this look does without the index."""
_WEIGHTS = "8.0, 4.0, 1.0"
"""How much a hit counts in title, tags and text."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE page (id INTEGER PRIMARY KEY, name BLOB UNIQUE, size INTEGER, mtime_ns INTEGER, inode INTEGER,
    problem TEXT, recoded INTEGER, facts TEXT);
CREATE INDEX page_problem ON page (problem) WHERE problem IS NOT NULL;
CREATE INDEX page_recoded ON page (recoded) WHERE recoded;
CREATE VIRTUAL TABLE words USING fts5 (title, tags, body, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE account (id TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID;
CREATE TABLE customer (page INTEGER, account TEXT, name TEXT, PRIMARY KEY (page, account)) WITHOUT ROWID;
CREATE INDEX customer_account ON customer (account);
CREATE TABLE domain (domain TEXT, page INTEGER, PRIMARY KEY (domain, page)) WITHOUT ROWID;
CREATE INDEX domain_page ON domain (page);
CREATE TABLE history (name BLOB PRIMARY KEY, first INTEGER, last INTEGER, authors TEXT) WITHOUT ROWID;
CREATE TABLE moved (old BLOB PRIMARY KEY, new BLOB) WITHOUT ROWID;
"""


class State(NamedTuple):
    """Which file an indexed page was read from."""

    id: int
    size: int
    mtime_ns: int
    inode: int


@dataclass(slots=True)
class Touched:
    """What git tells of one page; seconds since 1970."""

    first: int
    last: int
    authors: list[tuple[str, str]]
    """Name and address, the latest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A page as the index has it."""

    id: int
    name: str
    mtime_ns: int
    facts: Facts
    customers: Mapping[str, str]
    """Account id → name as the page writes it."""
    touched: Touched | None


class Index:
    """The tables, as methods."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        if path is not None and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        # One call runs at a time, but not always on the same thread.
        self._db = sqlite3.connect(
            path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        run = self._db.execute
        if self.path is not None:
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = NORMAL")
            run("PRAGMA secure_delete = ON")  # what has left the wiki is not left lying in the file
        version = run("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            return
        with self.writing():
            if run("PRAGMA user_version").fetchone()[0] == VERSION:
                return
            if version or run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("made by another version")
            for statement in _TABLES.split(";"):
                run(statement)
            # Larger pieces, merged later: 5,000 pages are taken in in two thirds of the time.
            run("INSERT INTO words (words, rank) VALUES ('hashsize', 8000000)")
            run("INSERT INTO words (words, rank) VALUES ('automerge', 16)")
            if sqlite3.sqlite_version_info >= (3, 42):
                run("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")
            run(f"PRAGMA user_version = {VERSION}")

    @classmethod
    def open(cls, store: Path | None) -> Self:
        """The index in ``store``; made anew if it is damaged, in memory if it cannot be used."""
        if store is None:
            return cls(None)
        path = store / FILE_NAME
        for _ in range(2):
            try:
                return cls(path)
            except sqlite3.OperationalError:  # locked, read-only, no space
                break
            except sqlite3.DatabaseError:
                remove(path)
            except OSError:
                break
        return cls(None)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- what is known of the index itself --

    def known(self, key: str) -> Any:
        """What was kept under ``key``."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def keep(self, key: str, value: object) -> None:
        """Keep ``value`` under ``key``."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))

    def clear(self) -> None:
        """Forget everything."""
        with self.writing():
            for table in ("meta", "page", "words", "account", "customer", "domain", "history", "moved"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (own names)

    # -- pages --

    def states(self) -> dict[str, State]:
        """Every page that is in the index, or that is known to be none, by name."""
        rows = self._db.execute("SELECT name, id, size, mtime_ns, inode FROM page")
        return {os.fsdecode(name): State(id_, *state) for name, id_, *state in rows}

    def count(self) -> int:
        """How many pages can be searched."""
        return int(self._db.execute("SELECT count(*) FROM page WHERE facts IS NOT NULL").fetchone()[0])

    def put(self, found: Found, page: Page | None, problem: str | None) -> None:
        """Replace what is known of a page; ``None``: it cannot be read, for the reason given."""
        row = self._db.execute("SELECT id FROM page WHERE name = ?", (os.fsencode(found.name),)).fetchone()
        if row is not None:
            self._drop(row, ("words", "rowid"), ("domain", "page"), ("page", "id"))
        facts = None
        if page is not None:
            facts = json.dumps({key: said for key in Facts.__slots__ if (said := getattr(page.facts, key))})
        id_ = self._db.execute(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row or (None,)),  # a page keeps its number, and with it whose it is said to be
                *(os.fsencode(found.name), found.size, found.mtime_ns, found.inode),
                *(problem, bool(page and page.recoded), facts),
            ),
        ).lastrowid
        if page is None:
            return
        title = page.facts.title or found.name.rpartition("/")[2].rpartition(".")[0]
        texts = (storable(text) for text in (title, " ".join(page.facts.tags), page.body))
        self._db.execute("INSERT INTO words (rowid, title, tags, body) VALUES (?, ?, ?, ?)", (id_, *texts))
        self._db.executemany(
            "INSERT OR IGNORE INTO domain VALUES (?, ?)", ((one, id_) for one in page.facts.domains)
        )

    def drop(self, name: str) -> None:
        """Forget a page."""
        row = self._db.execute("SELECT id FROM page WHERE name = ?", (os.fsencode(name),)).fetchone()
        if row is not None:
            self._drop(row, ("words", "rowid"), ("domain", "page"), ("customer", "page"), ("page", "id"))

    def _drop(self, row: tuple[int], *places: tuple[str, str]) -> None:
        for table, key in places:
            self._db.execute(f"DELETE FROM {table} WHERE {key} = ?", row)  # noqa: S608 (own names)

    def problems(self) -> list[tuple[str, str]]:
        """Pages that cannot be read, or not wholly: why, and which."""
        rows = self._db.execute("SELECT problem, name FROM page WHERE problem IS NOT NULL ORDER BY name")
        return [(why, os.fsdecode(name)) for why, name in rows]

    def recoded(self) -> int:
        """How many pages are not in UTF-8."""
        return int(self._db.execute("SELECT count(*) FROM page WHERE recoded").fetchone()[0])

    def rows(self, ids: Iterable[int]) -> Iterator[Row]:
        """What is known of the pages ``ids``, in no order."""
        sql = (
            "SELECT page.id, page.name, mtime_ns, facts, first, last, authors,"
            " (SELECT json_group_object(account, customer.name) FROM customer WHERE customer.page = page.id)"
            " FROM page LEFT JOIN history ON history.name = page.name WHERE facts IS NOT NULL"
        )
        found = self._of(f"{sql} AND page.id", ids)
        for id_, name, mtime_ns, facts, first, last, authors, customers in found:
            touched = None
            if first is not None:
                touched = Touched(first, last, [(who, mail) for who, mail in json.loads(authors)])
            said = json.loads(facts)
            said["authors"] = [(who, mail) for who, mail in said.get("authors", ())]
            yield Row(id_, os.fsdecode(name), mtime_ns, Facts(**said), json.loads(customers), touched)

    # -- customers --

    def naming(self) -> Iterator[tuple[int, str, Facts]]:
        """Pages that name a customer: number, name, what they say."""
        rows = self._db.execute("SELECT id, name, facts FROM page WHERE facts LIKE '%\"customers\": [%'")
        for id_, name, facts in rows:
            yield id_, os.fsdecode(name), Facts(**json.loads(facts))

    def put_accounts(self, found: Sequence[Organisation]) -> None:
        """Replace all accounts, and which page names which, if any is another."""
        digest = hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()
        if self.known("accounts digest") == digest:
            return
        self.keep("accounts digest", digest)
        self._db.execute("DELETE FROM account")
        self._db.execute("DELETE FROM customer")
        for one in found:
            facts = json.dumps([one.title, one.aliases, one.domains])
            self._db.execute("INSERT INTO account VALUES (?, ?)", (storable(one.id), facts))
            self._db.executemany(
                "INSERT OR IGNORE INTO customer VALUES (?, ?, ?)",
                ((page, storable(one.id), storable(name)) for page, name in one.pages),
            )

    def accounts(self) -> list[Organisation]:
        """All accounts, without their pages."""
        rows = self._db.execute("SELECT id, facts FROM account")
        found = ((id_, *json.loads(facts)) for id_, facts in rows)
        return [Organisation(id_, title, tuple(a), tuple(d), ()) for id_, title, a, d in found]

    def pages_of(self, accounts: Iterable[str], domains: Iterable[str]) -> set[int]:
        """Pages that name one of these accounts or of these domains as their customer's."""
        of_account = self._of("SELECT page FROM customer WHERE account", map(storable, accounts))
        of_domain = self._of("SELECT page FROM domain WHERE domain", map(storable, domains))
        return {page for (page,) in (*of_account, *of_domain)}

    # -- words --

    def hits(self, match: str) -> list[tuple[int, float]]:
        """Pages with these words, and how well they fit: less is better."""
        sql = f"SELECT rowid, bm25(words, {_WEIGHTS}) FROM words WHERE words MATCH ?"  # noqa: S608
        return [(id_, rank) for id_, rank in self._db.execute(sql, (match,))]

    def marked(self, page: int, match: str) -> tuple[str, str, str] | None:
        """Title, tags and text of a page with its hits marked; ``None`` if there are none."""
        columns = ", ".join(f"highlight(words, {n}, '{OPEN}', '{CLOSE}')" for n in range(3))
        row = self._db.execute(
            f"SELECT {columns} FROM words WHERE words MATCH ? AND rowid = ?",  # noqa: S608 (own names)
            (match, page),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def beginning(self, page: int) -> str:
        """The first characters of a page's text."""
        row = self._db.execute("SELECT substr(body, 1, 4000) FROM words WHERE rowid = ?", (page,)).fetchone()
        return row[0] if row else ""

    # -- git --

    def history(self, names: Iterable[bytes]) -> dict[bytes, Touched]:
        """What git told of these pages before."""
        rows = self._of("SELECT name, first, last, authors FROM history WHERE name", names)
        return {
            name: Touched(first, last, [(who, mail) for who, mail in json.loads(authors)])
            for name, first, last, authors in rows
        }

    def put_history(self, touched: Mapping[bytes, Touched], gone: Iterable[bytes] = ()) -> None:
        """Replace what git tells of these pages."""
        self._db.executemany("DELETE FROM history WHERE name = ?", ((name,) for name in gone))
        self._db.executemany(
            "INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)",
            ((name, one.first, one.last, json.dumps(one.authors)) for name, one in touched.items()),
        )

    def moved(self) -> dict[bytes, bytes]:
        """Old name → present name, of pages that were moved."""
        return dict(self._db.execute("SELECT old, new FROM moved"))

    def put_moved(self, moved: Mapping[bytes, bytes]) -> None:
        """Remember where pages were moved to."""
        self._db.executemany("INSERT OR REPLACE INTO moved VALUES (?, ?)", moved.items())

    def forget_history(self) -> None:
        """Of git's history nothing is known any more."""
        self._db.execute("DELETE FROM history")
        self._db.execute("DELETE FROM moved")

    def _of(self, sql: str, values: Iterable[Any]) -> list[Any]:
        """The rows whose last named column is one of ``values``."""
        wanted = list(dict.fromkeys(values))
        found: list[Any] = []
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            found += self._db.execute(f"{sql} IN ({', '.join('?' * len(part))})", part)
        return found


def storable(text: str) -> str:
    """``text`` without the lone surrogates that no database takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def remove(path: Path) -> None:
    """Throw an index away."""
    for end in ("", "-wal", "-shm"):
        try:
            path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError:  # held by another process (Windows): this look does without
            return
