"""Which rows of a table may concern a customer. Too many rather than too few: it decides nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, tzinfo
from typing import Any

from adapters.table.called import Called
from adapters.table.dates import moment
from adapters.table.index import Index
from adapters.table.values import Unreadable
from salesprep.adapter import Query
from salesprep.adapter.names import fold, fold_organisation, is_free_mail

BY_NAME = "name:"
"""Begins the id of an organisation of which a table knows nothing but the name."""
MOST_ROWS = 20_000
"""Of one question."""
_MOST_NAMES = 5_000
"""Looked at more closely."""
_AT_ONCE = 20
"""Addresses looked for in one go."""
_FAR = -(2**62)


def accounts(index: Index, query: Query, called: Called) -> list[int]:
    """Rows of organisations, likely ones first: by id, by domain or address, by name, by a name like it."""
    found: dict[int, None] = {}
    if query.ids:
        ids = json.dumps(query.ids)
        where, values = "id IN (SELECT value FROM json_each(?))", (ids,)
        found.update((n, None) for (n,) in _narrowed(index, "n", where, values, called.with_ids(query.ids)))
    found.update((n, None) for n, _ in _by_address(index, query, called))
    if not called.tells_names:
        for asked in _asked(query.names):
            for _, names in _names_with(index, asked):
                found.update((n, None) for (n,) in index.find("n", "name = ?", (names,)))
    found.update((n, None) for n, _ in called.like(query.names))
    return list(found)


def rows(index: Index, query: Query, known_as: Iterable[str]) -> dict[int, str | None]:
    """Rows that hang under an asked account or bear its name, a domain or an address → their moments.

    ``known_as``: further names, without legal form, of the asked accounts.
    """
    found: dict[int, str | None] = {}
    own = [native_id for native_id in query.ids if not native_id.startswith(BY_NAME)]
    if own:
        where = "account IN (SELECT value FROM json_each(?))"
        found.update(index.find("n, moment", where, (json.dumps(own),)))
    for native_id in query.ids:
        if native_id.startswith(BY_NAME):
            name = f" {native_id.removeprefix(BY_NAME)} "
            found.update(index.find("n, moment", "name = ?", (name,)))
    called = {
        names
        for asked in dict.fromkeys((*_asked(query.names), *known_as))
        for bare, names in _names_with(index, asked)
        if asked in bare
    }
    if called:
        where = "name IN (SELECT value FROM json_each(?))"
        found.update(index.find("n, moment", where, (json.dumps(list(called)),)))
    found.update(_by_address(index, query))
    return found


def names_of(index: Index, ids: Iterable[str]) -> list[str]:
    """The names, without legal form, of the accounts with these ids."""
    where = "id IN (SELECT value FROM json_each(?))"
    found = index.find("name", where, (json.dumps(list(ids)),))
    return list(dict.fromkeys(bare for (names,) in found for bare in _bare_names(names)))


def names(index: Index, query: Query, called: Called) -> Iterator[tuple[str, int]]:
    """Folded names of organisations that a table names, and a row that does; the nearest first."""
    named = [f" {one.removeprefix(BY_NAME)} " for one in query.ids if one.startswith(BY_NAME)]
    if not called.tells_names:
        named += [names for asked in _asked(query.names) for _, names in _names_with(index, asked)]
    for name in dict.fromkeys(named):
        for (n,) in index.find("n", "name = ?", (name,), 1):
            yield name.strip(), n
    told = set(named)
    for n, name in called.like(query.names):
        if name not in told:
            told.add(name)
            yield name.strip(), n


def rows_with(index: Index, words: Iterable[str], still: Callable[[], None]) -> dict[int, str | None]:
    """Rows in which all these folded words stand, whosever they are → their moments."""
    wanted = list(words)
    found: dict[int, str | None] = {}
    for count, (n, at, cells) in enumerate(index.all_cells()):
        if count % 500 == 0:
            still()
        # Without its cache, which would hold thousands of rows.
        folded = fold.__wrapped__(cells)
        if all(word in folded for word in wanted):
            found[n] = at
            if len(found) >= MOST_ROWS:
                break
    return found


def newest_first(
    found: dict[int, str | None], order: str | None, zone: tzinfo, still: Callable[[], None]
) -> list[int]:
    """The rows by their moment, those without one last; in the order of the file where it is the same."""
    placed: list[tuple[int, int]] = []
    for count, (n, cell) in enumerate(found.items()):
        if count % 1000 == 0:
            still()
        placed.append((_instant(cell, order, zone), n))
    placed.sort(key=lambda one: (-one[0], one[1]))
    return [n for _, n in placed[:MOST_ROWS]]


def _instant(cell: str | None, order: str | None, zone: tzinfo) -> int:
    try:
        at = moment(cell, order, zone) if cell else None
    except Unreadable:
        at = None
    if at is None:
        return _FAR
    if not isinstance(at, datetime):
        at = datetime.combine(at, time.min, zone)
    return int(at.timestamp())


def _asked(names: Iterable[str]) -> tuple[str, ...]:
    """The names without legal form, each once; what is left of none is taken whole."""
    return tuple(dict.fromkeys(bare for name in names if (bare := fold_organisation(name) or fold(name))))


def _bare_names(names: str) -> list[str]:
    # Without its cache: these are names of a table.
    return [fold_organisation.__wrapped__(name) or name.strip() for name in names.split("\n")]


def _names_with(index: Index, asked: str) -> list[tuple[list[str], str]]:
    """Names in which ``asked`` stands from the beginning of a word, without legal form and as they are
    kept; the nearest first. Of a row with several names all stand together."""
    words = [word for word in asked.split() if word != "and"] or [asked]
    where = " AND ".join(["instr(name, ?)"] * len(words))
    values = [f" {word}" for word in words]
    kept = (names for (names,) in index.find("DISTINCT name", where, values, _MOST_NAMES))
    found = [
        (bare, names)
        for bare, names in ((_bare_names(names), names) for names in kept)
        if any(f" {asked}" in f" {name}" for name in bare)
    ]
    return sorted(found, key=lambda one: (asked not in one[0], len(one[1]), one[1]))


def _by_address(index: Index, query: Query, called: Called | None = None) -> Iterator[tuple[int, str | None]]:
    """Rows with one of the domains, or a host beneath it, or one of the mail addresses."""
    domains = [domain.casefold() for domain in query.domains if not is_free_mail(domain)]
    hosts = [spelling for domain in domains for spelling in _spellings(domain)]
    at_domains = tuple(f"{mark}{host}" for host in hosts for mark in "@.")
    emails = [address.casefold() for address in query.emails]
    wanted = [*hosts, *(address for address in emails if not address.endswith(at_domains))]
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        where = " OR ".join(["instr(keys, ?)"] * len(part))
        # A whole one: neither "notfirm.example" nor "firm.example.com".
        whole = re.compile("|".join(rf"(?<![\w-]){re.escape(one)}(?![\w-]|\.\w)" for one in part))
        rows = called.with_addresses(part) if called is not None else None
        for n, keys, at in _narrowed(index, "n, keys, moment", where, part, rows):
            if whole.search(keys):
                yield n, at


def _narrowed(
    index: Index, columns: str, where: str, values: Sequence[str], rows: list[int] | None
) -> Iterator[Any]:
    """As :meth:`Index.find`, of all rows or of those that may fit."""
    if rows is None:
        return index.find(columns, where, values)
    among = f"n IN (SELECT value FROM json_each(?)) AND ({where})"  # noqa: S608 - our own text
    return index.find(columns, among, (json.dumps(rows), *values))


def _spellings(domain: str) -> tuple[str, ...]:
    """``bücher.example`` and ``xn--bcher-kva.example``."""
    try:
        return tuple(dict.fromkeys((domain, domain.encode("idna").decode("ascii"))))
    except UnicodeError:
        return (domain,)
