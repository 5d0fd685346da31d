"""How fast one customer is found among a million names of one source, and how often, however it is written.

The index is built and asked in fresh interpreters of their own, so that memory is told apart. Beside it the
same look-ups over the same names: rapidfuzz comparing them all, and SQLite's own index of three letters. And
once more through three adapters, which adds what it takes to read a table, a database or an export of
LinkedIn's and to make records.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from unittest.mock import patch

from benchmarks import names_data
from benchmarks.report import Figure, Options, Table, percentile
from salesprep.sources.tuning import tune

if TYPE_CHECKING:
    from salesprep.adapter import Account, Page, Query, Request

NOW = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
_STATE = "of the benchmark"
_MOST = 100
_PAGE = 50
_INDEX, _NAMES, _TRIGRAMS = "index.names", "names.txt", "trigrams.sqlite"
_CSV, _DATABASE = "accounts.csv", "accounts.sqlite"
_EXPORT, _KEPT = "Basic_LinkedInDataExport_11-21-2026", "kept of the export"
_NO_BOUND = 1 << 40
_QUERY = """
    SELECT id, name AS title, website
    FROM account
    WHERE id IN asked_ids
       OR EXISTS (SELECT 1 FROM asked_names WHERE fold(account.name) LIKE pattern)
       OR domain_of(website) IN asked_domains
