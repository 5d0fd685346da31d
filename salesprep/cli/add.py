"""``add`` and ``init``: set up one place, or one after the other, and offer the next visit's briefing."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesprep.cli import here, talk
from salesprep.cli.dialogue import Dialogue
from salesprep.cli.exits import Exit
from salesprep.cli.setting_up import SettingUp, Wanted
from salesprep.cli.terminal import show
from salesprep.cli.workspace import Workspace, open_workspace
from salesprep.setup import SetupError, place_of
from salesprep.view import proposals as view
from salesprep.view.lines import one_line
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.briefing.model import Visit
    from salesprep.cli.commands import Common

DAYS = 14
"""How far ahead the next visit is looked for."""
DOWNLOADS = "~/Downloads"


def add(common: Common, wanted: Wanted) -> Exit:
    """Set up what lies at one place."""
    setting_up = SettingUp(common, wanted)
    try:
        place = place_of(wanted.place)
    except SetupError as error:
        raise click.UsageError(say(setting_up.settings.us, error.sentence)) from None
    done = setting_up.add(place)
    if not (done.added and setting_up.dialogue.asking):
        return done.code
    return offer_briefing(common, setting_up.dialogue, done.code)


def init(common: Common) -> Exit:
    """Set up one place after the other, until Enter ends it."""
    if not here.is_terminal():
        raise click.UsageError(_("init asks questions; without a terminal take: salesprep add PATH --yes"))
    setting_up = SettingUp(common, Wanted(""))
    us = setting_up.settings.us
    setting_up.dialogue.say(view.introduction(us, setting_up.columns))
    proposed = DOWNLOADS if Path(DOWNLOADS).expanduser().is_dir() else ""
    question = _(" A file, a folder or an address (Enter: {folder}):")
    question = question if proposed else _(" A file, a folder or an address (Enter: none):")
    code = Exit.DONE
    while answer := setting_up.dialogue.line(say(us, question, folder=proposed), proposed):
        proposed, question = "", _(" A further file, folder or address (Enter: done):")
        try:
            done = setting_up.add(place_of(answer))
        except SetupError as error:
            talk.line(say(us, error.sentence))
            continue
        code = Exit.IN_PART if done.code is Exit.IN_PART else code
        setting_up = SettingUp(common, Wanted(""))
    return offer_briefing(common, setting_up.dialogue, code) if setting_up.settings.sources else code


def offer_briefing(common: Common, dialogue: Dialogue, code: Exit) -> Exit:
    """The next visit, and its briefing if that is wanted; ``code`` is how it ended otherwise."""
    from salesprep.cli import look
    from salesprep.view.dates import slot

    space = open_workspace(common.settings, os.environ)
    us = space.settings.us
    visit = asyncio.run(_next_visit(space))
    if visit is None or visit.customer is None:
        line = _(" No visit with a known customer in the next {n} days. salesprep brief NAME looks one up.")
        show(f"{say(us, line, n=DAYS)}\n")
        return code
    when = slot(visit.meeting.start, space.now(), us)
    question = _(" Next visit: {when}, {customer}. Open it?")
    customer = one_line(visit.customer.name).removesuffix(".")
    if not dialogue.agrees(say(us, question, when=when, customer=customer)):
        return code
    opened = look.brief(common, look.Wanted())
    return opened if opened is not Exit.DONE else code


async def _next_visit(space: Workspace) -> Visit | None:
    from salesprep.briefing.links.layers import read_layered
    from salesprep.briefing.visits.agenda import next_visit
    from salesprep.cli.progress import Progress

    host = space.host()
    try:
        async with Progress(space.settings.us) as progress:
            progress.asking = tuple(space.titles.values())
            visit, _panels = await next_visit(
                host,
                space.settings,
                now=space.now,
                links=read_layered(space.links_file, space.settings.links_team).links,
                deadline_s=space.settings.deadline,
            )
    finally:
        await host.close()
    return visit
