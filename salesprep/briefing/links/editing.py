"""The text of ``links.toml`` edited so that it says what it should and keeps what people wrote into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Null, Table

from salesprep.adapter import Kind
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.model import Customer, Link

Place = tuple[int, int]
"""A customer's number in the file and its link's, or -1 for the customer's own lines. Sorted, places
stand as they do in the file."""


def edited(text: str, before: Links, after: Links) -> str:
    """``text``, which says ``before``, changed to say ``after``.

    What stays keeps its place, what is new comes last. A comment within the lines of something that goes
    goes with it; all others stay.
    """
    document = tomlkit.parse(text if text.endswith("\n") or not text else f"{text}\n")
    entries: Any = document.get("customer")
    will_be = {customer.id: customer for customer in after.customers}
    tables = _tables(entries, before) if isinstance(entries, AoT) else {}
    end = _lift_comments(tables)
    going: set[Place] = set()
    for number, customer in enumerate(before.customers):
        if customer.id in will_be:
            stays = dict(_staying(customer, will_be[customer.id]))
            _write_names(entries[number], customer, will_be[customer.id])
            _write_links(entries[number], customer, will_be[customer.id], stays)
            going.update((number, at) for at in range(len(customer.links)) if at not in stays.values())
        else:
            going.update((number, at) for at in range(-1, len(customer.links)))
    end = _hand_on_comments(tables, going) + end
    known = {customer.id for customer in before.customers}
    for customer in after.customers:
        if customer.id not in known:
            if entries is None:
                document["customer"] = entries = tomlkit.aot()
            entries.append(_new_customer(customer, inline=not isinstance(entries, AoT)))
    _take_out(entries, going)
    if entries is not None and not entries:
        del document["customer"]
    return (document.as_string() + end).lstrip("\n")


def _write_names(entry: Any, before: Customer, after: Customer) -> None:
    """Other names and domains, above the decisions."""
    for key, was, now in (
        ("aliases", before.aliases, after.aliases),
        ("domains", before.domains, after.domains),
    ):
        if now == was:
            continue
        if key in entry:
            entry[key] = list(now)
        elif isinstance(entry, Table):
            # Put behind the tables of decisions it would be a key of the last of them.
            entry.value._insert_after("name", key, list(now))
        else:
            entry[key] = list(now)


def _staying(before: Customer, after: Customer) -> Iterator[tuple[int, int]]:
    """Of each link ``after`` that was there ``before``, under the same id: its number then and before."""
    places: dict[Target, list[int]] = {}
    for number, link in enumerate(before.links):
        places.setdefault(decided_by(link), []).append(number)
    left = Counter(decided_by(link) for link in after.links)
    for number, link in enumerate(after.links):
        target = decided_by(link)
        # Of an id that stood there twice the last one counts.
        if left[target] <= len(places.get(target, ())):
            yield number, places[target][-left[target]]
        left[target] -= 1


def _write_links(entry: Any, before: Customer, after: Customer, stays: dict[int, int]) -> None:
    for number, link in enumerate(after.links):
        if number not in stays:
            if "link" not in entry:
                entry["link"] = tomlkit.array() if isinstance(entry, InlineTable) else tomlkit.aot()
            entry["link"].append(_filled(link, inline=not isinstance(entry["link"], AoT)))
        elif before.links[stays[number]] != link:
            table = entry["link"][stays[number]]
            for key, value in _values(link).items():
                table[key] = value
            if "on" in table and not link.on:
                del table["on"]


def _take_out(entries: Any, going: set[Place]) -> None:
    for number, link in sorted(going, reverse=True):
        if link < 0:
            del entries[number]
        elif (number, -1) not in going:
            links = entries[number]["link"]
            del links[link]
            if not links:
                del entries[number]["link"]


# -- comments -----------------------------------------------------------------------------------


def _tables(entries: AoT, links: Links) -> dict[Place, Table]:
    """All tables as they stand, except links written in one line."""
    tables: dict[Place, Table] = {}
    for number, customer in enumerate(links.customers):
        entry: Any = entries[number]
        tables[number, -1] = entry
        if customer.links and isinstance(entry["link"], AoT):
            tables.update(((number, at), table) for at, table in enumerate(entry["link"]))
    return tables


def _lift_comments(tables: dict[Place, Table]) -> str:
    """Let each comment behind a table belong to the one that it stands above; returns those at the end.

    TOML has them the other way round, and what is put behind a table would come between.
    """
    above = ""
    for table in tables.values():
        table.trivia.indent = above + table.trivia.indent
        above = _taken_from_behind(table)
    return above


def _taken_from_behind(table: Table) -> str:
    body = table.value.body
    last = max((at for at, (key, item) in enumerate(body) if key and not isinstance(item, AoT)), default=-1)
    behind = [at for at in range(last + 1, len(body)) if body[at][0] is None]
    text = "".join(body[at][1].as_string() for at in behind)
    if "#" not in text:
        return ""
    for at in behind:
        body[at] = (None, Null())
    return text


def _hand_on_comments(tables: dict[Place, Table], going: set[Place]) -> str:
    """Give the comments above what goes to what follows; returns those that nothing follows. Within a
    customer who goes they go too."""
    handed = ""
    for (number, at), table in tables.items():
        if (number, at) in going:
            within = at >= 0 and (number, -1) in going
            handed += table.trivia.indent if "#" in table.trivia.indent and not within else ""
        elif handed:
            table.trivia.indent = handed + table.trivia.indent
            handed = ""
    return handed


# -- new tables ---------------------------------------------------------------------------------


def _new_customer(customer: Customer, *, inline: bool) -> Table | InlineTable:
    table = _empty(inline)
    table["id"] = customer.id
    table["name"] = customer.name
    _write_names(table, Customer(customer.id, customer.name), customer)
    if customer.links:
        links: Any = tomlkit.array() if inline else tomlkit.aot()
        for link in customer.links:
            links.append(_filled(link, inline=inline))
        table["link"] = links
    return table


def _filled(link: Link, *, inline: bool) -> Table | InlineTable:
    table = _empty(inline)
    for key, value in _values(link).items():
        table[key] = value
    return table


def _empty(inline: bool) -> Table | InlineTable:
    if inline:
        return tomlkit.inline_table()
    table = tomlkit.table()
    table.trivia.indent = "\n"  # an empty line above its heading
    return table


def _values(link: Link) -> dict[str, Any]:
    kind = {} if link.kind is Kind.ACCOUNT else {"kind": link.kind.value}
    at = link.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "source": link.source,
        **kind,
        "native_id": link.native_id,
        "verdict": link.verdict,
        "by": link.by,
        "at": tomlkit.datetime(at),
        "how": link.how,
        **({"on": list(link.on)} if link.on else {}),
    }
