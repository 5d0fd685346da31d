"""How fast a big wiki is looked at, the first time and the second, and after one page has changed.

Each look is taken in a fresh interpreter with the same kept index, as starts of the program are; what is
measured is the source's own time for finding the customer and fetching its pages, with the libraries that
the look itself brings in. The floor is a raw read of all pages.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.report import Figure, Options, Table

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
CUSTOMER = "Van Dijk Machinebouw B.V."
DOMAIN = "vandijk.example"
LOOKS = ("first", "second", "one page changed")

_TEXT = "lijn druk ver leg wer ken aan dat pomp in stal beheer om bouw onder houd ge rei ding ste vast"
_SYLLABLES = _TEXT.split()


class _NoNetwork:
    async def get(self, url: str, **_: Any) -> Any:
        raise AssertionError("a benchmark of files asked the network")

    head = get


def write(folder: Path, *, pages: int, seed: int = 7) -> int:
    """A wiki of so many pages, the same in every run: a third of them in customers' folders, one in 50 with
    the customer's name in its text. Returns its bytes."""
    dice = random.Random(seed)
    words = sorted({"".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(8_000)})
    written = 0
    for n in range(pages):
        customer = CUSTOMER if n % 900 == 0 else f"Firma {n % 300}"
        place = folder / f"klanten/{customer}" if n % 3 == 0 else folder / f"afdeling {n % 40}"
        place.mkdir(parents=True, exist_ok=True)
        paragraphs = [" ".join(dice.choices(words, k=60)).capitalize() + "." for _ in range(9)]
        if n % 50 == 7:
            paragraphs.insert(4, f"Gesproken met **{CUSTOMER}** over [lijn 4](https://www.{DOMAIN}/lijn).")
        head = f"title: Pagina {n}\nauthor: J. Jansen\ncreated: 2026-01-{n % 28 + 1:02}\ntags: [a, b]\n"
        text = f"---\n{head}---\n# Pagina {n}\n\n" + "\n\n".join(paragraphs) + "\n"
        (place / f"pagina {n}.md").write_text(text, encoding="utf-8")
        written += len(text.encode())
    return written


def look(folder: Path, store: Path) -> dict[str, Any]:
    """Ask the adapter once, in this process: seconds, what was found, peak memory in MB."""
    from adapters.markdown_wiki.adapter import MarkdownWiki
    from salesprep.adapter import Kind, Query, Request

    config = MarkdownWiki.Config(folder=folder, customer_folders=("klanten",))
    log = logging.getLogger("benchmarks.wiki")
    deadline = time.monotonic() + 3600
    request = Request(lambda: NOW, deadline, _NoNetwork(), log, "me", store)
    query = Query(names=(CUSTOMER, CUSTOMER.removesuffix(" B.V.")), domains=(DOMAIN,))
    adapter = MarkdownWiki(config)
    began = time.perf_counter()
    adapter.find(query, request)
    page = adapter.fetch(query, Kind.DOCUMENT, None, request)
    return {
        "seconds": time.perf_counter() - began,
        "total": page.total,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_fresh_interpreter(folder: Path, store: Path) -> dict[str, Any]:
    """:func:`look` as a start of the program would take it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.wiki", "--look", str(folder), str(store)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _raw_read(folder: Path) -> float:
    began = time.perf_counter()
    for path in folder.rglob("*.md"):
        path.read_bytes()
    return time.perf_counter() - began


def measure(options: Options) -> Sequence[Table]:
    """A wiki of 5,000 pages, looked at three times; the best of each sort of look."""
    pages, rounds = (500, 1) if options.quick else (5_000, 3)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "wiki")
        size = write(folder, pages=pages)
        raw = min(_raw_read(folder) for _ in range(rounds))
        taken: dict[str, list[dict[str, Any]]] = {name: [] for name in LOOKS}
        for n in range(rounds):
            store = Path(scratch, f"store{n}")
            store.mkdir(mode=0o700)
            for name in LOOKS:
                if name == LOOKS[2]:
                    changed = next(folder.rglob("*.md"))
                    changed.write_text(f"{changed.read_text(encoding='utf-8')}\nnog iets\n", encoding="utf-8")
                taken[name].append(in_fresh_interpreter(folder, store))
    best = {name: min(looks, key=lambda one: one["seconds"]) for name, looks in taken.items()}
    rows: list[dict[str, Figure]] = [
        {
            "look": name,
            "ms": best[name]["seconds"] * 1000,
            "of the first": best[name]["seconds"] / best["first"]["seconds"],
            "of a raw read": best[name]["seconds"] / raw,
            "peak MB": best[name]["peak_mb"],
            "found": best[name]["total"],
        }
        for name in LOOKS
    ]
    notes = [
        f"{pages} pages, {size / 1e6:.1f} MB, which a raw read takes {raw * 1000:.0f} ms for",
        "the source's own time for finding the customer and fetching its pages; every look in a fresh"
        " interpreter, with the index that the one before kept",
    ]
    return [Table("Wiki: a big one, three times", rows, notes)]


def main(argv: Sequence[str] | None = None) -> int:
    """One look, for :func:`in_fresh_interpreter`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wiki", description=__doc__)
    parser.add_argument("--look", nargs=2, required=True, metavar=("FOLDER", "STORE"))
    folder, store = parser.parse_args(argv).look
    print(json.dumps(look(Path(folder), Path(store))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
