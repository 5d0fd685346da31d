"""A CRM in a SQLite file, asked by the queries of its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar, cast
from zoneinfo import ZoneInfo

from adapters.sql.asking import Part, Rows, ask
from adapters.sql.called import Called
from adapters.sql.config import QUERIED, SqlConfig
from adapters.sql.database import Database
from adapters.sql.query import Select, bound
from adapters.sql.rows import Reading
from salesprep.adapter import (
    PAGE_SIZE,
    Account,
    BadData,
    BlockingAdapter,
    Check,
    Kind,
    Page,
    Query,
    Record,
    Request,
    SourceError,
)
from salesprep.adapter.order import likeliest_first
from salesprep.adapter.words import _

if TYPE_CHECKING:
    from salesprep.adapter.proposal import Given, Proposal

_MOST_ACCOUNTS = 500
"""Read to find the best of them; a query may give too much."""


class Sql(BlockingAdapter[SqlConfig]):
    """One database file, opened for each question; nothing is held in between."""

    Config: ClassVar[type[SqlConfig]] = SqlConfig

    def __init__(self, config: SqlConfig) -> None:
        super().__init__(config)
        self._database = Database(config.database)
        self._called = Called(self._database)

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A database file with a CRM in it; see :mod:`adapters.sql.recognise`."""
        from adapters.sql.recognise import recognise

        return recognise(given)

    def find(self, query: Query, request: Request) -> Page[Account]:
        """Accounts that the ``account`` query gives, best first.

        Raises:
            ConfigInvalid: the query cannot work. Other errors as in :mod:`adapters.sql.database`.
        """
        sql = self.config.queries.account
        if sql is None:
            return Page()
        select = Select(Kind.ACCOUNT, sql)
        near, by_id_alone = self._called.near(select, query, request)
        part = Part(0, _MOST_ACCOUNTS, count=True)
        rows = self._rows(select, near, request, part, by_id_alone=by_id_alone)
        page = cast("Page[Account]", self._page(Kind.ACCOUNT, rows, None, request))
        # The query's own order tells nothing of those that only sound like it.
        best = likeliest_first(page.records, query, alike=near.ids)
        return Page(tuple(best[:PAGE_SIZE]), total=page.total, as_of=page.as_of, refused=page.refused)

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """One page of the query of ``kind``, in its own order. Kinds without a query are not asked for.

        Raises:
            ConfigInvalid: the query cannot work. Other errors as in :mod:`adapters.sql.database`.
        """
        sql = self.config.queries.of(kind)
        if sql is None:
            return Page()
        part = _part(cursor, count=self.config.count)
        rows = self._rows(Select(kind, sql), query, request, part)
        return self._page(kind, rows, _cursor(part, rows) if rows.more else None, request)

    def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the file can be read, and whether each query works."""
        queries = {kind: sql for kind in QUERIED if (sql := self.config.queries.of(kind)) is not None}
        opened = _check(
            "database", _("{name} can be read", name=self.config.database.name), lambda: self._open(request)
        )
        if opened.outcome != "passed":
            return (
                opened,
                *(
                    Check(_("query {kind}", kind=kind), "skipped", _("needs the database"))
                    for kind in queries
                ),
            )
        if not queries:
            mend = _("write one query by kind, as this adapter's README shows")
            return (opened, Check("queries", "failed", _("there is no query"), mend))
        return (opened, *(self._check_query(kind, sql, request) for kind, sql in queries.items()))

    def _open(self, request: Request) -> None:
        self._database.read(request, lambda it: it.execute("SELECT count(*) FROM sqlite_master").fetchone())

    def _check_query(self, kind: Kind, sql: str, request: Request) -> Check:
        def try_it() -> None:
            self._rows(Select(kind, sql), Query(), request, Part(0, 1))

        return _check(_("query {kind}", kind=kind), _("works with this database"), try_it)

    def _rows(
        self, select: Select, query: Query, request: Request, part: Part, *, by_id_alone: bool = False
    ) -> Rows:
        given, currency = bound(query, request.now(), self._zone(request)), self.config.currency
        return self._database.read(
            request, lambda it: ask(it, select, given, part, currency, by_id_alone=by_id_alone)
        )

    def _page(self, kind: Kind, rows: Rows, cursor: str | None, request: Request) -> Page[Record]:
        now = request.now()
        reading = Reading(
            kind=kind,
            zone=self._zone(request),
            currency=self.config.currency,
            link=self.config.links.of(kind),
            fetched_at=now,
        )
        records, refused = reading.records(rows.names, rows.cells)
        as_of = (
            datetime.fromtimestamp(self._database.changed_at(), now.tzinfo) if self.config.is_export else None
        )
        return Page(records, cursor=cursor, total=rows.total, as_of=as_of, refused=refused)

    def _zone(self, request: Request) -> tzinfo:
        if self.config.zone is not None:
            return ZoneInfo(self.config.zone)
        return request.now().tzinfo or UTC


def _part(cursor: str | None, *, count: bool) -> Part:
    """A cursor is where the page starts and, if it is known, the total: ``50/312``."""
    start, _slash, total = (cursor or "0/").partition("/")
    if not (start.isdecimal() and (total or "0").isdecimal()):
        raise BadData(_("the next page is not known any more"), mend=_("ask again"))
    return Part(int(start), PAGE_SIZE, int(total) if total else None, count=count)


def _cursor(part: Part, rows: Rows) -> str:
    return f"{part.start + part.size}/{'' if rows.total is None else rows.total}"


def _check(name: str, passed: str, do: Callable[[], None]) -> Check:
    try:
        do()
    except SourceError as error:
        # What may pass by itself is no finding.
        return Check(name, "indeterminate" if error.retry else "failed", error.what, error.mend)
    return Check(name, "passed", passed)
