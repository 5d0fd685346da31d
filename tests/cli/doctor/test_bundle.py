"""``doctor --bundle``: everything a maintainer needs, and nothing of whoever sends it.

A canary sits in every place where something private can lie: none of them comes out.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sqlite3
import stat
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli import run
from salesprep.cli.doctor.bundle import README
from salesprep.cli.exits import Exit
from salesprep.tui import log as tui_log

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Patch = pytest.MonkeyPatch

CANARY = "kanarie"
"""In every invented name, address, path and secret here, in whatever case."""
FILES = ["README.txt", "doctor.json", "system.json", "settings.json", "sources.json", "log.json"]
DOCS = Path(__file__).parents[3] / "docs" / "doctor.md"

ADAPTER = """
from salesprep.adapter import Adapter, BadData, Page
from salesprep.adapter.config import Config, Secret
from salesprep.adapter.words import _
from pydantic import field_validator

class Own(Adapter):
    class Config(Config):
        token: Secret | None = None
        kanarie_field: str = ""
        bad: bool = False

        @field_validator("bad")
        @classmethod
        def not_bad(cls, value):
            if value:
                said = _(f"Bakkerij Kanarie BV is {value}")
                raise BadData(said, mend=_("ask kanarie@klant.example"), field="kanarie")
            return value

    async def fetch(self, query, kind, cursor, request):
        raise BadData(f"Bakkerij Kanarie BV", mend="ask kanarie@klant.example", field="kanarie")
"""

SETTINGS = """
[us]
name = "Anna Kanarie"
emails = ["anna@kanarie.example"]
domains = ["kanarie.example"]
colleagues = [{ name = "Kees Kanarie", email = "kees@kanarie.example" }]
home = { city = "Kanariedorp" }
zone = "Europe/Amsterdam"
[adapters]
folders = ["adapters"]
[links]
file = "links-kanarie.toml"
[screen]
order = ["kanarie_crm"]
[sources.kanarie_crm]
adapter = "sql"
title = "Kanarie"
database = "kanarie.sqlite"
[sources.kanarie_crm.queries]
account = "SELECT id, name AS title FROM kanarie_accounts"
[sources.kanarie_crm.links]
account = "https://crm.kanarie.example/{id}"
[sources.kanarie_table]
adapter = "table"
[sources.kanarie_table.tables.account]
path = "kanarie.csv"
kanarie = "kanarie"
[sources.kanarie_table.tables.account.columns]
kanarie_key = "Kanarieveld"
[sources.kanarie_portal]
adapter = "kanarie_portal"
kanarie_field = "Bakkerij Kanarie BV"
token = "env:KANARIE_TOKEN"
[sources.kanarie_wrong]
adapter = "kanarie_portal"
bad = true
[sources.kanarie_secret]
adapter = "kanarie_portal"
token = "file:kanarie-token"
[sources.kanarie_gone]
adapter = "kanarie_broken"
[[sources.kanarie_calendar.calendars]]
path = "kanarie.ics"
owner = "anna@kanarie.example"
[sources.kanarie_calendar]
adapter = "ics"
"""


@pytest.fixture
def private(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder named after its owner, settings full of names, and a home in which salesprep has worked."""
    folder = tmp_path / "Anna-Kanarie"
    home = folder / "home"
    monkeypatch.setenv("SALESPREP_HOME", str(home))
    monkeypatch.setenv("HOME", str(folder))
    for name in (
        "TERM",
        "TERM_PROGRAM",
        "COLORTERM",
        "LC_ALL",
        "USER",
        "LOGNAME",
        "HOSTNAME",
        "KANARIE_TOKEN",
    ):
        monkeypatch.setenv(name, "hunter2-kanarie")
    own = folder / "adapters" / "kanarie_portal"
    own.mkdir(parents=True)
    (own / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    (own / "adapter.toml").write_text(
        'name = "kanarie_portal"\ntitle = "Kanarie"\nversion = "1.0-kanarie"\ncontract = "1.0"\n'
        'class = "Own"\n'
        'kinds = ["task"]\nlookups = ["name"]\nabilities = ["fetch"]\nasks_as = "none"\nsecrets = ["token"]\n'
        'requires = ["kanarie-library>=1"]\n',
        encoding="utf-8",
    )
    broken = folder / "adapters" / "kanarie_broken"
    broken.mkdir()
    (broken / "adapter.toml").write_text('name = "kanarie_broken"\nkanarie = 1\n', encoding="utf-8")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "kanarie-token").write_text("hunter2-kanarie", encoding="utf-8")
    with closing(sqlite3.connect(folder / "kanarie.sqlite")) as crm:
        crm.execute("CREATE TABLE kanarie_accounts (id, name)")
        crm.execute("INSERT INTO kanarie_accounts VALUES ('kanarie-1', 'Bakkerij Kanarie BV')")
        crm.commit()
    (folder / "links-kanarie.toml").write_text(
        '[[customer]]\nid = "bakkerij-kanarie"\nname = "Bakkerij Kanarie BV"\n'
        'domains = ["kanarie-klant.example"]\n'
        '[[customer.link]]\nsource = "kanarie_crm"\nnative_id = "kanarie-1"\nverdict = "is"\n'
        'by = "anna@kanarie.example"\nat = 2026-11-20T10:00:00Z\nhow = "said so"\n',
        encoding="utf-8",
    )
    state = home / "state"
    (state / "notes").mkdir(parents=True)
    (state / "notes" / "bakkerij-kanarie.md").write_text("Kanarie", encoding="utf-8")
    (state / "audit.jsonl").write_text('{"customer": "Bakkerij Kanarie BV"}\n', encoding="utf-8")
    (state / "figures").mkdir()
    for name in ("kanarie_crm", "kanarie_portal"):
        (state / "figures" / f"{name}.jsonl").write_text(
            '{"run":"kanarie","of":"kanarie","at":1,"ms":1,"answered":false,"code":"kanarie"}\nkanarie\n',
            encoding="utf-8",
        )
    fill_the_log(home, folder)
    return folder / "settings.toml"


