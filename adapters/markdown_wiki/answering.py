"""A page of records out of an index that is up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC

from adapters.markdown_wiki.asking import about, belonging, topic
from adapters.markdown_wiki.index import Index
from adapters.markdown_wiki.look import Seen
from adapters.markdown_wiki.plain import OPEN, snippet
from adapters.markdown_wiki.records import document, newest
from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import PAGE_SIZE, BadData, Page, Query, Record, Request
from salesprep.adapter.words import _

_TO_SHOW = 0.1
"""Seconds to be left for a snippet to be made: a page without one is better than none."""


def pages_about(
    config: WikiConfig, index: Index, seen: Seen, query: Query, cursor: str | None, request: Request
) -> Page[Record]:
    """Pages that name the customer in a field made for it, then those that hold its name in their words."""
    of = belonging(index.accounts(), query)
    own = index.pages_of(of, query.domains)
    match = about(query)
    hits = dict(index.hits(match)) if match is not None else {}
    ordered = _ordered(index, seen, own, hits, request)
    return _page(config, index, seen, ordered, cursor, of=of, match=match, request=request)


def pages_on(
    config: WikiConfig, index: Index, seen: Seen, text: str, cursor: str | None, request: Request
) -> Page[Record]:
    """Pages that hold all words of ``text``, best first."""
    match = topic(text)
    if match is None:
        return Page()
    ordered = _ordered(index, seen, set(), dict(index.hits(match)), request)
    return _page(config, index, seen, ordered, cursor, of=(), match=match, request=request)


def _ordered(
    index: Index, seen: Seen, own: set[int], hits: dict[int, float], request: Request
) -> Sequence[int]:
    """Ids of pages: the customer's own, newest first; hits by rank, and newest first where it is alike."""
    zone = request.now().tzinfo or UTC
    rows = index.rows(own | hits.keys())
    ages = {row.id: (newest(row, seen.told.checkout, zone), row.name) for row in rows}

    def place(id_: int) -> tuple[bool, float, float, str]:
        age, name = ages[id_]
        # Ranks differ in their last digits for nothing that a reader would see. How large they are depends
        # on how rare the words are, so that two digits are kept, wherever they stand.
        return (id_ not in own, 0.0 if id_ in own else float(f"{hits[id_]:.1e}"), -age, name)

    return sorted(ages, key=place)


def _page(
    config: WikiConfig,
    index: Index,
    seen: Seen,
    ordered: Sequence[int],
    cursor: str | None,
    *,
    of: Iterable[str],
    match: str | None,
    request: Request,
) -> Page[Record]:
    start = _start(ordered, cursor)
    ids = ordered[start : start + PAGE_SIZE]
    rows = {row.id: row for row in index.rows(ids)}
    records: list[Record] = []
    now, accounts = request.now(), tuple(of)
    for id_ in ids:
        shown = hit = None
        if request.left() > _TO_SHOW:
            shown, hit = _told(index, id_, match)
        records.append(
            document(
                config,
                rows[id_],
                of=accounts,
                checkout=seen.told.checkout,
                snippet=shown,
                hit=hit,
                now=now,
            )
        )
    end = start + len(ids)
    return Page(
        records=tuple(records),
        cursor=f"{end} {ids[-1]}" if end < len(ordered) else None,
        total=len(ordered),
        refused=seen.refused() if cursor is None else (),
        failure=seen.failure,
        notice=seen.notice() if cursor is None else None,
    )


def _told(index: Index, id_: int, match: str | None) -> tuple[str | None, str | None]:
    """The lines around the words that were found, and those words."""
    marked = index.marked(id_, match) if match is not None else None
    if marked is None:
        return snippet(index.beginning(id_))[0], None
    title, tags, body = marked
    if OPEN in body:
        return snippet(body)
    shown, _ = snippet(body)
    return shown, snippet(title if OPEN in title else tags)[1]


def _start(ordered: Sequence[int], cursor: str | None) -> int:
    """After the last page of the records before, wherever that is now; else at the same count."""
    if cursor is None:
        return 0
    count, _space, last = cursor.partition(" ")
    if not (count.isdecimal() and last.isdecimal()):
        raise BadData(_("the next page is not known any more"), mend=_("ask again"))
    try:
        return ordered.index(int(last)) + 1
    except ValueError:
        return min(int(count), len(ordered))
