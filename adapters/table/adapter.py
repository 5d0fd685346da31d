"""The adapter: records of any kind out of the tables that its settings map."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast
from zoneinfo import ZoneInfo

from adapters.table import narrow, opening
from adapters.table.build import LEFT_OUT, alive, complete, index_name
from adapters.table.called import called
from adapters.table.cells import BETWEEN, joined, text
from adapters.table.config import TableConfig, TablesConfig
from adapters.table.dates import DateOrder
from adapters.table.fields import BELONGS
from adapters.table.index import Index, remove, remove_others
from adapters.table.numbers import DecimalSign
from adapters.table.records import Reading, Records, where
from salesprep.adapter import (
    PAGE_SIZE,
    Account,
    BlockingAdapter,
    Check,
    DeadlineExceeded,
    Keys,
    Kind,
    Page,
    Query,
    Record,
    Refusal,
    Request,
    SourceError,
    number_of,
)
from salesprep.adapter.names import fold
from salesprep.adapter.order import likeliest_first
from salesprep.adapter.words import _, _n

if TYPE_CHECKING:
    from salesprep.adapter.proposal import Given, Proposal

_MOST_ACCOUNTS = 300
"""Looked at to find the best of them."""
_NAME_ONLY = _("only its name stands in the table")
_NUMBER_ONLY = _("rows name customers by number alone, and no table here tells whose number is whose")

_T = TypeVar("_T")


class Tables(BlockingAdapter[TablesConfig]):
    """The tables of one source; each is read once, into an index of its own."""

    Config: ClassVar[type[TablesConfig]] = TablesConfig

    def __init__(self, config: TablesConfig) -> None:
        super().__init__(config)
        self._held: dict[Kind, tuple[str, Index]] = {}
        """Where nothing may be kept on disk."""

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A CSV file or workbook whose columns look like customers, persons, contacts …"""
        from adapters.table.recognise import recognise

        return recognise(given)

    def find(self, query: Query, request: Request) -> Page[Account]:
        """Organisations of the table of accounts, best first; without one those that the other tables name.

        Raises:
            As :meth:`fetch`.
        """
        if self.config.tables.account is None:
            return self._named(query, request)

        def look(index: Index) -> Page[Account]:
            with called(Kind.ACCOUNT, index, request) as names:
                rows = narrow.accounts(index, query, names)[:_MOST_ACCOUNTS]
            page = self._page(Kind.ACCOUNT, index, rows, None, request)
            # A table with a line for each contact names an account again and again.
            found = {account.id: account for account in reversed(cast("Page[Account]", page).records)}
            best = likeliest_first(reversed(found.values()), query)
            return Page(tuple(best[:PAGE_SIZE]), as_of=page.as_of, refused=page.refused)

        return self._with(Kind.ACCOUNT, request, look)

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Rows that hang under an asked account, bear its name, its domain or an address, newest first.

        Raises:
            ConfigInvalid: file, sheet or column is not there. BadData: the file cannot be read.
            DeadlineExceeded: it is still being read for the first time. Unavailable: it changes meanwhile.
        """
        if self.config.tables.of(kind) is None or not query:
            return Page()
        known_as = self._known_as(query, kind, request)

        def look(index: Index) -> Page[Record]:
            if kind is Kind.ACCOUNT:
                with called(kind, index, request) as names:
                    rows = narrow.accounts(index, query, names)
            else:
                found = narrow.rows(index, query, known_as)
                rows = self._newest_first(kind, index, found, request)
            return self._page(kind, index, rows, cursor, request)

        page = self._with(kind, request, look)
        return page if query.ids or not self._by_number_alone(kind) else replace(page, notice=_NUMBER_ONLY)

    def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """Rows of all tables in which all of the words stand, newest first within each kind.

        The cursor is the kind and the place within it: ``activity/50``.
        """
        words = fold(text).split()
        kinds = [kind for kind, _ in self.config.tables.all()]
        first, _, start = (cursor or f"{kinds[0]}/0").partition("/")
        if not words or first not in kinds:
            return Page()
        kind = Kind(first)

        def look(index: Index) -> Page[Record]:
            found = narrow.rows_with(index, words, alive(request))
            return self._page(kind, index, self._newest_first(kind, index, found, request), start, request)

        page = self._with(kind, request, look)
        following = kinds[kinds.index(kind) + 1 :]
        after = f"{kind}/{page.cursor}" if page.cursor else f"{following[0]}/0" if following else None
        return Page(page.records, cursor=after, as_of=page.as_of, refused=page.refused)

    def check(self, request: Request) -> tuple[Check, ...]:
        """Reads each table for real and counts its rows."""
        return tuple(self._check(kind, table, request) for kind, table in self.config.tables.all())

    def close(self) -> None:
        """Forget what was held in memory."""
        for _name, index in self._held.values():
            index.close()
        self._held.clear()

    # -- the parts of an answer --

    def _named(self, query: Query, request: Request) -> Page[Account]:
        """One account for each organisation that the tables name, where nothing more is known of it."""
        names: dict[str, str] = {}
        as_of: datetime | None = None
        troubles: list[SourceError] = []
        kinds = [kind for kind, table in self.config.tables.all() if "organisation" in table.columns]

        def look(kind: Kind, index: Index) -> datetime:
            slots = index.progress.slots["organisation"]
            with called(kind, index, request) as known:
                found = {n: folded for folded, n in narrow.names(index, query, known) if folded not in names}
            for n, _own, _moment, cells in index.cells(list(found)[:_MOST_ACCOUNTS]):
                row = cells.split(BETWEEN)
                names[found[n]] = text(joined([row[slot] for slot in slots])) or found[n]
            return _as_of(index, request)

        for kind in kinds:
            try:
                changed = self._with(kind, request, partial(look, kind))
            except SourceError as error:
                troubles.append(error)
            else:
                as_of = min(as_of or changed, changed)
        if troubles and as_of is None:
            raise troubles[0]
        found = [
            Account(
                id=f"{narrow.BY_NAME}{folded}",
                title=written,
                fetched_at=request.now(),
                no_url_reason=_NAME_ONLY,
                keys=Keys(organisation=written),
            )
            for folded, written in names.items()
        ]
        failure = troubles[0].failure() if troubles else None
        return Page(tuple(likeliest_first(found, query)[:PAGE_SIZE]), as_of=as_of, failure=failure)

    def _by_number_alone(self, kind: Kind) -> bool:
        """Whether a customer's number is all that its rows are found by, and none is known here."""
        belongs = set(BELONGS) & self._table(kind).columns.keys()
        return self.config.tables.account is None and belongs == {"account_id"}

    def _known_as(self, query: Query, kind: Kind, request: Request) -> list[str]:
        """What the asked accounts are called, for tables that name organisations without an id."""
        table = self.config.tables.of(kind)
        if not query.ids or kind is Kind.ACCOUNT or self.config.tables.account is None:
            return []
        if table is None or "organisation" not in table.columns:
            return []
        with suppress(SourceError):  # `find` has told of it
            return self._with(Kind.ACCOUNT, request, lambda index: narrow.names_of(index, query.ids))
        return []

    def _newest_first(
        self, kind: Kind, index: Index, found: dict[int, str | None], request: Request
    ) -> list[int]:
        reading = self._reading(kind, index, request)
        return narrow.newest_first(found, reading.order, reading.zone, alive(request))

    def _page(
        self, kind: Kind, index: Index, rows: list[int], cursor: str | None, request: Request
    ) -> Page[Record]:
        reading = self._reading(kind, index, request)
        making = Records(reading)
        start = number_of(cursor or None)
        size = _MOST_ACCOUNTS if kind is Kind.ACCOUNT else PAGE_SIZE
        chosen = index.cells(rows[start : start + size])
        records = [record for row in chosen if (record := making.of(*row[1:])) is not None]
        end = start + size
        return Page(
            tuple(records),
            cursor=str(end) if end < len(rows) else None,
            total=len(rows),
            as_of=_as_of(index, request),
            refused=(*(_left_out(reading) if start == 0 else ()), *making.refused()),
        )

    def _reading(self, kind: Kind, index: Index, request: Request) -> Reading:
        table, progress = self._table(kind), index.progress
        zone = self.config.common(table, "zone")
        stated = {
            label: value
            for key, label in (("origin", "origin"), ("legal_basis", "legal basis"))
            if (kind is Kind.PERSON or getattr(table, key)) and (value := self.config.common(table, key))
        }
        return Reading(
            kind=kind,
            path=table.path,
            progress=progress,
            zone=ZoneInfo(zone) if zone is not None else request.now().tzinfo or UTC,
            order=self.config.common(table, "dates") or DateOrder(progress.dates).order,
            decimal=self.config.common(table, "decimal") or DecimalSign(progress.decimals).sign,
            currency=self.config.common(table, "currency"),
            link=table.link,
            whose=table.whose,
            stated=stated,
            fetched_at=request.now(),
        )

    def _table(self, kind: Kind) -> TableConfig:
        table = self.config.tables.of(kind)
        if table is None:
            raise LookupError(kind)
        return table

    def _check(self, kind: Kind, table: TableConfig, request: Request) -> Check:
        def count(index: Index) -> str:
            left_out = sum(refused for refused, _ in index.progress.refused.values())
            rows = _n("{n} row", "{n} rows").of(index.progress.rows)
            return _("{rows}, {n} more cannot be read", rows=rows, n=left_out) if left_out else rows

        name = _("table {kind}", kind=kind)
        try:
            return Check(
                name,
                "passed",
                _("{name}: {told}", name=table.path.name, told=self._with(kind, request, count)),
            )
        except SourceError as error:
            # What may pass by itself is no finding.
            return Check(name, "indeterminate" if error.retry else "failed", error.what, error.mend)

    # -- the index --

    def _with(self, kind: Kind, request: Request, look: Callable[[Index], _T]) -> _T:
        """What ``look`` finds in the whole index of a table: read first if there is none of this state."""
        table = self._table(kind)
        name = index_name(kind, table, opening.state(table.path))
        if request.store is not None and kind not in self._held:
            index = Index.open(request.store, name)
            try:
                if index.path is not None and self._whole(index, kind, table, request):
                    remove_others(request.store, kind, name)
                    return look(index)
            except sqlite3.Error as error:
                request.log.info("table index not used: %s", type(error).__name__)
                if index.path is not None and not isinstance(error, sqlite3.OperationalError):
                    index.close()
                    remove(index.path)
            finally:
                index.close()
        return look(self._in_memory(kind, name, table, request))

    def _in_memory(self, kind: Kind, name: str, table: TableConfig, request: Request) -> Index:
        held = self._held.get(kind)
        if held is None or held[0] != name:
            if held is not None:
                held[1].close()
            held = self._held[kind] = (name, Index(None))
        self._whole(held[1], kind, table, request)
        return held[1]

    def _whole(self, index: Index, kind: Kind, table: TableConfig, request: Request) -> bool:
        """Read what is not read yet; ``False``: another process does."""
        if index.progress.whole:
            return True
        if not index.lock():
            return False
        if not index.progress.whole:
            still = alive(request)
            try:
                with opening.opened(table.path, still) as file:
                    complete(index, kind, table, file, still)
            except DeadlineExceeded:
                so_far = _n("{n} row so far", "{n} rows so far").of(index.progress.rows)
                what = _("{name} is read for the first time: {so_far}", name=table.path.name, so_far=so_far)
                raise DeadlineExceeded(what, mend=_("ask again: it goes on from there")) from None
        return True


def _left_out(reading: Reading) -> tuple[Refusal, ...]:
    """Rows of the table that are no records at all, whosever they were."""
    return tuple(
        Refusal(count, LEFT_OUT[why], where=where(reading.path, reading.progress, number))
        for why, (count, number) in reading.progress.refused.items()
    )


def _as_of(index: Index, request: Request) -> datetime:
    zone: tzinfo = request.now().tzinfo or UTC
    return datetime.fromtimestamp(index.progress.changed_at, zone)
