"""What a user should know of how the settings came: a file that is left unread, a copy that serves."""

from __future__ import annotations

import sys
import tomllib
from datetime import datetime
from pathlib import Path

from salesprep.cli import talk
from salesprep.settings import Settings
from salesprep.settings.shape import NOT_LOCKED, SETTINGS
from salesprep.view.words import _, say

_MOST = 1_000_000
"""Bytes; no settings file is as long."""


def tell(settings: Settings, now: datetime) -> None:
    """Say it on standard error, a line each."""
    us = settings.us
    if settings.team_as_of is not None:
        from salesprep.view.dates import said_at  # late: it brings Babel

        file = next(layer.file for layer in settings.layers if layer.kind == "team")
        line = _("the team's settings {file} are out of reach; those of {when} serve")
        talk.line(say(us, line, file=file, when=said_at(settings.team_as_of, now, us)))
    # Only for somebody who looks: a script has nothing to decide, and other programs call files so too.
    if settings.untrusted is not None and sys.stderr.isatty() and _is_for_us(settings.untrusted):
        line = _('{file} is not read; "salesprep settings trust" shows what it could do')
        talk.line(say(us, line, file=settings.untrusted))


def _is_for_us(file: Path) -> bool:
    """Whether it looks like settings of salesprep. Nothing that it says is followed."""
    try:
        if file.stat().st_size > _MOST:
            return False
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return False
    return bool(table.keys() & (SETTINGS.keys.keys() - set(NOT_LOCKED)))
