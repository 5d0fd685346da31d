"""Standard output and error: how wide, whether in colours, which letters, and a reader who leaves."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

import click

from salesprep import machine

WIDTH = 80
"""Columns where nobody tells."""
NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Terminal:
    """How text is to be laid out for standard output."""

    width: int
    colour: bool


def prepare() -> None:
    """Let standard output and error write every letter.

    A pipe or file gets UTF-8 whatever the locale says, since JSON is; a screen that lacks a letter
    shows a ``?`` in its place.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def standard_output(environ: Mapping[str, str]) -> Terminal:
    """``COLUMNS`` and ``NO_COLOR`` are honoured; what is not a terminal gets 80 columns, no colour."""
    screen = sys.stdout.isatty()
    columns = environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else 0
    if not width:
        width = shutil.get_terminal_size((WIDTH, 24)).columns if screen else WIDTH
    plain = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    forced = bool(environ.get("FORCE_COLOR"))
    colour = not plain and (forced or (screen and machine.shows_colours()))
    return Terminal(max(NARROWEST, width), colour)


def error_columns() -> int | None:
    """How wide the terminal is that standard error goes to; ``None`` if it is none."""
    return max(NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns) if sys.stderr.isatty() else None


def show(text: str) -> None:
    """Write ``text`` to standard output.

    Whoever reads may have left (``| head``): that is their choice and no error, and what is still to
    be done here, such as the audit, is done.

    Raises:
        click.ClickException: a full disk, and the like.
    """
    try:
        _write(text, sys.stdout)
    except OSError as error:
        from salesprep.adapter.words import _  # late: help needs no words but its own

        what = _("standard output cannot be written ({error})", error=type(error).__name__)
        raise click.ClickException(what) from None


def tell(text: str) -> None:
    """Write ``text`` to standard error; where nobody can hear, that is all."""
    with contextlib.suppress(OSError):
        _write(text, sys.stderr)


def _write(text: str, stream: TextIO) -> None:
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        # Windows calls a closed pipe an invalid argument.
        if not isinstance(error, BrokenPipeError) and error.errno != errno.EINVAL:
            raise
