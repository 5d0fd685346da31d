"""Fixtures with which the real command runs in a process of its own."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    """Runs the command; ``environ`` is added to the test's own environment."""

    def run(
        *arguments: object, environ: dict[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "salesprep", *map(str, arguments)],
            check=False,
            env={**os.environ, **(environ or {})},
            cwd=cwd or tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def terminal() -> Run:
    """Runs the command on a terminal of its own; ``answers`` are typed, one at each question, and after
    them the end of input. All that the screen showed is in ``stdout``."""
    import pty  # which there is on Unix alone

    def run(
        *arguments: object, answers: Sequence[str] = (), environ: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        keyboard, screen = pty.openpty()
        typed = [*(f"{answer}\n" for answer in answers), "\x04"]
        command = subprocess.Popen(
            [sys.executable, "-m", "salesprep", *map(str, arguments)],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env={**os.environ, "COLUMNS": "80", **(environ or {})},
            start_new_session=True,
        )
        os.close(screen)
        shown = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([keyboard], [], [], 1)[0]:
                continue
            try:
                piece = os.read(keyboard, 65536)
            except OSError:  # the other end is gone: the command has ended
                break
            shown += piece
            if typed and shown.endswith((b"] ", b": ")):  # a question
                os.write(keyboard, typed.pop(0).encode())
        os.close(keyboard)
        code = command.wait(timeout=10)
        text = shown.decode("utf-8", "replace").replace("\r\n", "\n")
        assert "Traceback" not in text
        return subprocess.CompletedProcess(command.args, code, text, "")

    return run
