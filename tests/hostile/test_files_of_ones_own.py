"""Files that mean harm, in the folders of one's own: each costs its own source and little memory, whatever
command meets it, and the source beside them answers. The whole program runs, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Write = Callable[..., Path]

NAME = "Van Dijk Machinebouw"
MB = 1024 * 1024
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROOM = 200
"""Megabytes that all hostile files together may cost."""

# The program as it is, and what its process needed at most: kept by the system, in kilobytes.
_RUN = """
import os, re, runpy, sys
from pathlib import Path
peak, *sys.argv = sys.argv[1:]
leave = os._exit
def told(code):
    status = Path("/proc/self/status").read_text()
    Path(peak).write_text(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
    leave(code)
os._exit = told
runpy.run_module("salesprep", run_name="__main__", alter_sys=True)
"""

US = '[us]\nemails = ["anna@ons.example"]\ndomains = ["ons.example"]\n'
HEALTHY = '[sources.calendar]\nadapter = "ics"\n[[sources.calendar.calendars]]\npath = "agenda.ics"\n'
HOSTILE = """
[sources.bomb]
adapter = "linkedin_export"
exports = ["LinkedIn-bomb.zip"]
[sources.outside]
adapter = "linkedin_export"
exports = ["LinkedIn-outside.zip"]
[sources.line]
adapter = "table"
[sources.line.tables.account]
path = "line.csv"
columns = { title = "Account", city = "Plaats" }
[sources.book]
adapter = "table"
[sources.book.tables.account]
path = "book.xlsx"
columns = { title = "Account", city = "Plaats" }
[sources.latin]
adapter = "table"
[sources.latin.tables.account]
path = "latin.csv"
encoding = "utf-8"
columns = { title = "Account", city = "Plaats" }
[sources.wiki]
adapter = "markdown_wiki"
folder = "wiki"
[sources.calendar_line]
adapter = "ics"
[[sources.calendar_line.calendars]]
path = "line.ics"
"""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, what it said, and how many megabytes it needed at most."""

    code: int
    out: str
    err: str
    peak: int

    @property
    def panels(self) -> dict[str, Any]:
        return {panel["source"]: panel for panel in json.loads(self.out)["panels"]}


@pytest.fixture
def salesprep(tmp_path: Path) -> Callable[..., Done]:
    def run(*arguments: object) -> Done:
        peak = tmp_path / "peak"
        peak.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", _RUN, peak, "salesprep", *map(str, arguments)],
            check=False,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=100,
        )
        assert "Traceback" not in done.stdout + done.stderr
        assert "this should not have happened" not in done.stderr
        assert peak.exists()
        return Done(done.returncode, done.stdout, done.stderr, int(peak.read_text()) // 1024)

    return run


@pytest.fixture
def folder(tmp_path: Path, workbook: Write, calendar: Write) -> Path:
    """A folder with one healthy calendar among everything that could do harm."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    calendar(folder / "agenda.ics", [(tomorrow, f"{NAME}: bezoek", "r.smit@vandijk.example")])
    _zip_bomb(folder / "LinkedIn-bomb.zip")
    _paths_outside(folder / "LinkedIn-outside.zip")
    _endless(folder / "line.csv", b"Account;Plaats\nVan Dijk Machinebouw;Rye\n")
    _endless(folder / "line.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    _million_rows(folder / "book.xlsx", workbook)
    latin = "Account;Plaats\nVan Dijk Machinebouw;M\xfcnchen\nCaf\xe9;Ely\n"
    (folder / "latin.csv").write_bytes(latin.encode("latin-1"))
    _wiki(folder / "wiki")
    return folder


def _zip_bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("Connections.csv", "w") as part,
    ):
        part.write(HEADER.encode())
        for _ in range(300):
            part.write(bytes(MB))


def _paths_outside(path: Path) -> None:
    outside = path.parent.parent / "outside"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("../Connections.csv", f"{outside}/Connections.csv", "a/../../messages.csv"):
            packed.writestr(name, f"{HEADER}Rob,Smit,,,{NAME},COO,12 Oct 2025\n")


def _endless(path: Path, start: bytes) -> None:
    """Two gigabytes of which the rest is one line; it takes no room on the disk."""
    path.write_bytes(start)
    os.truncate(path, 2048 * MB)


def _million_rows(path: Path, workbook: Write) -> None:
    formulas = '<row><c s="1"><f>A1</f></c><c><f>B1</f></c></row>' * 20_000
    last = f'<row r="1048576"><c r="A1048576" t="str"><v>{NAME}</v></c></row>'
    workbook(path, [("Account", "Plaats"), ("Acme", "Rye")], more="<row/>" * 1_000_000 + formulas + last)


def _wiki(folder: Path) -> None:
    (folder / "sub").mkdir(parents=True)
    (folder / "loop").symlink_to(folder)
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "page.md").write_text(f"# Storing\n\n{NAME} belde.\n", encoding="utf-8")
    (folder / "latin.md").write_bytes(f"# Caf\xe9\n\n{NAME} in M\xfcnchen.\n".encode("latin-1"))
    (folder / "huge.md").write_bytes(b"# Huge\n")
    os.truncate(folder / "huge.md", 200 * MB)


@pytest.fixture
def settings(folder: Path) -> Path:
    """All of them as sources; ``healthy.toml`` beside it has the healthy one alone."""
    (folder / "healthy.toml").write_text(US + HEALTHY, encoding="utf-8")
    file = folder / "settings.toml"
    file.write_text(US + HEALTHY + HOSTILE, encoding="utf-8")
    return file


TROUBLE = {
    "bomb": "Connections.csv in LinkedIn-bomb.zip is far larger than such a file can be",
    "outside": "LinkedIn-outside.zip is no data export of LinkedIn's",
    "line": "line.csv cannot be read: larger than is read",
    "calendar_line": "{folder}/line.ics is larger than 200 MB",
}
"""What is said of those that nobody can read."""


def _records(panel: Any) -> set[str]:
    return {record["title"] for key in ("records", "candidates") for record in panel[key]}


class TestFilesThatMeanHarm:
    def test_cost_a_briefing_their_own_panels(
        self, settings: Path, folder: Path, salesprep: Callable[..., Done]
    ) -> None:
        words = ("brief", NAME, "--format", "json", "--deadline", "60")
        least = salesprep(*words, "--settings", folder / "healthy.toml").peak
        done = salesprep(*words, "--settings", settings)
        panels = done.panels
        assert done.code == 1
        assert _records(panels.pop("calendar")) == {f"{NAME}: bezoek"}
        for source, what in TROUBLE.items():
            panel = panels.pop(source)
            assert (panel["state"], panel["error"]["code"]) == ("failed", "bad_data"), source
            assert panel["error"]["what"] == what.format(folder=folder)
            assert panel["error"]["mend"], source
        assert {source: _records(panel) for source, panel in panels.items()} == {
            "book": {NAME},
            "latin": {NAME},
            "wiki": {"Storing", "Café"},
        }
        assert [record["place"]["city"] for record in panels["latin"]["records"]] == ["München"]
        wiki = panels["wiki"]["sections"][0]
        assert {(one["count"], one["where"]) for one in wiki["refused"]} == {(3, "loop"), (1, "huge.md")}
        assert wiki["notice"] == "1 page is not in UTF-8, read as Windows-1252"
        assert "�" not in done.out
        assert done.peak < least + ROOM

    def test_are_each_told_by_a_check(
        self, settings: Path, folder: Path, salesprep: Callable[..., Done]
    ) -> None:
        words = ("sources", "check", "--format", "json", "--deadline", "60")
        least = salesprep(*words, "--settings", folder / "healthy.toml").peak
        done = salesprep(*words, "--settings", settings)
        assert done.code == 1
        checks = {one["source"]: one["checks"] for one in json.loads(done.out)["sources"]}
        failed = {
            source: check["what"]
            for source, all_ in checks.items()
            for check in all_
            if check["outcome"] not in ("passed", "skipped")
        }
        assert failed == {source: what.format(folder=folder) for source, what in TROUBLE.items()}
        assert done.peak < least + ROOM

    def test_are_set_up_if_they_can_be_read_and_told_if_not(
        self, folder: Path, salesprep: Callable[..., Done]
    ) -> None:
        least = salesprep("add", folder / "agenda.ics", "--dry-run").peak
        done = salesprep("add", folder, "--yes", "--format", "json")
        assert done.code == 1
        told = json.loads(done.out)
        names = {Path(one["place"]).name for one in told["proposals"]}
        assert names == {"agenda.ics", "book.xlsx", "latin.csv", "wiki"}
        assert {one["name"]: one["error"]["what"] for one in told["troubles"]} == {
            "LinkedIn-bomb.zip": TROUBLE["bomb"],
            "line.csv": TROUBLE["line"],
            "line.ics": "line.ics is larger than 200 MB",
        }
        beside = {path.name for path in folder.parent.iterdir()}
        assert beside == {"Downloads", "peak"}, "nothing was unpacked"
        assert done.peak < least + ROOM
