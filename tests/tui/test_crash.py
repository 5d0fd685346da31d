"""A fault of salesprep's own: what the user sees of it, the way back, and what never comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from textual import work
from textual.widgets import Static

from salesprep.tui import clipboard
from salesprep.tui.clipboard import Copied
from salesprep.tui.crash import Crash, Safe, line
from salesprep.tui.log import Log
from salesprep.tui.screens.crash import CrashApp

SECRET, RECORD = "hunter2-Zwaluw", "Bakkerij-Kanarie"
TITLE = "This should not have happened"
_PROGRAM = Path(__file__).with_name("crashing.py")
_ESCAPES = re.compile(
    r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b.", re.DOTALL
)
_LEFT = "\x1b[?1049l"
_LONG = 30
"""Seconds after which a program is taken for hanging."""


class Terminal:
    """A program in a terminal of 100 columns and 30 lines: what it has written, and what is typed."""

    def __init__(self, arguments: list[str], environ: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environ,
            start_new_session=True,
        )
        os.close(theirs)
        self.written = ""
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was ever painted, without what paints it."""
        return _ESCAPES.sub("", self.written)

    def until(self, shown: str) -> None:
        """Read on until ``shown`` is painted, after what was waited for before."""
        self._read(lambda: shown in _ESCAPES.sub("", self.written[self._seen :]))
        assert shown in _ESCAPES.sub("", self.written[self._seen :]), self.text
        self._seen = len(self.written)

    def until_gone(self) -> None:
        """Read on until the app that has the screen now has left it; it may have painted twice."""
        self._read(lambda: _LEFT in self.written[self._seen :])
        self._seen = self.written.index(_LEFT, self._seen) + len(_LEFT)

    def type(self, keys: str) -> None:
        """Press ``keys``."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Wait until the program has ended; its exit code."""
        self._read(lambda: False)
        return self.process.wait(_LONG)

    def close(self) -> None:
        """Let go of it, whatever it is at."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def _read(self, enough: Callable[[], bool]) -> None:
        until = time.monotonic() + _LONG
        while not enough() and time.monotonic() < until:
            if not select.select([self._ours], [], [], 0.2)[0]:
                continue
            try:
                found = os.read(self._ours, 65536)
            except OSError:  # the other end is closed
                return
            if not found:
                return
            self.written += found.decode("utf-8", "replace")


@pytest.fixture
def interface(own_machine: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts the interface that goes wrong at the places it is told, one after the other."""
    started: list[Terminal] = []

    def start(*where: str, **environ: str) -> Terminal:
        known = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environ}
        started.append(Terminal([str(_PROGRAM), SECRET, RECORD, *where], known))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def logged(own_machine: Path) -> Callable[[], list[str]]:
    """The lines of the log as it is now."""
    file = own_machine / "state" / "log"
    return lambda: file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def holds_nothing(*texts: str) -> bool:
    """Whether neither canary has come out."""
    return not any(canary in text for text in texts for canary in (SECRET, RECORD))


class TestAFault:
    def test_ends_on_a_screen_from_which_there_is_a_way_back(
        self, interface: Callable[..., Terminal], logged: Callable[[], list[str]]
    ) -> None:
        terminal = interface("app", "render", "terminal", "key", "render again")
        for key in ("", "", "", "x", "x"):
            if key:
                terminal.until("Your coming visits")
                terminal.type(key)
                terminal.until_gone()
            terminal.until(TITLE)
            terminal.until("leave")
            terminal.type("r")
            terminal.until_gone()
        terminal.until("Your coming visits")
        terminal.type("q")
        assert terminal.end() == 0
        assert holds_nothing(terminal.written, terminal.text, *logged())
        assert "Traceback" not in terminal.text
        assert "KeyError, after RuntimeError" in terminal.text
        assert "salesprep/words.py:" in terminal.text
        assert "EOFError" in terminal.text  # of the thread that reads what is typed
        assert len([found for found in logged() if "the interface stopped KeyError" in found]) == 4

    def test_tells_nothing_wherever_it_happens(self, logged: Callable[[], list[str]]) -> None:
        where = ("init", "style", "compose", "mount", "watch", "timer", "later", "waited for", "unmount")
        found = subprocess.run(
            [sys.executable, str(_PROGRAM), SECRET, RECORD, *where[:-1], "unmount+over", "over"],
            env={
                **os.environ,
                "NOBODY_LOOKS": "1",
                "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
            },
            check=False,
            capture_output=True,
            text=True,
            timeout=_LONG,
        )
        assert found.returncode == 0
        assert len(found.stdout.splitlines()) == len(where)
        assert found.stderr == ""
        assert holds_nothing(found.stdout, *logged())
        assert len([one for one in logged() if "the interface stopped" in one]) >= len(where)

    def test_while_it_ends_is_told_too(
        self, interface: Callable[..., Terminal], logged: Callable[[], list[str]], own_machine: Path
    ) -> None:
        terminal = interface("unmount")
        terminal.until("Your coming visits")
        terminal.type("q")
        terminal.until(TITLE)
        terminal.until("leave")
        terminal.type("q")
        assert terminal.end() == 70
        assert holds_nothing(terminal.written, terminal.text, *logged())
        # What stays in the terminal when the screen is gone.
        left = terminal.written.rpartition("\x1b[?1049l")[2]
        file = own_machine / "state" / "log"
        told = f"salesprep: this should not have happened (KeyError); the details are in {file}"
        assert told in " ".join(_ESCAPES.sub("", left).split())


