"""Visits and calls out of a JSON file that a planning tool writes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ValidationError

from salesprep.adapter import (
    Activity,
    BadData,
    BlockingAdapter,
    Check,
    ConfigInvalid,
    Keys,
    Kind,
    Meeting,
    Page,
    Participant,
    Query,
    Record,
    Refusal,
    Request,
    SourceError,
    Window,
)
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.names import domain_of, fold, fold_organisation

if TYPE_CHECKING:
    from salesprep.adapter.proposal import Given, Proposal

SIZE = 2
"""Records on a page."""
_NO_PAGE = "the planning tool has no web page"


class VisitsConfig(Config):
    """The keys of a source that uses this adapter."""

    path: LocalPath
    """The file that the planning tool writes."""
    owner: str | None = None
    """Mail address of whose visits these are."""


class Row(BaseModel):
    """One visit or call."""

    nr: int
    sort: str
    customer: str
    mail: str | None = None
    subject: str
    start: datetime
    minutes: int = 0
    text: str | None = None


class Visits(BlockingAdapter[VisitsConfig]):
    """One file, read anew for each question."""

    Config: ClassVar[type[VisitsConfig]] = VisitsConfig

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Of organisations with one of the names or domains, newest first."""
        rows, refused = self._rows(request)
        wanted = [row for row in rows if _sort(row) is kind and _is_of(row, query)]
        return self._page(_newest_first(wanted), cursor, refused, request)

    def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """Where all words stand in subject or text."""
        rows, refused = self._rows(request)
        words = fold(text).split()
        found = [row for row in rows if all(word in fold(f"{row.subject} {row.text}") for word in words)]
        return self._page(_newest_first(found), cursor, refused, request)

    def upcoming(self, window: Window, cursor: str | None, request: Request) -> Page[Meeting]:
        """Visits that touch the window, earliest first."""
        rows, refused = self._rows(request)
        visits = [row for row in rows if _sort(row) is Kind.MEETING]
        inside = [row for row in visits if row.start < window.end and _end(row) > window.start]
        inside.sort(key=lambda row: (row.start, row.nr))
        begin = _begin(cursor)
        page: Page[Meeting] = Page(
            tuple(self._meeting(row, request) for row in inside[begin : begin + SIZE]),
            cursor=_next(begin, len(inside)),
            total=len(inside),
            refused=refused,
        )
        return page

    def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the file is there and what is in it."""
        try:
            rows, _ = self._rows(request)
        except SourceError as error:
            return (Check("file", "failed", error.what, error.mend),)
        return (Check("file", "passed", f"{len(rows)} visits and calls"),)

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A JSON list whose entries have what a row needs."""
        from salesprep.adapter.proposal import Proposal

        if given.path is None or not given.head.lstrip().startswith(b"["):
            return ()
        try:
            Row.model_validate(json.loads(given.head)[0])
        except (ValueError, LookupError):
            return ()
        config = {"path": str(given.path)}
        proposal = Proposal(
            name="visits", title="VISITS", what="a file of visits", sure="likely", config=config
        )
        return (proposal,)

    def _rows(self, request: Request) -> tuple[list[Row], tuple[Refusal, ...]]:
        path = self.config.path
        try:
            table = json.loads(path.read_bytes())
        except OSError as error:
            what = f"{path.name} cannot be read ({type(error).__name__})"
            raise ConfigInvalid(what, mend="correct path in the settings", field="path") from None
        except ValueError:
            raise BadData(f"{path.name} is not JSON", mend="look at last night's export") from None
        if not isinstance(table, list):
            raise BadData(f"{path.name} should hold a list", mend="look at last night's export")
        rows, unreadable = [], 0
        for entry in table:
            try:
                rows.append(_aware(Row.model_validate(entry), request))
            except ValidationError:
                unreadable += 1
        why = "number, customer, subject or start missing"
        return rows, (Refusal(unreadable, why),) if unreadable else ()

    def _page(
        self, rows: list[Row], cursor: str | None, refused: tuple[Refusal, ...], request: Request
    ) -> Page[Record]:
        begin = _begin(cursor)
        return Page(
            tuple(self._record(row, request) for row in rows[begin : begin + SIZE]),
            cursor=_next(begin, len(rows)),
            total=len(rows),
            refused=refused if begin == 0 else (),
        )

    def _record(self, row: Row, request: Request) -> Record:
        if _sort(row) is Kind.MEETING:
            return self._meeting(row, request)
        return Activity(
            type="phone", at=row.start, body=row.text, people=_people(row), **_common(row, request)
        )

    def _meeting(self, row: Row, request: Request) -> Meeting:
        return Meeting(
            start=row.start,
            end=_end(row),
            at=row.start,
            calendar_owner=self.config.owner,
            body=row.text,
            people=_people(row),
            **_common(row, request),
        )


def _common(row: Row, request: Request) -> dict[str, Any]:
    domain = domain_of(row.mail) if row.mail else None
    return {
        "id": str(row.nr),
        "title": row.subject,
        "fetched_at": request.now(),
        "no_url_reason": _NO_PAGE,
        "keys": Keys(
            organisation=row.customer,
            emails=(row.mail,) if row.mail else (),
            domains=(domain,) if domain else (),
        ),
    }


def _people(row: Row) -> tuple[Participant, ...]:
    return (Participant(email=row.mail, role="attendee"),) if row.mail else ()


def _sort(row: Row) -> Kind:
    return Kind.MEETING if row.sort == "visit" else Kind.ACTIVITY


def _end(row: Row) -> datetime:
    return row.start + timedelta(minutes=max(1, row.minutes))


def _aware(row: Row, request: Request) -> Row:
    if row.start.tzinfo is not None:
        return row
    return row.model_copy(update={"start": row.start.replace(tzinfo=request.now().tzinfo)})


def _is_of(row: Row, query: Query) -> bool:
    names = {fold_organisation(name) for name in query.names}
    return fold_organisation(row.customer) in names or domain_of(row.mail or "") in query.domains


def _newest_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.start, row.nr), reverse=True)


def _begin(cursor: str | None) -> int:
    """A cursor is the number of the records before it."""
    if cursor is not None and not cursor.isdecimal():
        raise BadData("the next page is not known any more", mend="ask again")
    return int(cursor or 0)


def _next(begin: int, number: int) -> str | None:
    return str(begin + SIZE) if begin + SIZE < number else None
