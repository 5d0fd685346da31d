"""What goes to standard error, and what becomes of a bug."""

from __future__ import annotations

import asyncio
import io
import stat
import sys
from pathlib import Path

import pytest

from salesprep import machine
from salesprep.adapter import Failure, Kind
from salesprep.briefing.model import Panel, Section, State
from salesprep.cli import progress, run, talk
from salesprep.cli.exits import Exit
from salesprep.cli.progress import Progress
from salesprep.cli.terminal import Terminal, standard_output
from salesprep.settings import Us

LONG = "/home/anna/a/very/long/path/that/somebody/copies/settings.toml: is not there any more; bring it back"


class TestABug:
    @pytest.fixture(autouse=True)
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def load(*_: object, **__: object) -> None:
            raise RuntimeError("hunter2-Zwaluw")

        monkeypatch.setattr("salesprep.cli.workspace.load", load)

    def test_is_one_line_and_a_log(self, own_machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["settings"]) is Exit.BUG
        out, err = capsys.readouterr()
        file = own_machine / "state" / "log"
        assert out == ""
        assert err.splitlines() == [
            f"salesprep: this should not have happened (RuntimeError); the details are in {file}"
        ]
        kept = file.read_text(encoding="utf-8")
        assert "RuntimeError: " in kept
        assert "salesprep/cli/" in kept, "where it went through"
        assert "Zwaluw" not in kept, "a message may hold what a record says"
        if sys.platform != "win32":
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    def test_is_told_even_where_no_log_can_be_written(
        self, own_machine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own_machine.write_text("in the way", encoding="utf-8")
        assert run(["settings"]) is Exit.BUG
        assert "no log could be written" in capsys.readouterr().err

    def test_is_shown_to_whoever_works_on_salesprep(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("SALESPREP_DEBUG", "1")
        assert run(["settings"]) is Exit.BUG
        assert "Traceback" in capsys.readouterr().err

    def test_does_not_let_the_log_grow_for_ever(
        self, own_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(machine, "LONGEST_LOG", 100)
        run(["settings"])
        run(["settings"])
        assert sorted(path.name for path in (own_machine / "state").iterdir()) == ["log", "log.1"]


class TestALine:
    def test_is_broken_between_words_where_somebody_reads_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "40")
        talk.line(LONG)
        assert capsys.readouterr().err.splitlines() == [
            "salesprep:",
            "  /home/anna/a/very/long/path/that/somebody/copies/settings.toml:",
            "  is not there any more; bring it back",
        ]

    def test_stays_one_for_a_program(self, capsys: pytest.CaptureFixture[str]) -> None:
        talk.line(LONG)
        assert capsys.readouterr().err == f"salesprep: {LONG}\n"

    def test_cannot_steer_the_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        talk.line("a\x1b[2Jb\nc\u202e")
        assert capsys.readouterr().err == "salesprep: a\ufffd[2Jb\ufffdc\ufffd\n"


def failure(code: str = "unavailable", field: str | None = None) -> Failure:
    return Failure(code, "closed", None, "nobody", True, True, field=field)


def panel(state: State, failed: Failure | None = None, *sections: Failure | None) -> Panel:
    parts = tuple(Section(kind, state, failure=one) for kind, one in zip(Kind, sections, strict=False))
    return Panel("crm", "CRM", "demo", state, sections=parts, failure=failed)


class TestTheExitCode:
    @pytest.mark.parametrize(
        ("panels", "code"),
        [
            ([panel("fresh"), panel("empty"), panel("choose"), panel("cached")], Exit.DONE),
            ([panel("fresh"), panel("failed", failure())], Exit.IN_PART),
            ([panel("fresh"), panel("stuck", failure("stuck"))], Exit.IN_PART),
            ([panel("stale", failure())], Exit.IN_PART),
            ([panel("partial", None, None, failure())], Exit.IN_PART),
            ([panel("fresh"), panel("withheld", failure("permission_denied"))], Exit.IN_PART),
            ([panel("fresh"), panel("withheld", failure("offline"))], Exit.DONE),
            ([panel("withheld", failure("offline"))], Exit.NOTHING),
            ([panel("failed", failure()), panel("stuck", failure("stuck"))], Exit.NOTHING),
            ([], Exit.NOTHING),
            ([panel("fresh"), panel("failed", failure("config_invalid", "mood"))], Exit.WRONG),
            ([panel("fresh"), panel("failed", failure("config_invalid"))], Exit.IN_PART),
        ],
    )
    def test_follows_from_what_the_sources_did(self, panels: list[Panel], code: Exit) -> None:
        assert talk.verdict(panels) is code

    def test_comes_with_each_failure_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        talk.failures([panel("failed", failure(), failure(), failure())], Us())
        assert capsys.readouterr().err == "salesprep: CRM: closed; passes by itself\n"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    async def drawn(self, stream: io.StringIO) -> str:
        async with Progress(Us(), stream) as shown:
            shown.asking = ("CRM", "Calendar")
            for _ in range(50):
                await asyncio.sleep(0)
            return stream.getvalue()

    async def test_names_who_has_not_answered_and_is_wiped_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(progress, "PATIENCE", 0)
        screen = Screen()
        line = "asking CRM, Calendar … 0 s"
        assert (await self.drawn(screen)).startswith(f"\r{line}")
        assert screen.getvalue().endswith(f"\r{' ' * len(line)}\r")

    async def test_is_silent_for_a_moment(self) -> None:
        screen = Screen()
        assert await self.drawn(screen) == ""
        assert screen.getvalue() == ""

    async def test_is_silent_where_nobody_watches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(progress, "PATIENCE", 0)
        assert await self.drawn(io.StringIO()) == ""


class TestStandardOutput:
    @pytest.mark.parametrize(
        ("environ", "width", "colour"),
        [
            ({}, 80, False),
            ({"COLUMNS": "160"}, 160, False),
            ({"COLUMNS": "wide"}, 80, False),
            ({"COLUMNS": "0"}, 80, False),
            ({"COLUMNS": "3"}, 20, False),
            ({"FORCE_COLOR": "1"}, 80, True),
            ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, 80, False),
            ({"FORCE_COLOR": "1", "TERM": "dumb"}, 80, False),
        ],
    )
    def test_that_is_no_terminal(self, environ: dict[str, str], width: int, colour: bool) -> None:
        assert standard_output(environ) == Terminal(width, colour)

    def test_that_is_one_has_colours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdout", Screen())
        assert standard_output({"COLUMNS": "100"}) == Terminal(100, True)
        assert standard_output({"COLUMNS": "100", "NO_COLOR": "1"}) == Terminal(100, False)