class TestWhatGoesWrongBehindTheScreen:
    BEHIND = "worker+loud worker+thread worker+thread+task+collecting+chatter"

    def test_does_not_end_it(
        self, interface: Callable[..., Terminal], logged: Callable[[], list[str]]
    ) -> None:
        terminal = interface(self.BEHIND)
        terminal.until("(KeyError); the log has the details")
        terminal.type("q")
        assert terminal.end() == 0
        assert TITLE not in terminal.text
        assert holds_nothing(terminal.written, terminal.text, *logged())
        assert "Traceback" not in terminal.text


class TestTheScreenThatTells:
    FAULT = Crash(("KeyError", "OSError"), ("salesprep/tui/app.py:12 in compose",), "textual/dom.py:3")

    @pytest.fixture
    def kept(self, tmp_path: Path) -> Log:
        kept = Log(tmp_path / "log")
        kept.written = True
        return kept

    def app(self, kept: Log, language: str = "en", fault: Crash = FAULT) -> CrashApp:
        return CrashApp(fault, kept, {"PATH": ""}, language=language, theme="dark")

    def told(self, app: CrashApp) -> str:
        return "\n".join(str(one.content) for one in app.screen.query(Static))

    async def test_says_what_where_and_what_to_do(self, kept: Log) -> None:
        app = self.app(kept)
        async with app.run_test(size=(100, 30)):
            told = self.told(app)
        assert told.startswith(TITLE)
        assert "Error: KeyError, after OSError" in told
        assert "  salesprep/tui/app.py:12 in compose" in told
        assert "Raised in: textual/dom.py:3" in told
        assert f"The log: {kept.file}" in told
        assert "nothing of a customer" in told

    async def test_does_not_name_a_log_that_could_not_be_written(self, kept: Log) -> None:
        kept.written = False
        app = self.app(kept, fault=Crash(("KeyError",)))
        async with app.run_test():
            assert "No log could be written." in self.told(app)
            assert str(kept.file) not in self.told(app)
            assert "Where:" not in self.told(app)
        assert line(app.fault, kept, "en") == (
            "this should not have happened (KeyError); no log could be written"
        )

    async def test_speaks_the_users_language(self, kept: Log) -> None:
        app = self.app(kept, "nl")
        async with app.run_test():
            assert "Dit had niet mogen gebeuren" in self.told(app)
            labels = [active.binding.description for active in app.screen.active_bindings.values()]
        assert "terug naar vandaag" in labels

    @pytest.mark.parametrize(("key", "again"), [("r", True), ("q", False), ("escape", False)])
    async def test_is_left_by_one_key(self, key: str, again: bool, kept: Log) -> None:
        app = self.app(kept)
        async with app.run_test() as pilot:
            await pilot.press(key)
        assert app.return_value is again

    async def test_is_copied_as_it_is(self, kept: Log, monkeypatch: pytest.MonkeyPatch) -> None:
        copied: list[str] = []

        async def copy(text: str, environ: Mapping[str, str], write: object) -> Copied:
            copied.append(text)
            return Copied("clipboard", "copied to the clipboard")

        monkeypatch.setattr(clipboard, "copy", copy)
        app = self.app(kept)
        async with app.run_test() as pilot:
            await pilot.press("c")
            await app.workers.wait_for_complete()
            await pilot.pause()
            notes = [note.message for note in app._notifications]
        assert "salesprep/tui/app.py:12 in compose" in copied[0]
        assert notes == ["copied to the clipboard"]

    async def test_can_be_read_on_a_phone(self, kept: Log) -> None:
        app = self.app(kept)
        async with app.run_test(size=(40, 12)) as pilot:
            await pilot.press("end")
            await pilot.pause()
            last = app.screen.query(Static).last()
            assert last.region.bottom <= app.screen.size.height


class Working(Safe[None]):
    """Has a worker that fails each time it is started."""

    @work(exit_on_error=False)
    async def fail(self) -> None:
        raise ValueError(SECRET)


class TestAWorkerThatFailsAgainAndAgain:
    async def test_is_told_once(self) -> None:
        app = Working()
        async with app.run_test() as pilot:
            for _ in range(3):
                app.fail()
                await pilot.pause()
            notes = [note.message for note in app._notifications]
        assert notes == ["something went wrong in the background (ValueError); the log has the details"]
        assert app.crash is None

    async def test_is_told_in_the_users_language(self) -> None:
        app = Working()
        app.language = "nl"
        async with app.run_test() as pilot:
            app.fail()
            await pilot.pause()
            notes = [note.message for note in app._notifications]
        assert notes == ["er ging iets mis op de achtergrond (ValueError); in het logboek staat meer"]


class TestWhoeverTestsTheInterface:
    async def test_is_told_of_a_fault_by_its_own_error(self) -> None:
        class Broken(Safe[None]):
            def on_mount(self) -> None:
                raise ValueError("for the test")

        with pytest.raises(ValueError, match="for the test"):
            async with Broken().run_test():
                pass
