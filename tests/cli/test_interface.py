"""``salesprep`` on a terminal: the interface opens, and what is wrong is said as by any command."""

from __future__ import annotations

import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parents[2] / "settings.toml"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>])")


class Window:
    """A terminal window with the program in it."""

    def __init__(self, keyboard: int, program: subprocess.Popen[bytes]) -> None:
        self._keyboard, self.program = keyboard, program
        self.shown = ""

    def types(self, keys: str) -> None:
        os.write(self._keyboard, keys.encode())

    def until(self, text: str) -> None:
        """Until ``text`` was written, or the program is gone."""
        until = time.monotonic() + 60
        while text not in self.shown and time.monotonic() < until and self._read():
            pass
        assert text in self.shown

    def ends_with(self) -> int:
        """The exit code, when all was read."""
        while self._read():
            pass
        return self.program.wait(timeout=30)

    def _read(self) -> bool:
        if not select.select([self._keyboard], [], [], 60)[0]:
            return False
        try:
            piece = os.read(self._keyboard, 65536)
        except OSError:  # the other end is gone: the program has ended
            return False
        self.shown += _SEQUENCE.sub("", piece.decode("utf-8", "replace"))
        return bool(piece)


@contextmanager
def window(*arguments: object, **environ: str) -> Iterator[Window]:
    """80 by 24."""
    import fcntl
    import pty
    import termios

    keyboard, screen = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-m", "salesprep", *map(str, arguments)],
        stdin=screen,
        stdout=screen,
        stderr=screen,
        env={**os.environ, "TERM": "xterm-256color", **environ},
        start_new_session=True,
    )
    os.close(screen)
    try:
        yield Window(keyboard, program)
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
        os.close(keyboard)


class TestOnATerminal:
    def test_the_interface_opens_on_the_coming_visits_and_q_leaves_it(self) -> None:
        with window("--settings", SETTINGS) as seen:
            seen.until("Van Dijk")
            seen.types("q")
            assert seen.ends_with() == 0

    def test_wrong_settings_are_told_in_a_line_and_no_screen_opens(self, tmp_path: Path) -> None:
        wrong = tmp_path / "settings.toml"
        wrong.write_text('[screen]\ntheme = "drak"\n')
        with window("--settings", wrong) as seen:
            assert seen.ends_with() == 2
        assert 'did you mean "dark"?' in " ".join(seen.shown.split())
        assert "TODAY" not in seen.shown

    def test_an_adapter_that_is_not_there_is_told_when_the_screen_is_gone(self, tmp_path: Path) -> None:
        wrong = tmp_path / "settings.toml"
        wrong.write_text('[sources.crm]\nadapter = "sqll"\n')
        with window("--settings", wrong) as seen:
            assert seen.ends_with() == 2
        assert 'did you mean "sql"?' in " ".join(seen.shown.split())


class TestElsewhere:
    @pytest.mark.parametrize("name", ["dumb", ""])
    def test_a_terminal_that_can_show_no_screen_gets_the_briefing_as_text(self, name: str) -> None:
        with window("--settings", SETTINGS, TERM=name) as seen:
            assert seen.ends_with() == 0
        assert "COMPLAINT" in seen.shown

    def test_a_format_is_an_answer_and_no_screen(self) -> None:
        with window("--settings", SETTINGS, "--format", "json") as seen:
            assert seen.ends_with() == 0
        assert '"schema": "salesprep.briefing/1"' in seen.shown

    def test_a_pipe_gets_the_briefing_as_text(
        self, cli: Callable[..., subprocess.CompletedProcess[str]]
    ) -> None:
        assert "COMPLAINT" in cli("--settings", SETTINGS).stdout