def fill_the_log(home: Path, folder: Path) -> None:
    """With what commands, the interface, libraries and adapters leave there."""
    logger = logging.getLogger("salesprep.source.kanarie_crm")
    foreign = logging.getLogger("kanarie.library")
    handler = tui_log.Log(home / "state" / "log")
    for each in (logger, foreign):
        each.addHandler(handler)
    try:
        logger.warning("does not answer: %s", "Bakkerij Kanarie BV")
        foreign.error("Kanarie %s", "anna@kanarie.example")
        try:
            raise ValueError(f"hunter2-kanarie {folder}")
        except ValueError as error:
            logger.error("Bakkerij Kanarie BV", exc_info=error)
    finally:
        for each in (logger, foreign):
            each.removeHandler(handler)
    with (home / "state" / "log").open("a", encoding="utf-8") as log:
        log.write(
            "2026-11-20 10:00:00,000 WARNING salesprep.source.kanarie_crm salesprep/sources/desk.py:12 "
            "does not answer: Kanarie\n"
        )
        log.write("2026-11-20 10:00:00,000 KANARIE salesprep.source.kanarie: Kanarie\nKanarie\n")
        log.write('  File "/home/kanarie/salesprep/kanarie.py", line 12, in kanarie\n')
        log.write('  File "/home/kanarie/salesprep/cli/look.py", line 12, in kanarie\n')
        log.write(
            "2026-99-99 10:00:00,000 ERROR salesprep.tui KanarieError salesprep/tui/app.py:7 \x00\ud7ff\n"
        )


def read(bundle: Path) -> dict[str, str]:
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def documents(bundle: Path) -> dict[str, Any]:
    found = {
        name.removesuffix(".json"): json.loads(text)
        for name, text in read(bundle).items()
        if name != "README.txt"
    }
    return {name: table[name] for name, table in found.items()}


