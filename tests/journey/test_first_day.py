"""A rep's first day with salesprep: set up by a few answers, a download that breaks, a namesake, and what
is kept of it all."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journey.conftest import Rep as Command

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

CUSTOMER = "Van Dijk Machinebouw B.V."
NAMESAKES = ("Van Dijk Machinebouw N.V.", "Van Dijk Machinebouw Genk", "vandijk-genk", "Ada Vos")
"""What tells the namesake: its accounts, its domain, its people."""
CUSTOMERS = (
    ("Account", "Plaats", "Website", "Accountmanager"),
    (CUSTOMER, "Tabelstad", "www.vandijk.example", "Anna de Boer"),
    ("Van Dijk Machinebouw N.V.", "Genk", "www.vandijk-genk.example", "J. Jansen"),
    ("Kaas & Co", "Utrecht", "www.kaas.example", "Anna de Boer"),
)
CONNECTIONS = f"""\
Rob,Smit,https://www.linkedin.com/in/rob-smit-x,,{CUSTOMER},Netwerkbaas,12 Oct 2025
Ada,Vos,https://www.linkedin.com/in/ada-vos-x,,Van Dijk Machinebouw Genk,Zaakvoerder,1 Mar 2023
Kim,Vos,https://www.linkedin.com/in/kim-vos-x,,Kaas & Co,Buyer,3 Mar 2024
"""
ONLY_IN = {"crm": "Tabelstad", "linkedin": "Netwerkbaas", "calendar": "Agendabezoek"}
"""A word that one source alone tells."""


@dataclass(frozen=True, slots=True)
class Rep:
    """The rep, with everything set up."""

    types: Command
    anew: Run
    """A command in a process of its own."""
    export: Path
    home: Path

    def panels(self) -> dict[str, Any]:
        """The next visit's briefing, by source."""
        return {
            panel["source"]: _told(panel) for panel in self.types("brief", "--format", "json").json["panels"]
        }

    def sheets(self) -> dict[str, str]:
        """The same as Markdown, by the title of the panel."""
        title, *panels = self.types("brief", "--format", "md").out.split("\n## ")
        assert title.startswith(f"# {CUSTOMER}")
        return {panel.partition("\n")[0]: panel for panel in panels}


def _told(panel: Any) -> Any:
    """What a panel tells, without when it was told."""
    ages = {"age_s", "elapsed_ms", "fetched_at"}
    if isinstance(panel, dict):
        return {key: _told(value) for key, value in panel.items() if key not in ages}
    return [_told(item) for item in panel] if isinstance(panel, list) else panel


def _title_line(text: str, title: str) -> str:
    return next(line.rstrip() for line in text.splitlines() if line.startswith(f" {title} "))


