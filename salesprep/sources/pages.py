"""What an adapter returned becomes a page that can be relied upon, or an :class:`AdapterBug`.

Runs on the source's thread: form, kind, addresses, length and size are all settled before an answer
reaches the loop that asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from salesprep.adapter import RECORD_TYPES, Account, Check, Meeting, Page, Record, Refusal
from salesprep.adapter.errors import AdapterBug
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.sources.answers import Ask
from salesprep.sources.failures import in_part
from salesprep.sources.links import MayOpen, refusal
from salesprep.sources.shapes import Misshapen, OutOfReckoning, shaped, shaped_fields
from salesprep.sources.sizes import size_of

LONGEST_PAGE = 500
"""Records; what is beyond is counted as refused, not looked at."""
_LONGEST_CURSOR = 16_384


@dataclass(frozen=True, slots=True)
class Sized:
    """A page and about how many bytes it takes."""

    page: Page[Record]
    size: int


def checked_page(returned: object, ask: Ask, manifest: Manifest, may_open: MayOpen) -> Sized:
    """``returned`` as a page of clean records of the kind that was asked for.

    Raises:
        AdapterBug: it is not what the contract says; names the path to what is wrong.
    """
    if type(returned) is not Page:
        raise _bug(ask, "", "a Page")
    page: Page[Any] = returned
    if type(page.records) is not tuple:
        raise _bug(ask, "records", "a tuple")
    try:
        own = shaped_fields(page, ("total", "as_of", "refused", "failure", "notice"))
    except OutOfReckoning:
        raise _bug(ask, "as_of", "a date that can be reckoned with") from None
    except Misshapen as wrong:
        raise _bug(ask, wrong.path, wrong.expected) from None
    if page.total is not None and page.total < 0:
        raise _bug(ask, "total", "a whole number from 0, or None")
    records, refused = _records(page, ask, _types(ask, manifest), may_open)
    own["refused"] += refused
    if page.failure is not None:
        own["failure"] = in_part(own["failure"])
    clean: Page[Record] = Page(records=records, cursor=_cursor(page, ask), **own)
    return Sized(clean, size_of(clean))


def _records(
    page: Page[Any], ask: Ask, allowed: frozenset[type[Record]], may_open: MayOpen
) -> tuple[tuple[Record, ...], tuple[Refusal, ...]]:
    records: list[Record] = []
    refused: list[Refusal] = []
    unreckonable = 0
    for index, record in enumerate(page.records[:LONGEST_PAGE]):
        try:
            records.append(_record(record, allowed, may_open))
        except OutOfReckoning:
            unreckonable += 1
        except Misshapen as wrong:
            inner = wrong.within(f"records[{index}]")
            raise _bug(ask, inner.path, inner.expected) from None
    if unreckonable:
        refused.append(Refusal(unreckonable, _("a date that nobody can reckon with")))
    beyond = len(page.records) - LONGEST_PAGE
    if beyond > 0:
        refused.append(Refusal(beyond, _("more than {n} records on one page", n=LONGEST_PAGE)))
    return tuple(records), tuple(refused)


def checked_checks(returned: object, ask: Ask) -> tuple[Check, ...]:
    """What ``check`` returned, cleaned."""
    if type(returned) is not tuple:
        raise _bug(ask, "", "a tuple of Check")
    checks = []
    for index, one in enumerate(returned):
        try:
            checks.append(shaped(one, Check))
        except Misshapen as wrong:
            inner = wrong.within(f"[{index}]")
            raise _bug(ask, inner.path, inner.expected) from None
    return tuple(checks)


def read_at(page: Page[Record], now: datetime) -> datetime:
    """When the oldest record of the page was read from its source; ``now`` for an empty one."""
    return min((record.fetched_at for record in page.records), default=now)


def is_old(page: Page[Record], asked_at: datetime) -> bool:
    """Whether an adapter could read nothing, and shows what it read before it was asked."""
    if page.failure is None or not page.failure.may_show_old or not page.records:
        return False
    return all(record.fetched_at < asked_at for record in page.records)


# -- records ------------------------------------------------------------------------------------


def _types(ask: Ask, manifest: Manifest) -> frozenset[type[Record]]:
    if ask.method == "find":
        return frozenset({Account})
    if ask.method == "upcoming":
        return frozenset({Meeting})
    kinds = (ask.kind,) if ask.kind is not None else manifest.kinds
    return frozenset(RECORD_TYPES[kind] for kind in kinds)


def _record(record: object, allowed: frozenset[type[Record]], may_open: MayOpen) -> Record:
    if not isinstance(record, Record) or type(record) not in allowed:
        raise Misshapen("", " or ".join(sorted(one.__name__ for one in allowed)))
    clean = shaped(record, type(record))
    if not clean.id:
        raise Misshapen("id", "not empty")
    if isinstance(clean, Meeting) and isinstance(clean.start, datetime) is not isinstance(
        clean.end, datetime
    ):
        raise Misshapen("end", "of the same sort as start, a date or a datetime")
    return _with_safe_url(clean, may_open)


def _with_safe_url(record: Record, may_open: MayOpen) -> Record:
    """Only http(s) links open, or files beneath that source's configured path."""
    url = record.url
    if url is None:
        if not record.no_url_reason:
            raise Misshapen("url", "given, or no_url_reason")
        return record
    if record.no_url_reason is not None:
        raise Misshapen("no_url_reason", "left out where url is given")
    reason = refusal(url, may_open)
    return record if reason is None else replace(record, url=None, no_url_reason=reason)


# -- the page's own -----------------------------------------------------------------------------


def _cursor(page: Page[Any], ask: Ask) -> str | None:
    cursor = page.cursor
    if cursor is None:
        return None
    if type(cursor) is not str or not 0 < len(cursor) <= _LONGEST_CURSOR:
        raise _bug(ask, "cursor", f"a text of 1 to {_LONGEST_CURSOR} letters, or None")
    return cursor


def _bug(ask: Ask, path: str, expected: str) -> AdapterBug:
    named = f"{ask.method} returned a page whose {path}" if path else f"what {ask.method} returned"
    what = f"{named} should be {expected}"
    return AdapterBug(what, mend="tell whoever wrote the adapter", field=path or None)


class Pager:
    """Notices paging that never ends: a cursor that leads back to a page that was read already."""

    _MOST = 512

    def __init__(self) -> None:
        self._next: dict[Ask, Ask] = {}

    def turn(self, ask: Ask, page: Page[Record]) -> None:
        """``page`` came of ``ask``.

        Raises:
            AdapterBug: following its cursor leads back here.
        """
        if page.cursor is None:
            self._next.pop(ask, None)
            return
        step: Ask | None = replace(ask, cursor=page.cursor)
        if len(self._next) >= self._MOST:
            self._next.pop(next(iter(self._next)))
        self._next[ask] = replace(ask, cursor=page.cursor)
        for _step in range(self._MOST):
            if step is None:
                return
            if step == ask:
                del self._next[ask]
                raise _bug(ask, "cursor", "one that leads on, not back to a page read before")
            step = self._next.get(step)
