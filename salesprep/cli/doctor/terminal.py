"""The terminal, and which way copied text goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from salesprep import machine
from salesprep.adapter.words import _
from salesprep.cli.doctor.examined import Examined
from salesprep.output.doctor import Finding

Inside = Literal["tmux", "zellij", "screen"]
_NARROW, _LOW = 40, 12
"""A window smaller than this shows little of a board."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a program can know of the terminal it runs in."""

    reads: bool
    """Standard input is one."""
    shows: bool
    """Standard output is one."""
    term: str
    colours: int
    """How many it says it has; 0: none are wanted, or it has none."""
    columns: int
    rows: int
    encoding: str
    inside: Inside | None
    far: bool
    """Over SSH."""

    @property
    def full(self) -> bool:
        """Whether the interface can be shown."""
        return self.reads and self.shows and self.term not in ("", "dumb", "unknown")


def terminal_of(environ: Mapping[str, str]) -> Terminal:
    """The one that this process runs in."""
    size = shutil.get_terminal_size((80, 24))
    term = environ.get("TERM", "xterm" if sys.platform == "win32" else "")
    return Terminal(
        reads=sys.stdin is not None and sys.stdin.isatty(),
        shows=sys.stdout.isatty(),
        term=term,
        colours=_colours(term, environ),
        columns=size.columns,
        rows=size.lines,
        encoding=sys.stdout.encoding or "ascii",
        inside=_inside(environ),
        far=machine.is_far(environ),
    )


def _colours(term: str, environ: Mapping[str, str]) -> int:
    if environ.get("NO_COLOR") or term in ("", "dumb", "unknown") or "mono" in term:
        return 0
    if environ.get("COLORTERM") in ("truecolor", "24bit") or "direct" in term or sys.platform == "win32":
        return 16_777_216
    return 256 if "256" in term else 16


def _inside(environ: Mapping[str, str]) -> Inside | None:
    if environ.get("TMUX"):
        return "tmux"
    if environ.get("ZELLIJ"):
        return "zellij"
    return "screen" if environ.get("STY") else None


def terminal(examined: Examined) -> Iterator[Finding]:
    """What keeps the interface from being shown as it should be."""
    here = terminal_of(examined.environ)
    if here.full:
        yield Finding(
            "terminal", "interface", "ok", _("the interface can be shown (TERM is {term})", term=here.term)
        )
    elif here.reads and here.shows:
        what = _("TERM is {term}, so the interface is not shown", term=here.term or "-")
        yield Finding(
            "terminal", "term", "warn", what, _("set TERM to what the terminal is, such as xterm-256color")
        )
    else:
        what = _("input or output is no terminal here, so that text is written and not the interface")
        yield Finding("terminal", "no-terminal", "ok", what)
    yield _of_colours(here, examined)
    yield from _of_size(here)
    if here.encoding.lower().replace("-", "").replace("_", "") == "utf8":
        yield Finding("terminal", "unicode", "ok", _("it takes every letter (UTF-8)"))
    else:
        what = _("it takes letters of {encoding} only; others are shown as ?", encoding=here.encoding)
        yield Finding(
            "terminal", "unicode", "warn", what, _("set LANG to a locale with UTF-8, such as C.UTF-8")
        )
    if here.inside is not None:
        names = {"tmux": "tmux", "zellij": "Zellij", "screen": "screen"}
        yield Finding("terminal", "inside", "ok", _("inside of {program}", program=names[here.inside]))
    if here.far:
        what = _("over SSH: files and addresses are opened on your own machine, not here")
        yield Finding("terminal", "ssh", "ok", what)


def _of_colours(here: Terminal, examined: Examined) -> Finding:
    if examined.environ.get("NO_COLOR"):
        return Finding("terminal", "colours", "ok", _("no colours, because NO_COLOR is set"))
    if not here.colours:
        return Finding("terminal", "colours", "ok", _("no colours"))
    return Finding("terminal", "colours", "ok", _("{n} colours", n=here.colours))


def _of_size(here: Terminal) -> Iterator[Finding]:
    if not here.shows:
        return
    size = {"columns": here.columns, "rows": here.rows}
    if here.columns < _NARROW or here.rows < _LOW:
        what = _("{columns} columns and {rows} rows: the board has little room", **size)
        yield Finding("terminal", "size", "warn", what, _("make the window larger, or its letters smaller"))
    else:
        yield Finding("terminal", "size", "ok", _("{columns} columns and {rows} rows", **size))


def clipboard(examined: Examined) -> Iterator[Finding]:
    """The first way that would be tried."""
    from salesprep.tui import clipboard as ways  # late: it brings the interface along

    programs = ways.ways(examined.environ)
    if programs:
        yield Finding(
            "clipboard", "program", "ok", _("what is copied goes through {program}", program=programs[0])
        )
    elif machine.is_far(examined.environ):
        what = _("what is copied is sent to your terminal (OSC 52), which may not allow it")
        yield Finding("clipboard", "terminal", "ok", what)
    else:
        what = _(
            "no program here takes what is copied; the terminal is asked to (OSC 52), and may not allow it"
        )
        mend = _("install one: wl-clipboard for Wayland, xclip or xsel for X11")
        yield Finding("clipboard", "nowhere", "warn", what, mend)
