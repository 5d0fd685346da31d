"""What options take, and what is said of anything else: a number of seconds, a file to write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

import click

_LEAST, _MOST = 0.1, 600.0


class Seconds(click.ParamType[float]):
    """A time that a command may take."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """``8``, ``2.5``; ``2,5`` as it is written elsewhere."""
        try:
            seconds = float(str(value).replace(",", "."))
        except ValueError:
            seconds = 0.0
        if not _LEAST <= seconds <= _MOST:
            from salesprep.adapter.words import _  # late, as in all that help needs

            what = _('"{text}" is no number of seconds from 0.1 to 600; write one such as 8', text=str(value))
            _refuse(self, what, param, ctx)
        return seconds


class OutputFile(click.Path):
    """A file that is going to be written. What keeps it from that is said before anything is asked."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, if it can be written as far as can be told."""
        file = Path(value).expanduser()
        wrong = _unwritable(file)
        if wrong is not None:
            _refuse(self, wrong, param, ctx)
        return file


def _unwritable(file: Path) -> str | None:
    """Why nothing can be written there."""
    from salesprep.adapter.words import _

    folder = file.parent
    if file.is_dir():
        return _("{file} is a folder; name a file in it", file=str(file))
    if not folder.exists():
        return _("the folder {folder} is not there; make it first, or name another", folder=str(folder))
    if not folder.is_dir():
        return _("{folder} is no folder; name a file in one", folder=str(folder))
    if not os.access(file if file.exists() else folder, os.W_OK):
        return _("you may not write to {file}; name another file", file=str(file))
    return None


def _refuse(
    kind: click.ParamType[Any], what: str, param: click.Parameter | None, ctx: click.Context | None
) -> NoReturn:
    from salesprep.words import here

    kind.fail(here(what), param, ctx)
