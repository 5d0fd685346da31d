"""``salesprep add`` and ``init``: the real command, on a terminal of its own or without one."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli import run

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Inside = Callable[..., "subprocess.CompletedProcess[str]"]

MANIFEST = """
name = "{name}"
title = "{name}"
version = "1.0"
contract = "1.0"
class = "It"
kinds = ["account"]
lookups = ["name", "domain", "id"]
abilities = ["find", "fetch", "recognise"]
asks_as = "none"
"""

SHEET = '''
"""A stand-in for tables: a file that begins with SHEET."""

from salesprep.adapter import Account, Adapter, Keys, Page
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.proposal import Choice, Proposal


class It(Adapter):
    class Config(Config):
        path: LocalPath
        columns: dict[str, str] = {}

    @classmethod
    def recognise(cls, given):
        if not given.head.startswith(b"SHEET"):
            return ()
        header = tuple(given.head.decode().splitlines()[1].split(";"))
        guess = {"title": header[0], "city": header[1]}
        return (Proposal(
            name="crm", title="CRM", what="a table: 214 rows, looks like customers", sure="certain",
            config={"path": str(given.path), "columns": guess}, question="which column is what?",
            choices=(
                Choice(key="columns.title", label="name", value=header[0], options=header, needed=True),
                Choice(key="columns.city", label="place", value=header[1], options=header),
            ),
        ),)

    async def find(self, query, request):
        return Page((Account(
            id="1042", title="Van Dijk Machinebouw", fetched_at=request.now(), no_url_reason="a table",
            keys=Keys(account_id="1042", organisation="Van Dijk Machinebouw", domains=("vandijk.example",)),
        ),))

    async def fetch(self, query, kind, cursor, request):
        return await self.find(query, request)
'''

EXPORT = '''
"""A stand-in for exports: a file that begins with EXPORT; one that begins with CUT is cut off."""

from salesprep.adapter import Adapter, BadData, Page
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.proposal import Me, Proposal


class It(Adapter):
    class Config(Config):
        exports: list[LocalPath]

    @classmethod
    def recognise(cls, given):
        if given.head.startswith(b"CUT"):
            raise BadData(f"{given.path.name} ends in the middle", mend="download it once more")
        if not given.head.startswith(b"EXPORT"):
            return ()
        return (Proposal(
            name="linkedin", title="LinkedIn", what="your LinkedIn file, 612 people", sure="certain",
            config={"exports": [str(given.path)]}, unites="exports",
            me=Me(name="Anna de Boer", emails=("anna@ons.example",)),
            notice="changes show from your second file on",
        ),)

    async def fetch(self, query, kind, cursor, request):
        return Page()
'''


def event(day: datetime, *people: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{day:%j%H}{len(people)}",
            f"DTSTART:{day:%Y%m%dT%H0000Z}",
            f"DTEND:{day + timedelta(hours=1):%Y%m%dT%H0000Z}",
            "SUMMARY:Kwartaalbezoek",
            *(f"ATTENDEE:mailto:{one}" for one in people),
            "END:VEVENT",
            "",
        ]
    )


def calendar() -> str:
    """Anna's, with a visit tomorrow."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    back = [tomorrow - timedelta(days=7 * n) for n in range(1, 6)]
    events = [event(day, "anna@ons.example", f"x@c{n}.example") for n, day in enumerate(back)]
    visit = event(tomorrow, "anna@ons.example", "r.smit@vandijk.example")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}{visit}END:VCALENDAR\r\n"