"""


class Finding(Protocol):
    """What the adapters have in common that are measured."""

    def find(self, query: Query, request: Request) -> Page[Account]: ...


Asked = Callable[[str], Sequence[int]]
"""The places of the names that come for a spelling."""


def _nobody() -> None:
    """Time is never over."""


def _peak_mb() -> float:
    with suppress(OSError):  # not everywhere; and what is told otherwise may be the peak of who started this
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(folder: Path) -> dict[str, Any]:
    """Index the names of ``folder``, in this process."""
    from salesprep.adapter.name_index import NameIndex, Row
    from salesprep.adapter.names import fold

    before = _peak_mb()
    cpu, wall = time.process_time(), time.perf_counter()
    index = NameIndex.open(folder / _INDEX, _STATE)
    assert index is not None
    with closing(index), (folder / _NAMES).open(encoding="utf-8", newline="\n") as lines:
        names = (line.rstrip("\n") for line in lines)
        # Without the cache of ``fold``, which is made for few names.
        index.fill((Row(n + 1, n, (fold.__wrapped__(name),)) for n, name in enumerate(names)), _nobody)
        assert index.whole
    return {
        "build CPU s": time.process_time() - cpu,
        "build s": time.perf_counter() - wall,
        "peak MB": _peak_mb(),
        "of it before MB": before,
        "disk MB": (folder / _INDEX).stat().st_size / 1e6,
    }


def look(folder: Path, count: int) -> dict[str, Any]:
    """Look ``count`` names up in the index of ``folder``, in this process."""
    from salesprep.adapter.name_index import NameIndex

    index = NameIndex.open(folder / _INDEX, _STATE)
    assert index is not None

    def ask(name: str) -> Sequence[int]:
        return [int(near.key) for near in index.near((name,), _MOST)]

    with closing(index):
        return _asked(ask, folder, count)


def through_a_table(folder: Path, count: int) -> dict[str, Any]:
    """The same with the names as a table of accounts, by the adapter; the first look reads the table."""
    from adapters.table.adapter import Tables

    table = {"path": str(folder / _CSV), "columns": {"id": "Nr", "title": "Account", "website": "Website"}}
    adapter = Tables(Tables.Config.model_validate({"tables": {"account": table}}))
    with tempfile.TemporaryDirectory(dir=folder) as store:
        return _through(adapter, folder, count, Path(store), _by_id)


def through_sql(folder: Path, count: int) -> dict[str, Any]:
    """The same with the names in a database, by the adapter with the query of its README."""
    from adapters.sql.adapter import Sql

    asks = {"database": str(folder / _DATABASE), "queries": {"account": _QUERY}}
    adapter = Sql(Sql.Config.model_validate(asks))
    with tempfile.TemporaryDirectory(dir=folder) as store:
        return _through(adapter, folder, count, Path(store), _by_id)


def read_an_export(folder: Path) -> dict[str, Any]:
    """Take up the names as the organisations of a member's connections, without an index of the names.

    So many the adapter takes from nobody: LinkedIn lets one have 30,000.
    """
    from adapters.linkedin_export import archive, called, columns, connections

    unbound = replace(columns.CONNECTIONS, most=_NO_BOUND)
    with (
        patch.object(archive, "LARGEST_OTHER", _NO_BOUND),
        patch.object(connections, "CONNECTIONS", unbound),
        patch.object(called, "LONG", _NO_BOUND),
    ):
        (folder / _KEPT).mkdir()
        return _first_look(_export(folder), folder / _KEPT)


def through_an_export(folder: Path, count: int) -> dict[str, Any]:
    """The same with what :func:`read_an_export` has kept; the first look indexes the names."""

    def by_name(held: Mapping[str, int], account: Account) -> Iterable[int]:
        return [held[name] for name in (account.title, *account.aliases) if name in held]

    return _through(_export(folder), folder, count, folder / _KEPT, by_name)


def _export(folder: Path) -> Finding:
    from adapters.linkedin_export.adapter import LinkedInExport

    return LinkedInExport(LinkedInExport.Config.model_validate({"exports": [str(folder / _EXPORT)]}))


Places = Callable[[Mapping[str, int], "Account"], Iterable[int]]
"""The places of the names that an account stands for. Given are the places of all."""


def _by_id(_held: Mapping[str, int], account: Account) -> Iterable[int]:
    return (int(account.id),)


def _through(adapter: Finding, folder: Path, count: int, store: Path, places: Places) -> dict[str, Any]:
    from salesprep.adapter import Query

    first = _first_look(adapter, store)
    held = {name: place for place, name in enumerate(_held(folder))}

    def ask(name: str) -> Sequence[int]:
        accounts = adapter.find(Query(names=(name,)), _request(store)).records
        return [place for account in accounts for place in places(held, account)]

    found = _asked(ask, folder, count)
    return {**first, "disk MB": sum(file.stat().st_size for file in store.iterdir()) / 1e6, **found}


def _first_look(adapter: Finding, store: Path) -> dict[str, Any]:
    from salesprep.adapter import DeadlineExceeded, Query

    cpu, wall = time.process_time(), time.perf_counter()
    try:
        adapter.find(Query(names=("Acme",)), _request(store))
    except DeadlineExceeded as error:
        raise AssertionError(error.what) from None
    return {
        "build CPU s": time.process_time() - cpu,
        "build s": time.perf_counter() - wall,
        "peak MB": _peak_mb(),
    }


def _request(store: Path) -> Request:
    from salesprep.adapter import Http, Request

    log = logging.getLogger("benchmarks.names")
    return Request(lambda: NOW, time.monotonic() + 1200, cast("Http", None), log, "me", store)


def compared_one_by_one(folder: Path, count: int) -> dict[str, Any]:
    """rapidfuzz over all names, folded once before."""
    from rapidfuzz import fuzz, process

    from salesprep.adapter.names import fold

    cpu, wall = time.process_time(), time.perf_counter()
    folded = [fold.__wrapped__(name) for name in _held(folder)]
    first = {"build CPU s": time.process_time() - cpu, "build s": time.perf_counter() - wall}

    def ask(name: str) -> Sequence[int]:
        return [n for _, _, n in process.extract(fold(name), folded, scorer=fuzz.WRatio, limit=_MOST)]

    return {**first, "peak MB": _peak_mb(), "disk MB": 0.0, **_asked(ask, folder, count)}


def by_three_letters(folder: Path, count: int) -> dict[str, Any]:
    """SQLite's full text index of trigrams, any of which may be in common, by its own rank."""
    from salesprep.adapter.names import fold

    cpu, wall = time.process_time(), time.perf_counter()
    db = sqlite3.connect(folder / _TRIGRAMS)
    db.execute("CREATE VIRTUAL TABLE held USING fts5(name, tokenize='trigram')")
    folded = ((n, fold.__wrapped__(name)) for n, name in enumerate(_held(folder)))
    db.executemany("INSERT INTO held (rowid, name) VALUES (?, ?)", folded)
    db.commit()
    first = {"build CPU s": time.process_time() - cpu, "build s": time.perf_counter() - wall}

    def ask(name: str) -> Sequence[int]:
        letters = fold(name)
        threes = {letters[at : at + 3] for at in range(len(letters) - 2)}
        if not threes:
            return []
        statement = "SELECT rowid FROM held WHERE name MATCH ? ORDER BY rank LIMIT ?"
        wanted = " OR ".join(f'"{three}"' for three in sorted(threes))
        return [n for (n,) in db.execute(statement, (wanted, _MOST))]

    with closing(db):
        found = _asked(ask, folder, count)
    return {**first, "peak MB": _peak_mb(), "disk MB": (folder / _TRIGRAMS).stat().st_size / 1e6, **found}


STEPS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "build": lambda folder, _count: build(folder),
    "look": look,
    "table": through_a_table,
    "sql": through_sql,
    "read-export": lambda folder, _count: read_an_export(folder),
    "export": through_an_export,
    "all": compared_one_by_one,
    "trigrams": by_three_letters,
}
"""What a fresh interpreter is started for."""
_THROUGH = {"through table": "table", "through sql": "sql", "through linkedin_export": "export"}
_OTHERS = {"rapidfuzz WRatio, all": "all", "SQLite FTS5 trigram": "trigrams"}
"""Both look at every name, and so are asked less."""


