"""The adapter: a customer's meetings, and everybody's coming ones, out of calendar files and addresses."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from adapters.ics.index import Index, IndexLost, remove
from adapters.ics.look import Item, Look
from adapters.ics.looking import Wanted
from adapters.ics.meetings import meeting
from adapters.ics.reading import Trouble
from adapters.ics.settings import CalendarsConfig, CalendarSettings
from salesprep.adapter import (
    PAGE_SIZE,
    Adapter,
    BadData,
    Check,
    DeadlineExceeded,
    Kind,
    Meeting,
    Page,
    Query,
    RateLimited,
    Record,
    Request,
    SourceError,
    Window,
)
from salesprep.adapter.words import _, _n, joined

if TYPE_CHECKING:
    from salesprep.adapter.proposal import Given, Proposal

BACK = timedelta(days=365)
AHEAD = timedelta(days=90)
"""How far ``fetch`` looks."""

_T = TypeVar("_T")


class Calendars(Adapter[CalendarsConfig]):
    """Reads all calendars of one source; README.md tells what of them."""

    Config = CalendarsConfig

    def __init__(self, config: CalendarsConfig) -> None:
        super().__init__(config)
        # One look at a time: side by side they would only do the same work twice on one CPU.
        self._lock = asyncio.Lock()
        self._refreshed = float("-inf")
        self._troubles: list[tuple[CalendarSettings, Trouble]] = []

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A calendar's file, folder or address; see :mod:`adapters.ics.recognise`."""
        from adapters.ics.recognise import recognise

        return recognise(given)

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Meetings from a year back to 90 days ahead that name the customer, newest first."""
        if kind is not Kind.MEETING or not (query.domains or query.emails or query.names):
            return Page()
        wanted, now = Wanted(query), request.now()

        async def ask(look: Look) -> Page[Meeting]:
            found = await look.by_keys(wanted, now - BACK, now + AHEAD)
            return _page(look, found, cursor, request, newest_first=True)

        return await self._ask(ask, cursor, request)

    async def upcoming(self, window: Window, cursor: str | None, request: Request) -> Page[Meeting]:
        """Everything that touches ``window``, earliest first; private events as busy."""

        async def ask(look: Look) -> Page[Meeting]:
            found = await look.by_window(window.start, window.end)
            return _page(look, found, cursor, request, newest_first=False)

        return await self._ask(ask, cursor, request)

    async def check(self, request: Request) -> tuple[Check, ...]:
        """Reads each calendar for real and counts its events."""

        async def ask(look: Look) -> tuple[Check, ...]:
            return tuple(_check(look, calendar) for calendar in self.config.calendars)

        return await self._ask(ask, None, request, all_may_fail=True)

    async def _ask(
        self,
        ask: Callable[[Look], Awaitable[_T]],
        cursor: str | None,
        request: Request,
        *,
        all_may_fail: bool = False,
    ) -> _T:
        arrived = time.monotonic()
        async with self._lock:
            index = Index.open(request.store)
            try:
                # A further page is cut from what the first one saw; so is a question that came in
                # while another one was bringing the index up to date.
                fresh = index.kept and (cursor is not None or self._refreshed >= arrived)
                return await self._look(index, ask, request, all_may_fail=all_may_fail, fresh=fresh)
            except (sqlite3.Error, IndexLost) as error:
                if not index.kept:
                    raise
                request.log.info("calendar index not used: %s", type(error).__name__)
                if isinstance(error, sqlite3.DatabaseError) and not isinstance(
                    error, sqlite3.OperationalError
                ):
                    index.close()
                    remove(index.path)
            finally:
                index.close()
            index = Index(None)
            try:
                return await self._look(index, ask, request, all_may_fail=all_may_fail, fresh=False)
            finally:
                index.close()

    async def _look(
        self,
        index: Index,
        ask: Callable[[Look], Awaitable[_T]],
        request: Request,
        *,
        all_may_fail: bool,
        fresh: bool,
    ) -> _T:
        look = Look(index, self.config.calendars, request)
        if fresh:
            look.recall(self._troubles)
        if not fresh or (look.is_empty and not look.troubles):
            await look.refresh()
            self._refreshed, self._troubles = time.monotonic(), look.troubles
        if look.is_empty and not all_may_fail:
            raise _all_failed(look.troubles)
        return await ask(look)


def _place(cursor: str) -> tuple[int, str]:
    """When a record begins, and its id."""
    start, _space, id_ = cursor.partition(" ")
    try:
        return int(start), id_
    except ValueError:
        raise BadData(_("the next page is not known any more"), mend=_("ask again")) from None


def _page(
    look: Look, found: Sequence[Item], cursor: str | None, request: Request, *, newest_first: bool
) -> Page[Meeting]:
    """The page after ``cursor``, which names the last record of the one before: pages fit together
    even if the calendar changes between them."""
    ordered = sorted(((item.row.start, item.id, item) for item in found), reverse=newest_first)
    places = [(start, id_) for start, id_, _ in ordered]
    begin = 0
    if cursor is not None:
        last = _place(cursor)
        begin = sum(place >= last if newest_first else place <= last for place in places)
    chosen = ordered[begin : begin + PAGE_SIZE]
    now = request.now()
    records = tuple(meeting(item, look.index.detail(item.row.detail), now) for _, _, item in chosen)
    more = begin + PAGE_SIZE < len(ordered)
    return Page(
        records=records,
        cursor=f"{chosen[-1][0]} {chosen[-1][1]}" if more else None,
        total=len(ordered),
        refused=look.refused() if cursor is None else (),
        failure=look.failure(),
        notice=joined(look.notices()) or None if cursor is None else None,
    )


def _check(look: Look, calendar: CalendarSettings) -> Check:
    name = _("calendar {label}", label=calendar.label)
    troubles = [trouble.error for of, trouble in look.troubles if of is calendar]
    events, lost = look.events(calendar)
    if troubles and look.failed(calendar):
        error = troubles[0]
        # Whether it would work another time is not known from a time-out.
        unsure = isinstance(error, DeadlineExceeded | RateLimited)
        return Check(name, "indeterminate" if unsure else "failed", error.what, error.mend)
    what = _n("{n} event", "{n} events").of(events)
    if lost:
        what = _("{events}, {lost} of them cannot be read", events=what, lost=lost)
    if troubles:
        return Check(name, "failed", joined((what, troubles[0].what)), troubles[0].mend)
    return Check(name, "passed", what)


def _all_failed(troubles: Sequence[tuple[CalendarSettings, Trouble]]) -> SourceError:
    """The first failure, told as that of the whole source."""
    error = troubles[0][1].error
    calendars = len({calendar.key for calendar, _ in troubles})
    if calendars == 1:
        return error
    what = _("none of {n} calendars could be read, the first because: {what}", n=calendars, what=error.what)
    return type(error)(what, mend=error.mend, field=error.field, retry_at=error.retry_at)
