"""Text on the clipboard of whoever looks at the screen, and a sentence that says which way it went.

This machine's own clipboard first, by the program that its desktop has for it. Over SSH that would be
the wrong machine's, so the terminal is asked to take the text (OSC 52), which it never answers: nobody
can know whether it did.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from salesprep import machine
from salesprep.adapter.words import _

LONGEST = 74_994
"""Bytes of UTF-8 that every terminal takes which takes any: with head and tail, and as base64, they come
to the 100,000 bytes that the most frugal ones read of a sequence."""
PATIENCE = 1.0
"""Seconds that the programs of the clipboard get, all together."""

How = Literal["clipboard", "terminal", "nowhere"]
Write = Callable[[str], object]
"""Writes to the terminal, past the screen."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a text went."""

    how: How
    said: str
    """One sentence for the user, no full stop."""


@dataclass(frozen=True, slots=True)
class _Program:
    arguments: tuple[str, ...]
    encoding: str = "utf-8"
    environ: tuple[tuple[str, str], ...] = ()
    how: How = "clipboard"


async def copy(text: str, environ: Mapping[str, str], write: Write, *, patience: float = PATIENCE) -> Copied:
    """Copy ``text`` as it is. Raises nothing but ``CancelledError``.

    A program that fails or hangs is given up, and ended, within ``patience`` seconds.
    """
    if not text:
        return Copied("nowhere", _("there is nothing to copy"))
    until = asyncio.get_running_loop().time() + patience
    size = len(text.encode("utf-8", "replace"))
    for program in _programs(environ):
        if program.how == "terminal" and size > LONGEST:
            continue
        if await _takes(program, text, environ, until):
            return _sent() if program.how == "terminal" else Copied("clipboard", _("copied to the clipboard"))
    if size > LONGEST:
        line = _(
            "too much for a terminal's clipboard: {size} bytes, and {most} fit; copy less of it",
            size=size,
            most=LONGEST,
        )
        return Copied("nowhere", line)
    write(_for_the_terminal(text, inside_tmux="TMUX" in environ))
    return _sent()


def ways(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The programs here that would be tried, by their names, the best first; without any the terminal alone
    is asked."""
    return tuple(Path(program.arguments[0]).stem for program in _programs(environ))


def _sent() -> Copied:
    line = _(
        "sent to your terminal's clipboard (OSC 52); if nothing arrives, your terminal does not allow it"
    )
    return Copied("terminal", line)


# -- programs -----------------------------------------------------------------------------------


def _programs(environ: Mapping[str, str]) -> Iterator[_Program]:
    """What there is to try, the best first."""
    if not machine.is_far(environ):
        yield from filter(None, (_found(program, environ) for program in _desktops(environ)))
    if environ.get("TMUX"):
        # As tmux is set up by itself it takes no OSC 52 from the programs inside of it and passes none on,
        # but sends its terminal what it is given this way (3.2 and later).
        tmux = _found(_Program(("tmux", "load-buffer", "-w", "-"), how="terminal"), environ)
        if tmux is not None:
            yield tmux


def _desktops(environ: Mapping[str, str]) -> Iterator[_Program]:
    if sys.platform == "win32" or machine.is_wsl(environ):
        yield _Program(("clip.exe",), encoding="utf-16-le")
    if sys.platform == "darwin":
        # Without a locale, as in some sessions, it takes what it reads for MacRoman.
        yield _Program(("pbcopy",), environ=(("LC_ALL", "en_US.UTF-8"),))
    if environ.get("WAYLAND_DISPLAY"):
        yield _Program(("wl-copy", "--type", "text/plain"))
    if environ.get("DISPLAY"):
        yield _Program(("xclip", "-selection", "clipboard", "-in"))
        yield _Program(("xsel", "--clipboard", "--input"))


def _found(program: _Program, environ: Mapping[str, str]) -> _Program | None:
    path = shutil.which(program.arguments[0], path=_search_path(environ))
    if path is None:
        return None
    return _Program((path, *program.arguments[1:]), program.encoding, program.environ, program.how)


def _search_path(environ: Mapping[str, str]) -> str | None:
    if sys.platform == "win32":  # where the folder that one stands in would be searched first
        return environ.get("SystemRoot", r"C:\Windows") + r"\System32"
    return environ.get("PATH")


async def _takes(program: _Program, text: str, environ: Mapping[str, str], until: float) -> bool:
    """Whether the program took the text and said that all is well."""
    left = until - asyncio.get_running_loop().time()
    if left <= 0:
        return False
    try:
        process = await asyncio.create_subprocess_exec(
            *program.arguments,
            stdin=asyncio.subprocess.PIPE,
            # Not ours, which are the screen's. And xclip and wl-copy stay on behind it, to hand out
            # what was copied: reading what they write would be waiting for the next copy.
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env={**environ, **dict(program.environ)},
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode(program.encoding, "replace")), left)
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            machine.end_family(process.pid)
            await process.wait()
    return process.returncode == 0


# -- the terminal -------------------------------------------------------------------------------


def _for_the_terminal(text: str, *, inside_tmux: bool) -> str:
    """The sequence that asks a terminal to take ``text``.

    Inside of tmux once for tmux itself (``set-clipboard on``) and once to be passed on to its terminal
    (``allow-passthrough on``): whichever is not allowed is left out by tmux.
    """
    plain = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"
    if not inside_tmux:
        return plain
    doubled = plain.replace("\x1b", "\x1b\x1b")
    return f"{plain}\x1bPtmux;{doubled}\x1b\\"
