"""How fast a big table is looked at, the first time and the second, as CSV and as XLSX.

Each look is taken in a fresh interpreter with the same kept index, as two starts of the program are; what
is measured is the source's own time, with the libraries that the look itself brings in. The floor is a
bare read of the CSV file with the ``csv`` module.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.report import Figure, Options, Table

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
CUSTOMER = "Van Dijk Machinebouw B.V."
DOMAIN = "vandijk.example"
HEADER = ("Nr", "Account", "Plaats", "Website", "E-mail", "Accountmanager", "Omzet", "Gewijzigd", "Opmerking")
COLUMNS = {
    "id": "Nr",
    "title": "Account",
    "city": "Plaats",
    "website": "Website",
    "emails": "E-mail",
    "owner": "Accountmanager",
    "updated_at": "Gewijzigd",
}
_NAMES = ("Pompen", "Bouw", "Transport", "Installaties", "Verhuur", "Koeltechniek", "Metaal")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class _NoNetwork:
    async def get(self, url: str, **_: Any) -> Any:
        raise AssertionError("a benchmark of files asked the network")

    head = get


def _rows(rows: int) -> Iterator[tuple[str, ...]]:
    """The same accounts in every run; one of them is :data:`CUSTOMER`."""
    yield HEADER
    for n in range(rows):
        ours = n == rows // 2
        name = CUSTOMER if ours else f"{_NAMES[n % 7]} Firma {n} B.V."
        domain = DOMAIN if ours else f"firma{n}.example"
        day = f"{1 + n % 28:02}-{1 + n % 12:02}-2026"
        money = f"{n % 900}.{n % 1000:03},50"
        site, mail = f"https://www.{domain}/nl", f"info@{domain}"
        yield str(n), name, "Eindhoven", site, mail, "A. Bakker", money, day, "klant"


def write_csv(path: Path, rows: int) -> None:
    """So many accounts with ``;`` between the columns."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(_rows(rows))


def write_xlsx(path: Path, rows: int) -> None:
    """So many accounts in a workbook of one sheet, whose cells share their texts."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="s.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="t.xml"/></Relationships>',
        )
        with package.open("xl/s.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, row in enumerate(_rows(rows), start=1):
                cells = "".join(
                    f'<c r="{chr(65 + at)}{number}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
                    for at, text in enumerate(row)
                )
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{text}</t></si>" for text in texts)
        package.writestr("xl/t.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')


def look(path: Path, store: Path) -> dict[str, Any]:
    """Ask the adapter once, in this process: seconds, what was found, peak memory in MB."""
    from adapters.table.adapter import Tables
    from salesprep.adapter import Query, Request

    table = {"path": str(path), "columns": COLUMNS, "show": ["Omzet"]}
    config = Tables.Config.model_validate({"tables": {"account": table}})
    log = logging.getLogger("benchmarks.table")
    request = Request(lambda: NOW, time.monotonic() + 3600, _NoNetwork(), log, "me", store)
    query = Query(names=(CUSTOMER, CUSTOMER.removesuffix(" B.V.")), domains=(DOMAIN,))
    adapter = Tables(config)
    began = time.perf_counter()
    page = adapter.find(query, request)
    return {
        "seconds": time.perf_counter() - began,
        "found": len(page.records),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_fresh_interpreter(path: Path, store: Path) -> dict[str, Any]:
    """:func:`look` as a start of the program would take it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.table", "--look", str(path), str(store)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(options: Options) -> Sequence[Table]:
    """200,000 rows as CSV and 50,000 as XLSX, each looked at twice; the best of some rounds."""
    rows, sheet_rows, rounds = (5_000, 1_000, 1) if options.quick else (200_000, 50_000, 3)
    made: list[dict[str, Figure]] = []
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder, "accounts.csv"), Path(folder, "accounts.xlsx")
        write_csv(text, rows)
        write_xlsx(book, sheet_rows)
        bare = min(_bare_read(text) for _ in range(rounds))
        for path, count in ((text, rows), (book, sheet_rows)):
            pairs = []
            for n in range(rounds):
                store = Path(folder, f"{path.suffix[1:]}{n}")
                store.mkdir(mode=0o700)
                pairs.append([in_fresh_interpreter(path, store) for _ in range(2)])
            first, second = (min((pair[n] for pair in pairs), key=_seconds) for n in range(2))
            assert first["found"] == second["found"] >= 1
            made.append(
                {
                    "table": path.name,
                    "rows": count,
                    "MB": path.stat().st_size / 1e6,
                    "first ms": first["seconds"] * 1000,
                    "second ms": second["seconds"] * 1000,
                    "second / first": second["seconds"] / first["seconds"],
                    "first peak MB": first["peak_mb"],
                    "second peak MB": second["peak_mb"],
                }
            )
    notes = [
        f"a bare csv read of accounts.csv takes {bare * 1000:.0f} ms",
        "the source's own time, libraries included; every look in a fresh interpreter, the second with the"
        " index that the first one kept",
    ]
    return [Table("Table: a big one, twice", made, notes)]


def _seconds(taken: dict[str, Any]) -> float:
    return float(taken["seconds"])


def _bare_read(path: Path) -> float:
    began = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file, delimiter=";"):
            pass
    return time.perf_counter() - began


def main() -> int:
    """``--look FILE STORE``: one look, its figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--look", nargs=2, type=Path, required=True, metavar=("FILE", "STORE"))
    print(json.dumps(look(*parser.parse_args().look)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
