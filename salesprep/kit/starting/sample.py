"""The sample of a new adapter: settings, whom it knows, and what the source would answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from salesprep.adapter import Kind
from salesprep.kit.starting.code import plural
from salesprep.kit.starting.kinds import (
    CUSTOMER,
    DOMAINS,
    HANDLES,
    IDS,
    KEYS,
    MAILS,
    NOW,
    OTHER,
    Value,
    rows_of,
)
from salesprep.kit.starting.wanted import LOOKUPS, Wanted

_PAGE = 2
"""Rows on a page of the sample's server: so few, so that there are two pages."""
_TABLES = {"name": "names", "domain": "domains", "id": "ids", "email": "emails", "handle": "handles"}
_WHOSE = {
    "name": {CUSTOMER: CUSTOMER, OTHER: OTHER},
    "domain": DOMAINS,
    "id": IDS,
    "email": MAILS,
    "handle": HANDLES,
}


def source_settings(wanted: Wanted, url: str | None = None) -> str:
    """The table of a source that uses the adapter; ``url`` is where it answers, if it does over HTTP."""
    url = url or f"https://{wanted.name.replace('_', '-')}.ons.example"
    lines = [f"[sources.{wanted.name}]", f'adapter = "{wanted.name}"', f'title = "{wanted.title.upper()}"']
    if wanted.sort == "http":
        lines += [f'url = "{url}"', f'token = "env:{wanted.variable}"']
    elif wanted.sort == "database":
        lines += [f'database = "{wanted.name}.sqlite"']
    else:
        lines += [f'path = "{wanted.name}.json"']
    return "\n".join(lines) + "\n"


def sample(wanted: Wanted) -> dict[str, str]:
    """The files beneath ``sample/``."""
    files = {"settings.toml": source_settings(wanted, "{server}")}
    kit = [f"now = {NOW}"]
    if wanted.sort == "http":
        kit.append(f'secrets = {{ {wanted.variable} = "anything" }}')
    for table, who in (("customer", CUSTOMER), ("other", OTHER)):
        kit += ["", f"[{table}]"]
        # All that is known of them, declared or not: that no more is looked for is checked too.
        kit += [f"{_TABLES[lookup]} = [{json.dumps(_WHOSE[lookup][who])}]" for lookup in LOOKUPS]
    if wanted.sort == "http":
        for name, text, entries in _served(wanted):
            files[name] = text
            kit += entries
    elif wanted.sort == "database":
        files[f"{wanted.name}.sql"] = "\n".join(_script(wanted))
        kit += ["", "[make]", f'"{wanted.name}.sqlite" = "{wanted.name}.sql"']
    else:
        tables = {kind.value: list(rows_of(kind, wanted.lookups)) for kind in wanted.kinds}
        files[f"{wanted.name}.json"] = _json(tables)
    files["kit.toml"] = "\n".join(kit) + "\n"
    return files


# -- over HTTP ----------------------------------------------------------------------------------


def _served(wanted: Wanted) -> Iterator[tuple[str, str, list[str]]]:
    """Files with answers, and the entries of ``kit.toml`` that say which request gets which."""
    for kind in wanted.kinds:
        rows = rows_of(kind, wanted.lookups)
        pages = [rows[:_PAGE], rows[_PAGE:-1]]
        for number, page in enumerate(pages, 1):
            following = str(number + 1) if number < len(pages) else None
            name = f"{plural(kind)}-{number}.json"
            yield name, _page(page, following), list(_entries(wanted, kind, CUSTOMER, number, name))
        name = f"{plural(kind)}-other.json"
        yield name, _page(rows[-1:], None), list(_entries(wanted, kind, OTHER, 1, name))
    if Kind.MEETING in wanted.kinds:
        coming = sorted(rows_of(Kind.MEETING, wanted.lookups), key=lambda row: str(row["start"]))
        entry = _entry("/api/upcoming", {"page": "1"}, "upcoming.json")
        yield "upcoming.json", _page(coming, None), [entry]


def _entries(wanted: Wanted, kind: Kind, who: str, page: int, file: str) -> Iterator[str]:
    for lookup in wanted.lookups:
        query = {KEYS[lookup][1]: _WHOSE[lookup][who], "page": str(page)}
        yield _entry(f"/api/{kind}", query, file)


def _entry(path: str, query: dict[str, str], file: str) -> str:
    asked = ", ".join(f"{name} = {json.dumps(value)}" for name, value in query.items())
    return (
        f'\n[[answers]]\npath = "{path}"\nquery = {{ {asked} }}\nfile = "{file}"\n'
        'requires = { Authorization = "Bearer anything" }'
    )


def _page(rows: Iterable[dict[str, Value]], following: str | None) -> str:
    return _json({"items": list(rows), "next": following})


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


# -- a database ---------------------------------------------------------------------------------


def _script(wanted: Wanted) -> Iterator[str]:
    for kind in wanted.kinds:
        rows = rows_of(kind, wanted.lookups)
        columns = ", ".join(f'"{name}" {_type(value)}' for name, value in rows[0].items())
        yield f"CREATE TABLE {plural(kind)} ({columns});"
        for row in rows:
            values = ", ".join(map(_literal, row.values()))
            yield f"INSERT INTO {plural(kind)} VALUES ({values});"  # noqa: S608  of our own sample
        yield ""


def _type(value: Value) -> str:
    return "TEXT" if isinstance(value, str) else "INTEGER"


def _literal(value: Value) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(int(value))