def _held(folder: Path) -> list[str]:
    return (folder / _NAMES).read_text(encoding="utf-8").split("\n")


def _asked(ask: Asked, folder: Path, count: int) -> dict[str, Any]:
    """How long ``count`` look-ups take, and how often the name that is meant comes, in all and by way."""
    spellings = names_data.spellings(_held(folder), count)
    for _, written, _ in spellings[: min(20, count // 10)]:
        ask(written)  # warm
    wall: list[float] = []
    cpu: list[float] = []
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for way, written, place in spellings:
        began, used = time.perf_counter(), time.process_time()
        places = ask(written)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        found[way].append(place in places)
    every = [hit for hits in found.values() for hit in hits]
    return {
        "p50 ms": percentile(wall, 0.5),
        "p95 ms": percentile(wall, 0.95),
        "p95 CPU ms": percentile(cpu, 0.95),
        "found": sum(every) / len(every),
        "by way": {way: sum(hits) / len(hits) for way, hits in found.items()},
    }


def in_fresh_interpreter(step: str, folder: Path, count: int = 0) -> dict[str, Any]:
    """One of :data:`STEPS`, with the memory of nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.names", step, str(folder), str(count)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def write(folder: Path, names: Iterable[str]) -> None:
    """The names as the steps read them."""
    held = list(names)
    (folder / _NAMES).write_text("\n".join(held), encoding="utf-8", newline="\n")
    accounts = [(n, name, f"https://www.firm{n}.example/") for n, name in enumerate(held)]
    with (folder / _CSV).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("Nr", "Account", "Website"))
        rows.writerows(accounts)
    with closing(sqlite3.connect(folder / _DATABASE)) as db, db:
        db.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, website TEXT)")
        db.executemany("INSERT INTO account VALUES (?, ?, ?)", accounts)
    (folder / _EXPORT).mkdir()
    with (folder / _EXPORT / "Connections.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(
            ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
        )
        rows.writerows(
            (
                "Person",
                n,
                f"https://www.linkedin.com/in/invented-person-{n}",
                "",
                name,
                "Buyer",
                "02 Sep 2020",
            )
            for n, name in enumerate(held)
        )


def measure(options: Options) -> Sequence[Table]:
    """One million names, a thousand look-ups; of what looks at every name a few only: ten minutes in all."""
    from adapters.linkedin_export.columns import CONNECTIONS

    # Of more than 20,000 the adapters keep an index.
    size, asked, few = (25_000, 200, 20) if options.quick else (1_000_000, 1_000, 20)
    data = options.data if options.data is not None and not names_data.missing(options.data) else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, names_data.names(size, data))

        def run(by: str, step: str, count: int = 0) -> dict[str, Any]:
            print(f"  {by} …", file=sys.stderr)
            return in_fresh_interpreter(step, folder, count)

        built = run("name_index, built", "build")
        looked = run("name_index, asked", "look", asked)
        read = run("linkedin_export, reading", "read-export")
        runs = {
            "name_index": {**built, **looked},
            **{by: run(by, step, asked) for by, step in _THROUGH.items()},
            **{by: run(by, step, few) for by, step in _OTHERS.items()},
        }
    columns = ("build CPU s", "build s", "peak MB", "disk MB", "p50 ms", "p95 ms", "p95 CPU ms", "found")
    rows: list[dict[str, Figure]] = [
        {"by": by, **{column: one[column] for column in columns}} for by, one in runs.items()
    ]
    ways: list[dict[str, Figure]] = [
        {"written": way, "found": share, **{by: runs[by]["by way"][way] for by in _THROUGH}}
        for way, share in looked["by way"].items()
    ]
    sort = "real ones crossed" if data is not None else "made up"
    notes = [
        f"{size:,} names, {sort}; found: the name that is meant is among the {_MOST} that come, through an"
        f" adapter among {_PAGE}",
        f"{asked:,} look-ups, of the two at the end {few}",
        f"linkedin_export has read the connections before, in {read['build s']:.1f} s and"
        f" {read['peak MB']:.0f} MB; from a member it takes {CONNECTIONS.most:,} at most",
        f"the interpreter alone takes {built['of it before MB']:.0f} MB of the peak",
    ]
    return [Table("Names: one among many", rows, notes), Table("Names: by how they are written", ways)]


def main() -> int:
    """``STEP FOLDER COUNT``: one step, its figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    tune()  # as wherever sources are asked
    print(json.dumps(STEPS[given.step](given.folder, given.count)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
