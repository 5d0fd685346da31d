"""Copying: which way a text goes, that it arrives as it was, and what the user is told."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.tui import clipboard
from salesprep.tui.clipboard import LONGEST, Copied

TEXT = "Van Dijk Machinebouw B.V. · € 1.480\n  Ağaoğlu, שרה\n\nlast line"
_OSC_52 = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
COPIED = Copied("clipboard", "copied to the clipboard")
SENT = Copied(
    "terminal",
    "sent to your terminal's clipboard (OSC 52); if nothing arrives, your terminal does not allow it",
)

Install = Callable[[str, str], None]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment in which only the programs of this test are found."""
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "TAKEN": str(tmp_path / "taken")}


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Puts a program there that does as the script says."""

    def install(name: str, script: str) -> None:
        file = tmp_path / "bin" / name
        file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    return install


@pytest.fixture
def taken(tmp_path: Path) -> Callable[[], bytes]:
    """What a program was given."""
    return (tmp_path / "taken").read_bytes


class Screen:
    """What is written to the terminal past the screen."""

    def __init__(self) -> None:
        self.written = ""

    def __call__(self, text: str) -> None:
        self.written += text

    @property
    def clipboard(self) -> str:
        """What a terminal makes of it."""
        return base64.b64decode(_OSC_52.findall(self.written)[0]).decode("utf-8")


@pytest.fixture
def screen() -> Screen:
    return Screen()


_TAKES = 'cat > "$TAKEN"; echo "$(basename "$0") $*" > "$TAKEN.by"'


def by(environ: dict[str, str]) -> str:
    """The program that took it, with its options."""
    return Path(environ["TAKEN"] + ".by").read_text(encoding="utf-8").strip()


def was_taken(environ: dict[str, str]) -> bool:
    """Whether any program took something."""
    return Path(environ["TAKEN"]).exists()


class TestOnOnesOwnMachine:
    @pytest.mark.parametrize(
        ("desktop", "program", "command"),
        [
            ({"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy", "wl-copy --type text/plain"),
            ({"DISPLAY": ":0"}, "xclip", "xclip -selection clipboard -in"),
            ({"DISPLAY": ":0"}, "xsel", "xsel --clipboard --input"),
            ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "xclip", "xclip -selection clipboard -in"),
        ],
    )
    async def test_the_desktops_clipboard_gets_the_text_as_it_is(
        self,
        desktop: dict[str, str],
        program: str,
        command: str,
        environ: dict[str, str],
        install: Install,
        taken: Callable[[], bytes],
        screen: Screen,
    ) -> None:
        install(program, _TAKES)
        assert await clipboard.copy(TEXT, environ | desktop, screen) == COPIED
        assert taken() == TEXT.encode("utf-8")
        assert by(environ) == command
        assert screen.written == ""

    async def test_on_a_mac_it_is_told_that_the_text_is_utf_8(
        self,
        environ: dict[str, str],
        install: Install,
        taken: Callable[[], bytes],
        screen: Screen,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")
        install("pbcopy", f'{_TAKES}; [ "$LC_ALL" = en_US.UTF-8 ]')
        assert await clipboard.copy(TEXT, environ, screen) == COPIED
        assert taken() == TEXT.encode("utf-8")

    async def test_inside_of_windows_it_is_windows_clipboard_in_its_own_encoding(
        self, environ: dict[str, str], install: Install, taken: Callable[[], bytes], screen: Screen
    ) -> None:
        install("clip.exe", _TAKES)
        install("wl-copy", _TAKES)
        environ |= {"WSL_DISTRO_NAME": "Debian", "WAYLAND_DISPLAY": "wayland-0"}
        assert await clipboard.copy(TEXT, environ, screen) == COPIED
        assert by(environ) == "clip.exe"
        assert taken().decode("utf-16-le") == TEXT

    async def test_a_program_that_fails_is_followed_by_the_next(
        self, environ: dict[str, str], install: Install, taken: Callable[[], bytes], screen: Screen
    ) -> None:
        install("wl-copy", "exit 1")
        install("xclip", "exec 0<&-; exit 3")
        install("xsel", _TAKES)
        environ |= {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
        assert await clipboard.copy(TEXT * 5000, environ, screen) == COPIED
        assert by(environ).startswith("xsel")
        assert screen.written == ""

    async def test_one_that_hangs_is_ended_with_all_that_it_started(
        self, environ: dict[str, str], install: Install, screen: Screen, tmp_path: Path
    ) -> None:
        install("wl-copy", f'sleep 600 & echo $! > "{tmp_path}/child"; echo $$ > "{tmp_path}/parent"; wait')
        environ |= {"WAYLAND_DISPLAY": "wayland-0"}
        assert await clipboard.copy(TEXT, environ, screen, patience=0.5) == SENT
        assert screen.clipboard == TEXT
        for name in ("parent", "child"):
            assert not is_alive(int((tmp_path / name).read_text(encoding="utf-8")))

    async def test_giving_up_ends_it_too(
        self, environ: dict[str, str], install: Install, screen: Screen, tmp_path: Path
    ) -> None:
        install("wl-copy", f'echo $$ > "{tmp_path}/new"; mv "{tmp_path}/new" "{tmp_path}/parent"; sleep 600')
        environ |= {"WAYLAND_DISPLAY": "wayland-0"}
        copying = asyncio.create_task(clipboard.copy(TEXT, environ, screen, patience=60))
        while not (tmp_path / "parent").exists():  # noqa: ASYNC110  another process makes it
            await asyncio.sleep(0.01)
        copying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await copying
        assert not is_alive(int((tmp_path / "parent").read_text(encoding="utf-8")))
        assert screen.written == ""

    async def test_one_that_stays_to_hand_the_text_out_is_left_to_it(
        self, environ: dict[str, str], install: Install, screen: Screen, tmp_path: Path
    ) -> None:
        install("xclip", f'cat > /dev/null; sleep 600 & echo $! > "{tmp_path}/child"')
        assert await clipboard.copy(TEXT, environ | {"DISPLAY": ":0"}, screen) == COPIED
        child = int((tmp_path / "child").read_text(encoding="utf-8"))
        assert is_alive(child)
        os.kill(child, 9)

    async def test_without_any_program_the_terminal_is_asked(
        self, environ: dict[str, str], screen: Screen
    ) -> None:
        environ |= {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
        assert await clipboard.copy(TEXT, environ, screen) == SENT
        assert screen.clipboard == TEXT


class TestOverSSH:
    @pytest.fixture(params=["SSH_TTY", "SSH_CONNECTION"])
    def far(self, request: pytest.FixtureRequest, environ: dict[str, str]) -> dict[str, str]:
        return environ | {str(request.param): "10.0.0.1 22 10.0.0.2 22", "DISPLAY": ":0"}

    async def test_the_terminal_is_asked_and_the_other_machines_clipboard_left_alone(
        self, far: dict[str, str], install: Install, screen: Screen
    ) -> None:
        install("xclip", _TAKES)
        assert await clipboard.copy(TEXT, far, screen) == SENT
        assert screen.written == f"\x1b]52;c;{base64.b64encode(TEXT.encode()).decode()}\x07"
        assert not was_taken(far)

    async def test_more_than_a_terminal_takes_is_refused_with_the_sizes(
        self, far: dict[str, str], screen: Screen
    ) -> None:
        assert (await clipboard.copy("x" * LONGEST, far, screen)).how == "terminal"
        assert len(screen.written) <= 100_000
        screen.written = ""
        copied = await clipboard.copy("é" * LONGEST, far, screen)
        assert copied == Copied(
            "nowhere", "too much for a terminal's clipboard: 149,988 bytes, and 74,994 fit; copy less of it"
        )
        assert screen.written == ""


class TestInsideTmux:
    @pytest.fixture
    def inside(self, environ: dict[str, str]) -> dict[str, str]:
        return environ | {"TMUX": "/run/tmux-0/default,1,0", "SSH_TTY": "/dev/pts/1"}

    async def test_tmux_itself_hands_it_to_its_terminal(
        self, inside: dict[str, str], install: Install, taken: Callable[[], bytes], screen: Screen
    ) -> None:
        install("tmux", _TAKES)
        assert await clipboard.copy(TEXT, inside, screen) == SENT
        assert by(inside) == "tmux load-buffer -w -"
        assert taken() == TEXT.encode("utf-8")
        assert screen.written == ""

    async def test_one_that_cannot_is_asked_both_ways(
        self, inside: dict[str, str], install: Install, screen: Screen
    ) -> None:
        install("tmux", "echo 'unknown flag -w' >&2; exit 1")
        assert await clipboard.copy(TEXT, inside, screen) == SENT
        plain = f"\x1b]52;c;{base64.b64encode(TEXT.encode()).decode()}\x07"
        assert screen.written == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"

    async def test_on_ones_own_machine_the_desktops_clipboard_comes_first(
        self, inside: dict[str, str], install: Install, screen: Screen
    ) -> None:
        del inside["SSH_TTY"]
        install("tmux", _TAKES)
        install("xclip", _TAKES)
        assert await clipboard.copy(TEXT, inside | {"DISPLAY": ":0"}, screen) == COPIED
        assert by(inside).startswith("xclip")

    async def test_is_not_given_more_than_the_terminal_behind_it_takes(
        self, inside: dict[str, str], install: Install, screen: Screen
    ) -> None:
        install("tmux", _TAKES)
        assert (await clipboard.copy("x" * (LONGEST + 1), inside, screen)).how == "nowhere"
        assert not was_taken(inside)
        assert screen.written == ""


class TestAnyText:
    @given(st.text(min_size=1, max_size=200))
    def test_arrives_and_nothing_of_it_steers_the_terminal(self, text: str) -> None:
        screen = Screen()
        asyncio.run(clipboard.copy(text, {"PATH": "", "SSH_TTY": "/dev/pts/1"}, screen))
        assert screen.clipboard == text.encode("utf-8", "replace").decode("utf-8")
        assert re.fullmatch(r"\x1b\]52;c;[A-Za-z0-9+/=]+\x07", screen.written)

    async def test_that_is_none_is_not_copied(self, environ: dict[str, str], screen: Screen) -> None:
        assert await clipboard.copy("", environ, screen) == Copied("nowhere", "there is nothing to copy")
        assert screen.written == ""


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and is not yet waited for does not."""
    ps = ["ps", "-o", "stat=", "-p", str(process)]
    found = subprocess.run(ps, check=False, capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")