@pytest.fixture
def rep(
    tmp_path: Path,
    own_machine: Path,
    terminal: Run,
    command: Command,
    cli: Run,
    workbook: Write,
    export: Write,
    calendar: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> Rep:
    """``add`` on a folder of downloads, with Enter for every answer; nobody writes a file by hand."""
    # A CRM that is late on a busy machine leaves a visit with whom nobody can say by name.
    monkeypatch.setenv("SALESPREP_BRIEFING__DEADLINE", "120")
    folder = tmp_path / "Downloads"
    folder.mkdir()
    now = datetime.now(UTC)
    workbook(folder / "accounts.xlsx", CUSTOMERS)
    packed = folder / f"Basic_LinkedInDataExport_{now - timedelta(days=1):%m-%d-%Y}.zip"
    export(packed, CONNECTIONS)
    guests = ("r.smit@vandijk.example", "a.vos@vandijk-genk.example", "k.vos@kaas.example")
    days = [now + timedelta(days=1 + 3 * n) for n in range(3)]
    calendar(
        folder / "agenda.ics", [(day, "Agendabezoek", guest) for day, guest in zip(days, guests, strict=True)]
    )
    assert not own_machine.exists()
    done = terminal("add", folder, answers=[""] * 6)
    assert done.returncode == 0, done.stdout
    assert len(re.findall(r"\[Y/n\]|\]:? $|: $", done.stdout, re.M)) <= 6, "questions"
    assert "Added CRM, LinkedIn, Calendar to " in done.stdout
    assert done.stdout.count(CUSTOMER.upper()) == 1, "the last answer opened the briefing"
    return Rep(command, cli, packed, own_machine)


class TestAnExportCutInHalf:
    def test_shows_what_was_in_it_as_of_its_day_and_who_mends_it(self, rep: Rep) -> None:
        before = rep.panels()
        (day,) = re.findall(r" file of (.+)$", _title_line(rep.types("brief").out, "LINKEDIN"))
        os.truncate(rep.export, rep.export.stat().st_size // 2)
        done = rep.anew("brief")
        panels = rep.panels()
        assert re.match(rf" LINKEDIN  cannot be read ─+ as of {day}$", _title_line(done.stdout, "LINKEDIN"))
        assert f" 2 LinkedIn {day} " in done.stdout, "beside its number too"
        told = " ".join(done.stdout.split())
        assert "Rob Smit Netwerkbaas" in told
        assert "is cut off or damaged; shown is what was in it before; you mend it: download it" in told
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"salesprep: LinkedIn: {rep.export.name} is cut off or damaged; ")
        assert panels["linkedin"]["state"] == "stale"
        assert panels["linkedin"]["error"]["actor"] == "user"
        for key in ("records", "candidates"):
            assert panels["linkedin"][key] == before["linkedin"][key] != []

    def test_leaves_the_others_as_they_were(self, rep: Rep) -> None:
        before = rep.panels(), rep.sheets()
        os.truncate(rep.export, rep.export.stat().st_size // 2)
        after = rep.panels(), rep.sheets()
        for source, title in (("crm", "CRM"), ("calendar", "Calendar")):
            assert after[0][source] == before[0][source]
            assert after[1][title] == before[1][title]

    def test_is_forgotten_once_it_is_whole_again(self, rep: Rep) -> None:
        whole, before = rep.export.read_bytes(), rep.panels()
        os.truncate(rep.export, len(whole) // 2)
        assert rep.panels() != before
        rep.export.write_bytes(whole)
        assert rep.panels() == before


class TestANamesake:
    def test_asked_why_and_rejected_stays_away(self, rep: Rep) -> None:
        asked = rep.types("brief", "--why").out
        told = " ".join(asked.split())
        assert 'for it: the name "Van Dijk Machinebouw N.V." (strong, ' in told
        assert "against it: another legal form (nv) (the customer: bv)" in told
        ids = re.findall(r"(crm:\w+|linkedin:van dijk machinebouw genk) · just now", asked)
        assert len(ids) == 3, "the customer and the two that may be"
        rejected = rep.types("link", "reject", CUSTOMER, *ids[1:])
        assert (rejected.code, rejected.err) == (0, "")
        for words in (["brief"], ["brief", CUSTOMER], ["contacts"], ["people"]):
            for form in (["--format", "json"], ["--format", "text"]):
                done = rep.types(*words, *form)
                assert (done.code, done.err) == (0, ""), words
                for word in (*NAMESAKES, "which one?", "may be theirs"):
                    assert word not in done.out, words
        assert "Rob Smit" in rep.types("brief").out
        visits = rep.types("agenda", "--format", "json").json["visits"]
        assert [visit["candidates"] for visit in visits] == [[], [], []]
        assert [visit["customer"]["name"] for visit in visits] == [
            CUSTOMER,
            "Van Dijk Machinebouw N.V.",  # with their own guest: it is a customer, only another one
            "Kaas & Co",
        ]


class TestNothingWasMerged:
    def test_each_file_is_of_one_source_and_only_the_links_hold_ids_of_several(self, rep: Rep) -> None:
        ids = re.findall(r"(crm:\w+|linkedin:[\w ]+) · just now", rep.types("brief", "--why").out)
        rep.types("link", "reject", CUSTOMER, *ids[1:])
        rep.types("contacts")
        rep.types("agenda")
        listed = {
            Path(one["path"]): one for one in rep.types("sources", "kept", "--format", "json").json["files"]
        }
        assert set(listed) == {path for path in rep.home.rglob("*") if not path.is_dir()}
        assert {one["what"] for one in listed.values()} <= {
            "figures",
            "history",
            "index",
            "links",
            "lock",
            "audit",
            "log",
            "settings",
        }
        for source, word in ONLY_IN.items():
            holding = {path for path in listed if any(word in text for text in _texts(path))}
            assert holding, f"nothing is kept of {source}, so this shows nothing"
            assert {listed[path]["source"] for path in holding} == {source}
            assert all(path.is_relative_to(rep.home / "cache" / "index" / source) for path in holding)
        (links,) = (path for path, one in listed.items() if one["what"] == "links")
        assert {"crm", "linkedin"} <= set(re.findall(r'source = "(\w+)"', links.read_text(encoding="utf-8")))


def _texts(path: Path) -> Iterator[str]:
    """All that a file holds: as it lies there, and of a database every value."""
    yield path.read_bytes().decode("utf-8", "replace")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (tables of our own)
                    yield from map(str, row)
    except sqlite3.DatabaseError:
        return
