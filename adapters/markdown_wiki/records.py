"""Pages and customers of a wiki as records."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from urllib.parse import quote

from adapters.markdown_wiki.index import Row
from adapters.markdown_wiki.organisations import Organisation
from adapters.markdown_wiki.plain import plain
from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import Account, Document, Keys, Participant, When
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

NO_ADDRESS = _("a wiki has no page of its own for a customer")


def account(one: Organisation, now: datetime) -> Account:
    """A customer that pages name."""
    return Account(
        id=one.id,
        title=one.title,
        fetched_at=now,
        no_url_reason=NO_ADDRESS,
        aliases=one.aliases,
        keys=Keys(organisation=one.title, domains=one.domains),
    )


def document(
    config: WikiConfig,
    row: Row,
    *,
    of: Sequence[str],
    checkout: bool,
    snippet: str | None,
    hit: str | None,
    now: datetime,
) -> Document:
    """A page. ``of``: the accounts that were asked for; of several customers of a page, theirs is told."""
    told = next((id_ for id_ in of if id_ in row.customers), next(iter(row.customers), None))
    at, updated = when(row, checkout, now.tzinfo or UTC)
    return Document(
        id=_id(row.name),
        title=title(row),
        fetched_at=now,
        url=address(config, row.name),
        at=at,
        updated_at=updated,
        people=_people(row),
        keys=Keys(
            account_id=told,
            organisation=row.customers[told] if told is not None else None,
            domains=tuple(row.facts.domains),
            hit=hit,
        ),
        language=row.facts.language,
        snippet=snippet,
        space=row.name.rpartition("/")[0] or None,
        version=row.facts.version,
        fields={"tags": ", ".join(row.facts.tags)} if row.facts.tags else {},
    )


def title(row: Row) -> str:
    """What the page is called: by itself, by its first heading, by its file."""
    said = plain(row.facts.title).replace("\n", " ") if row.facts.title else ""
    return said or row.name.rpartition("/")[2].rpartition(".")[0]


def when(row: Row, checkout: bool, zone: tzinfo) -> tuple[When | None, When | None]:
    """When a page was written, and when it was last changed.

    Git's dates of change come before what the page says; the file's own counts where nothing else does,
    and only outside of a checkout, whose files are as old as the checking out.
    """
    at, updated = _read(row.facts.at, zone), _read(row.facts.updated, zone)
    if row.touched is not None:
        return at or _moment(row.touched.first, zone), _moment(row.touched.last, zone)
    if at is None and updated is None and not checkout:
        return None, _moment(row.mtime_ns / 1e9, zone)
    return at, updated


def newest(row: Row, checkout: bool, zone: tzinfo) -> float:
    """Seconds since 1970 to sort by."""
    at, updated = when(row, checkout, zone)
    last = updated or at
    if last is None:
        return float("-inf")
    if not isinstance(last, datetime):
        last = datetime.combine(last, time.min, zone)
    try:
        return last.timestamp()
    except (OverflowError, ValueError, OSError):  # the first days of the calendar, the last ones
        return float("-inf")


def _read(text: str | None, zone: tzinfo) -> When | None:
    if text is None:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    read = datetime.fromisoformat(text)
    return read if read.tzinfo is not None else read.replace(tzinfo=zone)


def _moment(seconds: float, zone: tzinfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, zone)
    except (OverflowError, ValueError, OSError):  # a file from before or after all calendars
        return None


def _people(row: Row) -> tuple[Participant, ...]:
    """Who wrote it: those that the page names, then those that git does."""
    people: list[Participant] = []
    seen: set[str] = set()
    for name, email in (*row.facts.authors, *(row.touched.authors if row.touched else ())):
        marks = {email.casefold()} if email else set()
        if name:
            marks.add(fold(name))
        if marks and not marks & seen:
            people.append(Participant(name=name or None, email=email or None, role="author"))
        seen |= marks
    return tuple(people)


def address(config: WikiConfig, name: str) -> str:
    """Where a page opens: by the link of the settings, or as a file."""
    if config.link is None:
        return Path(os.path.abspath(config.folder), name).as_uri()  # noqa: PTH100 (links are not to be resolved)
    path = quote(os.fsencode(name), safe="/")
    page = quote(os.fsencode(name.rpartition(".")[0]), safe="/")
    return config.link.replace("{path}", path).replace("{page}", page)


def _id(name: str) -> str:
    """The page's path; encoded where it could not be shown as it is."""
    return name if name.isprintable() else quote(os.fsencode(name), safe="/")
