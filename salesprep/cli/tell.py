"""``sources``, ``sources check`` and ``adapter list``: what there is and how it does."""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

from salesprep.cli import log, talk
from salesprep.cli.exits import Exit
from salesprep.cli.progress import Progress
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import Workspace, known_source, open_workspace, read_unchecked
from salesprep.output import listing

if TYPE_CHECKING:
    from salesprep.cli.commands import Common
    from salesprep.sources import Answer, SourceInfo


def sources(common: Common) -> Exit:
    """What is known without asking, and what earlier runs saw."""
    space = open_workspace(common.settings, os.environ)
    host = space.host()
    host.recall()
    known = tuple((info, host.standing(name)) for name, info in host.infos.items())
    spare = host.adapters_not_loaded
    now = space.now()
    if common.format == "json":
        show(listing.sources_json(known, now, not_loaded=spare))
    else:
        show(listing.sources_text(known, now, space.settings.us, _columns(), not_loaded=spare))
    return Exit.WRONG if common.strict and host.not_loaded else Exit.DONE


def check(common: Common, name: str | None, seconds: float | None = None) -> Exit:
    """Ask for real, for ``seconds`` or as long as a briefing may take. A source that is late has failed
    nothing: only what is known to be wrong changes the exit code."""
    space = open_workspace(common.settings, os.environ)
    if name is not None:
        known_source(name, space.settings)
    log.start(os.environ)
    return asyncio.run(_check(space, common, name, seconds or space.settings.deadline))


async def _check(space: Workspace, common: Common, name: str | None, seconds: float) -> Exit:
    from salesprep.sources import Ask
    from salesprep.sources.standing import checks_of

    host = space.host()
    infos = [info for info in host.infos.values() if name in (None, info.name)]
    deadline = time.monotonic() + seconds
    waiting = {info.name: info.title for info in infos}

    async def ask(info: SourceInfo) -> Answer:
        answer = await host.ask(info.name, Ask("check"), deadline=deadline, fresh=True)
        waiting.pop(info.name)
        progress.asking = tuple(waiting.values())
        return answer

    try:
        async with Progress(space.settings.us) as progress:
            progress.asking = tuple(waiting.values())
            answers = await asyncio.gather(*(ask(info) for info in infos))
    finally:
        await host.close()
    checked = [listing.Checked(info, checks_of(answer)) for info, answer in zip(infos, answers, strict=True)]
    if common.format == "json":
        show(listing.checks_json(checked))
    else:
        show(listing.checks_text(checked, space.settings.us, _columns()))
    if name is None:
        talk.not_loaded(host.adapters_not_loaded, space.settings.us)
    failures = [answer.failure for answer in answers if answer.failure is not None]
    lost = [one for one in host.not_loaded if name in (None, one.name)]
    if (common.strict and lost) or any(map(talk.is_wrong_setting, failures)):
        code = Exit.WRONG
    elif any(check.outcome == "failed" for one in checked for check in one.checks):
        code = Exit.IN_PART
    else:
        code = Exit.DONE if checked else Exit.NOTHING
    return code


def adapters(common: Common) -> Exit:
    """Which adapters there are, also for whoever named one that is not there."""
    from salesprep.kit.levels import level_of, read_levels

    found, _dirs, catalogue = read_unchecked(common.settings, os.environ)
    proved = read_levels()
    known = [
        listing.Known(one.manifest, one.where, level_of(one, proved))
        for _name, one in sorted(catalogue.installed.items())
    ]
    lost = (*catalogue.broken, *catalogue.lacking)
    if common.format == "json":
        show(listing.adapters_json(known, lost))
    else:
        show(listing.adapters_text(known, lost, found.us, _columns()))
    return Exit.WRONG if common.strict and lost else Exit.DONE


def _columns() -> int:
    return standard_output(os.environ).width