@pytest.fixture
def packed(private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The bundle of all that."""
    file = tmp_path / "bundle.zip"
    assert run(["doctor", "--settings", str(private), "--bundle", str(file)]) is Exit.IN_PART
    shown = capsys.readouterr().out
    for said in ("Kanarie can be asked", "KANARIE_WRONG cannot be asked", "links-kanarie.toml"):
        assert said in shown, "the canaries sit where they should: the user is told"
    return file


class TestABundle:
    def test_lets_no_canary_out(self, packed: Path, tmp_path: Path) -> None:
        for name, text in read(packed).items():
            assert CANARY not in text.casefold(), name
            assert "hunter2" not in text
            assert str(tmp_path) not in text
            assert ".example" not in text
        assert CANARY not in packed.read_bytes().decode("latin-1").casefold()

    @pytest.mark.parametrize(
        "text",
        [
            '[us]\n"Bakkerij Kanarie" = 1\n',
            '[us]\nemails = "kanarie"\n',
            "[kanarie\n",
            '[sources.kanarie]\nadapter = "kanarie"\n',
            '[sources."Bakkerij Kanarie"]\nadapter = "sql"\n',
            '[keys]\nkanarie = "k"\n',
            '[screen]\norder = ["kanarie"]\n[sources.crm]\nadapter = "sql"\n',
            '[us]\nzone = "Kanarie/Eiland"\n',
            'requires = "kanarie"\n',
            'locked = ["kanarie.kanarie"]\n',
        ],
    )
    def test_of_broken_settings_lets_none_out(self, text: str, private: Path, tmp_path: Path) -> None:
        private.write_text(text, encoding="utf-8")
        file = tmp_path / "bundle.zip"
        assert run(["doctor", "--settings", str(private), "--bundle", str(file)]) is Exit.IN_PART
        for name, content in read(file).items():
            assert CANARY not in content.casefold(), name
        assert documents(file)["settings"]["usable"] is False

    def test_lets_none_out_that_a_part_which_cannot_be_looked_at_held(
        self, private: Path, tmp_path: Path, monkeypatch: Patch
    ) -> None:
        from salesprep.cli.doctor import report

        def breaks(_examined: Any) -> Any:
            raise type("KanarieError", (Exception,), {})("Bakkerij Kanarie BV")

        monkeypatch.setitem(report.LOOKS, "sources", breaks)
        file = tmp_path / "bundle.zip"
        run(["doctor", "--settings", str(private), "--bundle", str(file)])
        assert all(CANARY not in content.casefold() for content in read(file).values())

    def test_holds_what_the_page_and_its_own_readme_say(self, packed: Path) -> None:
        assert list(read(packed)) == FILES
        page = DOCS.read_text(encoding="utf-8")
        for name in FILES:
            assert f"`{name}`" in page
            assert name == "README.txt" or name in README


class TestAMaintainer:
    """Finds in it what there is to know."""

    def test_sees_what_is_wrong_and_with_which_source(self, packed: Path) -> None:
        findings = documents(packed)["doctor"]["findings"]
        wrong = {f["source"]: f["what"] for f in findings if f["name"] == "not-usable"}
        assert set(wrong) == {2, 4, 5, 6}
        assert wrong[5] == '… cannot be asked: … key "…" refers to a file that others can read'
        assert {f["name"] for f in findings if f["outcome"] == "fail"} >= {
            "library",
            "not-loaded",
            "not-usable",
        }

    def test_reads_sentences_without_what_was_filled_in(self, private: Path, tmp_path: Path) -> None:
        private.write_text('[us]\nemails = "kanarie"\n', encoding="utf-8")
        file = tmp_path / "bundle.zip"
        run(["doctor", "--settings", str(private), "--bundle", str(file)])
        (found,) = (f for f in documents(file)["doctor"]["findings"] if f["name"] == "wrong")
        assert found["what"] == "…: …: must be a list of mail addresses"
        assert found["mend"] == 'write it as ["…", "…"]'
        assert documents(file)["settings"]["wrong_key"] == "us.emails"

    def test_sees_the_keys_of_settings_that_the_code_knows(self, packed: Path) -> None:
        told = documents(packed)["settings"]
        (layer,) = told["layers"]
        assert layer["kind"] == "named"
        assert {"us.emails", "us.home.city", "links.file", "screen.order"} <= set(layer["keys"])
        by_number = {source["number"]: source for source in told["sources"]}
        assert by_number[1]["adapter"] == "sql"
        assert {"database", "queries.account", "links.account"} <= set(by_number[1]["keys"])
        assert by_number[2]["keys"] == ["tables.account.path", "tables.account.columns"]
        assert by_number[2]["other_keys"] == 1
        own = by_number[3]
        assert (own["adapter"], own["keys"], own["other_keys"]) == ("other", [], 2)
        assert (own["secrets_in_variables"], by_number[5]["secrets_in_files"]) == (1, 1)
        assert (told["customers_linked"], told["links"], told["notes"]) == (1, 1, 1)
        assert (told["emails"], told["colleagues"], told["adapter_folders"]) == (1, 1, 1)

    def test_sees_versions_and_the_terminal(self, packed: Path) -> None:
        told = documents(packed)["system"]
        assert re.fullmatch(r"3\.\d+\.\d+\w*", told["python"])
        versions = {library["name"]: library["version"] for library in told["libraries"]}
        assert versions["textual"].startswith("8.")
        assert (told["screen"]["term"], told["screen"]["program"]) == ("other", "other")

    def test_sees_how_sources_answered(self, two: Callable[[str], Path], cli: Run, tmp_path: Path) -> None:
        settings = two("mode = 'login'")
        cli("sources", "check", "--settings", settings)
        file = tmp_path / "bundle.zip"
        assert cli("doctor", "--settings", settings, "--bundle", file).returncode == 0
        crm, wiki = documents(file)["sources"]
        assert (crm["answers"], crm["errors"], crm["failure"]) == (1, {}, None)
        assert crm["p95_ms"] > 0
        assert (wiki["answers"], wiki["errors"], wiki["last_error"]) == (
            0,
            {"auth_required": 1},
            "auth_required",
        )

    def test_sees_of_the_log_where_and_what_sort_of_error(self, packed: Path) -> None:
        told = documents(packed)["log"]
        assert {(line["source"], line["event"]) for line in told} >= {(1, "down")}
        failed = [line for line in told if "ValueError" in line["errors"]]
        assert failed
        assert not any("other" in line["errors"] for line in told)
        assert all(line["room"] in ("salesprep.source", "other", "salesprep.tui") for line in told)
        places = [place for line in told for place in line["places"]]
        assert ["salesprep/cli/look.py", 12] in places
        assert ["salesprep/tui/app.py", 7] in places
        assert not any("kanarie" in place for place, _line in places)


class TestTheFile:
    def test_is_never_written_over_unless_that_is_said(self, one: Path, tmp_path: Path, cli: Run) -> None:
        file = tmp_path / "notes.zip"
        file.write_text("mine", encoding="utf-8")
        done = cli("doctor", "--settings", one, "--bundle", file)
        assert done.returncode == Exit.WRONG
        assert "--force" in done.stderr
        assert file.read_text(encoding="utf-8") == "mine"
        assert cli("doctor", "--settings", one, "--bundle", file, "--force").returncode == 0
        assert list(read(file)) == FILES

    def test_that_came_meanwhile_is_not_written_over(self, tmp_path: Path) -> None:
        import click

        from salesprep.cli.doctor.bundle import write
        from salesprep.settings import Us

        file = tmp_path / "bundle.zip"
        file.write_text("mine", encoding="utf-8")
        with pytest.raises(click.ClickException, match="FileExistsError"):
            write(file, {"README.txt": b"x"}, Us(), force=False)
        assert file.read_text(encoding="utf-8") == "mine"

    def test_follows_no_link_to_where_nobody_wanted_it(self, one: Path, tmp_path: Path, cli: Run) -> None:
        target, link = tmp_path / "target", tmp_path / "bundle.zip"
        link.symlink_to(target)
        assert cli("doctor", "--settings", one, "--bundle", link).returncode == Exit.WRONG
        assert not target.exists()

    def test_is_its_users_alone_and_what_is_around_it_stays(
        self, one: Path, tmp_path: Path, cli: Run
    ) -> None:
        folder = tmp_path / "downloads"
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        file = folder / "bundle.zip"
        for more in ((), ("--force",)):
            cli("doctor", "--settings", one, "--bundle", file, *more)
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755
        assert [each.name for each in folder.iterdir()] == ["bundle.zip"]

    def test_that_cannot_be_written_is_said_before_anything_is_looked_at(
        self, one: Path, tmp_path: Path, cli: Run
    ) -> None:
        done = cli("doctor", "--settings", one, "--bundle", tmp_path / "nowhere" / "b.zip")
        assert (done.returncode, done.stdout) == (Exit.WRONG, "")

    def test_is_named_in_the_json_and_on_standard_error(self, one: Path, tmp_path: Path, cli: Run) -> None:
        file = tmp_path / "bundle.zip"
        done = cli("doctor", "--settings", one, "--bundle", file, "--format", "json")
        assert json.loads(done.stdout)["bundle"] == {"file": str(file), "holds": sorted(FILES)}
        assert str(file) in "".join(done.stderr.split())

    def test_holds_no_name_and_no_clock_of_the_machine_in_its_entries(
        self, one: Path, tmp_path: Path, cli: Run
    ) -> None:
        file = tmp_path / "bundle.zip"
        cli("doctor", "--settings", one, "--bundle", file)
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            assert archive.comment == b""
            for entry in archive.infolist():
                assert (entry.date_time, entry.extra, entry.comment) == ((1980, 1, 1, 0, 0, 0), b"", b"")
