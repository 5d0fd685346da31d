"""What ``salesprep``, ``brief`` and ``agenda`` show and end with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.briefing.scan import scan
from salesprep.briefing.visits.agenda import next_visit
from salesprep.cli import look, run
from salesprep.cli.exits import Exit

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]
Two = Callable[[str], Path]

NAME = "Van Dijk Machinebouw B.V."


class TestABriefing:
    def test_is_printed_and_ends_with_0(self, one: Path, cli: Run) -> None:
        done = cli("brief", NAME, "--settings", one)
        assert (done.returncode, done.stderr) == (0, "")
        assert "VAN DIJK MACHINEBOUW B.V." in done.stdout
        assert "R. Smit" in done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 80
        assert "\x1b" not in done.stdout

    def test_takes_a_name_of_several_words_as_it_is_typed(self, one: Path, cli: Run) -> None:
        done = cli("brief", "--settings", one, *NAME.split())
        assert "VAN DIJK MACHINEBOUW B.V." in done.stdout

    def test_without_a_name_is_that_of_the_next_visit(self, one: Path, cli: Run) -> None:
        for command in ([], ["brief"]):
            done = cli(*command, "--settings", one)
            assert (done.returncode, done.stderr) == (0, "")
            assert "Kwartaalbezoek" in done.stdout
            assert "VAN DIJK MACHINEBOUW" in done.stdout

    def test_comes_as_json(self, one: Path, cli: Run) -> None:
        for arguments in (["brief", NAME, "--format", "json"], ["--format", "json", "brief", NAME]):
            done = cli("--settings", one, *arguments)
            briefing = json.loads(done.stdout)
            assert briefing["schema"] == "salesprep.briefing/1"
            assert [panel["source"] for panel in briefing["panels"]] == ["crm"]

    def test_asks_only_the_sources_that_are_named(self, two: Two, cli: Run) -> None:
        done = cli("brief", NAME, "--only", "crm", "--format", "json", "--settings", two("mode = 'down'"))
        assert done.returncode == 0
        assert [panel["source"] for panel in json.loads(done.stdout)["panels"]] == ["crm"]

    def test_goes_into_a_file(self, one: Path, cli: Run, tmp_path: Path) -> None:
        file = tmp_path / "briefing.txt"
        done = cli("brief", NAME, "--output", file, "--settings", one, environ={"FORCE_COLOR": "1"})
        assert (done.returncode, done.stdout) == (0, "")
        text = file.read_text(encoding="utf-8")
        assert "VAN DIJK MACHINEBOUW" in text
        assert "\x1b" not in text

    def test_that_cannot_be_written_is_wrong_use(self, one: Path, cli: Run, tmp_path: Path) -> None:
        done = cli("brief", NAME, "--output", tmp_path / "no" / "folder.txt", "--settings", one)
        assert done.returncode == 2
        assert f"the folder {tmp_path / 'no'} is not there" in done.stderr

    def test_tells_how_its_lines_were_matched(self, one: Path, cli: Run) -> None:
        plain = cli("brief", NAME, "--settings", one)
        why = cli("brief", NAME, "--why", "--settings", one)
        assert "matched by" not in plain.stdout
        assert "matched by" in why.stdout

    def test_is_as_wide_as_columns_says(self, one: Path, cli: Run) -> None:
        for columns in (40, 120):
            done = cli("brief", NAME, "--settings", one, environ={"COLUMNS": str(columns)})
            assert max(map(len, done.stdout.splitlines())) == columns

    def test_has_colours_only_where_they_are_asked_for(self, one: Path, cli: Run) -> None:
        forced = cli("brief", NAME, "--settings", one, environ={"FORCE_COLOR": "1"})
        refused = cli("brief", NAME, "--settings", one, environ={"FORCE_COLOR": "1", "NO_COLOR": "1"})
        assert "\x1b[" in forced.stdout
        assert "\x1b[" not in refused.stdout

    def test_of_the_sample_says_that_it_is_one(self, cli: Run) -> None:
        done = cli("brief", "--format", "json")
        assert done.returncode == 0
        assert "example" in cli().stdout

    def test_is_written_in_utf8_whatever_the_locale(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Çelik", "--settings", one, environ={"PYTHONIOENCODING": "ascii"})
        assert "ÇELIK" in done.stdout


class TestAFailingSource:
    @pytest.mark.parametrize(
        ("mode", "said"),
        [
            ("down", "WIKI: the demo is closed; passes by itself: wait until it opens"),
            ("login", "WIKI: the demo knows you no more; you mend it: log in again"),
            ("gone", "WIKI: demo.db is not there; your admin mends it: put it back"),
            ("raises", "WIKI: "),
        ],
    )
    def test_is_named_and_ends_with_1(self, mode: str, said: str, two: Two, cli: Run) -> None:
        done = cli("brief", NAME, "--settings", two(f"mode = '{mode}'"))
        assert done.returncode == 1
        assert "R. Smit" in done.stdout
        assert f"salesprep: {said}" in done.stderr
        assert "hunter2" not in done.stdout + done.stderr

    def test_that_is_the_only_one_ends_with_3(self, settings: Write, cli: Run) -> None:
        done = cli("brief", NAME, "--settings", settings("[sources.crm]\nadapter = 'demo'\nmode = 'down'\n"))
        assert done.returncode == 3
        assert "CRM: the demo is closed" in done.stderr

    def test_that_is_late_is_not_waited_for(self, two: Two, cli: Run) -> None:
        done = cli("brief", NAME, "--deadline", "2", "--settings", two("mode = 'slow'"))
        assert done.returncode == 1
        assert "R. Smit" in done.stdout
        assert "WIKI: no answer in time" in done.stderr

    @pytest.mark.parametrize(("mode", "code"), [("hangs", 1), ("leaves", 0)])
    def test_that_never_comes_to_an_end_does_not_hold_the_exit(
        self, mode: str, code: int, two: Two, cli: Run
    ) -> None:
        began = time.monotonic()
        done = cli("brief", NAME, "--deadline", "2", "--settings", two(f"mode = '{mode}'"))
        assert done.returncode == code
        assert "R. Smit" in done.stdout
        assert time.monotonic() - began < 50  # it sleeps for 60

    def test_that_has_a_broken_adapter_costs_its_panel(self, two: Two, cli: Run, tmp_path: Path) -> None:
        file = two("")
        broken = tmp_path / "adapters" / "broken"
        broken.mkdir()
        (broken / "adapter.toml").write_text('name = "broken"\n', encoding="utf-8")
        file.write_text(
            file.read_text(encoding="utf-8") + '[sources.bad]\nadapter = "broken"\n', encoding="utf-8"
        )
        done = cli("brief", NAME, "--settings", file)
        assert done.returncode == 1
        assert "R. Smit" in done.stdout
        assert "salesprep: BAD: " in done.stderr

    def test_offline_is_not_asked_and_no_failure(self, two: Two, cli: Run) -> None:
        file = two("url = 'https://wiki.example'\nmode = 'down'")
        done = cli("brief", NAME, "--offline", "--settings", file)
        assert (done.returncode, done.stderr) == (0, "")
        assert "R. Smit" in done.stdout

    def test_offline_with_remote_sources_alone_ends_with_3(self, settings: Write, cli: Run) -> None:
        file = settings("[sources.crm]\nadapter = 'demo'\nurl = 'https://x.example'\n")
        assert cli("brief", NAME, "--offline", "--settings", file).returncode == 3


class TestAnAmbiguousName:
    def test_lists_who_is_meant_and_ends_with_2(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Berghout", "--settings", one)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--pick" in done.stderr
        _first, *listed, last = done.stderr.splitlines()
        assert last == "salesprep: to have it remembered: salesprep link choose Berghout"
        assert sorted(line.split() for line in listed) == [
            ["crm:2001", "Berghout", "Advies", "CRM", "Zwolle", "·", "berghout-advies.example"],
            ["crm:2002", "Berghout", "Bouw", "CRM", "Breda", "·", "berghout-bouw.example"],
        ]

    def test_is_settled_by_pick(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Berghout", "--pick", "crm:2002", "--settings", one)
        assert done.returncode == 0
        assert "BERGHOUT BOUW" in done.stdout

    def test_is_refused_where_its_source_knows_no_such_account(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Berghout", "--pick", "crm:9999", "--settings", one)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "salesprep: crm knows no account 9999\n"


class TestAPickWithoutAName:
    def test_of_the_next_visits_customer_is_that_visit(self, one: Path, cli: Run) -> None:
        done = cli("brief", "--pick", "crm:1042", "--settings", one)
        assert done.returncode == 0
        assert "Kwartaalbezoek" in done.stdout
        assert "VAN DIJK MACHINEBOUW" in done.stdout

    def test_of_one_whom_the_next_visit_may_be_with_is_that_visit(self, settings: Write, cli: Run) -> None:
        file = settings("[sources.crm]\nadapter = 'demo'\nguest = ''\n")
        unclear = cli("brief", "--settings", file)
        assert (unclear.returncode, "crm:2002" in unclear.stderr) == (2, True)
        assert "to have it remembered: salesprep link confirm ID crm/meeting:m1" in unclear.stderr
        done = cli("brief", "--pick", "crm:2002", "--settings", file)
        assert done.returncode == 0
        assert "BERGHOUT BOUW" in done.stdout
        assert "kwartaalbezoek" in done.stdout

    def test_of_another_customer_is_that_customer_without_the_visit(self, one: Path, cli: Run) -> None:
        done = cli("brief", "--pick", "crm:2002", "--format", "json", "--settings", one)
        briefing = json.loads(done.stdout)
        assert done.returncode == 0
        assert briefing["customer"]["name"] == "Berghout Bouw"
        assert briefing["visit"] is None
        assert "Kwartaalbezoek" not in cli("brief", "--pick", "crm:2002", "--settings", one).stdout

    @pytest.mark.parametrize(
        ("guest", "pick", "asked"),
        [
            ("vandijk.example", "crm:1042", ("Van Dijk Machinebouw B.V.", "Van Dijk Machinebouw B.V.")),
            ("", "crm:2002", ("Berghout Bouw", "Berghout Bouw")),
            ("vandijk.example", "crm:2002", ("crm:2002", None)),
            ("", "crm:1042", ("crm:1042", None)),
        ],
    )
    def test_asks_the_sources_about_nobody_else(
        self,
        guest: str,
        pick: str,
        asked: tuple[str, str | None],
        settings: Write,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        heard: list[tuple[str, str | None]] = []

        async def hears(name: str, *_: Any, visit: Any, **__: Any) -> AsyncGenerator[Any, None]:
            heard.append((name, visit.customer.name if visit else None))
            return
            yield

        monkeypatch.setattr(look, "scan", hears)
        file = settings(f"[sources.crm]\nadapter = 'demo'\nguest = '{guest}'\n")
        assert run(["brief", "--pick", pick, "--settings", str(file)]) is Exit.NOTHING
        assert heard == [asked]


class TestANameThatNobodyKnows:
    def test_is_said_and_ends_with_3(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Xqzzt", "--settings", one)
        assert done.returncode == 3
        assert done.stderr == "salesprep: no source knows a customer called Xqzzt\n"
        assert "XQZZT" in done.stdout

    @pytest.mark.parametrize("command", ["brief", "contacts", "people"])
    def test_is_likely_misspelt_so_the_nearest_is_told(self, command: str, one: Path, cli: Run) -> None:
        done = cli(command, "van dijk machinbouw", "--settings", one)
        assert done.returncode == 3
        assert done.stderr == (
            "salesprep: no source knows a customer called van dijk machinbouw\n"
            'salesprep: did you mean "Van Dijk Machinebouw B.V."?\n'
        )

    def test_of_those_that_answered_is_told_beside_the_one_that_failed(self, two: Two, cli: Run) -> None:
        done = cli("brief", "Berghuot Bouw", "--settings", two("mode = 'down'"))
        assert done.returncode == 1
        assert "WIKI: the demo is closed" in done.stderr
        assert "no source that answered knows a customer called Berghuot Bouw" in done.stderr
        assert 'did you mean "Berghout Bouw"?' in done.stderr

    def test_is_not_said_of_where_nobody_answered(self, settings: Write, cli: Run) -> None:
        done = cli(
            "brief", "Berghuot", "--settings", settings("[sources.crm]\nadapter = 'demo'\nmode = 'down'\n")
        )
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1


class TestADomain:
    def test_is_as_good_as_the_name(self, one: Path, cli: Run) -> None:
        done = cli("brief", "https://www.vandijk.example/", "--settings", one)
        assert (done.returncode, done.stderr) == (0, "")
        assert "VAN DIJK MACHINEBOUW B.V." in done.stdout


class TestANameThatIsAskedBack:
    def test_names_the_source_that_failed_and_might_have_told(self, two: Two, cli: Run) -> None:
        done = cli("brief", "Berghout", "--settings", two("mode = 'down'"))
        assert (done.returncode, done.stdout) == (2, "")
        failed, asked, *_ = done.stderr.splitlines()
        assert failed.startswith("salesprep: WIKI: the demo is closed")
        assert "--pick" in asked

    def test_names_the_source_that_has_not_answered_yet(self, two: Two, cli: Run) -> None:
        done = cli("brief", "Berghout", "--deadline", "2", "--settings", two("mode = 'slow'"))
        assert done.returncode == 2
        assert "salesprep: WIKI has not answered yet\n" in done.stderr

    def test_does_not_mean_whom_was_picked(self, one: Path, cli: Run) -> None:
        done = cli("brief", "Berghout", "--pick", "crm:1042", "--settings", one)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            'salesprep: crm:1042 is Van Dijk Machinebouw B.V., and not "Berghout"; '
            "for that one leave the name out\n"
        )


class TestTheDeadline:
    @pytest.mark.parametrize("arguments", [["brief"], ["brief", "--deadline", "8"]])
    def test_is_one_for_the_search_for_the_visit_and_the_sources(
        self, arguments: list[str], one: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = [100.0]
        monkeypatch.setattr(look, "monotonic", lambda: clock[0])
        given: list[float] = []

        async def finds(*args: Any, deadline_s: float, **how: Any) -> Any:
            given.append(deadline_s)
            clock[0] += 3
            return await next_visit(*args, deadline_s=30, **how)

        async def asks(*args: Any, deadline_s: float, **how: Any) -> AsyncGenerator[Any, None]:
            given.append(deadline_s)
            async for update in scan(*args, deadline_s=30, **how):
                yield update

        monkeypatch.setattr(look, "next_visit", finds)
        monkeypatch.setattr(look, "scan", asks)
        assert run([*arguments, "--settings", str(one)]) is Exit.DONE
        assert given == [4, 5]


class TestNoVisit:
    @pytest.mark.parametrize(("only", "mode"), [("crm", "ok"), ("crm,wiki", "down")])
    def test_known_because_no_calendar_could_be_asked_is_said(
        self, only: str, mode: str, two: Two, cli: Run, tmp_path: Path
    ) -> None:
        file = two(f"mode = '{mode}'")
        plain = tmp_path / "adapters" / "plain"
        shutil.copytree(tmp_path / "adapters" / "demo", plain)
        manifest = (plain / "adapter.toml").read_text(encoding="utf-8")
        (plain / "adapter.toml").write_text(
            manifest.replace('"demo"', '"plain"').replace(', "upcoming"', ""), encoding="utf-8"
        )
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('[sources.crm]\nadapter = "demo"', '[sources.crm]\nadapter = "plain"'))
        done = cli("brief", "--only", only, "--settings", file)
        assert (done.returncode, done.stdout) == (3, "")
        assert "the calendar could not be asked, so no visit is known: name a customer" in done.stderr
        assert "no visit with a customer" not in done.stderr

    def test_is_said_and_ends_with_3(self, settings: Write, cli: Run) -> None:
        file = settings("[sources.crm]\nadapter = 'demo'\nvisits = false\n")
        done = cli("--settings", file)
        assert (done.returncode, done.stdout) == (3, "")
        assert "no visit with a customer in the next 14 days" in done.stderr

    def test_names_the_calendar_that_failed(self, settings: Write, cli: Run) -> None:
        done = cli("--settings", settings("[sources.crm]\nadapter = 'demo'\nmode = 'down'\n"))
        assert (done.returncode, done.stdout) == (3, "")
        assert "CRM: the demo is closed" in done.stderr


class TestTheAgenda:
    def test_lists_the_visits(self, one: Path, cli: Run) -> None:
        done = cli("agenda", "--settings", one)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Van Dijk" in done.stdout

    def test_comes_as_json(self, one: Path, cli: Run) -> None:
        visits = json.loads(cli("agenda", "--format", "json", "--settings", one).stdout)["visits"]
        assert [visit["title"] for visit in visits] == ["Kwartaalbezoek"]

    def test_without_visits_is_done(self, settings: Write, cli: Run) -> None:
        done = cli("agenda", "--settings", settings("[sources.crm]\nadapter = 'demo'\nvisits = false\n"))
        assert done.returncode == 0


class TestTheAudit:
    def lines(self, home: Path) -> list[dict[str, object]]:
        text = (home / "state" / "audit.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def test_has_a_line_for_each_look_up(self, own_machine: Path, one: Path, cli: Run) -> None:
        cli("brief", NAME, "--settings", one)
        cli("agenda", "--settings", one)
        lines = self.lines(own_machine)
        assert [line["sources"] for line in lines] == [["crm"], ["crm"]]
        assert lines[0]["counts"] == {"crm": 2}

    def test_that_cannot_be_written_costs_nobody_the_briefing(
        self, own_machine: Path, one: Path, cli: Run
    ) -> None:
        (own_machine / "state" / "audit.jsonl").mkdir(parents=True)  # in the way
        done = cli("brief", NAME, "--settings", one)
        assert "R. Smit" in done.stdout
        assert "not in the audit" in done.stderr


class TestAReaderWhoLeaves:
    def test_early_is_no_error(self, one: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "salesprep", "brief", NAME, "--settings", str(one)]
        with subprocess.Popen(
            command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            said = process.stderr.read()
            assert process.wait(60) == 0
        assert said == ""


@pytest.mark.skipif("sys.platform == 'win32'")
class TestCtrlC:
    def test_ends_at_once_with_130(self, two: Two, tmp_path: Path) -> None:
        import signal

        asked = tmp_path / "asked"
        file = two(f"mode = 'slow'\nasked = '{asked}'\n")
        command = [
            sys.executable,
            "-m",
            "salesprep",
            "brief",
            NAME,
            "--deadline",
            "60",
            "--settings",
            str(file),
        ]
        # Where the tests run in the background Ctrl-C may be ignored, and a child would inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        with subprocess.Popen(
            command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            signal.signal(signal.SIGINT, before)
            while not asked.exists() and process.poll() is None:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (130, "")
        assert "Traceback" not in err

    def test_at_the_very_end_changes_nothing(self) -> None:
        late = (
            "import os, signal\n"
            "from salesprep import cli\n"
            "out = os._exit\n"
            "os._exit = lambda code: (os.kill(os.getpid(), signal.SIGINT), out(code))\n"
            "cli.main(['--version'])\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", late], check=False, capture_output=True, encoding="utf-8", timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
