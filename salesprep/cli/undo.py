"""``link undo``: what was decided last taken back, listed or erased."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from salesprep.briefing.links import LinksNotWrittenError
from salesprep.briefing.links.history import (
    ChangedSinceError,
    Step,
    TakenBack,
    erase_history,
    read_history,
    take_back,
)
from salesprep.cli import talk
from salesprep.cli.decisions import Decisions, open_decisions
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import real_now
from salesprep.output import undone as listing
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common


def undo(common: Common, number: int) -> Exit:
    """Take back the last ``number`` changes, all or none; no source is asked."""
    decisions = open_decisions(common.settings, os.environ)
    steps = _known(decisions)[::-1][:number]
    us = decisions.us
    if not steps:
        talk.line(say(us, _("there is nothing to take back")))
        return Exit.NOTHING
    taken = _taken_back(decisions, steps)
    if common.format == "json":
        show(listing.undone_json(taken.steps, decisions.file))
    else:
        now = real_now().astimezone(us.zone)
        show(listing.undone_text(taken.steps, decisions.file, us, now, standard_output(os.environ).width))
    return Exit.DONE


def listed(common: Common) -> Exit:
    """What could be taken back, the last change first."""
    decisions = open_decisions(common.settings, os.environ)
    steps, us = _known(decisions)[::-1], decisions.us
    if common.format == "json":
        show(listing.history_json(steps, decisions.history))
    else:
        now = real_now().astimezone(us.zone)
        show(listing.history_text(steps, us, now, standard_output(os.environ).width))
    return Exit.DONE


def erased(common: Common) -> Exit:
    """Forget what could be taken back; the decisions stay."""
    decisions = open_decisions(common.settings, os.environ)
    us = decisions.us
    try:
        there = erase_history(decisions.history)
    except OSError as error:
        line = _("{file} cannot be erased ({error})")
        raise click.ClickException(
            say(us, line, file=decisions.history, error=type(error).__name__)
        ) from None
    line = _("erased: {file}; what you decided stays") if there else _("there is nothing to take back")
    if common.format == "json":
        show(listing.erased_json(decisions.history, there))
    else:
        talk.line(say(us, line, file=decisions.history))
    return Exit.DONE


def _known(decisions: Decisions) -> tuple[Step, ...]:
    try:
        return read_history(decisions.history)
    except OSError as error:
        line = _("{file} cannot be read ({error})")
        kind = type(error).__name__
        raise click.ClickException(say(decisions.us, line, file=decisions.history, error=kind)) from None


def _taken_back(decisions: Decisions, steps: tuple[Step, ...]) -> TakenBack:
    us = decisions.us
    try:
        return take_back(decisions.file, decisions.history, steps)
    except ChangedSinceError as changed:
        line = _("nothing was taken back: what was decided about {name} has been changed since, {id}")
        what = changed.target or changed.customer.id
        raise click.ClickException(say(us, line, name=changed.customer.name, id=what)) from None
    except LinksNotWrittenError as error:
        line = _("{file}: nothing was written: {why}")
        raise click.ClickException(say(us, line, file=error.path, why=say(us, error.why))) from None
