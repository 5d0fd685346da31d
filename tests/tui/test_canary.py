"""A record and a secret at hand when the interface fails: they come out nowhere."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from textual.widgets import Static

from salesprep.machine import dirs
from salesprep.sample import lay_out
from salesprep.tui import log
from salesprep.tui.screens.briefing import BriefingScreen
from salesprep.tui.screens.crash import CrashApp
from salesprep.tui.session import Session
from salesprep.tui.widgets.lines import LinesView
from tests.desk import SATURDAY, SETTINGS, Sit

if TYPE_CHECKING:
    from textual.strip import Strip

    from salesprep.tui.app import Board

RECORD, SECRET = "Bakkerij-Kanarie", "hunter2-Zwaluw"


@pytest.fixture
def settings(own_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, in which one offer bears the record's name, and a calendar with a private address."""
    assert own_machine
    monkeypatch.setenv("PRIVATE_ADDRESS", f"http://127.0.0.1:1/{SECRET}.ics")
    with closing(sqlite3.connect(lay_out(dirs().cache, SATURDAY).folder / "crm.sqlite")) as crm, crm:
        crm.execute("UPDATE opportunity SET title = ?", (RECORD,))
    file = tmp_path / "settings.toml"
    private = '\n[[sources.calendar.calendars]]\nsecret_url = "env:PRIVATE_ADDRESS"\nname = "private"\n'
    text = SETTINGS.read_text(encoding="utf-8")
    file.write_text(text.replace("\n[sources.wiki]", f"{private}\n[sources.wiki]"), encoding="utf-8")
    return file


def fail(said: str) -> NoReturn:
    """With both in a variable, and in the words of two errors."""
    both = f"{said} {RECORD} {os.environ['PRIVATE_ADDRESS']}"
    try:
        raise ValueError(both)
    except ValueError as error:
        raise RuntimeError(both) from error


def fails_painting(monkeypatch: pytest.MonkeyPatch) -> None:
    paint = LinesView.render_line

    def paints(view: LinesView, y: int) -> Strip:
        if RECORD in view.text and isinstance(view.screen, BriefingScreen):
            fail(view.text)
        return paint(view, y)

    monkeypatch.setattr(LinesView, "render_line", paints)


def fails_at_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BriefingScreen, "action_contacts", lambda screen: fail(str(screen.told)))


async def told_by(app: CrashApp) -> str:
    """All that the screen of a fault says."""
    async with app.run_test(size=(160, 45)):
        return "\n".join(str(one.content) for one in app.screen.query(Static))


async def until_it_fails(sit: Sit, settings: Path) -> Board:
    """On the way to recent contacts; Textual hands the error on to tests, and to nobody else."""
    boards: list[Board] = []

    async def goes() -> None:
        async with sit(160, 45, settings=settings) as desk:
            boards.append(desk.board)
            await desk.pilot.press("enter", "h")
            await desk.until(lambda: desk.board.crash is not None)

    with pytest.raises(RuntimeError, match=RECORD):
        await goes()
    return boards[0]


class TestARecordAndASecret:
    @pytest.mark.parametrize("fails", [fails_painting, fails_at_a_key])
    async def test_are_told_by_no_crash_and_no_log(
        self,
        fails: Callable[[pytest.MonkeyPatch], None],
        sit: Sit,
        settings: Path,
        own_machine: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        fails(monkeypatch)
        with log.kept(os.environ) as kept:
            board = await until_it_fails(sit, settings)
            crash = board.crash
            assert crash is not None
            told = await told_by(CrashApp(crash, kept, os.environ, language="en", theme="dark"))
        assert "Error: RuntimeError, after ValueError" in told
        logged = (own_machine / "state" / "log").read_text(encoding="utf-8")
        assert "the interface stopped RuntimeError" in logged
        assert board._exit_renderables == []
        for said in (told, logged, str(crash), *capfd.readouterr()):
            assert RECORD not in said
            assert SECRET not in said

    async def test_are_told_by_no_toast_of_what_went_wrong_behind_the_screen(
        self, sit: Sit, settings: Path, own_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def dressed(_session: Session, briefing: Any) -> NoReturn:
            fail(str(briefing))

        monkeypatch.setattr(Session, "dressed", dressed)
        with log.kept(os.environ):
            async with sit(160, 45, settings=settings) as desk:
                await desk.presses("enter")
                (toast,) = desk.toasts
                assert "(RuntimeError); the log has the details" in toast
                assert desk.board.crash is None
        logged = (own_machine / "state" / "log").read_text(encoding="utf-8")
        assert "a worker stopped RuntimeError" in logged
        for said in (toast, logged):
            assert RECORD not in said
            assert SECRET not in said

    async def test_a_secret_is_on_no_screen(self, sit: Sit, settings: Path) -> None:
        async with sit(160, 45, settings=settings) as desk:
            for keys in ((), ("s",), ("r",), ("escape", "enter"), ("3", "z")):
                await desk.presses(*keys)
                assert SECRET not in desk.screen
                assert not [toast for toast in desk.toasts if SECRET in toast]
            assert RECORD not in desk.screen
            assert "private" in desk.screen