@dataclass
class Desk:
    """A person with downloads, an empty configuration and a terminal."""

    home: Path
    downloads: Path
    sits: Run
    """Run the command on a terminal and answer its questions."""

    @property
    def file(self) -> Path:
        return self.home / "config" / "settings.toml"

    @property
    def settings(self) -> dict[str, Any]:
        return tomllib.loads(self.file.read_text(encoding="utf-8"))

    def put(self, name: str, text: str) -> Path:
        path = self.downloads / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def desk(own_machine: Path, tmp_path: Path, terminal: Run) -> Desk:
    folder = tmp_path / "adapters"
    for name, code in (("sheet", SHEET), ("export", EXPORT)):
        (folder / name).mkdir(parents=True)
        (folder / name / "adapter.toml").write_text(MANIFEST.format(name=name), encoding="utf-8")
        (folder / name / "adapter.py").write_text(code, encoding="utf-8")
    found = Desk(own_machine, tmp_path / "Downloads", terminal)
    found.downloads.mkdir()
    found.file.parent.mkdir(parents=True)
    found.file.write_text(f'# mine\n[adapters]\nfolders = ["{folder}"]\n', encoding="utf-8")
    return found


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """The command in this process, without a terminal: ten times as fast as one of its own."""
    # The log takes the process's warnings for itself.
    monkeypatch.setattr("salesprep.cli.log.start", lambda _environ: None)

    def do(*arguments: object, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        for name, value in (environ or {}).items():
            monkeypatch.setenv(name, value)
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess([], int(code), out, err)

    return do


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A table, an export and a calendar among the downloads."""
    for age, (name, text) in enumerate(
        [
            ("accounts.xlsx", "SHEET\nAccount;Plaats;Website\n"),
            ("Basic_LinkedInDataExport_11-21-2026.zip", "EXPORT"),
            ("agenda.ics", calendar()),
            ("holiday.jpg", "\x00\x01"),
        ]
    ):
        when = time.time() - 100 * age
        os.utime(desk.put(name, text), (when, when))
    return desk


class TestAFolderOfDownloads:
    def test_is_set_up_with_three_questions(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "", "n"])
        assert ended.returncode == 0, ended.stdout
        lines = [line.rstrip() for line in ended.stdout.splitlines()]
        assert lines.index(
            " Found 3 files that I can read (nothing is copied, nothing leaves this machine):"
        ) < lines.index("   1  accounts.xlsx            a table: 214 rows, looks like customers")
        assert "   1  accounts.xlsx            a table: 214 rows, looks like customers" in lines
        assert "   2  Basic_LinkedInDataExport_11-21-2026.zip   your LinkedIn file, 612 people" in lines
        assert any(line.startswith("   3  agenda.ics               a calendar: 6 events") for line in lines)
        assert ' 1 accounts.xlsx: which column is what?   name = "Account"   place = "Plaats"' in ended.stdout
        assert "right? [Y/n]" in ended.stdout
        assert ' You are  anna@ons.example; "ons.example" is us, not a customer? [Y/n]' in ended.stdout
        assert f" Added CRM, LinkedIn, Calendar to {full.file}" in lines
        assert " LinkedIn: changes show from your second file on" in lines
        assert "Van Dijk Machinebouw. Open it? [Y/n]" in ended.stdout
        assert all(len(line) <= 80 for line in lines if str(full.file) not in line)

    def test_is_written_as_confirmed(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        text = full.file.read_text(encoding="utf-8")
        assert text.startswith("# mine\n[adapters]\n")
        written = full.settings
        assert written["us"]["emails"] == ["anna@ons.example"]
        assert written["us"]["domains"] == ["ons.example"]
        assert written["us"]["name"] == "Anna de Boer"
        assert written["sources"] == {
            "crm": {
                "adapter": "sheet",
                "path": str(full.downloads / "accounts.xlsx"),
                "columns": {"title": "Account", "city": "Plaats"},
            },
            "linkedin": {
                "adapter": "export",
                "title": "LinkedIn",
                "exports": [str(full.downloads / "Basic_LinkedInDataExport_11-21-2026.zip")],
            },
            "calendar": {
                "adapter": "ics",
                "title": "Calendar",
                "calendars": [{"path": str(full.downloads / "agenda.ics"), "owner": "anna@ons.example"}],
            },
        }

    def test_can_open_the_next_visit_at_once(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "", ""])
        assert "VAN DIJK MACHINEBOUW" in ended.stdout
        assert "Kwartaalbezoek" in ended.stdout

    def test_is_there_already_the_second_time(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        before = full.file.read_bytes()
        ended = full.sits("add", full.downloads)
        assert ended.returncode == 0
        assert "CRM, LinkedIn, Calendar: there already" in ended.stdout
        assert full.file.read_bytes() == before

    def test_with_a_second_export_adds_it_to_the_first(self, full: Desk) -> None:
        full.sits("add", full.downloads, answers=["", "", "n"])
        new = full.put("Basic_LinkedInDataExport_12-01-2026.zip", "EXPORT")
        ended = full.sits("add", new, answers=["n"])
        assert f"Added a further file to LinkedIn in {full.file}" in ended.stdout
        assert full.settings["sources"]["linkedin"]["exports"] == [
            str(full.downloads / "Basic_LinkedInDataExport_11-21-2026.zip"),
            str(new),
        ]

    def test_with_a_damaged_export_sets_up_the_others(self, full: Desk, inside: Inside) -> None:
        full.put("Basic_LinkedInDataExport_11-21-2026.zip", "CUT")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 1
        line = "Basic_LinkedInDataExport_11-21-2026.zip ends in the middle; download it once more"
        assert f"salesprep: {line}\n" in done.stderr
        assert set(full.settings["sources"]) == {"crm", "calendar"}

    def test_is_left_alone_if_the_questions_are_not_answered(self, full: Desk) -> None:
        before = full.file.read_bytes()
        ended = full.sits("add", full.downloads, answers=[""])
        assert ended.returncode == 130
        assert "salesprep: nothing was added" in ended.stdout
        assert full.file.read_bytes() == before


class TestColumns:
    def test_can_be_chosen_one_by_one(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNr;Klant;Plaats\n")
        ended = desk.sits("add", path, answers=["n", "2", "9", "3", "", ""])
        assert "name:   0 leave this file out   1 Nr   2 Klant   3 Plaats" in ended.stdout
        assert "which? [1]" in ended.stdout
        assert "a number from 0 to 3" in ended.stdout
        assert desk.settings["sources"]["crm"]["columns"] == {"title": "Klant", "city": "Plaats"}

    def test_that_are_not_needed_can_be_left_out(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNr;Klant;Plaats\n")
        desk.sits("add", path, answers=["n", "", "0", "", ""])
        assert desk.settings["sources"]["crm"]["columns"] == {"title": "Nr"}

    def test_that_are_needed_and_not_there_leave_the_file_out(self, desk: Desk) -> None:
        before = desk.file.read_bytes()
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNr;Klant\n"), answers=["n", "0"])
        assert ended.returncode == 0
        assert "Nothing was added" in ended.stdout
        assert desk.file.read_bytes() == before

    def test_with_escapes_in_their_names_do_not_steer_the_terminal(self, desk: Desk) -> None:
        path = desk.put("a\x1b[31m.csv", "SHEET\nAc\x1b]0,x\x07count;Pl\u202eaats\n")
        ended = desk.sits("add", path, answers=["n", "", "", "", ""])
        for control in ("\x1b[31m", "\x1b]0", "\x07", "\u202e"):
            assert control not in ended.stdout
        assert desk.settings["sources"]["crm"]["columns"]["title"] == "Ac\x1b]0,x\x07count"


class TestWhoYouAre:
    def test_is_asked_where_nothing_tells(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNaam;Plaats\n")
        ended = desk.sits("add", path, answers=["", "anna", "Anna@Ons.example", "", "n"])
        assert "that is no mail address" in ended.stdout
        assert desk.settings["us"]["emails"] == ["anna@ons.example"]
        assert desk.settings["us"]["domains"] == ["ons.example"]

    def test_can_be_corrected(self, full: Desk) -> None:
        answers = ["", "n", "a.deboer@werk.example", "werk.example, ons.example", "n"]
        full.sits("add", full.downloads, answers=answers)
        assert full.settings["us"]["emails"] == ["a.deboer@werk.example"]
        assert full.settings["us"]["domains"] == ["werk.example", "ons.example"]

    def test_once_refused_is_not_what_enter_gives(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "n", "", "n"])
        assert "who you are is not known" in ended.stdout
        assert "us" not in full.settings or "emails" not in full.settings["us"]

    def test_keeps_a_domain_away_that_was_refused(self, full: Desk) -> None:
        answers = ["", "n", "anna@ons.example", "", "n"]
        ended = full.sits("add", full.downloads, answers=answers)
        assert "Your company's own domain, if it has one (Enter: none):" in ended.stdout
        assert full.settings["us"]["emails"] == ["anna@ons.example"]
        assert "domains" not in full.settings["us"]

    @pytest.mark.parametrize("nothing", ["0", "none", "None"])
    def test_may_be_somebody_without_a_domain(self, full: Desk, nothing: str) -> None:
        answers = ["", "n", "a.deboer@werk.example", nothing, "n"]
        ended = full.sits("add", full.downloads, answers=answers)
        assert "Your company's own domain (Enter: werk.example; 0: none):" in ended.stdout
        assert full.settings["us"]["emails"] == ["a.deboer@werk.example"]
        assert "domains" not in full.settings["us"]

    def test_at_a_public_mail_service_is_nobodys_domain(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNaam;Plaats\n")
        ended = desk.sits("add", path, answers=["", "anna@freemail.example", "", "n"])
        assert "own domain, if it has one" in ended.stdout
        assert "domains" not in desk.settings["us"]

    def test_may_stay_open_and_that_is_said(self, desk: Desk) -> None:
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNaam;Plaats\n"), answers=["", "", ""])
        assert "who you are is not known" in ended.stdout
        assert "us" not in desk.settings or "emails" not in desk.settings["us"]

    def test_is_not_asked_again(self, desk: Desk) -> None:
        with desk.file.open("a", encoding="utf-8") as out:
            out.write('[us]\nemails = ["anna@ons.example"]\n')
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNaam;Plaats\n"), answers=["", "n"])
        assert "You are" not in ended.stdout
        assert "mail address" not in ended.stdout

    def test_brings_zone_and_locale_of_the_machine(self, full: Desk, inside: Inside) -> None:
        inside("add", full.downloads, "--yes", environ={"TZ": "Europe/Amsterdam", "LC_ALL": "nl_NL.UTF-8"})
        assert (full.settings["us"]["zone"], full.settings["us"]["locale"]) == ("Europe/Amsterdam", "nl_NL")


class TestWithoutATerminal:
    def test_says_what_it_would_add_and_ends_with_2(self, full: Desk, inside: Inside) -> None:
        before = full.file.read_bytes()
        done = inside("add", full.downloads)
        assert done.returncode == 2
        assert "would add CRM (sources.crm) from accounts.xlsx" in done.stdout
        assert "us.emails = anna@ons.example" in done.stdout
        assert "say --yes to add this" in done.stderr
        assert full.file.read_bytes() == before

    def test_dry_run_is_no_wrong_use(self, full: Desk, inside: Inside) -> None:
        before = full.file.read_bytes()
        assert inside("add", full.downloads, "--dry-run", "--yes").returncode == 0
        assert full.file.read_bytes() == before

    def test_yes_takes_what_enter_would(self, full: Desk, inside: Inside) -> None:
        done = inside("add", full.downloads, "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert full.settings["us"]["emails"] == ["anna@ons.example"]

    def test_only_and_name_choose(self, full: Desk, inside: Inside) -> None:
        inside("add", full.downloads, "--yes", "--only", "accounts.xlsx", "--name", "Prospects 2026")
        assert set(full.settings["sources"]) == {"prospects_2026"}
        inside("add", full.downloads, "--yes", "--only", "ics,2")
        assert set(full.settings["sources"]) == {"prospects_2026", "calendar", "linkedin"}

    def test_tells_other_programs_in_json(self, full: Desk, inside: Inside) -> None:
        done = inside("add", full.downloads, "--format", "json")
        assert done.returncode == 0
        told = json.loads(done.stdout)
        assert (told["schema"], told["added"]) == ("salesprep.proposals/1", False)
        assert [one["source"] for one in told["proposals"]] == ["crm", "linkedin", "calendar"]
        assert told["proposals"][0]["choices"][0]["options"] == ["Account", "Plaats", "Website"]
        assert told["us"]["emails"] == ["anna@ons.example"]
        assert json.loads(inside("add", full.downloads, "--format", "json", "--yes").stdout)["added"] is True
        assert "crm" in full.settings["sources"]

    @pytest.mark.parametrize(
        ("arguments", "what"),
        [
            (["gone.csv"], "gone.csv is not there"),
            (["DOWNLOADS", "--as", "exprt"], 'did you mean "export"?'),
            (["DOWNLOADS", "--only", "9"], "--only 9: nothing of that name"),
            ([], "Missing argument 'PATH|URL'"),
        ],
    )
    def test_wrong_use_ends_with_2(self, arguments: list[str], what: str, full: Desk, inside: Inside) -> None:
        done = inside("add", *(str(full.downloads) if one == "DOWNLOADS" else one for one in arguments))
        assert (
            (done.returncode, done.stdout) == (2, "") if "--only" not in arguments else done.returncode == 2
        )
        assert what in done.stderr

    def test_a_file_that_nobody_reads_ends_with_3(self, full: Desk, inside: Inside) -> None:
        done = inside("add", full.downloads / "holiday.jpg", "--yes")
        assert (done.returncode, done.stdout) == (3, "")
        assert "holiday.jpg: nothing that I can read; what I can: " in done.stderr
        assert "Calendar files and addresses (iCalendar)" in done.stderr

    def test_one_adapter_alone_can_be_asked(self, full: Desk, inside: Inside) -> None:
        inside("add", full.downloads, "--as", "export", "--yes")
        assert set(full.settings["sources"]) == {"linkedin"}


class TestTheSettingsFile:
    def test_is_made_for_the_user_alone(self, full: Desk, inside: Inside) -> None:
        full.file.unlink()
        done = inside("add", full.downloads / "agenda.ics", "--yes")
        assert done.returncode == 0
        assert stat.S_IMODE(full.file.stat().st_mode) == 0o600
        assert full.file.read_text(encoding="utf-8").startswith("# Settings of salesprep, your own.\n")
        assert inside("sources", "check").returncode == 0

    def test_that_is_broken_is_told_first_and_left_alone(self, full: Desk, inside: Inside) -> None:
        full.file.write_text("[us\n", encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{full.file}: is not valid TOML" in done.stderr
        assert full.file.read_text(encoding="utf-8") == "[us\n"

    def test_is_the_users_own_whatever_other_one_is_named(
        self, full: Desk, inside: Inside, tmp_path: Path
    ) -> None:
        other = tmp_path / "other.toml"
        other.write_text('[us]\nemails = ["anna@ons.example"]\n', encoding="utf-8")
        assert inside("add", full.downloads, "--yes", "--settings", other).returncode == 0
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert other.read_text(encoding="utf-8") == '[us]\nemails = ["anna@ons.example"]\n'

    def test_ends_the_sample(self, full: Desk, inside: Inside) -> None:
        inside("add", full.downloads, "--yes")
        assert [
            one["name"] for one in json.loads(inside("sources", "--format", "json").stdout)["sources"]
        ] == [
            "crm",
            "linkedin",
            "calendar",
        ]

    def test_with_an_order_of_the_screen_gets_the_new_ones_behind(self, full: Desk, inside: Inside) -> None:
        with full.file.open("a", encoding="utf-8") as out:
            out.write("[screen]\norder = []  # mine\n")
        inside("add", full.downloads, "--yes")
        assert full.settings["screen"]["order"] == ["crm", "linkedin", "calendar"]
        assert "# mine" in full.file.read_text(encoding="utf-8")


class TestABrokenAdapter:
    def test_is_named_and_costs_itself(self, full: Desk, inside: Inside) -> None:
        folder = full.settings["adapters"]["folders"][0]
        Path(folder, "export", "adapter.py").write_text("import nothing_of_that_name\n", encoding="utf-8")
        Path(folder, "bad").mkdir()
        Path(folder, "bad", "adapter.toml").write_text("name = 1", encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 1
        assert "salesprep: export needs the library nothing_of_that_name" in done.stderr
        assert "salesprep: bad: " in done.stderr
        assert set(full.settings["sources"]) == {"crm", "calendar"}


class Calendar(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = calendar().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@pytest.fixture
def server() -> Iterator[str]:
    """Where a calendar is published; this machine itself, so that ``webcal`` goes over http."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Calendar) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"webcal://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


class TestAnAddress:
    def test_that_is_a_secret_appears_nowhere_but_in_a_file_of_its_own(
        self, server: str, desk: Desk, inside: Inside
    ) -> None:
        url = f"{server}/private-0a1b2c3d4e5f/basic.ics"
        looked = inside("add", url, "--format", "json")
        added = inside("add", url, "--yes")
        again = inside("add", url, "--yes")
        for done in (looked, added, again):
            assert done.returncode == 0, done.stderr
            assert "0a1b2c3d4e5f" not in done.stdout + done.stderr
        assert "a calendar at 127.0.0.1: 6 events" in added.stdout
        assert "Calendar: there already" in again.stdout
        (found,) = desk.settings["sources"]["calendar"]["calendars"]
        assert found["owner"] == "anna@ons.example"
        secret = desk.file.parent / found["secret_url"].removeprefix("file:")
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert "private-0a1b2c3d4e5f" in secret.read_text(encoding="utf-8")
        checked = inside("sources", "check", "calendar")
        assert "6 events" in checked.stdout
        assert "0a1b2c3d4e5f" not in inside("settings").stdout + checked.stdout

    def test_that_does_not_answer_is_told(self, desk: Desk, inside: Inside) -> None:
        done = inside("add", "https://calendar.ons.example/private-0a1b2c3d4e5f/basic.ics", "--yes")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("salesprep: calendar.ons.example: ")
        assert "0a1b2c3d4e5f" not in done.stderr


class TestWhatTheCompanyHasLocked:
    @pytest.fixture
    def company(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The company's settings, which no variable can move: so in this process."""
        file = tmp_path / "company.toml"
        for module in ("setting_up", "workspace"):
            monkeypatch.setattr(f"salesprep.cli.{module}.company_file", lambda: file)
        return file

    def test_stays_as_it_is_and_the_rest_is_added(self, full: Desk, company: Path, inside: Inside) -> None:
        company.write_text('locked = ["us"]\n[us]\ndomains = ["ons.example"]\n', encoding="utf-8")
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 0
        assert "us" not in full.settings
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}
        assert f"us.emails is locked by {company}" in done.stderr

    def test_may_be_all_sources(self, full: Desk, company: Path, inside: Inside) -> None:
        company.write_text('locked = ["sources"]\n', encoding="utf-8")
        before = full.file.read_bytes()
        done = inside("add", full.downloads, "--yes")
        assert done.returncode == 2
        assert f"which sources there are is locked by {company}" in done.stderr
        assert full.file.read_bytes() == before

    def test_may_be_one_source_whose_name_is_then_taken(
        self, full: Desk, company: Path, inside: Inside
    ) -> None:
        company.write_text(
            f'locked = ["sources.crm"]\n[sources.crm]\nadapter = "sheet"\npath = "{company}"\n',
            encoding="utf-8",
        )
        assert inside("add", full.downloads, "--yes", "--only", "crm").returncode == 0
        assert set(full.settings["sources"]) == {"crm_2"}


class TestInit:
    def test_goes_on_until_enter(self, full: Desk) -> None:
        answers = [str(full.downloads / "accounts.xlsx"), "", "", "gone", str(full.downloads / "agenda.ics")]
        ended = full.sits("init", answers=[*answers, "", "", "n"])
        assert ended.returncode == 0, ended.stdout
        assert "get a copy of your data" in ended.stdout
        assert "gone is not there" in ended.stdout
        assert set(full.settings["sources"]) == {"crm", "calendar"}

    def test_proposes_the_downloads(self, full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(full.downloads.parent))
        ended = full.sits("init", answers=["", "", "", "", "n"])
        assert "(Enter: ~/Downloads)" in ended.stdout
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}

    def test_needs_a_terminal(self, inside: Inside) -> None:
        done = inside("init")
        assert (done.returncode, done.stdout) == (2, "")
        assert "salesprep add PATH --yes" in done.stderr
