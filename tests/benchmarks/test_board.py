"""The board is measured in a real terminal; what is read off it is what was painted. No figure is judged."""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import board, board_briefing
from benchmarks.board_moves import Cursor, Painted, leads, waits
from benchmarks.board_peers import versions
from benchmarks.board_programs import Program, programs, shown
from benchmarks.board_shown import _growing
from benchmarks.board_terminal import NotPaintedError, Read, Terminal, environ

MARK = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
BLUE, PLAIN = "\x1b[38;2;1;2;3m", "\x1b[0m"


def _row(word: str) -> bytes:
    return f"{BLUE} {MARK} {PLAIN}23 Nov  {BLUE}{word}{PLAIN} storing lijn 4\x1b[5;1H".encode()


def _python(script: str, *markers: bytes) -> Program:
    return Program("script", (sys.executable, "-c", script), markers)


def _is_there(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class TestATerminal:
    def test_is_as_large_as_it_is_told_and_says_when_all_is_painted(self, tmp_path: Path) -> None:
        script = (
            "import os, time; print(*os.get_terminal_size()); time.sleep(.2); print('second'); time.sleep(60)"
        )
        program = _python(script, b"160 45", b"second")
        with Terminal(program.command, environ(tmp_path), tmp_path) as terminal:
            assert terminal.painted(program.markers) >= 0.2
            assert terminal.peak > 1_000_000
            assert terminal.end().cpu > 0

    def test_says_so_when_a_program_ends_unpainted(self, tmp_path: Path) -> None:
        program = _python("print('first')", b"first", b"second")
        with (
            Terminal(program.command, environ(tmp_path), tmp_path) as terminal,
            pytest.raises(NotPaintedError),
        ):
            terminal.painted(program.markers)

    def test_counts_what_is_written(self, tmp_path: Path) -> None:
        program = _python("print('there'); input(); print('x' * 98); input()", b"there\r\n")
        with Terminal(program.command, environ(tmp_path), tmp_path) as terminal:
            terminal.painted(program.markers)
            assert terminal.written(0.1) == 0
            terminal.send(b"\n")
            count = 0
            while count < len("\r\n") + 98 + len("\r\n"):  # the first is the terminal's echo
                count += terminal.written(0.1)
            assert count + terminal.written(0.1) == 102

    def test_ends_what_its_program_has_started(self, tmp_path: Path) -> None:
        script = (
            "import subprocess, sys, time\n"
            "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
            "print(f'child {child.pid} there', flush=True); time.sleep(60)"
        )
        program = _python(script, b" there")
        with Terminal(program.command, environ(tmp_path), tmp_path) as terminal:
            text = b"".join(read.painted for read in terminal.reads(until=program.markers))
        child = int(text.split()[1])
        until = time.monotonic() + 10
        while _is_there(child) and time.monotonic() < until:
            time.sleep(0.01)
        assert not _is_there(child)

    def test_gives_a_program_no_settings_of_who_measures(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SALESPREP_SETTINGS", "/mine.toml")
        monkeypatch.setenv("NO_COLOR", "1")
        given = environ(tmp_path)
        assert given["SALESPREP_HOME"].startswith(str(tmp_path))
        assert not {"SALESPREP_SETTINGS", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"} & set(given)


class TestAKey:
    def test_is_answered_when_the_cursor_is_painted_where_it_leads(self) -> None:
        cursor = Cursor("A-000", islice(leads(), 3))
        cursor.see(Read(1.0, _row("A-001")), 1)
        cursor.see(Read(2.0, _row("A-000")), 2)
        cursor.see(Read(3.0, _row("B-000")), 3)
        assert cursor.seen == [1.0, 2.0, 3.0]
        assert not cursor.due

    def test_is_not_answered_by_another_paint_of_where_the_cursor_is(self) -> None:
        cursor = Cursor("A-000", islice(leads(), 3))
        cursor.see(Read(1.0, _row("A-000")), 1)
        cursor.see(Read(2.0, _row("A-001") + _row("A-001")), 1)
        cursor.see(Read(3.0, _row("A-001")), 2)
        assert cursor.seen == [2.0]

    def test_counts_until_the_paint_that_shows_what_several_did(self) -> None:
        cursor = Cursor("A-000", islice(leads(), 4))
        cursor.see(Read(1.0, _row("B-000")), 4)
        assert cursor.seen == [1.0, 1.0, 1.0]
        assert cursor.due == 1

    def test_is_never_answered_before_it_is_pressed(self) -> None:
        cursor = Cursor("A-001", islice(leads(), 3))
        cursor.see(Read(1.0, _row("A-000")), 1)  # where the second one will lead
        assert cursor.seen == []

    def test_is_found_in_a_row_that_comes_in_two_parts(self) -> None:
        cursor = Cursor("A-000", islice(leads(), 1))
        row = b"x" * 5000 + _row("A-001")
        cursor.see(Read(1.0, row[:5015]), 1)
        cursor.see(Read(2.0, row[5015:]), 1)
        assert cursor.seen == [2.0]

    def test_is_not_answered_by_a_row_beside_the_cursor(self) -> None:
        cursor = Cursor("A-000", islice(leads(), 1))
        cursor.see(Read(1.0, f" {MARK} 23 Nov\x1b[7;20HA-001".encode()), 1)
        assert cursor.seen == []

    def test_leads_from_panel_to_panel_and_round(self) -> None:
        words = list(islice(leads(), 18))
        assert words[:4] == ["A-001", "A-000", "B-000", "B-001"]
        assert words[-1] == "A-000"


class TestAnAnswer:
    def test_is_painted_when_all_of_its_word_was_read(self) -> None:
        painted = Painted([Read(1.0, b"..A-0"), Read(2.0, b"07.."), Read(3.0, b"A-007")])
        assert painted.when(b"A-007") == 2.0
        assert painted.when(b"..A") == 1.0
        assert painted.when(b"A-008") is None

    def test_that_another_one_overtakes_is_there_with_that_one(self) -> None:
        painted = Painted([Read(2.0, b"B-010"), Read(5.0, b"A-008"), Read(6.0, b"B-000")])
        taken = [(b"A-018", 1.0), (b"B-010", 1.5), (b"A-008", 4.0), (b"B-000", 4.5)]
        assert sorted(waits(painted, taken)) == [0.5, 1.0, 1.5, 4.0]

    @pytest.mark.parametrize("on_top", [True, False])
    async def test_comes_of_each_source_in_steps_until_all_is_there(
        self, on_top: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("benchmarks.board_shown._APART", 0)
        monkeypatch.setattr("benchmarks.board_shown._FIRST", 0)
        words, briefings = zip(*[each async for each in _growing(on_top=on_top)], strict=True)
        sources, steps = len(board_briefing.SOURCES), board_briefing.STEPS
        assert len(briefings) == 1 + sources * steps
        assert len(set(words)) == (1 + sources * steps if on_top else 1)
        assert [each.complete for each in briefings].index(True) == sources * steps
        last, whole = briefings[-1].panels, board_briefing.whole().panels
        assert [panel.sections[0].records for panel in last] == [p.sections[0].records for p in whole]


class TestWhoMeasuresTheBoard:
    @pytest.mark.parametrize(
        "program",
        [programs()[0], shown("hanging", "--every", name="hanging")],
        ids=lambda program: str(program.name),
    )
    def test_sees_it_painted(self, program: Program, tmp_path: Path) -> None:
        with Terminal(program.command, environ(tmp_path), program.folder) as terminal:
            assert terminal.painted(program.markers) > 0

    def test_gets_ratios_to_the_first_program_of_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(board, "_AFTER", 0)
        slow = "import time; time.sleep(.3); print('there', flush=True); time.sleep(60)"
        first, second = (
            Program(name, (sys.executable, "-c", script), (b"there",), what)
            for name, script, what in (
                ("bare", "import time; print('there', flush=True); time.sleep(60)", ""),
                ("ours", slow, "waits"),
            )
        )
        table = board.painting([first, second], environ(tmp_path), 1)
        bare, ours = table.rows
        assert bare["wall / bare"] == bare["cpu / bare"] == bare["peak / bare"] == 1
        assert float(ours["wall ms"]) >= 300
        assert table.notes[-1] == "ours: waits"

    def test_learns_which_versions_stood_beside_it(self) -> None:
        listed = "Name: posting\nVersion: 2.11.1\nRequires: a\n---\nName: textual\nVersion: 6.1.0\n"
        assert list(versions(listed)) == ["posting 2.11.1", "textual 6.1.0"]
