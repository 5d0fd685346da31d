"""``adapter.py`` of a new adapter: plain code in the house's style, as short as it can be read.

The texts lie in ``texts``, in blocks; which of them are taken follows from what was said of the source,
and what they use is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template
from textwrap import indent

import salesprep.adapter
from salesprep.adapter import RECORD_TYPES, Kind
from salesprep.adapter.manifest import Lookup
from salesprep.kit.starting.kinds import BEGINNINGS, KEYS, Paths, fields_of, whose_columns
from salesprep.kit.starting.wanted import Wanted

WIDTH = 110
_FEW = 4
"""Kinds that are named in a line."""
_TEXTS = Path(__file__).parent / "texts"
_WHAT = {
    "http": "asked over its web interface",
    "file": "out of the file that it writes",
    "database": "out of its SQLite database",
    "blocking": "asked through a library that blocks",
}
_PLURALS = {Kind.ACTIVITY: "activities", Kind.OPPORTUNITY: "opportunities"}
_IMPORTS = (
    ("salesprep.adapter", frozenset(salesprep.adapter.__all__)),
    ("salesprep.adapter.config", frozenset({"Config", "LocalPath", "Secret"})),
    ("salesprep.adapter.names", frozenset({"fold_organisation"})),
)
_PLAIN = {
    "closing": "from contextlib import closing",
    "replace": "from dataclasses import replace",
    "UTC": "from datetime import UTC",
}
_PARAMETERS: Mapping[Lookup, str] = {
    "name": "query.names[-1] if query.names else None",
    "domain": '",".join(query.domains) or None',
    "id": '",".join(query.ids) or None',
    "email": '",".join(query.emails) or None',
    "handle": '",".join(query.handles) or None',
}
_HELD: Mapping[Lookup, str] = {
    "name": 'fold_organisation(row.text("customer", "")) in names',
    "domain": 'row.text("domain", None) in query.domains',
    "id": 'row.id("customer_id", None) in query.ids',
    "email": 'row.text("mail", "").casefold() in query.emails',
    "handle": 'row.text("handle", None) in query.handles',
}
_ASKED: Mapping[Lookup, tuple[str, str, str]] = {
    "name": ("names", "fold(customer)", "[fold_organisation(name) for name in query.names]"),
    "domain": ("domains", "domain", "query.domains"),
    "id": ("ids", "customer_id", "query.ids"),
    "email": ("emails", "lower(mail)", "query.emails"),
    "handle": ("handles", "handle", "query.handles"),
}


def code(wanted: Wanted) -> str:
    """The module."""
    parts = {"http": _http, "database": _database}.get(wanted.sort, _rows)(wanted)
    fields = "\n".join(_declared(wanted))
    body = f"{fields}\n\n\n{''.join(parts)}".rstrip("\n")
    return f'"""{_first_line(wanted)}"""\n\n{_imports(body, wanted)}\n\n{body}\n'


def library() -> str:
    """What stands in for a library that blocks."""
    return _blocks("blocking")["library"]


def listed(kinds: Iterable[Kind]) -> str:
    """``tickets and persons``."""
    *first, last = [plural(kind) for kind in kinds]
    return f"{', '.join(first)} and {last}" if first else last


def plural(kind: Kind) -> str:
    """What several of them are called, also as a table."""
    return _PLURALS.get(kind, f"{kind}s")


def call(head: str, arguments: Iterable[str], tail: str = ")", width: int = WIDTH) -> str:
    """A call on one line, on three, or with a line for each argument: as formatters have it. What stands
    in other brackets is not set on three."""
    given = list(arguments)
    tries = [f"{head}{', '.join(given)}{tail}"]
    if tail == ")":
        tries.append(f"{head}\n    {', '.join(given)}\n{tail}")
    for text in tries:
        if max(map(len, text.splitlines())) <= width:
            return text
    return "\n".join((head, *(f"    {one}," for one in given), tail))


# -- what stands above the class ----------------------------------------------------------------


def _first_line(wanted: Wanted) -> str:
    what = listed(wanted.kinds) if len(wanted.kinds) <= _FEW else f"{len(wanted.kinds)} kinds of records"
    return f"{wanted.title}: {what}, {_WHAT[wanted.sort]}."


def _imports(body: str, wanted: Wanted) -> str:
    """What the body uses, from where it is."""
    words = set(re.findall(r"\b[A-Za-z_]\w*\b", re.sub(r'""".*?"""', "", body, flags=re.DOTALL)))
    plain = [f"import {name}" for name in ("json", "sqlite3") if name in words]
    plain += [line for name, line in _PLAIN.items() if name in words]
    ours = []
    for module, names in _IMPORTS:
        found = sorted(words & names, key=lambda name: (name.upper() != name, name.islower(), name))
        if found:
            line = f"from {module} import {', '.join(found)}"
            apart = (f"from {module} import (", *(f"    {name}," for name in found), ")")
            ours.append(line if len(line) <= WIDTH else "\n".join(apart))
    parts = ["\n".join(plain), "\n".join(ours)]
    parts += ["from . import library"] if wanted.sort == "blocking" else []
    return "\n\n".join(filter(None, parts))


def _declared(wanted: Wanted) -> Iterator[str]:
    """One ``Fields`` for each kind, and which is whose where there are several."""
    for kind in wanted.kinds:
        told = fields_of(kind, wanted.lookups)
        arguments = [RECORD_TYPES[kind].__name__, *(f"{ours}={_path(path)}" for ours, path in told.items())]
        yield call(f"{kind.name} = Fields(", arguments)
    if len(wanted.kinds) > 1:
        yield call(
            "FIELDS: dict[Kind, Fields[Record]] = {", [f"Kind.{k.name}: {k.name}" for k in wanted.kinds], "}"
        )


def _path(path: Paths) -> str:
    return f'"{path}"' if isinstance(path, str) else f'("{path[0]}", "{path[1]}")'


# -- the class ----------------------------------------------------------------------------------


def _http(wanted: Wanted) -> Iterator[str]:
    names = [f'"{KEYS[lookup][1]}": {_PARAMETERS[lookup]}' for lookup in wanted.lookups]
    if len(names) == 1:
        names[0] = names[0].removesuffix(" or None")
    parameters = call("wanted = {", [*names, '"page": cursor or "1"'], "}", WIDTH - 8)
    fill = _fill(wanted) | {"parameters": indent(parameters, " " * 8), "kind": wanted.kinds[0].value}
    alone = len(wanted.kinds) == 1 and wanted.abilities == ("fetch",)
    blocks = ["settings", "fetch one"] if alone else ["settings", *_methods(wanted, "fetch more"), "ask"]
    yield from _filled("http", [*blocks, *(["touches"] if "upcoming" in blocks else [])], fill)


def _rows(wanted: Wanted) -> Iterator[str]:
    fill = _fill(wanted) | {"key": "path", "held": indent("\n".join(_held(wanted)), " " * 4)}
    yield from _filled(wanted.sort, ["settings"], fill)
    yield from _filled("rows", [*_methods(wanted, "fetch"), "check", "of"], fill)
    yield from _filled(wanted.sort, ["rows"], fill)
    yield from _filled("rows", ["wanted"], fill)


def _held(wanted: Wanted) -> Iterator[str]:
    tests = [_HELD[lookup] for lookup in wanted.lookups]
    if "name" in wanted.lookups:
        yield "names = {fold_organisation(name) for name in query.names}"
    if Kind.ACCOUNT in wanted.kinds and "id" in wanted.lookups:
        yield 'own_id = row.id("id" if kind is Kind.ACCOUNT else "customer_id", None)'
        tests[wanted.lookups.index("id")] = "own_id in query.ids"
    if len(tests) == 1:
        yield f"return {tests[0]}"
        return
    one_line = f"return {' or '.join(tests)}"
    if len(one_line) + 4 <= WIDTH:
        yield one_line
        return
    yield "return ("
    yield f"    {tests[0]}"
    yield from (f"    or {test}" for test in tests[1:])
    yield ")"


def _database(wanted: Wanted) -> Iterator[str]:
    yield "\n".join(_queries(wanted)) + "\n\n\n"
    given = [f'"{_ASKED[lookup][0]}": json.dumps({_ASKED[lookup][2]})' for lookup in wanted.lookups]
    text = call("given = {", given, "}", WIDTH - 8)
    fill = _fill(wanted) | {"key": "database", "given": indent(text, " " * 8)}
    yield from _filled("database", ["settings"], fill)
    yield from _filled("rows", [*_methods(wanted, "fetch"), "check"], fill)
    yield from _filled("database", ["of", "rows"], fill)


def _queries(wanted: Wanted) -> Iterator[str]:
    yield "TABLES = {"
    yield from (f'    Kind.{kind.name}: "{_select(kind)}",' for kind in wanted.kinds)
    yield "}"
    yield "WANTED = {"
    for kind in wanted.kinds:
        columns = whose_columns(kind, wanted.lookups)
        tests = []
        for lookup in wanted.lookups:
            name, column, _value = _ASKED[lookup]
            column = columns["id"] if lookup == "id" else column
            tests.append(f"{column} IN (SELECT value FROM json_each(:{name}))")  # noqa: S608  all ours
        yield f'    Kind.{kind.name}: """'
        yield f"        {_select(kind)}"
        yield f"        WHERE {tests[0]}"
        yield from (f"           OR {test}" for test in tests[1:])
        yield f"        ORDER BY {_newest(kind)}"
        yield '    """,'
    yield "}"
    yield '"""Of each kind the rows that may be the customer\'s, newest first."""'


def _select(kind: Kind) -> str:
    return f"SELECT * FROM {plural(kind)}"  # noqa: S608  the name is ours


def _newest(kind: Kind) -> str:
    fields = BEGINNINGS[kind].fields
    column = next((fields[name] for name in ("at", "updated_at", "start") if name in fields), None)
    return f"{column} DESC, id" if column else "id"


def _methods(wanted: Wanted, fetch: str) -> list[str]:
    return [fetch if ability == "fetch" else ability for ability in wanted.abilities]


def _fill(wanted: Wanted) -> dict[str, str]:
    first = wanted.kinds[0]
    return {
        "cls": wanted.class_name,
        "config": wanted.config_name,
        "host": wanted.name.replace("_", "-"),
        "first": first.name,
        "chosen": first.name if len(wanted.kinds) == 1 else "FIELDS[kind]",
    }


def _filled(text: str, names: Iterable[str], fill: Mapping[str, str]) -> Iterator[str]:
    blocks = _blocks(text)
    for name in names:
        yield Template(blocks[name]).substitute(fill)


def _blocks(text: str) -> dict[str, str]:
    """The blocks of a file of texts, by the name above each."""
    parts = re.split(r"^#: (.+)\n", (_TEXTS / f"{text}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
