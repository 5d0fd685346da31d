"""The user's decisions as commands hold them: one's own over the team's; what changes is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from salesprep.briefing import audit
from salesprep.briefing.links import Changed, Links, LinksNotWrittenError
from salesprep.briefing.links.history import update_and_note
from salesprep.briefing.links.layers import Layered, read_layered
from salesprep.cli import talk
from salesprep.cli.workspace import read_settings, real_now
from salesprep.machine import Dirs
from salesprep.settings import Settings, Us
from salesprep.view.words import _, say

C = TypeVar("C", bound=Changed)


class Decisions:
    """What is decided, and where it lies."""

    def __init__(self, settings: Settings, dirs: Dirs, *, quiet: bool = False) -> None:
        self.settings, self.us = settings, settings.us
        self.layered: Layered = read_layered(links_file(settings, dirs), settings.links_team)
        self.history = history_file(dirs)
        self._audit = dirs.state / "audit.jsonl"
        if not quiet:
            warn(self.layered, self.us)

    @property
    def file(self) -> Path:
        """Where the user's own lie."""
        return self.layered.file

    def update(self, change: Callable[[Links], C]) -> C:
        """Change the user's own.

        Raises:
            click.ClickException: the file cannot be written.
        """
        done = update(self.file, change, self.history, real_now(), self.us)
        self.layered = self.layered.with_own(done.links)
        return done

    def audit(self, did: str, file: Path, **numbers: int) -> None:
        """Leave a line in the audit; one that cannot be written is told."""
        try:
            audit.note(self._audit, when=real_now(), did=did, file=file, **numbers)
        except OSError as error:
            line = _("this is not in the audit: {file} cannot be written ({error})")
            talk.line(say(self.us, line, file=self._audit, error=type(error).__name__))


def open_decisions(settings: Path | None, environ: Mapping[str, str]) -> Decisions:
    """Those of the settings in force.

    Raises:
        SettingsError: the settings or the user's own decisions are wrong.
    """
    found, dirs, _catalogue = read_settings(settings, environ)
    return Decisions(found, dirs)


def update(file: Path, change: Callable[[Links], C], history: Path, at: datetime, us: Us) -> C:
    """Change ``links.toml``, and note what changed.

    Raises:
        click.ClickException: the file cannot be written.
    """
    try:
        return update_and_note(file, change, history, at)[0]
    except LinksNotWrittenError as error:
        line = _("{file}: nothing was written: {why}")
        raise click.ClickException(say(us, line, file=error.path, why=say(us, error.why))) from None


def warn(layered: Layered, us: Us) -> None:
    """Say what of the team's file does not count."""
    for problem in layered.problems:
        talk.line(say(us, problem.sentence))


def links_file(settings: Settings, dirs: Dirs) -> Path:
    """Where the user's decisions lie."""
    return settings.links_file or dirs.state / "links.toml"


def history_file(dirs: Dirs) -> Path:
    """Where it lies what can be taken back."""
    return dirs.state / "undo.jsonl"
